import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Region, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../../src/core/index.js';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof, scanJson } from '../leakproof.js';
import { CLEAN, leakyClass } from '../samples.js';
import { ODD, ODD_CODE } from './odd-names.js';

const folder = temporaryFolder();

// The schema of the standard, as Microsoft publishes it for tests.
const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new AjvDraft4.default({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

async function sarifOf(...args: string[]): Promise<{ log: Log; results: readonly Result[] }> {
  const { stdout } = await leakproof(folder, 'scan', '--format', 'sarif', ...args);
  const log = JSON.parse(stdout) as Log;
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return { log, results: log.runs[0]?.results ?? [] };
}

describe('SARIF', () => {
  it('fits the schema, also where nothing leaks', async () => {
    folder.write({ 'a.ts': CLEAN });
    expect((await sarifOf()).results).toEqual([]);
    folder.write({ 'a.ts': leakyClass(), [ODD.file]: ODD_CODE, 'broken.ts': 'const = 1;' });
    const { log, results } = await sarifOf('--confidence', 'likely', '.', ODD.file);
    expect(results.length).toBeGreaterThan(1);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('broken.ts');
  });

  it('refuses what is no SARIF', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  it('places findings by relative addresses, whose base is the root', async () => {
    folder.write({ [ODD.file]: leakyClass() });
    const { log, results } = await sarifOf('src');
    const place = results[0]?.locations?.[0]?.physicalLocation;
    expect(place).toMatchObject({ artifactLocation: { uriBaseId: '%SRCROOT%' }, region: { startLine: 3, startColumn: 5, endLine: 3 } });
    const base = log.runs[0]?.originalUriBaseIds?.['%SRCROOT%']?.uri ?? '';
    const uri = place?.artifactLocation?.uri ?? '';
    expect(uri).toMatch(/^src\/[\w%.()!*'-]+$/);
    expect(fileURLToPath(new URL(uri, base))).toBe(`${folder.path}/${ODD.file}`);
  });

  it('says the same as JSON', async () => {
    folder.write({ 'a.ts': leakyClass(), 'b.ts': leakyClass('B').replace('setInterval', 'setTimeout').replace('60_000', '5_000') });
    const { findings } = await scanJson(folder, '--confidence', 'likely');
    const { log, results } = await sarifOf('--confidence', 'likely');
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning']);
    expect(results.map(({ partialFingerprints }) => partialFingerprints?.['leakproof/v1'])).toEqual(findings.map(({ fingerprint }) => fingerprint));
    expect(results.map(({ codeFlows }) => codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location?.message?.text))).toEqual(findings.map(({ reasons }) => reasons.map(({ text }) => text)));
    expect(results.map(({ relatedLocations }) => relatedLocations?.map(({ physicalLocation }) => physicalLocation?.region?.startLine))).toEqual(findings.map(({ related }) => related.map(({ line }) => line)));
    for (const { ruleId, ruleIndex } of results) expect(log.runs[0]?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  it('describes every rule, with its page', async () => {
    folder.write({ 'a.ts': CLEAN });
    const rules = (await sarifOf()).log.runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id).sort()).toEqual([...RULE_IDS].sort());
    for (const { id, help, shortDescription, helpUri } of rules) {
      expect(help?.markdown).toContain(`# ${id}\n`);
      expect(shortDescription?.text).toMatch(/^[A-Z].+\.$/);
      expect(helpUri).toContain(id);
    }
  });

  it('marks what is suppressed', async () => {
    folder.write({
      'a.ts': `/* eslint-disable leakproof/no-untracked-timer -- one for the process */\n${leakyClass()}`,
      'b.ts': leakyClass('B'),
      'eslint-suppressions.json': JSON.stringify({ 'b.ts': { 'leakproof/no-untracked-timer': { count: 1 } } }),
    });
    const { results } = await sarifOf();
    expect(results.map(({ suppressions }) => suppressions)).toMatchObject([
      [{ kind: 'inSource', status: 'accepted', justification: 'eslint-disable: one for the process' }],
      [{ kind: 'external', status: 'accepted', justification: 'eslint-suppressions.json' }],
    ]);
  });

  it.each([
    ['lines that end as in Unix', (text: string) => text],
    ['lines that end as in Windows, and a byte order mark', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['characters of two units', (text: string) => text.replace('    setInterval', "    void '😀'; setInterval")],
  ])('has a fix that changes the file as leakproof fix does: %s', async (_name, change) => {
    const code = change(leakyClass());
    folder.write({ 'a.ts': code });
    const { results } = await sarifOf();
    const [fix] = results[0]?.fixes ?? [];
    expect(fix?.artifactChanges[0]?.artifactLocation.uri).toBe('a.ts');
    const fixed = applied(code, (fix?.artifactChanges[0]?.replacements ?? []).map(({ deletedRegion, insertedContent }) => ({ region: deletedRegion, text: insertedContent?.text ?? '' })));
    expect((await leakproof(folder, 'fix', '--write', '--allow-dirty')).status).toBe(0);
    expect(fixed).not.toBe(code);
    expect(folder.read('a.ts')).toBe(fixed);
  });

  it('has no fix where there is no repair', async () => {
    folder.write({ 'a.ts': leakyClass().replace('  close(): void {}\n', '  close(): void {}\n  close(): void {}\n') });
    const { findings } = await scanJson(folder);
    const { results } = await sarifOf();
    expect(results.map(({ fixes }) => fixes !== undefined)).toEqual(findings.map(({ repair }) => 'codemod' in repair));
  });
});

/** Makes the replacements of a fix, as a viewer does: lines and columns of the text without its byte order mark. */
function applied(code: string, replacements: readonly { readonly region: Region; readonly text: string }[]): string {
  const mark = code.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = code.slice(mark.length);
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map((end) => end.index + end[0].length)];
  const offset = (line = 1, column = 1): number => (starts[line - 1] ?? NaN) + column - 1;
  const edits = replacements.map(({ region, text: inserted }) => ({ start: offset(region.startLine, region.startColumn), end: offset(region.endLine, region.endColumn), inserted }));
  let result = text;
  for (const { start, end, inserted } of edits.sort((left, right) => right.start - left.start)) result = result.slice(0, start) + inserted + result.slice(end);
  return mark + result;
}
