// Loaded before a program that is measured: says at its end what it has used.
import { performance } from 'node:perf_hooks';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write(`${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, wall: performance.now() / 1000, memory: maxRSS / 1024 })}\n`);
});
