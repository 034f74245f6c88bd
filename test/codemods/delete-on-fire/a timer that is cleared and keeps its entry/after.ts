const retries = new Map<string, ReturnType<typeof setTimeout>>();

export function retryLater(requestId: string, retry: () => void): void {
  const timer = setTimeout(() => {
    retries.delete(requestId);
    retry();
  }, 30_000);
  retries.set(requestId, timer);
}

export function answered(requestId: string): void {
  const timer = retries.get(requestId);
  if (timer) {
    clearTimeout(timer);
    retries.delete(requestId);
  }
}
