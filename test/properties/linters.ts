import fc from 'fast-check';
import { expect } from 'vitest';
import { LINTERS } from '../plugin/all-linters.js';
import { commandFindings } from '../plugin/two-doors.js';
import type { Folder } from '../support/folder.js';
import { programs, textOf } from './programs.js';

/**
 * What must be so for so many programs of a seed: a linter that loads the
 * published plugin says the same of each as the command. All of them are linted
 * in one run, since starting a linter takes longer than its work.
 */
export function agrees(linter: keyof typeof LINTERS, folder: Folder, sample: { seed: number; numRuns: number }): void {
  const files = Object.fromEntries(fc.sample(programs, sample).map((program, index) => [`src/program-${index}.js`, textOf(program)]));
  folder.write(files);
  const expected = Object.entries(files).flatMap(([file, text]) => commandFindings(file, text)?.map((finding) => `${file}:${finding}`) ?? []);
  const { findings, unreadable } = LINTERS[linter](folder.path);
  expect(unreadable).toEqual([]);
  expect(expected.length, 'findings to agree on').toBeGreaterThan(sample.numRuns / 2);
  expect(findings).toEqual(expected.sort());
}
