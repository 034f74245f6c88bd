/** A settings file that cannot be used; the message is one sentence for its author. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A place in a settings file; its checks throw a SettingsError that names it and says what is allowed. */
export class Place {
  constructor(
    private readonly file: string,
    private readonly path: string,
  ) {}

  key(name: string): Place {
    return new Place(this.file, this.path ? `${this.path}.${name}` : name);
  }

  error(problem: string): SettingsError {
    return new SettingsError(this.path ? `${this.file}: "${this.path}" ${problem}.` : `${this.file} ${problem}.`);
  }

  object(value: unknown): Record<string, unknown> {
    if (!isObject(value)) throw this.error('must be an object');
    return value;
  }

  boolean(value: unknown): boolean {
    if (typeof value !== 'boolean') throw this.error('must be true or false');
    return value;
  }

  oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw this.error(`must be ${choice(allowed)}`);
    return found;
  }

  list(value: unknown): { at: Place; item: unknown }[] {
    if (!Array.isArray(value)) throw this.error('must be a list');
    return value.map((item: unknown, index) => ({ at: new Place(this.file, `${this.path}[${index}]`), item }));
  }

  string(value: unknown): string {
    if (typeof value !== 'string' || value === '') throw this.error('must be a string that is not empty');
    return value;
  }

  count(value: unknown): number {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw this.error('must be a whole number of at least 1');
    return value;
  }

  strings(value: unknown, check?: (place: Place, item: string) => void): string[] {
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw this.error('must be a list of strings');
    for (const item of value) check?.(this, item);
    return value;
  }
}

/** How each key of an object is read. */
export type Readers<Shape> = { readonly [Key in keyof Shape]-?: (place: Place, value: unknown) => Shape[Key] };

/** Reads an object whose keys are known; any other key is an error, but for the editors' `$schema`. */
export function readShape<Shape extends object>(place: Place, value: unknown, readers: Readers<Shape>, defaults: Shape): Shape {
  const shape = { ...defaults };
  for (const [key, said] of Object.entries(place.object(value))) {
    if (key === '$schema') continue;
    if (!isKeyOf(readers, key)) throw place.key(key).error(`is no setting; known are ${Object.keys(readers).join(', ')}`);
    shape[key] = readers[key](place.key(key), said);
  }
  return shape;
}

function isKeyOf<Shape>(readers: Readers<Shape>, key: string): key is keyof Shape & string {
  return Object.hasOwn(readers, key);
}

/** `"a", "b" or "c"`. */
export function choice(allowed: readonly string[]): string {
  const quoted = allowed.map((one) => `"${one}"`);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
