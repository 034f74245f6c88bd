import type { Objection, Trial } from './trial.js';

/** Every character outside the edits is the same as before. */
export function restUntouched({ edits, before, after }: Trial): Objection {
  const old = before.model.text;
  const text = after.model.text;
  let read = 0;
  let written = 0;
  for (const edit of [...edits].sort((left, right) => left.start - right.start)) {
    const kept = old.slice(read, edit.start);
    if (!text.startsWith(kept + edit.text, written)) return `Text outside the edits would change, before ${edit.start}.`;
    read = edit.end;
    written += kept.length + edit.text.length;
  }
  return text.slice(written) === old.slice(read) ? undefined : `Text outside the edits would change, after ${read}.`;
}
