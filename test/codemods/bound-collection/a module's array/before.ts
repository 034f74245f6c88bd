import { bus } from './bus.js';

/** What went wrong so far. */
const errors: Error[] = [];

bus.on('error', (error: Error) => {
  errors.push(error);
});

export function errorCount(): number {
  return errors.length;
}
