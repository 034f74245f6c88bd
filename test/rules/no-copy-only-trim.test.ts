import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectSilent, expectNothingCertain, findingsOf, reasonsFor, verdictsOf } = checksFor('no-copy-only-trim');

describe('no-copy-only-trim: a limit that only a copy keeps', () => {
  it('reports the last entries that are sent while the field keeps all', () => {
    expectFindings(`
const MAX_TURNS = 20;
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  ask(text, model) {
    this.turns.push({ text });
    return model.answer(this.turns.slice(-MAX_TURNS));
  }
}
`);
  });

  it('reports a limit that is a setting of the object', () => {
    expectFindings(`
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  constructor(private readonly settings) {}
  ask(text, model) {
    this.turns.push(text);
    return model.answer(this.turns.slice(-this.settings.maxTurns));
  }
}
`);
  });

  it('reports a bare number that the size is compared with', () => {
    expectFindings(`
const lines = []; //! certain no-copy-only-trim lines
export function note(line) {
  lines.push(line);
}
export function shown() {
  if (lines.length <= 200) return [];
  return lines.slice(lines.length - 200);
}
`);
  });

  it('reports a copy that is shortened step by step', () => {
    expectFindings(`
const MAX_LINES = 200;
const lines = []; //! certain no-copy-only-trim lines
export function note(line) {
  lines.push(line);
}
export function shown() {
  const copy = [...lines];
  while (copy.length > MAX_LINES) copy.shift();
  return copy;
}
`);
  });

  it('reports a copy that is cut by its length, and one by splice', () => {
    for (const cut of ['copy.length = MAX_LINES;', 'copy.splice(0, copy.length - MAX_LINES);']) {
      expect(findingsOf(`
const MAX_LINES = 200;
const lines = [];
export function note(line) {
  lines.push(line);
}
export function shown() {
  const copy = Array.from(lines);
  ${cut}
  return copy;
}
`)).toEqual(['certain no-copy-only-trim lines:2']);
    }
  });

  it('reports a loop that takes entries until it has enough', () => {
    expectFindings(`
const MAX_TURNS = 20;
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  say(turn) {
    this.turns.push(turn);
  }
  request() {
    return recent(this.turns);
  }
}
function recent(turns) {
  const kept = [];
  for (let index = turns.length - 1; index >= 0; index--) {
    if (kept.length >= MAX_TURNS) break;
    kept.unshift(turns[index]);
  }
  return kept;
}
`);
  });

  it('reports old entries that are left out of a copy', () => {
    expectFindings(`
const WINDOW_MS = 60_000;
const stamps = []; //! certain no-copy-only-trim stamps
export function isTooFast(limit) {
  const now = Date.now();
  stamps.push(now);
  const recent = stamps.filter((stamp) => now - stamp < WINDOW_MS);
  return recent.length > limit;
}
`);
  });

  it('reports a member of a session that another file makes, where it grows', () => {
    expectFindings(`
const MAX_TURNS = 20;
export async function ask(session, text, model) {
  session.turns.push({ text }); //! likely no-copy-only-trim turns
  return model.answer(session.turns.slice(-MAX_TURNS));
}
`);
  });

  it('reports a limit that a helper applies to what it is given', () => {
    expectFindings(`
const MAX_TURNS = 20;
const latest = (turns) => turns.slice(-MAX_TURNS);
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  say(turn) {
    this.turns.push(turn);
  }
  request() {
    return latest(this.turns);
  }
}
`);
  });
});

