import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, reasonsFor } = checksFor('no-mismatched-removal');

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
