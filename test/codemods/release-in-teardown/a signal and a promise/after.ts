export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let onAbort: (() => void) | undefined;
  return new Promise<void>((resolve, reject) => {
    const timeout = setTimeout(() => resolve(), ms);
    if (signal) {
      onAbort = () => {
        clearTimeout(timeout);
        reject(new Error('aborted'));
      };
      signal.addEventListener('abort', onAbort);
    }
  }).finally(() => {
    if (onAbort) {
      signal?.removeEventListener('abort', onAbort);
    }
  });
}
