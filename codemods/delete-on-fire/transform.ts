import '../../src/codemod/plain-loading.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { deleteOnFire } from './codemod.js';

/** For `npx jscodeshift -t node_modules/eslint-plugin-leakproof/dist/codemods/delete-on-fire/transform.js`. */
export default toTransform(deleteOnFire);
