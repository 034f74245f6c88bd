/** The findings of a file that were not there before: as many of each fingerprint as there are more now. */
export function newOnes<Found extends { readonly fingerprint: string }>(now: readonly Found[], before: readonly { readonly fingerprint: string }[]): readonly Found[] {
  const known = new Map<string, number>();
  for (const { fingerprint } of before) known.set(fingerprint, (known.get(fingerprint) ?? 0) + 1);
  return now.filter(({ fingerprint }) => {
    const left = known.get(fingerprint) ?? 0;
    known.set(fingerprint, left - 1);
    return left <= 0;
  });
}
