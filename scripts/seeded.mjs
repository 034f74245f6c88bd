import fc from 'fast-check';

/** So many of a list, the same ones for the same seed, in their order. */
export function seededSample(list, count, seed) {
  const size = Math.min(count, list.length);
  const [sample] = fc.sample(fc.subarray(list, { minLength: size, maxLength: size }), { seed, numRuns: 1 });
  return sample;
}
