// Files that nobody wrote by hand and somebody will scan: deep, huge, many, oddly encoded, oddly named, or new in the language.
import { Buffer } from 'node:buffer';

const MB = 2 ** 20;

/** Ways to nest: what opens, what stands inside, what closes. Each is tried at several depths. */
const NESTS = {
  'parens': ['(', '1', ')'],
  'lists': ['[', '1', ']'],
  'objects': ['({ a: ', '1', ' })'],
  'calls': ['f(', '1', ')'],
  'chain': ['f', '', '.g()'],
  'optional chain': ['f', '', '?.g?.()'],
  'sum': ['1 + ', '1', ''],
  'mixed sum': ['1 - (', '1', ')'],
  'and': ['a && ', 'b', ''],
  'nullish': ['(a ?? ', 'b', ')'],
  'not': ['!', 'a', ''],
  'typeof': ['typeof ', 'a', ''],
  'await': ['await ', 'a', ''],
  'spread': ['[...', '[]', ']'],
  'templates': ['`${', '1', '}`'],
  'conditions': ['a ? b : ', 'c', ''],
  'conditions inside': ['a ? ', 'b', ' : c'],
  'arrows': ['() => ', '1', ''],
  'functions': ['function () { return ', '1', '; }'],
  'classes': ['class { a = ', '1', '; }'],
  'new': ['new ', 'A', '()'],
  'assignments': ['a = ', '1', ''],
  'sequence': ['(1, ', '1', ')'],
  'timers': ['setTimeout(() => ', 'f()', ', 1)'],
  'listeners': ["socket.on('data', () => ", 'f()', ')'],
};
const STATEMENT_NESTS = {
  'blocks': ['{\n', 'f();\n', '}\n'],
  'ifs': ['if (a) ', 'f();', ''],
  'ladder': ['if (a) f(); else ', 'f();', ''],
  'loops': ['for (;;) ', 'f();', ''],
  'labels': ['a: {', 'f();', '}'],
  'try finally': ['try { f(); ', 'return;', ' } finally { g(); }\n'],
  'try catch': ['try { f(); ', 'throw f();', ' } catch { g(); }\n'],
  'catch in catch': ['try { f(); } catch { ', 'g();', ' }'],
  'finally in finally': ['try { f(); } finally { ', 'g();', ' }'],
  'switch': ['switch (a) { case 1: ', 'f();', ' }'],
  'functions': ['function f() { ', 'f();', ' }'],
  'classes': ['class A { m() { ', 'f();', ' } }'],
  'loops with exits': ['for (const a of f()) { if (a) continue; if (!a) break; try { ', 'f();', ' } finally { if (a) break; } }'],
};
const DEPTHS = [40, 300, 1200, 3000, 20_000, 60_000];

const nested = ([open, inside, close], depth) => open.repeat(depth) + inside + close.repeat(depth);

function* deep() {
  for (const depth of DEPTHS) {
    for (const [name, nest] of Object.entries(NESTS)) yield [`deep ${name} ${depth}.ts`, `export const a = async () => ${nested(nest, depth)};\n`];
    for (const [name, nest] of Object.entries(STATEMENT_NESTS)) yield [`deep ${name} of statements ${depth}.js`, `export function run(a, f, g) {\n${nested(nest, depth)}\n}\n`];
    yield [`deep elements ${depth}.tsx`, `export const a = ${nested(['<a>', '', '</a>'], depth)};\n`];
    yield [`deep type ${depth}.ts`, `export type A = ${nested(['Array<', 'string', '>'], depth)};\n`];
    yield [`deep conditional type ${depth}.ts`, `export type A<T> = ${nested(['T extends string ? 1 : ', 'never', ''], depth)};\n`];
    yield [`deep pattern ${depth}.ts`, `export function run(${nested(['{ a: ', 'b', ' }'], depth)}) { return b; }\n`];
  }
}

