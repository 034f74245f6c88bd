import { EventEmitter } from 'node:events';

const FLUSH_EVERY_MS = 5000;
const MAX_HISTORY_ENTRIES = 1000;

export class AuditService {
  private readonly history: string[] = [];

  constructor(private readonly source: EventEmitter) {
    source.on('opened', (name: string) => {
      this.history.push(`opened ${name}`);
      this.trimHistory();
    });
    source.on('closed', (name: string) => {
      this.history.push(`closed ${name}`);
      this.trimHistory();
    });
  }

  get flushEveryMs(): number {
    return FLUSH_EVERY_MS;
  }

  report(): string {
    return this.history.join('\n');
  }

  private trimHistory(): void {
    if (this.history.length > MAX_HISTORY_ENTRIES) {
      this.history.splice(0, this.history.length - MAX_HISTORY_ENTRIES);
    }
  }
}
