import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectSilent, reasonsFor } = checksFor('no-mismatched-removal');

/** A panel that adds a listener and removes one; the samples differ in both. */
const panel = (added: string, removed: string, rest = ''): string => `
export class Panel {
  constructor(bus) { this.bus = bus; ${added} }
  stop(other) { ${removed} }
  draw() {}
  ${rest}
}
`;

describe('no-mismatched-removal: which registration is meant', () => {
  it.each([
    ['an arrow around it', 'this.bus.on("tick", () => this.draw());', 'this.bus.off("tick", this.draw);', 'registered-wrapped'],
    ['a block around it', 'this.bus.on("tick", (event) => { this.draw(event); });', 'this.bus.off("tick", this.draw);', 'registered-wrapped'],
    ['a function that returns what it gives', 'this.bus.on("tick", (event) => { return this.draw(event); });', 'this.bus.off("tick", this.draw);', 'registered-wrapped'],
    ['a function that waits for it', 'this.bus.on("tick", async () => { await this.draw(); });', 'this.bus.off("tick", this.draw);', 'registered-wrapped'],
    ['a function that drops what it gives', 'this.bus.on("tick", () => void this.draw());', 'this.bus.off("tick", this.draw);', 'registered-wrapped'],
    ['an arrow around it, for each of some events,', 'for (const name of NAMES) this.bus.on(name, () => this.draw());', 'for (const name of NAMES) this.bus.removeListener(name, this.draw);', 'registered-wrapped'],
    ['a function that is bound to it', 'this.bus.on("tick", this.draw.bind(this));', 'this.bus.off("tick", this.draw);', 'registered-bound'],
  ])('reports the removal of the bare function where %s was added', (_, added, removed, code) => {
    expect(reasonsFor(panel(added, removed))).toContain(code);
  });

  it.each([
    ['the arrow does more', 'this.bus.on("tick", () => { this.count(); this.draw(); });', 'this.bus.off("tick", this.draw);'],
    ['the arrow does something else', 'this.bus.on("tick", () => this.count());', 'this.bus.off("tick", this.draw);'],
    ['it does nothing', 'this.bus.on("tick", () => {});', 'this.bus.off("tick", this.draw);'],
    ['it is also added as it is', 'this.bus.on("tick", () => this.draw()); this.bus.on("tick", this.draw);', 'this.bus.off("tick", this.draw);'],
    ['it is given to somebody', 'this.bus.on("tick", () => this.draw()); this.bus.keep(this.draw);', 'this.bus.off("tick", this.draw);'],
    ['it is put into something', 'this.bus.on("tick", () => this.draw()); this.handlers = { tick: this.draw };', 'this.bus.off("tick", this.draw);'],
    ['what is removed was given', 'this.bus.on("tick", () => this.draw());', 'this.bus.off("tick", other);'],
    ['what is removed is not of this file', 'this.bus.on("tick", () => draw());', 'this.bus.off("tick", draw);'],
    ['another registration has a listener that is not written there', 'this.bus.on("tick", () => this.draw()); this.bus.on("tick", this.handlerOf("tick"));', 'this.bus.off("tick", this.draw);'],
  ])('is silent where %s', (_, added, removed) => {
    expectSilent(panel(added, removed));
  });
});

describe('no-mismatched-removal: what is needed for the removal', () => {
  const KEPT = 'this.bus.on("tick", this.onTick);';
  const FIELD = 'onTick = () => this.draw();';

  it.each([
    ['its target is let go of first', 'this.bus = null; this.bus?.off("tick", this.onTick);'],
    ['its target is set to undefined first', 'this.bus = undefined; this.bus?.off("tick", this.onTick);'],
    ['the listener is let go of first', 'this.onTick = null; this.bus.off("tick", this.onTick);'],
  ])('is reported as gone where %s', (_, removed) => {
    expect(reasonsFor(panel(KEPT, removed, FIELD))).toContain('gone-before-removal');
  });

  it.each([
    ['it is let go of afterwards', 'this.bus.off("tick", this.onTick); this.bus = null;'],
    ['a copy was taken before', 'const bus = this.bus; this.bus = null; bus?.off("tick", this.onTick);'],
    ['it is let go of on another way', 'if (other) { this.bus = null; return; } this.bus.off("tick", this.onTick);'],
    ['something else is put there in between', 'this.bus = null; this.bus = other; this.bus.off("tick", this.onTick);'],
    ['something else is put there, and nothing let go of', 'this.bus = other; this.bus.off("tick", this.onTick);'],
  ])('is there where %s', (_, removed) => {
    expectSilent(panel(KEPT, removed, FIELD));
  });
});

