import { EventEmitter } from 'node:events';

const FLUSH_EVERY_MS = 5000;

export class AuditService {
  private readonly history: string[] = [];

  constructor(private readonly source: EventEmitter) {
    source.on('opened', (name: string) => {
      this.history.push(`opened ${name}`);
    });
    source.on('closed', (name: string) => this.history.push(`closed ${name}`));
  }

  get flushEveryMs(): number {
    return FLUSH_EVERY_MS;
  }

  report(): string {
    return this.history.join('\n');
  }
}
