/** Bracket depth above which the parsers' recursion is a danger; sources written by people stay below 60. */
const DEPTH_LIMIT = 500;
/** Operators, calls and accesses in a row without `;`, `,` or a brace; a template of a hundred lines stays below. */
const RUN_LIMIT = 2000;

const SPACE = 32;
const BRACE = 123;

/** What each ASCII character does to depth and run, as numbers, which a loop over every character compares fastest; most do nothing. */
const OPENS = 1;
const CLOSES = 2;
const ENDS = 3;
const RUNS = 4;
const EFFECTS = new Uint8Array(128);
for (const char of '+-*/%&|^!~?:=<>. `') EFFECTS[char.charCodeAt(0)] = RUNS;
for (const char of '([{') EFFECTS[char.charCodeAt(0)] = OPENS;
for (const char of ')]}') EFFECTS[char.charCodeAt(0)] = CLOSES;
for (const char of ';,') EFFECTS[char.charCodeAt(0)] = ENDS;

/**
 * Whether parsing this text may exhaust the native stack, which kills the
 * process. A guess from characters alone, strings and comments included: too
 * careful is cheap (the file is tried in a child process first), the reverse is not.
 */
export function isDeeplyNested(text: string): boolean {
  let depth = 0;
  let run = 0;
  let previous = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const effect = code < 128 ? (EFFECTS[code] as number) : 0;
    if (effect === OPENS) {
      if (++depth > DEPTH_LIMIT) return true;
      // A brace starts statements or properties; `(` and `[` continue a chain such as `f()()()`.
      run = code === BRACE ? 0 : run + 1;
    } else if (effect === CLOSES) {
      depth = Math.max(0, depth - 1);
    } else if (effect === ENDS) {
      run = 0;
    } else if (effect === RUNS) {
      // Indentation is one step, however wide.
      if (previous !== RUNS || code !== SPACE) run++;
    }
    if (run > RUN_LIMIT) return true;
    previous = effect;
  }
  return hasLongLadder(text);
}

/** `else if` and unbraced `for (;;) for (;;)` nest without brackets staying open. */
function hasLongLadder(text: string): boolean {
  let steps = 0;
  // No step is shorter than `)if`.
  if (text.length <= RUN_LIMIT * 3) return false;
  for (const _step of text.matchAll(/\belse\s+if\b|\)\s*(?:for|while|if)\b/g)) if (++steps > RUN_LIMIT) return true;
  return false;
}
