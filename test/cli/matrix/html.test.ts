import { describe, expect, it } from 'vitest';
import { matrixHtml } from '../../../src/cli/matrix/html.js';
import { reportOf } from './reports.js';

const VOID = /^(?:meta|br|hr|img|input|link)$/;

/** Every element of a page, its tags checked to be closed in turn. */
function elementsOf(html: string): { tag: string; attributes: Readonly<Record<string, string>> }[] {
  const open: string[] = [];
  const found: { tag: string; attributes: Record<string, string> }[] = [];
  for (const [, end, tag = '', rest = ''] of html.replace(/<style>[\s\S]*?<\/style>/, '<style></style>').matchAll(/<(\/?)([a-z][a-z\d]*)((?:\s+[\w-]+(?:="[^"<]*")?)*)\s*>/g)) {
    if (end) expect(open.pop()).toBe(tag);
    else {
      found.push({ tag, attributes: Object.fromEntries([...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value])) });
      if (!VOID.test(tag)) open.push(tag);
    }
  }
  expect(open).toEqual([]);
  return found;
}

const source = Array.from({ length: 80 }, (_, index) => `line ${String(index + 1)} <b> & "c"`).join('\n');
const SAMPLE = { columns: ['close()', "on <img src=x onerror='alert(1)'>"], rows: [{ name: '"><script>', states: ['released', 'skipped'] as const }, { name: 'titles', states: ['none', 'survives'] as const }] };
const html = matrixHtml(reportOf(SAMPLE), new Map([['src/a.ts', source]]));
const elements = elementsOf(html);
const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);

describe('the page for a browser', () => {
  it('is well formed, whatever the names', () => {
    expect(html).toMatch(/^<!doctype html>/);
    expect(elements.map(({ tag }) => tag)).not.toContain('script');
    expect(elements.map(({ tag }) => tag)).not.toContain('img');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('needs nothing else: no script, no network', () => {
    expect(html).not.toMatch(/https?:\/\/|<link|@import|url\(/i);
    expect(html).toContain("default-src 'none'");
  });

  it('leads from each cell to a line that is there', () => {
    const links = elements.filter(({ tag }) => tag === 'a');
    for (const { attributes } of links) expect(ids).toContain(attributes['href']?.slice(1));
    expect(html).toContain('id="f1-L60"');
    expect(html).toContain('line 60 &lt;b&gt; &amp; &quot;c&quot;');
    expect(ids).not.toContain('f1-L20');
    expect(links.map(({ attributes }) => attributes['aria-label'])).toContain('titles, on &lt;img src=x onerror=&#39;alert(1)&#39;&gt;: survives, line 61');
  });

  it('has heads with scopes, and a name for each table', () => {
    const scopes = elements.flatMap(({ tag, attributes }) => (tag === 'th' ? [attributes['scope']] : []));
    expect(scopes).toEqual(['col', 'col', 'rowgroup', 'row', 'row']);
    for (const { attributes } of elements.filter(({ attributes: { role } }) => role === 'region')) {
      expect(attributes['tabindex']).toBe('0');
      expect(ids).toContain(attributes['aria-labelledby']);
    }
  });

  it('has a column for notes where there is one', () => {
    expect(html).not.toContain('note</th>');
    const noted = matrixHtml(reportOf({ columns: ['close()'], rows: [{ name: 'a', states: ['released'] }, { name: 'b', states: ['none'], release: 'nowhere' }] }), new Map());
    expect(noted).toContain('class="note">note</th>');
    expect(noted).toContain('<td class="note skipped">no release</td>');
    expect(noted).toContain('colspan="3"');
  });

  it('follows the reader in colours', () => {
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain(':focus-visible');
  });

  it('counts lines as editors do, behind a byte order mark, too', () => {
    const page = matrixHtml(reportOf({ columns: [], rows: [] }), new Map([['src/a.ts', '\uFEFFfirst\r\nsecond\r\n']]));
    expect(page).toContain('<span class="number">1</span>first</span>');
    expect(page).toContain('<span class="number">2</span>second</span>');
  });

  it('says so where there is nothing', () => {
    expect(matrixHtml({ ...reportOf(SAMPLE), matrices: [] }, new Map())).toContain('Nothing is kept');
  });
});
