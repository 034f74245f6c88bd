import type { Facts } from '../facts/facts.js';
import type { SourceModel } from '../source-model.js';
import { hasPath } from '../syntax/nodes.js';

/** Places of programs that run once and end, and of configuration (BENIGN, X1). `examples`, `bin` and `lib` are none of them. */
const SCRIPT_FOLDER = /(?:^|\/)(?:scripts?|tools?|bench(?:mark)?s?|demos?|playgrounds?|dev-packages|\.evergreen|fixtures|__fixtures__)\/|\.config\.[cm]?[jt]s$|(?:^|\/)(?:gulpfile|gruntfile)\.[cm]?[jt]s$/i;

/** Whether a file says by its place or its first line that it is a script: a hint only. */
export function isOneShotScript(model: SourceModel): boolean {
  return SCRIPT_FOLDER.test(model.path) || model.text.startsWith('#!');
}

/** Whether a script gives nothing to others: it runs for itself, and ends with the first failure that nothing catches. */
export function isClosedScript({ model, tree }: Facts): boolean {
  return isOneShotScript(model) && !model.ast.body.some((statement) => statement.type.startsWith('Export'))
    && !tree.all('AssignmentExpression').some(({ left }) => hasPath(left, /^(?:module\.)?exports(?:$|\.)/));
}
