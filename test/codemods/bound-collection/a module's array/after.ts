import { bus } from './bus.js';

const MAX_ERRORS = 1000;

/** What went wrong so far. */
const errors: Error[] = [];

bus.on('error', (error: Error) => {
  errors.push(error);
  if (errors.length > MAX_ERRORS) {
    errors.splice(0, errors.length - MAX_ERRORS);
  }
});

export function errorCount(): number {
  return errors.length;
}
