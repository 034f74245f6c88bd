export async function waitFor(condition: () => boolean, ms: number): Promise<boolean> {
  let isLate = false;
  if (ms > 0) {
    setTimeout(() => { isLate = true; }, ms);
  }
  // Ask again and again.
  while (!condition()) {
    if (isLate) return false;

    await new Promise((resolve) => setImmediate(resolve));
  }
  return true;
}
