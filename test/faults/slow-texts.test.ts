import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from '../cli/leakproof.js';
import { CLEAN } from '../cli/samples.js';

const folder = temporaryFolder();

/** Long enough that what takes the square of it, or more, is not over in minutes. */
const LONG = 60_000;
/** Far above what one of them takes, far below what the square of its length would. */
const LIMIT_MS = 5_000;

/** Texts on which a careless expression backtracks, each in a file that is read to its end. */
const TEXTS: Readonly<Record<string, string>> = {
  'a statement of ours whose reason is blanks': `/* leakproof-bounded:${' '.repeat(LONG)}x\n*/`,
  'a comment of stars': `/*${'* '.repeat(LONG)}x*/`,
  'a comment that disables nothing': `/* eslint-disable${' '.repeat(LONG)}x */`,
  'a head of slashes': `${'/'.repeat(LONG)}\n`,
  'a head of comments': `${'/**/'.repeat(LONG)}x();\n`,
  'blank lines': `${'\n'.repeat(LONG)}x();\n`,
  'lines that end in a separator': `${'\u2028'.repeat(LONG)}x();\n`,
  'braces and blanks': `f(() => {${' '.repeat(LONG)}x\n});\n`,
  'a name of one letter': `const ${'L'.repeat(LONG)} = 1;\n`,
  'a name of underscores': `this.${'_'.repeat(LONG)}.push(1);\n`,
};

it.each(Object.entries(TEXTS))('takes no longer for %s', async (_name, text) => {
  folder.write({ 'a.ts': text.startsWith('/') ? `${text}\n${CLEAN}` : `${CLEAN}${text}` , 'b.ts': `${text}\n${CLEAN}` });
  const start = process.cpuUsage();
  for (const command of ['scan', 'fix']) {
    const { status, stderr } = await leakproof(folder, command, 'a.ts', 'b.ts');
    expect([status, stderr.includes('rror')]).toEqual([0, false]);
  }
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(LIMIT_MS);
}, 60_000);
