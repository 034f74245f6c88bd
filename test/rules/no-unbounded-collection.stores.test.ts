import { describe, expect, it } from 'vitest';
import { isFinding } from '../../src/core/index.js';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectSilent, findingsOf, reasonsFor, verdictsOf } = checksFor('no-unbounded-collection');

/** A component that follows a feed; the samples differ in what its reducer does. */
const feedWith = (reducerCases: string, effect = 'feed.on(\'line\', (line) => dispatch({ type: \'arrived\', line }));'): string => `
import { useEffect, useReducer } from 'react';
const EMPTY = { lines: [], isOpen: false };
function feedReducer(state, action) {
  switch (action.type) {
    ${reducerCases}
    default:
      return state;
  }
}
export function useFeed(feed) {
  const [state, dispatch] = useReducer(feedReducer, EMPTY);
  useEffect(() => {
    dispatch({ type: 'opened' });
    ${effect}
  }, [feed]);
  return { state, clear: () => dispatch({ type: 'cleared' }) };
}
`;

const REPORTED = ['likely no-unbounded-collection lines:2'];

describe('no-unbounded-collection: the state of a reducer', () => {
  it('reports a list that grows with every event', () => {
    expect(findingsOf(feedWith("case 'arrived': return { ...state, lines: [...state.lines, action.line] };"))).toEqual(REPORTED);
  });

  it('reports growth by other spellings', () => {
    for (const grown of ['[action.line, ...state.lines]', 'state.lines.concat(action.line)', '[...state.lines, ...action.batch.toReversed()]', '[...(state.lines ?? []), action.line]']) {
      expect(findingsOf(feedWith(`case 'arrived': return { ...state, lines: ${grown} };`)), grown).toEqual(REPORTED);
    }
  });

  it('reports a list made ready in a local', () => {
    expect(findingsOf(feedWith("case 'arrived': { const lines = [...state.lines, action.line]; return { ...state, lines }; }"))).toEqual(REPORTED);
  });

  it('reports a list that only the start of an effect or a person empties', () => {
    expect(findingsOf(feedWith("case 'opened': case 'cleared': return { lines: [], isOpen: true }; case 'arrived': return { ...state, lines: [...state.lines, action.line] };"))).toEqual(REPORTED);
  });

  it('follows a stream, an interval, a failure and a subscription', () => {
    const reducer = "case 'arrived': return { ...state, lines: [...state.lines, action.line] };";
    const triggers = [
      "(async () => { for await (const line of feed) dispatch({ type: 'arrived', line }); })();",
      "const timer = setInterval(() => { const line = feed.next(); if (line) dispatch({ type: 'arrived', line }); }, 200); return () => clearInterval(timer);",
      "feed.open().catch((line) => dispatch({ type: 'arrived', line }));",
      "try { feed.open(); } catch (line) { dispatch({ type: 'arrived', line }); }",
      "const onLine = (line) => dispatch({ type: 'arrived', line }); return feed.subscribe(onLine);",
    ];
    for (const trigger of triggers) expect(findingsOf(feedWith(reducer, trigger)), trigger).toEqual(REPORTED);
  });

  it('is silent about a list that is cut where it grows', () => {
    for (const cut of ['[...state.lines, action.line].slice(-500)', '[...state.lines.slice(-499), action.line]', 'appendCapped(state.lines, action.line, 500)']) {
      expect(findingsOf(feedWith(`case 'arrived': return { ...state, lines: ${cut} };`)), cut).toEqual([]);
    }
  });

  it('is silent about a list that is cut in a local', () => {
    expect(findingsOf(feedWith("case 'arrived': { const lines = [...state.lines, action.line]; return { ...state, lines: lines.length > 500 ? lines.slice(-500) : lines }; }"))).toEqual([]);
  });

  it('is silent about a list that an event empties', () => {
    expect(findingsOf(feedWith("case 'arrived': return { ...state, lines: [...state.lines, action.line] }; case 'flushed': return { ...state, lines: [] };", "feed.on('line', (line) => dispatch({ type: 'arrived', line })); feed.on('flush', () => dispatch({ type: 'flushed' }));"))).toEqual([]);
  });

  it('is silent about a list from which single entries are taken', () => {
    expect(findingsOf(feedWith("case 'arrived': return { ...state, lines: [...state.lines, action.line] }; case 'cleared': return { ...state, lines: state.lines.filter((line) => line !== action.line) };"))).toEqual([]);
  });

  it('is silent about a list that a person edits', () => {
    expect(findingsOf(feedWith("case 'arrived': return { ...state, lines: [...state.lines, action.line] };", "element.addEventListener('click', () => dispatch({ type: 'arrived', line: 'new' }));"))).toEqual([]);
  });

  it('is silent about a list that is replaced', () => {
    expect(findingsOf(feedWith("case 'arrived': return { ...state, lines: action.lines };"))).toEqual([]);
  });

  it('does not take an action for another', () => {
    expect(findingsOf(feedWith("case 'edited': return { ...state, lines: [...state.lines, action.line] }; case 'arrived': return { ...state, last: action.line };"))).toEqual([]);
  });
});

