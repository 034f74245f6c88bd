import { expect, it } from 'vitest';
import { assumedOf } from '../../src/project/assumed.js';
import { DISK } from '../../src/project/files.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

it('takes for granted that a package publishes what it may', () => {
  folder.write({
    'package.json': '{ "private": true }',
    'packages/client/package.json': '{ "name": "client" }',
    'packages/shell/package.json': '{ "name": "shell", "dependencies": { "electron": "30" } }',
  });
  const assumed = assumedOf(folder.path, DISK, true);
  expect(assumed('src/main.ts').published).toEqual([]);
  expect(assumed('packages/client/src/index.ts').published).toBe('all');
  expect(assumed('packages/shell/src/index.ts').published).toEqual([]);
  expect(assumed('src/main.ts')).toMatchObject({ uses: {}, offered: 'all' });
});

it('takes anybody for a user where not all files are known', () => {
  folder.write({ 'package.json': '{ "private": true }' });
  expect(assumedOf(folder.path, DISK, false)('src/main.ts').published).toBe('all');
});
