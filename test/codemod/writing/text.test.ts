import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/core/index.js';
import { codeStyleOf } from '../../../src/codemod/writing/code-style.js';
import { EditList } from '../../../src/codemod/writing/edit-list.js';
import { endOfLine, indentationAt, indentationUnit } from '../../../src/codemod/writing/indentation.js';
import { freeName, namesTakenAround, namesTakenAt } from '../../../src/codemod/writing/names.js';
import { widenToLines } from '../../../src/codemod/writing/whole-lines.js';
import { spanWithComments } from '../../../src/codemod/writing/with-comments.js';
import { factsOf, markedCall } from './parsed.js';

describe('EditList', () => {
  it('puts insertions at one offset together, in front of a replacement there', () => {
    const edits = new EditList();
    edits.insert(1, 'a');
    edits.replace({ start: 1, end: 2 }, 'X');
    edits.insert(1, 'b');
    edits.replace({ start: 3, end: 3 }, 'c');
    expect(edits.all()).toEqual([{ start: 1, end: 2, text: 'abX' }, { start: 3, end: 3, text: 'c' }]);
  });
});

describe('indentation', () => {
  it('is found at any offset of a line', () => {
    expect(indentationAt('a\r\n\t b', 4)).toBe('\t ');
    expect(endOfLine('a\r\nb', 0)).toBe(1);
    expect(endOfLine('a\r\nb', 3)).toBe(4);
  });

  it.each([
    ['if (a) {\n    b();\n}', '    '],
    ['if (a) {\r\n\tb();\r\n}', '\t'],
    ['/**\n * text {\n */\nif (a) {\n  b({\n    c });\n}', '  '],
    ['', '  '],
  ])('has a unit in %j', (text, unit) => {
    expect(indentationUnit(text)).toBe(unit);
  });
});

describe('codeStyleOf', () => {
  it.each([
    ['a();\nb();\nc()', 'file.ts', { semicolon: ';', typed: true }],
    ['a()\nb()\nc();', 'file.mjs', { semicolon: '', typed: false }],
    ['a("x")', 'file.tsx', { quote: '"', typed: true }],
    ["a('x', 'y', \"z\")", 'file.jsx', { quote: "'", typed: false }],
  ])('of %j', (text, path, style) => {
    const { model, tree } = factsOf(text, path);
    expect(codeStyleOf(model, tree)).toMatchObject(style);
  });
});

describe('names', () => {
  it('get a number if they are taken', () => {
    expect(freeName('timer', (name) => ['timer', 'timer2'].includes(name))).toBe('timer3');
  });

  const text = `
    import { outer } from './x.js';
    function f(parameter) {
      { const beside = 1; beside; }
      { global(); }
      HERE(() => { const within = outer; });
    }`;

  it('are taken at a statement if they are declared around or within it, or mean something outer beside it', () => {
    const facts = factsOf(text);
    const names = namesTakenAt(markedCall(facts).parent!, facts.model);
    expect(['outer', 'f', 'parameter', 'within', 'global'].filter((name) => !names.has(name))).toEqual([]);
    expect(names.has('beside')).toBe(false);
  });

  it('are taken in a whole scope if anything there bears them', () => {
    const facts = factsOf(text);
    expect(namesTakenAround(markedCall(facts).parent!, facts.model).has('beside')).toBe(true);
  });
});

describe('widenToLines', () => {
  it.each([
    ['{\n  a;\n  CUT;\n  b;\n}', '{\n  a;\n  b;\n}'],
    ['{\n  a;\n\n  CUT;\n\n  b;\n}', '{\n  a;\n\n  b;\n}'],
    ['{\n  CUT;\n\n  b;\n}', '{\n  b;\n}'],
    ['{\n  a;\n\n  CUT;\n}', '{\n  a;\n}'],
    ['{\n  a;\n\n\n  b;\n  CUT;\n}', '{\n  a;\n\n\n  b;\n}'],
    ['{\r\n  a;\r\n\r\n  CUT;\r\n}', '{\r\n  a;\r\n}'],
    ['{\n  a; CUT; b;\n}', '{\n  a;  b;\n}'],
    ['{\n  CUT;\n  CUT;\n}', '{\n}'],
  ])('removes CUT from %j', (text, expected) => {
    const spans = [...text.matchAll(/CUT;/gu)].map(({ index }) => ({ start: index, end: index + 4 }));
    const removals = widenToLines(text, spans, { start: 0, end: text.length }).map((span) => ({ ...span, text: '' }));
    expect(applyEdits(text, removals)).toBe(expected);
  });
});

describe('spanWithComments', () => {
  it.each([
    ['a();\n// one\n/* two */\nHERE(); // three\nb();', '// one\n/* two */\nHERE(); // three'],
    ['// far\n\nHERE();', 'HERE();'],
    ['a(); // of a\nHERE();', 'HERE();'],
    ['HERE(); /* of b */ b();', 'HERE();'],
    ['// one\r\nHERE();\r\n', '// one\r\nHERE();'],
  ])('of %j', (text, expected) => {
    const facts = factsOf(text);
    const { start, end } = spanWithComments(markedCall(facts).parent!, facts.model);
    expect(text.slice(start, end)).toBe(expected);
  });
});
