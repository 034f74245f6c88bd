import { join } from 'node:path';
import { RULE_IDS, type AnalysisSettings, type Confidence, type OwnResourceKind, type RuleId, type TimerKind } from '../core/index.js';
import { allowMatcher } from './allow.js';
import { choice, isObject, Place, readShape, SettingsError } from './data-shape.js';
import { durationMs } from './duration.js';
import { DISK, type Files } from './files.js';
import { systemReason } from './read.js';

export { SettingsError };

/** What a project says of one rule. */
export interface RuleSettings {
  /** From which confidence on its findings are reported; `off` for none. */
  readonly level: Confidence | 'off';
  /** Names, or patterns between slashes, that are never reported: `cache`, `Store.items`, `/^known/`. */
  readonly allow: readonly string[];
}

/** How `leakproof fix` behaves where its options say nothing. */
export interface CodemodSettings {
  /** Ids of the codemods to use; undefined for all. */
  readonly use: readonly string[] | undefined;
  /** Whether repairs that want a look are made, too. */
  readonly review: boolean;
  /** How long an entry may go unused, in milliseconds; undefined for the codemod's own default, as in the next two. */
  readonly ttl: number | undefined;
  /** How often unused entries are looked for, in milliseconds. */
  readonly sweepEvery: number | undefined;
  /** How many entries a collection may hold. */
  readonly limit: number | undefined;
  /** Whether caches are bounded by the package `lru-cache`, where the project depends on it. */
  readonly useLruCache: boolean;
}

/** `leakproof.json`, complete: what is not said has its default. */
export interface Settings extends AnalysisSettings {
  /** Rules that the project says something of. */
  readonly rules: ReadonlyMap<RuleId, RuleSettings>;
  /** Patterns in the language of `.gitignore`, relative to the settings file. */
  readonly ignore: readonly string[];
  readonly codemods: CodemodSettings;
}

export const NO_SETTINGS: Settings = {
  rules: new Map(),
  cleanupFunctions: [],
  timers: [],
  resources: [],
  ignore: [],
  codemods: { use: undefined, review: false, ttl: undefined, sweepEvery: undefined, limit: undefined, useLruCache: false },
};

const FILE = 'leakproof.json';
const PACKAGE = 'package.json';
const PACKAGE_KEY = 'leakproof';
/** Where settings may stand, in a folder. */
export const SETTINGS_FILES: readonly string[] = [FILE, PACKAGE];

/**
 * Reads the settings of a folder: its `leakproof.json`, else the key
 * `leakproof` of its `package.json`, else the defaults. Folders above are not
 * asked. Data only: nothing is executed.
 *
 * @throws SettingsError if there are settings and any of them is not understood
 */
export function readSettings(directory: string, files: Files = DISK): Settings {
  const own = readJson(join(directory, FILE), FILE, files);
  const shared = readJson(join(directory, PACKAGE), PACKAGE, files);
  const inPackage = isObject(shared) ? shared[PACKAGE_KEY] : undefined;
  if (own !== undefined && inPackage !== undefined) {
    throw new SettingsError(`Settings stand both in ${FILE} and in ${PACKAGE} under "${PACKAGE_KEY}"; keep one of them.`);
  }
  if (own !== undefined) return settingsFrom(own, FILE, '');
  if (inPackage !== undefined) return settingsFrom(inPackage, PACKAGE, PACKAGE_KEY);
  return NO_SETTINGS;
}

function readJson(path: string, name: string, files: Files): unknown {
  let text: string;
  try {
    text = files.read(path).toString('utf8');
  } catch (error) {
    const reason = systemReason(error);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new SettingsError(`${name} cannot be read: ${reason}.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // A broken package.json is for npm to complain about, unless it could hold our settings.
    if (name === PACKAGE && !text.includes(`"${PACKAGE_KEY}"`)) return undefined;
    throw new SettingsError(`${name} is not valid JSON: ${inLines((error as Error).message, text)}.`);
  }
}

/** What the parser says, with line and column for an offset; newer versions of Node tell them, too. */
function inLines(message: string, text: string): string {
  return message.replace(/ at position (\d+)(?: \(.*\))?$/u, (_said, offset: string) => {
    const lines = text.replace(/^\uFEFF/, '').slice(0, Number(offset)).split('\n');
    return ` at line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
  });
}

