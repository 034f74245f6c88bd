import { bus, digestOf } from './bus.js';
// What was digested once is known.
const digestCache = new Map<string, string>();

bus.on('file', ({ fileId, text }: { fileId: string; text: string }) => {
  digestCache.set(fileId, digestOf(text));
});

export function has(fileId: string): boolean {
  return digestCache.has(fileId);
}
