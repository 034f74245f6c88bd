/** The command could not do what it was asked to; the message is one sentence for the user. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
