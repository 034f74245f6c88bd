import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseInTeardown } from '../../codemods/index.js';
import { planRepair } from '../../src/codemod/plan.js';
import { readWith } from '../../src/codemod/read-text.js';
import { DEFAULT_SETTINGS, isFinding } from '../../src/core/index.js';

describe('release-in-teardown refuses', () => {
  it.each([
    ['a signal outlives the work', `export async function show(signal: AbortSignal) { const picker = await open(); signal.addEventListener('abort', () => picker.dispose()); }`, /the work is done that the signal could stop/u],
    ['the signal is known to be there only in place', `export function sleep(ms: number, signal?: AbortSignal): Promise<void> { return new Promise<void>((resolve, reject) => { setTimeout(resolve, ms); signal?.addEventListener('abort', () => reject(signal.reason)); }); }`, /known to be there only where it is written/u],
    ['the type of the promise comes from where it goes', `export async function sleep(ms: number, signal: AbortSignal): Promise<string> { const text: string = await new Promise((resolve, reject) => { setTimeout(() => resolve('late'), ms); signal.addEventListener('abort', () => reject(new Error('aborted'))); }); return text; }`, /type of the promise is known only from where it goes/u],
    ['no object ends', `export function show(button: Element) { button.addEventListener('click', () => { window.addEventListener('focus', () => log(button)); }); }`, /Nothing shows when the listener should go/u],
    ['each call adds one of its own', inPanel(`show(name: string) { window.addEventListener('focus', () => log(name)); }`), /Every call adds a listener of its own/u],
    ['the event is a local of a larger expression', inPanel(`show() { for (const signal of signals()) log(process.on(signal, this.layout)); }`), /The event signal is not known/u],
    ['listeners of a loop work for what the call was given', inPanel(`show(name: string) { for (const signal of signals()) { process.on(signal, () => log(name)); } }`), /Every call adds a listener of its own|The event signal is not known/u],
    ['the owner may go on', `export class Link { constructor() { window.addEventListener('online', this.layout); } layout = () => log(this); connect() { log('on'); } disconnect() { log('off'); } }`, /After disconnect\(\) the owner may go on/u],
    ['the types of parameters are known only in place', inPanel('', `process.on('warning', (warning) => log(warning));`), /The types of its parameters are known only where it is written/u],
    ['the options are not shown', `export class Panel { constructor(private readonly options: AddEventListenerOptions) { window.addEventListener('focus', this.layout, { capture: options.capture }); } layout = () => log(this); dispose() { log('closed'); } }`, /whether it listens while the event goes down/u],
    ['nothing shows how a subscription is ended', `export class Hints { constructor(private readonly session: Session) { session.onRestarted(() => this.read()); } read() { log(this); } dispose() { log('closed'); } }`, /so nothing shows how what session\.onRestarted\(\) gives back is ended/u],
    ['a subscription has no teardown that could end it', `import { workspace } from 'vscode';\nexport class Hints { constructor() { workspace.onDidChangeConfiguration(() => this.read()); } read() { log(this); } }\nexport const make = () => new Hints();`, /has no teardown that could end/u],
    ['a subscription may be begun again', `import { workspace } from 'vscode';\nexport class Hints { show() { workspace.onDidChangeConfiguration(() => this.read()); } read() { log(this); } dispose() { log('closed'); } }`, /may be begun again/u],
    ['the class extends another one', `export class Panel extends Base { constructor() { super(); window.addEventListener('focus', this.layout); } layout = () => log(this); }\nexport const open = () => new Panel();`, /extends another class, which may have a teardown/u],
    ['the class has something else of that name', `export class Panel { constructor() { window.addEventListener('focus', this.layout); } layout = () => log(this); dispose(panelId: string) { log(panelId); } }\nexport const open = () => new Panel();`, /has a member dispose already/u],
    ['the effect adds it on some ways only', `import { useEffect } from 'react';\nexport function useFocus(isOn: boolean) { useEffect(() => { if (isOn) { window.addEventListener('focus', () => log(isOn)); } }, [isOn]); }`, /on some of its ways only/u],
    ['a teardown ends nothing, and nothing shows how', `import { Files } from './files.js';\nexport class Storage { constructor(private readonly files: Files, private readonly uri: string) { this.files.watch(uri, { recursive: false }); } read() { return this.files.read(this.uri); } dispose() {} }`, /dispose\(\) ends nothing, and nothing in this file shows how what this\.files\.watch\(\) began is ended/u],
    ['a resource has an owner that does not end', `import { watch } from 'node:fs';\nexport function open(path: string) { watch(path, () => log(path)); }`, /handle of the watcher is dropped|No function of this file ends/u],
  ])('where %s', (_, text, why) => {
    expect(planFor(text)).toEqual({ codemod: 'release-in-teardown', refused: expect.stringMatching(why) as string });
  });

  it('where a teardown that is told what to end would end all', () => {
    const text = readFileSync(new URL('release-in-teardown/a timer of one key/before.ts', import.meta.url), 'utf8').replace('sendTimers.set(session.id, ', 'sendTimers.set(session.id + session.name, ');
    expect(planFor(text)).toMatchObject({ refused: expect.stringMatching(/is filled by another key than cleanupSession\(\) is told/u) as string });
  });
});

