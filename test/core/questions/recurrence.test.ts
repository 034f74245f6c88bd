import { expect, it } from 'vitest';
import { recurrenceOf } from '../../../src/core/questions/recurrence.js';
import { factsOf } from '../../support/facts.js';

/** How often the function that a sample calls `subject` is seen to run. */
function recurrenceIn(code: string): string {
  const facts = factsOf(code);
  const fn = facts.functions.all.find(({ name }) => name === 'subject');
  if (!fn) throw new Error('no function of that name');
  return recurrenceOf(fn, facts);
}

const SUBJECT = 'function subject() { work(); }';

it.each([
  ['the module calls it', `${SUBJECT} subject();`],
  ['a function calls it that the module calls', `${SUBJECT} function main() { subject(); } main();`],
  ['the module calls it in two places', `${SUBJECT} if (isFast) subject(); else subject();`],
  ['a function calls it that is written in the call', `${SUBJECT} (function () { subject(); })();`],
  ['a timer runs it once', `setTimeout(function subject() { work(); }, 10);`],
  ['the program starts it when it is ready', "app.once('ready', function subject() { work(); });"],
  ['the page starts it when it is there', "document.addEventListener('DOMContentLoaded', function subject() { work(); });"],
  ['a server starts it when it listens', "server.on('listening', function subject() { work(); });"],
  ['an object that is made once calls it as it is made', `${SUBJECT} class Job { constructor() { subject(); } } new Job();`],
  ['a promise that the module waits for goes on with it', 'load().then(function subject() { work(); });'],
  ['it follows on itself', `function subject() { work().then(() => subject()); } subject();`],
])('once, where %s', (_, code) => {
  expect(recurrenceIn(code)).toBe('once');
});

it.each([
  ['an event sets it going', "socket.on('data', function subject() { work(); });"],
  ['a request sets it going', "app.get('/orders', function subject() { work(); });"],
  ['an interval runs it', 'setInterval(function subject() { work(); }, 10);'],
  ['an iteration runs it for each', 'orders.forEach(function subject() { work(); });'],
  ['an iteration is given it by name', `${SUBJECT} orders.forEach(subject);`],
  ['a loop calls it', `${SUBJECT} for (const order of orders) subject();`],
  ['what an event sets going calls it', `${SUBJECT} socket.on('data', () => { subject(); });`],
  ['a class whose objects an event makes calls it as it makes them', "class Job { constructor() { subject(); } } function subject() { work(); } socket.on('data', () => new Job());"],
  ['a class whose objects a loop makes calls it', 'class Job { run() { subject(); } } function subject() { work(); } for (const order of orders) { const job = new Job(); job.run(); }'],
  ['one of its callers runs again', `${SUBJECT} subject(); setInterval(() => { subject(); }, 10);`],
])('again, where %s', (_, code) => {
  expect(recurrenceIn(code)).toBe('again');
});

it.each([
  ['others may call it', `export ${SUBJECT}`],
  ['nothing calls it', SUBJECT],
  ['it is handed on', `${SUBJECT} keep(subject);`],
  ['a class that nothing here makes calls it', `${SUBJECT} export class Job { run() { subject(); } }`],
  ['callers stand too far away', `${SUBJECT} ${Array.from({ length: 9 }, (_, index) => `function step${index}() { ${index === 0 ? 'subject' : `step${index - 1}`}(); }`).join(' ')} step8();`],
])('unknown, where %s', (_, code) => {
  expect(recurrenceIn(code)).toBe('unknown');
});
