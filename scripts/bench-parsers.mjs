// Does to the files that a scan of a folder reads what other tools must do before any work of theirs, and nothing else:
//   jscodeshift: parses and prints them, without a change between;
//   ts-morph: loads them into one project.
import jscodeshift from 'jscodeshift';
import { Project } from 'ts-morph';
import { filesOf } from './bench-files.mjs';

const [folder, tool] = process.argv.slice(2);
let files = 0;
let failed = 0;
if (tool === 'jscodeshift') {
  for (const { file, text } of filesOf(folder)) {
    files += 1;
    try {
      jscodeshift.withParser(/\.[cm]?ts$/.test(file.name) ? 'ts' : 'tsx')(text).toSource();
    } catch {
      failed += 1;
    }
  }
} else {
  const project = new Project({ compilerOptions: { allowJs: true }, skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  for (const { file, text } of filesOf(folder)) {
    files += 1;
    project.createSourceFile(file.path, text, { overwrite: true });
  }
}
console.log(JSON.stringify({ files, failed }));
