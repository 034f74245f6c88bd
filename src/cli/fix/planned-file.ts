import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { codemods } from '../../../codemods/index.js';
import { splitByteOrderMark } from '../../codemod/byte-order-mark.js';
import type { Codemod, CodemodId, RepairValues } from '../../codemod/codemod.js';
import { objectionToLruCache } from '../../codemod/lru-cache.js';
import { readWith } from '../../codemod/read-text.js';
import { isWanted, repairFile, repairSteps, type AskedFinding, type Decision, type FileRepair, type Proposal, type RepairOptions } from '../../codemod/run.js';
import type { Candidate } from '../../codemod/types/type-gate.js';
import type { Analysis, Confidence, Finding } from '../../core/index.js';
import type { SourceFile } from '../../project/discover.js';
import type { CodemodSettings, Settings } from '../../project/settings.js';
import { CannotRun } from '../cannot-run.js';
import { LineIndex } from '../../project/line-index.js';
import type { JudgedFile } from '../each-file.js';
import type { ProjectState } from '../project-state.js';
import { NO_SUPPRESSIONS } from '../suppressions-file.js';
import { sift } from '../verdict-filter.js';
import type { SpanningRepairs } from './spanning-repairs.js';

/** Which repairs are wanted, and the numbers that they write. */
export interface PlanOptions {
  /** Only these codemods; without it, those of the settings. */
  readonly codemod?: readonly CodemodId[];
  /** Whether repairs that want a look are made, too; without it, the settings say. */
  readonly review?: boolean;
  readonly confidence?: Confidence;
  /** How long an entry may go unused, in milliseconds; without it, the settings say, as for the next two. */
  readonly ttl?: number;
  /** How often unused entries are looked for, in milliseconds. */
  readonly sweepEvery?: number;
  /** How many entries a collection may hold. */
  readonly limit?: number;
  /** Whether caches are bounded by the package `lru-cache`; without it, the settings say. */
  readonly useLruCache?: boolean;
}

/**
 * A file and what is to be done with it. Nothing is written here. Repairs are
 * taken out by deciding against them: the others are planned again without them.
 */
export class PlannedFile implements Candidate {
  /** Relative to the root of the report. */
  readonly file: string;
  /** Relative to the root that it belongs to. */
  readonly name: string;
  /** Absolute, as it was found: it may be a link. */
  readonly path: string;
  /** Absolute path of the root that the file belongs to. */
  readonly root: string;
  /** Byte order mark included. */
  readonly before: string;
  /** What is known of the types of its repairs. */
  types = 'not type-checked';
  /** The test that shows its repairs, if one is asked for: absolute path, name in the root, and text, null for none. */
  test: { readonly path: string; readonly name: string; readonly text: string | null } | undefined;
  /** Sentences about tests that are not written. */
  // leakproof-bounded: as many as one file has repairs, for one run of the command
  readonly remarks: string[] = [];
  #repair: FileRepair;
  /** Repairs that it shares with other files of its project. */
  #spanning: SpanningRepairs | undefined;
  readonly #options: RepairOptions;
  readonly #context: Omit<JudgedFile, 'analysis' | 'lines' | 'text'>;
  readonly #settings: Settings;
  /** Against some of the repairs, or for another text, by id. */
  // leakproof-bounded: as many as one file has repairs, for one run of the command
  readonly #decisions = new Map<string, Decision>();
  /** The texts that a person edited, by id: what they wrote has the repairs before it. */
  // leakproof-bounded: as many as one file has repairs, for one run of the command
  readonly #editedFrom = new Map<string, string>();

  /** @param options what is to be repaired; nothing of a file that nobody named, which is written only for the sake of others */
  constructor(judged: JudgedFile, private readonly options: PlanOptions, isNamed = true) {
    this.file = judged.file;
    this.name = judged.source.name;
    this.path = judged.source.path;
    this.#settings = judged.settings;
    this.root = rootOf(this.path, this.name);
    this.before = judged.text;
    this.#options = { ...repairOptions(judged, options), ...(!isNamed && { codemods: [] }) };
    // Most files end here, and the analysis is there already; it is not kept, for it is large.
    const { analysis, lines: _lines, text: _text, ...context } = judged;
    this.#context = context;
    const { read = readWith(judged.settings), ...rest } = this.#options;
    this.#repair = repairFile({ path: this.file, text: this.before }, { ...rest, read: (path, text) => (text === analysis.model.text ? analysis : read(path, text)) });
  }

