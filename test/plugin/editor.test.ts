import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { ENGINES, lint, PARSERS, plugin, type Engine } from './lint.js';

const SAFE = `export class Poller {
  private timer?: ReturnType<typeof setInterval>;
  watch() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
  poll() { console.log('polled'); }
  close() {
    clearInterval(this.timer);
    console.log('closed');
  }
}
`;
const REPAIRED = SAFE.replace('    this.timer =', '    clearInterval(this.timer);\n    this.timer =');

/** Two edits, and what they change wants a look. */
const REVIEW = `export class Poller {
  start() {
    setInterval(() => this.poll(), 1000);
  }
  poll() { console.log('polled'); }
  dispose() { console.log('disposed'); }
}
`;

const REFUSED = `export class Waiter {
  private timer?: ReturnType<typeof setTimeout>;
  onData() {
    return new Promise<void>((resolve) => { this.timer = setTimeout(() => { this.note(); resolve(); }, 60_000); });
  }
  note() { console.log('over'); }
  close() { clearTimeout(this.timer); }
}
`;

const UNGUARDED = `export async function ask(url: string) {
  const timer = setInterval(() => console.log('still asking'), 1000);
  // The server may be slow.
  const answer = await fetch(url, {
    method: 'POST',
  });
  clearInterval(timer);
  return answer;
}
`;
const GUARDED = `export async function ask(url: string) {
  const timer = setInterval(() => console.log('still asking'), 1000);
  // The server may be slow.
  try {
    const answer = await fetch(url, {
      method: 'POST',
    });
    return answer;
  } finally {
    clearInterval(timer);
  }
}
`;

const OTHER_PHASE = `export class Menu {
  open() {
    document.addEventListener('click', this.onClick, true);
  }
  close() {
    document.removeEventListener('click', this.onClick);
  }
  private onClick = () => { console.log('clicked'); };
}
`;
const SAME_PHASE = OTHER_PHASE.replace("removeEventListener('click', this.onClick)", "removeEventListener('click', this.onClick, true)");

const strict = plugin.configs.strict;

describe.each(Object.keys(ENGINES) as Engine[])('in an editor, %s', (engine) => {
  const messagesOf = (text: string): Promise<Linter.LintMessage[]> => lint({ engine, parser: 'typescript-eslint' }, text, [strict]);

  it.each([
    ['as it is', (text: string) => text],
    ['with Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('offers a safe repair of one edit as a suggestion and as a fix, %s', async (_, vary) => {
    const [message, ...others] = await messagesOf(vary(SAFE));
    expect(others).toEqual([]);
    expect(message?.suggestions?.map(({ desc }) => desc)).toEqual(['Clear the old timer before its handle is lost to a new one.']);
    expect(apply(vary(SAFE), message?.suggestions?.[0]?.fix)).toBe(vary(REPAIRED));
    expect(apply(vary(SAFE), message?.fix)).toBe(vary(REPAIRED));
    expect(await messagesOf(vary(REPAIRED))).toEqual([]);
  });

  it('fixes a file at once, and the second time nothing', async () => {
    expect(await fixed(engine, SAFE)).toBe(REPAIRED);
    expect(await fixed(engine, REPAIRED)).toBeUndefined();
  });

  it('offers a repair that wants a look as a suggestion only', async () => {
    const [message] = await messagesOf(REVIEW);
    expect(message?.suggestions).toHaveLength(1);
    expect(message?.fix).toBeUndefined();
    expect(await messagesOf(apply(REVIEW, message?.suggestions?.[0]?.fix))).toEqual([]);
    expect(await fixed(engine, REVIEW)).toBeUndefined();
  });

  it.each([
    ['require-release-in-finally', UNGUARDED, GUARDED, 'Clear the timer in a finally block.'],
    ['no-mismatched-removal', OTHER_PHASE, SAME_PHASE, 'Remove the listener in the phase in which it was added.'],
  ])('offers what no codemod repairs as a suggestion only: %s', async (rule, before, after, title) => {
    for (const vary of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n')]) {
      const [message, ...others] = await messagesOf(vary(before));
      expect(others).toEqual([]);
      expect(message?.ruleId).toBe(`leakproof/${rule}`);
      expect(message?.fix).toBeUndefined();
      expect(message?.suggestions?.map(({ desc }) => desc)).toEqual([title]);
      expect(apply(vary(before), message?.suggestions?.[0]?.fix)).toBe(vary(after));
    }
    expect(await messagesOf(after)).toEqual([]);
  });

  it('does not put what is used behind the clear in a block', async () => {
    const [message] = await messagesOf(UNGUARDED.replace('return answer;', 'report(answer);\n  return answer;'));
    expect(message?.ruleId).toBe('leakproof/require-release-in-finally');
    expect(message?.suggestions ?? []).toEqual([]);
  });

  it('offers nothing where no repair is known to be right', async () => {
    const [message] = await messagesOf(REFUSED);
    expect(message?.ruleId).toBe('leakproof/no-timer-overwrite');
    expect(message?.suggestions ?? []).toEqual([]);
    expect(message?.fix).toBeUndefined();
  });
});

/** The text with a fix made. Offsets are those of the text without its byte order mark. */
function apply(text: string, fix: { range: [number, number]; text: string } | undefined): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const rest = text.slice(mark.length);
  return fix ? mark + rest.slice(0, fix.range[0]) + fix.text + rest.slice(fix.range[1]) : text;
}

/** What `eslint --fix` writes. */
async function fixed(engine: Engine, text: string): Promise<string | undefined> {
  const eslint = new ENGINES[engine]({ fix: true, overrideConfigFile: true, overrideConfig: [{ files: ['**/*.ts'], languageOptions: PARSERS['typescript-eslint'] }, strict] });
  const [result] = await eslint.lintText(text, { filePath: 'sample.ts' });
  return result?.output;
}
