import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { memberNamesTaken } from '../../src/codemod/writing/member-names.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import { singular } from '../track-timers/sibling.js';
import type { SweepHome } from './home.js';

/** What the parts of a sweep are called, after their collection: bare names, and how code of the home writes them. */
export interface SweepNames {
  /** What code of the home writes in front of a member: `this.`, or nothing. */
  readonly prefix: '' | 'this.';
  readonly collection: string;
  readonly stamps: string;
  readonly touch: string;
  readonly sweep: string;
  readonly interval: string;
  readonly isSweeping: string;
  /** Starts an interval that runs only while there are entries. */
  readonly start: string;
  /** A module's function that stops the sweep, and one that ends all entries, too. */
  readonly stop: string;
  readonly close: string;
  /** A local of the sweep. */
  readonly entry: string;
  /** `sessionTtlMs`; the constants are named after it. */
  readonly ttl: string;
  readonly sweepEvery: string;
}

export function nameSweep(collection: Collection, home: SweepHome, key: string, facts: Facts): SweepNames {
  const bare = collection.name.replace(/^[#_]+/u, '');
  const all = camelCase(bare);
  const one = camelCase(singular(bare));
  const mark = home.type === 'scope' ? '' : (/^[#_]+/u.exec(collection.name)?.[0] ?? '');
  const around = home.type === 'scope' ? namesTakenAround(collection.declaration, facts.model) : memberNamesTaken(home.owner, facts);
  const free = (wish: string): string => freeName(mark + wish, (name) => around.has(name));
  const entry = freeName(one === all ? 'entry' : one, (name) => name === key || name === collection.name);
  return {
    prefix: home.type === 'scope' ? '' : 'this.', collection: collection.name, entry,
    stamps: free(`${one}LastActivity`), touch: free(`touch${capital(one)}`), sweep: free(`sweep${capital(all)}`), interval: free(`${one}Sweep`), isSweeping: free(`isSweeping${capital(all)}`), start: free(`start${capital(one)}Sweep`),
    stop: free(`stop${capital(one)}Sweep`).replace(/^[#_]+/u, ''), close: free(`close${capital(all)}`).replace(/^[#_]+/u, ''),
    ttl: `${one}TtlMs`, sweepEvery: `${one}SweepMs`,
  };
}

/** `SESSIONS` and `active_sessions` → `sessions`, `activeSessions`. */
function camelCase(name: string): string {
  const words = /[a-z]/u.test(name) ? name : name.toLowerCase();
  return words.replace(/(?<![_$])[_$]+([^\W_])/gu, (_, letter: string) => letter.toUpperCase()).replace(/(?<![_$])[_$]+$/u, '').replace(/^[A-Z](?![A-Z])/u, (letter) => letter.toLowerCase());
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