function* huge() {
  const size = 10 * MB;
  const fill = (text) => text.repeat(Math.floor(size / text.length));
  yield ['huge string.ts', `export const a = '${fill('x')}';\n`];
  yield ['huge string of brackets.ts', `export const a = '${fill('([{')}';\n`];
  yield ['huge template.ts', `export const a = \`${fill('line\n')}\`;\n`];
  yield ['huge comment.ts', `/*${fill(' * word\n')}*/\nexport const a = 1;\n`];
  yield ['huge line comment.ts', `export const a = 1; // ${fill('leakproof-bounded: ')}\n`];
  yield ['huge expression.js', `export const a = /${fill('x')}/;\n`];
  yield ['huge name.js', `export const ${fill('x')} = new Map();\n`];
  yield ['huge list of numbers.js', `export const a = [${fill('1,')}];\n`];
  yield ['huge blank.ts', `${fill(' ')}\nexport const a = 1;\n${fill('\n')}`];
  yield ['huge semicolons.js', fill(';')];
  yield ['huge string in a Map.ts', `export class Keep {\n  all = new Map();\n  add(userId: string) {\n    this.all.set(userId, '${fill('x')}');\n    setTimeout(() => this.all.delete(userId), 1e6);\n  }\n  end(userId: string) { this.all.delete(userId); }\n}\n`];
}

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('');

/** Many of one thing in one file: what grows with its square is seen here. */
function* many() {
  yield ['many timers.ts', times(500, (i) => `export function f${i}(a: () => void) { setInterval(a, ${i}); }\n`)];
  yield ['many timers of one class.ts', `export class A {\n${times(200, (i) => `  t${i} = setInterval(() => this.run(), ${i});\n`)}  run() {}\n  dispose() {\n${times(199, (i) => `    clearInterval(this.t${i});\n`)}  }\n}\n`];
  yield ['many Maps of one class.ts', `export class A {\n${times(300, (i) => `  m${i} = new Map<string, object>();\n`)}  add(id: string, o: object) {\n${times(300, (i) => `    this.m${i}.set(id, o);\n`)}  }\n  onExit(id: string) {\n${times(150, (i) => `    this.m${i}.delete(id);\n`)}  }\n  close(id: string) {\n${times(300, (i) => `    this.m${i}.delete(id);\n`)}  }\n}\n`];
  yield ['many methods.ts', `export class A {\n  m = new Map<string, object>();\n${times(1500, (i) => `  f${i}(id: string) { this.m.set(id, this); this.f${(i * 7 + 1) % 1500}(id); }\n`)}}\n`];
  yield ['many listeners.ts', `export class A {\n  constructor(e: import('node:events').EventEmitter) {\n${times(500, (i) => `    e.on('e${i}', () => this.run());\n`)}  }\n  run() {}\n  dispose() {}\n}\n`];
  yield ['many handlers.ts', `export function serve(e: import('node:events').EventEmitter) {\n  const all = new Map<string, object>();\n${times(400, (i) => `  e.on('e${i}', (id: string) => { all.set(id, {}); });\n  e.on('close', (id: string) => { if (id === '${i}') all.delete(id); });\n`)}}\n`];
  yield ['many branches.js', `export function run(a) {\n  const t = setTimeout(f, 1e6);\n${times(2000, (i) => `  if (a === ${i}) { g(${i}); return; }\n`)}  clearTimeout(t);\n}\n`];
  yield ['many awaits.js', `export async function run(a) {\n  const t = setTimeout(f, 1e6);\n${times(2000, (i) => `  await a(${i});\n`)}  clearTimeout(t);\n}\n`];
  yield ['many cases.js', `export function reduce(state, action) {\n  switch (action.type) {\n${times(2000, (i) => `    case 'a${i}': return { ...state, all: [...state.all, action.x] };\n`)}  }\n}\n`];
  yield ['many callers, each twice.js', `const m = new Map();\n${times(60, (i) => `export function f${i}(id) { f${i + 1}(id); f${i + 1}(id); }\n`)}function f60(id) { m.set(id, 1); }\n`];
  yield ['many callbacks, each twice.js', `const m = new Map();\n${times(30, (i) => `export function f${i}(id, then) { f${i + 1}(id, () => then()); f${i + 1}(id, () => then()); }\n`)}function f30(id, then) { m.set(id, 1); then(); }\n`];
  yield ['all call all.js', `const m = new Map();\n${times(30, (i) => `export function f${i}(id) { m.set(id, ${i}); ${times(30, (j) => `f${j}(id);`)} }\n`)}`];
  yield ['many names of one.js', `export function run(id) {\n  const m0 = new Map();\n${times(2000, (i) => `  const m${i + 1} = m${i};\n`)}  m2000.set(id, 1);\n  return m0;\n}\n`];
  yield ['many tries after another.js', `export async function run(a) {\n  const t = setInterval(a, 1);\n${times(300, () => '  try { await a(); } catch (e) { if (e) return; } finally { await a(); }\n')}  clearInterval(t);\n}\n`];
  yield ['many scopes.js', times(5000, (i) => `{ let a${i} = ${i}; (() => a${i})(); }\n`)];
  yield ['many children of a process.ts', `import { spawn } from 'node:child_process';\n${times(200, (i) => `export function f${i}(id: string) { const c = spawn('x'); c.on('exit', () => {}); return id; }\n`)}`];
}

