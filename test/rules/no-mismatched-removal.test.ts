import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, reasonsFor, verdictsOf } = checksFor('no-mismatched-removal');

describe('no-mismatched-removal: removals that take away nothing', () => {
  it.each([
    ['bind twice', `
export class Runner {
  begin() { this.child.on('exit', this.ended.bind(this)); } //! certain no-mismatched-removal this.child.on
  halt() { this.child.removeListener('exit', this.ended.bind(this)); }
  ended() {}
}
`],
    ['an arrow written anew', `
export class Peer {
  constructor() { process.on('exit', () => this.leave()); } //! certain no-mismatched-removal process.on
  destroy() { process.off('exit', () => this.leave()); }
  leave() {}
}
`],
    ['an arrow around it, removed bare', `
export function guard(signals, stop) {
  function ended(signal) { stop(signal).then(() => signals.forEach((one) => process.removeListener(one, ended))); }
  signals.forEach((one) => process.on(one, (signal) => ended(signal))); //! certain no-mismatched-removal process.on
}
`],
    ['an arrow around what the caller gives, removed as it was given', `
export class Inbox {
  hear(listener) {
    this.bus.on('mail', (mail) => { listener(mail); }); //! certain no-mismatched-removal this.bus.on
    return { dispose: () => { this.bus.off('mail', listener); } };
  }
}
`],
    ['a field that the constructor empties again', `
export class Meter {
  constructor() {
    this.heard = () => this.measure();
    window.addEventListener('online', this.heard); //! certain no-mismatched-removal window.addEventListener
    this.heard = null;
  }
  measure() {}
  stop() { if (this.heard) window.removeEventListener('online', this.heard); this.heard = null; }
}
`],
    ['bound, removed bare', `
export class Shell {
  constructor() { process.on('SIGTERM', this.onTerm.bind(this)); } //! certain no-mismatched-removal process.on
  close() { process.off('SIGTERM', this.onTerm); }
  private onTerm() {}
}
`],
    ['another target, listened to beside it', `
export class Spy {
  mount() {
    this.pane = this.findPane();
    this.pane.addEventListener('scroll', this.look);
    window.addEventListener('resize', this.look); //! certain no-mismatched-removal window.addEventListener
  }
  unmount() {
    this.pane.removeEventListener('scroll', this.look);
    this.pane.removeEventListener('resize', this.look);
  }
  look = () => {};
}
`],
    ['two targets that everybody has', `
export function watchKeys(onKey) {
  const heard = (event) => onKey(event.key);
  document.addEventListener('keydown', heard); //! certain no-mismatched-removal document.addEventListener
  return () => window.removeEventListener('keydown', heard);
}
`],
    ['the other phase of the event', `
export function trap(node) {
  const keep = (event) => event.preventDefault();
  node.addEventListener('focus', keep, true); //! certain no-mismatched-removal node.addEventListener
  return () => node.removeEventListener('focus', keep);
}
`],
    ['a field that was emptied before', `
export class Link {
  close() {
    this.socket = undefined;
    this.socket?.off('data', this.heard);
  }
  open(socket) {
    this.socket = socket;
    this.socket.on('data', this.heard); //! certain no-mismatched-removal this.socket.on
  }
  heard = () => {};
}
`],
    ['a closure of this very call, removed before it is added', `
export function focus(field, typed) {
  const heard = () => typed(field.value);
  field.removeEventListener('input', heard);
  field.addEventListener('input', heard); //! certain no-mismatched-removal field.addEventListener
}
`],
    ['a function of a render, removed by a later run of the effect', `
import { useEffect } from 'react';
export function Menu({ open, close }) {
  const escaped = (event) => { if (event.key === 'Escape') close(); };
  useEffect(() => {
    if (open) document.addEventListener('keydown', escaped); //! certain no-mismatched-removal document.addEventListener
    else document.removeEventListener('keydown', escaped);
  }, [open]);
  return <nav />;
}
`],
  ])('reports %s', (_, code) => { expectFindings(code, 'src/sample.tsx'); });

  it('stands at the removal where the file does not show what is added', () => {
    expectFindings(`
export class Tail {
  stop() {
    process.removeListener('SIGINT', () => this.stop()); //! certain no-mismatched-removal process.removeListener
  }
}
`);
  });

  it('stands at the removal where another removal matches', () => {
    expectFindings(`
export function once(emitter, done) {
  const heard = () => done();
  emitter.on('reply', heard);
  emitter.off('reply', () => done()); //! certain no-mismatched-removal emitter.off
  return () => emitter.off('reply', heard);
}
`);
  });

  it('tells a removal of the way down from one of the way up by the options, too', () => {
    expect(reasonsFor(`
export function trap(node) {
  const keep = () => {};
  node.addEventListener('scroll', keep, { capture: true, passive: true });
  return () => node.removeEventListener('scroll', keep, { passive: true });
}
`)).toEqual(['other-phase']);
  });

  it('keeps the registration, the removal and the teardowns for whoever repairs it', () => {
    const [verdict] = verdictsOf(`
export class Shell {
  constructor() { process.on('SIGTERM', this.onTerm.bind(this)); }
  close() { process.off('SIGTERM', this.onTerm); }
  private onTerm() {}
}
`);
    expect(verdict?.subject).toMatchObject({ type: 'listener', registration: { event: 'SIGTERM' }, removal: { method: 'off' }, teardowns: [{ name: 'close' }] });
  });
});

