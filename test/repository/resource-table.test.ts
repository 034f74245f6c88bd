import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RESOURCE_KINDS } from '../../src/core/kinds/resources.js';
import { resourceTable } from '../support/resource-table.js';

describe('the page of no-orphaned-resource', () => {
  it('has the table of what the rule knows', () => {
    const page = readFileSync(new URL('../../docs/rules/no-orphaned-resource.md', import.meta.url), 'utf8');
    expect(page).toContain(resourceTable(RESOURCE_KINDS));
  });

  it.each(RESOURCE_KINDS.map((kind) => [kind.id, kind] as const))('can say how to end a %s', (_, { noun, release, acquire }) => {
    expect(noun).not.toBe('');
    expect(release.length).toBeGreaterThan(0);
    expect(acquire.length).toBeGreaterThan(0);
  });
});
