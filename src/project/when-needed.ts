import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A package that is loaded when it is first asked for: a linter that starts the plugin pays for none that only the index needs. */
export class WhenNeeded<Package> {
  #loaded: Package | undefined;

  constructor(private readonly name: string) {}

  get(): Package {
    return (this.#loaded ??= require(this.name) as Package);
  }
}
