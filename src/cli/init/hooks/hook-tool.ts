import type { Outcome } from '../outcome.js';

/** The project as far as its hooks go. */
export interface Folder {
  /** Whether there is a file or a folder of that name. */
  has(name: string): boolean;
  /** What package.json says. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Where the step belongs. */
export interface HookPlace {
  /** The file that holds it; it may have to be made. */
  readonly file: string;
  /** Puts the step into the text of the file; '' for a file that is not there. */
  readonly edit: (text: string) => Outcome;
  /** What a person adds to the file, if the edit is refused. */
  readonly snippet: string;
  /** What makes the tool take notice, if it does not by itself. */
  readonly activate?: string;
}

export interface HookTool {
  readonly name: string;
  /** Where the step belongs, if the project uses this tool. */
  find(folder: Folder, step: string): HookPlace | undefined;
}

/** Whether a text runs our command, in whichever way. */
export function runsLeakproof(text: string): boolean {
  return /\bleakproof\s+scan\b/u.test(text);
}
