import type { Lines } from '../../src/codemod/writing/code-writer.js';
import type { Sweep } from './sweep.js';
import { stampKey, type Calls } from './stamps.js';

/** A function to be written, in whatever form its home has for one. */
export interface Code {
  readonly comment: string;
  readonly name: string;
  readonly params: string;
  readonly returns: string;
  readonly isAsync: boolean;
  readonly isPublic: boolean;
  readonly body: Lines;
}

/** Notes that an entry was used. An entry that is not there gets no stamp: nothing would take that out again. */
export function touchCode(sweep: Sweep, { isKeyOptional }: Calls): Code {
  const { collection, names, key, stop, writer } = sweep;
  const { indent, semicolon, typed } = writer.style;
  const all = names.prefix + names.collection;
  const has = collection.kind === 'dictionary' ? `${key.name} in ${all}` : `${all}.has(${key.name})`;
  return {
    comment: `Notes that an entry of ${collection.name} was used just now.`,
    name: names.touch, params: typed && key.type !== undefined ? `${key.name}: ${key.type}${isKeyOptional ? ' | undefined' : ''}` : key.name, returns: 'void', isAsync: false, isPublic: false,
    body: [`if (${isKeyOptional ? `${key.name} !== undefined && ` : ''}${has}) {`, `${indent}${names.prefix}${names.stamps}.set(${stampKey(sweep, key.name)}, Date.now())${semicolon}`, ...(stop.type === 'empty' ? [`${indent}${names.start}()${semicolon}`] : []), '}'],
  };
}

/** Starts the interval of a sweep that stops when the collection is empty. */
export function startCode({ collection, names, writer }: Sweep, start: Lines): Code {
  const { indent } = writer.style;
  return {
    comment: `Starts the sweep of ${collection.name}, unless it runs.`, name: names.start, params: '', returns: 'void', isAsync: false, isPublic: false,
    body: [`if (${names.interval} === undefined) {`, ...start.map((line) => indent + line), '}'],
  };
}

/** Goes through all entries and lets go of those that are unused for too long, or out of date by what they say themselves. */
export function sweepCode(sweep: Sweep): Code {
  const { age, collection, names, release, writer } = sweep;
  const { indent, semicolon } = writer.style;
  const isAsync = release?.isAsync === true;
  const { isSweeping } = names;
  const flag = names.prefix + isSweeping;
  const loop = [...loopLines(sweep), ...restLines(sweep)];
  const body = isAsync
    ? [`if (${flag}) {`, `${indent}return${semicolon}`, '}', `${flag} = true${semicolon}`, 'try {', ...loop.map((line) => indent + line), '} finally {', `${indent}${flag} = false${semicolon}`, '}']
    : [`const now = Date.now()${semicolon}`, ...loop];
  const isOutOfDate = age.type === 'until' || (age.type === 'since' && age.limit !== undefined && !isIdle(age.member));
  return {
    comment: `${release ? 'Ends' : 'Lets go of'} the entries of ${collection.name} that ${isOutOfDate ? 'are out of date' : 'went unused for too long'}.`,
    name: names.sweep, params: '', returns: isAsync ? 'Promise<void>' : 'void', isAsync, isPublic: false, body,
  };
}

/** Whether a member tells when an entry was last used, by its name. */
function isIdle(member: string): boolean {
  return /last|active|activity|used|accessed|touched/iu.test(member);
}

function loopLines(sweep: Sweep): Lines {
  const { age, busy, collection, names, key, release, writer } = sweep;
  const { indent, semicolon } = writer.style;
  const all = names.prefix + names.collection;
  const isDictionary = collection.kind === 'dictionary';
  const needsEntry = age.type !== 'stamps' || busy !== undefined || (release !== undefined && release.keyName === undefined);
  const isSet = collection.kind === 'set';
  const head = needsEntry && !isSet ? `for (const [${key.name}, ${names.entry}] of ${isDictionary ? `Object.entries(${all})` : all}) {` : `for (const ${key.name} of ${isDictionary ? `Object.keys(${all})` : isSet ? all : `${all}.keys()`}) {`;
  const body = age.type === 'stamps' ? stampedLines(sweep) : [`if (${ageTest(sweep)}) {`, ...endLines(sweep).map((line) => indent + line), '}'];
  // While one entry is ended, others may be used.
  const clock = release?.isAsync && age.type === 'stamps' ? [`const now = Date.now()${semicolon}`] : [];
  return [head, ...[...clock, ...body].map((line) => indent + line), '}'];
}

