import { describe, expect, it } from 'vitest';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

async function reported(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder.write({ 'package.json': '{ "private": true }', ...files });
  const { findings } = await scanJson(folder, '--confidence', 'likely', '--rule', 'no-unbounded-collection');
  return findings.map(({ file, confidence, symbol, reasons }) => [file, confidence, symbol, ...reasons.filter((reason) => reason.file !== file).map((reason) => `${reason.file}:${reason.line}`)].join(' '));
}

const board = (more = ''): string => `export class Board {
  private readonly watchers: ((score: number) => void)[] = [];
  watchScore(watcher: (score: number) => void) { this.watchers.push(watcher);${more} }
  show(score: number) { for (const watcher of this.watchers) watcher(score); }
}
`;
const SERVICE = "import { Board } from './board';\nexport class BoardService extends Board {}\n";
const panel = (body: string, decorator = "@Component({ selector: 'panel' })", type = 'BoardService'): string => `import { Component } from '@angular/core';
import { ${type} } from './${type === 'Board' ? 'board' : 'service'}';
${decorator}
export class Panel {
  private score = 0;
  constructor(private board: ${type}) {}
  ngOnInit() { ${body} }
}
`;
const LISTENS = 'this.board.watchScore((score) => (this.score = score));';

describe('a list of what components give', () => {
  it.each([
    ['by the class that has it', panel(LISTENS, undefined, 'Board')],
    ['by one that extends it', panel(LISTENS)],
    ['by the hook that a page calls when it takes it away', panel(`${LISTENS} } ngOnDestroy() { this.score = 0;`, '')],
  ])('grows with each of them, if nothing is ever taken out: %s', async (_, source) => {
    expect(await reported({ 'board.ts': board(), 'service.ts': SERVICE, 'panel.ts': source })).toEqual(['board.ts likely watchers panel.ts:7']);
  });

  it.each<[string, Record<string, string>]>([
    ['what takes it out is given back', { 'board.ts': board(' return () => { this.watchers.splice(this.watchers.indexOf(watcher), 1); };'), 'panel.ts': panel(LISTENS) }],
    ['no component adds to it', { 'board.ts': board(), 'panel.ts': panel(LISTENS, '') }],
    ['components only look at it', { 'board.ts': board(), 'panel.ts': panel('this.board.show(this.score);') }],
    ['the class that they call has a method of that name of its own', { 'board.ts': board(), 'service.ts': "import { Board } from './board';\nexport class BoardService extends Board {\n  override watchScore() { return 0; }\n}\n", 'panel.ts': panel(LISTENS) }],
  ])('is none of theirs if %s', async (_, files) => {
    expect((await reported({ 'service.ts': SERVICE, ...files })).join()).not.toContain('panel.ts');
  });
});

it('a method that another file calls on a class that has it from its base is called', async () => {
  const base = 'export class Rooms {\n  rooms = new Map();\n  enter(sessionId, room) { this.rooms.set(sessionId, room); }\n  leave(sessionId) { this.rooms.delete(sessionId); }\n}\n';
  const derived = "import { Rooms } from './rooms.js';\nexport class Halls extends Rooms {}\n";
  const main = "import { Halls } from './halls.js';\nconst halls = new Halls();\nglobalThis.bus.on('open', (id, room) => halls.enter(id, room));\nglobalThis.bus.on('gone', (id) => halls.leave(id));\n";
  expect(await reported({ 'rooms.js': base, 'halls.js': derived, 'main.js': main })).toEqual([]);
});