describe('no-unbounded-collection: stores', () => {
  it('reports errors that a zustand store collects', () => {
    expectFindings(`
import { create } from 'zustand';
export const useApi = create((set, get) => ({
  failures: [], //! likely no-unbounded-collection failures
  load: () => fetch('/orders').catch((error) => set((state) => ({ failures: [...state.failures, error] }))),
}));
`);
  });

  it('follows get(), setState and getState()', () => {
    for (const update of ['set({ failures: [...get().failures, error] })', 'useApi.setState((state) => ({ failures: [...state.failures, error] }))', 'useApi.setState({ failures: useApi.getState().failures.concat(error) })']) {
      expect(findingsOf(`
import { create } from 'zustand';
import { devtools } from 'zustand/middleware';
const useApi = create()(devtools((set, get) => ({
  failures: [],
  load() {
    try { return load(); } catch (error) { ${update}; }
  },
})));
export const usePublicApi = () => useApi((state) => state.failures);
`), update).toHaveLength(1);
    }
  });

  it('follows the drafts of immer', () => {
    expectFindings(`
import { create } from 'zustand';
import { immer } from 'zustand/middleware/immer';
export const useFeed = create(immer((set) => ({
  messages: [], //! likely no-unbounded-collection messages
  follow(socket) {
    socket.on('message', (message) => set((draft) => { draft.messages.push(message); }));
  },
})));
`);
  });

  it('reports a slice whose action sounds like what comes by itself, and nothing takes out', () => {
    expectFindings(`
import { createSlice } from '@reduxjs/toolkit';
const slice = createSlice({
  name: 'console',
  initialState: { logs: [] }, //! likely no-unbounded-collection logs
  reducers: {
    logReceived(state, action) { state.logs.push(action.payload); },
  },
});
export const { logReceived } = slice.actions;
export default slice.reducer;
`);
  });

  it('is silent about that slice once an action empties it, for who dispatches either is written elsewhere', () => {
    expectSilent(`
import { createSlice } from '@reduxjs/toolkit';
const slice = createSlice({
  name: 'console',
  initialState: { logs: [] },
  reducers: {
    logReceived(state, action) { state.logs.push(action.payload); },
    logsCleared(state) { state.logs = []; },
  },
});
export default slice.reducer;
`);
  });

  it('is silent about what a person adds', () => {
    expectSilent(`
import { create } from 'zustand';
export const useCart = create((set) => ({
  items: [],
  addItem: (item) => set((state) => ({ items: [...state.items, item] })),
}));
`);
  });

  it('is silent about a record from which a draft loses keys', () => {
    for (const removal of [
      'const next = { ...state.bySession }; delete next[sessionId]; return { bySession: next };',
      'const { [sessionId]: gone, ...rest } = state.bySession; return { bySession: rest };',
      'const next = new Map(state.bySession); next.delete(sessionId); return { bySession: next };',
    ]) {
      expect(findingsOf(`
import { create } from 'zustand';
export const useCharts = create((set) => ({
  bySession: {},
  put: (sessionId, chart) => set((state) => ({ bySession: { ...state.bySession, [sessionId]: chart } })),
  end: (sessionId) => set((state) => { ${removal} }),
}));
`), removal).toEqual([]);
    }
  });

  it('reports that record where nothing takes sessions out', () => {
    expectFindings(`
import { create } from 'zustand';
export const useCharts = create((set) => ({
  bySession: {}, //! likely no-unbounded-collection bySession
  put: (sessionId, chart) => set((state) => ({ bySession: { ...state.bySession, [sessionId]: chart } })),
}));
`);
  });

  it('does not take any create() for a store', () => {
    expectSilent(`
import { create } from './shapes.js';
export const shapes = create((set, get) => ({
  points: [],
  load: () => fetch('/points').catch((error) => set((state) => ({ points: [...state.points, error] }))),
}));
`);
  });
});

/** The ways to write a state of errors, each with room for a further case that is put into it. */
const SPELLINGS: readonly (readonly [name: string, write: (more: string) => string, emptied: string])[] = [
  ['cases of a builder, by their names', (more) => built("addCase('errorReceived', (state, action) => { state.errors.push(action.payload); })", more), ".addCase('quietened', (state) => { state.errors = []; })"],
  ['cases of a builder, by their creators', (more) => built('addCase(actions.errorReceived, (state, action) => { state.errors.push(action.payload); })', more), '.addCase(actions.quietened, (state) => { state.errors = []; })'],
  ['a matcher of a builder', (more) => built('addMatcher(isErrorReceived, (state, action) => { state.errors.push(action.payload); })', more), '.addDefaultCase((state) => { state.errors = []; })'],
  ['a prepared case of a slice', (more) => sliced(`errorReceived: { prepare: (error) => ({ payload: error }), reducer(state, action) { state.errors.push(action.payload); } }, ${more}`), 'quietened(state) { state.errors = []; },'],
  ['a case that a slice adds for others', (more) => sliced('', `extraReducers: (builder) => { builder.addCase('errorReceived', (state, action) => { state.errors.push(action.payload); })${more}; },`), ".addCase('quietened', (state) => { state.errors = []; })"],
  ['a reducer that asks', (more) => asked('action', 'action.type', 'action.payload', more), "if (action.type === 'quietened') return { ...state, errors: [] };"],
  ['a reducer that takes an action apart', (more) => asked('{ type, payload }', 'type', 'payload', more), "if (type === 'quietened') return { ...state, errors: [] };"],
  ['a part of a zustand store', (more) => `
import type { StateCreator } from 'zustand';
export const createErrorSlice: StateCreator<ErrorState> = (set) => ({
  errors: [],
  errorReceived: (error) => set((state) => ({ errors: [...state.errors, error] })), ${more}
});
`, 'quieten: () => set({ errors: [] }),'],
];

