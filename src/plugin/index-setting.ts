import type { TSESLint } from '@typescript-eslint/utils';
import { Place, readShape } from '../project/data-shape.js';

/**
 * Whether the rules are to know the other files of the project: `settings: { leakproof: { index: true } }`.
 *
 * @throws SettingsError if something else is said
 */
export function wantsIndex(settings: TSESLint.SharedConfigurationSettings | undefined): boolean {
  const said = settings?.['leakproof'];
  if (said === undefined) return false;
  return readShape<{ index: boolean }>(new Place('settings.leakproof', ''), said, { index: (at, said) => at.boolean(said) }, { index: false }).index;
}
