// Loaded before the command: notes and refuses whatever starts a process or opens a connection.
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const note = (what) => appendFileSync(process.env.DENIED, `${what}\n`);
const refuse = (module, name, tell = () => '') => {
  const owner = require(module);
  owner[name] = (...args) => {
    note(`${module}.${name} ${tell(...args)}`.trim());
    throw new Error(`${module}.${name} is denied`);
  };
};

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) refuse('child_process', name, (file) => file);
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) refuse('dns', name);
for (const module of ['http', 'https']) for (const name of ['request', 'get']) refuse(module, name);
for (const [module, name] of [['net', 'connect'], ['net', 'createConnection'], ['tls', 'connect'], ['dgram', 'createSocket'], ['vm', 'runInThisContext'], ['vm', 'runInNewContext']]) refuse(module, name);
require('net').Socket.prototype.connect = () => {
  note('net.Socket.connect');
  throw new Error('net.Socket.connect is denied');
};
globalThis.fetch = () => {
  note('fetch');
  throw new Error('fetch is denied');
};
syncBuiltinESMExports();
