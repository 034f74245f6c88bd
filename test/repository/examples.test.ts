import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze, isFinding, RULE_IDS, type RuleId } from '../../src/core/index.js';
import { parse } from '../../src/project/parse.js';

interface Example {
  /** The heading above it. */
  readonly section: string;
  /** The last line of text above it. */
  readonly lead: string;
  readonly language: string;
  readonly code: string;
}

const docs = new URL('../../docs/', import.meta.url);
const pagesBelow = (folder: string): string[] => readdirSync(new URL(folder, docs)).filter((name) => name.endsWith('.md') && name !== 'README.md').map((name) => `${folder}${name}`);

/** All that stands in a page between fences that say TypeScript or JavaScript. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(new URL(page, docs), 'utf8');
  return [...text.matchAll(/^```(tsx?|jsx?)\n([^]*?)^```$/gmu)].map(({ 1: language = '', 2: code = '', index }) => {
    const above = text.slice(0, index);
    return { section: /(?:^|\n)## (.*)\n(?![^]*\n## )/u.exec(above)?.[1] ?? '', lead: above.trimEnd().split('\n').at(-1) ?? '', language, code };
  });
}

/** What is found in an example. One that is no program by itself is the body of a function or of a class. */
function rulesIn({ language, code }: Example): RuleId[] {
  for (const text of [code, `export async function example(...given: any[]) {\n${code}}\n`, `export class Example {\n${code}}\n`]) {
    const parsed = parse(`example.${language}`, text);
    if ('ok' in parsed) return analyze(parsed.ok).verdicts.filter((one) => isFinding(one) && !one.suppressed).map(({ rule }) => rule);
  }
  throw new Error(`This does not parse:\n${code}`);
}

describe.each(pagesBelow('rules/'))('docs/%s', (page) => {
  const rule = RULE_IDS.find((id) => page.endsWith(`/${id}.md`))!;
  const examples = examplesOf(page);
  const labelled = (section: string) => examples.filter((one) => one.section.startsWith(section)).map((example, index) => ({ example, nth: index + 1 }));

  it('has an example of each kind', () => {
    expect(labelled('Reported').length).toBeGreaterThan(0);
    expect(labelled('Not reported').length).toBeGreaterThan(0);
  });

  it.each(labelled('Reported'))('the leak that it shows as no. $nth is reported', ({ example }) => {
    expect(rulesIn(example)).toContain(rule);
  });

  it.each(labelled('Not reported'))('what it shows as no. $nth to be none is silent', ({ example }) => {
    expect(rulesIn(example)).not.toContain(rule);
  });
});

describe.each(pagesBelow('guides/'))('docs/%s', (page) => {
  const examples = examplesOf(page).map((example, index) => ({ example, nth: index + 1 }));

  it('shows leaks, and the same code without', () => {
    expect(examples.filter(({ example }) => example.lead.startsWith('Reported')).length).toBeGreaterThan(0);
    expect(examples.filter(({ example }) => !example.lead.startsWith('Reported')).length).toBeGreaterThan(0);
  });

  it.each(examples)('example $nth is linted as its label says', ({ example }) => {
    const named = example.lead.startsWith('Reported') ? [...example.lead.matchAll(/`([\w-]+)`/gu)].map(([, rule]) => rule) : [];
    expect([...new Set(rulesIn(example))].sort()).toEqual(named.sort());
  });
});
