import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keeps what the tests find out, and the journals of their repairs, away from those of whoever runs them and from other runs of the tests. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'leakproof-tests-'));
  process.env['LEAKPROOF_CACHE_DIR'] = join(folder, 'cache');
  process.env['XDG_DATA_HOME'] = join(folder, 'data');
  return () => { rmSync(folder, { recursive: true, force: true }); };
}
