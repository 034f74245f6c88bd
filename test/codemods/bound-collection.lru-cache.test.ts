import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundCollection, codemods } from '../../codemods/index.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { objectionToLruCache } from '../../src/codemod/lru-cache.js';
import { readWith } from '../../src/codemod/read-text.js';
import { repairFile, type FileRepair } from '../../src/codemod/run.js';
import { DEFAULT_SETTINGS, type Outside } from '../../src/core/index.js';

const MODULE_BEFORE = `import { bus, digestOf } from './bus.js';

const digestCache = new Map<string, string>();

bus.on('file', ({ fileId, text }: { fileId: string; text: string }) => {
  digestCache.set(fileId, digestOf(text));
});

export function findDigest(fileId: string): string | undefined {
  return digestCache.get(fileId);
}
`;
const MODULE_AFTER = `import { bus, digestOf } from './bus.js';
import { LRUCache } from 'lru-cache';

const MAX_DIGEST_CACHE_ENTRIES = 1000;

const digestCache = new LRUCache<string, string>({ max: MAX_DIGEST_CACHE_ENTRIES });

bus.on('file', ({ fileId, text }: { fileId: string; text: string }) => {
  digestCache.set(fileId, digestOf(text));
});

export function findDigest(fileId: string): string | undefined {
  return digestCache.get(fileId);
}
`;

const CLASS_BEFORE = `import { randomUUID } from "node:crypto";
import { LRUCache as Lru } from "lru-cache";
import { bus, type Page, render } from "./pages.js";

const RENDER_TIMEOUT_MS = 500;

class Pages {
    private readonly pageCache: Map<string, Page> = new Map();

    listen(): void {
        bus.on("page", (pageId: string) => {
            this.pageCache.set(randomUUID(), render(pageId, RENDER_TIMEOUT_MS));
        });
    }

    count(): number {
        return this.pageCache.size;
    }

    close(): void {
        new Lru({ max: 1 }).clear();
    }
}

export const pages = new Pages();
`;
const CLASS_AFTER = CLASS_BEFORE.replace('const RENDER_TIMEOUT_MS = 500;\n', 'const RENDER_TIMEOUT_MS = 500;\nconst MAX_PAGE_CACHE_ENTRIES = 1000;\n')
  .replace('pageCache: Map<string, Page> = new Map();', 'pageCache: Lru<string, Page> = new Lru({ max: MAX_PAGE_CACHE_ENTRIES });');

const COMMONJS_BEFORE = `'use strict'

const { bus, digestOf } = require('./bus')

// What was digested once is known.
const digestCache = new Map()

bus.on('file', ({ fileId, text }) => {
  digestCache.set(fileId, digestOf(text))
})

module.exports = { hasDigest: (fileId) => digestCache.has(fileId) }
`;
const COMMONJS_AFTER = `'use strict'

const { bus, digestOf } = require('./bus')
const { LRUCache } = require('lru-cache')

const MAX_DIGEST_CACHE_ENTRIES = 1000

// What was digested once is known.
const digestCache = new LRUCache({ max: MAX_DIGEST_CACHE_ENTRIES })

bus.on('file', ({ fileId, text }) => {
  digestCache.set(fileId, digestOf(text))
})

module.exports = { hasDigest: (fileId) => digestCache.has(fileId) }
`;