const LEAK = "export class Hub {\n  open = new Map();\n  titles = new Map();\n  constructor(door) {\n    this.beat = setInterval(() => door.send(), 1000);\n    door.on('exit', (id) => { this.open.delete(id); });\n  }\n  watch(id, o) {\n    this.open.set(id, o);\n    this.titles.set(id, 'x');\n  }\n  close(id) {\n    this.open.delete(id);\n    this.titles.delete(id);\n  }\n}\n";
const bigEndian = (text) => Buffer.from(text, 'utf16le').swap16();

function* encoded() {
  yield ['UTF-16 little.js', Buffer.from(`\uFEFF${LEAK}`, 'utf16le')];
  yield ['UTF-16 big.js', bigEndian(`\uFEFF${LEAK}`)];
  yield ['UTF-16 without a mark.js', Buffer.from(LEAK, 'utf16le')];
  yield ['a mark.js', `\uFEFF${LEAK}`];
  yield ['two marks.js', `\uFEFF\uFEFF${LEAK}`];
  yield ['a mark in the middle.js', LEAK.replace('titles', '\uFEFF titles')];
  yield ['half a surrogate in bytes.js', Buffer.concat([Buffer.from(`${LEAK}// `), Buffer.from([0xed, 0xa0, 0x80, 0x0a])])];
  yield ['half a surrogate, escaped.js', LEAK.replace("'x'", "'\\uD800'").replaceAll("'exit'", "'exit\\uDC00'")];
  yield ['cut in a character.js', Buffer.from(`${LEAK}// é`).subarray(0, -1)];
  yield ['Latin-1.js', Buffer.from(`${LEAK}// é\n`, 'latin1')];
  yield ['NUL in a string.js', LEAK.replace("'x'", "'\0'")];
  yield ['NUL in code.js', LEAK.replace('titles', '\0titles')];
  yield ['only NUL.js', '\0'.repeat(5000)];
  yield ['all control characters.js', `${LEAK}// ${String.fromCharCode(...Array.from({ length: 9 }, (_, i) => i), 11, 12, 14, 27, 127, 133, 155)}\n`];
  yield ['an astral name.ts', LEAK.replaceAll('titles', '𠮷titles').replaceAll('open', '\\u{6f}pen')];
  yield ['joined emoji.js', LEAK.replaceAll("'x'", "'👩‍👩‍👧‍👦'").replaceAll("'exit'", "'👩‍👩‍👧'")];
  yield ['right to left.js', LEAK.replaceAll("'x'", "'\u202Etxet\u202C'").replaceAll('titles', 'عناوين')];
  for (const [name, end] of [['CR', '\r'], ['CRLF', '\r\n'], ['LS', '\u2028'], ['PS', '\u2029'], ['NEL', '\n\u0085'.slice(0, 1)]]) yield [`lines end in ${name}.js`, LEAK.replaceAll('\n', end)];
  yield ['lines end in all ways.js', LEAK.split('\n').map((line, i) => line + ['\n', '\r\n', '\r', '\u2028', '\n\r'][i % 5]).join('')];
  yield ['odd blanks.js', LEAK.replaceAll('  ', '\u00A0\u3000\v\f\t ')];
  yield ['no blank.js', LEAK.replaceAll(/\n\s*/g, '')];
  yield ['a hashbang.js', `#!/usr/bin/env node\n${LEAK}`];
  yield ['a mark and a hashbang.js', `\uFEFF#!/usr/bin/env node\r\n${LEAK}`];
  yield ['only a hashbang.js', '#!/usr/bin/env node'];
  yield ['empty.js', ''];
  yield ['one blank.js', ' '];
  yield ['only a mark.js', '\uFEFF'];
  yield ['only a comment.ts', '/* leakproof-bounded: nothing */'];
  yield ['an open comment.ts', `${LEAK}/* no end`];
  yield ['HTML comments.cjs', `<!-- a\n${LEAK.replace('export ', '')}--> b\n`];
}

