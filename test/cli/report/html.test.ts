import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof } from '../leakproof.js';
import { CLEAN, leakyClass } from '../samples.js';
import { ODD, ODD_CODE } from './odd-names.js';

const folder = temporaryFolder();

const page = async (...args: string[]) => (await leakproof(folder, 'scan', '--format', 'html', ...args)).stdout;

describe('the page of a report', () => {
  it('has a summary, the findings with their lines, and the matrix of their file', async () => {
    folder.write({ 'src/a.ts': leakyClass(), 'lib/b.ts': ODD_CODE });
    const text = await page();
    expect(text).toContain('<p>2 findings (2 certain, 0 likely) in 2 files.</p>');
    expect(text).toContain('<a href="#rule=no-untracked-timer">');
    expect(text).toContain('<a href="#folder=lib">');
    expect(text).toMatch(/<span class="line acquired" id="x\d-L3"><span class="number">3<\/span> {4}setInterval\(\(\) =&gt; this\.tick\(\), 60_000\); <span class="tag">acquired here, and not let go of[^<]*<\/span>/);
    expect(text).toMatch(/<span class="line missing" id="x\d-L6"><span class="number">6<\/span> {2}close\(\): void \{\} <span class="tag">&#39;close&#39; does not release it<\/span>/);
    expect(text).toMatch(/<span class="line missing" id="x\d-L7">.+the release is missing here/);
    expect(text).toMatch(/<td class="skipped"><a href="#f1-L7"/);
  });

  it('leads from each link to a place that is there', async () => {
    folder.write({ 'src/a.ts': leakyClass() + leakyClass('Other'), 'lib/b.ts': ODD_CODE });
    const text = await page();
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of text.matchAll(/href="#([^"=]+)"/g)) expect(ids).toContain(target);
  });

  it('runs no script but its own, and loads nothing', async () => {
    folder.write({ [ODD.file]: ODD_CODE });
    const text = await page('src');
    const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
    expect(scripts).toHaveLength(1);
    expect(text).toContain(`script-src 'sha256-${createHash('sha256').update(scripts[0]?.[1] ?? '').digest('base64')}'`);
    expect(text).not.toContain('\u001B');
    expect(text).not.toMatch(/https?:\/\/|<link|@import|url\(/i);
  });

  it('says so where nothing leaks', async () => {
    folder.write({ 'a.ts': CLEAN });
    expect(await page()).toContain('<p>0 findings (0 certain, 0 likely) in 1 file.</p>');
  });

  it('lists what is suppressed and skipped', async () => {
    folder.write({ 'a.ts': `/* eslint-disable -- one for <b>all</b> */\n${leakyClass()}`, 'broken.ts': 'const = 1;' });
    const text = await page();
    expect(text).toContain('by eslint-disable: one for &lt;b&gt;all&lt;/b&gt;');
    expect(text).toContain('<code>broken.ts:1:7</code> cannot be parsed');
  });
});
