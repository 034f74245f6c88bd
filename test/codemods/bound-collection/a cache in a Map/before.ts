import { createHash, randomUUID } from 'node:crypto';
import { bus } from './bus.js';

class DigestService {
  readonly #digestCache = new Map<string, string>();

  listen() {
    bus.on('file', (text: string) => {
      this.#digestCache.set(randomUUID(), createHash('sha1').update(text).digest('hex'));
    });
  }

  has(id: string): boolean {
    return this.#digestCache.has(id);
  }
}

export const digests = new DigestService();