describe('no-copy-only-trim: what keeps it silent', () => {
  it('sees the shorter copy assigned back', () => {
    for (const trim of ['this.turns = this.turns.slice(-MAX_TURNS);', 'const kept = this.turns.slice(-MAX_TURNS); this.turns = kept;', 'this.turns = latest(this.turns);', 'this.turns.splice(0, this.turns.length - MAX_TURNS);']) {
      expectSilent(`
const MAX_TURNS = 20;
const latest = (turns) => turns.slice(-MAX_TURNS);
export class Dialogue {
  private turns = [];
  say(turn) {
    this.turns.push(turn);
    ${trim}
  }
  request() {
    return this.turns.slice(-MAX_TURNS);
  }
}
`);
    }
  });

  it('sees a helper that trims what it is given in place', () => {
    expectSilent(`
const MAX_TURNS = 20;
function trim(turns) {
  while (turns.length > MAX_TURNS) turns.shift();
}
export class Dialogue {
  private readonly turns = [];
  say(turn) {
    this.turns.push(turn);
    trim(this.turns);
  }
  request() {
    return this.turns.slice(-MAX_TURNS);
  }
}
`);
  });

  it('is silent about a page that a caller asks for', () => {
    expectSilent(`
const orders = [];
export function place(order) {
  orders.push(order);
}
export function latest(limit = 50) {
  return orders.slice(-limit);
}
export function page(from, to) {
  return orders.slice(from, to);
}
`);
  });

  it('is silent about the last entry alone', () => {
    expectSilent(`
const states = [];
export function enter(state) {
  states.push(state);
}
export const current = () => states.slice(-1)[0];
`);
  });

  it('is silent about a list that does not grow at run time', () => {
    expectSilent(`
const MAX_SHOWN = 10;
const countries = [];
for (const name of ['Ghana', 'Peru']) countries.push(name);
export const shown = () => countries.slice(0, MAX_SHOWN);
`);
  });

  it('is silent about a list of one call', () => {
    expectSilent(`
const MAX_SHOWN = 10;
export function summary(rows) {
  const errors = [];
  for (const row of rows) if (row.error) errors.push(row.error);
  return errors.slice(0, MAX_SHOWN).join();
}
`);
  });

  it('is silent where another function takes the entries out and uses them', () => {
    expectSilent(`
const MAX_SHOWN = 10;
const pending = [];
export function add(entry) {
  pending.push({ entry, at: Date.now() });
}
export function preview() {
  return pending.slice(0, MAX_SHOWN);
}
export function flush(send) {
  for (const entry of pending) send(entry);
  pending.length = 0;
}
`);
  });

  it('is silent about a copy that is made once, while the file loads', () => {
    expectSilent(`
const MAX_SHOWN = 12;
const seen = [];
bus.on('registered', (name) => {
  seen.push(name);
});
await run(bus);
console.log({ first: seen.slice(0, MAX_SHOWN), total: seen.length });
`);
  });

  it('is silent about a filter by something other than age', () => {
    expectSilent(`
const jobs = [];
export function add(job) {
  jobs.push(job);
}
export const open = () => jobs.filter((job) => !job.done);
`);
  });

  it('is silent about a member of something of which there need not be many', () => {
    expectSilent(`
const MAX_SHOWN = 10;
export function collect(report, line) {
  report.lines.push(line);
  return report.lines.slice(-MAX_SHOWN);
}
`);
  });
});

describe('no-copy-only-trim: what leaves a doubt', () => {
  it('is not certain where all of it is read elsewhere, and still reports it', () => {
    expectFindings(`
const MAX_TURNS = 20;
export class Dialogue {
  private readonly turns = []; //! likely no-copy-only-trim turns
  ask(text, model) {
    this.turns.push({ text });
    return model.answer(this.turns.slice(-MAX_TURNS));
  }
  save(file) {
    file.write(JSON.stringify(this.turns));
  }
}
`);
  });

  it('is not certain where somebody may empty it, and still reports a history that fills by itself', () => {
    expectFindings(`
const MAX_SHOWN = 50;
const history = []; //! likely no-copy-only-trim history
export function log(...args) {
  history.push([...args]);
}
export const shown = () => history.slice(-MAX_SHOWN);
export function clearHistory() {
  history.length = 0;
}
`);
  });

  it('is likely of a bare number where nothing reads the rest', () => {
    expectFindings(`
export class Chat {
  private readonly turns = []; //! likely no-copy-only-trim turns
  constructor(socket) {
    socket.on('message', (message) => this.turns.push(message));
  }
  prompt() {
    return this.turns.slice(-20);
  }
}
`);
  });

  it('is at most likely for a bare number that nothing compares', () => {
    expectNothingCertain(`
const lines = [];
export function note(line) {
  lines.push(line);
}
export const shown = () => lines.slice(-5);
`);
  });

  it('is silent about a bare number where all of it is read, too', () => {
    expectSilent(`
const lines = [];
export function note(line) {
  lines.push(line);
}
export const shown = () => lines.slice(-5);
export const all = () => lines.join();
`);
  });
});