describe('no-mismatched-removal: another target', () => {
  const held = (added: string, removed: string): string => panel(added, removed, 'onKey = () => this.draw();');

  it.each([
    ['the window, and the document', "window.addEventListener('keydown', this.onKey);", "document.removeEventListener('keydown', this.onKey);"],
    ['the document, and its body', "document.addEventListener('keydown', this.onKey);", "document.body.removeEventListener('keydown', this.onKey);"],
    ['the body by a longer name, and the window', "window.document.body.addEventListener('keydown', this.onKey);", "window.removeEventListener('keydown', this.onKey);"],
  ])('is reported: %s', (_, added, removed) => {
    expect(reasonsFor(held(added, removed))).toContain('other-target');
  });

  it.each([
    ['the window by two names', "window.addEventListener('keydown', this.onKey);", "globalThis.removeEventListener('keydown', this.onKey);"],
    ['the document by two names', "document.addEventListener('keydown', this.onKey);", "window.document.removeEventListener('keydown', this.onKey);"],
    ['another removal takes it away', "window.addEventListener('keydown', this.onKey);", "document.removeEventListener('keydown', this.onKey); window.removeEventListener('keydown', this.onKey);"],
    ['another removal takes all of them away', "window.addEventListener('keydown', this.onKey); document.addEventListener('keydown', this.onKey);", "document.removeEventListener('keydown', this.onKey);"],
    ['what is given may be the window', "window.addEventListener('keydown', this.onKey);", "other.removeEventListener('keydown', this.onKey);"],
    ['what a field holds may be the window', "window.addEventListener('keydown', this.onKey);", "this.bus.removeEventListener('keydown', this.onKey);"],
    ['what a variable of the call holds may be it', "window.addEventListener('keydown', this.onKey);", "const view = this.bus.view; view.removeEventListener('keydown', this.onKey);"],
  ])('is not reported: %s', (_, added, removed) => {
    expectSilent(held(added, removed));
  });

  it('is reported where the field is listened to beside the window, so that they are two', () => {
    expect(reasonsFor(held("window.addEventListener('keydown', this.onKey); this.bus.addEventListener('click', this.onKey);", "this.bus.removeEventListener('keydown', this.onKey);"))).toContain('other-target');
  });
});

