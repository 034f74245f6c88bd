import { bus, digestOf } from './bus.js';

const MAX_DIGEST_CACHE_ENTRIES = 1000;

// What was digested once is known.
const digestCache = new Map<string, string>();

bus.on('file', ({ fileId, text }: { fileId: string; text: string }) => {
  digestCache.set(fileId, digestOf(text));
  for (const oldest of digestCache.keys()) {
    if (digestCache.size <= MAX_DIGEST_CACHE_ENTRIES) break;
    digestCache.delete(oldest);
  }
});

export function has(fileId: string): boolean {
  return digestCache.has(fileId);
}
