import { describe, expect, it } from 'vitest';
import { keepPassing } from '../../src/codemod/keep-passing.js';

describe('keepPassing', () => {
  it('asks once if all is well', async () => {
    expect(await sifted([1, 2, 3, 4, 5], [])).toEqual({ kept: [1, 2, 3, 4, 5], asked: 1 });
  });

  it('asks nothing about nothing', async () => {
    expect(await sifted([], [])).toEqual({ kept: [], asked: 0 });
  });

  it.each([
    [[1], [1]],
    [[1, 2], [2]],
    [[1, 2, 3, 4, 5, 6, 7], [1, 4, 7]],
    [[1, 2, 3, 4], [1, 2, 3, 4]],
  ])('of %j leaves out %j', async (items, guilty) => {
    expect((await sifted(items, guilty)).kept).toEqual(items.filter((item) => !guilty.includes(item)));
  });

  it('finds one of a thousand with few questions', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => index);
    for (const guilty of [0, 1, 500, 999]) expect((await sifted(items, [guilty])).asked).toBeLessThanOrEqual(21);
  });

  it('keeps one of two that do not get on', async () => {
    const kept = await keepPassing([1, 2, 3], (part) => !(part.includes(1) && part.includes(3)));
    expect(kept).toEqual([1, 2]);
  });

  it('never answers with a part that was not seen to pass', async () => {
    for (let mask = 0; mask < 64; mask++) {
      const seen = new Set<string>(['']);
      const kept = await keepPassing([0, 1, 2, 3, 4], (part) => {
        const passes = part.reduce((sum, item) => sum + ((mask >> item) & 1), 0) <= mask >> 5;
        if (passes) seen.add(part.join());
        return passes;
      });
      expect(seen).toContain(kept.join());
    }
  });
});

async function sifted(items: readonly number[], guilty: readonly number[]) {
  let asked = 0;
  const kept = await keepPassing(items, (part) => {
    asked++;
    return !part.some((item) => guilty.includes(item));
  });
  return { kept, asked };
}
