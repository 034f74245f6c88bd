import { addTo } from '../core/multimap.js';
import { INSTANCE, keyOfReference, type ExportEntry, type Outline, type Outside, type OutsideEffect, type OutsideJoint, type OutsideTeardown, type OutsideUse, type Reference, type Use } from '../core/index.js';
import { ShownNames } from './shown-names.js';

/** Where a name of a module is declared: the file, and the name that it has there. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

export interface Project {
  /** What each file shows and does, by its name from the root. */
  readonly outlines: ReadonlyMap<string, Outline>;
  /** The file that a module specifier means; undefined for a package and what cannot be found. */
  resolve(from: string, specifier: string): string | undefined;
  /** Whether code outside the project may import a file. */
  isOffered(file: string): boolean;
  /** Whether a file is part of what a package publishes for others to build on. */
  isPublished(file: string): boolean;
  /** Files that code imports which is not read: scripts in components, and the like. */
  readonly usedUnseen: ReadonlySet<string>;
}

type Triggers = OutsideUse['triggers'];

/** A use, with the function of the using file that it is a part of. */
interface LinkedUse {
  readonly use: Pick<Use, 'does' | 'line' | 'by' | 'lives' | 'calls' | 'key' | 'onFailure' | 'onNew' | 'isRaced' | 'byComponent' | 'arrives'>;
  readonly file: string;
}

/** Says of a file, by its name from the root, what all others do to it; undefined for a file that is none of the project. */
export interface Outsides {
  get(file: string): Outside | undefined;
}

/**
 * Says for every file what all others do to what it shows. What sets a use
 * going is followed through the functions of all files, back to where something
 * starts by itself. That is done when it is first asked for, and so is what it
 * means for a file.
 */
export function link(project: Project): Outsides {
  return new Linker(project);
}

class Linker implements Outsides {
  /** By file and name, in the spelling of the file that declares it. */
  readonly #uses = new Map<string, Map<string, LinkedUse[]>>();
  readonly #offered = new ShownNames();
  readonly #published = new ShownNames();
  readonly #imported = new Set<string>();
  readonly #triggers = new Map<string, Set<Triggers[number]>>();
  readonly #methods = new Map<string, LinkedUse[]>();
  readonly #removals = new Map<string, LinkedUse[]>();
  /** By the imported type, of whose members they are: the clean-ups of all files. */
  readonly #joint = new Map<string, OutsideJoint[]>();

  readonly #exports = new Map<string, ReadonlyMap<string, ExportEntry>>();
  /** What was asked of paths, by file and path. */
  // leakproof-bounded: as many as the outlines name, for one state of the project
  readonly #declarations = new Map<string, Map<string, Declared | undefined>>();
  readonly #outsides = new Map<string, Outside>();

  #isLinked = false;

  constructor(private readonly project: Project) {}

