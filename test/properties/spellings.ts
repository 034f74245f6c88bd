import ts from 'typescript';

/** Ways to write the same program: none changes a word of it. */
export const FORMATS: Readonly<Record<string, (text: string) => string>> = {
  'as TypeScript prints it': (text) => ts.createPrinter().printFile(ts.createSourceFile('sample.js', text, ts.ScriptTarget.Latest)),
  'on one line': (text) => `${text.replace(/\n\s*/g, ' ').trim()}\n`,
  'with tabs and Windows line ends': (text) => text.replace(/^( {2})+/gm, (blank) => '\t'.repeat(blank.length / 2)).replaceAll('\n', '\r\n'),
  'with blank lines and comments': (text) => text.replaceAll('\n', '\n\n// as agreed\n'),
  'with blanks wherever they may stand': (text) => text.replace(/[(){}[\];,.]/g, ' $& ').replaceAll('. .', '..'),
};
