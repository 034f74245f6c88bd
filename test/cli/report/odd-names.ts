/** What a scanned project may hold to mislead whoever reads a report of it. */
export const ODD = {
  /** A terminal would print the next line over this one. */
  escape: '\u001B[2K\u001B[1A',
  /** A browser would run it. */
  script: '<script>alert(1)</script>',
  file: 'src/a b,c:d%20\u001B[31m<script>@team`x`[y](z)|.ts',
} as const;

/** A leak whose event has a name that is markup, and an escape sequence. */
export const ODD_CODE = `export class Hub {
  #open = new Map<string, object>();
  #titles = new Map<string, string>();
  watch(id: string, door: import('node:events').EventEmitter) {
    this.#open.set(id, door);
    this.#titles.set(id, '\u001B[31m<script>alert(1)</script>');
    door.on('exit', () => {
      this.#open.delete(id);
    });
  }
  close(id: string) {
    this.#open.delete(id);
    this.#titles.delete(id);
  }
}
`;
