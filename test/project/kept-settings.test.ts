import { expect, it } from 'vitest';
import { settingsOf } from '../../src/project/kept-settings.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();

it('keeps settings until one of their files changes', () => {
  folder.write({ 'package.json': '{ "name": "app" }' });
  expect(settingsOf(folder.path).ignore).toEqual([]);
  folder.write({ 'leakproof.json': '{ "ignore": ["old"] }' });
  const first = settingsOf(folder.path);
  expect(first.ignore).toEqual(['old']);
  expect(settingsOf(folder.path)).toBe(first);
  folder.write({ 'leakproof.json': '{ "ignore": ["new"] }' });
  expect(settingsOf(folder.path).ignore).toEqual(['new']);
});

it('says each time what is wrong with them', () => {
  folder.write({ 'leakproof.json': '{ "ignored": [] }' });
  expect(() => settingsOf(folder.path)).toThrow('ignored');
  expect(() => settingsOf(folder.path)).toThrow('ignored');
});
