const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
const MINIFIED = /[.-]min\.[cm]?js$/;
/** Holds scripts that we cannot read yet. */
const EMBEDDED = /\.(?:vue|svelte)$/;

/** As in `a.test.ts`, `a.slow-spec.ts`, `a_test.js`. */
const TEST_FILE = /(?:^|[._-])(?:tests?|specs?|e2e|cy|test-d)\.[cm]?[jt]sx?$/i;
const TEST_FOLDER = /^(?:tests?|specs?|e2e(?:-tests?)?|(?:e2e|integration|system|browser)[-_]tests?|test-(?:e2e|apps?|applications?|fixtures?|utils?|servers?|helpers?|support|harness|data)|__tests__|__mocks__|__fixtures__|fixtures|cypress|step[-_]definitions)$/i;

/** Folders that no one wants judged: dependencies, version control, caches and build output. */
const SKIPPED_FOLDER = /^(?:node_modules|bower_components|jspm_packages|dist|coverage|\..+)$/;

export type FileKind = 'source' | 'embedded' | 'declaration' | 'minified' | 'other';

/** What a file is, by its name alone. */
export function kindOf(path: string): FileKind {
  if (EMBEDDED.test(path)) return 'embedded';
  if (!SOURCE.test(path)) return 'other';
  if (DECLARATION.test(path)) return 'declaration';
  return MINIFIED.test(path) ? 'minified' : 'source';
}

/** Whether a relative path (with `/`) is that of a test or of something that only tests use. */
export function isTestPath(path: string): boolean {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  return TEST_FILE.test(name) || segments.some((segment) => TEST_FOLDER.test(segment));
}

/** Whether a walk leaves out a folder of this name, unless the folder itself is named. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDER.test(name);
}

/** Where a tool says that it wrote the file. Only the head counts: a source may speak of generated files. */
const GENERATED_HEAD = /@generated\b|\b(?:auto(?:matically)?[- ]?generated|generated (?:by|from)|do not (?:edit|modify))\b/i;
const HEAD_LENGTH = 1500;
/** Compilers and bundlers end their output with this; no source has it. */
const COMPILED_TAIL = /\n\/\/[#@] sourceMappingURL=\S*\s*$/;
const TAIL_LENGTH = 300;
const LONG_LINE = 500;

/** Whether the text was written by a program: a generator, a compiler, a bundler or a minifier. */
export function isGenerated(text: string): boolean {
  const comments = /^(?:\s|(?:\/\/|#!)[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)+/.exec(text.slice(0, HEAD_LENGTH))?.[0] ?? '';
  if (GENERATED_HEAD.test(comments)) return true;
  if (COMPILED_TAIL.test(text.slice(-TAIL_LENGTH))) return true;
  return isMinified(text);
}

/** Whether most of the text stands in very long lines. */
function isMinified(text: string): boolean {
  let long = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > LONG_LINE) long += end - start;
    start = end + 1;
  }
  return long * 2 > text.length;
}
