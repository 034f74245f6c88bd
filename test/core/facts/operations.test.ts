import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

/** What a method does to the members of its object: `grow list by push`. */
function operationsIn(statement: string, around = ''): string[] {
  const facts = factsOf(`${around}\nclass C { m(id, item, items) { ${statement} } }`);
  const text = (node: { range: readonly [number, number] } | undefined): string => (node ? ` [${facts.model.text.slice(node.range[0], node.range[1])}]` : '');
  return facts.operations.filter(({ place, kind }) => place.root.type === 'owner' && kind !== 'hand-over').map(({ kind, place, how, key }) => `${kind} ${place.path.join('.')} by ${how}${text(key)}`);
}

describe('what is done to a place', () => {
  it.each([
    ['this.list.push(item);', ['grow list by push']],
    ['this.list.push();', []],
    ['this.map.set(id, item);', ['grow map by set [id]']],
    ['this.flags.set(id);', []],
    ['this.set.add(item);', ['grow set by add [item]']],
    ['this.map[id] = item;', ['grow map by []= [id]', 'empty map.* by =']],
    ['this.map[id] = undefined;', ['blank map by []= [id]', 'empty map.* by =']],
    ['this.map[id] ??= item;', ['grow map by []= [id]']],
    ['this.map[id] ||= item;', ['grow map by []= [id]']],
    ['this.map[id] += item;', ['grow map by []= [id]']],
    ['this.map.name = item;', ['empty map.name by =']],
    ['Object.assign(this.map, { [id]: item, name: item });', ['grow map by Object.assign [id]']],
    ['Object.assign(this.map, items);', []],
    ['other.assign(this.map, { [id]: item });', []],
    ['this.list = [...this.list, item];', ['grow list by spread']],
    ['this.list = [...this.list, ...this.list];', ['grow list by spread']],
    ['this.list = [...this.list];', ['empty list by =', 'copy list by spread']],
    ['this.map = { ...this.map, [id]: item };', ['grow map by spread [id]']],
    ['this.map = { ...this.map, name: item };', ['empty map by =']],
    ['this.list = this.list.concat(item);', ['grow list by spread']],
    ['Array.prototype.push.apply(this.list, items);', ['grow list by push']],
  ])('is growth, or none: %s', (statement, expected) => {
    expect(operationsIn(statement)).toEqual(expected);
  });

  it.each([
    ['this.map.delete(id);', ['shrink map by delete [id]']],
    ['this.map.delete();', []],
    ['delete this.map[id];', ['shrink map by delete [id]']],
    ['delete this.map.name;', ['shrink map by delete']],
    ['Reflect.deleteProperty(this.map, id);', ['shrink map by deleteProperty [id]']],
    ['Reflect.deleteProperty();', []],
    ['this.map.deleteProperty(id);', ['shrink map by deleteProperty [id]']],
    ['this.list.pop(); this.list.shift();', ['shrink list by pop', 'shrink list by shift']],
    ['this.list.splice(0);', ['shrink list by splice']],
    ['this.list.splice(0, 1);', ['shrink list by splice']],
    ['this.list.splice(0, 0, item);', ['grow list by splice']],
    ['this.list.fill(item); this.list.copyWithin(0, 1);', []],
    ['this.map.clear();', ['empty map by clear']],
    ['this.list.length = 0;', ['empty list by length =']],
    ['this.list.length = 10;', ['shrink list by length =']],
    ['this.list = [];', ['empty list by =']],
    ['[this.list] = [[]];', ['empty list by =']],
    ['[, this.list = []] = items;', ['empty list by =']],
    ['({ list: this.list, ...this.rest } = items);', ['empty list by =', 'empty rest by =']],
    ['items.forEach(this.map.delete.bind(this.map));', ['shrink map by delete [this.map]']],
    ['items.forEach(this.map.delete, this.map);', []],
  ])('takes out, or does not: %s', (statement, expected) => {
    expect(operationsIn(statement)).toEqual(expected);
  });

  it.each([
    ['this.list = this.list ?? [];', []],
    ['this.list = this.list || [];', []],
    ['this.list = this.list && [];', ['empty list by =']],
    ['if (!this.list) this.list = [];', []],
    ['if (this.list === undefined) this.list = [];', ['measure']],
    ['if (item) this.list = [];', ['empty list by =']],
    ['this.list || (this.list = []);', []],
    ['this.list ?? (this.list = []);', []],
    ['this.list && (this.list = []);', ['empty list by =']],
    ['item || (this.list = []);', ['empty list by =']],
    ['this.list ??= [];', []],
  ])('is a first value, or a new one: %s', (statement, expected) => {
    expect(operationsIn(statement).filter((one) => !one.startsWith('measure'))).toEqual(expected.filter((one) => one !== 'measure'));
  });

  it.each([
    ['if (this.list.length > 10) return;', ['measure list by >']],
    ['if (10 < this.map.size) return;', ['measure map by <']],
    ['if (this.list.length + 1) return;', []],
    ['if (this.list.count > 10) return;', []],
    ['clearTimeout(this.timer);', ['clear timer by clearTimeout']],
    ['window.clearTimeout(this.timer);', ['clear timer by window.clearTimeout']],
    ['clearTimeout();', []],
    ['this.timers.forEach(clearTimeout);', ['clear timers.* by clearTimeout']],
    ['this.timers.forEach(window.clearTimeout);', ['clear timers.* by window.clearTimeout']],
    ['(0, this.host).setTimeout; this.timer.unref();', ['unref timer by unref']],
    ['this.child.kill();', ['end child by kill']],
    ['this.child.ask();', []],
    ['this.unsubscribe();', ['invoke unsubscribe by call']],
    ['this.m();', []],
    ['this.ends.get(id)?.();', ['invoke ends.* by call']],
    ['this.ends[id]();', ['invoke ends.* by call', 'invoke ends.* by call']],
    ['this.ends[id].apply(null, items);', ['invoke ends.* by apply']],
    ['const end = this.end; end();', ['invoke end by call']],
  ])('is measured, ended or called: %s', (statement, expected) => {
    expect([...new Set(operationsIn(statement))]).toEqual([...new Set(expected)]);
  });

  it.each([
    ['keep(this.list);', ['list to keep']],
    ['keep({ item: this.list });', ['list to keep']],
    ['const { list } = this; keep({ list });', ['list to keep']],
    ['keep(...this.list);', []],
    ['keep(1, this.list.length);', ['list.length to keep']],
    ['new Map(this.list);', []],
    ['new Keeper(this.list);', ['list to Keeper']],
    ['(await open())(this.list);', ['list to ']],
    ['this.m(this.list);', []],
    ['this.map.set(id, this.timer);', ['timer to this.map.set']],
    ['const timer = item; this.map.set(id, timer);', []],
  ])('is handed over, or is not: %s', (statement, expected) => {
    const facts = factsOf(`class C { async m(id, item) { ${statement} } }`);
    expect(facts.operations.filter(({ place, kind }) => place.root.type === 'owner' && kind === 'hand-over').map(({ place, how }) => `${place.path.join('.')} to ${how}`)).toEqual(expected);
  });
});

