import { describe, expect, it } from 'vitest';
import { Triggers, type Trigger } from '../../../src/core/facts/triggers.js';
import { Others, stillHolds } from '../../../src/core/linkage/others.js';
import type { Outside } from '../../../src/core/linkage/outline.js';

/** A project in which others call `Session.close`, set going by these. */
const calledOn = (...triggers: Trigger[]): Outside => ({
  uses: { 'Session.close': [{ does: 'call', file: 'b.ts', line: 1, triggers, atEnd: false }] },
  offered: [], published: [], members: {}, effects: {}, joint: {}, subscribers: [], inherited: {},
});
const triggers = (own: Trigger[], shown: string[], others = new Others(undefined)): Triggers => new Triggers(new Set(own), new Set(shown), others);

describe('what sets a function going', () => {
  it('is anybody where nothing is known', () => {
    expect([...triggers([], [])]).toEqual(['call']);
    expect([...triggers([], ['Session.close'])]).toEqual(['call']);
    expect(triggers([], []).has('call')).toBe(true);
  });

  it('is what the file shows, and what other files have to say', () => {
    const known = triggers(['construct'], ['Session.close'], new Others(calledOn('timer')));
    expect([...known]).toEqual(['construct', 'timer']);
    expect(known.has('event', 'timer')).toBe(true);
    expect(known.has('event', 'call')).toBe(false);
    expect(known.areAmong('construct', 'timer', 'load')).toBe(true);
    expect(known.areAmong('construct')).toBe(false);
  });

  it('is asked of others only as far as it matters', () => {
    const others = new Others(undefined);
    expect(triggers(['event'], ['Session.close'], others).has('event')).toBe(true);
    expect(others.testimony()).toEqual([]);
    expect(triggers([], ['Session.close'], others).has('event', 'timer')).toBe(false);
    expect(stillHolds(others.testimony(), calledOn('construct', 'callback'))).toBe(true);
    expect(stillHolds(others.testimony(), calledOn('construct', 'timer'))).toBe(false);
  });
});
