import type { EventEmitter } from 'node:events';

/** A shell in a pseudo-terminal; emits `data` (text), `title` (text) and `exit` (exit code). */
export interface Terminal extends EventEmitter {
  write(text: string): void;
  kill(): void;
}

export interface TerminalSession {
  readonly id: string;
  readonly directory: string;
  terminal: Terminal;
  status: 'running' | 'exited' | 'closed';
  output: string;
}

/** A browser tab that shows a session. */
export interface Viewer {
  greet(title: string, startedAt: number, preview: string): void;
  show(text: string): void;
}

export interface DirectoryWatcher {
  close(): void;
}

/** What a closed session leaves in the workbench's history. */
export interface SavedSession {
  readonly id: string;
  readonly directory: string;
  readonly output: string;
  readonly unsentInput: readonly string[];
}

export type ServerEvent =
  | { readonly type: 'session-exited'; readonly sessionId: string; readonly exitCode: number }
  | { readonly type: 'session-closed'; readonly sessionId: string }
  | {
      readonly type: 'session-idle';
      readonly sessionId: string;
      readonly since: number;
      readonly commands: number;
    }
  | { readonly type: 'files-changed'; readonly sessionId: string };

/** The workbench around the terminals. */
export interface Workbench {
  spawn(directory: string): Terminal;
  watch(directory: string, onChange: () => void): DirectoryWatcher;
  onThemeChange(listener: (escapeCode: string) => void): () => void;
  save(session: SavedSession): void;
  broadcast(event: ServerEvent): void;
}