describe('no-mismatched-removal: what it leaves alone', () => {
  it.each([
    ['the same field', `
export class Peer {
  private left = () => {};
  constructor() { process.on('exit', this.left); }
  destroy() { process.off('exit', this.left); }
}
`],
    ['a field that may be emptied again, or is filled once more', `
export class Meter {
  constructor(quiet) {
    this.heard = () => this.measure();
    window.addEventListener('online', this.heard);
    if (quiet) this.heard = null;
  }
  measure() {}
  stop() { if (this.heard) window.removeEventListener('online', this.heard); }
}
`],
    ['a field that is emptied once the listener is gone', `
export class Meter {
  measure() {
    this.heard = () => this.measure();
    window.addEventListener('online', this.heard);
    this.ask();
    window.removeEventListener('online', this.heard);
    this.heard = null;
  }
  stop() { if (this.heard) window.removeEventListener('online', this.heard); }
}
`],
    ['a method that is bound once, under its own name', `
export class Runner {
  constructor(child) { this.ended = this.ended.bind(this); this.child = child; }
  begin() { this.child.on('exit', this.ended); }
  halt() { this.child.off('exit', this.ended); }
  ended() {}
}
`],
    ['a wrapper beside a listener that is removed', `
export function watch(emitter, heard) {
  const other = (one) => heard(one);
  emitter.on('line', (line) => other(line));
  emitter.on('line', other);
  return () => emitter.off('line', other);
}
`],
    ['what the caller gives, if it is also added as it is', `
export function hear(bus, listener) {
  bus.on('mail', (mail) => listener(mail));
  bus.on('mail', listener);
  return () => bus.off('mail', listener);
}
`],
    ['what the caller gives, if something else is given it', `
export function hear(bus, listener) {
  bus.on('mail', (mail) => listener(mail));
  bus.attach(listener);
  return () => bus.off('mail', listener);
}
`],
    ['what each of two functions is given', `
export class Inbox {
  hear(listener) { this.bus.on('mail', (mail) => listener(mail)); }
  leave(listener) { this.bus.off('mail', listener); }
}
`],
    ['a helper of that name that knows its functions again', `
export class Player {
  enter() { Events.on(document, 'keydown', Fn.bind(this, this.onKey)); }
  leave() { Events.off(document, 'keydown', Fn.bind(this, this.onKey)); }
  onKey() {}
}
`],
    ['a method off() that takes a callback and no listener', `
export function sleep(lamp, done) {
  lamp.off('slowly', () => done());
}
`],
    ['an event that a variable names', `
export function drop(hub, room, done) {
  hub.off(room, () => done());
}
`],
    ['a target that may be the same', `
export class Spy {
  constructor(target) { this.target = target ?? window; }
  mount() { window.addEventListener('resize', this.look); }
  unmount() { this.target.removeEventListener('resize', this.look); }
  look = () => {};
}
`],
    ['window by its other names', `
export function watchSize(look) {
  const heard = () => look();
  window.addEventListener('resize', heard);
  return () => globalThis.removeEventListener('resize', heard);
}
`],
    ['a function that both targets have, taken from both', `
export function watchKeys(heard) {
  const key = () => heard();
  document.addEventListener('keydown', key);
  window.addEventListener('keydown', key);
  return () => { document.removeEventListener('keydown', key); window.removeEventListener('keydown', key); };
}
`],
    ['options that the file does not show', `
export function trap(node, options) {
  const keep = () => {};
  node.addEventListener('focus', keep, options);
  return () => node.removeEventListener('focus', keep);
}
`],
    ['both phases taken away', `
export function trap(node) {
  const keep = () => {};
  node.addEventListener('focus', keep, true);
  node.addEventListener('focus', keep);
  return () => node.removeEventListener('focus', keep);
}
`],
    ['a copy of a field that is emptied', `
export class Link {
  open(socket) { this.socket = socket; this.socket.on('data', this.heard); }
  close() {
    const { socket } = this;
    this.socket = undefined;
    socket?.off('data', this.heard);
  }
  heard = () => {};
}
`],
    ['a field that is emptied on one path only', `
export class Link {
  open(socket) { this.socket = socket; this.socket.on('data', this.heard); }
  close(forget) {
    if (forget) this.socket = undefined;
    this.socket?.off('data', this.heard);
  }
  heard = () => {};
}
`],
    ['a closure that a loop takes away before it adds it again', `
export function cycle(fields, typed) {
  const heard = () => typed();
  for (const field of fields) {
    field.removeEventListener('input', heard);
    field.addEventListener('input', heard);
  }
}
`],
    ['a memoised function of a component', `
import { useCallback, useEffect } from 'react';
export function Menu({ open, close }) {
  const escaped = useCallback(() => close(), []);
  useEffect(() => {
    if (open) document.addEventListener('keydown', escaped);
    else document.removeEventListener('keydown', escaped);
  }, [open]);
  return <nav />;
}
`],
    ['a clean-up that sees the function of its own render', `
import { useEffect } from 'react';
export function Menu({ close }) {
  const escaped = () => close();
  useEffect(() => {
    document.addEventListener('keydown', escaped);
    return () => document.removeEventListener('keydown', escaped);
  });
  return <nav />;
}
`],
    ['a removal of all listeners', `
export class Runner {
  begin() { this.child.on('exit', () => this.ended()); }
  halt() { this.child.removeAllListeners('exit'); }
  ended() {}
}
`],
    ['a media query, whose listener is its only argument', `
export function watchDark(apply) {
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  const heard = () => apply(query.matches);
  query.addListener(heard);
  return () => query.removeListener(heard);
}
`],
  ])('says nothing of %s', (_, code) => { expectSilent(code, 'src/sample.tsx'); });
});

describe('no-mismatched-removal: a delegated listener, which is added for a selector', () => {
  it('is silent about a removal of all that was added for the selector', () => {
    expectSilent(`
export function delegate(selector, open) {
  $('#list').off('click', selector).on('click', selector, open);
}
`);
  });

  it('is silent about a parameter that is removed before it is added', () => {
    expectSilent(`
export function listen(bus, handle) {
  bus.off('row', handle);
  bus.on('row', handle);
}
`);
  });

  it('still reports a function of this very call', () => {
    expectFindings(`
export function listen(bus) {
  function handle(row) { row.show(); }
  bus.off('row', handle);
  bus.on('row', handle); //! certain no-mismatched-removal bus.on
}
`);
  });
});
