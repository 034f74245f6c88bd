import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.js';
import type { Codemod } from '../../src/codemod/codemod.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { readWith } from '../../src/codemod/read-text.js';
import { repairFile, type FileRepair } from '../../src/codemod/run.js';
import { applyToProject } from '../../src/codemod/ts-morph.js';
import { DEFAULT_SETTINGS, isFinding } from '../../src/core/index.js';

/**
 * A case is a folder `<codemod>/<case in words>` with a `before` and, unless the
 * codemod leaves it alone, an `after` that was written by hand.
 */
interface Case {
  readonly name: string;
  readonly codemod: Codemod;
  /** Path of the text before, by which its language is told. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

const cases: Case[] = [
  ...codemods.flatMap((codemod) => foldersIn(join(HERE, codemod.id)).map((folder) => readCase(codemod, folder))),
  ...startingCase('track-timers', 'a-photo-sessions'),
  ...startingCase('unify-cleanup', 'd-terminal-server'),
  ...startingCase('add-ttl-sweep', 'b-session-manager', 'before.ts', 'swept.ts'),
  ...startingCase('add-ttl-sweep', 'c-sandbox-sessions', 'before.ts', 'swept.ts'),
  ...startingCase('add-ttl-sweep', 'e-plugins', 'user-plugin.ts', 'user-plugin.swept.ts'),
  ...startingCase('add-ttl-sweep', 'e-plugins', 'secure-plugin.ts', 'secure-plugin.swept.ts'),
];

describe.each(cases)('$codemod.id: $name', ({ codemod, path, before, after }) => {
  it('gives the expected text', () => {
    const result = repair(codemod, path, before);
    expect(result.failed).toEqual([]);
    expect(result.text).toBe(after);
    expect(result.changed).toBe(before !== after);
  });

  it('removes the finding and parses', () => {
    expect(findingsOf(codemod, path, before).length).toBeGreaterThan(0);
    const refused = repair(codemod, path, after).refused.map(({ rule, symbol }) => `${rule} ${symbol}`);
    expect(findingsOf(codemod, path, after)).toEqual(refused);
    for (const { rule, symbol } of repair(codemod, path, before).repaired) expect(refused).not.toContain(`${rule} ${symbol}`);
  });

  it('does nothing the second time', () => {
    expect(repair(codemod, path, after).text).toBe(after);
  });

  it.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['tabs', (text: string) => text.replaceAll(/^ +/gmu, (spaces) => (spaces.length % 4 === 0 && !/^ {2}\S/mu.test(text) ? '\t'.repeat(spaces.length / 4) : '\t'.repeat(spaces.length / 2)))],
    ['no last line end', (text: string) => text.trimEnd()],
  ])('gives the same with %s', (_, vary) => {
    expect(repair(codemod, path, vary(before)).text).toBe(vary(after));
  });

  it('gives the same as a jscodeshift transform', () => {
    const transform = toTransform(codemod);
    for (const vary of [asIs, windows]) {
      const output = transform({ path, source: vary(before) }, {}, { review: true, confidence: 'likely' });
      expect(output).toBe(before === after ? undefined : vary(after));
    }
  });

  it('gives the same on a ts-morph project', () => {
    for (const vary of [asIs, windows]) {
      const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { allowJs: true } });
      const files = project.getFileSystem();
      files.writeFileSync('/file' + extensionOf(path), vary(before));
      project.addSourceFilesAtPaths('/file.*');
      applyToProject(project, [codemod], { includeReview: true, confidence: 'likely' });
      project.saveSync();
      expect(files.readFileSync('/file' + extensionOf(path))).toBe(vary(after));
    }
  });
});

const asIs = (text: string): string => text;
const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;

function repair(codemod: Codemod, path: string, text: string): FileRepair {
  return repairFile({ path, text }, { codemods: [codemod], confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS });
}

function findingsOf(codemod: Codemod, path: string, text: string): string[] {
  const analysis = readWith(DEFAULT_SETTINGS)(path, text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  return analysis.verdicts.filter((verdict) => isFinding(verdict) && verdict.suppressed === undefined && codemod.rules.includes(verdict.rule)).map((verdict) => `${verdict.rule} ${verdict.symbol}`);
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** A starting case; its files are named where its folder has more than one pair. */
function startingCase(id: Codemod['id'], folder: string, before?: string, after?: string): Case[] {
  const codemod = codemods.find((one) => one.id === id);
  if (!codemod) return [];
  const path = join(HERE, '..', 'cases', folder);
  if (before === undefined || after === undefined) return [readCase(codemod, path)];
  return [{ name: `${folder}/${before}`, codemod, path: before, before: readFileSync(join(path, before), 'utf8'), after: readFileSync(join(path, after), 'utf8') }];
}

function readCase(codemod: Codemod, folder: string): Case {
  const files = readdirSync(folder);
  const fileNamed = (name: string): string | undefined => files.find((file) => file.replace(/\.\w+$/u, '') === name);
  const before = fileNamed('before') ?? fileNamed('unchanged');
  if (before === undefined) throw new Error(`${folder} has neither before nor unchanged`);
  const after = fileNamed('after') ?? (before.startsWith('unchanged') ? before : undefined);
  if (after === undefined) throw new Error(`${folder} has no after`);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  return { name: folder.split(/[\\/]/u).at(-1) ?? folder, codemod, path: before, before: read(before), after: read(after) };
}

function extensionOf(path: string): string {
  return /\.\w+$/u.exec(path)?.[0] ?? '';
}
