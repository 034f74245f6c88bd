import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.js';
import { DEFAULT_SETTINGS } from '../../src/core/index.js';
import type { Codemod } from '../../src/codemod/codemod.js';
import { repairFile, UnreadableSourceError, type Proposal, type RepairOptions } from '../../src/codemod/run.js';
import { keepIt, planOf, readToy, toyCodemod } from './toy-leaks.js';

describe('repairFile', () => {
  it('leaves a text without findings as it is', () => {
    const result = repair('keep(a);\r\n\tkeep(b)', keepIt);
    expect(result).toEqual({ text: 'keep(a);\r\n\tkeep(b)', changed: false, repaired: [], refused: [], failed: [] });
  });

  it('repairs every finding and tells their lines in the text that was given', () => {
    const growing = toyCodemod((symbol) => `let ${symbol};\nkeep(${symbol})`);
    const result = repair('leak(a);\nleak(b);\n\nleak(c);\n', growing);
    expect(result.text).toBe('let a;\nkeep(a);\nlet b;\nkeep(b);\n\nlet c;\nkeep(c);\n');
    expect(result.repaired.map(({ symbol, line }) => [symbol, line])).toEqual([['a', 1], ['b', 2], ['c', 4]]);
  });

  it('repairs each of several findings of one name', () => {
    const result = repair('leak(a); leak(a);', keepIt);
    expect(result.text).toBe('keep(a); keep(a);');
    expect(result.repaired).toHaveLength(2);
  });

  it('tells what was repaired, by what', () => {
    expect(repair('leak(a)', keepIt).repaired).toEqual([
      { rule: 'no-untracked-timer', symbol: 'a', line: 1, codemod: 'track-timers', id: 'file.ts no-untracked-timer 0', safety: 'safe', notes: [] },
    ]);
  });

  it('plans a finding on the text that the repairs before it left', () => {
    const textsSeen: string[] = [];
    const watching: Codemod = { ...keepIt, plan: (finding, analysis, values) => (textsSeen.push(analysis.model.text), keepIt.plan(finding, analysis, values)) };
    repair('leak(a); leak(b)', watching);
    expect(textsSeen).toContain('keep(a); leak(b)');
  });

  it('asks again about a refused finding after another repair', () => {
    const inOrder: Codemod = {
      ...keepIt,
      plan: (finding, analysis, values) =>
        finding.symbol === 'a' && analysis.model.text.includes('leak(b)') ? { refused: 'b comes first.' } : keepIt.plan(finding, analysis, values),
    };
    const result = repair('leak(a); leak(b)', inOrder);
    expect(result.text).toBe('keep(a); keep(b)');
    expect(result.refused).toEqual([]);
  });

  it('reports a refusal once, with its reason', () => {
    const choosy = toyCodemod((symbol) => (symbol === 'b' ? { refused: 'b is not ours.' } : `keep(${symbol})`));
    const result = repair('leak(a);\nleak(b);\nleak(c);', choosy);
    expect(result.text).toBe('keep(a);\nleak(b);\nkeep(c);');
    expect(result.refused).toEqual([{ rule: 'no-untracked-timer', symbol: 'b', line: 2, codemod: 'track-timers', why: 'b is not ours.' }]);
  });

  it('drops a repair that a gate stops and goes on with the others', () => {
    const careless = toyCodemod((symbol) => (symbol === 'a' ? '@@' : `keep(${symbol})`));
    const result = repair('leak(a);\nleak(b);', careless);
    expect(result.text).toBe('leak(a);\nkeep(b);');
    expect(result.failed).toEqual([
      { rule: 'no-untracked-timer', symbol: 'a', line: 1, codemod: 'track-timers', gate: 'result-parses', why: 'The repaired code does not parse: unexpected @@' },
    ]);
  });

  it('treats a codemod that throws as one that refuses', () => {
    const broken = toyCodemod(() => {
      throw new Error('no such node');
    });
    expect(repair('leak(a)', broken).refused[0]?.why).toBe('track-timers failed on this code: no such node');
  });

  it('throws for a text that does not parse', () => {
    expect(() => repair('leak(a) @@', keepIt)).toThrow(new UnreadableSourceError('file.ts does not parse: unexpected @@'));
  });
});

