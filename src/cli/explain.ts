import { stripVTControlCharacters } from 'node:util';
import type { MarkedExtension } from 'marked';
import type { RuleId } from '../core/index.js';
import type { Console, Paint } from './console.js';
import { CannotRun } from './cannot-run.js';
import { Exit } from './exit.js';
import { pageOfRule } from './page-of-rule.js';

/** Lines longer than this are hard to read, however wide the screen. */
const READABLE = 100;

/** Prints the page of a rule: laid out for a person at a screen, as Markdown for everything else. */
export async function explain(rule: RuleId, output: Console): Promise<Exit> {
  const page = pageOfRule(rule);
  if (page === undefined) throw new CannotRun(`The page of ${rule} is missing from this installation.`);
  const isColoured = output.paint('bold', 'x') !== 'x';
  if (!output.isScreen && !isColoured) {
    output.result(page);
  } else {
    const text = await laidOut(page, output.paint, Math.min(output.width ?? READABLE, READABLE));
    output.result(isColoured ? text : stripVTControlCharacters(text));
  }
  return Exit.Fine;
}

/** Markdown as a terminal shows it. The library is large, so only those who read a page load it. */
async function laidOut(page: string, paint: Paint, width: number): Promise<string> {
  const [{ Marked }, { markedTerminal }] = await Promise.all([import('marked'), import('marked-terminal')]);
  const style = (...styles: Parameters<Paint>[0][]) => (text: string) => styles.reduce((styled, one) => paint(one, styled), text);
  // Its types are of an older release, whose result was the renderer itself.
  const terminal = markedTerminal({
    width, reflowText: true, showSectionPrefix: false, tab: 2, emoji: false,
    firstHeading: style('bold', 'underline'), heading: style('bold'), strong: style('bold'), em: style('italic'), codespan: style('cyan'), link: style('cyan'), href: style('underline'),
  }) as MarkedExtension;
  return `${(await new Marked(terminal).parse(page)).trim()}\n`;
}