describe('the collections of a file', () => {
  /** Each with its kind, its name and its types. */
  function collectionsIn(code: string): string[] {
    const facts = factsOf(code);
    return facts.collections.map(({ kind, name, typeArguments }) => `${kind} ${name}${typeArguments.length > 0 ? `<${typeArguments.map(({ range }) => facts.model.text.slice(range[0], range[1])).join(', ')}>` : ''}`);
  }

  it.each([
    ['const a = new Map<string, Job>();', ['map a<string, Job>']],
    ['const a: Map<string, Job> = new Map();', ['map a<string, Job>']],
    ['const a = new Map() as Map<string, Job>;', ['map a<string, Job>']],
    ['const a = new Map() as Jobs;', ['map a']],
    ['const a: Jobs = new Map();', ['map a']],
    ['const a = {} as Jobs;', ['dictionary a']],
    ['const a: { [id: string]: Job } = {};', ['dictionary a<string>']],
    ['const a: { name: Job } = {};', ['dictionary a']],
    ['const a: Job[] = [];', ['array a']],
    ['const a = Object.create(null);', ['dictionary a']],
    ['const a = Object.create(Base);', []],
    ['const a = [1];', []],
    ['class C { a = new Set<Job>(); }', ['set a<Job>']],
    ['class C { a: Set<Job> = new Set(); }', ['set a<Job>']],
    ['class C { constructor() { this.a = new WeakMap(); } }', ['weak a']],
    ['const held = useRef(new Map());', ['map held']],
    ['class C { held = ref(new Map()); }', ['map held']],
    ['const o = { a: new Map(), f() { return this.a; } };', ['map a']],
    ['keep({ a: new Map(), f() { return this.a; } });', ['map a']],
    ['keep(new Map());', []],
    ['const a = new maps.Map();', []],
    ['class Jobs extends Map {} const a = new Jobs();', ['map a']],
    ['class Base extends Map {} class Jobs extends Base {} const a = new Jobs();', ['map a']],
    ['class Jobs extends Map { prune() {} } const a = new Jobs();', []],
    ['class Jobs extends Other {} const a = new Jobs();', []],
    ["import { Map } from './maps.js'; const a = new Map();", []],
    ['list.push([]);', []],
  ])('are known: %s', (code, expected) => {
    expect(collectionsIn(code)).toEqual(expected);
  });
});
