import type { Diagnostic, Project, SourceFile } from 'ts-morph';
import { splitByteOrderMark } from '../byte-order-mark.js';
import { replaceText } from '../replace-text.js';
import { sentenceOf, type Config, type Unchecked } from './config.js';
import { loadTsMorph } from './load-ts-morph.js';

/** A type error, or any other error of the compiler, in words. */
export interface TypeProblem {
  /** Absolute path, with `/`; empty for one of the whole project. */
  readonly file: string;
  readonly message: string;
}

/** The files of one tsconfig with their types. Nothing is written. */
export class TypedProject {
  readonly #project: Project;
  /** Problems before any change, by file: of the files that were asked about. */
  readonly #known = new Map<SourceFile, readonly Diagnostic[]>();
  readonly #dependents = new Map<SourceFile, readonly SourceFile[]>();
  #importers: ReadonlyMap<SourceFile, readonly SourceFile[]> | undefined;

  constructor(private readonly config: Config) {
    const { Project } = loadTsMorph();
    this.#project = new Project({ compilerOptions: config.options });
    for (const file of config.files) this.#project.addSourceFileAtPathIfExists(file);
    this.#project.resolveSourceFileDependencies();
  }

  has(path: string): boolean {
    return this.#project.getSourceFile(path) !== undefined;
  }

  /** Why what the compiler says of a file, or keeps silent about, means nothing; undefined if it does. */
  whyUnchecked(path: string): Unchecked | undefined {
    const file = this.#project.getSourceFileOrThrow(path);
    if (/\.[cm]?jsx?$/u.test(path) && !this.config.options.checkJs && !/^[\t ]*\/\/[\t ]*@ts-check\b/mu.test(file.getFullText())) {
      return { why: 'the types of JavaScript are not checked here' };
    }
    const unresolved = [file, ...this.dependentsOf(file)].flatMap((one) => this.knownOf(one)).find(isAboutMissingDependency);
    // The sentences after the first one advise what to install.
    return unresolved && { why: `dependencies are not installed: ${sentenceOf(unresolved.compilerObject.messageText).replace(/\. .*$/u, '')}` };
  }

  /**
   * What the compiler says with other texts in some files, that it does not say
   * now: of those files and of all that import them, directly or not. Places do
   * not count, since edits move them.
   *
   * @param texts by absolute path
   */
  newProblems(texts: ReadonlyMap<string, string>): TypeProblem[] {
    const touched = [...texts]
      .map(([path, text]) => ({ file: this.#project.getSourceFileOrThrow(path), text: splitByteOrderMark(text).text }))
      .filter(({ file, text }) => splitByteOrderMark(file.getFullText()).text !== text);
    const concerned = new Set(touched.flatMap(({ file }) => [file, ...this.dependentsOf(file)]));
    for (const file of concerned) this.knownOf(file);
    const before = touched.map(({ file }) => ({ file, text: file.getFullText() }));
    touched.forEach(({ file, text }) => replaceText(file, text));
    try {
      return [...concerned].flatMap((file) => added(this.#known.get(file) ?? [], file.getPreEmitDiagnostics()));
    } finally {
      before.forEach(({ file, text }) => replaceText(file, text));
    }
  }

  private knownOf(file: SourceFile): readonly Diagnostic[] {
    const known = this.#known.get(file) ?? file.getPreEmitDiagnostics();
    this.#known.set(file, known);
    return known;
  }

  /** All files that import a file, directly or through others. */
  private dependentsOf(file: SourceFile): readonly SourceFile[] {
    const known = this.#dependents.get(file);
    if (known) return known;
    this.#importers ??= importersIn(this.#project);
    const found = new Set<SourceFile>();
    const queue = [file];
    for (const current of queue) {
      for (const dependent of this.#importers.get(current) ?? []) {
        if (dependent === file || found.has(dependent)) continue;
        found.add(dependent);
        queue.push(dependent);
      }
    }
    this.#dependents.set(file, [...found]);
    return [...found];
  }
}

/**
 * The files that import each file. The references that ts-morph keeps would do,
 * but once they were asked for, a changed text that imports a package which no
 * other file imports ends in an error about forgotten nodes.
 */
function importersIn(project: Project): Map<SourceFile, SourceFile[]> {
  const { ts } = loadTsMorph();
  const options = project.getCompilerOptions();
  const host = project.getModuleResolutionHost();
  const importers = new Map<SourceFile, SourceFile[]>();
  for (const file of project.getSourceFiles()) {
    if (file.isDeclarationFile() && file.isInNodeModules()) continue;
    const path = file.getFilePath();
    for (const { fileName } of ts.preProcessFile(file.getFullText(), true, true).importedFiles) {
      const { resolvedModule } = ts.resolveModuleName(fileName, path, options, host, undefined, undefined, file.compilerNode.impliedNodeFormat);
      const imported = resolvedModule && project.getSourceFile(resolvedModule.resolvedFileName);
      if (imported) importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  return importers;
}

/** The problems that are more often there than before. */
function added(before: readonly Diagnostic[], after: readonly Diagnostic[]): TypeProblem[] {
  const counts = new Map<string, number>();
  for (const problem of before) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  return after.filter((problem) => {
    const left = counts.get(keyOf(problem)) ?? 0;
    counts.set(keyOf(problem), left - 1);
    return left <= 0;
  }).map((problem) => ({ file: problem.getSourceFile()?.getFilePath() ?? '', message: sentenceOf(problem.compilerObject.messageText) }));
}

function keyOf(problem: Diagnostic): string {
  return `${problem.getCode()} ${sentenceOf(problem.compilerObject.messageText)}`;
}

/** Cannot find a module or its types (but for a file of the project itself), or names that a package declares. */
function isAboutMissingDependency(problem: Diagnostic): boolean {
  const code = problem.getCode();
  if (code === 2307 || code === 2792) return !/'\.{1,2}\//u.test(sentenceOf(problem.compilerObject.messageText));
  return MISSING_TYPES.has(code);
}

/** Type definitions that `types` asks for; names of Node, jQuery, a test runner; the JSX runtime. */
const MISSING_TYPES = new Set([2688, 2580, 2591, 2581, 2592, 2582, 2593, 2875, 7026]);
