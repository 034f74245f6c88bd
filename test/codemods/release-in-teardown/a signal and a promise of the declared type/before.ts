export function once(target: EventTarget, event: string, signal?: AbortSignal): Promise<Event> {
  // The first one counts.
  return new Promise((resolve, reject) => {
    target.addEventListener(event, (occurred) => resolve(occurred), { once: true });
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}
