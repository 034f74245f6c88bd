import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { name as PACKAGE } from '../../plugin/package.js';
import { readJsonObject } from '../json-text.js';
import { CannotRun } from '../cannot-run.js';
import { Drafts } from './drafts.js';
import { FLAT_CONFIGS, withPreset } from './eslint-config.js';
import { HOOK_TOOLS } from './hooks/all.js';
import { withDependency } from './manifest.js';
import { OXLINT_CONFIG, withJsPlugin } from './oxlint-config.js';
import type { Outcome } from './outcome.js';
import { packageManagerOf } from './package-manager.js';
import { isForPullRequests, stepFor, withStep } from './workflow.js';

/** What a person is to do, since we cannot. */
export interface Advice {
  /** Sentences. */
  readonly text: string;
  /** What to write into a file, as it stands there. */
  readonly snippet?: string;
}

/** What would bring leakproof into a project. */
export interface Proposal {
  readonly drafts: Drafts;
  /** What is there already, as in `eslint.config.js`. */
  readonly there: readonly string[];
  readonly advice: readonly Advice[];
  /** Commands to run once the files are written. */
  readonly commands: readonly string[];
}

/**
 * Reads what a project lints, hooks and checks with, and makes the smallest
 * changes that bring leakproof in. Nothing of the project is run, and nothing written.
 *
 * @throws CannotRun if the folder has no package.json, or a broken one
 */
export function propose(root: string): Proposal {
  const proposer = new Proposer(root);
  proposer.addDependency();
  proposer.addLinter();
  proposer.addHook();
  proposer.addWorkflow();
  return proposer;
}

const LEGACY = ['js', 'cjs', 'yaml', 'yml', 'json'].map((extension) => `.eslintrc.${extension}`).concat('.eslintrc');
const OXLINT_PROGRAMS = ['ts', 'mts', 'js', 'mjs'].map((extension) => `oxlint.config.${extension}`);
const WORKFLOWS = '.github/workflows';

class Proposer implements Proposal {
  readonly drafts: Drafts;
  readonly there: string[] = [];
  readonly advice: Advice[] = [];
  readonly commands: string[] = [];
  readonly #manifest: Readonly<Record<string, unknown>>;
  readonly #manager: ReturnType<typeof packageManagerOf>;

  constructor(private readonly root: string) {
    this.drafts = new Drafts(root);
    const text = this.drafts.read('package.json');
    if (text === undefined) throw new CannotRun('There is no package.json in this folder; run init where the dependencies are named.');
    const manifest = readJsonObject(text);
    if (!manifest) throw new CannotRun('Cannot read package.json: it is not a JSON object.');
    this.#manifest = manifest;
    this.#manager = packageManagerOf(manifest['packageManager'], (file) => this.drafts.has(file));
  }

  addDependency(): void {
    if (this.#edit('package.json', withDependency)) this.commands.push(this.#manager.install);
  }

  addLinter(): void {
    const flat = FLAT_CONFIGS.find((file) => this.drafts.has(file));
    const oxlint = [OXLINT_CONFIG, ...OXLINT_PROGRAMS].find((file) => this.drafts.has(file));
    const legacy = LEGACY.find((file) => this.drafts.has(file)) ?? ('eslintConfig' in this.#manifest ? 'package.json' : undefined);
    if (flat !== undefined) {
      const snippet = `import leakproof from '${PACKAGE}';\n// and in the list of configs:\nleakproof.configs.recommended,`;
      this.#edit(flat, (text) => withPreset(flat, text), snippet);
      if (oxlint !== undefined) this.advice.push({ text: `${oxlint} is left as it is: one of the two linters is enough.` });
    } else if (oxlint === OXLINT_CONFIG) {
      this.#edit(OXLINT_CONFIG, withJsPlugin);
    } else if (oxlint !== undefined) {
      this.advice.push({ text: `${oxlint} is a program, which is not run to be read. Add to it:`, snippet: `jsPlugins: ['${PACKAGE}'],\nrules: { 'leakproof/no-untracked-timer': 'error' }, // and the other rules` });
    } else if (legacy !== undefined) {
      this.advice.push({ text: `${legacy} holds a config of the old form, in which the plugin has no preset. \`npx @eslint/migrate-config ${legacy}\` makes a flat one; run init again after it. The command and the hook need no ESLint.` });
    } else {
      this.advice.push({ text: 'There is no config of ESLint or oxlint here; the command needs none.' });
    }
  }

  addHook(): void {
    const step = `${this.#manager.run} scan --staged`;
    const folder = { has: (name: string) => this.drafts.has(name), manifest: this.#manifest };
    for (const tool of HOOK_TOOLS) {
      const place = tool.find(folder, step);
      if (!place) continue;
      if (this.#edit(place.file, place.edit, place.snippet) && place.activate !== undefined) this.commands.push(place.activate);
      return;
    }
    this.advice.push({ text: 'There is no hook tool here that we know. A hook of git, .git/hooks/pre-commit, does it too, made executable:', snippet: `#!/bin/sh\n${step}` });
  }

  addWorkflow(): void {
    const files = this.drafts.has(WORKFLOWS) ? readdirSync(join(this.root, WORKFLOWS)).filter((name) => /\.ya?ml$/u.test(name)).sort() : [];
    const paths = files.map((name) => `${WORKFLOWS}/${name}`);
    const known = paths.find((file) => withStep(this.drafts.read(file) ?? '', this.#manager.run) === 'there');
    const file = known ?? paths.find((path) => isForPullRequests(this.drafts.read(path) ?? ''));
    if (file !== undefined) {
      const { name, if: condition, run } = stepFor(this.#manager.run);
      const snippet = [`- name: ${name}`, `  if: ${condition}`, '  run: |', ...run.trimEnd().split('\n').map((line) => `    ${line}`)].join('\n');
      this.#edit(file, (text) => withStep(text, this.#manager.run), snippet);
    } else if (paths.length > 0) {
      this.advice.push({ text: `No workflow of ${WORKFLOWS} lints pull requests in a job that we know. A step for one that installs the dependencies:`, snippet: `- run: ${this.#manager.run} scan --format github` });
    }
  }

  /** Edits a file, or says why not. True if it is to be changed. */
  #edit(file: string, edit: (text: string) => Outcome, snippet?: string): boolean {
    const outcome = this.drafts.edit(file, edit);
    if (outcome === 'there') this.there.push(file);
    else if ('refused' in outcome) this.advice.push({ text: `${file} is left as it is. ${outcome.refused}${snippet === undefined ? '' : ' Add to it:'}`, ...(snippet !== undefined && { snippet }) });
    return typeof outcome === 'object' && 'edited' in outcome;
  }
}
