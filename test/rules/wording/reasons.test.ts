import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeReason } from '../../../rules/wording/reasons.js';

const CORE = fileURLToPath(new URL('../../../src/core/', import.meta.url));
/** Where a reason gets its code: the first argument of `evidence`, `doubt` and `idiom`, the second of `settle`, or a `code` of a record. */
const CODES = /\.(?:evidence|doubt|idiom)\(([^,]*),|\.settle\('\w+', ([^,]*),|\bcode: ([^,}]*)/g;

function codesIn(folder: string): string[] {
  return readdirSync(join(CORE, folder)).flatMap((file) => {
    const text = readFileSync(join(CORE, folder, file), 'utf8');
    return [...text.matchAll(CODES)].flatMap(([, ...written]) => written.filter(Boolean).flatMap((one) => [...one.matchAll(/'([\w-]+)'/g)].map((match) => match[1] ?? '')));
  });
}

const codes = [...new Set([...codesIn('judge'), ...codesIn('questions')])].sort();

describe('reasons', () => {
  it('are many, or this test looks in the wrong place', () => {
    expect(codes.length).toBeGreaterThan(40);
  });

  it.each(codes)('%s has words', (code) => {
    const names = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? name : undefined) });
    const text = describeReason({ code, effect: 'doubt', span: { start: 0, end: 0 }, names });
    expect(text).toMatch(/^\S.*[^.\s]$/);
    expect(text).not.toMatch(/\{|\}/);
  });

  it('without words are a defect', () => {
    expect(() => describeReason({ code: 'no-such-reason', effect: 'doubt', span: { start: 0, end: 0 }, names: {} })).toThrow("no words for the reason 'no-such-reason'");
  });
});
