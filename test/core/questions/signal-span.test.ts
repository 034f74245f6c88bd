import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../../src/core/facts/listeners.js';
import { endWithoutSignal, isOfOperation, isOfRequest } from '../../../src/core/questions/signal-span.js';
import { factsOf } from '../../support/facts.js';

/** An answer about the first listener of a sample. */
function answerIn<T>(ask: (registration: ListenerRegistration, facts: Facts) => T, code: string): T | undefined {
  const facts = factsOf(code);
  const [registration] = facts.listeners.registrations;
  return registration && ask(registration, facts);
}

const LISTENS = "signal.addEventListener('abort', () => stop());";

describe('what listens to a signal', () => {
  it.each([
    ['is a promise that other code settles, too', `function f(signal) { return new Promise((resolve, reject) => { signal.addEventListener('abort', () => reject()); open(resolve); }); }`, 'ends'],
    ['is an observable that other code settles, too', `function f(signal) { return new rx.Observable((observer) => { ${LISTENS} feed(observer); }); }`, 'ends'],
    ['is a promise that only the signal settles', `function f(signal) { return new Promise((resolve, reject) => { signal.addEventListener('abort', () => reject()); }); }`, 'waits'],
    ['is a promise that is settled at once, where the signal has come', `function f(signal) { return new Promise((resolve, reject) => { if (signal.aborted) { reject(); return; } signal.addEventListener('abort', () => reject()); }); }`, 'waits'],
    ['is a promise that takes its functions apart', `function f(signal) { return new Promise(({ resolve }) => { ${LISTENS} }); }`, 'waits'],
    ['is another object', `function f(signal) { return new Deferred(() => { ${LISTENS} }); }`, 'unknown'],
    ['is an async function', `async function f(signal) { ${LISTENS} await open(); }`, 'ends'],
    ['is an async function whose listener works on an object', "class C { async f(signal) { signal.addEventListener('abort', () => this.stop()); await open(); } }", 'perhaps'],
    ['is an async function that goes on until the signal comes', `async function f(signal) { ${LISTENS} while (!signal.aborted) { await next(); } }`, 'waits'],
    ['is an async function that may leave its loop before', `async function f(signal) { ${LISTENS} while (!signal.aborted) { if (await next()) return; } }`, 'ends'],
    ['is an async function that leaves its loop when the signal comes', `async function f(signal) { ${LISTENS} while (!signal.aborted) { await next(); if (signal.aborted) return; } }`, 'waits'],
    ['is an async function with a loop of its own', `async function f(signal) { ${LISTENS} while (more) { await next(); } }`, 'ends'],
    ['is an async function with the loop of another signal', `async function f(signal, other) { ${LISTENS} while (!other.aborted) { await next(); } }`, 'ends'],
    ['is an async function with more behind its loop', `async function f(signal) { ${LISTENS} while (!signal.aborted) { await next(); } close(); }`, 'ends'],
    ['is a constructor', `class C { constructor(signal) { ${LISTENS} } }`, 'perhaps'],
    ['is an async method of an object that others are given', `export const tool = { async run(signal) { ${LISTENS} await open(); } };`, 'unknown'],
    ['is a plain function', `function f(signal) { ${LISTENS} }`, 'unknown'],
    ['is a callback without a name', `open((signal) => { ${LISTENS} });`, 'unknown'],
    ['is a callback that runs at once, in an async function', `async function f(signals) { signals.forEach((signal) => { ${LISTENS} }); await open(); }`, 'ends'],
    ['is the module', `const { signal } = controller; ${LISTENS}`, 'unknown'],
  ])('%s', (_, code, expected) => {
    expect(answerIn(endWithoutSignal, code)).toBe(expected);
  });

  it.each([
    ["function f(request) { request.signal.addEventListener('abort', stop); }", true],
    ["function f(ctx) { ctx.req.signal.addEventListener('abort', stop); }", true],
    ["function f(event) { event.request.signal.addEventListener('abort', stop); }", true],
    ["class C { f() { this.request.signal.addEventListener('abort', stop); } }", true],
    ["function f(c) { c.signal.addEventListener('abort', stop); }", true],
    ["function f(meta) { meta.signal.addEventListener('abort', stop); }", true],
    ["function f(context) { context.signal.addEventListener('abort', stop); }", true],
    ["function f(contextual) { contextual.signal.addEventListener('abort', stop); }", false],
    ["function f(subcontext) { subcontext.signal.addEventListener('abort', stop); }", false],
    ["function f(options) { options.signal.addEventListener('abort', stop); }", false],
    ["function f(request) { request.addEventListener('abort', stop); }", false],
    ["function f() { find().addEventListener('abort', stop); }", false],
  ])('hears the signal of a request, or of something else: %s', (code, expected) => {
    expect(answerIn(isOfRequest, code)).toBe(expected);
  });

  const run = (call: string, parameters = 'signal', listens = LISTENS): string => `function run(${parameters}) { ${listens} }\nexport function go(outer) { const controller = new AbortController(); ${call} }`;

  it.each([
    ['a controller that the caller makes', run('run(controller.signal);'), true],
    ['a limit on the time', run('run(AbortSignal.timeout(1_000));'), true],
    ['an option by its name', run('run({ signal: controller.signal });', '{ signal }'), true],
    ['an option of the options', run('run({ signal: controller.signal });', 'options', "options.signal.addEventListener('abort', () => stop());"), true],
    ['the second parameter', run('run(1, controller.signal);', 'id, signal'), true],
    ['each call of several', run('run(controller.signal); run(AbortSignal.timeout(1));'), true],
    ['one of several calls, and another signal in the other', run('run(controller.signal); run(outer);'), false],
    ['nothing', run('run();'), false],
    ['what it is given itself', run('run(outer);'), false],
    ['a member of what it is given', run('run(outer.signal);'), false],
    ['another member of a controller', run('run(controller.token);'), false],
    ['a controller of the module', `const controller = new AbortController();\nfunction run(signal) { ${LISTENS} }\nexport function go() { run(controller.signal); }`, false],
    ['another object with a signal', run('run(controller.signal);').replace('new AbortController()', 'new Deferred()'), false],
    ['another call', run('run(createSignal());'), false],
    ['a caller of another file', `export function run(signal) { ${LISTENS} }\nfunction go() { const controller = new AbortController(); run(controller.signal); }`, false],
    ['a field', "class C { run() { this.signal.addEventListener('abort', () => stop()); } }", false],
  ])('belongs to one operation or not, by what it is given: %s', (_, code, expected) => {
    expect(answerIn(isOfOperation, code)).toBe(expected);
  });
});
