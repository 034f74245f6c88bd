// Run by the tests as `node --expose-gc harness.mjs PROGRAM CYCLES`: has a program go through cycles
// of its life twice over, and prints what the process holds after each half, as JSON.
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [, , path, cycles] = process.argv;
const { cycle, sizes = () => 0, settled = () => wait(20) } = await import(pathToFileURL(path).href);

let index = 0;
/** How much each thing that stays keeps, so that the heap shows it: 16 kB. */
const load = () => new Array(2048).fill(index);

async function half() {
  for (let number = 0; number < Number(cycles); number++) await cycle(index++, load());
  await settled();
  globalThis.gc();
  return {
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    listeners: process.eventNames().reduce((sum, event) => sum + process.listenerCount(event), 0),
    entries: sizes(),
    megabytes: process.memoryUsage().heapUsed / 2 ** 20,
  };
}

const halves = [await half(), await half()];
process.stdout.write(JSON.stringify(halves), () => process.exit(0));