/** An interval that nothing else stops has no work without entries. */
function restLines({ collection, names, stop, writer }: Sweep): Lines {
  const { indent, semicolon } = writer.style;
  if (stop.type !== 'empty') return [];
  const isEmpty = collection.kind === 'dictionary' ? `Object.keys(${names.collection}).length === 0` : `${names.collection}.size === 0`;
  return [`if (${isEmpty}) {`, `${indent}clearInterval(${names.interval})${semicolon}`, `${indent}${names.interval} = undefined${semicolon}`, '}'];
}

function ageTest({ age, busy, durations, names, release }: Sweep): string {
  const now = release?.isAsync ? 'Date.now()' : 'now';
  const work = busy === undefined ? '' : `${busy.includes(' ') ? `!(${names.entry}${busy})` : `!${names.entry}${busy}`} && `;
  if (age.type === 'until') return `${work}${names.entry}${age.member} <= ${now}`;
  if (age.type === 'since') return `${work}${now} - ${age.isText === true ? `Date.parse(${names.entry}${age.member})` : `${names.entry}${age.member}`} ${age.operator} ${age.limit ?? durations.ttl?.access ?? ''}`;
  return '';
}

function stampedLines(sweep: Sweep): Lines {
  const { busy, durations, names, key, writer } = sweep;
  const { indent, semicolon } = writer.style;
  const stamps = names.prefix + names.stamps;
  return [
    `const lastActivity = ${stamps}.get(${key.name})${semicolon}`,
    `if (lastActivity === undefined${busy === undefined ? '' : ` || ${names.entry}${busy}`}) {`,
    `${indent}// Not stamped yet${busy === undefined ? '' : ', or at work'}: its time starts now.`,
    `${indent}${stamps}.set(${key.name}, now)${semicolon}`,
    `} else if (now - lastActivity >= ${durations.ttl?.access ?? ''}) {`,
    ...endLines(sweep).map((line) => indent + line),
    '}',
  ];
}

/** Ends one entry: through the function that does, whose failure must not stop the sweep, or by deleting it and what goes with it. */
function endLines(sweep: Sweep): Lines {
  const { age, collection, names, key, release, siblings, writer } = sweep;
  const { semicolon } = writer.style;
  const removal = (name: string, isDictionary: boolean): string => (isDictionary ? `delete ${names.prefix}${name}[${key.name}]${semicolon}` : `${names.prefix}${name}.delete(${key.name})${semicolon}`);
  const stamp = age.type === 'stamps' ? [removal(names.stamps, false)] : [];
  // A function of the file removes the stamp with the entry; the close of an entry is not ours to change.
  if (release) return [...(release.keyName === undefined ? stamp : []), ...isolated(sweep, names.sweep)];
  return [
    ...stamp,
    ...siblings.map(({ name, kind }) => removal(name, kind === 'dictionary')),
    removal(names.collection, collection.kind === 'dictionary'),
  ];
}

function isolated({ key, names, release, writer }: Sweep, within: string): Lines {
  const { indent, semicolon, quote } = writer.style;
  if (!release) return [];
  return [
    'try {',
    `${indent}${release.isAsync ? 'await ' : ''}${release.call(key.name, names.entry)}${semicolon}`,
    '} catch (error) {',
    `${indent}console.error(${quote}${within.replace(/^[#_]+/u, '')}: ${release.name} failed${quote}, error)${semicolon}`,
    '}',
  ];
}

/** Stops the sweep of a module; where entries have to be ended, it ends those that are left. */
export function closeCode(sweep: Sweep): Code {
  const { collection, names, key, release, writer } = sweep;
  const { indent, semicolon } = writer.style;
  const clear = `clearInterval(${names.interval})${semicolon}`;
  const common = { params: '', isPublic: true };
  if (!release) return { ...common, comment: `Stops the sweep of ${collection.name}; call it before the program ends.`, name: names.stop, returns: 'void', isAsync: false, body: [clear] };
  const [one, part] = release.keyName === undefined ? [names.entry, 'values'] : [key.name, 'keys'];
  const all = collection.kind === 'dictionary' ? `Object.${part}(${names.collection})` : collection.kind === 'set' ? names.collection : `${names.collection}.${part}()`;
  return {
    ...common,
    comment: `Stops the sweep and ends all entries of ${collection.name}; call it before the program ends. After a crash, only a time-out of what they stand for can end that.`,
    name: names.close, returns: release.isAsync ? 'Promise<void>' : 'void', isAsync: release.isAsync,
    body: [clear, `for (const ${one} of ${all}) {`, ...isolated(sweep, names.close).map((line) => indent + line), '}'],
  };
}
