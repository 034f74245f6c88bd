/** The door of the core: facts and verdicts of one file. Imports nothing outside `src/core`. */
export { analyze, outlineAlone, type Analysis } from './analyze.js';
export { applyEdits, findOverlap, type Edit, type Overlap } from './edits.js';
export { isFinding, RULE_IDS, type Confidence, type Effect, type Finding, type OtherPlace, type Reason, type Related, type RuleId, type Verdict } from './findings.js';
export { INSTANCE, keyOfReference, type ExportEntry, type MethodUse, type Origin, type Outline, type Outside, type OutsideEffect, type OutsideJoint, type OutsideTeardown, type OutsideUse, type Reference, type Use } from './linkage/outline.js';
export { outlineOf } from './linkage/outline-of.js';
export { stillHolds, type Testimony } from './linkage/others.js';
export { matricesOf, type Cell, type CellState, type Matrix, type MatrixRow } from './matrix/matrix.js';
export { DEFAULT_SETTINGS, type AnalysisSettings, type OwnResourceKind, type TimerKind } from './settings.js';
export { spanOf, type SourceModel, type Span } from './source-model.js';
export type { Subject } from './subject.js';
