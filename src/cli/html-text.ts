import { visible } from './visible.js';

/**
 * Text of a page: nothing in it is markup, and nothing misleads the eye.
 *
 * @param kept a character that stays as it is
 */
export function htmlText(text: string, kept = ''): string {
  const safe = kept === '' ? visible(text) : text.split(kept).map(visible).join(kept);
  return safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
