import { accessSync, constants, statSync } from 'node:fs';
import { splitByteOrderMark } from '../../codemod/byte-order-mark.js';
import type { Codemod } from '../../codemod/codemod.js';
import { dominantLineEnd, withLineEnds } from '../../codemod/line-ends.js';
import { originalOffset } from '../../codemod/origins.js';
import { planRepair } from '../../codemod/plan.js';
import { WANTS_A_LOOK, type Decision, type Failed, type Refused, type Repaired } from '../../codemod/run.js';
import { listed, type SpanningRepair } from '../../codemod/spanning.js';
import { applyEdits, isFinding, type Analysis, type Edit, type Finding, type Outside } from '../../core/index.js';
import { LineIndex } from '../../project/line-index.js';
import type { ProjectState } from '../project-state.js';
import type { PlannedFile } from './planned-file.js';
import { passSpanningGates } from './spanning-gates.js';

/** A repair that several files share, and that has passed all gates. */
export interface SpanningProposal extends Repaired {
  readonly finding: Finding;
  /** The file with the finding. */
  readonly home: PlannedFile;
  readonly parts: readonly SpanningPart[];
}

/** What a repair does to one file, on the text that the repairs before it left. */
export interface SpanningPart {
  readonly file: PlannedFile;
  readonly edits: readonly Edit[];
  /** Both with byte order mark. */
  readonly before: string;
  readonly after: string;
}

/** A finding that a repair was asked for, in its file. */
interface Asked {
  readonly id: string;
  readonly home: PlannedFile;
}

/** What keeps a file from being written, as the end of a sentence about it; undefined if nothing does. */
export type Obstacle = (file: PlannedFile) => string | undefined;

/**
 * The repairs of one project that files share, in the order in which they were
 * made: each on the texts that those before it left, and all of them before the
 * repairs of single files. What stands on a repair that is taken out goes with it.
 */
export class SpanningRepairs {
  readonly #made: SpanningProposal[] = [];
  readonly #refused: (Refused & Asked)[] = [];
  readonly #failed: (Failed & Asked)[] = [];
  /** Ids of findings that were asked about. */
  // leakproof-bounded: as many as a project has findings, for one run of the command
  readonly #asked = new Set<string>();
  /** By id: why a repair that was made is not wanted. */
  // leakproof-bounded: as many as were made
  readonly #against = new Map<string, Exclude<Decision, 'make'>>();
  /** By the ids of the repairs that it has. */
  // leakproof-bounded: as many as there are repairs to leave out
  readonly #states = new Map<string, ProjectState>();

  /**
   * @param state of the project before any repair
   * @param fileAt the planned file of a name; one is made for a file that nobody named
   */
  constructor(
    private readonly state: ProjectState,
    private readonly fileAt: (name: string, state: ProjectState) => PlannedFile | undefined,
    private readonly obstacleOf: Obstacle,
  ) {}

