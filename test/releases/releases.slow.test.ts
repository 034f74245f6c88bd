import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../src/core/index.js';
import { findingsOf, removals } from './fixtures.js';
import { CORRECT_PROGRAMS } from './programs.js';

/** Of the correct programs of a rule, as many must be reported without their release. */
const BOUND = 0.9;

/** What is not reported, and what hides it. They count as missed all the same. */
const KNOWN_MISSES: Readonly<Record<string, string>> = {
  'a server of a class that has nothing else': 'other files can reach a public field, and may close it',
  'an observer of a class that has nothing else': 'other files can reach a public field, and may disconnect it',
  'a subscription of a constructor function': 'other files can reach a public field, and may unsubscribe it',
  'a process of a factory': 'a process may end by itself',
  'a process that waits for messages for one call': 'a process may end by itself',
  'a socket of a factory': 'nobody knows how long what a factory makes is to live',
  'a cache with a limit': 'a cache by a key that the file does not show to be endless',
  'processes that end their entry': 'the key has no name that tells of somebody who goes away',
};

describe('a correct program', () => {
  it.each(CORRECT_PROGRAMS)('is silent: $name', ({ marked }) => {
    expect(findingsOf(whole(marked))).toEqual([]);
  });

  it('is reported without its release, in nine of ten cases of each rule', () => {
    const tally = new Tally();
    for (const { name, rules, marked } of CORRECT_PROGRAMS) tally.add(rules[0] ?? 'no-untracked-timer', name, findingsOf(marked.replace(/^».*$/gm, '')).filter((finding) => rules.some((rule) => finding.includes(` ${rule} `))));
    tally.print('Correct programs without one release');
    expect(tally.missed.sort()).toEqual(Object.keys(KNOWN_MISSES).sort());
    for (const [rule, share] of tally.shares) expect(share, rule).toBeGreaterThanOrEqual(BOUND);
  });
});

/** These were written to test other things, so what they do without a release is measured and not bounded. */
it('the samples of the pages and the tests of the rules are measured, too', () => {
  const all = removals();
  const tally = new Tally();
  for (const { rule, name, whole: sample, without } of all) {
    expect(findingsOf(sample), name).toEqual([]);
    tally.add(rule, name, findingsOf(without));
  }
  tally.print('Silent samples of our own without the only release of a thing');
  expect(all.length).toBeGreaterThan(100);
});

function whole(marked: string): string {
  return marked.replaceAll('»', '');
}

class Tally {
  readonly #rows = new Map<RuleId, { all: number; reported: number; certain: number }>();
  readonly missed: string[] = [];

  add(rule: RuleId, name: string, findings: readonly string[]): void {
    const row = this.#rows.get(rule) ?? { all: 0, reported: 0, certain: 0 };
    row.all++;
    if (findings.length > 0) row.reported++;
    else this.missed.push(name);
    if (findings.some((finding) => finding.startsWith('certain'))) row.certain++;
    this.#rows.set(rule, row);
  }

  get shares(): [RuleId, number][] {
    return [...this.#rows].map(([rule, { all, reported }]) => [rule, reported / all]);
  }

  print(title: string): void {
    const line = (name: string, { all, reported, certain }: { all: number; reported: number; certain: number }): string => `| ${name} | ${all} | ${reported} (${Math.round((100 * reported) / all)} %) | ${certain} |`;
    const rows = [...this.#rows].sort(([left], [right]) => left.localeCompare(right));
    const sum = rows.reduce((total, [, row]) => ({ all: total.all + row.all, reported: total.reported + row.reported, certain: total.certain + row.certain }), { all: 0, reported: 0, certain: 0 });
    console.log(`${title}\n\n| rule | removed | reported | of these certain |\n| --- | --- | --- | --- |\n${rows.map(([rule, row]) => line(rule, row)).join('\n')}\n${line('together', sum)}\n\nMissed: ${this.missed.join('; ')}\n`);
  }
}