describe('bound-collection with lru-cache', () => {
  it.each([
    ['a constant of a module', 'a.ts', MODULE_BEFORE, MODULE_AFTER],
    ['a private field, by the name of an import that is there', 'a.ts', CLASS_BEFORE, CLASS_AFTER],
    ['a CommonJS module without semicolons', 'a.js', COMMONJS_BEFORE, COMMONJS_AFTER],
  ])('gives the expected text for %s, and nothing the second time', (_, path, before, after) => {
    expect(repair(path, before)).toMatchObject({ text: after, failed: [] });
    expect(repair(path, after)).toMatchObject({ text: after, changed: false });
  });

  it('keeps the line ends', () => {
    expect(repair('a.ts', MODULE_BEFORE.replaceAll('\n', '\r\n')).text).toBe(MODULE_AFTER.replaceAll('\n', '\r\n'));
  });

  it('takes a Map that a larger expression fills, since nothing has to be written there', () => {
    const before = MODULE_BEFORE.replace('  digestCache.set(fileId, digestOf(text));', '  return digestCache.set(fileId, digestOf(text)).size;');
    expect(repair('a.ts', before).text).toBe(MODULE_AFTER.replace('  digestCache.set(fileId, digestOf(text));', '  return digestCache.set(fileId, digestOf(text)).size;'));
  });

  it('wants a look, and says what is different', () => {
    const { repaired } = repair('a.ts', MODULE_BEFORE);
    expect(repaired).toMatchObject([{ safety: 'review', notes: ['digestCache now keeps 1000 entries and forgets what was not used for the longest time; --limit gives another number', 'a value of undefined is not kept'] }]);
  });

  it('is asked before a codemod that would do something else', () => {
    const { repaired: [without] } = repairFile({ path: 'a.ts', text: CLASS_BEFORE }, { codemods, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS });
    expect(without?.codemod).toBe('add-ttl-sweep');
    const { text } = repairFile({ path: 'a.ts', text: CLASS_BEFORE }, { codemods, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, values: { lruCache: {} } });
    expect(text).toBe(CLASS_AFTER);
  });

  it('trims by itself where nobody asks for it', () => {
    expect(repair('a.ts', MODULE_BEFORE, {}).text).not.toContain('lru-cache');
  });

  it('trims what is no Map, as without it', () => {
    const list = "import { bus } from './bus.js';\n\nconst errors: Error[] = [];\n\nbus.on('error', (error: Error) => {\n  errors.push(error);\n});\n";
    expect(repair('a.ts', list).text).toBe(repair('a.ts', list, {}).text);
  });

  it.each([
    ['the package does not depend on it', { lruCache: { objection: 'It is not there.' } }, MODULE_BEFORE, /^It is not there\.$/u],
    ['its order is looked at', undefined, `${MODULE_BEFORE}export const latest = () => [...digestCache.keys()].at(-1);\n`, /digestCache\.keys, which lru-cache answers in another order, or not at all/u],
    ['it is walked over', undefined, `${MODULE_BEFORE}export function all(): void { for (const [id] of digestCache) bus.emit(id); }\n`, /digestCache is used as a whole in line 12/u],
    ['each of its entries is told', undefined, `${MODULE_BEFORE}export const tell = () => { digestCache.forEach((digest) => bus.emit(digest)); };\n`, /digestCache\.forEach, which lru-cache/u],
    ['it is given away', undefined, `${MODULE_BEFORE}console.log(digestCache);\n`, /digestCache is used as a whole in line 12/u],
    ['it is exported', undefined, MODULE_BEFORE.replace('const digestCache', 'export const digestCache'), /Other files can reach digestCache/u],
    ['it starts with entries', undefined, MODULE_BEFORE.replace('new Map<string, string>()', "new Map<string, string>([['a', 'b']])"), /starts with entries/u],
    ['a value may be nothing by its type', undefined, MODULE_BEFORE.replace('Map<string, string>', 'Map<string, string | undefined>'), /string \| undefined.*may be nothing/u],
    ['a value is of any kind', undefined, MODULE_BEFORE.replace('Map<string, string>', 'Map<string, unknown>'), /unknown.*may be nothing/u],
    ['its type is not written as a Map', undefined, MODULE_BEFORE.replace('digestCache = new Map<string, string>()', 'digestCache: ReadonlyMap<string, string> & Map<string, string> = new Map()'), /type/u],
    ['its type stands in a comment', undefined, COMMONJS_BEFORE.replace('// What was digested once is known.', '/** @type {Map<string, string>} */'), /comment/u],
    ['its name is taken', undefined, `${MODULE_BEFORE}export class LRUCache {}\n`, /LRUCache is something else/u],
    ['its field is no private one', undefined, CLASS_BEFORE.replace('private readonly', 'readonly'), /Other code can reach pageCache/u],
    ['another object has a field of that name', undefined, `${CLASS_BEFORE}export const others = (all: { pageCache: Map<string, Page> }) => all.pageCache.keys();\n`, /pageCache\.keys/u],
    ['its field is taken out of the object', undefined, CLASS_BEFORE.replace('return this.pageCache.size;', 'const { pageCache } = this; return pageCache.size;'), /pageCache is used as a whole/u],
  ])('is refused where %s', (_, values, text, why) => {
    const { changed, refused } = repair(text === COMMONJS_BEFORE || text.includes('require(') ? 'a.js' : 'a.ts', text, values);
    expect(changed).toBe(false);
    expect(refused.map((one) => one.why)).toEqual([expect.stringMatching(why)]);
  });
});

