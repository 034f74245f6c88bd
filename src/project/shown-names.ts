/** Names that files show to somebody, by the files that declare them. */
export class ShownNames {
  readonly #byFile = new Map<string, Set<string> | 'all'>();

  /** Notes that a name is shown, with its members. */
  add(file: string, name: string): void {
    const known = this.#byFile.get(file);
    if (known === 'all') return;
    if (known) known.add(name);
    else this.#byFile.set(file, new Set([name]));
  }

  /** Notes that everything in a file is shown. */
  addAll(file: string): void {
    this.#byFile.set(file, 'all');
  }

  has(file: string, name: string): boolean {
    const known = this.#byFile.get(file);
    return known === 'all' || (known !== undefined && [...known].some((one) => name === one || name.startsWith(`${one}.`)));
  }

  /** The names of a file, sorted. */
  of(file: string): readonly string[] | 'all' {
    const known = this.#byFile.get(file);
    return known === 'all' ? 'all' : [...(known ?? [])].sort();
  }
}
