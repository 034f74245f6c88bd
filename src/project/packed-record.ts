import type { Outline, Use } from '../core/index.js';
import type { FileRecord } from './file-record.js';

type Reference = Use['of'];
type Origin = Use['by'];
type MethodUse = Outline['methodCalls'][number];
type PackedUse = readonly [of: number, does: Use['does'], line: number, by: number, more?: Omit<Use, 'of' | 'does' | 'line' | 'by'>];
type PackedMethodUse = readonly [name: string, line: number, by: number];

interface PackedOutline extends Omit<Outline, 'uses' | 'methodCalls' | 'removals'> {
  readonly references: readonly Reference[];
  readonly origins: readonly Origin[];
  readonly uses: readonly PackedUse[];
  readonly methodCalls: readonly PackedMethodUse[];
  readonly removals: readonly PackedMethodUse[];
}

/** A record as it is kept: a file uses few names in many places, so each is written once. */
export type PackedRecord<Found> =
  | Exclude<FileRecord<Found>, { readonly kind: 'judged' }>
  | (Omit<Extract<FileRecord<Found>, { readonly kind: 'judged' }>, 'outline'> & { readonly outline: PackedOutline });

export function pack<Found>(record: FileRecord<Found>): PackedRecord<Found> {
  if (record.kind !== 'judged') return record;
  const { uses, methodCalls, removals } = record.outline;
  const references = new Numbered<Reference>();
  const origins = new Numbered<Origin>();
  const packMethod = ({ name, line, by }: MethodUse): PackedMethodUse => [name, line, origins.numberOf(by)];
  const outline = {
    ...record.outline,
    uses: uses.map(({ of, does, line, by, ...more }): PackedUse => [references.numberOf(of), does, line, origins.numberOf(by), ...(Object.keys(more).length > 0 ? [more] as const : [] as const)]),
    methodCalls: methodCalls.map(packMethod),
    removals: removals.map(packMethod),
    references: references.all,
    origins: origins.all,
  };
  return { ...record, outline };
}

export function unpack<Found>(record: PackedRecord<Found>): FileRecord<Found> {
  if (record.kind !== 'judged') return record;
  const { references, origins, ...outline } = record.outline;
  const { uses, methodCalls, removals } = outline;
  const unpackMethod = ([name, line, by]: PackedMethodUse): MethodUse => ({ name, line, by: origins[by] as Origin });
  return {
    ...record,
    outline: {
      ...outline,
      uses: uses.map(([of, does, line, by, more]) => ({ of: references[of] as Reference, does, line, by: origins[by] as Origin, ...more })),
      methodCalls: methodCalls.map(unpackMethod),
      removals: removals.map(unpackMethod),
    },
  };
}

/** Values in the order in which they first came, each once. */
class Numbered<Value> {
  readonly all: Value[] = [];
  // leakproof-bounded: as many as a file has names, for one record
  readonly #numbers = new Map<string, number>();

  numberOf(value: Value): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.all.length);
    return this.all.push(value) - 1;
  }
}
