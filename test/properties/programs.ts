import fc from 'fast-check';

/** What holds state: the ways in which people write an object with a life of its own. */
const OWNERS = ['class', 'private class', 'prototype', 'factory', 'module'] as const;
type OwnerKind = (typeof OWNERS)[number];

/** What is acquired, and where its release would stand. */
const KINDS = ['interval', 'timeout', 'timeouts', 'map', 'set', 'list', 'dictionary', 'listener', 'watcher', 'child'] as const;
type Kind = (typeof KINDS)[number];

/** Where a release stands: in the owner's teardown, where one entry ends, in the timer's own callback. */
type Ending = 'teardown' | 'entry' | 'fired';

interface Thing {
  readonly kind: Kind;
  readonly name: string;
  /** Whether it is acquired when the owner is made, or when it is started. */
  readonly atOnce: boolean;
  /** For a timer: whether its handle is kept at all. */
  readonly kept: boolean;
  readonly released: readonly Ending[];
}

/** A program of the grammar: one owner, what it acquires, what releases it, and what sets that going. */
export interface Program {
  readonly owner: OwnerKind;
  readonly things: readonly Thing[];
  readonly teardown: string | undefined;
  /** What ends an entry: an event of the source, a call from outside, both, or nothing. */
  readonly entryEnds: readonly ('event' | 'call')[];
  readonly endEvent: string;
}

/** Every name that a program has: the words of its author, which mean nothing to the language. */
export interface Names {
  readonly owner: string;
  readonly source: string;
  readonly key: string;
  readonly item: string;
  readonly add: string;
  readonly work: string;
  readonly things: readonly string[];
}

export const NAMES: Names = { owner: 'Desk', source: 'door', key: 'guestId', item: 'guest', add: 'admit', work: 'look', things: ['lamp', 'papers', 'chairs', 'clock', 'drawer', 'keys'] };
/** As meaningful as the others: a rule that reads words may read the same in them. */
export const OTHER_NAMES: Names = { owner: 'Yard', source: 'gate', key: 'horseId', item: 'horse', add: 'saddle', work: 'brush', things: ['broom', 'hedges', 'stalls', 'trough', 'barrow', 'reins'] };

const thing = (name: string): fc.Arbitrary<Thing> =>
  fc.record({
    kind: fc.constantFrom(...KINDS),
    name: fc.constant(name),
    atOnce: fc.boolean(),
    kept: fc.boolean(),
    released: fc.subarray<Ending>(['teardown', 'entry', 'fired']),
  });

/** Programs of one to four things, as released as chance will have it. */
export const programs: fc.Arbitrary<Program> = fc.record({
  owner: fc.constantFrom(...OWNERS),
  things: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => thing(String(index))))),
  teardown: fc.option(fc.constantFrom('dispose', 'close', 'stop'), { nil: undefined }),
  entryEnds: fc.subarray<'event' | 'call'>(['event', 'call']),
  endEvent: fc.constantFrom('exit', 'close', 'error'),
});

/** The program as TypeScript without types, which is JavaScript, too. */
export function textOf(program: Program, names: Names = NAMES): string {
  const writer = new Writer(program, names);
  return writer.imports() + writer.body();
}

class Writer {
  readonly #keyed: readonly Thing[];
  readonly #single: readonly Thing[];

  constructor(private readonly program: Program, private readonly names: Names) {
    this.#keyed = program.things.filter(({ kind }) => ['timeouts', 'map', 'set', 'list', 'dictionary'].includes(kind));
    this.#single = program.things.filter((one) => !this.#keyed.includes(one));
  }

  imports(): string {
    const { things } = this.program;
    return [
      things.some(({ kind }) => kind === 'watcher') ? "import { watch } from 'node:fs';\n" : '',
      things.some(({ kind }) => kind === 'child') ? "import { spawn } from 'node:child_process';\n" : '',
    ].join('');
  }

