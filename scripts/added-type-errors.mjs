import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** TypeScript's number for a property that a type does not have. */
const NO_SUCH_PROPERTY = 2339;
/** Its numbers for an argument that fits no parameter. */
const NO_SUCH_ARGUMENT = /^TS(?:2345|2769):/;

/** Where the file under judgement is thought to lie, so that the types of Node are found. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const declarations = new Map();

/**
 * The errors that TypeScript finds in one text and did not find in the one
 * before it, each as `TS2304: Cannot find name …`. The file is checked alone,
 * with the libraries and the types of Node; what it imports otherwise is `any`.
 * JavaScript is checked, too, but not strictly, and may give anything a property.
 * Where the file itself hands something to a function whose types of today do
 * not take it (a `NodeJS.Timer` to `clearTimeout`), doing it once more is no
 * error of the repair: the types of its own day took it.
 */
export function addedTypeErrors(path, before, after) {
  const left = new Map();
  for (const error of errorsIn(path, before)) left.set(error, (left.get(error) ?? 0) + 1);
  return errorsIn(path, after).filter((error) => {
    if (NO_SUCH_ARGUMENT.test(error) && left.has(error)) return false;
    const count = left.get(error) ?? 0;
    left.set(error, count - 1);
    return count <= 0;
  });
}

function errorsIn(path, text) {
  const name = join(ROOT, `checked-${path}`);
  const isTyped = /\.[mc]?tsx?$/.test(path);
  const options = {
    noEmit: true, allowJs: true, checkJs: true, strict: isTyped, skipLibCheck: true, types: ['node'],
    target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, jsx: ts.JsxEmit.Preserve, allowImportingTsExtensions: true, experimentalDecorators: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...how) => {
    if (file === name) return ts.createSourceFile(file, text, how[0], true);
    if (!declarations.has(file)) declarations.set(file, read(file, ...how));
    return declarations.get(file);
  };
  host.fileExists = (file) => file === name || ts.sys.fileExists(file);
  host.resolveModuleNameLiterals = (literals, from) => literals.map(({ text: specifier }) => (from === name ? { resolvedModule: undefined } : ts.resolveModuleName(specifier, from, options, host)));
  const program = ts.createProgram([name], options, host);
  const file = program.getSourceFile(name);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].filter(({ code }) => isTyped || code !== NO_SUCH_PROPERTY).map(({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
