import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { HOOK_TOOLS } from '../../src/cli/init/hooks/all.js';
import { stepFor, withStep } from '../../src/cli/init/workflow.js';
import { readJsonObject } from '../../src/cli/json-text.js';

const page = readFileSync(new URL('../../docs/adopt.md', import.meta.url), 'utf8');
/** What stands in the page between fences, by what follows the heading of a tool. */
const blockAfter = (words: string): string => /```\w+\n([^]*?)```/.exec(page.slice(page.indexOf(words)))?.[1] ?? '';
const STEP = 'npx --no leakproof scan --staged';

/** What `init` makes of the hook file of a tool. */
function edited(files: Readonly<Record<string, string>>): string {
  const folder = { has: (name: string) => name in files, manifest: readJsonObject(files['package.json'] ?? '{}') ?? {} };
  const place = HOOK_TOOLS.map((tool) => tool.find(folder, STEP)).find(Boolean);
  const outcome = place?.edit(files[place.file] ?? '');
  return typeof outcome === 'object' && 'edited' in outcome ? outcome.edited : '';
}

it('shows for each hook tool what init writes', () => {
  expect(blockAfter('**husky**')).toBe(edited({ '.husky': '' }));
  expect(blockAfter('**lefthook**')).toBe(edited({ 'lefthook.yml': '' }));
  expect(readJsonObject(blockAfter('**simple-git-hooks**'))).toEqual(readJsonObject(edited({ 'package.json': '{"simple-git-hooks": {}}' })));
  expect(readJsonObject(blockAfter('**lint-staged** appends'))).toEqual(readJsonObject(edited({ '.lintstagedrc.json': '{}' })));
  const other = { repo: 'local', hooks: [] };
  const config = parse(edited({ '.pre-commit-config.yaml': `repos:\n- ${JSON.stringify(other)}\n` })) as { repos: unknown[] };
  expect(parse(blockAfter('**pre-commit**'))).toEqual({ repos: config.repos.slice(1) });
});

it('shows the step that init adds to a workflow', () => {
  const block = blockAfter('## GitHub Actions');
  expect(parse(block)).toEqual([stepFor('npx --no leakproof')]);
  expect(withStep(block, 'npx --no leakproof')).toBe('there');
});