describe('no-copy-only-trim: adversarial', () => {
  it('is not misled by a function that is only called trim', () => {
    expectFindings(`
const MAX_TURNS = 20;
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  say(turn) {
    this.turns.push(turn);
    this.trim();
  }
  trim() {
    return this.turns.slice(-MAX_TURNS);
  }
}
`);
  });

  it('follows an alias by destructuring', () => {
    expectFindings(`
const MAX_TURNS = 20;
export class Dialogue {
  private readonly turns = []; //! certain no-copy-only-trim turns
  say(turn) {
    const { turns } = this;
    turns.push(turn);
  }
  request() {
    const { turns: all } = this;
    return all.slice(-MAX_TURNS);
  }
}
`);
  });

  it('sees a trim under a condition', () => {
    expectSilent(`
const MAX_TURNS = 20;
export class Dialogue {
  private turns = [];
  say(turn) {
    this.turns.push(turn);
    if (this.turns.length > 2 * MAX_TURNS) this.turns = this.turns.slice(-MAX_TURNS);
  }
  request() {
    return this.turns.slice(-MAX_TURNS);
  }
}
`);
  });

  it('is not misled by a constant of the same name in another scope', () => {
    expectSilent(`
const lines = [];
export function note(line) {
  lines.push(line);
}
export function shown(MAX_LINES) {
  return lines.slice(-MAX_LINES);
}
`);
  });

  it('respects what a person stated', () => {
    const [verdict] = verdictsOf(`
const MAX_TURNS = 20;
// leakproof-bounded: a dialogue has at most a hundred turns
const turns = [];
export function say(turn) {
  turns.push(turn);
}
export const request = () => turns.slice(-MAX_TURNS);
`);
    expect(verdict?.suppressed?.by).toBe('leakproof-bounded');
  });
});

