import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

/** The listeners that a sample adds. */
function added(code: string): string[] {
  const { listeners, model } = factsOf(code);
  return listeners.registrations.map(({ style, target, event, once, signal }) => [style, model.text.slice(...target.range), event, ...(once ? ['once'] : []), ...(signal ? ['signal'] : [])].join(' '));
}

/** The listeners that a sample takes away. */
function removed(code: string): string[] {
  const { listeners, model } = factsOf(code);
  return listeners.removals.map(({ target, event, handler }) => [model.text.slice(...target.range), event ?? 'all events', handler ? model.text.slice(...handler.range) : 'all listeners'].join(' '));
}

describe('listeners', () => {
  it('reads every spelling by which one is added', () => {
    expect(added(`
process.on('exit', stop);
emitter.once(Events.Closed, () => {});
window.addEventListener('resize', stop, { once: true });
signal.addEventListener('abort', () => {}, { signal: other });
Dom.on(document, 'click', stop);
util.addListener(signal, () => {});
workspace.onDidChange((event) => {});
store.subscribe(() => {});
function stop() {}
`)).toEqual(['method process exit', 'method emitter Events.Closed once', 'method window resize once', 'method signal abort signal', 'helper document click', 'helper signal addListener', 'event workspace onDidChange', 'subscribe store subscribe']);
  });

  it('reads every spelling by which one is taken away', () => {
    expect(removed(`
process.off('exit', stop);
emitter.removeAllListeners('data');
emitter.removeAllListeners();
window.removeEventListener('resize', stop, true);
Dom.off(document, 'click', stop);
`)).toEqual(['process exit stop', 'emitter data all listeners', 'emitter all events all listeners', 'window resize stop', 'document click stop']);
  });

  it('takes no other call for one', () => {
    expect(added(`
switchboard.on('now');
button.onClick;
list.map(() => {});
items.find((one) => one);
`)).toEqual([]);
  });
});
