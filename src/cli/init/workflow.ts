import { isObject } from '../json-text.js';
import { settled, type Outcome } from './outcome.js';
import { read, withYamlValue } from './yaml-text.js';
import { runsLeakproof } from './hooks/hook-tool.js';

/** A step of a job of GitHub Actions. */
interface Step {
  readonly name: string;
  readonly if: string;
  readonly run: string;
}

/**
 * A pull request is checked out as the merge that it would be, whose first
 * parent is the branch that it is for; one more commit of history shows it.
 */
export function stepFor(run: string): Step {
  return {
    name: 'Leaks that this pull request brings',
    if: "github.event_name == 'pull_request'",
    run: `git fetch --no-tags --deepen=1\n${run} scan --changed=HEAD^1 --format github\n`,
  };
}

/** Whether a workflow runs for pull requests and has a job that installs and lints. */
export function isForPullRequests(text: string): boolean {
  return findJob(text) !== undefined;
}

/** Adds the step to the job that lints pull requests, as its last. */
export function withStep(text: string, run: string): Outcome {
  const add = (before: string): Outcome => {
    if (runsLeakproof(before) || /uses:.*leakproof/u.test(before)) return 'there';
    const job = findJob(before);
    return job === undefined ? { refused: 'No job of it installs and lints.' } : withYamlValue(before, ['jobs', job, 'steps'], stepFor(run));
  };
  return settled(add(text), add);
}

const INSTALLS = /\b(?:npm (?:ci|install|i)\b|pnpm (?:install|i)\b|yarn(?: install)?(?: --\S+)*\s*$|bun (?:install|i)\b)/mu;
const LINTS = /\b(?:es|ox)?lint\b/u;

/** The first job that checks out, installs and lints. */
function findJob(text: string): string | undefined {
  const workflow = read(text);
  if (!isObject(workflow) || !isTriggeredByPullRequest(workflow['on']) || !isObject(workflow['jobs'])) return undefined;
  return Object.entries(workflow['jobs']).find(([, job]) => {
    const steps = isObject(job) && Array.isArray(job['steps']) ? (job['steps'] as unknown[]).filter(isObject) : [];
    const runs = steps.flatMap(({ run }) => (typeof run === 'string' ? run : []));
    return steps.some(isOwnCheckout) && runs.some((run) => INSTALLS.test(run)) && runs.some((run) => LINTS.test(run));
  })?.[0];
}

/** Whether a step checks out what the workflow runs for, and not another revision or repository. */
function isOwnCheckout({ uses, with: inputs }: Readonly<Record<string, unknown>>): boolean {
  return typeof uses === 'string' && uses.startsWith('actions/checkout@') && !(isObject(inputs) && ('ref' in inputs || 'repository' in inputs || 'path' in inputs));
}

function isTriggeredByPullRequest(on: unknown): boolean {
  if (typeof on === 'string') return on === 'pull_request';
  return Array.isArray(on) ? on.includes('pull_request') : isObject(on) && 'pull_request' in on;
}