describe('repairFile chooses', () => {
  it('certain findings only, unless likely ones are asked for', () => {
    expect(repair('leak(a) maybe(b)', keepIt).text).toBe('keep(a) maybe(b)');
    expect(repair('leak(a) maybe(b)', keepIt, { confidence: 'likely' }).text).toBe('keep(a) keep(b)');
  });

  it('safe repairs only, unless those that want a look are asked for', () => {
    const review = toyCodemod((symbol) => `keep(${symbol})`, 'review');
    const withheld = repair('leak(a)', review);
    expect(withheld.changed).toBe(false);
    expect(withheld.refused[0]?.why).toBe('The repair wants a look, and is made only with --review.');
    expect(repair('leak(a)', review, { includeReview: true }).text).toBe('keep(a)');
  });

  it('the rules that were named', () => {
    expect(repair('leak(a)', keepIt, { rules: ['no-unbounded-collection'] }).changed).toBe(false);
  });

  it('what the caller accepts', () => {
    expect(repair('leak(a) leak(b)', keepIt, { accepts: (finding) => finding.symbol === 'b' }).text).toBe('leak(a) keep(b)');
  });

  it('nothing that a person has suppressed', () => {
    const read: RepairOptions['read'] = (path, text) => {
      const analysis = readToy(path, text);
      if ('unreadable' in analysis) return analysis;
      return { ...analysis, verdicts: analysis.verdicts.map((verdict) => ({ ...verdict, suppressed: { by: 'comment', why: 'fine' } })) };
    };
    expect(repair('leak(a)', keepIt, { read }).changed).toBe(false);
  });

  it('nothing of rules that no codemod knows, without calling it refused', () => {
    const other: Codemod = { ...keepIt, rules: ['no-partial-exit-handler'] };
    expect(repair('leak(a)', other)).toMatchObject({ changed: false, refused: [], failed: [] });
  });
});

describe('repairFile asks about each repair that has passed the gates, and', () => {
  const asked = 'leak(a);\nleak(b);\n';

  it('gives the text with and without it', () => {
    const proposals: Proposal[] = [];
    repair(asked, keepIt, { decide: (proposal) => (proposals.push(proposal), 'make') });
    expect(proposals.map(({ symbol, before, after }) => [symbol, before, after])).toEqual([
      ['a', asked, 'keep(a);\nleak(b);\n'],
      ['b', 'keep(a);\nleak(b);\n', 'keep(a);\nkeep(b);\n'],
    ]);
  });

  it('leaves one that is refused, and names a finding the same whatever else is made', () => {
    const ids = new Set<string>();
    const result = repair(asked, keepIt, { decide: ({ id, symbol }) => (ids.add(id), symbol === 'a' ? { refused: 'Not now.' } : 'make') });
    repair(asked, keepIt, { decide: ({ id }) => (ids.add(id), 'make') });
    expect(result.text).toBe('leak(a);\nkeep(b);\n');
    expect(result.refused).toMatchObject([{ symbol: 'a', why: 'Not now.' }]);
    expect(ids.size).toBe(2);
  });

  it('counts as failed what another gate stops', () => {
    const result = repair(asked, keepIt, { decide: ({ symbol }) => (symbol === 'a' ? { gate: 'type-checks', why: 'No.' } : 'make') });
    expect(result.failed).toMatchObject([{ symbol: 'a', gate: 'type-checks', why: 'No.' }]);
    expect(result.repaired).toMatchObject([{ symbol: 'b', line: 2 }]);
  });

  it('takes another text, with the lines of what follows still right', () => {
    const result = repair(`\uFEFF${asked}`, keepIt, { decide: ({ symbol }) => (symbol === 'a' ? { text: '\uFEFFlet a;\nkeep(a);\nleak(b);\n' } : 'make') });
    expect(result.text).toBe('\uFEFFlet a;\nkeep(a);\nkeep(b);\n');
    expect(result.repaired.map(({ symbol, line }) => [symbol, line])).toEqual([['a', 1], ['b', 2]]);
  });

  it.each([
    ['does not parse', '@@\nleak(b);\n', 'The repaired code does not parse: unexpected @@'],
    ['keeps the finding', '/* mine */ leak(a);\nleak(b);\n', 'The repaired code still has the finding (no-untracked-timer: a).'],
    ['is the old one', asked, 'The plan has no edits.'],
  ])('asks again where another text %s', (_name, text, objection) => {
    const objections: (string | undefined)[] = [];
    repair(asked, keepIt, {
      decide: (proposal) => {
        objections.push(proposal.objection);
        return proposal.symbol === 'a' && proposal.objection === undefined ? { text } : 'make';
      },
    });
    expect(objections).toEqual([undefined, objection, undefined]);
  });
});

