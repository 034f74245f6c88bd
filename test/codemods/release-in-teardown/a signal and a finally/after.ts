export async function download(url: string, signal: AbortSignal): Promise<string> {
  const controller = new AbortController();
  let onAbort: (() => void) | undefined;
  if (signal.aborted) controller.abort();
  else {
    onAbort = () => controller.abort();
    signal.addEventListener('abort', onAbort, { once: true });
  }
  const timeout = setTimeout(() => controller.abort(), 30_000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    return await response.text();
  } finally {
    if (onAbort) {
      signal.removeEventListener('abort', onAbort);
    }
    clearTimeout(timeout);
  }
}
