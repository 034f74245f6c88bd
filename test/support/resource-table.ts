import type { Acquire, ResourceKind } from '../../src/core/kinds/resources.js';

/** The table of the rule's page: every kind, how it is acquired, and how it is ended. */
export function resourceTable(kinds: readonly ResourceKind[]): string {
  const rows = kinds.map(({ id, noun, acquire, release }) => `| \`${id}\` (${noun}) | ${acquired(acquire)} | ${release.map((name) => `\`${name}\``).join(', ')} |`);
  return ['| kind | acquired by | ended by |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The callees by module; a module that is imported with and without `node:` is one, and so is a name with and without `default.`. */
function acquired(acquire: readonly Acquire[]): string {
  const byModules = new Map<string, Set<string>>();
  for (const { from, name, isNew, isByName } of acquire) {
    const modules = from ? [...new Set(from.filter((module) => !from.includes(module.replace(/^node:(?=.)/, '')) || !module.startsWith('node:')))].map((module) => `\`${module}\``).join(', ') : isByName ? 'by its name' : 'global';
    const callee = name === 'default' ? 'the module itself' : `\`${isNew ? 'new ' : ''}${name.replace(/^default\./, '')}\``;
    byModules.set(modules, (byModules.get(modules) ?? new Set()).add(isNew && name === 'default' ? '`new` of the module itself' : callee));
  }
  return [...byModules].map(([modules, names]) => `${modules}: ${[...names].join(', ')}`).join('; ');
}