describe('whether a package may import lru-cache', () => {
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'leakproof-lru-')); });
  afterEach(() => { rmSync(root, { recursive: true, force: true }); });

  const write = (files: Record<string, unknown>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
  };

  it.each(['^10.4.3', '~11.0.0', '11', '>=10', '12.x'])('it may with %s', (range) => {
    write({ 'package.json': { dependencies: { 'lru-cache': range } } });
    expect(objectionToLruCache(join(root, 'src/a.ts'), root)).toBeUndefined();
  });

  it.each([
    [{}, 'package.json does not list lru-cache among its dependencies; npm install lru-cache makes it one.'],
    [{ devDependencies: { 'lru-cache': '^11.0.0' } }, 'package.json does not list lru-cache among its dependencies; npm install lru-cache makes it one.'],
    [{ dependencies: { 'lru-cache': '^9.1.0' } }, 'package.json asks for lru-cache ^9.1.0, and not for version 10 or later.'],
    [{ dependencies: { 'lru-cache': '*' } }, 'package.json asks for lru-cache *, and not for version 10 or later.'],
    [{ dependencies: { 'lru-cache': '^7.0.0 || ^11.0.0' } }, 'package.json asks for lru-cache ^7.0.0 || ^11.0.0, and not for version 10 or later.'],
  ])('it may not with %j', (manifest, why) => {
    write({ 'package.json': manifest });
    expect(objectionToLruCache(join(root, 'a.ts'), root)).toBe(why);
  });

  it('is said by the package that owns the file, whatever those around it depend on', () => {
    write({ 'package.json': { dependencies: { 'lru-cache': '^11.0.0' } }, 'packages/api/package.json': { name: 'api' }, 'packages/web/src/package.json': { type: 'module' }, 'packages/web/package.json': { name: 'web', peerDependencies: { 'lru-cache': '>=11' } } });
    expect(objectionToLruCache(join(root, 'a.ts'), root)).toBeUndefined();
    expect(objectionToLruCache(join(root, 'packages/api/a.ts'), root)).toBe('packages/api/package.json does not list lru-cache among its dependencies; npm install lru-cache makes it one.');
    expect(objectionToLruCache(join(root, 'packages/web/src/a.ts'), root)).toBeUndefined();
  });

  it('is not known without a package.json', () => {
    expect(objectionToLruCache(join(root, 'a.ts'), root)).toBe('No package.json says whether lru-cache may be imported.');
  });

  it('counts for the jscodeshift transform, too', () => {
    const transform = toTransform(boundCollection);
    const path = join(root, 'a.ts');
    const options = { review: true, confidence: 'likely', 'use-lru-cache': 'true' };
    write({ 'package.json': { dependencies: {} } });
    const reports: string[] = [];
    expect(transform({ path, source: MODULE_BEFORE }, { report: (message) => reports.push(message) }, options)).toBeUndefined();
    expect(reports).toEqual([expect.stringContaining('does not list lru-cache')]);
    write({ 'package.json': { dependencies: { 'lru-cache': '^11.2.0' } } });
    expect(transform({ path, source: MODULE_BEFORE }, {}, options)).toBe(MODULE_AFTER);
  });
});

/** What other files do to the file: nothing. */
const UNUSED_ELSEWHERE: Outside = { uses: {}, offered: [], published: [], members: {}, effects: {}, joint: {}, subscribers: [], inherited: {} };

function repair(path: string, text: string, values: Parameters<typeof boundCollection.plan>[2] = { lruCache: {} }): FileRepair {
  return repairFile({ path, text }, { codemods: [boundCollection], confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, values, read: readWith(DEFAULT_SETTINGS, UNUSED_ELSEWHERE) });
}
