import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fix, type FixOptions } from '../../src/cli/fix.js';
import type { Answer, Asker } from '../../src/cli/fix/interactive.js';
import { readSettings } from '../../src/project/settings.js';
import { temporaryFolder } from '../support/folder.js';
import { installed, leakproof, MAIN } from './leakproof.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();

interface Script {
  readonly answers: Answer[];
  /** What the person makes of the text in the editor. */
  readonly edit?: (text: string) => string;
  readonly confirms?: boolean;
  readonly options?: FixOptions;
}

/** Runs `fix --interactive` for somebody who answers as it is written. */
async function answering({ answers, edit = (text) => text, confirms = true, options = {} }: Script) {
  let [stdout, stderr] = ['', ''];
  const asked: string[] = [];
  const asker: Asker = {
    choose: (question) => {
      asked.push(question);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('asked once too often'));
    },
    edit: (text) => Promise.resolve(edit(text)),
    confirm: (question) => (asked.push(question), Promise.resolve(confirms)),
  };
  const console = { result: (text: string) => void (stdout += text), note: (text: string) => void (stderr += `${text}\n`), progress: () => undefined, paint: (_style: unknown, text: string) => text };
  const before = process.cwd();
  process.chdir(folder.path);
  try {
    const status = await fix([], { interactive: true, ...options }, console, asker);
    expect(answers).toEqual([]);
    return { status, stdout, stderr, asked };
  } finally {
    process.chdir(before);
  }
}

