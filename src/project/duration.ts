import type ms from 'ms';
import type { StringValue } from 'ms';
import { WhenNeeded } from './when-needed.js';

const library = new WhenNeeded<typeof ms>('ms');

/**
 * A duration as people write it: `30m`, `1.5 h`, `90 seconds`. A bare number is
 * refused, since it does not say its unit.
 *
 * @returns whole milliseconds, more than none; nothing if the text is no duration
 */
export function durationMs(text: string): number | undefined {
  if (/^[\s\d.]*$/u.test(text) || text.length > LONGEST_TEXT) return undefined;
  const duration = library.get()(text as StringValue) as number | undefined;
  return duration !== undefined && duration >= 1 ? Math.round(duration) : undefined;
}

/** `ms` throws for longer texts. */
const LONGEST_TEXT = 100;
