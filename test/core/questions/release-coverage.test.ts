import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/core/questions/release-coverage.js';
import { factsOf } from '../../support/facts.js';

/** How surely `close` ends what stands at `this.watcher`. */
function coverageIn(body: string): string {
  const facts = factsOf(`class Hub { watcher = watch(); isOff = false; close(force) { ${body} } }`);
  const close = facts.functions.all.find(({ name }) => name === 'close');
  const place = facts.operations.find(({ kind }) => kind === 'end')?.place;
  if (!close || !place) throw new Error('the sample ends nothing');
  return coverageOf(place, close, ({ kind }) => kind === 'end', facts).released;
}

describe('a release', () => {
  it.each([
    ['this.watcher.close();', 'always'],
    ['this.watcher?.close();', 'always'],
    ['this.watcher?.inner?.(); this.watcher?.close();', 'always'],
    ['if (this.watcher) this.watcher.close();', 'always'],
    ['if (force) this.watcher?.close();', 'sometimes'],
    ['if (this.isOff) return; this.watcher?.close();', 'sometimes'],
    ['force && this.watcher.close();', 'sometimes'],
  ])('%s is there %s', (body, released) => {
    expect(coverageIn(body)).toBe(released);
  });
});
