// Loaded before a command by the tests (`node --require`): writes down at the end what it took, and whether it loaded ts-morph.
const { writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const process = require('node:process');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const isLoaded = Object.keys(Module._cache).some((path) => /[\\/]ts-morph[\\/]/.test(path));
  writeFileSync(process.env.MEASURED, JSON.stringify({ seconds: (user + system) / 1e6, hasTsMorph: isLoaded }));
});