  body(): string {
    const { owner } = this.names;
    const methods = this.#methods();
    const begin = [...this.#starts(true), ...this.#subscriptions()];
    switch (this.program.owner) {
      case 'class':
      case 'private class':
        return block(`export class ${owner}`, [
          ...[this.#field('source'), ...this.program.things.map((one) => this.#field(this.#name(one)))].map((field) => `${field};`),
          ...block(`constructor(${this.names.source})`, [...this.#declarations(), ...begin]),
          ...methods.flatMap(([name, parameters, lines]) => block(`${name}(${parameters})`, lines)),
        ]).join('\n') + '\n';
      case 'prototype':
        return [
          ...block(`export function ${owner}(${this.names.source})`, [...this.#declarations(), ...begin]),
          ...methods.flatMap(([name, parameters, lines]) => closed(block(`${owner}.prototype.${name} = function (${parameters})`, lines))),
        ].join('\n') + '\n';
      case 'factory':
        return block(`export function create${owner}(${this.names.source})`, [
          ...this.#declarations(),
          ...methods.flatMap(([name, parameters, lines]) => block(`function ${name}(${parameters})`, lines)),
          ...begin,
          `return { ${methods.map(([name]) => name).join(', ')} };`,
        ]).join('\n') + '\n';
      case 'module':
        return [
          ...this.#declarations(),
          ...methods.flatMap(([name, parameters, lines]) => block(`export function ${name}(${parameters})`, lines)),
          ...block(`export function open(${this.names.source})`, [...begin]),
        ].join('\n') + '\n';
    }
  }

  #methods(): [name: string, parameters: string, lines: string[]][] {
    const { add, work, key, item, source } = this.names;
    const { teardown, entryEnds } = this.program;
    return [
      ['start', source, this.#starts(false)],
      [add, `${key}, ${item}`, this.#keyed.map((one) => this.#grow(one))],
      [work, key, [`return ${key};`]],
      ...(entryEnds.includes('call') ? ([['leave', key, this.#entryReleases()]] as [string, string, string[]][]) : []),
      ...(teardown === undefined ? [] : ([[teardown, '', this.program.things.filter(({ released }) => released.includes('teardown')).flatMap((one) => this.#end(one))]] as [string, string, string[]][])),
    ];
  }

  /** What the owner has from the beginning. */
  #declarations(): string[] {
    const { source } = this.names;
    const isClosure = this.program.owner === 'factory' || this.program.owner === 'module';
    const values: Partial<Record<Kind, string>> = { timeouts: 'new Map()', map: 'new Map()', set: 'new Set()', list: '[]', dictionary: '{}', listener: `() => ${this.#call('work', '1')}` };
    return [
      ...(this.program.owner === 'module' ? [] : [isClosure ? `const source = ${source};` : `${this.#own('source')} = ${source};`]),
      ...this.program.things.flatMap((one) => {
        const value = values[one.kind];
        if (isClosure) return [value === undefined ? `let ${this.#name(one)};` : `${one.kind === 'dictionary' ? 'let' : 'const'} ${this.#name(one)} = ${value};`];
        return value === undefined ? [] : [`${this.#ref(one)} = ${value};`];
      }),
    ];
  }

  #starts(atOnce: boolean): string[] {
    return this.#single.filter((one) => one.atOnce === atOnce).map((one) => this.#acquire(one));
  }

  #subscriptions(): string[] {
    const { source, key, item } = this.names;
    return [
      ...(this.#keyed.length > 0 ? [`${source}.on('hello', (${key}, ${item}) => ${this.#call('add', `${key}, ${item}`)});`] : []),
      ...(this.program.entryEnds.includes('event') ? closed(block(`${source}.on('${this.program.endEvent}', (${key}) =>`, this.#entryReleases()), ');') : []),
    ];
  }

  #acquire(one: Thing): string {
    const keep = one.kept ? `${this.#ref(one)} = ` : '';
    switch (one.kind) {
      case 'interval':
        return `${keep}setInterval(() => ${this.#call('work', '1')}, 1000);`;
      case 'timeout':
        return `${keep}setTimeout(() => ${this.#call('work', '1')}, 60000);`;
      case 'listener':
        return `${this.names.source}.on('tick', ${this.#ref(one)});`;
      case 'watcher':
        return `${this.#ref(one)} = watch('.');`;
      default:
        return `${this.#ref(one)} = spawn('bell');`;
    }
  }

  #grow(one: Thing): string {
    const { key, item } = this.names;
    const place = this.#ref(one);
    switch (one.kind) {
      case 'timeouts':
        return `${place}.set(${key}, setTimeout(() => { ${one.released.includes('fired') ? `${place}.delete(${key}); ` : ''}${this.#call('work', key)}; }, 60000));`;
      case 'set':
        return `${place}.add(${key});`;
      case 'list':
        return `${place}.push(${item});`;
      case 'dictionary':
        return `${place}[${key}] = ${item};`;
      default:
        return `${place}.set(${key}, ${item});`;
    }
  }

  #entryReleases(): string[] {
    const { key } = this.names;
    return this.#keyed.filter(({ released }) => released.includes('entry')).flatMap((one) => {
      const place = this.#ref(one);
      switch (one.kind) {
        case 'timeouts':
          return [`clearTimeout(${place}.get(${key}));`, `${place}.delete(${key});`];
        case 'list':
          return [`${place}.shift();`];
        case 'dictionary':
          return [`delete ${place}[${key}];`];
        default:
          return [`${place}.delete(${key});`];
      }
    });
  }

  #end(one: Thing): string[] {
    const place = this.#ref(one);
    switch (one.kind) {
      case 'interval':
        return [`clearInterval(${place});`];
      case 'timeout':
        return [`clearTimeout(${place});`];
      case 'timeouts':
        return [`for (const timer of ${place}.values()) clearTimeout(timer);`, `${place}.clear();`];
      case 'list':
        return [`${place}.length = 0;`];
      case 'dictionary':
        return [`${place} = {};`];
      case 'listener':
        return this.program.owner === 'module' ? [] : [`${this.#own('source')}.off('tick', ${place});`];
      case 'watcher':
        return [`${place}.close();`];
      case 'child':
        return [`${place}.kill();`];
      default:
        return [`${place}.clear();`];
    }
  }

  #name({ name }: Thing): string {
    return this.names.things[Number(name)] ?? name;
  }

  #ref(one: Thing): string {
    return this.#own(this.#name(one));
  }

  #field(name: string): string {
    return this.program.owner === 'private class' ? `#${name}` : name;
  }

  /** As the owner's own code names it. */
  #own(name: string): string {
    const isClosure = this.program.owner === 'factory' || this.program.owner === 'module';
    return isClosure ? name : `this.${this.#field(name)}`;
  }

  #call(method: 'work' | 'add', args: string): string {
    const isClosure = this.program.owner === 'factory' || this.program.owner === 'module';
    return `${isClosure ? '' : 'this.'}${this.names[method]}(${args})`;
  }
}

function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), '}'];
}

function closed(lines: readonly string[], end = ';'): string[] {
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''}${end}`];
}
