import { execFile } from 'node:child_process';
import { chmod, chown, link, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomically, WriteError } from '../../src/codemod/write.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakproof-write-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('writeAtomically', () => {
  it('gives the file exactly the new bytes, longer or shorter', async () => {
    const file = await fileWith('old text');
    for (const bytes of [Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a]), Buffer.alloc(1_000_000, 'x'), Buffer.alloc(0)]) {
      await writeAtomically(file, bytes);
      expect(bytes.equals(await readFile(file))).toBe(true);
    }
    expect(await readdir(folder)).toEqual(['file.ts']);
  });

  it.each([0o644, 0o600, 0o755, 0o666])('keeps mode %o', async (mode) => {
    const file = await fileWith('old');
    await chmod(file, mode);
    await writeAtomically(file, Buffer.from('new'));
    expect((await stat(file)).mode & 0o7777).toBe(mode);
  });

  it('writes what a symbolic link points to and leaves the link', async () => {
    await mkdir(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'target.ts');
    await writeFile(target, 'old');
    const linked = join(folder, 'link.ts');
    await symlink(join('elsewhere', 'target.ts'), linked);
    await writeAtomically(linked, Buffer.from('new'));
    expect((await lstat(linked)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'elsewhere'))).toEqual(['target.ts']);
  });

  it('keeps all names of a file that has several', async () => {
    const file = await fileWith('a long old text');
    const other = join(folder, 'other.ts');
    await link(file, other);
    await writeAtomically(file, Buffer.from('new'));
    expect(await readFile(other, 'utf8')).toBe('new');
    expect((await stat(file)).ino).toBe((await stat(other)).ino);
  });

  it('refuses a file that nobody may write', async () => {
    const file = await fileWith('old');
    await chmod(file, 0o444);
    await expect(writeAtomically(file, Buffer.from('new'))).rejects.toThrow(new WriteError(`${file} is read-only, so it was not written.`));
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file.ts']);
  });

  it('refuses a file that is gone, and a folder', async () => {
    const gone = join(folder, 'gone.ts');
    await expect(writeAtomically(gone, Buffer.from('new'))).rejects.toThrow(`${gone} does not exist any more, so it was not written.`);
    await expect(writeAtomically(folder, Buffer.from('new'))).rejects.toThrow(`${folder} is not a file, so it was not written.`);
  });
});

describe('writeAtomically, for a user whom permissions stop,', () => {
  it.skipIf(process.platform === 'win32')('keeps nothing behind in a folder that is read-only', async () => {
    const file = await fileWith('old');
    await chmod(folder, 0o555);
    try {
      expect(await writeAsOrdinaryUser(file)).toBe(`${file} was not written, because its folder is read-only.`);
    } finally {
      await chmod(folder, 0o755);
    }
    expect(await readdir(folder)).toEqual(['file.ts']);
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  it.skipIf(process.platform === 'win32')('keeps the old bytes and nothing else when the new ones do not fit', async () => {
    const file = await fileWith('old');
    expect(await writeAsOrdinaryUser(file, SMALL_FILES_ONLY)).toMatch(/was not written/u);
    const other = join(folder, 'other.ts');
    await link(file, other);
    expect(await writeAsOrdinaryUser(file, SMALL_FILES_ONLY)).toMatch(/was not written/u);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file.ts', 'other.ts']);
  });

  it.skipIf(process.getuid?.() !== 0)("refuses another user's file (skipped unless run as root)", async () => {
    const file = await fileWith('old');
    await chown(file, 0, 0);
    await chmod(file, 0o644);
    expect(await writeAsOrdinaryUser(file)).toBe(`${file} is read-only, so it was not written.`);
  });

  it.skipIf(process.getuid?.() !== 0)("keeps the owner of another user's file (skipped unless run as root)", async () => {
    const file = await fileWith('old');
    await writeAtomically(file, Buffer.from('new'));
    expect((await stat(file)).uid).toBe(NOBODY);
  });
});

const NOBODY = 65_534;

/** A file of the ordinary user, in a folder of that user. */
async function fileWith(text: string): Promise<string> {
  const file = join(folder, 'file.ts');
  await writeFile(file, text);
  if (process.getuid?.() === 0) {
    await chown(folder, NOBODY, NOBODY);
    await chown(file, NOBODY, NOBODY);
  }
  return file;
}

/** Shell commands that limit the size of files to some kilobytes, and make a larger one an error instead of a signal. */
const SMALL_FILES_ONLY = "trap '' XFSZ; ulimit -f 8;";

/**
 * Writes more than the limit above in a process of its own, as a user without
 * privileges if we are root; answers the message of the error.
 */
async function writeAsOrdinaryUser(file: string, limits = ''): Promise<string> {
  const source = await readFile(new URL('../../src/codemod/write.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } });
  const program = `${outputText}\nawait writeAtomically(${JSON.stringify(file)}, Buffer.alloc(100_000)).catch((error) => console.log(error.message));`;
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const command = `${limits} exec "$0" --input-type=module --eval "$1"`;
  const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, program], { cwd: tmpdir(), ...identity });
  return stdout.trim();
}
