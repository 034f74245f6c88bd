/**
 * Turns an entry of an `allow` list into a test of a name: the name itself, or
 * a regular expression between slashes.
 *
 * @throws SyntaxError if it is a pattern and not a valid one
 */
export function allowMatcher(entry: string): (name: string) => boolean {
  const pattern = /^\/(.+)\/([a-z]*)$/.exec(entry);
  if (!pattern) return (name) => name === entry;
  // A global or sticky expression remembers where it was.
  const expression = new RegExp(pattern[1] ?? '', (pattern[2] ?? '').replace(/[gy]/g, ''));
  return (name) => expression.test(name);
}

/** Whether a thing is named in an `allow` list, with its owner or without: `Store.items` or `items`; of a function as messages call it, `ask().setTimeout`, or by its bare name. */
export function isAllowed(thing: { readonly symbol: string; readonly owner: string }, allow: readonly string[]): boolean {
  const names = [thing.symbol, `${thing.owner}.${thing.symbol}`, `${thing.owner.replace(/\(\)$/u, '')}.${thing.symbol}`];
  return allow.map(allowMatcher).some((matches) => names.some(matches));
}
