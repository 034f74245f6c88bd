/**
 * The largest part of a list, found by halving, that passes a test: the guilty
 * are left out one by one and the others stay. A list whose whole passes costs
 * one test, each guilty one about 2 log₂ n more. Delta debugging (Zeller and
 * Hildebrandt, 2002) for faults that are each brought by one item.
 *
 * @param passes asked of parts in the list's order; takes the empty part to pass, and is not asked about it
 */
export async function keepPassing<Item>(items: readonly Item[], passes: (part: readonly Item[]) => boolean | Promise<boolean>): Promise<Item[]> {
  /** What of `some` passes together with `kept`. */
  const sift = async (some: readonly Item[], kept: readonly Item[], isKnownToFail = false): Promise<Item[]> => {
    if (some.length === 0) return [];
    if (!isKnownToFail && (await passes([...kept, ...some]))) return [...some];
    if (some.length === 1) return [];
    const middle = Math.ceil(some.length / 2);
    const first = await sift(some.slice(0, middle), kept);
    // If the first half passes whole, the second one is what fails.
    const second = await sift(some.slice(middle), [...kept, ...first], first.length === middle);
    return [...first, ...second];
  };
  return sift(items, []);
}
