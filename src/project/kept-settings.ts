import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, SETTINGS_FILES, type Settings } from './settings.js';

/** The settings that were asked for last, and what their files looked like then. */
let kept: { readonly directory: string; readonly stamp: string; readonly settings: Settings } | undefined;

/**
 * The settings of a folder, for who asks before every file, as a linter does:
 * read anew only if one of their files is another than before.
 *
 * @throws SettingsError as `readSettings` does
 */
export function settingsOf(directory: string): Settings {
  const stamp = SETTINGS_FILES.map((name) => stampOf(join(directory, name))).join();
  if (kept?.directory !== directory || kept.stamp !== stamp) kept = { directory, stamp, settings: readSettings(directory) };
  return kept.settings;
}

/** Differs when a file was written, replaced, made or taken away; of one that cannot be looked at, reading tells why. */
function stampOf(path: string): string {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}` : '';
  } catch {
    return '';
  }
}
