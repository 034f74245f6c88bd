/** A certain finding of `no-untracked-timer` in line 3, column 5; the name tells several apart. */
export function leakyClass(name = 'Poller'): string {
  return `export class ${name} {
  constructor() {
    setInterval(() => this.tick(), 60_000);
  }
  tick(): void {}
  close(): void {}
}
`;
}

/** The same class without the leak. */
export const CLEAN = `export class Poller {
  #timer = setInterval(() => this.tick(), 60_000);
  tick(): void {}
  close(): void {
    clearInterval(this.#timer);
  }
}
`;
