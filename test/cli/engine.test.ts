import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { optimiseLess } from '../../src/cli/engine.js';

function flagsFor(version: string): string[] {
  const flags: string[] = [];
  optimiseLess(version, (flag) => flags.push(flag));
  return flags;
}

describe('the flags of the engine', () => {
  it('are set for the V8 of Node 20', () => {
    expect(flagsFor('11.3.244.8-node.26')).toHaveLength(2);
  });

  it.each(['12.4.254.21-node.57', '13.6.233.17-node.53', '14.6.202.34-node.34'])('are left to a later one: %s', (version) => {
    expect(flagsFor(version)).toEqual([]);
  });

  it('are known to the V8 that runs here, which else would say so on stderr', () => {
    const { stderr } = spawnSync(process.execPath, ['-e', flagsFor(process.versions.v8).map((flag) => `require('v8').setFlagsFromString('${flag}');`).join(' ')], { encoding: 'utf8' });
    expect(stderr).toBe('');
  });
});