  /** Of a file in which little is judged, only what it asks of those that it imports is wanted: that needs no other files. */
  #linkAll(): void {
    if (this.#isLinked) return;
    this.#isLinked = true;
    const { outlines } = this.project;
    for (const [file, { methodCalls, removals }] of outlines) {
      // Perhaps another class is meant: that it is called is all that this says.
      for (const { name, line, by } of methodCalls) addTo(this.#methods, name, { file, use: { does: 'call', line, by: { ...by, triggers: ['call'], through: [] } } });
      for (const { name, line, by } of removals) addTo(this.#removals, name, { file, use: { does: 'shrink', line, by: { ...by, triggers: ['call'], through: [] } } });
    }
    for (const [file, outline] of outlines) this.#noteImports(file, outline);
    for (const [file, { uses }] of outlines) for (const use of uses) this.#noteUse(file, use);
    for (const [file, { joint }] of outlines) {
      for (const { of, ...one } of joint) {
        const type = this.#typeOf(file, of);
        if (type !== undefined) addTo(this.#joint, type, { ...one, file });
      }
    }
    this.#noteOffered();
    this.#spread();
  }

  get(file: string): Outside | undefined {
    if (!this.project.outlines.has(file)) return undefined;
    const outside = this.#outsides.get(file) ?? this.#outsideOf(file);
    this.#outsides.set(file, outside);
    return outside;
  }

  #noteImports(file: string, { exports, stars, uses }: Outline): void {
    const specifiers = new Set([...exports.flatMap(({ from }) => from ?? []), ...stars, ...uses.map(({ of }) => of.from)]);
    for (const specifier of specifiers) {
      const target = this.project.resolve(file, specifier);
      if (target !== undefined) this.#imported.add(target);
    }
  }

  #noteUse(file: string, use: Use): void {
    const target = this.project.resolve(file, use.of.from);
    if (target === undefined || !this.project.outlines.has(target)) return;
    const found = this.#inBase(this.#declared(target, use.of.path));
    if (!found) {
      // The module as a whole is given away.
      if (use.does === 'pass' && use.of.path.length === 0) this.#offered.addAll(target);
      return;
    }
    const names = this.#uses.get(found.file) ?? new Map<string, LinkedUse[]>();
    this.#uses.set(found.file, names);
    addTo(names, found.name, { use, file });
  }

  /** What a path from a module leads to, through all that only passes it on. */
  #declared(file: string, path: readonly string[]): Declared | undefined {
    const key = path.join('\0');
    let known = this.#declarations.get(file);
    if (!known) this.#declarations.set(file, (known = new Map<string, Declared | undefined>()));
    if (!known.has(key)) known.set(key, this.#findDeclared(file, path, new Set()));
    return known.get(key);
  }

  #findDeclared(file: string, path: readonly string[], seen: Set<string>): Declared | undefined {
    const outline = this.project.outlines.get(file);
    const [name, ...rest] = path;
    if (!outline || name === undefined || seen.has(`${file} ${name}`)) return undefined;
    seen.add(`${file} ${name}`);
    const entry = this.#exportsOf(file, outline).get(name);
    if (entry?.from !== undefined) {
      const target = this.project.resolve(file, entry.from);
      return target === undefined ? undefined : this.#findDeclared(target, entry.local === '*' ? rest : [entry.local, ...rest], seen);
    }
    if (entry) return { file, name: [entry.instanceOf ?? entry.local, ...rest.filter((one) => one !== INSTANCE)].join('.') };
    for (const star of outline.stars) {
      const target = this.project.resolve(file, star);
      const found = target === undefined ? undefined : this.#findDeclared(target, path, seen);
      if (found) return found;
    }
    // The default import of a CommonJS module is the module.
    return name === 'default' ? this.#findDeclared(file, rest, seen) : undefined;
  }

