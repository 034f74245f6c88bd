import { expect, it } from 'vitest';
import { codeStyleOf } from '../../../src/codemod/writing/code-style.js';
import { isolate } from '../../../src/codemod/writing/isolated.js';
import { factsOf, markedCall } from './parsed.js';

it.each([
  ['  HERE();', "  try {\n    HERE();\n  } catch (error) {\n    console.error('stop: HERE() failed', error);\n  }"],
  ['HERE(); // why', "try {\n  HERE(); // why\n} catch (error) {\n  console.error('stop: HERE() failed', error);\n}"],
  ['if (a) HERE();', "if (a) {\n  try {\n    HERE();\n  } catch (error) {\n    console.error('stop: HERE() failed', error);\n  }\n}"],
  ['if (a)\n  HERE();', "if (a)\n  try {\n    HERE();\n  } catch (error) {\n    console.error('stop: HERE() failed', error);\n  }"],
  ["HERE('a', `b\nc`,\n  error);", "try {\n  HERE('a', `b\nc`,\n    error);\n} catch (error2) {\n  console.error('stop: HERE(\\'a\\', `b c`, error) failed', error2);\n}"],
])('isolate %j', (text, expected) => {
  const facts = factsOf(text);
  const { model, tree } = facts;
  const statement = markedCall(facts).parent;
  const throwing = tree.all('ExpressionStatement').filter((one) => one === statement);
  expect(isolate({ start: 0, end: text.length }, throwing, 'stop', codeStyleOf(model, tree), model, tree)).toBe(expected);
});
