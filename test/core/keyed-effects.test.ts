import { expect, it } from 'vitest';
import { keyedEffects } from '../../src/core/linkage/keyed-effects.js';
import { factsOf } from '../support/facts.js';

/** What the functions of a sample do by a key that they are given: `add: grow users by 0.id`. */
function effectsIn(code: string): string[] {
  return Object.entries(keyedEffects(factsOf(code), () => 1)).flatMap(([name, effects]) => effects.map(({ does, collection, argument, path }) => `${name}: ${does} ${collection} by ${[argument, ...path].join('.')}`));
}

const USERS = 'const users = new Map();';

it.each([
  ['an argument', `${USERS} export function add(id, user) { users.set(id, user); }`, ['add: grow users by 0']],
  ['a later argument', `${USERS} export function add(user, id) { users.set(id, user); }`, ['add: grow users by 1']],
  ['an argument with a default', `${USERS} export function drop(id = 'guest') { users.delete(id); }`, ['drop: shrink users by 0']],
  ['a part of an argument', `${USERS} export function drop(user) { users.delete(user.account.id); }`, ['drop: shrink users by 0.account.id']],
  ['a part of an argument that is taken apart', `${USERS} export function drop({ id }) { users.delete(id); }`, ['drop: shrink users by 0.id']],
  ['a part that has another name there', `${USERS} export function drop({ id: key = 'guest', ...rest }) { users.delete(key); }`, ['drop: shrink users by 0.id']],
  ['an argument that a helper is given', `${USERS} export function drop(id) { forget(id); } function forget(key) { users.delete(key); }`, ['drop: shrink users by 0']],
  ['an argument of a method', `${USERS} export class Users { drop(id) { users.delete(id); } }`, ['Users.drop: shrink users by 0']],
  ['two collections', `${USERS} const names = new Map(); export function drop(id) { users.delete(id); names.delete(id); }`, ['drop: shrink users by 0', 'drop: shrink names by 0']],
])('are told of by %s', (_, code, expected) => {
  expect(effectsIn(code)).toEqual(expected);
});

it.each([
  ['a function that others do not see', `${USERS} function drop(id) { users.delete(id); }`],
  ['a key of its own', `${USERS} export function dropFirst() { users.delete(first); }`],
  ['a key that is made of an argument', `${USERS} export function drop(id) { users.delete(id + 1); }`],
  ['a collection that it is given', 'export function drop(users, id) { users.delete(id); }'],
  ['a collection of another file', "import { users } from './users.js'; export function drop(id) { users.delete(id); }"],
  ['a collection of an object', 'export class Users { users = new Map(); drop(id) { this.users.delete(id); } }'],
  ['a constructor', `${USERS} export class User { constructor(id) { users.set(id, this); } }`],
  ['a file without collections', 'export function drop(id) { forget(id); }'],
])('are not told of: %s', (_, code) => {
  expect(effectsIn(code)).toEqual([]);
});
