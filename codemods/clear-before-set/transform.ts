import '../../src/codemod/plain-loading.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { clearBeforeSet } from './codemod.js';

/** For `npx jscodeshift -t node_modules/eslint-plugin-leakproof/dist/codemods/clear-before-set/transform.js`. */
export default toTransform(clearBeforeSet);