const three = { 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B'), 'c.ts': leakyClass('C') };

const shared = {
  'package.json': '{ "private": true }',
  'bus.js': "import { EventEmitter } from 'node:events';\n\nexport const bus = new EventEmitter();\n",
  'state.js': 'export const failures = [];\n',
  'listen.js': "import { bus } from './bus.js';\nimport { failures } from './state.js';\n\nbus.on('failure', (message) => {\n  failures.push({ at: Date.now(), message });\n});\n",
};
const sharing: FixOptions = { review: true, confidence: 'likely' };

describe('fix --interactive, for a repair of several files', () => {
  it('asks once, shows the diffs of all of them, and writes them', async () => {
    folder.write({ ...shared, 'a.ts': leakyClass('A') });
    const { stderr, asked } = await answering({ answers: ['accept', 'accept'], options: sharing });
    expect(asked).toEqual(['This repair?', 'This repair?', 'Write 2 repairs in 3 files?']);
    expect(stderr).toContain('state.js:1  no-unbounded-collection  (1 of 2)');
    expect(stderr.match(/^--- a\/(?:state|listen)\.js$/gmu)).toEqual(['--- a/state.js', '--- a/listen.js']);
    expect(folder.read('listen.js')).toContain('  trimFailures();\n');
    expect(folder.read('state.js')).toContain('export function trimFailures()');
  });

  it('writes none of them if it is skipped, also after an edit was asked for', async () => {
    folder.write(shared);
    const { stderr } = await answering({ answers: ['edit', 'skip'], options: sharing });
    expect(stderr.replace(/\s+/gu, ' ')).toContain('A repair of several files is made as it is, or skipped');
    expect([folder.read('listen.js'), folder.read('state.js')]).toEqual([shared['listen.js'], shared['state.js']]);
  });
});

describe('fix --interactive', () => {
  it('shows each repair with its reasons and its diff', async () => {
    folder.write(three);
    const { stderr } = await answering({ answers: ['skip', 'skip', 'skip'] });
    const first = stderr.slice(0, stderr.indexOf('b.ts:3'));
    expect(first).toContain('a.ts:3  no-untracked-timer  (1 of 3)');
    expect(first).toContain("  The handle of this 'setInterval'");
    expect(first).toMatch(/^ {2}- /m);
    expect(first.replaceAll(/\s+/g, ' ')).toContain('Repaired by track-timers (safe; not type-checked: no tsconfig.json):');
    expect(first).toContain('+++ b/a.ts\n@@ ');
  });

  it('writes what was accepted, after a last question', async () => {
    folder.write(three);
    const { status, stdout, stderr, asked } = await answering({ answers: ['accept', 'skip', 'accept'] });
    expect(status).toBe(0);
    expect(asked.at(-1)).toBe('Write 2 repairs in 2 files?');
    expect(stdout.match(/^\w\.ts:3/gm)).toEqual(['a.ts:3', 'c.ts:3']);
    expect(stderr).toContain('b.ts:3 setInterval: not repaired by track-timers. It was skipped.');
    expect(folder.read('a.ts')).toContain('clearInterval');
    expect(folder.read('b.ts')).toBe(leakyClass('B'));
    expect((await leakproof(folder, 'fix', '--undo')).status).toBe(0);
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
  });

  it('writes nothing if the last answer is no, and shows the diff', async () => {
    folder.write(three);
    const { stdout } = await answering({ answers: ['accept', 'skip', 'skip'], confirms: false });
    expect(stdout).toMatch(/^--- a\/a\.ts\n/);
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
  });

  it('needs no last question with --write, nor where nothing was accepted', async () => {
    folder.write(three);
    expect((await answering({ answers: ['skip', 'skip', 'skip'] })).asked).toHaveLength(3);
    expect((await answering({ answers: ['accept', 'accept', 'accept'], options: { write: true } })).asked).toHaveLength(3);
    expect(folder.read('c.ts')).toContain('clearInterval');
  });

  it('takes what was edited, if it passes the gates, and asks again if not', async () => {
    folder.write({ 'a.ts': leakyClass('A') + leakyClass('B') });
    const edits = [(text: string) => `${text}let = ;`, (text: string) => text.replaceAll('tickInterval', 'ticker')];
    const { stderr } = await answering({ answers: ['edit', 'edit', 'accept'], edit: (text) => edits.shift()?.(text) ?? '' });
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('That will not do. The repaired code does not parse:');
    expect(folder.read('a.ts')).toContain('clearInterval(this.ticker)');
    expect(folder.read('a.ts')).toContain('clearInterval(this.tickInterval)');
  });

  it('does not bring back what another gate takes out beside an edited repair', async () => {
    folder.write({ 'a.ts': leakyClass('A') + leakyClass('B') });
    folder.write({ 'check.cjs': "process.exit(require('node:fs').readFileSync('a.ts', 'utf8').split('class B')[0].includes('clearInterval') ? 1 : 0);\n" });
    const { stderr } = await answering({ answers: ['accept', 'edit'], edit: (text) => `${text}// mine\n`, options: { write: true, verify: 'node check.cjs' } });
    expect(folder.read('a.ts')).toBe(leakyClass('A') + leakyClass('B'));
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('It was edited by hand beside a repair that is not made.');
  });

  it('asks no more after quit, and keeps what was accepted', async () => {
    folder.write(three);
    const { stdout } = await answering({ answers: ['accept', 'quit'] });
    expect(stdout.match(/^\w\.ts:3/gm)).toEqual(['a.ts:3']);
  });

  it('allows for ever what shall never be asked about again', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('A'), 'c.ts': leakyClass('C') });
    const { stderr } = await answering({ answers: ['never', 'accept'] });
    expect(stderr).toContain('leakproof.json allows A.setInterval from now on.');
    expect(JSON.parse(folder.read('leakproof.json'))).toEqual({ rules: { 'no-untracked-timer': { allow: ['A.setInterval'] } } });
    expect((await leakproof(folder, 'scan')).status).toBe(0);
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
  });

  it.each<[string, string, string, string]>([
    ['beside what stands there', 'leakproof.json', '{\n\t"ignore": ["x"],\n\t"rules": { "no-untracked-timer": { "allow": ["y"] } }\n}\n', '{\n\t"ignore": ["x"],\n\t"rules": { "no-untracked-timer": { "allow": ["y", "A.setInterval"] } }\n}\n'],
    ['keeping the confidence', 'leakproof.json', '{ "rules": { "no-untracked-timer": "likely" } }\n', '{ "rules": { "no-untracked-timer": { "confidence": "likely", "allow": ["A.setInterval"] } } }\n'],
    ['in package.json, if the settings are there', 'package.json', '{ "name": "x", "leakproof": { "rules": {} } }\n', '{ "name": "x", "leakproof": { "rules": { "no-untracked-timer": { "allow": ["A.setInterval"] } } } }\n'],
  ])('writes that down %s', async (_name, file, before, after) => {
    folder.write({ 'a.ts': leakyClass('A'), [file]: before });
    await answering({ answers: ['never'] });
    expect(JSON.parse(folder.read(file))).toEqual(JSON.parse(after));
    expect(readSettings(folder.path).rules.get('no-untracked-timer')?.allow).toContain('A.setInterval');
    if (file === 'package.json') expect(existsSync(`${folder.path}/leakproof.json`)).toBe(false);
    else expect(folder.read(file).startsWith(before.slice(0, 20))).toBe(true);
  });

  it('loses nothing if a file is changed while it asks', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    const { status, stderr } = await answering({ answers: ['edit', 'accept'], edit: (text) => (folder.write({ 'a.ts': 'mine' }), `${text}// edited\n`) });
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('a.ts was changed meanwhile, so it was not written. 1 finding in 1 file repaired, 1 left as it is.');
    expect(folder.read('a.ts')).toBe('mine');
    expect(folder.read('b.ts')).toContain('clearInterval');
  });

  it('says so where there is no terminal', () => {
    folder.write(three);
    expect(installed(folder, 'fix', '--interactive')).toEqual({ status: 2, stdout: '', stderr: '--interactive asks questions, so it needs a terminal.\n' });
  });

  it.skipIf(!hasScript())('asks at the terminal (skipped without util-linux)', { timeout: 60_000 }, async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    await atTerminal([/\(1 of 2\)[^]*This repair\?/, 'a\r'], [/\(2 of 2\)[^]*This repair\?/, 's\r'], [/Write 1 repair in 1 file\?/, 'y\r']);
    expect(folder.read('a.ts')).toContain('clearInterval');
    expect(folder.read('b.ts')).toBe(leakyClass('B'));
  });
});

/** Runs the installed command at a terminal that `script` of util-linux makes, and types each answer when its question is there. */
async function atTerminal(...dialogue: [RegExp, string][]): Promise<void> {
  const child = spawn('script', ['-qec', `'${process.execPath}' '${MAIN}' fix --interactive`, '/dev/null'], { cwd: folder.path });
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    const [question, answer] = dialogue[0] ?? [];
    if (!question?.test(seen)) return;
    dialogue.shift();
    seen = '';
    child.stdin.write(answer);
  });
  await once(child, 'close');
  expect(dialogue).toEqual([]);
}

function hasScript(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('util-linux');
  } catch {
    return false;
  }
}