  /** What became of its findings, also of those that other files share the repair of. */
  get repair(): FileRepair {
    const shared = this.#spanning?.reportOf(this);
    if (!shared) return this.#repair;
    const isShared = ({ rule, symbol, line }: AskedFinding): boolean => [...shared.repaired, ...shared.refused, ...shared.failed].some((one) => one.rule === rule && one.symbol === symbol && one.line === line);
    const byLine = (left: AskedFinding, right: AskedFinding): number => left.line - right.line;
    return {
      ...this.#repair,
      repaired: [...shared.repaired, ...this.#repair.repaired],
      refused: [...shared.refused, ...this.#repair.refused.filter((one) => !isShared(one))].sort(byLine),
      failed: [...shared.failed, ...this.#repair.failed.filter((one) => !isShared(one))],
    };
  }

  /** Gives it the repairs that it shares with others, or tells it that there are other ones now. */
  share(spanning: SpanningRepairs): void {
    this.#spanning = spanning;
    this.#repair = this.repairedWith((id) => this.#decisions.get(id));
  }

  get spanning(): SpanningRepairs | undefined {
    return this.#spanning;
  }

  get project(): JudgedFile['project'] {
    return this.#context.project;
  }

  get codemods(): readonly Codemod[] {
    return this.#options.codemods;
  }

  get includesReview(): boolean {
    return this.#options.includeReview;
  }

  /** Whether somebody wants a finding of it repaired. */
  wants(finding: Finding, analysis: Analysis): boolean {
    return isWanted(finding, analysis, this.#options);
  }

  /** Another file of its project that nobody named, to be written for its sake. */
  neighbour(source: SourceFile, state: ProjectState): PlannedFile | undefined {
    const analysis = state.analysisOf(source.name);
    const text = state.textOf(source.name);
    if (!analysis || text === undefined) return undefined;
    const prefix = this.file.slice(0, this.file.length - this.name.length);
    const judged = { ...this.#context, source, file: prefix + source.name, outside: state.outsideOf(source.name), analysis, text, lines: new LineIndex(analysis.model.text) };
    return new PlannedFile(judged, this.options, false);
  }

  get after(): string {
    return this.#repair.text;
  }

  /** Of all repairs that write it, those that it shares with others first. */
  get ids(): readonly string[] {
    return [...(this.#spanning?.idsIn(this) ?? []), ...this.#repair.repaired.map(({ id }) => id)];
  }

  /** What is known of the types of one of its repairs, in all files that it writes. */
  typesOf(id: string): string {
    const parts = this.#spanning?.made().find((one) => one.id === id)?.parts ?? [];
    return parts.map(({ file }) => file.types).find((types) => types.startsWith('not')) ?? this.types;
  }

  /** The file that it is in truth: the same for all its names. */
  get realPath(): string {
    return realpathSync(this.path);
  }

  /** The same for all names of a file, hard links included. */
  get identity(): string {
    const { dev, ino } = statSync(this.path, { bigint: true });
    return `${dev} ${ino}`;
  }

  /** What is found in one of its texts, whatever the confidence and whatever ESLint's list says; nothing if that does not parse. */
  findingsIn(text: string): readonly Finding[] {
    const { read = readWith(this.#settings) } = text === this.before ? this.#options : this.#sharing();
    const analysis = read(this.file, splitByteOrderMark(text).text);
    return 'unreadable' in analysis ? [] : sift(analysis, this.name, { confidence: 'likely', rules: undefined }, this.#settings, NO_SUPPRESSIONS).findings;
  }

  /** Keeps decisions for good. */
  decide(decisions: ReadonlyMap<string, Decision>): void {
    if (decisions.size === 0) return;
    for (const [id, decision] of decisions) this.#decisions.set(id, decision);
    if (this.#spanning?.decide(decisions)) this.#spanning.tellFiles();
    this.#repair = this.repairedWith((id) => this.#decisions.get(id));
  }

  textWith(ids: readonly string[]): string {
    const shared = this.#spanning?.idsIn(this, ids) ?? [];
    const own = this.#repair.repaired.filter(({ id }) => ids.includes(id));
    if (shared.length + own.length === this.ids.length) return this.after;
    if (shared.length + own.length === 0) return this.before;
    return this.repairedWith((id) => (ids.includes(id) ? this.#decisions.get(id) : { refused: 'It is tried without.' }), undefined, ids).text;
  }

  /** The repairs of this file alone that are made, each with what it changes. */
  proposals(): Proposal[] {
    const proposals: Proposal[] = [];
    this.repairedWith((id) => this.#decisions.get(id), (proposal) => { proposals.push(proposal); });
    const ids = new Set(this.ids);
    return proposals.filter(({ id }) => ids.has(id));
  }

  /** Of the text before. */
  analysis(): Analysis {
    const { read = readWith(this.#options.settings) } = this.#options;
    const analysis = read(this.file, splitByteOrderMark(this.before).text);
    if ('unreadable' in analysis) throw new Error(`${this.file} was readable before.`);
    return analysis;
  }

  /** The numbers that its repairs write. */
  get values(): RepairValues {
    return this.#options.values ?? {};
  }

  /** Asks about each repair in turn, and keeps the answers. */
  async ask(answer: (proposal: Proposal) => Promise<Decision>): Promise<void> {
    const steps = repairSteps({ path: this.file, text: this.before }, this.#sharing());
    const answers = new Map<string, Decision>();
    let step = steps.next();
    while (!step.done) {
      const proposal = step.value;
      const decided = this.#decisions.get(proposal.id) ?? (await answer(proposal));
      answers.set(proposal.id, decided);
      this.#editedFrom.set(proposal.id, proposal.before);
      step = steps.next(decided);
    }
    this.decide(answers);
  }

  /** Its options, where some of the repairs that it shares, or all, are made already. */
  #sharing(ids?: readonly string[]): RepairOptions {
    const rounds = this.#spanning?.roundsOf(this, ids) ?? [];
    const isChanged = this.#spanning !== undefined && this.#spanning.made(ids).length > 0;
    return { ...this.#options, rounds, ...(isChanged && { read: readWith(this.#settings, this.#spanning?.outsideOf(this, ids)) }) };
  }

  private repairedWith(decisionFor: (id: string) => Decision | undefined, see: (proposal: Proposal) => void = () => undefined, sharedIds?: readonly string[]): FileRepair {
    const decide = (proposal: Proposal): Decision => {
      const { id, before } = proposal;
      see(proposal);
      const decision = decisionFor(id) ?? 'make';
      const isByHand = decision !== 'make' && 'text' in decision;
      return isByHand && this.#editedFrom.get(id) !== before ? { refused: 'It was edited by hand beside a repair that is not made.' } : decision;
    };
    return repairFile({ path: this.file, text: this.before }, { ...this.#sharing(sharedIds), decide });
  }
}

/** The folder from which a path has a name. */
function rootOf(path: string, name: string): string {
  return resolve(path, ...name.split('/').map(() => '..'));
}

/** ESLint's list does not stop a repair, as in `eslint --fix`: what it lists is to go, like what a baseline lists. */
function repairOptions({ source, settings, outside }: JudgedFile, options: PlanOptions): RepairOptions {
  const wanted = { confidence: options.confidence, rules: undefined };
  // Asked for every finding of a text; a repair changes the text, and with it the analysis.
  const sifted = new WeakMap<Analysis, readonly Finding[]>();
  const accepts = (finding: Finding, analysis: Analysis): boolean => {
    const findings = sifted.get(analysis) ?? sift(analysis, source.name, wanted, settings, NO_SUPPRESSIONS).findings;
    sifted.set(analysis, findings);
    return findings.includes(finding);
  };
  return {
    codemods: chosen(options.codemod ?? settings.codemods.use),
    confidence: 'likely',
    includeReview: options.review ?? settings.codemods.review,
    settings,
    values: valuesOf(options, settings.codemods, source),
    read: readWith(settings, outside),
    accepts,
  };
}

function chosen(ids: readonly string[] | undefined): readonly Codemod[] {
  const unknown = ids?.find((id) => !codemods.some((codemod) => codemod.id === id));
  if (unknown !== undefined) {
    throw new CannotRun(`leakproof.json: "codemods.use" names ${JSON.stringify(unknown)}, which is no codemod; there are ${codemods.map(({ id }) => id).join(', ')}.`);
  }
  return ids ? codemods.filter(({ id }) => ids.includes(id)) : codemods;
}

function valuesOf(options: PlanOptions, settings: CodemodSettings, { path, name }: SourceFile): RepairValues {
  return {
    ttlMs: options.ttl ?? settings.ttl,
    sweepEveryMs: options.sweepEvery ?? settings.sweepEvery,
    limit: options.limit ?? settings.limit,
    ...((options.useLruCache ?? settings.useLruCache) && { lruCache: { objection: objectionToLruCache(path, rootOf(path, name)) } }),
  };
}
