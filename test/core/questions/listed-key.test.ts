import { describe, expect, it } from 'vitest';
import { findList } from '../../../src/core/questions/listed-key.js';
import { isPattern, removesItself } from '../../../src/core/questions/patterns.js';
import { factsOf } from '../../support/facts.js';

/** The list in which the key of a Map of rates must be found. */
function listIn(body: string, before = ''): string | undefined {
  const facts = factsOf(`${before}\nconst rates = new Map();\nexport function rate(key, value) { ${body} }`);
  const list = findList(facts.operations.filter(({ kind }) => kind === 'grow').flatMap(({ place }) => facts.effectsOn(place)), facts);
  return list && facts.model.text.slice(...list.range);
}

const SET = 'rates.set(key, value);';

describe('the list in which a key must be found', () => {
  it.each([
    ['its element is asked for', `const asset = assets.find((one) => one.name === key); if (asset) ${SET}`, 'assets'],
    ['its element is asked for the other way round', `const asset = assets.find((one) => key == one.name); if (asset) ${SET}`, 'assets'],
    ['its last element is asked for', `const asset = assets.findLast((one) => { return one.name === key; }); if (asset) ${SET}`, 'assets'],
    ['its element is compared with nothing', `const asset = assets.find((one) => one.name === key); if (asset !== undefined) ${SET}`, 'assets'],
    ['who does not find its element returns', `const asset = assets.find((one) => one.name === key); if (!asset) { ${SET} }`, 'assets'],
  ])('is seen where %s', (_, body, list) => {
    expect(listIn(body)).toBe(list);
  });

  it.each([
    ['names are listed', 'const NAMES = ["eur", "usd"];', `if (NAMES.includes(key)) ${SET}`, 'NAMES'],
    ['names are listed, by their index', 'const NAMES = ["eur", "usd"];', `if (NAMES.indexOf(key) !== -1) ${SET}`, 'NAMES'],
    ['names are in a Set', 'const NAMES = new Set(["eur", "usd"]);', `if (NAMES.has(key)) ${SET}`, 'NAMES'],
    ['names are made of other lists', 'const NAMES = [...OLD, "eur"];', `if (NAMES.includes(key)) ${SET}`, 'NAMES'],
    ['the names are none', 'const NAMES = [];', `if (NAMES.includes(key)) ${SET}`, undefined],
    ['the names are worked out', 'const NAMES = [name()];', `if (NAMES.includes(key)) ${SET}`, undefined],
    ['the Set is empty', 'const NAMES = new Set();', `if (NAMES.has(key)) ${SET}`, undefined],
    ['the names may change', 'let NAMES = ["eur"]; NAMES = load();', `if (NAMES.includes(key)) ${SET}`, undefined],
    ['another value is asked for', 'const NAMES = ["eur"];', `if (NAMES.includes(value)) ${SET}`, undefined],
    ['nothing is asked for', 'const NAMES = ["eur"];', `if (NAMES.includes()) ${SET}`, undefined],
    ['something else is asked', 'const NAMES = ["eur"];', `if (NAMES.concat(key)) ${SET}`, undefined],
  ])('is a constant that is written out, or none: %s', (_, before, body, list) => {
    expect(listIn(body, before)).toBe(list);
  });

  it.each([
    ['the element is found by something else', `const asset = assets.find((one) => one.name === value); if (asset) ${SET}`],
    ['the element is found by a comparison of size', `const asset = assets.find((one) => one.at > key); if (asset) ${SET}`],
    ['all such elements are taken', `const asset = assets.filter((one) => one.name === key); if (asset) ${SET}`],
    ['the element is found by a function of elsewhere', `const asset = assets.find(isAsset); if (asset) ${SET}`],
    ['the element is found by nothing', `const asset = assets.find(); if (asset) ${SET}`],
    ['nobody asks', `const asset = assets.find((one) => one.name === key); ${SET}`],
    ['a call is asked', `if (find(key)) ${SET}`],
    ['one of two ways does not ask', `const asset = assets.find((one) => one.name === key); if (asset) ${SET} else rates.set(other(), value);`],
  ])('is not seen where %s', (_, body) => {
    expect(listIn(body)).toBeUndefined();
  });
});

describe('an object of which a framework makes others', () => {
  it.each([
    ['registerComponent("note", { init() {} });', true],
    ['AFRAME.registerComponent("note", { init() {} });', true],
    ['View.extend({ init() {} });', true],
    ['customElements.define("note", { init() {} });', true],
    ['Vue.component("note", { init() {} });', true],
    ['createClass({ init() {} });', true],
    ['Vue.mixin({ init() {} } as Options);', true],
    ['open({ init() {} });', false],
    ['unregister({ init() {} });', false],
    ['extended({ init() {} });', false],
    ['const note = { init() {} };', false],
    ['find().extend({ init() {} });', false],
  ])('is known by the call that takes it: %s', (code, expected) => {
    const facts = factsOf(code);
    const [object] = facts.tree.all('ObjectExpression');
    expect(object && isPattern(object)).toBe(expected);
  });

  it.each([
    ['class Note extends View { remove() { super.remove(); } }', true],
    ['class Note extends View { remove() { this.rows.remove(); } }', false],
    ['class Note extends View { remove(row) { super.remove(row); } }', false],
    ['class Note extends View { drop() { super.remove(); } }', false],
    ['registerComponent("note", { remove() { this.rows = []; } });', true],
    ['const note = { remove() { this.rows = []; } };', false],
    ['function remove() {}', false],
  ])('is taken away by its remove(), or not: %s', (code, expected) => {
    const facts = factsOf(code);
    const fn = facts.functions.all.find(({ name }) => name === 'remove' || name === 'drop');
    expect(fn && removesItself(fn, facts)).toBe(expected);
  });
});
