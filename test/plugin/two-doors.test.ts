import { expect, it } from 'vitest';
import { sourcesBelow, throughCommand, throughLinter } from './two-doors.js';

const sources = sourcesBelow('demo', 'test/cases', 'test/codemods', 'rules', 'src/cli', 'src/plugin');
const scripts = [...sources, ...sourcesBelow('node_modules/commander', 'node_modules/recast/lib')].filter((path) => path.endsWith("js"));

it('command and plugin find the same in TypeScript', () => {
  let findings = 0;
  for (const path of sources) {
    const found = throughCommand(path);
    expect(throughLinter(path, 'typescript-eslint').sort(), path).toEqual(found?.sort());
    findings += found?.length ?? 0;
  }
  expect(findings).toBeGreaterThan(10);
});

it('command and plugin find the same in JavaScript, whatever the parser', () => {
  expect(scripts).not.toEqual([]);
  for (const path of scripts) {
    const found = throughCommand(path)?.sort();
    for (const parser of ['espree', 'typescript-eslint'] as const) expect(throughLinter(path, parser).sort(), `${path} with ${parser}`).toEqual(found);
  }
});

it('the parser without TypeScript makes no difference', () => {
  for (const path of sourcesBelow('demo', 'test/cases')) expect(throughLinter(path, 'own').sort(), path).toEqual(throughCommand(path)?.sort());
});