  /** Plans the repairs of a file's findings that no codemod repairs in that file alone. */
  plan(home: PlannedFile): void {
    while (this.#planNext(home));
  }

  /** Those that are made; of given ones, those that do not stand on others. */
  made(ids?: readonly string[]): readonly SpanningProposal[] {
    const left = new Set<PlannedFile>();
    return this.#made.filter((one) => {
      const isIn = !this.#against.has(one.id) && (ids === undefined || ids.includes(one.id)) && !one.parts.some(({ file }) => left.has(file));
      if (!isIn) for (const { file } of one.parts) left.add(file);
      return isIn;
    });
  }

  /** Ids of those that write a file. */
  idsIn(file: PlannedFile, ids?: readonly string[]): string[] {
    return this.made(ids).filter(({ parts }) => parts.some((part) => part.file === file)).map(({ id }) => id);
  }

  /** What they do to a file, one round for each. */
  roundsOf(file: PlannedFile, ids?: readonly string[]): (readonly Edit[])[] {
    return this.made(ids).flatMap(({ parts }) => parts.filter((part) => part.file === file).map(({ edits }) => edits));
  }

  /** What the other files do to a file once they are made. */
  outsideOf({ name }: PlannedFile, ids?: readonly string[]): Outside | undefined {
    return this.#stateWith(this.made(ids)).outsideOf(name);
  }

  /** Those of a file's findings. */
  reportOf(file: PlannedFile): { readonly repaired: readonly SpanningProposal[]; readonly refused: readonly Refused[]; readonly failed: readonly Failed[] } {
    const made = this.made();
    const out = this.#made.filter((one) => one.home === file && !made.includes(one));
    // What one codemod refuses another may repair.
    const isLeft = ({ id, home }: Asked): boolean => home === file && !this.#made.some((one) => one.id === id);
    const refused: Refused[] = this.#refused.filter(isLeft);
    const failed: Failed[] = this.#failed.filter(isLeft);
    for (const one of out) {
      const why = this.#against.get(one.id);
      if (why && 'gate' in why) failed.push({ ...one, ...why });
      else refused.push({ ...one, why: why && 'refused' in why ? why.refused : 'It stands on a repair that is not made.' });
    }
    return { repaired: made.filter(({ home }) => home === file), refused, failed };
  }

  /** The files that are written together with a file, and itself. */
  togetherWith(file: PlannedFile): readonly PlannedFile[] {
    const together = new Set([file]);
    for (const one of together) for (const { parts } of this.made()) if (parts.some((part) => part.file === one)) for (const part of parts) together.add(part.file);
    return [...together];
  }

  /** Keeps decisions against repairs for good; those about others are left. */
  decide(decisions: ReadonlyMap<string, Decision>): boolean {
    const against = [...decisions].filter((entry): entry is [string, Exclude<Decision, 'make'>] => entry[1] !== 'make' && this.#made.some(({ id }) => id === entry[0]) && !this.#against.has(entry[0]));
    for (const [id, decision] of against) this.#against.set(id, decision);
    return against.length > 0;
  }

  /** Tells every file that shares one of them, whether it is made or not, that something has changed. */
  tellFiles(): void {
    for (const file of new Set(this.#made.flatMap(({ parts }) => parts.map((part) => part.file)))) file.share(this);
  }

  /** Whether there is any, made or refused. */
  get isEmpty(): boolean {
    return this.#made.length + this.#refused.length + this.#failed.length === 0;
  }

  #planNext(home: PlannedFile): boolean {
    const state = this.#stateWith(this.#made);
    const analysis = state.analysisOf(home.name);
    for (const finding of analysis?.verdicts.filter(isFinding) ?? []) {
      if (!analysis || !home.wants(finding, analysis)) continue;
      const offset = originalOffset(finding.span.start, this.roundsOf(home));
      const id = `${home.file} ${finding.rule} ${offset}`;
      if (this.#asked.has(id)) continue;
      this.#asked.add(id);
      if (!('refused' in planRepair(finding, analysis, home.codemods, home.values))) continue;
      const { line } = new LineIndex(splitByteOrderMark(home.before).text).positionOf(offset);
      for (const codemod of home.codemods.filter(({ rules }) => rules.includes(finding.rule))) {
        if (this.#planBy(codemod, { id, finding, home, asked: { rule: finding.rule, symbol: finding.symbol, line, codemod: codemod.id } }, state)) return true;
      }
    }
    return false;
  }

  /** Whether a codemod has repaired a finding. */
  #planBy(codemod: Codemod, { id, finding, home, asked }: { id: string; finding: Finding; home: PlannedFile; asked: Omit<Refused, 'why'> }, state: ProjectState): boolean {
    const plan = codemod.planSpanning?.(finding, home.name, state, home.values);
    if (!plan) return false;
    const refuse = (why: string): false => {
      this.#refused.push({ ...asked, id, home, why });
      return false;
    };
    if ('refused' in plan) return refuse(plan.refused);
    if (plan.safety === 'review' && !home.includesReview) return refuse(WANTS_A_LOOK);
    const files = this.#filesOf(plan, home, state);
    if (typeof files === 'string') return refuse(files);
    const parts = files.map((file) => partOf(file, plan.parts.get(file.name) ?? [], state));
    const texts = new Map(parts.map(({ file, after }) => [file.name, after]));
    const trial = { finding, file: home.name, parts: new Map(parts.map(({ file, edits }) => [file.name, edits])), codemods: home.codemods, values: home.values };
    const passage = passSpanningGates(trial, state, () => new Map([...this.#textsWith(this.#made), ...texts]));
    if ('gate' in passage) {
      this.#failed.push({ ...asked, ...passage, id, home });
      return false;
    }
    const together = parts.length > 1 ? [`in ${listed(parts.map(({ file }) => file.file))} together`] : [];
    this.#made.push({ ...asked, id, finding, home, parts, safety: plan.safety, notes: [...plan.notes, ...together] });
    this.#states.set(keyOf(this.#made), passage.after);
    return true;
  }

  /** The files that a repair writes, that of the finding first; or what speaks against writing one of them. */
  #filesOf(plan: SpanningRepair, home: PlannedFile, state: ProjectState): readonly PlannedFile[] | string {
    const names = [...plan.parts.keys()].sort((left, right) => Number(right === home.name) - Number(left === home.name));
    const files: PlannedFile[] = [];
    for (const name of names) {
      const file = name === home.name ? home : this.fileAt(name, state);
      if (!file) return `${name} would be changed with it, and cannot be read.`;
      const obstacle = whyNotWritten(file) ?? this.obstacleOf(file);
      if (obstacle !== undefined) return `${file.file} would be changed with it, and ${obstacle}.`;
      files.push(file);
    }
    return files;
  }

  #stateWith(made: readonly SpanningProposal[]): ProjectState {
    if (made.length === 0) return this.state;
    const known = this.#states.get(keyOf(made));
    if (known) return known;
    const state = this.state.with(this.#textsWith(made));
    // The same texts could be read when all of the repairs were made, or with fewer of them.
    if ('unreadable' in state) throw new Error(`${state.file} ${state.unreadable}`);
    this.#states.set(keyOf(made), state);
    return state;
  }

  #textsWith(made: readonly SpanningProposal[]): Map<string, string> {
    return new Map(made.flatMap(({ parts }) => parts.map(({ file, after }) => [file.name, after] as const)));
  }
}

function keyOf(made: readonly SpanningProposal[]): string {
  return made.map(({ id }) => id).join('\n');
}

function partOf(file: PlannedFile, planned: readonly Edit[], state: ProjectState): SpanningPart {
  const { model } = state.analysisOf(file.name) as Analysis;
  const before = state.textOf(file.name) ?? file.before;
  const lineEnd = dominantLineEnd(model.text);
  const edits = planned.map((edit) => ({ ...edit, text: withLineEnds(edit.text, lineEnd) }));
  return { file, edits, before, after: splitByteOrderMark(before).mark + applyEdits(model.text, edits) };
}

const ANYBODY_WRITES = 0o222;

/** Why a file is not to be written for the sake of another, as the end of a sentence. Links and what lies outside of the root are no files of a project. */
function whyNotWritten({ path }: PlannedFile): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return (statSync(path).mode & ANYBODY_WRITES) === 0 ? 'is read-only' : undefined;
  } catch {
    return 'is read-only';
  }
}
