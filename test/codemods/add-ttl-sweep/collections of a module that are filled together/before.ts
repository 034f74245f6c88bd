import { createHash } from 'node:crypto';

interface Attempt {
  count: number;
}

const attempts = new Map<string, Attempt>();
const lastAddresses = new Map<string, string>();

export function noteAttempt(userId: string, address: string): number {
  const attempt = attempts.get(userId) ?? { count: 0 };
  attempt.count += 1;
  attempts.set(userId, attempt);
  lastAddresses.set(userId, createHash('sha256').update(address).digest('hex'));
  return attempt.count;
}
