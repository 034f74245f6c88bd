/** Exit codes of all commands. */
export const Exit = {
  /** It ran, and nothing is to be complained about. */
  Fine: 0,
  /** It ran, and there are findings (`scan`), or something would change (`fix --check`). */
  Found: 1,
  /** It could not do what it was asked to; stderr says why. */
  CouldNotRun: 2,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];