describe('no-mismatched-removal: one removal after another, and the argument for each', () => {
  it.each([
    ['a listener that is removed bound', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", this.onLine); }
  close() { this.bus.off("line", this.onLine.bind(this)); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: removes-bound-anew']],
    ['a listener that is added bound', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", this.onLine.bind(this)); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-bound']],
    ['a listener that is bound once, in the constructor', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.onLine = this.onLine.bind(this); this.bus.on("line", this.onLine); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener that is added in an arrow', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => this.onLine(line)); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-wrapped']],
    ['a listener that is added in an arrow with a body', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => { this.onLine(line); }); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-wrapped']],
    ['a listener that is added in an arrow that returns it', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => { return this.onLine(line); }); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-wrapped']],
    ['a listener that is added in an arrow that waits for it', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", async (line) => { await this.onLine(line); }); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-wrapped']],
    ['a listener that is added in an arrow that waits for nothing of it', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => void this.onLine(line)); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: registered-wrapped']],
    ['a listener that is added in an arrow that does more', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => { this.n++; this.onLine(line); }); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener that is added in an arrow that does nothing', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", () => {}); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener that is added in an arrow around another', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => this.paint(line)); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener that somebody else is given', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => this.onLine(line)); this.host.keep(this.onLine); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener that a table has', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => this.onLine(line)); this.table = { line: this.onLine }; }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener of which one registration may be meant', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", (line) => this.onLine(line)); this.bus.on("line", this.host.listener); }
  close() { this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a function that is written out where it is removed', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", () => this.onLine()); }
  close() { this.bus.off("line", () => this.onLine()); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: removes-new-function']],
    ['a function that is written out, of something that a call gives', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { find().on("line", () => this.onLine()); }
  close() { find().off("line", () => this.onLine()); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain on: removes-new-function']],
    ['a listener of the window that is removed from the document', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("resize", this.onLine); }
  close() { document.removeEventListener("resize", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain window.addEventListener: other-target']],
    ['a listener of the window that is removed from it by another name', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("resize", this.onLine); }
  close() { globalThis.removeEventListener("resize", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener of the window that is removed from a field', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("resize", this.onLine); this.element.addEventListener("click", this.paint); }
  close() { this.element.removeEventListener("resize", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain window.addEventListener: other-target']],
    ['a listener of the window that is removed from a field of which nothing is known', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("resize", this.onLine); }
  close() { this.element.removeEventListener("resize", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener of both that is removed from both', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("resize", this.onLine); document.addEventListener("resize", this.onLine); }
  close() { window.removeEventListener("resize", this.onLine); document.removeEventListener("resize", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener of the body that is removed from the document', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { document.body.addEventListener("click", this.onLine); }
  close() { document.removeEventListener("click", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain document.body.addEventListener: other-target']],
    ['a listener for the way down that is removed for the way up', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("click", this.onLine, true); }
  close() { window.removeEventListener("click", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain window.addEventListener: other-phase']],
    ['a listener for the way down that is removed for it', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("click", this.onLine, { capture: true }); }
  close() { window.removeEventListener("click", this.onLine, true); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener of both ways of which one is removed', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("click", this.onLine, true); window.addEventListener("click", this.onLine); }
  close() { window.removeEventListener("click", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a listener whose options are a variable', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { window.addEventListener("click", this.onLine, this.options); }
  close() { window.removeEventListener("click", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a target that is replaced before', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.bus.on("line", this.onLine); }
  close() { this.bus = undefined; this.bus.off("line", this.onLine); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: gone-before-removal']],
    ['a handler that is replaced before', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.handler = () => this.paint(); this.bus.on("line", this.handler); }
  close() { this.handler = undefined; this.bus.off("line", this.handler); }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: gone-before-removal']],
    ['a handler that is replaced after', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { this.handler = () => this.paint(); this.bus.on("line", this.handler); }
  close() { this.bus.off("line", this.handler); this.handler = undefined; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a local that is replaced before', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { let handler = () => this.paint(); this.bus.on("line", handler); handler = undefined; this.bus.off("line", handler); }
  close() { this.at = 0; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: gone-before-removal']],
    ['a local that is taken away before it is added', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { const handler = () => this.paint(); this.bus.off("line", handler); this.bus.on("line", handler); }
  close() { this.at = 0; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, ['certain this.bus.on: not-yet-added']],
    ['a local that is taken away after it is added', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { const handler = () => this.paint(); this.bus.on("line", handler); this.bus.off("line", handler); }
  close() { this.at = 0; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a local that is taken away before it is added, and that somebody has', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { const handler = () => this.paint(); this.host.keep(handler); this.bus.off("line", handler); this.bus.on("line", handler); }
  close() { this.at = 0; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['a local that is taken away in a loop', `
export class Panel {
  constructor(bus) { this.bus = bus; }
  open() { const handler = () => this.paint(); for (const one of this.all) { this.bus.off("line", handler); this.bus.on("line", handler); } }
  close() { this.at = 0; }
  onLine() { this.paint(); } paint() { this.at = 1; }
}
`, []],
    ['an effect of a component that removes what another render made', `
export function usePanel(bus) {
  const onLine = () => paint();
  useEffect(() => { bus.on('line', onLine); }, [bus]);
  useEffect(() => { bus.off('line', onLine); }, []);
}
`, ['certain bus.on: made-per-render']],
    ['an effect of a component that removes what it added', `
export function usePanel(bus) {
  const onLine = () => paint();
  useEffect(() => { bus.on('line', onLine); return () => bus.off('line', onLine); }, [bus]);
}
`, []],
    ['an effect of a component that removes before it adds', `
export function usePanel(bus) {
  const onLine = () => paint();
  useEffect(() => { bus.off('line', onLine); bus.on('line', onLine); }, [bus]);
}
`, ['certain bus.on: made-per-render']],
    ['an effect of a component that removes a function of the module', `
function onLine() { paint(); }
export function usePanel(bus) {
  useEffect(() => { bus.off('line', onLine); bus.on('line', onLine); }, [bus]);
}
`, []],
    ['an effect of a component that removes a function that is kept', `
export function usePanel(bus) {
  const onLine = useCallback(() => paint(), []);
  useEffect(() => { bus.off('line', onLine); bus.on('line', onLine); }, [bus]);
}
`, []],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