function settingsFrom(value: unknown, file: string, key: string): Settings {
  return readShape<Settings>(new Place(file, key), value, {
    rules: readRules,
    cleanupFunctions: (place, names) => place.strings(names),
    timers: (place, timers) => place.list(timers).map(({ at, item }) => readTimer(at, item)),
    resources: (place, kinds) => place.list(kinds).map(({ at, item }) => readResource(at, item)),
    ignore: (place, patterns) => place.strings(patterns),
    codemods: readCodemods,
  }, NO_SETTINGS);
}

function readRules(place: Place, value: unknown): Map<RuleId, RuleSettings> {
  const rules = new Map<RuleId, RuleSettings>();
  for (const [id, said] of Object.entries(place.object(value))) {
    const at = place.key(id);
    if (!isRuleId(id)) throw at.error(`is no rule; the rules are ${RULE_IDS.join(', ')}`);
    rules.set(id, readRule(at, said));
  }
  return rules;
}

const LEVELS = ['off', 'certain', 'likely'] as const;
const CONFIDENCES = ['certain', 'likely'] as const;

function readRule(place: Place, value: unknown): RuleSettings {
  if (typeof value === 'string') return { level: place.oneOf(value, LEVELS), allow: [] };
  if (!isObject(value)) throw place.error(`must be ${choice(LEVELS)}, or an object with the keys "confidence" and "allow"`);
  const { confidence, allow } = readShape<{ confidence: Confidence; allow: readonly string[] }>(place, value, {
    confidence: (at, said) => at.oneOf(said, CONFIDENCES),
    allow: (at, names) => at.strings(names, checkPattern),
  }, { confidence: 'certain', allow: [] });
  return { level: confidence, allow };
}

function readTimer(place: Place, value: unknown): TimerKind {
  const { id, acquire, release } = readShape<{ id?: TimerKind['id']; acquire: readonly string[]; release: readonly string[] }>(place, value, {
    id: (at, said) => at.oneOf(said, ['timeout', 'interval']),
    acquire: (at, names) => at.strings(names),
    release: (at, names) => at.strings(names),
  }, { acquire: [], release: [] });
  if (!id || acquire.length === 0 || release.length === 0) throw place.error('needs the keys "id", "acquire" and "release"');
  return { id, acquire, release };
}

/** `"new Channel"` is a construction, `"pool.acquire"` a call as it is written. */
function readResource(place: Place, value: unknown): OwnResourceKind {
  const { id, noun, acquire, release } = readShape<{ id: string; noun: string; acquire: readonly string[]; release: readonly string[] }>(place, value, {
    id: (at, said) => at.string(said),
    noun: (at, said) => at.string(said),
    acquire: (at, names) => at.strings(names),
    release: (at, names) => at.strings(names),
  }, { id: '', noun: '', acquire: [], release: [] });
  if (id === '' || acquire.length === 0 || release.length === 0) throw place.error('needs the keys "id", "acquire" and "release"');
  const callees = acquire.map((callee) => ({ name: callee.replace(/^new\s+/, ''), isNew: /^new\s/.test(callee) }));
  return { id, noun: noun || id, acquire: callees, release, isOwn: true };
}

function readCodemods(place: Place, value: unknown): CodemodSettings {
  return readShape<CodemodSettings>(place, value, {
    use: (at, ids) => at.strings(ids),
    review: (at, said) => at.boolean(said),
    ttl: readDuration,
    sweepEvery: readDuration,
    limit: (at, said) => at.count(said),
    useLruCache: (at, said) => at.boolean(said),
  }, NO_SETTINGS.codemods);
}

function readDuration(place: Place, value: unknown): number {
  const duration = durationMs(place.string(value));
  if (duration === undefined) throw place.error('must be a duration with a unit, as "30m" or "90 s"');
  return duration;
}

/** @throws SettingsError if an entry of an `allow` list is a pattern and not a valid one */
export function checkPattern(place: Place, name: string): void {
  try {
    allowMatcher(name);
  } catch {
    throw place.error(`holds ${JSON.stringify(name)}, which is not a valid regular expression`);
  }
}

function isRuleId(id: string): id is RuleId {
  return (RULE_IDS as readonly string[]).includes(id);
}
