export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('Too late')), ms);
  });
  const result = await Promise.race([work, timeout]);
  return result;
}
