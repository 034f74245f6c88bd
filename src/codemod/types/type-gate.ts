import { dirname } from 'node:path';
import { nameOf } from '../../project/discover.js';
import { keepPassing } from '../keep-passing.js';
import { findConfigs, type Unchecked } from './config.js';
import { findMissingDependency } from './installed.js';
import { TypedProject, type TypeProblem } from './typed-project.js';

/** A file with repairs. */
export interface Candidate {
  /** Absolute. */
  readonly path: string;
  /** Of its repairs, in their order; a repair that writes several files has the same id in all of them. */
  readonly ids: readonly string[];
  /** The file's text with some of the repairs, of which it may not have all. */
  textWith(ids: readonly string[]): string;
}

/** What the compiler says of a file's repairs. */
export type TypeVerdict = Unchecked | {
  /** Repairs that add an error, by id, each with the error. */
  readonly guilty: ReadonlyMap<string, string>;
};

/**
 * Asks the compiler about repairs: which of them bring errors that were not
 * there, in their own file or in one that imports it. The bundled compiler of
 * ts-morph is asked, whatever version the project uses.
 *
 * @param root absolute; no tsconfig outside of it is read
 */
export async function checkTypes<File extends Candidate>(candidates: readonly File[], root: string): Promise<Map<File, TypeVerdict>> {
  const verdicts = new Map<File, TypeVerdict>();
  const opened = new Map<string, TypedProject>();
  const byProject = new Map<TypedProject, File[]>();
  for (const candidate of candidates) {
    const project = projectOf(candidate.path, root, opened);
    const unchecked = project instanceof TypedProject ? project.whyUnchecked(candidate.path) : project;
    if (unchecked) verdicts.set(candidate, unchecked);
    else if (project instanceof TypedProject) byProject.set(project, [...(byProject.get(project) ?? []), candidate]);
  }
  for (const [project, files] of byProject) {
    const guilty = await findGuilty(project, files, candidates.filter(({ path }) => project.has(path)), root);
    for (const file of files) verdicts.set(file, { guilty: guilty.get(file) ?? new Map<string, string>() });
  }
  return verdicts;
}

function projectOf(path: string, root: string, opened: Map<string, TypedProject>): TypedProject | Unchecked {
  const configs = findConfigs(path, root);
  if ('why' in configs) return configs;
  // Asked before the files are read, which takes long.
  const missing = findMissingDependency(dirname(path), root);
  if (missing !== undefined) return { why: `${missing} is not installed` };
  for (const config of configs) {
    const project = opened.get(config.path) ?? new TypedProject(config);
    opened.set(config.path, project);
    if (project.has(path)) return project;
  }
  return { why: 'no tsconfig.json includes it' };
}

/**
 * The repairs without which there is no new error, by file, each with the error that spoke against it.
 *
 * @param files whose repairs are judged
 * @param changed all files of the project that have repairs, some of which another project judges
 */
async function findGuilty(project: TypedProject, files: readonly Candidate[], changed: readonly Candidate[], root: string): Promise<Map<Candidate, Map<string, string>>> {
  const ids = [...new Set(files.flatMap((file) => file.ids))];
  const objections = new Map<string, string>();
  const passing = await keepPassing(ids, (part) => {
    const [problem] = project.newProblems(new Map(changed.map((file) => [file.path, file.textWith(part)])));
    const last = part.at(-1);
    const file = files.find((one) => last !== undefined && one.ids.includes(last));
    // Of the parts that fail, the last one that ends in a guilty repair fails because of it.
    if (problem && last !== undefined && file) objections.set(last, wordsFor(problem, file, root));
    return !problem;
  });
  const guilty = ids.filter((id) => !passing.includes(id));
  const why = (id: string): string => objections.get(id) ?? 'The repaired code has a type error that was not there.';
  return new Map(files.map((file) => [file, new Map(guilty.filter((id) => file.ids.includes(id)).map((id) => [id, why(id)]))]));
}

function wordsFor({ file, message }: TypeProblem, { path }: Candidate, root: string): string {
  const elsewhere = file !== '' && nameOf(root, file) !== nameOf(root, path) ? ` in ${nameOf(root, file)}` : '';
  return `The repaired code has a type error that was not there${elsewhere}: ${message}.`;
}
