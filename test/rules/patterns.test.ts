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