/** Names that every object has: dangerous keys for whoever keeps names in an object. */
const INHERITED = ['constructor', '__proto__', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'length', 'name', 'then', 'undefined', 'NaN', 'arguments', 'eval', 'let', 'async', 'of', 'get', 'set', 'static', 'type', 'declare'];

function* named() {
  for (const name of INHERITED) {
    yield [`names ${name}.js`, LEAK.replaceAll(/\bopen\b/g, name).replaceAll("'exit'", `'${name}'`)];
    yield [`names a class and a method ${name}.js`, `class X { static ${name} = new Map(); ['${name}'](id) { X.${name}.set(id, this); this.${name} = setInterval(() => this.${name}(id), 1000); } dispose() {} }\nmodule.exports.${name} = X;\n`];
    yield [`names events ${name}.js`, `export function a(e, m) { m['${name}'] = {}; m['${name}'][e.id] = setTimeout(() => 1, 1e6); e['${name}'].on('${name}', () => { delete m['${name}'][e.id]; }); e.on('${name}', f); e.off('${name}', g); require('${name}').${name}(); }\n`];
    yield [`imports ${name}.js`, `import { ${name} as x } from '${name}';\nimport * as all from './${name}.js';\nexport { x as ${name} };\nexport class A { r = x(); s = all.${name}(); close() {} }\n`];
  }
}

