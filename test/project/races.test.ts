import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

async function reported(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...files });
  const { findings } = await scanJson(folder, '--confidence', 'likely', '--rule', 'no-untracked-timer');
  return findings.map(({ file, confidence, symbol, reasons }) => [file, confidence, symbol, ...reasons.filter((reason) => reason.file !== file).map((reason) => `${reason.file}:${reason.line}`)].join(' '));
}

const LATE = 'export function late(ms) {\n  return new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), ms); });\n}\n';
const DELAYED = "import { sleep } from 'helpers';\nexport const late = (ms) => sleep(ms).then(() => { throw new Error('late'); });\n";
const racing = (call: string): string => `import { late } from './late.js';\nglobalThis.server.on('request', async (work) => { await ${call}; });\n`;

describe('a promise that a function of another file returns', () => {
  it('leaves its timer pending if it loses a race there', async () => {
    expect(await reported({ 'late.js': LATE, 'serve.js': racing('Promise.race([work(), late(60_000)])') })).toEqual(['late.js certain setTimeout serve.js:2']);
  });

  it('leaves the delay pending that a third module makes', async () => {
    expect(await reported({ 'late.js': DELAYED, 'serve.js': racing('Promise.race([work(), late(60_000)])') })).toEqual(['late.js likely sleep serve.js:2']);
  });

  it('may be waited for, and then nothing is left', async () => {
    expect(await reported({ 'late.js': DELAYED, 'serve.js': racing('late(60_000)') })).toEqual([]);
  });

  it('is another one where the race has a function of that name of its own', async () => {
    expect(await reported({ 'late.js': DELAYED, 'serve.js': racing('late(1)'), 'other.js': "import { late } from 'others';\nglobalThis.server.on('request', (work) => Promise.race([work(), late(1)]));\n" })).toEqual([]);
  });
});
