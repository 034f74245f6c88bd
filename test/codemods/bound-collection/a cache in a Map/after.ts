import { createHash, randomUUID } from 'node:crypto';
import { bus } from './bus.js';

const MAX_DIGEST_CACHE_ENTRIES = 1000;

class DigestService {
  readonly #digestCache = new Map<string, string>();

  listen() {
    bus.on('file', (text: string) => {
      this.#digestCache.set(randomUUID(), createHash('sha1').update(text).digest('hex'));
      for (const oldest of this.#digestCache.keys()) {
        if (this.#digestCache.size <= MAX_DIGEST_CACHE_ENTRIES) break;
        this.#digestCache.delete(oldest);
      }
    });
  }

  has(id: string): boolean {
    return this.#digestCache.has(id);
  }
}

export const digests = new DigestService();
