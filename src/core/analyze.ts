import { collectFacts, type Facts } from './facts/facts.js';
import type { Verdict } from './findings.js';
import { judgeCopyOnlyTrims } from './judge/copy-only-trim.js';
import { judgeOverrides, judgeTeardowns } from './judge/forgotten-field.js';
import { judgeIdleTeardowns } from './judge/idle-teardown.js';
import { judgeListener } from './judge/leaked-listener.js';
import { judgeManualRelease } from './judge/manual-only-release.js';
import { judgeRemovals } from './judge/mismatched-removal.js';
import { oneFindingEach } from './judge/one-defect.js';
import { judgeResources } from './judge/orphaned-resource.js';
import { judgeHandlers } from './judge/partial-handler.js';
import { judgeProcessExit } from './judge/process-exit.js';
import { judgeRacedDelays } from './judge/raced-delay.js';
import { judgeReleaseInFinally } from './judge/release-in-finally.js';
import { judgeStaleEntries } from './judge/stale-timer-entry.js';
import { judgeOverwrite } from './judge/timer-overwrite.js';
import { judgeCollection } from './judge/unbounded-collection.js';
import { judgeUnevenDeletes } from './judge/uneven-delete.js';
import { judgeTimer } from './judge/untracked-timer.js';
import { DEFAULT_SETTINGS, type AnalysisSettings } from './settings.js';
import { outlineOf } from './linkage/outline-of.js';
import type { Outline, Outside } from './linkage/outline.js';
import type { SourceModel } from './source-model.js';

/** All that is known of one file. Rules, `why` and codemods read it; nobody analyses twice. */
export interface Analysis {
  readonly model: SourceModel;
  readonly facts: Facts;
  /** Every candidate with its judgement, in source order. */
  readonly verdicts: readonly Verdict[];
}

/** What a file shows to others and does to them, told by itself, without a judgement. */
export function outlineAlone(model: SourceModel, settings: AnalysisSettings): Outline {
  return outlineOf(collectFacts(model, settings));
}

/**
 * Judges one file. Total: odd code gives fewer facts, never an exception.
 *
 * @param outside what the other files of the project do to this one; without it, what leaves the file is in unknown hands
 */
export function analyze(model: SourceModel, settings: AnalysisSettings = DEFAULT_SETTINGS, outside?: Outside): Analysis {
  const facts = collectFacts(model, settings, outside);
  const judged: Verdict[] = [
    ...facts.timers.map((timer) => judgeTimer(timer, facts)),
    ...facts.timers.flatMap((timer) => judgeOverwrite(timer, facts) ?? []),
    ...facts.timers.flatMap((timer) => judgeReleaseInFinally(timer, facts) ?? []),
    ...judgeRacedDelays(facts),
    ...judgeStaleEntries(facts),
    ...facts.collections.flatMap((collection) => judgeCollection(collection, facts) ?? []),
    ...facts.collections.flatMap((collection) => judgeManualRelease(collection, facts) ?? []),
    ...judgeUnevenDeletes(facts),
    ...judgeCopyOnlyTrims(facts),
    ...judgeHandlers(facts),
    ...judgeProcessExit(facts),
    ...judgeResources(facts),
    ...judgeTeardowns(facts),
    ...judgeOverrides(facts),
    ...judgeIdleTeardowns(facts),
    ...facts.listeners.registrations.flatMap((registration) => judgeListener(registration, facts) ?? []),
    ...judgeRemovals(facts),
  ];
  const verdicts = oneFindingEach(judged);
  verdicts.sort((left, right) => left.span.start - right.span.start || left.rule.localeCompare(right.rule, 'en'));
  return { model, facts, verdicts };
}
