import { createRequire } from 'node:module';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

// By its own name, which holds in the sources, in dist and in node_modules alike.
const manifest = createRequire(import.meta.url)('eslint-plugin-leakproof/package.json') as Manifest;

export const { name, version } = manifest;

/** The page of a rule, as published with this version. */
export function pageOf(rule: string): string {
  return `https://unpkg.com/${name}@${version}/docs/rules/${rule}.md`;
}
