import { describe, expect, it } from 'vitest';
import { keyDomain } from '../../../src/core/kinds/keys.js';
import { domainOfKey } from '../../../src/core/questions/key-names.js';
import { factsOf, probed } from '../../support/facts.js';

describe('keyDomain', () => {
  it.each([
    [['sessionId'], 'entity'],
    [['session_id'], 'entity'],
    [['SESSION'], 'entity'],
    [['user', 'id'], 'entity'],
    [['req', 'ip'], 'entity'],
    [['id'], 'identifier'],
    [['uuid'], 'identifier'],
    [['pluginId'], 'static'],
    [['userLanguage'], 'static'],
    [['path'], 'static'],
    [['x'], 'unknown'],
    [['wombat'], 'unknown'],
    [['wombatId'], 'identifier'],
    [[], 'unknown'],
    [[''], 'unknown'],
  ] as const)('of %j is %s', (names, domain) => {
    expect(keyDomain(names)).toBe(domain);
  });
});

describe('domainOfKey', () => {
  it.each([
    ['socket.id', 'entity'],
    ['isNew ? session.id : 1', 'entity'],
    ['known || session.id', 'entity'],
    ['getSessionId(request)', 'entity'],
    ['table[session.id]', 'entity'],
    ['await session.id', 'entity'],
    ['process.pid', 'unknown'],
    ['process.env.SESSION', 'unknown'],
    ['process.cwd()', 'unknown'],
    ['this.#sessionId', 'entity'],
    ['`${userId}:${topic}`', 'entity'],
    ["'user-' + userId", 'entity'],
    ['getSessionId(request)', 'entity'],
    ['String(userId)', 'entity'],
    ['userId ?? "anonymous"', 'entity'],
    ['await request.userId', 'entity'],
    ['this.next++', 'unknown'],
    ['local', 'entity'],
    ['node.id', 'identifier'],
    ['plugin.name', 'static'],
    ['filePath', 'static'],
    ['value', 'identifier'],
    ['1', 'unknown'],
    ['{}', 'unknown'],
  ])('of %s is %s', (key, domain) => {
    const facts = factsOf(`function f(request, node, plugin) { const local = request.user.id; probe(${key}); }`.replace('function', 'async function'));
    const [node] = probed(facts);
    expect(node && domainOfKey(node, facts)).toBe(domain);
  });

  it('ends where a local names itself', () => {
    const facts = factsOf('const a = b + 1; const b = a + 1; probe(a);');
    const [node] = probed(facts);
    expect(node && domainOfKey(node, facts)).toBe('unknown');
  });
});
