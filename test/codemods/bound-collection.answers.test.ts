import { describe, expect, it } from 'vitest';
import { boundCollection } from '../../codemods/index.js';
import { planRepair } from '../../src/codemod/plan.js';
import { readWith } from '../../src/codemod/read-text.js';
import { DEFAULT_SETTINGS, isFinding, type RuleId } from '../../src/core/index.js';
import type { RepairValues } from '../../src/codemod/codemod.js';

describe('bound-collection refuses', () => {
  it.each([
    ['an object is used as a Map', `const seen = {}; bus.on('message', (message) => { seen[message.messageId] = true; });`, /is an object, whose keys are not in the order/u],
    ['entries hold something that must be closed', `const history = []; bus.on('open', (name) => { history.push({ name, socket: connect(name) }); });`, /hold a socket, and no function of this file lets one of them go/u],
    ['entries are functions', `const history = []; bus.on('open', (name) => { history.push(() => log(name)); });`, /called or ended later, so none may be dropped/u],
    ['entries are called later', `const results = []; bus.on('open', (run) => { results.push(run); }); export function all() { for (const run of results) run.stop(); }`, /called or ended later, so none may be dropped/u],
    ['its name says that work waits in it', `const queue = []; bus.on('work', (work) => { queue.push({ work }); });`, /holds what is still needed/u],
    ['nothing says what it is for', `const things = []; bus.on('open', (thing) => { things.push(thing); });`, /only records of what has been/u],
    ['the entries make one text', `const lines = []; bus.on('line', (line) => { lines.push(line); }); export const text = () => lines.join('');`, /put together to one whole/u],
    ['an index is kept', `const events = []; let read = 0; bus.on('event', (event) => { events.push(event); }); export const next = () => events[read++];`, /Trimming would move what events\[read\+\+\] means/u],
    ['an index comes from the caller', `const events = []; bus.on('event', (event) => { events.push(event); }); export const nth = (n) => events[n];`, /Trimming would move what events\[n\] means/u],
    ['the first entry is read as such', `const messages = []; bus.on('message', (message) => { messages.push(message); }); export const prompt = () => messages[0];`, /Trimming would move what messages\[0\] means/u],
    ['its length is a cursor', `const events = []; let sent = 0; bus.on('event', (event) => { events.push(event); }); export function flush() { sent = events.length; return sent; }`, /Trimming would move what events\.length means/u],
    ['its length makes ids', `const events = []; bus.on('event', (name) => { events.push({ id: events.length, name }); });`, /Trimming would move what events\.length means/u],
    ['an offset is read from', `const events = []; bus.on('event', (event) => { events.push(event); }); export const since = (offset) => events.slice(offset);`, /Trimming would move what events\.slice\(offset\) means/u],
    ['it is walked over while others wait', `const events = []; bus.on('event', (event) => { events.push(event); }); export async function all() { for (const event of events) await send(event); }`, /while it is being walked over/u],
    ['it grows at both ends', `const events = []; bus.on('event', (event) => { events.push(event); }); bus.on('urgent', (event) => { events.unshift(event); });`, /grows at both of its ends/u],
    ['what push gives is used', `const events = []; bus.on('event', (event) => { log(events.push(event)); });`, /within a larger expression/u],
    ['it may not be there', `class Log { errors = []; listen() { bus.on('error', (error) => { this.errors?.push(error); }); } } export const log = new Log();`, /optional call/u],
    ['an entry of a Map cannot be had again', `const accounts = new Map(); bus.on('user', (user) => { accounts.set(user.userId, { name: user.name }); });`, /can be had again once it is forgotten/u],
    ['another collection gets the same keys', `const recentNames = new Map(); const recentTimes = new Map(); bus.on('user', (user) => { recentNames.set(user.userId, user.name); recentTimes.set(user.userId, user.at); });`, /recentTimes gets the same keys, and would keep those that recentNames forgets/u],
    ['an entry of a Map is held open', `const connectionCache = new Map(); bus.on('user', (user) => { connectionCache.set(user.userId, user.name); });`, /has to be closed when it is forgotten/u],
    ['an entry is taken for granted', `const cache = new Map(); bus.on('user', (user) => { cache.set(user.userId, user.name); }); export const length = (id) => cache.get(id).length;`, /read without asking whether it is still there/u],
  ])('where %s', (_, text, why) => {
    expect(planFor(text)).toEqual({ codemod: 'bound-collection', refused: expect.stringMatching(why) as string });
  });

  it.each([
    ['what the copy leaves out is read elsewhere', `${copied('events.slice(-MAX_EVENTS)')} export const all = () => JSON.stringify(events);`, /also read in full/u],
    ['the copy is made by age', copied('events.filter((event) => event.at > Date.now() - MAX_AGE_MS)'), /not made by a slice/u],
    ['the copy is made by a loop', copied('{ const copy = [...events]; while (copy.length > MAX_EVENTS) copy.shift(); return copy; }'), /not made by a slice/u],
  ])('for a copy where %s', (_, text, why) => {
    expect(planFor(text, {}, 'no-copy-only-trim')).toEqual({ codemod: 'bound-collection', refused: expect.stringMatching(why) as string });
  });
});

describe('bound-collection', () => {
  const text = `const errors = []; bus.on('error', (error) => { errors.push(error); });`;

  it('takes the limit that it is given', () => {
    expect(editsOf(text, { limit: 25 })).toContain('const MAX_ERRORS = 25;');
  });

  it('says that the default is one', () => {
    expect(planFor(text)).toMatchObject({ safety: 'review', notes: [expect.stringContaining('--limit gives another number')] });
  });

  it('says that an entry that is set again keeps its place', () => {
    expect(planFor(`const cache = new Map(); bus.on('user', (user) => { cache.set(user.userId, user.name); });`)).toMatchObject({ safety: 'review', notes: [expect.any(String), 'an entry that is set again keeps its place in the order'] });
  });

  it('spells the limit as the other constants of the file', () => {
    expect(editsOf(`const flushEveryMs = 500;\n${text}\nexport { flushEveryMs };`)).toContain('const maxErrors = 1000;');
  });

  it.each([
    ['the last entry', 'export const last = () => errors[errors.length - 1];'],
    ['the last entry by at()', 'export const last = () => errors.at(-1);'],
    ['an index that lives in one run', 'export function show() { for (let i = 0; i < errors.length; i++) log(errors[i]); }'],
    ['the number of entries', 'export const errorCount = () => errors.length;'],
    ['whether there is any', 'export function check() { if (errors.length > 0) log(`${errors.length} errors`); }'],
  ])('still trims where code reads %s', (_, reader) => {
    expect(editsOf(`${text}\n${reader}`)).toContain('errors.splice(0, errors.length - MAX_ERRORS);');
  });
});

/** A module whose array is only ever read by a smaller copy. */
function copied(copy: string): string {
  return `const MAX_AGE_MS = 60_000; const MAX_EVENTS = 200; const events = []; bus.on('event', (event) => { events.push(event); }); export const recent = () => ${copy};`;
}

function planFor(text: string, values: RepairValues = {}, only?: RuleId) {
  const analysis = readWith(DEFAULT_SETTINGS)('file.js', text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  const finding = analysis.verdicts.filter(isFinding).find(({ rule }) => (only === undefined ? boundCollection.rules.includes(rule) : rule === only));
  return finding && planRepair(finding, analysis, [boundCollection], values);
}

/** All that a plan writes. */
function editsOf(text: string, values: RepairValues = {}): string {
  const plan = planFor(text, values);
  return plan && 'edits' in plan ? plan.edits.map((edit) => edit.text).join('\n') : JSON.stringify(plan);
}
