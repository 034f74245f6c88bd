import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const list = JSON.parse(readFileSync(`${root}/scripts/published-findings.json`, 'utf8')) as Record<string, { judged: string }[]>;

describe('the findings of published packages', () => {
  it('are as they were read, in the packages that are here (the others are named: `npm run measure:published` fetches them)', () => {
    const { status, stdout } = spawnSync(process.execPath, ['scripts/published-findings.mjs', '--cached'], { cwd: root, encoding: 'utf8' });
    console.log(stdout);
    expect(stdout).toMatch(/; 0 changed\.$/m);
    expect(status).toBe(0);
  }, 1_200_000);

  it('are of at least 25 packages, and each was judged by one of four words', () => {
    expect(Object.keys(list).length).toBeGreaterThanOrEqual(25);
    for (const { judged } of Object.values(list).flat()) expect(['true', 'partly', 'false', 'unknown']).toContain(judged);
  });
});
