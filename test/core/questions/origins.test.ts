import { describe, expect, it } from 'vitest';
import { comesByItself, originsOf } from '../../../src/core/questions/origins.js';
import { factsOf } from '../../support/facts.js';

/** What sets off that a line is added to `lines`; what comes by itself with a mark. */
function originsIn(code: string, path?: string): string[] {
  const facts = factsOf(`const lines = [];\n${code}`, path);
  const growth = facts.operations.find(({ kind }) => kind === 'grow');
  return growth ? originsOf(growth, facts).map((origin) => `${origin.kind}${comesByItself(origin) ? '!' : ''}`).sort() : [];
}

const ADD = 'function add(line) { lines.push(line); }';

describe('the origin of an operation is', () => {
  it.each([
    ['a stream', 'export async function read(feed) { for await (const line of feed) lines.push(line); }', ['stream!']],
    ['no stream, in a plain loop', 'export function read(feed) { for (const line of feed) lines.push(line); }', ['call']],
    ['a failure', 'export function read(feed) { try { feed.open(); } catch (error) { lines.push(error); } }', ['failure!']],
    ['a call from outside', `export ${ADD}`, ['call']],
    ['a listener', "feed.on('line', (line) => lines.push(line));", ['event!', 'event!']],
    ['a listener by its name', `feed.on('line', add); ${ADD}`, ['event!', 'event!']],
    ['a listener to an end', "feed.on('close', (line) => lines.push(line));", ['ending', 'ending']],
    ['a gesture', "button.addEventListener('click', (line) => lines.push(line));", ['gesture', 'gesture']],
    ['a listener to an event that is worked out', 'feed.on(name, (line) => lines.push(line));', ['event!', 'event!']],
    ['a listener of a function', "addEventListener('line', (line) => lines.push(line));", ['event!', 'event!']],
    ['a handler that says that something comes', 'feed.onMessage((line) => lines.push(line));', ['event!', 'event!']],
    ['a handler that does not', 'panel.onChange((line) => lines.push(line));', ['gesture', 'gesture']],
    ['a subscription', 'feed.subscribe((line) => lines.push(line));', ['event!']],
    ['an interval', 'setInterval(() => lines.push(1), 10);', ['interval!']],
    ['a time-out, which goes back to who set it', 'export function later() { setTimeout(() => lines.push(1), 10); }', ['call']],
    ['a promise, which goes back to who made it', 'export function later(feed) { feed.open().then((line) => lines.push(line)); }', ['call']],
    ['the failure of a promise', 'feed.open().catch((line) => lines.push(line));', ['failure!']],
    ['the failure of a promise, as the second of two', 'feed.open().then(() => {}, (line) => lines.push(line));', ['failure!']],
    ['an executor, which goes back to who made the promise', 'export function later() { return new Promise(() => { lines.push(1); }); }', ['call']],
    ['another new object, of which nobody knows', 'new Watcher((line) => lines.push(line));', ['unknown']],
    ['somebody else, of whom nobody knows', 'decorate((line) => lines.push(line));', ['unknown']],
    ['the result of a call that is called', 'decorate()((line) => lines.push(line));', ['unknown']],
    ['a function of the file that is given it', 'function each(fn) { fn(); } export function go() { each((line) => lines.push(line)); }', ['call']],
    ['an effect', 'useEffect(() => { lines.push(1); }, []);', ['effect']],
    ['a callback that is kept', "const add = useCallback((line) => { lines.push(line); }, []); feed.on('line', add);", ['event!', 'event!']],
    ['a variable with a function', "const add = (line) => { lines.push(line); }; feed.on('line', add);", ['event!', 'event!']],
    ['an arrow in a variable that nobody uses', 'const add = (line) => { lines.push(line); };', ['call']],
    ['a caller', `${ADD} feed.on('line', (line) => add(line)); export function write(line) { add(line); }`, ['call', 'event!', 'event!']],
    ['itself, and whoever calls it first', 'export function add(line) { lines.push(line); if (line.next) add(line.next); }', []],
    ['the module', 'lines.push(1);', ['call']],
  ])('%s', (_, code, expected) => {
    expect(originsIn(code)).toEqual(expected);
  });

  it('a gesture, where a view runs it', () => {
    expect(originsIn('export const view = <b onClick={() => lines.push(1)} />;', 'src/view.tsx')).toEqual(['gesture']);
    expect(originsIn(`export const view = <b onClick={add} />; ${ADD}`, 'src/view.tsx')).toEqual(['gesture']);
  });
});
