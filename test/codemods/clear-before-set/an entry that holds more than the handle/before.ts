interface Watch {
  readonly since: number;
  readonly timer: NodeJS.Timeout;
}

const watches = new Map<string, Watch>();

export function watch(path: string, check: () => void): void {
  watches.set(path, { since: Date.now(), timer: setInterval(check, 30_000) });
}

export function unwatch(path: string): void {
  clearInterval(watches.get(path)?.timer);
  watches.delete(path);
  console.log('no longer watched', path);
}
