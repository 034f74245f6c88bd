/** The journal cannot do its work, so nothing may be written; the message is one sentence for the user. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}
