import { describe, expect, it } from 'vitest';
import { isFreshKey } from '../../../src/core/questions/fresh-key.js';
import { factsOf, probed } from '../../support/facts.js';

/** Whether the probed expression of a sample has another value each time. */
function isFresh(code: string): boolean {
  const facts = factsOf(code);
  const [key] = probed(facts);
  if (!key) throw new Error('nothing is probed');
  return isFreshKey(key, facts);
}

describe('a key that is another one each time', () => {
  it.each([
    ['a counter of the module', 'let next = 0; function add() { probe(next++); }'],
    ['a counter of an object', 'class C { next = 0; add() { probe(this.next++); } }'],
    ['a counter of the class', 'class C { static next = 0; add() { probe(++C.next); } }'],
    ['a counter that is added to', 'let next = 0; function add() { next += 1; probe(next); }'],
    ['a counter in a text', 'let next = 0; function add() { probe(`job-${next++}`); }'],
    ['a counter behind a name', "let next = 0; function add() { probe('job-' + next++); }"],
    ['a counter as a text', 'let next = 0; function add() { probe(String(next++)); }'],
    ['a part of a counter as a text', 'let next = 0; function add() { probe((next++).toString(36).slice(2)); }'],
    ['a variable that holds one', 'let next = 0; function add() { const id = next++; probe(id); }'],
    ['a member of an object that holds one', 'let next = 0; function add() { const job = { id: next++, name: 1 }; probe(job.id); }'],
    ['the time', 'function add() { probe(Date.now()); }'],
    ['a finer time', 'function add() { probe(performance.now()); }'],
    ['a random id', 'function add() { probe(crypto.randomUUID()); }'],
    ['a random id that is waited for', 'async function add() { const id = await nanoid(); probe(id); }'],
    ['what a function of the file makes', 'let next = 0; function newId() { return `job-${next++}`; } function add() { probe(newId()); }'],
    ['what an arrow of the file makes', 'let next = 0; const newId = () => next++; function add() { probe(newId()); }'],
    ['a member of what a function of the file makes', 'let next = 0; const newJob = () => ({ id: next++ }); function add() { const job = newJob(); probe(job.id); }'],
    ['what an object is made with', 'let next = 0; class Job { constructor(id) { this.id = id; } } function add() { const job = new Job(next++); probe(job.id); }'],
    ['what an object is made with, by a parameter that is a field', 'let next = 0; class Job { constructor(readonly id: number) {} } function add() { const job = new Job(next++); probe(job.id); }'],
    ['what an object is made with and a getter gives', 'let next = 0; class Job { constructor(id) { this._id = id; } get id() { return this._id; } } function add() { const job = new Job(next++); probe(job.id); }'],
  ])('is %s', (_, code) => {
    expect(isFresh(code)).toBe(true);
  });

  it.each([
    ['a parameter', 'function add(id) { probe(id); }'],
    ['a member of a parameter', 'function add(job) { probe(job.id); }'],
    ['a constant', "function add() { probe('job'); }"],
    ['a text of a parameter', 'function add(id) { probe(`job-${id}`); }'],
    ['a difference', 'let next = 0; function add() { probe(next++ - 1); }'],
    ['a counter of the call', 'function add() { let next = 0; probe(next++); }'],
    ['a counter that wraps', 'let next = 0; function add() { next = (next + 1) % 16; probe(next++); }'],
    ['a counter that begins anew with each run', 'let next = 0; function add(jobs) { next = 0; for (const job of jobs) probe(next++); }'],
    ['a number that is counted down', 'let left = 9; function add() { probe(left--); }'],
    ['what another file makes', "import { keyOf } from './key.js'; function add(job) { probe(keyOf(job)); }"],
    ['what a function of the file gives in one of two ways', 'let next = 0; function idOf(job) { if (job.id) return job.id; return next++; } function add(job) { probe(idOf(job)); }'],
    ['another member of the object', "let next = 0; function add() { const job = { id: next++, name: 'job' }; probe(job.name); }"],
    ['another field of what an object is made with', 'let next = 0; class Job { constructor(id, name) { this.id = id; this.name = name; } } function add(name) { const job = new Job(next++, name); probe(job.name); }'],
    ['a field of a class of another file', "import { Job } from './job.js'; let next = 0; function add() { const job = new Job(next++); probe(job.id); }"],
    ['what stands under a computed name', 'let next = 0; function add(name) { const job = { id: next++ }; probe(job[name]); }'],
    ['a value that calls itself for it', 'function idOf() { return idOf(); } function add() { probe(idOf()); }'],
  ])('is not %s', (_, code) => {
    expect(isFresh(code)).toBe(false);
  });
});
