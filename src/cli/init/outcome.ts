/** What becomes of a text that is asked to hold something of ours. */
export type Outcome =
  | { readonly edited: string }
  /** It holds it. */
  | 'there'
  /** It cannot be edited safely; a sentence that says why. */
  | { readonly refused: string };

/** An edit whose result does not hold what was asked for would be made again with every run, so it is refused. */
export function settled(outcome: Outcome, again: (text: string) => Outcome): Outcome {
  if (typeof outcome === 'string' || 'refused' in outcome) return outcome;
  return again(outcome.edited) === 'there' ? outcome : { refused: 'It is written in a way that we do not know.' };
}
