import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, findingsOf } = checksFor('no-untracked-timer', 'no-leaked-listener', 'require-release-in-finally');

describe('the remove() with which a framework takes an object away', () => {
  const view = (remove: string, start = 'this.hiding = setTimeout(() => this.hide(), 30_000);'): string => `
export class Note extends View {
  render() { ${start} }
  hide() { this.isHidden = true; }
  ${remove}
}
`;

  it('ends the object if it passes the word on', () => {
    expect(findingsOf(view('remove() { super.remove(); }')).map((finding) => finding.split(' ').slice(1).join(' '))).toEqual(['no-untracked-timer hiding:2']);
    expectSilent(view('remove() { clearTimeout(this.hiding); super.remove(); }'));
  });

  it('takes something out if it is given it, or has no base', () => {
    expectSilent(view('remove(row) { this.rows.delete(row); super.remove(row); }'));
    expectSilent(view('remove() { this.rows.pop(); }'));
  });

  const component = (call: string, remove: string, init = "document.body.addEventListener('connected', () => this.join());"): string => `
${call}('networked', {
  init() { ${init} },
  join() { this.isJoined = true; },
  ${remove}
});
`;

  it('ends what a framework makes after a pattern', () => {
    expect(findingsOf(component('AFRAME.registerComponent', 'remove() { this.isJoined = false; },'))).toEqual(['certain no-leaked-listener document.body.addEventListener:2']);
  });

  it('is silent where it takes the listener away, and about what is no pattern', () => {
    expectSilent(component('AFRAME.registerComponent', "remove() { document.body.removeEventListener('connected', this.join); },", "document.body.addEventListener('connected', this.join);"));
    expectSilent(component('start', 'remove() { this.isJoined = false; },'));
  });

  it('knows a timer by its name where the file has two kinds of this', () => {
    expectSilent(`
AFRAME.registerComponent('video', {
  load: (() => {
    const play = async function () { this.sync = setInterval(() => { this.audio.seek(this.video.time); }, 1000); };
    return play;
  })(),
  update() { this.later = setInterval(() => this.load(), 1000); },
  remove() { clearInterval(this.sync); clearInterval(this.later); },
});
`);
  });
});

describe('what a timer opens again', () => {
  const wait = (late: string): string => `
export class Worker {
  async take(client, wait) {
    try {
      const timeout = setTimeout(async () => { ${late} }, wait * 1000);
      const result = await client.pop(this.key, wait);
      clearTimeout(timeout);
      return result;
    } catch (error) {
      this.emit('error', error);
    }
  }
}
`;

  it('is not cleaned up by it, so that a failure has to clear it', () => {
    expect(findingsOf(wait('await this.link.disconnect(); await this.link.reconnect();'))).toEqual(['certain require-release-in-finally timeout:4']);
  });

  it('is silent where it ends what the failure leaves open', () => {
    expectSilent(wait('await this.link.disconnect();'));
    expectSilent(wait('await this.link.disconnect(); await this.other.reconnect();'));
  });
});

describe('handles that are cleared with all that their holder has', () => {
  const terminal = (sweep: string, mark = ''): string => `
export class Terminal extends Component {
  timers = {};
  count() { this.timers.countdown = setInterval(() => this.tick(), 1000);${mark} }
  tick() { this.setState({ left: this.left - 1 }); }
  componentWillUnmount() { ${sweep} }
}
`;

  it.each(['Object.keys(this.timers).forEach((name) => { clearTimeout(this.timers[name]); });', 'for (const name in this.timers) clearInterval(this.timers[name]);', 'for (const timer of Object.values(this.timers)) clearInterval(timer);'])('is silent where they are: %s', (sweep) => {
    expectSilent(terminal(sweep));
  });

  it('still reports one where those of something else are', () => {
    expect(findingsOf(terminal('Object.keys(this.others).forEach((name) => { clearTimeout(this.others[name]); });'))).toEqual([expect.stringContaining('no-untracked-timer countdown:3')]);
  });
});

describe('timers that come to nothing, or of which there is one', () => {
  const queue = (test: string): string => `
export class Queue {
  #isOver = false;
  #retry() {
    if (${test}) {
      this.open().catch(() => {
        setTimeout(() => { this.#retry(); }, 30_000);
      });
    }
  }
  open() { return this.store.watch(); }
  destroy() { this.#isOver = true; }
}
`;

  it('is not certain where what it calls asks whether the owner is over', () => {
    expect(findingsOf(queue('!this.#isOver && !this.stream')).filter((finding) => finding.startsWith('certain'))).toEqual([]);
  });

  it('still is certain where it asks for something else, under which it starts it again', () => {
    expect(findingsOf(queue('!this.stream'))).toEqual(['certain no-untracked-timer setTimeout:6']);
  });

  const lyrics = (start: string): string => `
export const lyrics = freeze({
  start() { ${start} },
});
`;
  const TICKS = 'setInterval(() => show(this.time), 100);';

  it('is silent about an interval of the only object, which asks for it first', () => {
    expectSilent(lyrics(`if (!this.ticking) this.ticking = ${TICKS}`));
  });

  it('still reports one that it does not ask for', () => {
    expect(findingsOf(lyrics(`this.ticking = ${TICKS}`))).toEqual([expect.stringContaining('no-untracked-timer ticking:2')]);
  });
});