describe('release-in-teardown', () => {
  it('leaves a listener in a case without braces where that would declare a name for all cases', () => {
    const text = inPanel(`show(kind: number) { switch (kind) { case 1: for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => log(this)); break; case 2: const late = make(); process.on('exit', () => late.end()); break; } }`);
    expect(planFor(text)).toMatchObject({ refused: expect.any(String) as string });
  });

  it('always wants a look', () => {
    expect(planFor(inPanel('', `window.addEventListener('focus', this.layout);`))).toMatchObject({ safety: 'review' });
  });

  it('says who must call an added dispose()', () => {
    const text = `export class Panel { constructor() { window.addEventListener('focus', this.layout); } layout = () => log(this); }\nexport const open = () => new Panel();`;
    expect(planFor(text)).toMatchObject({ notes: ['whoever makes a Panel must call its new dispose()'] });
  });

  it.each([
    ['as the file spells it', inPanel(`a() { bus.removeListener('a', this.layout); }`, `process.on('warning', this.layout);`), `process.removeListener('warning', this.layout);`],
    ['behind the question whether it has ended', inPanel('', `window.addEventListener('focus', this.layout);`).replace(`log('closed')`, `if (this.isDisposed) return; this.isDisposed = true; log('closed')`), `window.removeEventListener('focus', this.layout);`],
    ['with what it captured', inPanel('', `window.addEventListener('focus', this.layout, { capture: true });`), `window.removeEventListener('focus', this.layout, { capture: true });`],
    ['with the name of the other teardowns', `import { watch } from 'node:fs';\nexport class Files { watcher = watch('.'); log() { log(this.watcher); } end() { log('ended'); } shutdown() { log('closed'); } }`, 'this.watcher.close();'],
  ])('releases %s', (_, text, release) => {
    expect(editsOf(text)).toContain(release);
  });
});

/** A class with a teardown and a listener method. */
function inPanel(members: string, start = ''): string {
  return `export class Panel { isDisposed = false; constructor() { ${start} } ${members} layout = () => log(this); dispose() { log('closed'); } }\nexport const open = () => new Panel();`;
}

function planFor(text: string) {
  const analysis = readWith(DEFAULT_SETTINGS)('file.tsx', text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  const finding = analysis.verdicts.filter(isFinding).find(({ rule }) => releaseInTeardown.rules.includes(rule));
  return finding && planRepair(finding, analysis, [releaseInTeardown]);
}

/** All that a plan writes. */
function editsOf(text: string): string {
  const plan = planFor(text);
  return plan && 'edits' in plan ? plan.edits.map((edit) => edit.text).join('\n') : JSON.stringify(plan);
}
