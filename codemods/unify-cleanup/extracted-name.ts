/** What a clean-up is about, and how the function of its pure releases is called. */
export interface ExtractedName {
  /** `releaseSession` */
  readonly name: string;
  /** For sentences: `session`. */
  readonly subject: string;
}

/** `closeSession` → `releaseSession`; `cleanup(sessionId)` → `releaseSession`; `cleanup(key)` → `releaseEntry`. */
export function nameExtracted(cleanup: string, key: string): ExtractedName {
  const prefix = /^[_#]*/u.exec(cleanup)?.[0] ?? '';
  const noun = /^[a-z]+([A-Z]\w*)$/u.exec(cleanup.slice(prefix.length))?.[1] ?? nounOfKey(key) ?? 'Entry';
  return { name: `${prefix}release${noun}`, subject: noun.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase() };
}

/** `sessionId`, `session.id` → `Session`. */
function nounOfKey(key: string): string | undefined {
  const noun = /^(?:.*\.)?(\w+?)(?:\.(?:id|key|uuid|name)|Id|ID|Key|Uuid|_id)$/u.exec(key)?.[1];
  return noun && noun !== 'this' ? `${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)}` : undefined;
}
