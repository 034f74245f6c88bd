import { describe, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent } = checksFor('no-untracked-timer');

describe('no-untracked-timer: a delay of other code that loses a race', () => {
  it.each([
    "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(() => { throw new Error('late'); })]); //! likely no-untracked-timer delay\n",
    "import { setTimeout as later } from 'node:timers/promises';\nexport const within = (work) => Promise.race([work(), later(30_000).then(() => Promise.reject(new Error('late')))]); //! likely no-untracked-timer later\n",
    "const sleep = require('sleep-promise');\nfunction late(ms) {\n  return sleep(ms).then(() => { throw new Error('late'); }); //! likely no-untracked-timer sleep\n}\nexports.within = (work, ms) => Promise.race([work(), late(ms)]);\n",
  ])('stays pending: %s', (code) => {
    expectFindings(code);
  });

  it.each([
    ['it is over soon', "import { delay } from 'helpers';\nexport const within = (work) => Promise.race([work(), delay(200).then(() => { throw new Error('late'); })]);\n"],
    ['a signal ends it', "import { setTimeout as later } from 'node:timers/promises';\nexport const within = (work, signal) => Promise.race([work(), later(30_000, undefined, { signal }).then(() => { throw new Error('late'); })]);\n"],
    ['it is in no race', "import { delay } from 'helpers';\nexport const late = (ms) => delay(ms).then(() => { throw new Error('late'); });\n"],
    ['what follows it gives nothing', "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(() => { return; })]);\n"],
    ['what follows it does nothing', "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(() => {})]);\n"],
    ['what follows it only gives what a call gives', "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(() => { return fail(); })]);\n"],
    ['what follows it is a function of elsewhere', "import { delay, fail } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(fail)]);\n"],
    ['what follows it comes in any case', "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).finally(() => { throw new Error('late'); })]);\n"],
    ['what follows it does not fail', "import { delay } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), delay(ms).then(() => null)]);\n"],
    ['no module gives it', "export const within = (work, delay, ms) => Promise.race([work(), delay(ms).then(() => { throw new Error('late'); })]);\n"],
    ['it is no delay', "import { fetchPage } from 'helpers';\nexport const within = (work, ms) => Promise.race([work(), fetchPage(ms).then(() => { throw new Error('late'); })]);\n"],
  ])('is silent: %s', (_, code) => {
    expectSilent(code);
  });
});
