import ms, { type StringValue } from 'ms';

/**
 * A duration as people write it: `30m`, `1.5 h`, `90 seconds`. A bare number is
 * refused, since it does not say its unit.
 *
 * @returns whole milliseconds, more than none; nothing if the text is no duration
 */
export function durationMs(text: string): number | undefined {
  if (/^[\s\d.]*$/u.test(text) || text.length > LONGEST_TEXT) return undefined;
  const duration = ms(text as StringValue) as number | undefined;
  return duration !== undefined && duration >= 1 ? Math.round(duration) : undefined;
}

/** `ms` throws for longer texts. */
const LONGEST_TEXT = 100;
