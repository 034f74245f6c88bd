import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { CODEMOD_IDS } from '../../../src/codemod/codemod.js';
import { RULE_IDS } from '../../../src/core/index.js';
import { temporaryFolder } from '../../support/folder.js';
import { scanJson } from '../leakproof.js';
import { leakyClass } from '../samples.js';
import { ODD, ODD_CODE } from './odd-names.js';

const folder = temporaryFolder();

interface Schema {
  readonly properties: { readonly suppressed: { readonly items: { readonly properties: object } } };
  readonly definitions: { readonly finding: { readonly properties: object }; readonly rule: { readonly enum: string[] }; readonly repair: { readonly oneOf: readonly { readonly properties: { readonly codemod?: { readonly enum: string[] } } }[] } };
}

const schema = JSON.parse(readFileSync(new URL('../../../schema/report.schema.json', import.meta.url), 'utf8')) as Schema;
const isReport = new Ajv({ allErrors: true, strict: true }).compile(schema);

it('fits the published schema', async () => {
  folder.write({
    'src/a.ts': leakyClass(),
    'src/b.ts': `/* eslint-disable leakproof/no-untracked-timer -- one for the process */\n${leakyClass('B')}`,
    'src/broken.ts': 'const = 1;',
    'src/likely.ts': leakyClass('C').replace('setInterval', 'setTimeout').replace('60_000', '5_000'),
    [ODD.file]: ODD_CODE,
  });
  const report = await scanJson(folder, '--confidence', 'likely', 'src');
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  expect([report.findings.length > 2, report.suppressed.length, report.skipped.length]).toEqual([true, 1, 1]);
  expect(new Set(report.findings.map(({ confidence }) => confidence)).size).toBe(2);
});

it('fits no other shape', async () => {
  folder.write({ 'a.ts': leakyClass() });
  const report = await scanJson(folder);
  const [finding] = report.findings;
  expect(isReport({ ...report, findings: [{ ...finding, line: 0 }] })).toBe(false);
  expect(isReport({ ...report, findings: [{ ...finding, repair: {} }] })).toBe(false);
  expect(isReport({ ...report, findings: [{ ...finding, extra: 1 }] })).toBe(false);
});

it('has a schema that knows all rules and codemods', () => {
  expect(schema.definitions.rule.enum).toEqual(RULE_IDS);
  expect(schema.definitions.repair.oneOf[0]?.properties.codemod?.enum).toEqual(CODEMOD_IDS);
  expect(Object.keys(schema.properties.suppressed.items.properties)).toEqual([...Object.keys(schema.definitions.finding.properties), 'by', 'reason']);
});
