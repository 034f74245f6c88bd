import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../src/core/linkage/outline-of.js';
import { factsOf } from '../../support/facts.js';

/** What a file does to what others show: `call ./hub.js#open on failure`. */
function usesIn(code: string): string[] {
  return outlineOf(factsOf(code)).uses.map(({ does, of, key, onFailure, onNew, isRaced, arrives }) => [`${does} ${of.from}#${of.path.join('.')}`, key && `under ${key}`, onFailure && 'on failure', onNew && 'on a new one', isRaced && 'in a race', arrives && 'by itself'].filter(Boolean).join(' '));
}

describe('what a file does to others', () => {
  it.each([
    ['a call', "import { open } from './hub.js'; open();", ['call ./hub.js#open']],
    ['a call by a namespace', "import * as hub from './hub.js'; hub.open();", ['call ./hub.js#open']],
    ['a call of a member', "import { hub } from './hub.js'; hub.left.open();", ['call ./hub.js#hub.left.open']],
    ['a call on failure', "import { report } from './hub.js'; try { run(); } catch (error) { report(error); }", ['call ./hub.js#report on failure']],
    ['a call in a race', "import { late } from './hub.js'; Promise.race([run(), late()]);", ['call ./hub.js#late in a race']],
    ['a call on an instance', "import { Hub } from './hub.js'; const hub = new Hub(); hub.open();", ['construct ./hub.js#Hub', 'call ./hub.js#Hub.().open']],
    ['a call on one that the function has just made', "import { Hub } from './hub.js'; export function run() { const hub = new Hub(); hub.open(); return hub; }", ['construct ./hub.js#Hub', 'call ./hub.js#Hub.().open on a new one']],
    ['a call on what is declared so', "import type { Hub } from './hub.js'; export function run(hub: Hub) { hub.open(); }", ['call ./hub.js#Hub.().open']],
    ['a call on what a namespace declares so', "import type * as hubs from './hub.js'; export function run(hub: hubs.Hub) { hub.open(); }", []],
    ['a call of super', "import { Hub } from './hub.js'; export class Own extends Hub { open() { super.open(); } }", ['call ./hub.js#Hub.().open', 'pass ./hub.js#Hub']],
    ['a computed call on an instance', "import { Hub } from './hub.js'; const hub = new Hub(); hub[name]();", ['construct ./hub.js#Hub', 'invoke ./hub.js#Hub.().*']],
    ['growth under a new key', "import { rooms } from './hub.js'; rooms.set(crypto.randomUUID(), {});", ['call ./hub.js#rooms.set', 'grow ./hub.js#rooms under new']],
    ['growth under the key of a session', "import { rooms } from './hub.js'; export function add(sessionId) { rooms.set(sessionId, {}); }", ['call ./hub.js#rooms.set', 'grow ./hub.js#rooms under entity']],
    ['growth without a key, by itself', "import { rooms } from './hub.js'; feed.on('line', (line) => { rooms.push(line); });", ['call ./hub.js#rooms.push', 'grow ./hub.js#rooms by itself']],
    ['growth of a member of an instance', "import { Hub } from './hub.js'; const hub = new Hub(); hub.rooms.push(1);", ['construct ./hub.js#Hub', 'grow ./hub.js#Hub.().rooms']],
    ['a deletion', "import { rooms } from './hub.js'; export function drop(id) { rooms.delete(id); }", ['call ./hub.js#rooms.delete', 'shrink ./hub.js#rooms']],
    ['an assignment to a member of a namespace', "import * as hub from './hub.js'; hub.rooms.clear();", ['call ./hub.js#rooms.clear', 'empty ./hub.js#rooms']],
    ['giving it away', "import { hub } from './hub.js'; keep(hub);", ['pass ./hub.js#hub']],
    ['giving a member away', "import { hub } from './hub.js'; keep(hub.left.door);", ['pass ./hub.js#hub.left.door']],
    ['giving a member away whose name is worked out', "import { hub } from './hub.js'; keep(hub.left[name]);", ['pass ./hub.js#hub.left']],
    ['giving a namespace away', "import * as hub from './hub.js'; keep(hub);", ['pass ./hub.js#']],
    ['asking for it', "import { hub } from './hub.js'; if (hub) run(); const isIt = hub === other;", []],
    ['a type of it', "import { Hub } from './hub.js'; let hub: Hub;", []],
    ['an import at run time', "const hub = await import('./hub.js');", ['pass ./hub.js#']],
    ['an import at run time whose name is worked out', 'const hub = await import(name);', []],
    ['nothing', 'const own = new Map(); own.set(1, 2);', []],
  ])('is %s', (_, code, expected) => {
    expect(usesIn(code).filter((one) => !one.startsWith('hand-over'))).toEqual(expected);
  });

  it.each([
    ['a function that gives the end back', 'const all = new Set(); export function subscribe(listener) { all.add(listener); return () => all.delete(listener); }', ['subscribe']],
    ['a function that gives it back in a block', 'const all = new Set(); export function onLineChange(fn) { all.add(fn); return () => { all.delete(fn); }; }', ['onLineChange']],
    ['a function whose type says so', 'export function watchLines(each: (line: string) => void): () => void { return begin(each); }', ['watchLines']],
    ['a function whose type says something else', 'export function watchLines(each: (line: string) => void): void { begin(each); }', []],
    ['a function that gives back what takes an argument', 'export function watchLines(each: (line: string) => void): (line: string) => void { return begin(each); }', []],
    ['a function that gives back what takes nothing out', 'const all = new Set(); export function subscribe(listener) { all.add(listener); return () => all.has(listener); }', []],
    ['a function that gives back nothing', 'const all = new Set(); export function subscribe(listener) { all.add(listener); }', []],
    ['a function that takes no listener', 'const all = new Set(); export function subscribe(line) { all.add(line); return () => all.delete(line); }', []],
    ['a function of another name', 'const all = new Set(); export function keep(listener) { all.add(listener); return () => all.delete(listener); }', []],
    ['a function that nobody sees', 'const all = new Set(); function subscribe(listener) { all.add(listener); return () => all.delete(listener); }', []],
    ['a method', 'export class Hub { all = new Set(); subscribe(listener) { this.all.add(listener); return () => this.all.delete(listener); } }', []],
  ])('is to be listened to, or is not: %s', (_, code, expected) => {
    expect(outlineOf(factsOf(code)).subscribers).toEqual(expected);
  });

  it.each([
    ['const rooms: Hub["rooms"] = new Map();', []],
    ['import type { State } from "./state.js"; export function make(state: State) { state.rooms = new Map(); }', ['./state.js#State']],
    ['import type { State } from "./state.js"; export function make(state: State) { state.rooms = new Map(); state.seen = new Set(); }', ['./state.js#State']],
    ['import type { State } from "./state.js"; export function make(state: State) { const rooms = new Map(); return state && rooms; }', []],
  ])('wants to know of the members of an imported type: %s', (code, expected) => {
    expect(outlineOf(factsOf(code)).wanted.map(({ from, path }) => `${from}#${path.join('.')}`)).toEqual(expected);
  });
});
