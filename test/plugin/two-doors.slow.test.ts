import { describe, expect, it } from 'vitest';
import { sourcesBelow, throughCommand, throughLinter } from './two-doors.js';

/** Real code of several hands that is installed anyway: several hundred files. */
const FOLDERS = ['eslint/lib', 'jscodeshift/src', 'recast/lib', 'ast-types/lib', '@typescript-eslint/typescript-estree/dist', '@typescript-eslint/utils/dist'];

describe.each(FOLDERS)('node_modules/%s', (folder) => {
  it.each(['espree', 'typescript-eslint'] as const)('command and plugin find the same with %s', (parser) => {
    for (const path of sourcesBelow(`node_modules/${folder}`).filter((name) => name.endsWith('js'))) {
      const found = throughCommand(path);
      if (found) expect(throughLinter(path, parser).sort(), path).toEqual(found.sort());
    }
  });
});
