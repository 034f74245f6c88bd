import type { Finding } from '../../src/core/index.js';
import { describeReason } from './reasons.js';

/** The strongest evidence as a sentence of its own, with a space before it; empty if there is none. */
export function because(finding: Finding): string {
  const reason = finding.reasons.find((one) => one.effect === 'evidence');
  return reason ? ` ${capitalised(describeReason(reason))}.` : '';
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** ` in 'Owner'`, or nothing for the module. */
export function within(owner: string): string {
  return owner === '' ? '' : ` in '${owner}'`;
}

/** The thing with its owner, quoted: `'Sessions.byId'`, `'contexts' in 'register()'`, or `'cache'` for a module's. */
export function named(finding: Finding): string {
  const { owner, symbol } = finding;
  // The box of a ref is called by the name of the ref.
  if (owner === symbol || owner.endsWith(`.${symbol}`)) return `'${owner}'`;
  return owner.endsWith(')') ? `'${symbol}'${within(owner)}` : owner === '' ? `'${symbol}'` : `'${owner}.${symbol}'`;
}

/** `a, b and c`; more than `limit` are counted: `a, b and 3 more`. */
export function listed(names: readonly string[], limit: number): string {
  const shown = names.length > limit ? [...names.slice(0, limit), `${String(names.length - limit)} more`] : [...names];
  const last = shown.pop() ?? 'nothing';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
