import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import * as svelteParser from 'svelte-eslint-parser';
import { describe, expect, it } from 'vitest';
import vueParser from 'vue-eslint-parser';
import { leakproof } from '../cli/leakproof.js';
import { leakyClass } from '../cli/samples.js';
import { temporaryFolder } from '../support/folder.js';
import { ENGINES, plugin, type Engine } from './lint.js';

const VUE = `<template>
  <p>{{ now }}</p>
</template>

<script lang="ts">
export default {
  data: () => ({ now: 0 as number }),
  mounted() {
    setInterval(() => { this.now += 1; }, 1000);
  },
  beforeUnmount() {
    console.log('gone');
  },
};
</script>
`;
const VUE_TIDY = VUE.replace('    setInterval(', '    this.timer = setInterval(').replace("console.log('gone')", 'clearInterval(this.timer)');

const SVELTE = `<script lang="ts">
  const socket: WebSocket = new WebSocket('wss://example.com');
  const seen = new Map<string, number>();
${leakyClass().replaceAll('export class', 'class').replaceAll(/^(?=.)/gmu, '  ')}
  socket.onmessage = ({ data }) => new Poller(seen.set(data, 1));
</script>

<p>{seen.size}</p>
`;

describe.each(Object.keys(ENGINES) as Engine[])('the script of a component, in %s', (engine) => {
  async function lint(file: string, text: string): Promise<Linter.LintMessage[]> {
    const parserOptions = { parser: typescriptParser };
    const eslint = new ENGINES[engine]({
      overrideConfigFile: true,
      overrideConfig: [
        { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions } },
        { files: ['**/*.svelte'], languageOptions: { parser: svelteParser, parserOptions } },
        plugin.configs.recommended,
      ],
    });
    return (await eslint.lintText(text, { filePath: file }))[0]?.messages ?? [];
  }

  it('is judged in Vue, at its place in the file', async () => {
    expect(await lint('Clock.vue', VUE)).toMatchObject([{ ruleId: 'leakproof/no-untracked-timer', line: 9, column: 5 }]);
    expect(await lint('Clock.vue', VUE_TIDY)).toEqual([]);
  });

  it('is judged in Svelte, at its place in the file', async () => {
    expect(await lint('Feed.svelte', SVELTE)).toMatchObject([{ ruleId: 'leakproof/no-untracked-timer', line: 6, column: 7 }]);
  });
});

describe('the command', () => {
  const folder = temporaryFolder();

  it('skips components and counts them', async () => {
    folder.write({ 'Clock.vue': VUE, 'Feed.svelte': SVELTE, 'a.ts': 'export {};\n' });
    const { status, stdout, stderr } = await leakproof(folder, 'scan', '.');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('2 .vue or .svelte files were skipped');
  });
});
