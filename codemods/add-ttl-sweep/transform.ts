import '../../src/codemod/plain-loading.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { addTtlSweep } from './codemod.js';

/** For `npx jscodeshift -t node_modules/eslint-plugin-leakproof/dist/codemods/add-ttl-sweep/transform.js`. */
export default toTransform(addTtlSweep);