function built(grow: string, more: string): string {
  return `
import { createReducer } from '@reduxjs/toolkit';
const INITIAL = { errors: [] };
export const errorReducer = createReducer(INITIAL, (builder) => { builder.${grow}${more}; });
`;
}

function sliced(reducers: string, more = ''): string {
  return `
import { createSlice } from '@reduxjs/toolkit';
export const errorSlice = createSlice({ name: 'errors', initialState: { errors: [] }, reducers: { ${reducers} }, ${more} });
`;
}

function sliceNamed(declared: string): string {
  return `
import { createSlice } from '@reduxjs/toolkit';
${declared}createSlice({ name: 'errors', initialState: { errors: [] }, reducers: { errorReceived(state, action) { state.errors.push(action.payload); } } });
`;
}

function asked(action: string, type: string, payload: string, more: string): string {
  return `
const INITIAL = { errors: [] };
export function errorReducer(state = INITIAL, ${action}) {
  if (${type} === 'errorReceived') return { ...state, errors: [...state.errors, ${payload}] };
  ${more}
  return state;
}
`;
}

describe('no-unbounded-collection: spellings of a store', () => {
  it.each(SPELLINGS)('reports errors that nothing takes out: %s', (_, write) => {
    expect(findingsOf(write('')).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-unbounded-collection errors']);
  });

  it.each(SPELLINGS)('is silent once an action empties them: %s', (_, write, emptied) => {
    expectSilent(write(emptied));
  });

  it.each([
    ['of which nothing says that it is an action', asked('command', 'command.type', 'command.payload', '')],
    ['that is not asked for its type', asked('{ kind, payload }', 'kind', 'payload', '')],
    ['whose state is no other than a call makes', asked('action', 'action.type', 'action.payload', '').replace('state = INITIAL', 'state = begin()')],
  ])('knows no reducer by a second parameter %s', (_, code) => {
    expectSilent(code);
  });
});

describe('no-unbounded-collection: a history that is emptied by hand', () => {
  const historyWith = (push: string, rest: string): string => `
let history = [];
export default function createLog(name) {
  const log = function (...args) {
    args.unshift(name);
    if (history) ${push};
  };
  ${rest}
  return log;
}
`;
  const CLEAR = 'log.clear = () => { if (history) history.length = 0; };';

  it('reports a history of calls with a clear() that is handed out', () => {
    for (const push of ['history.push([...args])', 'history.push([].concat(args))', 'history.push(args.slice())', 'history.push({ name, at: Date.now() })']) {
      expect(findingsOf(historyWith(push, CLEAR)), push).toEqual(['likely no-unbounded-collection history:1']);
    }
  });

  it('says that only a call empties it', () => {
    expect(reasonsFor(historyWith('history.push([...args])', CLEAR))).toContain('emptied-by-hand');
  });

  it('reports one that is switched off and on by hand', () => {
    expect(findingsOf(historyWith('history.push([...args])', 'log.disable = () => { history = null; }; log.enable = () => { if (history === null) history = []; };'))).toHaveLength(1);
  });

  it('is silent where it is trimmed with each entry', () => {
    expectSilent(historyWith('{ history.push([...args]); history.splice(0, history.length - 1000); }', CLEAR));
  });

  it('is silent where a timer or an event empties it', () => {
    expectSilent(historyWith('history.push([...args])', 'setInterval(() => { history.length = 0; }, 60_000);'));
    expectSilent(historyWith('history.push([...args])', "process.on('message', () => { history = []; });"));
  });

  it('is silent about a queue that is emptied and used', () => {
    expectSilent(historyWith('history.push([...args])', 'log.flush = (send) => { for (const entry of history) send(entry); history.length = 0; };'));
    expectSilent(historyWith('history.push([...args])', 'log.take = () => { const taken = history; history = []; return taken; };'));
  });

  it('is silent about a builder that is reset', () => {
    expectSilent(`
export class Query {
  parts = [];
  where(part) { this.parts.push(part); return this; }
  reset() { this.parts = []; }
}
`);
  });
});

describe('no-unbounded-collection: records that nothing empties', () => {
  it('reports dated entries of a list that lives with the process', () => {
    expectFindings(`
const auditLog = []; //! likely no-unbounded-collection auditLog
function record(action, user) {
  auditLog.push({ action, user, at: new Date().toISOString() });
}
export function login(user) {
  record('login', user);
}
`);
  });

  it('is silent about dated entries of one call', () => {
    expectSilent(`
export function run(steps) {
  const timeline = [];
  for (const step of steps) timeline.push({ step, at: Date.now() });
  return timeline;
}
`);
  });
});

/** A module that keeps things under ids of its own; the samples differ in what these are. */
const storeOf = (name: string, fields: string, use: string): string => `
const ${name} = new Map();
export function create(title) {
  const id = crypto.randomUUID();
  const made = { id, title, ${fields} };
  ${name}.set(id, made);
  return made;
}
export function find(id) {
  return ${name}.get(id);
}
${use}
`;

const RENAME = 'export function rename(id, title) { const found = RECORDS.get(id); if (found) found.title = title; }';

describe('no-unbounded-collection: a Map that is the data store of a module', () => {
  it('is less sure of records that others change or list by the id that was given back', () => {
    for (const use of [RENAME, 'export function add(id, page) { const found = RECORDS.get(id); found?.pages.push(page); }', 'export function all() { return [...RECORDS.values()]; }']) {
      expect(findingsOf(storeOf('albums', 'pages: []', use.replaceAll('RECORDS', 'albums'))), use).toEqual(['likely no-unbounded-collection albums:1']);
    }
  });

  it('still is certain about what is under way, dated, or live', () => {
    for (const [name, fields] of [['sessions', 'pages: []'], ['pendingAlbums', 'pages: []'], ['sessions', 'expiresAt: Date.now() + 1000']] as const) {
      expect(findingsOf(storeOf(name, fields, RENAME.replaceAll('RECORDS', name))), `${name} ${fields}`).toEqual([`certain no-unbounded-collection ${name}:1`]);
    }
  });

  it('calls nothing a record that is dated, live, only read, or whose id nobody is given', () => {
    for (const code of [storeOf('albums', 'expiresAt: Date.now() + 1000', RENAME.replaceAll('RECORDS', 'albums')), storeOf('albums', 'stop: () => title.stop()', RENAME.replaceAll('RECORDS', 'albums')), storeOf('albums', 'pages: []', ''), storeOf('albums', 'pages: []', RENAME.replaceAll('RECORDS', 'albums')).replace('return made;', '')]) {
      const reasons = verdictsOf(code).find(({ symbol }) => symbol === 'albums')?.reasons.map((reason) => reason.code);
      expect(reasons).toContain('new-key');
      expect(reasons).not.toContain('store-of-records');
    }
  });
});

describe('no-unbounded-collection: states that are hard to see', () => {
  const GROWS = "case 'arrived': return { ...state, lines: [...state.lines, action.line] };";
  /** The feed with another way to hold its state. */
  const held = (from: string, to: string): string => feedWith(GROWS).replace(from, to);
  const HOOK = 'const [state, dispatch] = useReducer(feedReducer, EMPTY);';

  it.each([
    ['the state alone is not taken', held(HOOK, 'const [, dispatch] = useReducer(feedReducer, EMPTY); const state = undefined;')],
    ['both are kept in one variable', held(HOOK, 'const held = useReducer(feedReducer, EMPTY); const [state, dispatch] = held;')],
    ['the reducer asks by a conditional', feedWith(GROWS).replace(/function feedReducer[\s\S]*?\n\}\n/, "const feedReducer = (state, action) => (action.type === 'arrived' ? { ...state, lines: [...state.lines, action.line] } : state);\n")],
    ['either side of an ?? is a next state', feedWith("case 'arrived': return action.state ?? { ...state, lines: [...state.lines, action.line] };")],
    ['a conditional gives it', feedWith("case 'arrived': return action.line ? { ...state, lines: [...state.lines, action.line] } : state;")],
    ['a constant names the action', feedWith("case ARRIVED: return { ...state, lines: [...state.lines, action.line] };", "feed.on('line', (line) => dispatch({ type: ARRIVED, line }));")],
    ['an action creator makes the action', feedWith('case arrived: return { ...state, lines: [...state.lines, action.line] };', "feed.on('line', (line) => dispatch(actions.arrived(line)));")],
    ['another case falls through to it', feedWith("case 'repeated': case 'arrived': return { ...state, lines: [...state.lines, action.line] };")],
    ['the copy is made first', feedWith("case 'arrived': { const lines = state.lines.slice(); lines.push(action.line); return { ...state, lines }; }")],
    ['the reducer stands where it is used', feedWith(GROWS).replace(/function feedReducer[\s\S]*?\n\}\n/, '').replace('useReducer(feedReducer, EMPTY)', "useReducer((state, action) => (action.type === 'arrived' ? { ...state, lines: [...state.lines, action.line] } : state), EMPTY)")],
    ['a question about the state stands around it', feedWith("case 'arrived': if (state.isOpen === true) return { ...state, lines: [...state.lines, action.line] }; return state;")],
    ['the list is sorted afterwards', feedWith("case 'arrived': { const lines = [...state.lines, action.line]; return { ...state, lines: lines.toSorted() }; }")],
  ])('reports a list that grows with every event where %s', (_, code) => {
    expect(findingsOf(code).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-unbounded-collection lines']);
  });

  it.each([
    ['the reducer stands in another file', held(HOOK, "const [state, dispatch] = useReducer(feedReducer, EMPTY);").replace(/function feedReducer[\s\S]*?\n\}\n/, "import { feedReducer } from './reducer.js';\n")],
    ['the state begins with what the component is given', feedWith(GROWS).replace('useFeed(feed)', 'useFeed(feed, first)').replace('useReducer(feedReducer, EMPTY)', 'useReducer(feedReducer, first)')],
    ['nobody dispatches the action', feedWith(GROWS, "feed.on('line', (line) => dispatch({ type: 'seen', line }));")],
    ['the branch of an if answers another action', feedWith("case 'arrived': return state;").replace('switch (action.type) {', "if (action.type === 'edited') return { ...state, lines: [...state.lines, action.line] };\n  switch (action.type) {")],
    ['what is made of the list is not understood, and may hold less', feedWith("case 'arrived': return { ...state, lines: state.lines.reduce((all, line) => (all.length > 99 ? all : [...all, line]), [action.line]) };")],
    ['the other branch of a question answers the event', feedWith("case 'arrived': return state;").replace('switch (action.type) {', "if (action.type === 'arrived') return state;\n  else return { ...state, lines: [...state.lines, action.line] };\n  switch (action.type) {")],
    ['the list is only sorted', feedWith("case 'arrived': return { ...state, lines: state.lines.toSorted() };")],
    ['the list is only copied', feedWith("case 'arrived': return { ...state, lines: [...state.lines] };")],
    ['a helper whose name says so takes entries out', feedWith("case 'arrived': return { ...state, lines: pruneLines([...state.lines, action.line]) };")],
    ['the state is one of an event, which carries nothing over', feedWith("case 'arrived': return { lines: [action.line], isOpen: true };")],
    ['what else it makes of the list is in the hands of a function that is made first', feedWith("case 'arrived': return { ...state, lines: keepLast(500)([...state.lines, action.line]) };")],
    ['a local is shortened where it is too long', feedWith("case 'arrived': { let lines = [...state.lines, action.line]; if (lines.length > 500) lines = lines.slice(-500); return { ...state, lines }; }")],
    ['the action brings the whole list', feedWith("case 'arrived': { const { lines } = action; return { ...state, lines }; }")],
    ['a part of a list takes its place', feedWith("case 'arrived': { const [lines] = action.pages; return { ...state, lines }; }")],
    ['both are kept in one variable, and nothing else names the state', held(HOOK, 'const held = useReducer(feedReducer, { lines: [] }); const [state, dispatch] = held;')],
    ['a copy is shortened', feedWith("case 'arrived': { const lines = [...state.lines]; lines.push(action.line); lines.splice(0, lines.length - 500); return { ...state, lines }; }")],
  ])('is silent where %s', (_, code) => {
    expectSilent(code);
  });

  it.each([
    ['a Map is copied and added to in one go', 'return { ...state, byId: new Map(state.byId).set(crypto.randomUUID(), action.line) };', ['likely no-unbounded-collection byId']],
    ['a record is copied and added to in a local', 'const next = { ...state.byId }; next[crypto.randomUUID()] = action.line; return { ...state, byId: next };', ['likely no-unbounded-collection byId']],
    ['another local than the copy is added to', 'const next = { ...state.byId }; const seen = { ...action.seen }; seen[crypto.randomUUID()] = true; return { ...state, byId: next, last: seen };', []],
    ['the newest entry takes the place of all', 'return { ...state, byId: { [crypto.randomUUID()]: action.line } };', []],
    ['a record made of it is cut by a helper', 'const all = { ...state.byId, [crypto.randomUUID()]: action.line }; return { ...state, byId: pruneOldest(all) };', []],
  ])('asks of a record by id what becomes of the old one: %s', (_, answer, expected) => {
    const code = feedWith(`case 'arrived': { ${answer} }`).replace('lines: []', 'byId: {}');
    expect(findingsOf(code).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(expected);
  });

  it.each([
    ['a component, by its reducer', feedWith(GROWS), 'feedReducer'],
    ['a slice, by its variable', sliceNamed('export const errorSlice = '), 'errorSlice'],
    ['a slice without one', sliceNamed('const BEGIN = { errors: [] };\nexport default ').replace('initialState: { errors: [] }', 'initialState: BEGIN'), 'slice'],
    ['a reducer that is built and has no name', built("addCase('errorReceived', (state, action) => { state.errors.push(action.payload); })", '').replace('export const errorReducer =', 'export default'), 'reducer'],
    ['a reducer that is written without a name', asked('action', 'action.type', 'action.payload', '').replace('function errorReducer', 'default function'), 'reducer'],
  ])('says whose state it is: %s', (_, code, owner) => {
    expect(verdictsOf(code).filter(isFinding).map((verdict) => verdict.owner)).toEqual([owner]);
  });

  it.each([
    ['a callback that is kept', "const onLine = useCallback((line) => dispatch({ type: 'arrived', line }), []); feed.on('line', onLine);"],
    ['a helper of the effect', "const add = (line) => dispatch({ type: 'arrived', line }); feed.on('line', (line) => add(line));"],
    ['the second handler of a promise', "feed.open().then(() => {}, (line) => dispatch({ type: 'arrived', line }));"],
    ['a subscription by its event', "feed.onMessage((line) => dispatch({ type: 'arrived', line }));"],
  ])('reports what comes by itself through %s', (_, effect) => {
    expect(findingsOf(feedWith(GROWS, effect))).toEqual(REPORTED);
  });

  it.each([
    ['an element of the view', "element.onclick = () => dispatch({ type: 'arrived', line: 'new' });"],
    ['the end of the feed', "feed.on('close', () => dispatch({ type: 'arrived', line: 'end' }));"],
    ['what somebody else makes of it', "feed.decorate((line) => dispatch({ type: 'arrived', line }));"],
    ['a timer that fires once', "const timer = setTimeout(() => dispatch({ type: 'arrived', line: 'late' }), 200); return () => clearTimeout(timer);"],
    ['the effect itself', "dispatch({ type: 'arrived', line: 'first' });"],
  ])('is silent about what comes through %s', (_, effect) => {
    expectSilent(feedWith(GROWS, effect));
  });

  /** A slice that collects errors; the samples differ in its options. */
  const sliceOf = (options: string, before = ''): string => `
import { createSlice } from '@reduxjs/toolkit';
${before}
export const errorSlice = createSlice({ name: 'errors', ${options} });
`;

  it.each([
    ['beside cases that it shares with others', sliceOf('initialState: { errors: [] }, reducers: { ...shared, errorReceived(state, action) { state.errors.push(action.payload); } }', "import { shared } from './shared.js';")],
    ['in a case that is written as a function of its own', sliceOf('initialState: { errors: [] }, reducers: { errorReceived: keepError }', 'function keepError(state, action) { state.errors.push(action.payload); }')],
    ['of a state that has a name', sliceOf('initialState: BEGIN, reducers: { errorReceived(state, action) { state.errors.push(action.payload); } }', 'const BEGIN = { errors: [] };')],
    ['of a slice that nothing names', sliceOf('initialState: { errors: [] }, reducers: { errorReceived(state, action) { state.errors.push(action.payload); } }').replace('export const errorSlice = createSlice(', "const BEGIN = { errors: [] };\nexport default createSlice(").replace('initialState: { errors: [] }', 'initialState: BEGIN')],
  ])('reports what a slice collects %s', (_, code) => {
    expect(findingsOf(code).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-unbounded-collection errors']);
  });

  it.each([
    ['begins with what a call gives', sliceOf('initialState: loadErrors(), reducers: { errorReceived(state, action) { state.errors.push(action.payload); } }')],
    ['has no cases of its own', sliceOf('initialState: { errors: [] }')],
    ['has a case that stands in another file', sliceOf('initialState: { errors: [] }, reducers: { errorReceived: keepError }', "import { keepError } from './cases.js';")],
    ['takes its cases from another file', sliceOf('initialState: { errors: [] }, reducers: sharedCases', "import { sharedCases } from './cases.js';")],
  ])('is silent about a slice that %s', (_, code) => {
    expectSilent(code);
  });

  /** A zustand store that collects failures; the samples differ in how it is made. */
  it.each([
    ['a store that a function makes for each of its callers', "import { create } from 'zustand';\nexport function makeApi() {\n  return create((set) => ({ failures: [], load: () => fetch('/orders').catch((error) => set((state) => ({ failures: [...state.failures, error] }))) }));\n}", 1],
    ['a store that is made from a function with a name', "import { create } from 'zustand';\nconst api = (set) => ({ failures: [], load: () => fetch('/orders').catch((error) => set((state) => ({ failures: [...state.failures, error] }))) });\nexport const useApi = create(api);", 1],
    ['a store whose creator is imported', "import { create } from 'zustand';\nimport { api } from './api.js';\nexport const useApi = create(api);", 0],
    ['a store that does not begin with an object', "import { create } from 'zustand';\nexport const useApi = create((set) => { set({ failures: [] }); return begin(set); });", 0],
    ['a call of set that sets nothing', "import { create } from 'zustand';\nexport const useApi = create((set) => ({ failures: [], load: () => set() }));", 0],
    ['the store of the vanilla package', "import { createStore } from 'zustand/vanilla';\nexport const api = createStore((set) => ({ failures: [], load: () => fetch('/orders').catch((error) => set((state) => ({ failures: [...state.failures, error] }))) }));", 1],
    ['a function of another module that is called like it', "import { create } from 'zustand/middleware';\nimport { make } from './shapes.js';\nexport const useApi = make((set) => ({ failures: [], load: () => fetch('/orders').catch((error) => set((state) => ({ failures: [...state.failures, error] }))) }));", 0],
  ])('knows %s', (_, code, count) => {
    expect(findingsOf(code)).toHaveLength(count);
  });
});

describe('no-unbounded-collection: histories, and who empties them', () => {
  it.each([
    ['a history of errors with the time, emptied by a call', `
const errors = [];
export function onError(error) { errors.push({ error, at: Date.now() }); }
export function clear() { errors.length = 0; }
`, ['likely errors: records-calls emptied-by-hand lives-with-process registration-api']],
    ['errors that are dated by an object', `
const errors = [];
export function onError(error) { errors.push({ error, at: new Date() }); }
export function clear() { errors.splice(0); }
`, ['likely errors: records-calls emptied-by-hand lives-with-process registration-api']],
    ['errors that are dated as a text', `
const errors = [];
export function onError(error) { errors.push({ error, at: new Date().toISOString() }); }
export function clear() { errors.splice(0); }
`, ['likely errors: records-calls emptied-by-hand lives-with-process registration-api']],
    ['errors of a day that is given', `
const errors = [];
export function onError(error, day) { errors.push({ error, at: new Date(day) }); }
export function clear() { errors.length = 0; }
`, ['silent errors: shrinks']],
    ['entries that are dated in a local', `
const errors = [];
export function onError(error) { const entry = { error, at: performance.now() }; errors.push(entry); }
export function clear() { errors.length = 0; }
`, ['likely errors: records-calls emptied-by-hand lives-with-process registration-api']],
    ['entries that are made elsewhere', `
const errors = [];
export function onError(error) { const entry = wrap(error); errors.push(entry); }
export function clear() { errors.length = 0; }
`, ['silent errors: shrinks']],
    ['the arguments as they are', `
const calls = { history: [] };
export function log() { calls.history.push(arguments); }
export function clear() { calls.history = []; }
`, ['likely history: records-calls emptied-by-hand lives-with-process']],
    ['a copy of the arguments', `
const history = [];
export function log(...args) { history.push([...args]); }
export function clear() { history.length = 0; }
`, ['likely history: records-calls emptied-by-hand lives-with-process']],
    ['a copy of another list', `
const history = [];
export function log(line, parts) { const own = split(line); history.push([...own]); }
export function clear() { history.length = 0; }
`, ['silent history: shrinks']],
    ['a list of lists', `
const history = [];
export function log(line) { history.push([line, 1]); }
export function clear() { history.length = 0; }
`, ['silent history: shrinks']],
    ['a copy by slice of a part', `
const history = [];
export function log(...args) { history.push(args.slice(1)); }
export function clear() { history.length = 0; }
`, ['silent history: shrinks']],
    ['a copy by concat to another', `
const history = [];
export function log(...args) { history.push(prefix.concat(args)); }
export function clear() { history.length = 0; }
`, ['silent history: shrinks']],
    ['a splice whose result is used', `
const history = [];
export function log(...args) { history.push([...args]); }
export function take() { return history.splice(0); }
`, ['silent history: shrinks']],
    ['a splice of some', `
const history = [];
export function log(...args) { history.push([...args]); }
export function drop() { history.splice(0, 10); }
`, ['silent history: shrinks']],
    ['a reset that looks at the entries', `
const history = [];
export function log(...args) { history.push([...args]); }
export function clear() { for (const entry of history) send(entry); history.length = 0; }
`, ['silent history: shrinks']],
    ['a reset that looks at the size', `
const history = [];
export function log(...args) { history.push([...args]); }
export function clear() { if (history.length > 0) history.length = 0; }
`, ['likely history: records-calls emptied-by-hand lives-with-process']],
    ['a reset in what records', `
const history = [];
export function log(...args) { if (args.length === 0) { history.length = 0; return; } history.push([...args]); }
`, ['silent history: shrinks']],
    ['a reset by an event', `
const history = [];
export function log(...args) { history.push([...args]); }
process.on('SIGHUP', () => { history.length = 0; });
`, ['silent history: shrinks']],
    ['a reset by a person', `
const history = [];
export function log(...args) { history.push([...args]); }
button.addEventListener('click', () => { history.length = 0; });
`, ['likely history: records-calls emptied-by-hand lives-with-process']],
    ['a name that says nothing, in a function that does', `
const kept = [];
export function onMessage(...args) { kept.push([...args]); }
export function clear() { kept.length = 0; }
`, ['likely kept: records-calls emptied-by-hand lives-with-process registration-api']],
    ['a name that says nothing, in a function that does not', `
const kept = [];
export function put(...args) { kept.push([...args]); }
export function clear() { kept.length = 0; }
`, ['silent kept: shrinks']],
    ['a field', `
export class Recorder {
  history = [];
  record(...args) { this.history.push([...args]); }
  clear() { this.history.length = 0; }
}
`, ['likely history: records-calls emptied-by-hand']],
    ['a Set', `
const history = new Set();
export function log(...args) { history.add([...args]); }
export function clear() { history.clear(); }
`, ['silent history: shrinks']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-unbounded-collection: what entries hold, and the argument for each', () => {
  it.each([
    ['an entry with a timer', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, setTimeout(() => this.ring(id), 1_000)); }
  
}
`, ['silent all: per-id-key holds-resource said-by-rule']],
    ['an entry with a promise', `
export class Hub {
  all = new Map();
  open(id) { return new Promise((resolve) => { this.all.set(id, { resolve }); }); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry with both ends of a promise', `
export class Hub {
  all = new Map();
  open(id) { return new Promise((resolve, reject) => { this.all.set(id, [resolve, reject]); }); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry with the end of a promise under another name', `
export class Hub {
  all = new Map();
  open(id) { return new Promise((resolve) => { this.all.set(id, { done: resolve }); }); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry with a socket', `
export class Hub {
  all = new Map();
  open(id) { const socket = connect(id); this.all.set(id, socket); }
  
}
`, ['likely all: per-id-key']],
    ['an entry with a socket among other things', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, { name: id, socket: connect(id) }); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry with a socket that is none', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, { socket: 1 }); }
  
}
`, ['likely all: per-id-key']],
    ['an entry with a timer among other things', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, { later: setTimeout(() => this.ring(id), 1_000) }); }
  
}
`, ['silent all: per-id-key holds-resource said-by-rule']],
    ['an entry that is a new worker', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, new Worker(id)); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry that is a new thing of the file', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, new Room()); }
  leave(id) { this.all.get(id).x = 1; }
}
`, ['likely all: per-id-key']],
    ['an entry with properties that are spread', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, { ...id, "name": 1 }); }
  
}
`, ['likely all: per-id-key']],
    ['an entry made in a local', `
export class Hub {
  all = new Map();
  open(id) { const room = { socket: connect(id) }; this.all.set(id, room); }
  
}
`, ['likely all: per-id-key holds-resource']],
    ['an entry that is taken apart', `
export class Hub {
  all = new Map();
  open(id) { const { room } = find(id); this.all.set(id, room); }
  
}
`, ['likely all: per-id-key']],
    ['an entry that is ended and kept', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, connect(id)); }
  leave(id) { this.all.get(id)?.close(); }
}
`, ['certain all: ended-but-kept per-id-key']],
    ['an entry that is ended before it is put in', `
export class Hub {
  all = new Map();
  open(id) { const room = connect(id); this.all.get(id)?.close(); this.all.set(id, room); }
  
}
`, ['silent all: per-id-key memo']],
    ['entries that are ended with their owner', `
export class Hub {
  all = new Map();
  open(id) {  this.all.set(id, connect(id)); }
  dispose() { for (const one of this.all.values()) one.close(); }
}
`, ['likely all: per-id-key']],
    ['a memo', `
export class Hub {
  all = new Map();
  open(id) { if (!this.all.has(id)) this.all.set(id, measure(id)); return this.all.get(id); }
  
}
`, ['silent all: per-id-key memo']],
    ['a memo by in', `
export class Hub {
  all = new Map();
  open(id) { if (!(id in this.all)) this.all[id] = measure(id); return this.all[id]; }
  
}
`, ['silent all: per-id-key memo']],
    ['a memo by an assignment', `
export class Hub {
  all = new Map();
  open(id) { return (this.all[id] ??= measure(id)); }
  
}
`, ['silent all: per-id-key memo']],
    ['what was warned of', `
export class Hub {
  all = new Map();
  open(id) { if (this.all.has(id)) return; this.all.set(id, true); console.warn(id); }
  
}
`, ['silent all: per-id-key memo']],
    ['a sibling under the same key that is let go of', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, {}); this.seen.add(id); }
  seen = new Set(); drop(id) { this.seen.delete(id); }
}
`, ['certain all: sibling-released per-id-key', 'silent seen: shrinks']],
    ['a sibling that is toggled', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, {}); this.seen.add(id); this.seen.delete(id); }
  seen = new Set();
}
`, ['likely all: per-id-key', 'silent seen: shrinks']],
    ['a sibling of elements', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, {}); this.rooms.get(1).set(id, 1); }
  rooms = new Map(); drop(id) { this.rooms.get(1).delete(id); }
}
`, ['likely all: per-id-key', 'silent rooms: never-grows']],
    ['an entry of a class with an end', `
class Room { close() { this.isOver = true; } }
export class Hub { all = new Map(); open(id) { this.all.set(id, new Room()); } }
`, ['likely all: per-id-key holds-resource']],
    ['an entry of a class without one', `
class Room { paint() { this.at = 1; } }
export class Hub { all = new Map(); open(id) { this.all.set(id, new Room()); } }
`, ['likely all: per-id-key']],
    ['a registry of hooks', `
const hooks = [];
export function registerHook(hook) { hooks.push(hook); }
`, ['silent hooks: growth-may-be-limited registration-api']],
    ['a registry of sessions', `
const sessions = new Map();
export function registerSession(sessionId, session) { sessions.set(sessionId, session); }
`, ['certain sessions: per-entity-key lives-with-process']],
    ['a registry with a way back', `
export class Hooks { all = []; add(hook) { this.all.push(hook); } removeHook(hook) { this.last = hook; } }
`, ['silent all: growth-may-be-limited']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
