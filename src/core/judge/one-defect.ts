import type { Verdict, RuleId } from '../findings.js';
import { isFinding } from '../findings.js';

/** What says the most about a collection comes first. */
const COLLECTION_RULES: readonly RuleId[] = ['no-stale-timer-entry', 'no-uneven-delete', 'no-manual-only-release', 'no-copy-only-trim', 'no-unbounded-collection'];
/** What says the most about a timer comes first. */
const TIMER_RULES: readonly RuleId[] = ['require-release-in-finally', 'no-untracked-timer', 'no-timer-overwrite'];

/** A removal that cannot match says why its listener stays. */
const LISTENER_RULES: readonly RuleId[] = ['no-mismatched-removal', 'no-leaked-listener'];

/** One defect, one finding: of several rules that report the same thing the surest speaks, and of equally sure ones the most specific. */
export function oneFindingEach(verdicts: readonly Verdict[]): Verdict[] {
  const spoken = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    if (!isFinding(verdict)) continue;
    const key = defectOf(verdict);
    const other = spoken.get(key);
    if (!other || isBetter(verdict, other)) spoken.set(key, verdict);
  }
  const stale = [...spoken.values()].filter(({ rule }) => rule === 'no-stale-timer-entry');
  return verdicts.map((verdict) => {
    const first = isFinding(verdict) ? (teardownThatSays(verdict, verdicts) ?? othersThatSay(verdict, verdicts) ?? stale.find((other) => saysMoreAboutTimer(other, verdict)) ?? handlerThatSays(verdict, verdicts) ?? spoken.get(defectOf(verdict))) : undefined;
    if (!first || first === verdict || (first.rule === verdict.rule && !isChained(first, verdict))) return verdict;
    return { ...verdict, outcome: 'silent' as const, reasons: [...verdict.reasons, { code: 'said-by-rule', effect: 'doubt' as const, span: first.span, names: { rule: first.rule } }] };
  });
}

/** A timer that nothing clears, in a collection that keeps its handle for ever: whoever mends the entry mends the handle. */
function saysMoreAboutTimer(stale: Verdict, { rule, subject, outcome }: Verdict): boolean {
  if (rule !== 'no-untracked-timer' || subject.type !== 'timer' || (outcome === 'certain' && stale.outcome !== 'certain')) return false;
  return stale.related.some(({ role, span }) => role === 'timer' && span.start === subject.acquisition.node.range[0]);
}

/** The finding about a handler that already names the collection as skipped, where the key is lost unevenly by that handler. */
function handlerThatSays(verdict: Verdict, verdicts: readonly Verdict[]): Verdict | undefined {
  const release = verdict.rule === 'no-uneven-delete' ? verdict.related.find((place) => place.role === 'release') : undefined;
  return release && verdicts.find((other) => other.rule === 'no-partial-exit-handler' && isFinding(other) && (other.outcome === 'certain' || verdict.outcome === 'likely')
    && other.span.start <= release.span.start && release.span.end <= other.span.end && other.related.some((place) => place.role === 'skipped' && place.span.start === verdict.span.start));
}

/** What says of one acquisition that nothing ends it. Of timers and listeners these rules know more than a teardown shows. */
const ACQUISITION_RULES: readonly RuleId[] = ['no-untracked-timer', 'no-leaked-listener', 'no-orphaned-resource'];

/** The surer finding about a teardown that forgets the very thing which another rule says nobody ends; about a resource one as sure will do. */
function teardownThatSays(verdict: Verdict, verdicts: readonly Verdict[]): Verdict | undefined {
  if (!ACQUISITION_RULES.includes(verdict.rule)) return undefined;
  return verdicts.find((other) => other.rule === 'no-forgotten-field' && isFinding(other) && isSurer(other, verdict, verdict.rule === 'no-orphaned-resource') && forgottenAt(other).includes(verdict.span.start));
}

/** Findings as sure about all that a teardown forgets: they stand at the acquisition, and know more about a timer. */
function othersThatSay(verdict: Verdict, verdicts: readonly Verdict[]): Verdict | undefined {
  if (verdict.rule !== 'no-forgotten-field') return undefined;
  const said = forgottenAt(verdict).map((start) => verdicts.find((other) => ACQUISITION_RULES.includes(other.rule) && isFinding(other) && isSurer(other, verdict, other.rule !== 'no-orphaned-resource') && other.span.start === start));
  return said.length > 0 && said.every((one) => one !== undefined) ? said[0] : undefined;
}

/** Whether one finding is surer than another, or as sure where that will do. */
function isSurer(one: Verdict, other: Verdict, orAsSure: boolean): boolean {
  return one.outcome === other.outcome ? orAsSure : one.outcome === 'certain';
}

function forgottenAt({ related }: Verdict): number[] {
  return related.flatMap(({ role, span }) => (role === 'forgotten' ? [span.start] : []));
}

/** The thing that a verdict is about: findings with the same text are about the same defect. */
function defectOf({ rule, span, owner, symbol, subject }: Verdict): string {
  if (COLLECTION_RULES.includes(rule)) return `collection ${owner} ${symbol}`;
  if (TIMER_RULES.includes(rule)) return `timer ${String(subject.type === 'timer' ? subject.acquisition.node.range[0] : span.start)}`;
  if (subject.type === 'listener') return `listener ${String(subject.registration?.node.range[0] ?? span.start)}`;
  return `${rule} ${String(span.start)}`;
}

/** Links of one chain begin where it begins: `target.on(…).on(…)` is mended as a whole. */
function isChained(one: Verdict, other: Verdict): boolean {
  return one.rule === 'no-leaked-listener' && other.rule === one.rule && endOfLink(one) !== endOfLink(other);
}

function endOfLink({ subject, span }: Verdict): number {
  return subject.type === 'listener' && subject.registration ? subject.registration.node.range[1] : span.end;
}

function isBetter(left: Verdict, right: Verdict): boolean {
  if (left.outcome !== right.outcome) return left.outcome === 'certain';
  if (isChained(left, right)) return endOfLink(left) < endOfLink(right);
  const order = [COLLECTION_RULES, TIMER_RULES, LISTENER_RULES].find((rules) => rules.includes(left.rule)) ?? [];
  return order.indexOf(left.rule) < order.indexOf(right.rule);
}
