import '../../src/codemod/plain-loading.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { boundCollection } from './codemod.js';

/** For `npx jscodeshift -t node_modules/eslint-plugin-leakproof/dist/codemods/bound-collection/transform.js`. */
export default toTransform(boundCollection);