describe('repairFile keeps', () => {
  const twoLines = toyCodemod((symbol) => `let ${symbol};\nkeep(${symbol})`);

  it('two byte order marks, as a careless conversion leaves them', () => {
    const text = '\uFEFF\uFEFFexport class Poller {\n  constructor() {\n    setInterval(() => this.tick(), 60_000);\n  }\n  tick() {}\n  close() {}\n}\n';
    const result = repairFile({ path: 'a.js', text }, { codemods, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS });
    expect(result.repaired).toHaveLength(1);
    expect(result.text.match(/\uFEFF/g)).toHaveLength(2);
  });

  it('the byte order mark', () => {
    expect(repair('\uFEFFleak(a)', keepIt).text).toBe('\uFEFFkeep(a)');
  });

  it('Windows line ends, in new lines as well', () => {
    expect(repair('x;\r\nleak(a);\r\n', twoLines).text).toBe('x;\r\nlet a;\r\nkeep(a);\r\n');
  });

  it('mixed line ends, and takes the commoner one for new lines', () => {
    expect(repair('x;\r\nleak(a);\r\ny;\n', twoLines).text).toBe('x;\r\nlet a;\r\nkeep(a);\r\ny;\n');
    expect(repair('x;\nleak(a);\r\ny;\n', twoLines).text).toBe('x;\nlet a;\nkeep(a);\r\ny;\n');
  });

  it('line ends right where a plan moves a text that has Windows ones already', () => {
    const moving = toyCodemod((symbol) => `a\r\nb\n${symbol}`);
    expect(repair('x\r\nleak(a)\r\n', moving).text).toBe('x\r\na\r\nb\r\na\r\n');
  });

  it('tabs, and a missing last line end', () => {
    expect(repair('\tleak(a);\n\t\tx', keepIt).text).toBe('\tkeep(a);\n\t\tx');
  });
});

describe('a gate stops', () => {
  it('edits that overlap', () => {
    const result = repair('leak(a)', toyCodemod(() => planOf({ start: 0, end: 7, text: 'b' }, { start: 4, end: 5, text: '[' })));
    expect(result.failed).toMatchObject([{ gate: 'edits-apply', why: 'Two edits touch the same text, at 4.' }]);
  });

  it('edits outside the text', () => {
    const result = repair('leak(a)', toyCodemod(() => planOf({ start: 0, end: 99, text: '' })));
    expect(result.failed).toMatchObject([{ gate: 'edits-apply', why: 'An edit lies outside the text, at 0.' }]);
  });

  it('a plan without edits', () => {
    const result = repair('leak(a)', toyCodemod(() => planOf()));
    expect(result.failed).toMatchObject([{ gate: 'edits-apply' }]);
  });

  it('a repair that leaves the finding, or only makes it less certain', () => {
    for (const text of ['/* kept */ leak(a)', 'maybe(a)']) {
      const result = repair('leak(a)', toyCodemod(() => text));
      expect(result.failed).toMatchObject([{ gate: 'finding-gone', why: 'The repaired code still has the finding (no-untracked-timer: a).' }]);
      expect(result.text).toBe('leak(a)');
    }
  });

  it('a repair that brings a new finding', () => {
    const result = repair('leak(a)', toyCodemod(() => 'keep(a) maybe(b)'));
    expect(result.failed).toMatchObject([{ gate: 'finding-gone', why: 'The repaired code has a finding that was not there (no-untracked-timer: b).' }]);
  });

  it('a repair that a second run would make again', () => {
    // The other finding of the same name goes, so counting alone sees progress.
    const wrong = toyCodemod(() => planOf({ start: 8, end: 15, text: 'keep(a)' }));
    const result = repair('leak(a) leak(a)', wrong, { accepts: (finding) => finding.span.start === 0 });
    expect(result.failed).toMatchObject([{ gate: 'second-run-empty', why: 'A second run would change the repaired code again.' }]);
  });
});

function repair(text: string, codemod: Codemod, options: Partial<RepairOptions> = {}) {
  return repairFile(
    { path: 'file.ts', text },
    { codemods: [codemod], confidence: 'certain', includeReview: false, settings: DEFAULT_SETTINGS, read: readToy, ...options },
  );
}
