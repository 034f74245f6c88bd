import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { measured } from './measured.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('ts-morph, which takes half a second to load,', () => {
  beforeEach(() => {
    folder.write({ 'tsconfig.json': '{ "compilerOptions": { "types": [], "strict": true }, "include": ["src"] }' });
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder.path, 'node_modules'));
  });

  it('is not loaded where nothing is repaired', () => {
    folder.write({ 'src/a.ts': CLEAN, 'src/b.ts': 'setTimeout(() => undefined, 0);\n' });
    const { status, stderr, hasTsMorph } = measured(folder, 'fix', 'src');
    expect({ status, hasTsMorph }, stderr).toEqual({ status: 0, hasTsMorph: false });
  });

  it('is loaded where types are to be checked', () => {
    folder.write({ 'src/a.ts': leakyClass() });
    const { stderr, hasTsMorph } = measured(folder, 'fix', 'src');
    expect(stderr).toContain('type-checked');
    expect(hasTsMorph).toBe(true);
  });
});
