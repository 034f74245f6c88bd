import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseInTeardown } from '../../codemods/index.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { planRepair } from '../../src/codemod/plan.js';
import { readWith } from '../../src/codemod/read-text.js';
import { DEFAULT_SETTINGS, isFinding } from '../../src/core/index.js';

/** What each case is without that on which its repair rests: nearly the same, and refused. */
describe('the callback of listen() is left where', () => {
  const CASE = 'a callback of listen';

  it('the listener of the error is an expression, which has no place for a statement', () => {
    expect(planOf('a callback of listen that is written in place', ['(): void => {\n      resolve(false);\n    };', '(): void => resolve(false);'])).toMatchObject({ refused: expect.stringMatching(/does not listen for an error/u) as string });
  });

  it('and is taken away where the error is heard', () => {
    expect(planOf(CASE)).toMatchObject({ safety: 'review', notes: ['an error of the server now takes the callback away'] });
  });
});

describe('what only a constant holds is left where', () => {
  const CASE = 'an observer that only a constant holds';

  it('its class is not named by itself, so that its type would have to be guessed', () => {
    expect(planOf(CASE, ['new ResizeObserver(', 'new window.ResizeObserver('])).toMatchObject({ refused: 'destroy() cannot see where the observer is kept.' });
  });

  it('it may be another thing later', () => {
    expect(planOf(CASE, ['const observer', 'let observer'])).toMatchObject({ refused: 'destroy() cannot see where the observer is kept.' });
  });

  it('and is kept in a field where the class has an end', () => {
    expect(planOf(CASE)).toMatchObject({ safety: 'review', notes: ['destroy() now ends the observer'] });
  });
});

describe('a listener of one run is left where', () => {
  const CASE = 'listeners of a run of steps';

  it.each([
    ['the library is another one', ["require('async')", "require('./async')"]],
    ['the function is not known to call back once', ['async.series(', 'async.queue(']],
    ['there is no callback that is told the end', ['async.series(steps, function (error) {\n    done(error);\n  });', 'async.series(steps, done);']],
    ['the steps are begun before it is added', ["process.on('SIGINT', interrupt);\n\n  async.series(steps, function (error) {\n    done(error);\n  });", "async.series(steps, function (error) {\n    done(error);\n  });\n  process.on('SIGINT', interrupt);"]],
  ] as const)('%s', (_why, change) => {
    expect(planOf(CASE, change)).toMatchObject({ refused: 'Nothing shows when the listener should go: no object that ends adds it.' });
  });

  it('the Observable is given no teardown', () => {
    expect(planOf('a signal and an Observable', ['return () => {\n      controller.abort();\n    };', 'controller.signal.throwIfAborted();'])).toMatchObject({ refused: expect.stringMatching(/^It should go when the work is done that the signal could stop/u) as string });
  });

  it('its target may be missing where the run is over, in a file that knows no optional chains', () => {
    const text = `'use strict';
const { Observable } = require('rxjs');
exports.ask = (signal, work) => new Observable((subscriber) => {
  const abort = () => work.abort();
  if (signal) {
    signal.addEventListener('abort', abort);
  }
  work.start(subscriber);
  return () => {
    work.end();
  };
});
`;
    expect(planOfText('file.js', text)).toMatchObject({ refused: 'signal may not be there where the run is over.' });
  });

  it('and goes where the run is over', () => {
    expect(planOf(CASE)).toMatchObject({ safety: 'review', notes: ['the listener goes when all steps of the run are done'] });
  });
});

/** The plan for a case, in which one text is replaced by another. */
function planOf(name: string, change?: readonly [before: string, after: string]): Plan | undefined {
  const folder = new URL(`release-in-teardown/${encodeURIComponent(name)}/`, import.meta.url);
  const file = readdirSync(folder).find((one) => one.startsWith('before.')) ?? '';
  const text = readFileSync(new URL(file, folder), 'utf8');
  if (change && !text.includes(change[0])) throw new Error(`The case has no ${change[0]}`);
  return planOfText(file, change ? text.replace(...change) : text);
}

function planOfText(file: string, text: string): Plan | undefined {
  const analysis = readWith(DEFAULT_SETTINGS)(file, text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  const finding = analysis.verdicts.filter(isFinding).find(({ rule }) => releaseInTeardown.rules.includes(rule));
  return finding && planRepair(finding, analysis, [releaseInTeardown]);
}