describe('no-copy-only-trim: the spelling does not matter', () => {
  const spellings: Readonly<Record<string, string>> = {
    class: `
const MAX = 20;
export class Log {
  #lines = [];
  note(line) { this.#lines.push(line); }
  shown() { return this.#lines.slice(-MAX); }
}
`,
    'reordered members': `
export class Log {
  shown() { return this.#lines.slice(-MAX); }
  note(line) { this.#lines.push(line); }
  #lines = [];
}
const MAX = 20;
`,
    module: `
const MAX = 20;
const lines = [];
export function note(line) { lines.push(line); }
export function shown() { return lines.slice(-MAX); }
`,
    CommonJS: `
const MAX = 20;
const lines = [];
exports.note = function (line) { lines.push(line); };
exports.shown = () => lines.slice(-MAX);
`,
    'extracted function': `
const MAX = 20;
const lines = [];
const append = (list, line) => { list.push(line); };
const tail = (list) => list.slice(-MAX);
export const note = (line) => append(lines, line);
export const shown = () => tail(lines);
`,
    'growth by spread': `
const MAX = 20;
let lines = [];
export function note(line) { lines = [...lines, line]; }
export function shown() { return lines.slice(-MAX); }
`,
  };
  for (const [name, code] of Object.entries(spellings)) {
    it(`is certain of the ${name}`, () => {
      expect(findingsOf(code).map((finding) => finding.replace(/#?lines:\d+/, 'lines'))).toEqual(['certain no-copy-only-trim lines']);
    });
  }

  it('is likely at most for a factory, whose caller decides how long it lives', () => {
    expect(findingsOf(`
const MAX = 20;
export function createLog() {
  const lines = [];
  return { note(line) { lines.push(line); }, shown() { return lines.slice(-MAX); } };
}
`)).toEqual(['likely no-copy-only-trim lines:3']);
  });
});

describe('no-copy-only-trim: what is a limit, and what is a use of all', () => {
  /** A list that only grows; the samples differ in the copy that is used of it. */
  const log = (use: string, head = 'const MAX_LINES = 200;'): string => `
${head}
export class Log {
  private readonly lines = [];
  constructor(options) { this.options = options; }
  add(line) { this.lines.push(line); }
  shown(wanted) { ${use} }
}
`;
  const found = (code: string): string[] => findingsOf(code).map((finding) => finding.replace(/:\d+$/, '').replace(' no-copy-only-trim', ''));

  it.each([
    ['the last ones, by a constant', 'return this.lines.slice(-MAX_LINES);'],
    ['the first ones, by a constant', 'return this.lines.slice(0, MAX_LINES);'],
    ['from the difference of its size', 'return this.lines.slice(this.lines.length - MAX_LINES);'],
    ['from no less than the beginning', 'return this.lines.slice(Math.max(0, this.lines.length - MAX_LINES));'],
    ['a copy that is cut', 'const copy = [...this.lines]; copy.splice(0, copy.length - MAX_LINES); return copy;'],
    ['a copy that is shortened one by one', 'const copy = [...this.lines]; while (copy.length > MAX_LINES) copy.shift(); return copy;'],
    ['a copy whose length is set', 'const copy = this.lines.slice(); copy.length = MAX_LINES; return copy;'],
    ['a setting that says that it limits', 'return this.lines.slice(-this.options.maxLines);'],
  ])('reports a list of which only a part is used: %s', (_, use) => {
    expect(found(log(use))).toEqual(['likely lines']);
  });

  it.each([
    ['as many as a caller wants', 'return this.lines.slice(-wanted);'],
    ['as many as a caller wants, up to a limit', 'const limit = Math.min(wanted, 500); return this.lines.slice(-limit);'],
    ['the last one', 'return this.lines.slice(-1);'],
    ['a page', 'return this.lines.slice(wanted, wanted + MAX_LINES);'],
    ['from the second on', 'return this.lines.slice(1);'],
    ['all of it', 'return this.lines.slice();'],
    ['what a caller does not know', 'return this.lines.slice(-this.options.cursor);'],
  ])('is silent about a copy that is no limit: %s', (_, use) => {
    expect(found(log(use))).toEqual([]);
  });

  it.each([
    ['another method gives all of it', 'all() { return this.lines; }'],
    ['another method goes through all of it', 'send(out) { for (const line of this.lines) out.write(line); }'],
    ['another method joins it', "text() { return this.lines.join('\\n'); }"],
    ['another method hands it to somebody', 'save(store) { store.put(this.lines); }'],
    ['another method spreads it', 'all() { return [...this.lines]; }'],
  ])('is silent where %s', (_, rest) => {
    expect(found(log(`return this.lines.slice(-MAX_LINES); } ${rest.replace(/\}$/, '')}`))).toEqual([]);
  });

  it.each([
    ['its size', 'size() { return this.lines.length; }'],
    ['one of them', 'last() { return this.lines.at(-1); }'],
    ['one by its number', 'line(index) { return this.lines[index]; }'],
    ['whether one is there', 'has(line) { return this.lines.includes(line); }'],
    ['whether it is there', 'ready() { if (this.lines) return true; return !this.lines; }'],
  ])('is reported although another method asks for %s', (_, rest) => {
    expect(found(log(`return this.lines.slice(-MAX_LINES); } ${rest.replace(/\}$/, '')}`))).toEqual(['likely lines']);
  });
});

describe('no-copy-only-trim: one program after another, and the argument for each', () => {
  it.each([
    ['a copy by a named limit, read whole elsewhere', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(-MAX_LINES); }
  all() { return this.lines.map((line) => line.text); }
}
`, ['silent lines: copy-trimmed read-in-full registration-api']],
    ['a copy by a named limit, of which all else reads one element or the size', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(-MAX_LINES); }
  last() { return this.lines.at(-1); }
  count() { return this.lines.length; }
  has(line) { return this.lines.includes(line); }
  first() { return this.lines[0]; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy from the start', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.unshift(line); }
  shown() { return this.lines.slice(0, MAX_LINES); }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy from what is too much on', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown(options) { return this.lines.slice(this.lines.length - options.maxLines); }
}
`, []],
    ['a copy from what is too much on, or the start', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(Math.max(0, this.lines.length - MAX_LINES)); }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy of a literal number', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(-500); }
}
`, ['likely lines: copy-trimmed rest-never-read registration-api']],
    ['a copy of a few', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(-5); }
}
`, ['likely lines: copy-trimmed rest-never-read registration-api']],
    ['a copy of what the caller asks for', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown(limit) { return this.lines.slice(-limit); }
}
`, []],
    ['a copy that a loop shortens', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { const copy = [...this.lines]; while (copy.length > MAX_LINES) copy.shift(); return copy; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy that is spliced', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { const copy = this.lines.slice(); copy.splice(0, copy.length - MAX_LINES); return copy; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy whose length is set', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { const copy = Array.from(this.lines); copy.length = MAX_LINES; return copy; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy that nothing shortens', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { const copy = [...this.lines]; return copy; }
}
`, []],
    ['a copy in a field', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { this.copy = [...this.lines]; this.copy.length = 500; }
}
`, []],
    ['a copy by a loop that breaks', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { const copy = []; for (const line of this.lines) { if (copy.length >= MAX_LINES) break; copy.push(line); } return copy; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy by age', `
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.filter((line) => Date.now() - line.at < 60_000); }
}
`, ['likely lines: copy-aged registration-api']],
    ['a copy that goes back', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); this.lines = this.lines.slice(-MAX_LINES); }
}
`, []],
    ['a copy that goes back, in another order', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); this.lines = this.lines.slice(-MAX_LINES).reverse().map(String); }
}
`, []],
    ['a copy that is called on, and does not go back', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); }
  shown() { return this.lines.slice(-MAX_LINES).length; }
}
`, ['likely lines: copy-trimmed registration-api']],
    ['a copy of a module, which reports on its own run', `
const lines = [];
for (const line of read()) lines.push(line);
console.log(lines.slice(-500));
`, []],
    ['an array that an assignment begins, and others export, test and call with', `
const MAX_LINES = 500;
export class Log {
  constructor() { this.lines = []; }
  add(line) { if (this.lines) this.lines.push(line); if (!this.lines) return; const { length } = this.lines; this.lines || this.begin(); keep(this.lines); this.n = length; }
  begin() { this.at = Date.now(); }
  shown() { return this.lines.slice(-MAX_LINES); }
}
function keep(list) { return list.length; }
`, ['likely lines: copy-trimmed registration-api']],
    ['an array of the module', `
const MAX_LINES = 500;
const lines = [];
export function add(line) { lines.push(line); }
export function shown() { return lines.slice(-MAX_LINES); }
export { lines };
`, ['silent lines: copy-trimmed registration-api exported']],
    ['an array that is handed to others', `
const MAX_LINES = 500;
export class Log {
  lines = [];
  add(line) { this.lines.push(line); send({ lines: this.lines }); }
  shown() { return this.lines.slice(-MAX_LINES); }
}
`, ['silent lines: copy-trimmed read-in-full registration-api handed-over']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-copy-only-trim: a copy that nobody takes', () => {
  const board = (leave: string): string => `
const watchers = [];
export function watch(app) {
  app.get('/board', (request, response) => {
    const watcher = { id: Date.now(), response };
    watchers.push(watcher);
    request.on('close', () => { ${leave} });
  });
}
`;

  it('is reported, since the list stays as it is', () => {
    expect(findingsOf(board('watchers.filter((one) => one.id !== watcher.id);'))).toEqual(['certain no-copy-only-trim watchers:1']);
    expect(reasonsFor(board('watchers.filter((one) => one !== watcher);'))).toEqual(['copy-dropped']);
    expect(findingsOf(board('watchers.slice(-100);'))).toEqual(['certain no-copy-only-trim watchers:1']);
  });

  it('is no reason where the copy is put in the place of the list, or the callback works on each', () => {
    expect(findingsOf(board('watchers = watchers.filter((one) => one.id !== watcher.id);').replace('const watchers', 'let watchers'))).toEqual([]);
    expect(findingsOf(board('watchers.filter((one) => one.tell("gone"));'))).toEqual([]);
  });
});
