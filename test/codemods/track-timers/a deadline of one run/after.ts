export async function waitFor(condition: () => boolean, ms: number): Promise<boolean> {
  let isLate = false;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  if (ms > 0) {
    timeout = setTimeout(() => { isLate = true; }, ms);
  }
  try {
    // Ask again and again.
    while (!condition()) {
      if (isLate) return false;

      await new Promise((resolve) => setImmediate(resolve));
    }
    return true;
  } finally {
    clearTimeout(timeout);
  }
}
