import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf } = checksFor('no-untracked-timer');

describe('no-untracked-timer: one program after another, and the argument for each', () => {
  it.each([
    ['a handle that is only counted with', `
export class Poller {
  start() { this.id = setInterval(() => this.poll(), 1_000) + 1; }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['silent setInterval: handle-used']],
    ['a watchdog that nobody keeps, of a module', `
import { writeFileSync } from 'node:fs';
setInterval(() => { writeFileSync('/run/alive', String(process.uptime())); }, 5_000);
`, ['silent setInterval: process-lifetime']],
    ['a watchdog in a function', `
export function watchParent(parent) {
  setInterval(() => { try { process.kill(parent, 0); } catch { process.exit(1); } }, 5_000);
}
`, ['silent setInterval: watchdog']],
    ['a generator that yields its handles', `
export class Poller {
  *timers() { yield setInterval(() => this.poll(), 1_000); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['silent setInterval: handle-returned']],
    ['a listener that gives its handle back', `
export class Poller {
  start(bus) { bus.on('open', () => setInterval(() => this.poll(), 1_000)); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['certain setInterval: teardown-cannot-reach repeats-for-ever']],
    ['a listener that gives its handle back by a statement', `
export class Poller {
  start(bus) { bus.on('open', () => { return setInterval(() => this.poll(), 1_000); }); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['certain setInterval: teardown-cannot-reach repeats-for-ever']],
    ['a callback of somebody else that gives its handle back', `
export class Poller {
  start(bus) { bus.decorate(() => setInterval(() => this.poll(), 1_000)); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['silent setInterval: handle-returned']],
    ['an executor that gives its handle back', `
export class Poller {
  start() { return new Promise(() => setInterval(() => this.poll(), 1_000)); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['certain setInterval: teardown-cannot-reach repeats-for-ever']],
    ['one timer that is cleared, and its sibling that is not', `
export class Poller {
  start() {
    this.beat = setInterval(() => this.poll(), 1_000);
    setInterval(() => this.report(), 60_000);
  }
  poll() { this.at = Date.now(); }
  report() { this.sink.write(this.at); }
  stop() { clearInterval(this.beat); }
}
`, ['silent beat: cleared', 'certain setInterval: teardown-cannot-reach sibling-tracked repeats-for-ever']],
    ['a time-out that mentions nothing of its owner, beside one that is cleared', `
export class Poller {
  start() {
    this.beat = setInterval(() => this.poll(), 1_000);
    setTimeout(() => console.log('begun'), 60_000);
  }
  poll() { this.at = Date.now(); }
  stop() { clearInterval(this.beat); }
}
`, ['silent beat: cleared', 'likely setTimeout: handle-dropped']],
    ['an interval that a function of the module starts again and again', `
let count = 0;
function begin() { setInterval(() => { count++; }, 1_000); }
export function onLine(feed) { feed.on('line', begin); }
`, ['likely setInterval: repeats-for-ever process-lifetime']],
    ['an interval that a program starts once, while it loads', `
let count = 0;
setInterval(() => { count++; }, 1_000);
export const read = () => count;
`, ['silent setInterval: process-lifetime']],
    ['an interval that nobody starts twice, of an object that is asked', `
export class Poller {
  start() { if (!this.beat) this.beat = setInterval(() => this.poll(), 1_000); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['certain beat: teardown-cannot-reach repeats-with-object']],
    ['an interval that the only object of a module asks for', `
export const poller = {
  start() { if (!this.beat) this.beat = setInterval(() => this.poll(), 1_000); },
  poll() { this.at = Date.now(); },
};
`, ['silent beat: ']],
    ['a time-out that comes on the next turn', `
export class Poller {
  start() { setTimeout(() => this.poll(), 0); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['likely setTimeout: teardown-cannot-reach next-tick']],
    ['a retry that counts', `
export class Poller {
  tries = 0;
  start() { if (this.tries++ < 5) setTimeout(() => this.start(), 100); }
  stop() { this.isOver = true; }
}
`, ['silent setTimeout: teardown-cannot-reach counted-retry']],
    ['a retry that does not count, and waits long', `
export class Poller {
  start() { this.host.open().catch(() => { setTimeout(() => this.start(), 30_000); }); }
  stop() { this.host.close(); }
}
`, ['certain setTimeout: teardown-cannot-reach re-arms']],
    ['a time-out that asks first for what the end changes', `
export class Poller {
  start() { setTimeout(() => { if (this.isOver) return; this.poll(); }, 30_000); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['likely setTimeout: teardown-cannot-reach guarded-callback']],
    ['a time-out of a fifth of a second', `
export class Poller {
  start() { setTimeout(() => this.poll(), 200); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['certain setTimeout: teardown-cannot-reach']],
    ['a time-out that does not hold the process', `
export class Poller {
  start() { setTimeout(() => this.poll(), 60_000).unref(); }
  poll() { this.at = Date.now(); }
  stop() { this.isOver = true; }
}
`, ['likely setTimeout: teardown-cannot-reach unrefed']],
    ['a callback that the object was given', `
export class Poller {
  constructor(restart) { this.restart = restart; }
  start() { setTimeout(this.restart, 60_000); }
  stop() { this.isOver = true; }
}
`, ['likely setTimeout: teardown-cannot-reach unknown-callback']],
    ['a callback that the function was given', `
export class Poller {
  start(restart) { setTimeout(restart, 60_000); }
  stop() { this.isOver = true; }
}
`, ['likely setTimeout: handle-dropped']],
    ['a callback of nobody knows what, without an end', `
export function later(restart) { this.timer = setTimeout(restart, 60_000); }
`, ['silent setTimeout: timer-wrapper']],
    ['a time-out that the teardown itself starts', `
export class Poller {
  stop() { setTimeout(() => this.release(), 60_000); }
  release() { this.host.close(); }
}
`, ['likely setTimeout: handle-dropped']],
    ['a teardown that ends the process', `
export class Poller {
  start() { setTimeout(() => this.poll(), 60_000); }
  poll() { this.at = Date.now(); }
  shutdown() { this.host.close(); process.exit(0); }
}
`, ['likely setTimeout: teardown-cannot-reach teardown-ends-process']],
    ['a function that ends the process', `
export function main() {
  setTimeout(() => { report('late'); }, 60_000);
  run();
  process.exit(0);
}
`, ['silent setTimeout: handle-dropped process-ends']],
    ['an entry that is deleted with its timer', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, { timer: setInterval(() => this.ring(doorId), 30_000) }); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { this.waiting.delete(doorId); }
}
`, ['certain timer: entry-deleted-with-timer repeats-for-ever']],
    ['an interval that clears itself when its door is open, which the end cannot stop', `
export class Bells {
  ask(door) { const timer = setInterval(() => { if (door.isOpen) { clearInterval(timer); return; } this.ring(door); }, 1_000); }
  ring(door) { this.horn.blow(door); }
  close() { this.horn.release(); }
}
`, ['likely timer: teardown-cannot-reach clears-itself']],
    ['an interval that counts its rings, which the end cannot stop', `
export class Bells {
  ask(door) { let left = 10; const timer = setInterval(() => { if (--left === 0) { clearInterval(timer); return; } this.ring(door); }, 1_000); }
  ring(door) { this.horn.blow(door); }
  close() { this.horn.release(); }
}
`, ['silent timer: teardown-cannot-reach clears-itself counts-to-an-end']],
    ['an interval that clears itself on every run', `
export class Bells {
  ask(door) { const timer = setInterval(() => { clearInterval(timer); this.ring(door); }, 1_000); }
  ring(door) { this.horn.blow(door); }
  close() { this.horn.release(); }
}
`, ['silent timer: clears-itself']],
    ['an interval of a given callback, which clears it', `
export class Bells {
  ask(ring) { const timer = setInterval(ring, 1_000); this.silence = () => clearInterval(timer); }
  close() { this.horn.release(); }
}
`, ['silent timer: cleared']],
    ['a deadline by a flag', `
export class Bells {
  async ask(door) { let isLate = false; setTimeout(() => { isLate = true; }, 30_000); while (!isLate && !door.isOpen) await door.next(); }
  close() { this.horn.release(); }
}
`, ['certain setTimeout: deadline-passed']],
    ['a time-out that watches over another thing', `
export class Bells {
  ask(door) { this.watch = setTimeout(() => { door.abort(); }, 30_000); return door.open(); }
}
`, ['certain watch: watches-over']],
    ['a timer behind a return', `
export function ask(door) { return door.open(); setTimeout(() => door.close(), 1_000); }
`, ['silent setTimeout: never-runs']],
    ['a repeated wait that is short and counted', `
export class Bells {
  rings = 0;
  ring() { this.horn.blow(); if (++this.rings < 3) setTimeout(() => this.ring(), 500); }
  close() { this.horn.release(); }
}
`, ['likely setTimeout: teardown-cannot-reach re-arms counted-retry']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-untracked-timer: components, effects and conditions, and the argument for each', () => {
  it.each([
    ['a React component without an unmount', `
export class Clock extends React.Component {
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  render() { return null; }
}
`, ['likely timer: no-unmount repeats-for-ever may-be-inherited']],
    ['a React component whose unmount forgets the timer', `
export class Clock extends React.Component {
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  pause() { clearInterval(this.timer); }
  componentWillUnmount() { this.isOver = true; }
}
`, ['silent timer: unmount-leaves-it teardown-cannot-reach repeats-for-ever may-be-inherited said-by-rule']],
    ['a React component whose unmount clears it', `
export class Clock extends React.PureComponent {
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  componentWillUnmount() { clearInterval(this.timer); }
}
`, ['silent timer: cleared']],
    ['a React component whose unmount runs what it was given', `
export class Clock extends React.Component {
  release = makeRelease(this);
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  pause() { clearInterval(this.timer); }
  componentWillUnmount() { this.release(); }
}
`, ['silent timer: cleared']],
    ['a React component that only reads its props', `
export class Clock extends React.Component {
  componentDidMount() { this.timer = setTimeout(() => this.props.onLate(), 60_000); }
  pause() { clearTimeout(this.timer); }
}
`, ['silent timer: cleared']],
    ['a component that another of the file builds upon', `
class Base extends React.Component { componentWillUnmount() { this.isOver = true; } }
export class Clock extends Base {
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  pause() { clearInterval(this.timer); }
}
`, ['certain timer: unmount-leaves-it teardown-cannot-reach repeats-for-ever']],
    ['a component of another framework of that name', `
import { Component } from './game.js';
export class Clock extends Component {
  componentDidMount() { this.timer = setInterval(() => this.setState({ at: Date.now() }), 1_000); }
  pause() { clearInterval(this.timer); }
}
`, ['silent timer: cleared']],
    ['a custom element', `
export class Clock extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.paint(), 1_000); }
  paint() { this.textContent = String(Date.now()); }
  pause() { clearInterval(this.timer); }
}
`, ['silent timer: no-unmount repeats-for-ever may-be-inherited said-by-rule']],
    ['a component of Angular', `
import { Component } from '@angular/core';
@Component({ selector: 'clock' })
export class Clock {
  ngOnInit() { this.timer = setInterval(() => this.paint(), 1_000); }
  paint() { this.at = Date.now(); }
  pause() { clearInterval(this.timer); }
}
`, ['likely timer: no-unmount process-lifetime']],
    ['a component of Angular whose clean-up is registered', `
import { Component, DestroyRef, inject } from '@angular/core';
@Component({ selector: 'clock' })
export class Clock {
  constructor() { inject(DestroyRef).onDestroy(() => clearInterval(this.timer)); }
  ngOnInit() { this.timer = setInterval(() => this.paint(), 1_000); }
  paint() { this.at = Date.now(); }
}
`, ['silent timer: cleared']],
    ['a component of Angular whose effect cleans up', `
import { Component, effect } from '@angular/core';
@Component({ selector: 'clock' })
export class Clock {
  constructor() { effect((onCleanup) => { this.timer = setInterval(() => this.paint(), 1_000); onCleanup(() => clearInterval(this.timer)); }); }
  paint() { this.at = Date.now(); }
}
`, ['silent timer: cleared']],
    ['the options of a component of Vue', `
export default {
  data() { return { at: 0 }; },
  mounted() { this.timer = setInterval(() => { this.at = Date.now(); }, 1_000); },
  methods: { pause() { clearInterval(this.timer); } },
};
`, ['silent timer: cleared-by-name']],
    ['the options of a component of Vue with a clean-up', `
export default {
  data() { return { at: 0 }; },
  mounted() { this.timer = setInterval(() => { this.at = Date.now(); }, 1_000); },
  beforeUnmount() { clearInterval(this.timer); },
};
`, ['silent timer: cleared']],
    ['an effect without a clean-up', `
export function useClock(setAt) {
  useEffect(() => { const timer = setInterval(() => setAt(Date.now()), 1_000); }, []);
}
`, ['certain timer: effect-leaves-it repeats-for-ever']],
    ['an effect with a clean-up of something else', `
export function useClock(setAt, bus) {
  useEffect(() => { const timer = setInterval(() => setAt(Date.now()), 1_000); return () => bus.close(); }, []);
}
`, ['certain timer: effect-leaves-it repeats-for-ever']],
    ['an effect with a clean-up', `
export function useClock(setAt) {
  useEffect(() => { const timer = setInterval(() => setAt(Date.now()), 1_000); return () => clearInterval(timer); }, []);
}
`, ['silent timer: cleared']],
    ['an effect that gives a function as its clean-up', `
export function useClock(setAt, release) {
  useEffect(() => { const timer = setInterval(() => setAt(Date.now()), 1_000); return release; }, []);
}
`, ['certain timer: repeats-for-ever']],
    ['an effect whose time-out is within an animation', `
export function useClock(setAt) {
  useEffect(() => { setTimeout(() => setAt(Date.now()), 200); }, []);
}
`, ['silent setTimeout: handle-dropped short-one-shot']],
    ['an effect whose time-out is long', `
export function useClock(setAt) {
  useEffect(() => { setTimeout(() => setAt(Date.now()), 20_000); }, []);
}
`, ['certain setTimeout: effect-leaves-it']],
    ['an effect that clears in its own next run', `
export function useClock(setAt) {
  const timer = useRef();
  useEffect(() => { clearTimeout(timer.current); timer.current = setTimeout(() => setAt(Date.now()), 20_000); });
}
`, ['certain current: effect-leaves-it']],
    ['a handle in a ref that an unmount clears', `
export function useClock(setAt) {
  const timer = useRef();
  const begin = () => { timer.current = setTimeout(() => setAt(Date.now()), 20_000); };
  useEffect(() => () => clearTimeout(timer.current), []);
  return begin;
}
`, ['silent current: cleared']],
    ['a handle in a ref that nothing clears', `
export function useClock(setAt) {
  const timer = useRef();
  const begin = () => { timer.current = setTimeout(() => setAt(Date.now()), 20_000); };
  return begin;
}
`, ['likely current: never-cleared']],
    ['a wait on a state of either sort', `
export class Waiter {
  start() { this.timer = setTimeout(() => { if (this.isOn) { this.stop(); } else { this.start(); } }, 1_000); }
  stop() { clearTimeout(this.timer); }
}
`, ['silent timer: cleared']],
    ['a clear on one side of a question', `
export class Waiter {
  start() { this.timer = setTimeout(() => this.late(), 60_000); }
  late() { this.isLate = true; }
  stop(isForced) { isForced && clearTimeout(this.timer); this.isOver = true; }
}
`, ['silent timer: cleared']],
    ['a clear on one side of another question', `
export class Waiter {
  start() { this.timer = setTimeout(() => this.late(), 60_000); }
  late() { this.isLate = true; }
  stop(isForced) { isForced ? clearTimeout(this.timer) : this.late(); this.isOver = true; }
}
`, ['silent timer: cleared']],
    ['a clear under a question for the handle', `
export class Waiter {
  start() { this.timer = setTimeout(() => this.late(), 60_000); }
  late() { this.isLate = true; }
  stop() { this.timer && clearTimeout(this.timer); this.isOver = true; }
}
`, ['silent timer: cleared']],
    ['a clear in a switch', `
export class Waiter {
  start() { this.timer = setTimeout(() => this.late(), 60_000); }
  late() { this.isLate = true; }
  stop(how) { switch (how) { case 'now': clearTimeout(this.timer); } this.isOver = true; }
}
`, ['silent timer: cleared']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
