import { watch, type FSWatcher } from 'node:fs';

export class Indexer {
  private readonly flushTimer = setInterval(() => this.flush(), 1000);
  private readonly scanTimer = setInterval(() => this.scan(), 5000);
  private readonly watcher: FSWatcher;
  private observer: ResizeObserver | undefined;

  constructor(path: string) {
    this.watcher = watch(path);
  }

  attach(element: Element) {
    this.observer?.disconnect();
    this.observer = new ResizeObserver(() => this.scan());
    this.observer.observe(element);
  }

  private flush() {
    console.log('flush', this.watcher);
  }

  private scan() {
    console.log('scan');
  }

  dispose() {
    clearInterval(this.flushTimer);
  }
}
