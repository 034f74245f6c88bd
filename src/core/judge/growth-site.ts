import type { Collection } from '../facts/collections.js';
import type { Effect } from '../facts/summaries.js';
import type { Node } from '../syntax/nodes.js';

/** Where a collection grows first; its declaration, if that is nowhere in the file. */
export function growthSite([first]: readonly Effect[], { declaration }: Collection): Node {
  return first?.operation.node ?? declaration;
}

/** The key under which a collection grows first; its declaration, if it has none. */
export function keySite([first]: readonly Effect[], { declaration }: Collection): Node {
  return first?.operation.key ?? declaration;
}
