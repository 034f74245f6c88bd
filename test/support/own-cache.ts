import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keeps what the tests find out away from the cache of whoever runs them. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'leakproof-cache-'));
  process.env['LEAKPROOF_CACHE_DIR'] = folder;
  return () => { rmSync(folder, { recursive: true, force: true }); };
}
