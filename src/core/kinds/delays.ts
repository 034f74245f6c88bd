/** Names of functions that give a promise of a later time. */
const DELAY = /^(?:promise)?(?:delay|sleep|wait|pause)(?:Promise|For|Ms|Async)?$/i;

/** Whether a module exports under that path what waits for a time: Node's own, or something of that name. */
export function isDelay(module: string, path: readonly string[]): boolean {
  if (/^(?:node:)?timers\/promises$/.test(module)) return path.at(-1) === 'setTimeout';
  const name = path.at(-1) ?? '';
  return DELAY.test(name === 'default' || name === '' ? module.slice(module.lastIndexOf('/') + 1).replace(/\W/g, '') : name);
}
