import { describe, expect, it } from 'vitest';
import { collectStatements, lineAt, statementFor } from '../../../src/core/facts/statements.js';
import { modelOf } from '../../support/check.js';

/** What a person stated about the declaration of `x`. */
function saidOfX(code: string): string | undefined {
  const model = modelOf(code);
  const declaration = /(?:^|\s)((?:private |readonly |export |const |let )*x\b)/.exec(model.text);
  if (!declaration) throw new Error('no x');
  const statement = statementFor(collectStatements(model), model, declaration.index + declaration[0].length - (declaration[1]?.length ?? 0));
  return statement && `${statement.says}: ${statement.why}`;
}

describe('statements in comments', () => {
  it.each([
    ['above', '// leakproof-bounded: few\nconst x = 1;'],
    ['above, behind an export', '// leakproof-bounded: few\nexport const x = 1;'],
    ['on the same line', 'const x = 1; // leakproof-bounded: few'],
    ['in a block comment', '/* leakproof-bounded: few */\nconst x = 1;'],
    ['in a documentation comment', '/**\n * Things.\n * leakproof-bounded: few\n */\nconst x = 1;'],
    ['with other comments between', '// leakproof-bounded: few\n// more about it\nconst x = 1;'],
    ['with an empty line between', '// leakproof-bounded: few\n\nconst x = 1;'],
    ['in a class', 'class A {\n  // leakproof-bounded: few\n  private readonly x = 1;\n}'],
    ['with a decorator between', 'class A {\n  // leakproof-bounded: few\n  @observable() x = 1;\n}'],
  ])('are found %s', (_where, code) => {
    expect(saidOfX(code)).toBe('bounded: few');
  });

  it.each([
    ['is about the line above', 'const y = 1; // leakproof-bounded: few\nconst x = 1;'],
    ['stands below', 'const x = 1;\n// leakproof-bounded: few'],
    ['has code in between', '// leakproof-bounded: few\nconst y = 1;\nconst x = 1;'],
    ['only mentions it', '// see leakproof-bounded: few\nconst x = 1;'],
    ['has another word', '// leakproof-limited: few\nconst x = 1;'],
  ])('are not found if the comment %s', (_where, code) => {
    expect(saidOfX(code)).toBeUndefined();
  });

  it.each(['bounded', 'owned-by', 'survives'])('may say %s', (says) => {
    expect(saidOfX(`// leakproof-${says}: because\nconst x = 1;`)).toBe(`${says}: because`);
  });

  it('may have no reason', () => {
    expect(saidOfX('// leakproof-bounded:\nconst x = 1;')).toBe('bounded: ');
  });
});

describe('lineAt', () => {
  it.each([[0, 1], [1, 1], [2, 2], [3, 3], [99, 3]])('gives for the offset %i the line %i', (offset, line) => {
    expect(lineAt('a\n\nb', offset)).toBe(line);
  });
});
