import { writeFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { systemReason } from '../project/read.js';
import { CannotRun } from './cannot-run.js';
import { isColoured } from './colours.js';
import { visibleLines } from './visible.js';
import { wrap } from './wrap.js';

/** Colours a text where a person sees it, and leaves it alone elsewhere. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Where a command talks: results to stdout, all else to stderr, one line a message. */
export interface Console {
  /** The result; nothing else goes to stdout. */
  result(text: string): void;
  /**
   * A sentence for the person at the terminal.
   *
   * @param isSafe whether what it quotes of the scanned files is visible already, so that its colours may stay
   */
  note(sentence: string, isSafe?: boolean): void;
  /** Shown while work goes on and then gone; nothing unless a person watches. */
  progress(text: string): void;
  /** For texts of the result. */
  readonly paint: Paint;
  /** Whether a person reads the result on a screen. */
  readonly isScreen?: boolean | undefined;
  /** Columns that a line of the result may have; 80 where nobody says. */
  readonly width?: number | undefined;
}

/** The console of this process. */
export const terminal: Console = {
  result: (text) => void process.stdout.write(text),
  note(sentence, isSafe = false) {
    this.progress('');
    // It may name what stands in the scanned files.
    process.stderr.write(`${isSafe ? sentence : onScreen(visibleLines(sentence), process.stderr)}\n`);
  },
  progress(text) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  },
  paint: (style, text) => (isColoured(process.stdout, process.env) ? styleText(style, text, { validateStream: false }) : text),
  get isScreen() {
    return process.stdout.isTTY;
  },
  get width() {
    return process.stdout.isTTY ? process.stdout.columns : Number(process.env['COLUMNS']) || undefined;
  },
};

/** Breaks sentences between words where a person reads them; in a pipe each stays one line, and so does what is indented, as code is. */
function onScreen(text: string, { isTTY }: { readonly isTTY: boolean }): string {
  return isTTY ? text.replace(/^\S.{80,}$/gmu, (line) => wrap(line, '', '  ')) : text;
}

/**
 * A console whose result goes to a file instead.
 *
 * @throws CannotRun from `result`, if the file cannot be written
 */
export function resultTo(path: string, console: Console): Console {
  return {
    ...console,
    result(text) {
      try {
        writeFileSync(path, text);
      } catch (error) {
        throw new CannotRun(`Cannot write ${path}: ${systemReason(error)}.`);
      }
    },
    paint: (_style, text) => text,
    isScreen: false,
    width: undefined,
  };
}
