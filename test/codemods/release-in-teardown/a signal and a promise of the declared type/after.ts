export function once(target: EventTarget, event: string, signal?: AbortSignal): Promise<Event> {
  let onAbort: (() => void) | undefined;
  // The first one counts.
  return new Promise<Event>((resolve, reject) => {
    target.addEventListener(event, (occurred) => resolve(occurred), { once: true });
    onAbort = () => reject(new Error('aborted'));
    signal?.addEventListener('abort', onAbort);
  }).finally(() => {
    if (onAbort) {
      signal?.removeEventListener('abort', onAbort);
    }
  });
}
