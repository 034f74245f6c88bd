/**
 * Which part of the project may import which: data for the lint config and for
 * the test that holds it against the tree. A part's own folder is always allowed.
 */

export const PARTS = {
  core: 'src/core',
  project: 'src/project',
  codemod: 'src/codemod',
  plugin: 'src/plugin',
  cli: 'src/cli',
  rules: 'rules',
  codemods: 'codemods',
};

/** The command, which is not here, may import everything. */
export const LAYERS = [
  { part: 'core', open: [], pure: true },
  { part: 'rules', open: ['core'], pure: true },
  { part: 'project', open: ['core'] },
  { part: 'codemod', open: ['core', 'project'] },
  { part: 'codemods', open: ['core', 'codemod'] },
  { part: 'plugin', open: ['core', 'rules'], doors: { project: ['allow', 'data-shape', 'kept-settings', 'line-index', 'parse', 'project-index', 'settings'], codemod: ['codemod', 'line-ends', 'plan'], codemods: ['all', 'suggestions/all'] } },
];

/** Anything that reads files, prints, or belongs to one parser or linter. */
export const IMPURE_PACKAGES = ['eslint', 'typescript', 'ts-morph', 'jscodeshift', 'oxc-parser', 'node:*'];

/** The closed parts of a layer, each with the expression that its import paths match. */
export function closedParts({ part, open, doors = {} }) {
  return Object.keys(PARTS)
    .filter((other) => other !== part && !open.includes(other))
    .map((other) => {
      const door = doors[other] ? `(?!(?:${doors[other].join('|')})\\.js$)` : '';
      return { part: other, regex: `^\\.\\.?/(?:.*/)?${PARTS[other].split('/').at(-1)}/${door}` };
    });
}
