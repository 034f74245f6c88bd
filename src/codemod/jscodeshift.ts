import { parse, resolve } from 'node:path';
import { DEFAULT_SETTINGS } from '../core/index.js';
import type { Codemod } from './codemod.js';
import { objectionToLruCache } from './lru-cache.js';
import { mayBeMisread, MISREAD } from './misread.js';
import { repairFile } from './run.js';

/**
 * Options on the command line of jscodeshift, as in `--review=1`. The first two
 * widen what is repaired; without them only safe repairs of certain findings are
 * made. The third is that of the command.
 */
export interface TransformOptions {
  readonly review?: unknown;
  readonly confidence?: unknown;
  readonly 'use-lru-cache'?: unknown;
}

/** A jscodeshift transform: the new text, or undefined where nothing is to be changed. */
export type Transform = (
  file: { readonly path: string; readonly source: string },
  api: { readonly report?: (message: string) => void },
  options: TransformOptions,
) => string | undefined;

/**
 * Makes a codemod a jscodeshift transform. It parses and edits on its own, so
 * the output is that of `leakproof fix`, byte for byte, and no `--parser` is
 * needed. A file that does not parse throws, which jscodeshift counts as an
 * error. What is not repaired is reported, as jscodeshift prints it per file;
 * repairs that need other files are only made by the command.
 */
export function toTransform(codemod: Codemod): Transform {
  return (file, api, options) => {
    const repair = repairFile(
      { path: file.path, text: file.source },
      {
        codemods: [codemod],
        confidence: options.confidence === 'likely' ? 'likely' : 'certain',
        includeReview: isOn(options.review),
        settings: DEFAULT_SETTINGS,
        ...(isOn(options['use-lru-cache']) && { values: { lruCache: { objection: objectionToLruCache(file.path, parse(resolve(file.path)).root) } } }),
      },
    );
    for (const { line, why } of [...repair.refused, ...repair.failed]) api.report?.(`line ${line}: ${why} (leakproof fix tells more.)`);
    if (!repair.changed) return undefined;
    if (mayBeMisread(file.source)) throw new Error(MISREAD);
    return repair.text;
  };
}

/** jscodeshift parses the values of unknown options as JSON where it can. */
function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}
