import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/core/index.js';
import { CodeWriter } from '../../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../../src/codemod/writing/statement-slot.js';
import { factsOf, markedCall } from './parsed.js';

describe('lines around a statement', () => {
  it.each([
    ['in a list', 'a();\n  HERE();\nb();', 'a();\n  before();\n  HERE();\n  after();\nb();'],
    ['with a comment behind it', 'HERE(); // why\nb();', 'before();\nHERE(); // why\nafter();\nb();'],
    ['in a block on one line', 'if (a) { HERE(); }', 'if (a) {\n  before();\n  HERE();\n  after();\n}'],
    ['of several lines in a block that starts beside it', 'if (a) { HERE(\n  1,\n); }', 'if (a) {\n  before();\n  HERE(\n    1,\n  );\n  after();\n}'],
    ['alone behind a condition', 'if (a) HERE();\nb();', 'if (a) {\n  before();\n  HERE();\n  after();\n}\nb();'],
    ['alone on the next line', 'for (;;)\n    HERE();\n', 'for (;;) {\n    before();\n    HERE();\n    after();\n}\n'],
    ['alone under a condition of two lines', 'if (a &&\n        b)\n  HERE();', 'if (a &&\n        b) {\n  before();\n  HERE();\n  after();\n}'],
    ['alone behind a comment', 'if (a) // why\n  HERE();', 'if (a) { // why\n  before();\n  HERE();\n  after();\n}'],
    ['alone behind a comment on its line', 'if (a) /* why */ HERE();', 'if (a) { /* why */\n  before();\n  HERE();\n  after();\n}'],
    ['behind an else', 'if (a) b();\nelse HERE();', 'if (a) b();\nelse {\n  before();\n  HERE();\n  after();\n}'],
    ['with a template, whose text stays', 'if (a) HERE(`x\ny`,\n1);', 'if (a) {\n  before();\n  HERE(`x\ny`,\n  1);\n  after();\n}'],
    ['in a case', 'switch (a) {\n  case 1:\n    HERE();\n}', 'switch (a) {\n  case 1:\n    before();\n    HERE();\n    after();\n}'],
    ['with Windows line ends', 'a();\r\nHERE(); // why\r\nb();', 'a();\r\nbefore();\nHERE(); // why\nafter();\r\nb();'],
    ['in a file with tabs', 'function f() {\n\tif (a) HERE();\n}', 'function f() {\n\tif (a) {\n\t\tbefore();\n\t\tHERE();\n\t\tafter();\n\t}\n}'],
    ['of an expression body', 'f(() => HERE());', 'f(() => {\n  before();\n  HERE();\n  after();\n});'],
  ])('%s', (_, text, expected) => {
    expect(around(text, ['after();'])).toBe(expected);
  });

  it('keep the value of an expression body where it is asked for', () => {
    expect(around('f(() => HERE());', [])).toBe('f(() => {\n  before();\n  return HERE();\n});');
  });
});

describe('there is no slot for a statement', () => {
  it.each(['a && HERE();', 'a ? HERE() : b();', 'while (HERE()) b();', 'function f(x = HERE()) {}', 'class C { x = HERE(); }', 'a?.b(HERE());', 'f(() => (HERE()));', 'a ??= HERE();', 'label: HERE();'])(
    'in %s',
    (text) => {
      expect(findStatementSlot(markedCall(factsOf(text)))).toBeUndefined();
    },
  );

  it.each(['x = HERE();', 'if (HERE()) b();', 'for (const x of HERE()) b();', 'HERE() && a;', 'const x = HERE() ? 1 : 2;', 'throw HERE();'])('but there is one in %s', (text) => {
    expect(findStatementSlot(markedCall(factsOf(text)))).toMatchObject({ type: 'listed' });
  });
});

describe('lines at the start of a block', () => {
  it.each([
    ['with statements', 'function f() {\n    a();\n}', 'function f() {\n    first();\n    a();\n}'],
    ['with a comment behind the brace', 'function f() { // why\n  a();\n}', 'function f() { // why\n  first();\n  a();\n}'],
    ['on one line', 'function f() { a(); b(); }', 'function f() {\n  first();\n  a(); b();\n}'],
    ['without anything', 'function f() {}', 'function f() {\n  first();\n}'],
    ['with only a comment', 'function f() {\n  // nothing\n}', 'function f() {\n  first();\n  // nothing\n}'],
  ])('%s', (_, text, expected) => {
    const facts = factsOf(text);
    const writer = new CodeWriter(facts.model, facts.tree);
    writer.atStartOf(facts.tree.all('BlockStatement')[0]!, ['first();']);
    expect(applyEdits(text, writer.edits)).toBe(expected);
  });
});

function around(text: string, after: string[]): string {
  const facts = factsOf(text);
  const writer = new CodeWriter(facts.model, facts.tree);
  writer.around(findStatementSlot(markedCall(facts))!, ['before();'], after, { keepsValue: after.length === 0 });
  return applyEdits(text, writer.edits);
}
