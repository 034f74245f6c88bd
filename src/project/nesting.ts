/** Bracket depth above which the parsers' recursion is a danger; sources written by people stay below 60. */
const DEPTH_LIMIT = 500;
/** Operators, calls and accesses in a row without `;`, `,` or a brace; a template of a hundred lines stays below. */
const RUN_LIMIT = 2000;

const SPACE = 32;
const BRACE = 123;

type Effect = 'opens' | 'closes' | 'ends' | 'runs';

/** What each ASCII character does to depth and run; most do nothing. */
const EFFECTS: (Effect | undefined)[] = Array.from({ length: 128 });
for (const char of '+-*/%&|^!~?:=<>. `') EFFECTS[char.charCodeAt(0)] = 'runs';
for (const char of '([{') EFFECTS[char.charCodeAt(0)] = 'opens';
for (const char of ')]}') EFFECTS[char.charCodeAt(0)] = 'closes';
for (const char of ';,') EFFECTS[char.charCodeAt(0)] = 'ends';

/**
 * Whether parsing this text may exhaust the native stack, which kills the
 * process. A guess from characters alone, strings and comments included: too
 * careful is cheap (the file is tried in a child process first), the reverse is not.
 */
export function isDeeplyNested(text: string): boolean {
  let depth = 0;
  let run = 0;
  let previous: Effect | undefined;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const effect = EFFECTS[code];
    if (effect === 'opens') {
      if (++depth > DEPTH_LIMIT) return true;
      // A brace starts statements or properties; `(` and `[` continue a chain such as `f()()()`.
      run = code === BRACE ? 0 : run + 1;
    } else if (effect === 'closes') {
      depth = Math.max(0, depth - 1);
    } else if (effect === 'ends') {
      run = 0;
    } else if (effect === 'runs') {
      // Indentation is one step, however wide.
      if (previous !== 'runs' || code !== SPACE) run++;
    }
    if (run > RUN_LIMIT) return true;
    previous = effect;
  }
  return hasLongLadder(text);
}

/** `else if` and unbraced `for (;;) for (;;)` nest without brackets staying open. */
function hasLongLadder(text: string): boolean {
  let steps = 0;
  for (const _step of text.matchAll(/\belse\s+if\b|\)\s*(?:for|while|if)\b/g)) if (++steps > RUN_LIMIT) return true;
  return false;
}
