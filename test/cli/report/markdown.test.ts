import { marked, type Token, type Tokens } from 'marked';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof } from '../leakproof.js';
import { CLEAN, leakyClass } from '../samples.js';
import { ODD, ODD_CODE } from './odd-names.js';

const folder = temporaryFolder();

const markdown = async (...args: string[]) => (await leakproof(folder, 'scan', '--format', 'markdown', ...args)).stdout;

/** Every token of a page, those within others included. */
function tokensOf(page: string): Token[] {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(page), (token) => void tokens.push(token));
  return tokens;
}

it('has a table by rule, and the findings by file', async () => {
  folder.write({ 'src/a.ts': leakyClass() + leakyClass('Other'), 'src/b.ts': ODD_CODE });
  const page = await markdown();
  expect(page).toMatch(/^## Leakproof\n\n3 findings \(3 certain, 0 likely\) in 2 files\.\n/);
  expect(page).toContain('| `leakproof/no-untracked-timer` | 2 | 0 |\n| `leakproof/no-partial-exit-handler` | 1 | 0 |\n');
  expect(page).toContain('<summary>src/a.ts (2)</summary>');
  expect(page).toContain('- [line 10](<src/a.ts#L10>) **error** `leakproof/no-untracked-timer`: The handle');
});

it('says so where nothing leaks', async () => {
  folder.write({ 'a.ts': CLEAN });
  expect(await markdown()).toBe('## Leakproof\n\n0 findings (0 certain, 0 likely) in 1 file.\n');
});

it('takes no name for markup', async () => {
  folder.write({ [ODD.file]: ODD_CODE });
  const page = await markdown('src');
  expect(page).not.toContain('\u001B');
  const tokens = tokensOf(page);
  for (const token of tokens) if (token.type === 'html') expect(token.raw).toMatch(/^(?:<\/?details>|<summary>|<!-- -->|\s)/);
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/@team/);
  const links = tokens.filter((token): token is Tokens.Link => token.type === 'link');
  expect(links.length).toBeGreaterThan(0);
  for (const { href } of links) expect(decodeURIComponent(href.replace(/#L\d+(?:-L\d+)?$/, ''))).toBe(ODD.file);
});

it('leaves out what a comment cannot hold, and says so', async () => {
  const many = Array.from({ length: 60 }, (_, index) => leakyClass(`VeryLongNameOfAClassThatHasManyWordsInIt${index}`)).join('');
  folder.write(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/${index}.ts`, many])));
  const page = await markdown();
  expect(page.length).toBeLessThanOrEqual(65_536);
  expect(page).toContain('480 findings');
  expect(page).toMatch(/\d+ findings in \d files? left out, since a comment holds 65,536 characters\.\n$/);
});
