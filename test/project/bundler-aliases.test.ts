import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

const STATE = "const states = new Map();\nexport function addState(sessionId, state) { states.set(sessionId, state); }\nexport function removeState(sessionId) { states.delete(sessionId); }\n";
const OPENING = "import { addState } from './handlers/state.js';\nglobalThis.port.on('open', ({ sessionId, state }) => addState(sessionId, state));\n";
const entry = (from: string): string => `import { addState, removeState } from '${from}';\nglobalThis.port.on('message', ({ sessionId, state, isClosed }) => { if (isClosed) removeState(sessionId); else addState(sessionId, state); });\n`;

async function reported(from: string, place = 'app/entries/main.js'): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', 'app/package.json': '{ "private": true }', 'app/src/handlers/state.js': STATE, 'app/src/opening.js': OPENING, [place]: entry(from) });
  const { findings } = await scanJson(folder, '--confidence', 'likely');
  return findings.map(({ rule, symbol }) => `${rule} ${symbol}`);
}

describe('what only a bundler is told', () => {
  it.each(['@/handlers/state', '~/handlers/state', '@/handlers/state.js'])('%s is a file of the nearest folder of sources', async (from) => {
    expect(await reported(from)).toEqual([]);
  });

  it('is found from within that folder, too', async () => {
    expect(await reported('@/handlers/state', 'app/src/pages/main.js')).toEqual([]);
  });

  it.each(['@other/handlers/state', '@/handlers/status', 'handlers/state'])('%s is no such file', async (from) => {
    expect(await reported(from)).toEqual(['no-manual-only-release states']);
  });
});
