import type { HookTool } from './hook-tool.js';
import { husky } from './husky.js';
import { lefthook } from './lefthook.js';
import { lintStaged } from './lint-staged.js';
import { preCommit } from './pre-commit.js';
import { simpleGitHooks } from './simple-git-hooks.js';

/** The first that a project uses is given the step: lint-staged is run by one of the others, and gives us less to see. */
export const HOOK_TOOLS: readonly HookTool[] = [husky, lefthook, simpleGitHooks, preCommit, lintStaged];
