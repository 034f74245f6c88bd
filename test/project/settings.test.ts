import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CODEMOD_IDS } from '../../src/codemod/codemod.js';
import { RULE_IDS } from '../../src/core/index.js';
import { isAllowed } from '../../src/project/allow.js';
import { NO_SETTINGS, readSettings } from '../../src/project/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leakproof-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function settings(value: unknown, file = 'leakproof.json') {
  writeFileSync(join(folder, file), typeof value === 'string' ? value : JSON.stringify(value));
  return readSettings(folder);
}

describe('readSettings', () => {
  it('has defaults', () => {
    expect(readSettings(folder)).toBe(NO_SETTINGS);
    expect(settings({})).toEqual(NO_SETTINGS);
  });

  it('reads all keys', () => {
    const timer = { id: 'interval', acquire: ['poll'], release: ['stopPolling'] };
    expect(
      settings({
        $schema: './schema.json',
        rules: {
          'no-untracked-timer': 'likely',
          'no-unbounded-collection': { allow: ['cache', '/^known/'] },
          'no-partial-exit-handler': 'off',
        },
        cleanupFunctions: ['drop'],
        timers: [timer],
        resources: [{ id: 'channel', acquire: ['new Channel', 'pool.acquire'], release: ['close'] }],
        ignore: ['legacy/'],
        codemods: { use: ['track-timers'], review: true, ttl: '30m', sweepEvery: '1 minute', limit: 500, useLruCache: true },
      }),
    ).toEqual({
      rules: new Map([
        ['no-untracked-timer', { level: 'likely', allow: [] }],
        ['no-unbounded-collection', { level: 'certain', allow: ['cache', '/^known/'] }],
        ['no-partial-exit-handler', { level: 'off', allow: [] }],
      ]),
      cleanupFunctions: ['drop'],
      timers: [timer],
      resources: [{ id: 'channel', noun: 'channel', acquire: [{ name: 'Channel', isNew: true }, { name: 'pool.acquire', isNew: false }], release: ['close'], isOwn: true }],
      ignore: ['legacy/'],
      codemods: { use: ['track-timers'], review: true, ttl: 1_800_000, sweepEvery: 60_000, limit: 500, useLruCache: true },
    });
  });

  it('reads the key of package.json', () => {
    expect(settings({ name: 'x', leakproof: { ignore: ['a'] } }, 'package.json').ignore).toEqual(['a']);
    expect(settings({ name: 'x' }, 'package.json')).toBe(NO_SETTINGS);
    expect(settings('{', 'package.json')).toBe(NO_SETTINGS);
  });

  it('refuses settings in two places', () => {
    settings({ leakproof: {} }, 'package.json');
    expect(() => settings({})).toThrow('Settings stand both in leakproof.json and in package.json under "leakproof"; keep one of them.');
  });

  const mistakes: [unknown, string][] = [
    ['{', 'leakproof.json is not valid JSON:'],
    ['{\n  "rules": {},\n}\n', ' at line 3, column 1.'],
    [[], 'leakproof.json must be an object.'],
    [{ rule: {} }, 'leakproof.json: "rule" is no setting; known are rules, cleanupFunctions, timers, resources, ignore, codemods.'],
    [{ rules: { 'no-leak': 'off' } }, 'leakproof.json: "rules.no-leak" is no rule; the rules are no-untracked-timer,'],
    [{ rules: { 'no-untracked-timer': 'error' } }, '"rules.no-untracked-timer" must be "off", "certain" or "likely".'],
    [{ rules: { 'no-untracked-timer': 2 } }, 'must be "off", "certain" or "likely", or an object'],
    [{ rules: { 'no-untracked-timer': { confidence: 'off' } } }, '"rules.no-untracked-timer.confidence" must be "certain" or "likely".'],
    [{ rules: { 'no-untracked-timer': { allow: 'x' } } }, '"rules.no-untracked-timer.allow" must be a list of strings.'],
    [{ rules: { 'no-untracked-timer': { allow: ['/(/'] } } }, 'holds "/(/", which is not a valid regular expression.'],
    [{ cleanupFunctions: [1] }, '"cleanupFunctions" must be a list of strings.'],
    [{ timers: {} }, '"timers" must be a list.'],
    [{ timers: [{ id: 'interval' }] }, '"timers[0]" needs the keys "id", "acquire" and "release".'],
    [{ timers: [{ id: 'cron', acquire: ['a'], release: ['b'] }] }, '"timers[0].id" must be "timeout" or "interval".'],
    [{ resources: [{ id: 'channel', acquire: ['open'] }] }, '"resources[0]" needs the keys "id", "acquire" and "release".'],
    [{ resources: [{ id: 1 }] }, '"resources[0].id" must be a string that is not empty.'],
    [{ codemods: { review: 'yes' } }, '"codemods.review" must be true or false.'],
    [{ codemods: { toString: true } }, '"codemods.toString" is no setting; known are use, review, ttl, sweepEvery, limit, useLruCache.'],
    [{ codemods: { ttl: '30' } }, '"codemods.ttl" must be a duration with a unit, as "30m" or "90 s".'],
    [{ codemods: { sweepEvery: '-1m' } }, '"codemods.sweepEvery" must be a duration'],
    [{ codemods: { limit: 0 } }, '"codemods.limit" must be a whole number of at least 1.'],
  ];
  it.each(mistakes)('refuses %j in one sentence', (value, sentence) => {
    expect(() => settings(value)).toThrow(sentence);
  });
});

describe('isAllowed', () => {
  const items = { symbol: 'items', owner: 'Store' };

  it.each([['items'], ['Store.items'], ['/^it/'], ['/store/i']])('takes %s', (entry) => {
    expect(isAllowed(items, [entry])).toBe(true);
  });

  it.each([['item'], ['Other.items'], ['/^em/'], ['/ITEMS/']])('leaves %s', (entry) => {
    expect(isAllowed(items, [entry])).toBe(false);
  });

  it.each([['ask().setTimeout'], ['ask.setTimeout'], ['/^ask\\(\\)/']])('takes %s for what a function starts', (entry) => {
    expect(isAllowed({ symbol: 'setTimeout', owner: 'ask()' }, [entry])).toBe(true);
    expect(isAllowed({ symbol: 'setTimeout', owner: 'answer()' }, [entry])).toBe(false);
  });
});

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schema/leakproof.schema.json', import.meta.url), 'utf8')) as {
    properties: Record<string, { properties: Record<string, { items: { enum: string[] } }> }>;
  };

  it('knows the same keys, rules and codemods', () => {
    expect(Object.keys(schema.properties)).toEqual(['$schema', ...Object.keys(NO_SETTINGS)]);
    expect(Object.keys(schema.properties['rules']?.properties ?? {})).toEqual([...RULE_IDS]);
    expect(schema.properties['codemods']?.properties['use']?.items.enum).toEqual([...CODEMOD_IDS]);
  });
});
