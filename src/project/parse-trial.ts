import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ParserOptions } from 'oxc-parser';

const require = createRequire(import.meta.url);
/** Long enough for some megabytes on a slow machine. */
const TIMEOUT_MS = 20_000;

/**
 * The trial runs in a worker thread of the child, whose native stack is smaller
 * than that of any thread of ours: what survives there survives here.
 */
const TRIAL = `
const { Worker } = require('node:worker_threads');
const { parserUrl, text, options } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
new Worker(\`
  const { workerData } = require('node:worker_threads');
  import(workerData.parserUrl).then(({ parseSync }) => parseSync('source', workerData.text, workerData.options).program);
\`, { eval: true, workerData: { parserUrl, text, options } });
`;

/** Whether a child process lives through parsing the text. Takes about a fifth of a second. */
export function survivesParsing(text: string, options: ParserOptions): boolean {
  const input = JSON.stringify({ parserUrl: pathToFileURL(require.resolve('oxc-parser')).href, text, options });
  const child = spawnSync(process.execPath, ['-e', TRIAL], { input, timeout: TIMEOUT_MS, stdio: ['pipe', 'ignore', 'ignore'] });
  return child.status === 0;
}
