import { describe, expect, it } from 'vitest';
import { findCloseRejection } from '../../../src/core/questions/close-rejection.js';
import { factsOf, probed } from '../../support/facts.js';

/** The ending whose error awaiting the probed expression throws. */
function nameIn(code: string): string | undefined {
  const facts = factsOf(code);
  const [awaited] = probed(facts);
  return awaited && findCloseRejection(awaited, facts)?.name;
}

const CLOSE = '(error) => (error ? reject(error) : resolve())';
const closed = (statement: string, parameters = '(resolve, reject)'): string => `probe(new Promise(${parameters} => { ${statement} }));`;

describe('awaiting the end of something throws its error', () => {
  it.each([
    ['a callback that asks whether there is one', closed(`server.close(${CLOSE});`)],
    ['a callback that asks whether there is none', closed('server.close((error) => { if (!error) resolve(); else reject(error); });')],
    ['a callback that compares it with nothing', closed('server.close((error) => { if (error !== null) reject(error); resolve(); });')],
    ['a callback that rejects in any case', closed('server.close((error) => { reject(error); });')],
    ['the rejection itself as the callback', closed('server.close(reject);')],
    ['a chain that ends it', closed(`this.parts.get('http').close(${CLOSE});`)],
    ['a function that returns the promise', `function end() { return new Promise((resolve, reject) => server.close(${CLOSE})); } probe(end());`],
    ['a function that is the promise', `const end = () => new Promise((resolve, reject) => server.close(${CLOSE})); probe(end());`],
    ['a function that waits for it', `async function end() { await new Promise((resolve, reject) => server.close(${CLOSE})); log('ended'); } probe(end());`],
    ['a function behind a function', `const end = () => new Promise((resolve, reject) => server.close(${CLOSE})); const stop = () => end(); probe(stop());`],
    ['a function that waits for it in a try that catches nothing', `async function end() { try { await new Promise((resolve, reject) => server.close(${CLOSE})); } finally { log(); } } probe(end());`],
  ])('by %s', (_, code) => {
    expect(nameIn(code)).toMatch(/(?:^|\.)close$/);
  });

  it.each([
    ['it is asked first whether it is open', closed(`if (server.listening) server.close(${CLOSE}); else resolve();`)],
    ['it is asked first, and rejects itself', closed('if (server.listening) server.close(reject); else resolve();')],
    ['the callback looks at the error', closed("server.close((error) => { if (error && error.code !== 'ERR_SERVER_NOT_RUNNING') reject(error); else resolve(); });")],
    ['the callback looks at what the error is', closed('server.close((error) => { if (error instanceof TypeError) reject(error); resolve(); });')],
    ['the callback asks something else', closed('server.close((error) => { if (isOver) reject(error); resolve(); });')],
    ['the callback has no name for the error', closed('server.close(() => reject(new Error()));')],
    ['the callback takes the error apart', closed('server.close(({ code }) => reject(code));')],
    ['the executor cannot reject', closed('server.close(() => resolve());', '(resolve)')],
    ['the executor takes no plain names', closed('server.close(() => {});', '(resolve, { reject })')],
    ['the executor is another function', 'probe(new Promise(run));'],
    ['there is no executor', 'probe(new Promise());'],
    ['it is no ending', closed(`server.listen(${CLOSE});`)],
    ['a plain function is called', closed(`close(${CLOSE});`)],
    ['nobody rejects', closed('server.close(() => resolve());')],
    ['a function catches it', `async function end() { try { await new Promise((resolve, reject) => server.close(${CLOSE})); } catch { log(); } } probe(end());`],
    ['a function returns nothing', 'function end() { return; } probe(end());'],
    ['a function of another file', 'probe(end());'],
    ['another object is made', `probe(new Deferred((resolve, reject) => server.close(${CLOSE})));`],
    ['it is no call', 'probe(ended);'],
    ['functions go on and on', `const a = () => b(); const b = () => c(); const c = () => d(); const d = () => e(); const e = () => new Promise((resolve, reject) => server.close(${CLOSE})); probe(a());`],
  ])('but not where %s', (_, code) => {
    expect(nameIn(code)).toBeUndefined();
  });
});
