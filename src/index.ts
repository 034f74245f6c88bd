import { plugin } from './plugin/plugin.js';

export type { LeakproofPlugin } from './plugin/plugin.js';
export default plugin;
/** What `require('eslint-plugin-leakproof')` gives. */
export { plugin as 'module.exports' };
