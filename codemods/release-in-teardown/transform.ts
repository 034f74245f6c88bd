import '../../src/codemod/plain-loading.js';
import { toTransform } from '../../src/codemod/jscodeshift.js';
import { releaseInTeardown } from './codemod.js';

/** For `npx jscodeshift -t node_modules/eslint-plugin-leakproof/dist/codemods/release-in-teardown/transform.js`. */
export default toTransform(releaseInTeardown);
