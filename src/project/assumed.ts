import type { Outside } from '../core/index.js';
import type { Files } from './files.js';
import { Manifests } from './manifests.js';
import { filesForOthers } from './offered.js';

/** There are other files, which may do anything, as if nothing were known of them. */
const UNKNOWN = { uses: {}, offered: 'all', members: {}, effects: {}, joint: {}, subscribers: [], inherited: {} } as const;

/**
 * Says what is taken for granted of the other files of a project before they
 * are linked: that they are there, and that a package publishes what it may. A
 * judgement for which that is as it turns out to be stands, and no file has to
 * be judged again for it.
 *
 * @param root absolute path
 * @param isWhole whether these are all files of the project; else any of them may have users that nobody has read
 */
export function assumedOf(root: string, files: Files, isWhole: boolean): (name: string) => Outside {
  const isForOthers = isWhole ? filesForOthers(new Manifests(root, files)) : (): boolean => true;
  return (name) => ({ ...UNKNOWN, published: isForOthers(name) ? 'all' : [] });
}
