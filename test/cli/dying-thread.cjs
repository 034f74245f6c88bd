'use strict';

// Loaded before the command, into each of its threads: a reading thread that comes to a file of this name ends at once.
const fs = require('node:fs');
const process = require('node:process');
const { syncBuiltinESMExports } = require('node:module');
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) {
  const read = fs.readFileSync;
  fs.readFileSync = (path, ...options) => {
    if (String(path).endsWith('fatal.js')) process.exit(1);
    return read(path, ...options);
  };
  syncBuiltinESMExports();
}
