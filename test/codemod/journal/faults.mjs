// Loaded before a command by the tests (`node --import`): kills the process at one of its steps, or
// makes one fail. A step is a call that changes the file system; a long one, a write, is two: half
// of the bytes, and all of them.
import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { KILL_AT = '0', FAIL_WRITES_TO, FAIL_WITH = 'ENOSPC' } = process.env;
let step = 0;

function mayDie() {
  if (++step === Number(KILL_AT)) process.kill(process.pid, 'SIGKILL');
}

function mayFail(path) {
  if (FAIL_WRITES_TO && String(path).includes(FAIL_WRITES_TO)) throw Object.assign(new Error(`${FAIL_WITH}: made up`), { code: FAIL_WITH, syscall: 'write' });
}

for (const name of ['mkdir', 'rename', 'rm', 'open']) {
  const original = fs.promises[name];
  fs.promises[name] = async (...args) => {
    const changes = name !== 'open' || (args[1] ?? 'r') !== 'r';
    if (changes) mayDie();
    const result = await original(...args);
    if (name === 'open' && changes) watch(result, args[0]);
    return result;
  };
}

/** Counts the writes to an open file. */
function watch(file, path) {
  const { write, truncate, chmod } = file;
  file.writeFile = async (bytes) => {
    mayFail(path);
    const all = Buffer.from(bytes);
    await write.call(file, all, 0, all.length >> 1, 0);
    mayDie();
    await write.call(file, all, all.length >> 1, all.length - (all.length >> 1), all.length >> 1);
    mayDie();
  };
  file.write = async (bytes, offset, length, position) => {
    mayFail(path);
    const { bytesWritten } = await write.call(file, bytes, offset, Math.ceil(length / 2), position);
    mayDie();
    return { bytesWritten };
  };
  file.truncate = async (length) => {
    mayDie();
    await truncate.call(file, length);
  };
  file.chmod = async (mode) => {
    mayDie();
    await chmod.call(file, mode);
  };
}

syncBuiltinESMExports();
process.on('exit', () => fs.writeSync(2, `steps: ${step}\n`));