  /** What a file exports, by its name there; of two of one name, the first. */
  #exportsOf(file: string, { exports }: Outline): ReadonlyMap<string, ExportEntry> {
    let known = this.#exports.get(file);
    if (!known) this.#exports.set(file, (known = new Map(exports.toReversed().map((entry) => [entry.name, entry]))));
    return known;
  }

  /** A method that a class has from one of another file is declared there. */
  #inBase(found: Declared | undefined): Declared | undefined {
    const [, shown, method] = /^([^.]+)\.([^.]+)$/.exec(found?.name ?? '') ?? [];
    const seen = new Set<string>();
    for (let at = found && shown !== undefined ? { file: found.file, name: shown } : undefined; at && !seen.has(`${at.file}#${at.name}`);) {
      seen.add(`${at.file}#${at.name}`);
      const { file, name } = at;
      const outline = this.project.outlines.get(file);
      if (outline?.functions.includes(`${name}.${String(method)}`)) return { file, name: `${name}.${String(method)}` };
      const base = Object.values(outline?.classes ?? {}).find((one) => one.shown === name)?.base;
      const inFile = typeof base === 'string' ? outline?.classes[base]?.shown ?? base : undefined;
      const target = base === undefined || typeof base === 'string' ? undefined : this.project.resolve(file, base.from);
      at = inFile !== undefined ? { file, name: inFile } : target !== undefined && typeof base === 'object' ? this.#declared(target, base.path) : undefined;
    }
    return found;
  }

  #noteOffered(): void {
    const { outlines } = this.project;
    for (const [file, outline] of outlines) {
      // What no file imports is started by something else: a program, a page, a tool, a framework, another package.
      const isStarted = !this.#imported.has(file) || this.project.usedUnseen.has(file);
      if (isStarted) this.#offered.addAll(file);
      if (isStarted || this.project.isOffered(file)) this.#noteExports(file, outline, this.#offered);
      if (this.project.isPublished(file)) this.#noteExports(file, outline, this.#published);
    }
  }

  #noteExports(file: string, { exports, stars }: Outline, shown: ShownNames, seen = new Set<string>()): void {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { name } of exports) {
      const found = this.#declared(file, [name]);
      if (found) shown.add(found.file, found.name);
    }
    for (const star of stars) {
      const target = this.project.resolve(file, star);
      const outline = target === undefined ? undefined : this.project.outlines.get(target);
      if (target !== undefined && outline) this.#noteExports(target, outline, shown, seen);
    }
  }

  /** All uses of a name; of a method also the calls on objects of which nobody knows the class. */
  #usesOf(file: string, name: string): readonly LinkedUse[] {
    const known = this.#uses.get(file)?.get(name) ?? [];
    const method = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined;
    return method === undefined ? known : [...known, ...(this.#methods.get(method) ?? [])];
  }

  /** What sets a shown function going, closed over the functions of other files that use it. */
  #spread(): void {
    const users = new Map<string, Set<string>>();
    const pending: string[] = [];
    const add = (node: string, triggers: Iterable<Triggers[number]>): void => {
      const known = this.#triggers.get(node) ?? new Set();
      const before = known.size;
      for (const trigger of triggers) known.add(trigger);
      this.#triggers.set(node, known);
      if (known.size > before) pending.push(node);
    };
    for (const { file, name } of this.#functionsThatUse()) {
      const node = `${file}#${name}`;
      if (this.#offered.has(file, name)) add(node, ['call']);
      for (const { use, file: user } of this.#usesOf(file, name)) {
        if (use.does !== 'call' && use.does !== 'pass') continue;
        add(node, use.does === 'pass' ? ['callback'] : use.by.triggers);
        for (const through of use.by.through) {
          const from = `${user}#${through}`;
          const targets = users.get(from) ?? new Set();
          users.set(from, targets.add(node));
        }
      }
    }
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      for (const target of users.get(node) ?? []) add(target, this.#triggers.get(node) ?? []);
    }
  }

  /** The functions by which something of another file is used: each is a step back to what sets the use going. */
  *#functionsThatUse(): Iterable<Declared> {
    for (const [file, { uses, methodCalls }] of this.project.outlines) {
      const names = new Set([...uses, ...methodCalls].flatMap(({ by }) => by.through));
      for (const name of names) yield { file, name };
    }
  }

  #outsideOf(file: string): Outside {
    return lazily<Outside>({
      uses: () => this.#usesFor(file),
      members: () => this.#membersFor(file),
      offered: () => this.#offeredOf(file, this.#offered),
      published: () => this.#offeredOf(file, this.#published),
      effects: () => this.#effectsFor(file),
      joint: () => this.#jointFor(file),
      subscribers: () => this.#subscribersFor(file),
      inherited: () => this.#inheritedBy(file),
    });
  }

  #offeredOf(file: string, shown: ShownNames): readonly string[] | 'all' {
    this.#linkAll();
    return shown.of(file);
  }

  /** What others do to each name of a file. */
  #usesFor(file: string): Record<string, OutsideUse[]> {
    this.#linkAll();
    // A class may well have a method `toString`.
    const uses = Object.create(null) as Record<string, OutsideUse[]>;
    const functions = this.project.outlines.get(file)?.functions ?? [];
    const names = new Set([...(this.#uses.get(file)?.keys() ?? []), ...functions]);
    for (const name of [...names].sort()) {
      const found = functions.includes(name) ? this.#usesOf(file, name) : (this.#uses.get(file)?.get(name) ?? []);
      if (found.length > 0) uses[name] = found.map((one) => this.#seen(one));
    }
    return uses;
  }

  /** What the functions of other files that a file calls do to the collections of their modules. */
  #effectsFor(file: string): Record<string, OutsideEffect[]> {
    const effects = Object.create(null) as Record<string, OutsideEffect[]>;
    for (const { of, does } of this.project.outlines.get(file)?.uses ?? []) {
      const target = does === 'call' ? this.project.resolve(file, of.from) : undefined;
      const found = target === undefined ? undefined : this.#declared(target, of.path);
      const known = found && this.project.outlines.get(found.file)?.effects;
      const done = known && Object.hasOwn(known, found.name) ? known[found.name] : undefined;
      if (found && done) effects[keyOfReference(of)] = done.map((one) => ({ ...one, file: found.file }));
    }
    return effects;
  }

  /** What other files do jointly to members of the types that a file imports and whose members it takes something out of. */
  #jointFor(file: string): Record<string, OutsideJoint[]> {
    const joint = Object.create(null) as Record<string, OutsideJoint[]>;
    const released = this.project.outlines.get(file)?.released ?? [];
    if (released.length > 0) this.#linkAll();
    for (const of of released) {
      const type = this.#typeOf(file, of);
      const others = type === undefined ? [] : (this.#joint.get(type) ?? []).filter((one) => one.file !== file);
      if (others.length > 0) joint[keyOfReference(of)] = others;
    }
    return joint;
  }

  #typeOf(file: string, of: Reference): string | undefined {
    const target = this.project.resolve(file, of.from);
    const declared = target === undefined ? undefined : this.#declared(target, of.path);
    return declared && `${declared.file}#${declared.name}`;
  }

  #subscribersFor(file: string): string[] {
    const found = new Set<string>();
    for (const { of, does } of this.project.outlines.get(file)?.uses ?? []) {
      const target = does === 'call' && !found.has(keyOfReference(of)) ? this.project.resolve(file, of.from) : undefined;
      const declared = target === undefined ? undefined : this.#declared(target, of.path);
      if (declared && this.project.outlines.get(declared.file)?.subscribers.includes(declared.name)) found.add(keyOfReference(of));
    }
    return [...found].sort();
  }

  /** The teardowns that the classes of a file have from classes of other files: the nearest of each name. */
  #inheritedBy(file: string): Record<string, Record<string, OutsideTeardown>> {
    const inherited = Object.create(null) as Record<string, Record<string, OutsideTeardown>>;
    for (const name of Object.keys(this.project.outlines.get(file)?.classes ?? {})) {
      const teardowns = Object.create(null) as Record<string, OutsideTeardown>;
      const seen = new Set<string>();
      for (let at = this.#baseOf(file, name); at && !seen.has(`${at.file}#${at.name}`); at = this.#baseOf(at.file, at.name)) {
        seen.add(`${at.file}#${at.name}`);
        if (at.file === file) continue;
        for (const [method, known] of Object.entries(this.project.outlines.get(at.file)?.classes[at.name]?.teardowns ?? {})) teardowns[method] ??= { ...known, owner: at.name, file: at.file };
      }
      if (Object.keys(teardowns).length > 0) inherited[name] = teardowns;
    }
    return inherited;
  }

  /** What a class extends, by the name that it has where it is declared. */
  #baseOf(file: string, name: string): Declared | undefined {
    const base = this.project.outlines.get(file)?.classes[name]?.base;
    if (base === undefined || typeof base === 'string') return base === undefined ? undefined : { file, name: base };
    const target = this.project.resolve(file, base.from);
    const found = target === undefined ? undefined : this.#declared(target, base.path);
    const own = found && Object.entries(this.project.outlines.get(found.file)?.classes ?? {}).find(([, { shown }]) => shown === found.name);
    return found && own && { file: found.file, name: own[0] };
  }

  /** What is done to the members of objects whose type a file imports, wherever it is; of unknown objects only what takes out. */
  #membersFor(file: string): Record<string, OutsideUse[]> {
    this.#linkAll();
    const members = Object.create(null) as Record<string, OutsideUse[]>;
    for (const wanted of this.project.outlines.get(file)?.wanted ?? []) {
      const target = this.project.resolve(file, wanted.from);
      const type = target === undefined ? undefined : this.#declared(target, wanted.path);
      if (!type) continue;
      for (const [name, uses] of this.#uses.get(type.file) ?? []) {
        if (!name.startsWith(`${type.name}.`)) continue;
        const member = name.slice(type.name.length + 1);
        const found = [...uses, ...(this.#removals.get(member.slice(member.lastIndexOf('.') + 1)) ?? [])];
        members[`${keyOfReference(wanted)}.${member}`] = found.map((one) => this.#seen(one));
      }
    }
    return members;
  }

  #seen({ use, file }: LinkedUse): OutsideUse {
    const triggers = new Set(use.by.triggers);
    for (const through of use.by.through) for (const trigger of this.#triggers.get(`${file}#${through}`) ?? []) triggers.add(trigger);
    return { does: use.does, file, line: use.line, triggers: [...triggers].sort(), atEnd: use.by.atEnd, ...(use.lives ? { lives: use.lives } : {}), ...(use.calls ? { calls: use.calls } : {}), ...(use.key ? { key: use.key } : {}), ...(use.onFailure ? { onFailure: true } : {}), ...(use.onNew ? { onNew: true } : {}), ...(use.isRaced ? { isRaced: true } : {}), ...(use.byComponent ? { byComponent: true } : {}), ...(use.arrives ? { arrives: true } : {}) };
  }
}

/** An object whose properties are found when they are read, once; sent to a thread, it is plain data. */
function lazily<Shape extends object>(finders: { readonly [Key in keyof Shape]: () => Shape[Key] }): Shape {
  const made = {} as Shape;
  for (const [key, find] of Object.entries<() => unknown>(finders)) {
    let found: { readonly value: unknown } | undefined;
    Object.defineProperty(made, key, { enumerable: true, get: () => (found ??= { value: find() }).value });
  }
  return made;
}
