import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Console } from '../../src/cli/console.js';
import { explain } from '../../src/cli/explain.js';
import { RULE_IDS, type RuleId } from '../../src/core/index.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';

const folder = temporaryFolder();

it.each(RULE_IDS)('explain prints the page of %s as it is, where a program reads it', async (rule) => {
  const { status, stdout } = await leakproof(folder, 'explain', rule);
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^# ${rule}\n`));
});

describe('at a screen', () => {
  const shown = async (console: Partial<Console>, rule: RuleId = 'no-untracked-timer'): Promise<string> => {
    let text = '';
    await explain(rule, { result: (result) => void (text += result), note: () => undefined, progress: () => undefined, paint: (_style, plain) => plain, ...console });
    return text;
  };

  it.each(RULE_IDS)('%s is laid out: no marks of Markdown, no line too long to read', async (rule) => {
    const text = await shown({ isScreen: true, width: 80 }, rule);
    expect(text).toMatch(new RegExp(`^${rule}\n`));
    expect(text).not.toMatch(/^#+ |```|\*\*/m);
    expect(text).not.toContain('\u001B');
  });

  it('keeps to the width of the screen, but for code and tables', async () => {
    const prose = (await shown({ isScreen: true, width: 60 })).split('\n').filter((line) => /^[A-Z]/.test(line));
    expect(prose.length).toBeGreaterThan(20);
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('has colours where they are wanted', async () => {
    const text = await shown({ paint: (style, plain) => styleText(style, plain, { validateStream: false }) });
    expect(text).toContain('\u001B[');
    expect(stripVTControlCharacters(text)).toMatch(/^no-untracked-timer\n/);
  });
});