const PIECES = {
  'using.ts': 'export async function f(open: () => AsyncDisposable & Disposable) { using a = open(); await using b = open(); for (using c of [open()]) g(c); for await (await using d of [open()]) g(d); g(a, b); }\n',
  'decorators.ts': '@a @b() @(c.d()) export class A<T> { @e accessor #f = new Map(); @g static h = setInterval(() => {}, 1); @i() j(@k l: string, @m() private n?: T) { this.#f.set(l, n); } @o get p() { return 1; } @o set p(v) {} }\n',
  'attributes.js': "import data from './d.json' with { type: 'json' };\nexport * from './e.json' with { type: 'json' };\nexport const more = import('./f.json', { with: { type: 'json' } });\nexport default data;\n",
  'phases.js': "import source x from 'x';\nimport defer * as y from 'y';\nexport { x, y };\n",
  'old imports.cts': "import fs = require('fs');\nimport A = B.C;\nexport = fs;\n",
  'namespaces.ts': 'export namespace A.B.C { export const m = new Map<string, object>(); export function add(id: string) { m.set(id, {}); } }\ndeclare global { var x: number; interface Window { y: 1 } }\ndeclare module "z" { export default function (): void; }\n',
  'enums.ts': "export enum A { B = 1, C = B << 2, 'D-E' = 'x'.length, F = `g` }\nexport const enum G { H }\ndeclare enum I { J }\n",
  'types.ts': 'export type A<const T extends readonly unknown[], in out U = never> = { readonly [K in keyof T as `x${string & K}`]?: T[K] extends infer V extends string ? V : asserts } & typeof import("x", { with: { "resolution-mode": "import" } }).y<U>;\ntype asserts = unique symbol | (new (...a: never[]) => void) | abstract new () => A<[]>;\nexport function is(this: Window, x: unknown): asserts x is string;\nexport function is(x: unknown) { return x! satisfies unknown as any as string; }\n',
  'classes.ts': 'export abstract class A<T> extends (class {} as any)<T> implements B, C { declare a: string; static #b = 1; static { this.#b++; } abstract c(): void; private constructor(readonly d: Map<string, T>, public e?: number) { super(); } [Symbol.dispose]() {} static async *[`f`]() { yield* []; } override get g() { return #b in A; } accessor h = 1; "quoted"() {} 1n() {} }\n',
  'elements.tsx': 'export default function A<T,>({ a, ...rest }: T) { useEffect(() => { const t = setInterval(() => {}, 1000); window.addEventListener("x", f); return () => clearTimeout(t); }, []); return <><a.b.c {...rest} d="&nbsp;" e={<f />} g:h="i">{...a}{/* j */}<k-l>&amp; {\'}\'}</k-l></a.b.c></>; }\n',
  'generics in .tsx.tsx': 'export const f = <T extends unknown>(a: T) => a;\nexport const g = f<string>("x");\n',
  'casts.ts': 'export const a = <string>(<unknown>1);\nexport const b = <T>(c: T) => c;\n',
  'sloppy.cjs': 'with (a) { b = setInterval(c, 1); }\nvar let = 010 + 0777, yield = 1, await = 2, async = 3;\nif (x) function f() {}\nlabel: function g() {}\ndelete a;\narguments.callee = eval;\nfor (var i = 0 in {}) ;\n',
  'return at the top.cjs': 'const m = new Map();\nif (module.parent) return;\nm.set(process.argv[2], setInterval(() => {}, 1));\nawait0();\n',
  'await at the top.mjs': 'const m = await import("x");\nfor await (const a of m) m.all.set(a.id, setTimeout(() => a.end(), 1e6));\nexport default m;\n',
  'patterns.js': 'export function f({ a: { b: [c = new Map(), ...d] = [] } = {}, ...e }, [g, , [h] = c] = [], i = () => c.set(g, h)) { ({ [d[0]]: c[g], ...e.all } = i); [c.x, ...e[h]] = d; for ([g, h] of c) i(); for (const { length } in e) ; c.set(g, setInterval(i, 1)); }\n',
  'regular expressions.js': "export const a = /[/\\]]+(?<b>c)\\k<b>/dgimsuy, d = /[\\p{L}--[a-z]]/v, e = 1 / 2 / 3;\n",
  'numbers.js': 'export const a = [0b1, 0o7, 0xF, 1_000, 1n, .5, 5., 1e400, -0, 0.1e-7];\nsetTimeout(f, 1e400); setTimeout(f, -1); setTimeout(f, 1n); setTimeout(f, NaN); setTimeout(f); setTimeout(); setInterval(...x); setInterval(f, ...x);\n',
  'templates.js': 'export const a = b`\\unicode and \\xerxes ${c`${d}`}`; String.raw`\\`;\n',
  'generators.js': 'export function* f(m) { const t = setInterval(g, 1); try { yield* h(); m.set(yield, t); } finally { yield; clearInterval(t); } }\nexport async function* g2(e) { e.on("x", f); for await (const a of f()) { yield await a; } }\n',
  'assignments.js': 'export class A { m = new Map(); f(k) { this.m ??= new Map(); this.m ||= 0; this.m &&= this.n; this.m[k] **= 2; this[k] = this.m = this.m2 = setInterval(this.f, 1); (this.m, this.n).set(k, 1); (k ? this.m : this.n).set(k, 2); this?.m?.set?.(k, 3); this["m"]["set"](k, 4); super.m; delete this?.[k]; void (this.t = setTimeout(() => {}, 1e6)); } }\n',
  'it calls itself.js': 'export class A extends A { m = this.m; t = setInterval(() => this.f(), 1); f() { this.f(); } get g() { return this.g; } static s = A.s; }\nvar a = b, b = a; const c = () => c(c); function d(e = d(e)) { d = e; return d; }\nexport const { x = y, y = x } = {};\nexport default class extends (() => B) {}\nclass B extends B.C { static C = B; }\n',
  'prototypes.js': 'A.prototype = A.prototype; A.prototype = Object.create(B.prototype); B.prototype = Object.create(A.prototype); B.prototype.constructor = A; function A() { return new.target; } function B() { A.call(this); }\nObject.assign(A.prototype, A.prototype, { m: new Map(), f: function (k) { this.m.set(k, 1); } });\nmodule.exports = exports = module.exports.A = A;\n',
  'imports of everywhere.js': "import '../../../../../../../../etc/passwd';\nimport '/etc/passwd';\nimport a from 'file:///etc/passwd';\nimport b from 'http://localhost:1/x.js';\nimport c from 'data:text/javascript,export default 1';\nimport d from '';\nimport e from '.';\nimport f from '..';\nimport g from './\\0';\nimport h from '#x';\nimport i from 'node:nothing';\nimport j from '@';\nimport k from '@/x';\nimport l from './%2e%2e/x';\nimport m from 'a\\\\b';\nexport { a, b, c, d, e, f, g, h, i, j, k, l, m };\n",
  'comments of ours.ts': '// leakproof-bounded:\n// leakproof-owned-by:\n/* leakproof-survives: */ // leakproof-nothing: x\nconst m = new Map(); /* leakproof-bounded: \u001B[31m */\n/* eslint-disable */ /* eslint-disable-next-line leakproof/ */ // eslint-disable-line leakproof/no-untracked-timer -- why\nexport const f = (id: string) => m.set(id, 1); setInterval(f, 1);\n',
  'escapes in names.js': "export const hub = { '\\u001B[2K\\u001B[1A': new Map(), 'a\\nb': 1 };\nexport class A { ['\\u001B]8;;http://x\\u0007'] = new Map(); '\\u009B31m'(id) { this['\\u001B]8;;http://x\\u0007'].set(id, setInterval(() => {}, 1)); process.on('<script>alert(1)</script>\\u001B[31m', () => {}); } dispose() {} }\n",
  'escapes in JSX names.jsx': 'export const a = <\\u{61}b></\\u{61}b>;\n',
  'flow.js': '// @flow\nexport type A = {| b: ?string |};\nexport opaque type C = string;\n',
  'not code.js': '<!doctype html><html></html>\n',
  'not code.ts': '{"a": 1}\n',
  'conflict.ts': '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> x\n',
};

/** The pieces by themselves, and cut at several places: an editor saves such files. */
function* pieces() {
  for (const [name, text] of Object.entries(PIECES)) {
    yield [name, text];
    for (let part = 1; part < 8; part++) yield [`cut ${part} ${name}`, text.slice(0, Math.floor((text.length * part) / 8))];
    yield [`twice ${name}`, `${text}{\n${text}}\n`];
  }
}

/** @returns {Generator<[string, string | Buffer]>} names and contents */
export function* hostileFiles() {
  yield* pieces();
  yield* encoded();
  yield* named();
  yield* many();
  yield* deep();
  yield* huge();
}
