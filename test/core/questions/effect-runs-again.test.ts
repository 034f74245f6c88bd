import { describe, expect, it } from 'vitest';
import { findFreshStart, findRunAgain } from '../../../src/core/questions/effect-runs-again.js';
import { factsOf } from '../../support/facts.js';

const LISTENS = "held.current.addEventListener('click', paint);";
/** A component with an effect that listens to what a ref holds. */
const component = (effect: string, dependencies = '', before = ''): string => `
export function Panel({ color }) {
  const held = useRef(null);
  ${before}
  useEffect(() => { ${effect} }${dependencies});
}
`;

/** The text of what makes the effect run again. */
function againIn(code: string): string | undefined {
  const facts = factsOf(code);
  const [registration] = facts.listeners.registrations;
  const found = registration && findRunAgain(registration, facts);
  return found && (found.type === 'CallExpression' ? 'every run' : facts.model.text.slice(...found.range));
}

describe('an effect that listens to what a ref holds runs again', () => {
  it.each([
    ['with every run, without dependencies', component(LISTENS), 'every run'],
    ['with a property', component(LISTENS, ', [color]'), 'color'],
    ['with a property, beside what never changes', component(LISTENS, ', [held, color]'), 'color'],
    ['with a state', component(LISTENS, ', [size]', 'const [size, setSize] = useState(0);'), 'size'],
    ['with a value of another hook', component(LISTENS, ', [size]', 'const size = useSize();'), 'size'],
    ['with a value of another call', component(LISTENS, ', [size]', 'const size = tools().read();'), 'size'],
    ['with a value that is worked out', component(LISTENS, ', [size]', 'const size = color.length + 1;'), 'size'],
    ['with a variable that is set later', component(LISTENS, ', [size]', 'let size; size = color;'), 'size'],
    ['with a call', component(LISTENS, ', [size()]'), 'every run'],
    ['by a local', component("const element = held.current; element.addEventListener('click', paint);", ', [color]'), 'color'],
  ])('%s', (_, code, expected) => {
    expect(againIn(code)).toBe(expected);
  });

  it.each([
    ['once', component(LISTENS, ', []')],
    ['with a ref', component(LISTENS, ', [held]')],
    ['with what a ref holds', component(LISTENS, ', [held.current]')],
    ['with a number', component(LISTENS, ', [1]')],
    ['with a gap', component(LISTENS, ', [, held]')],
    ['with what sets a state', component(LISTENS, ', [setSize]', 'const [size, setSize] = useState(0);')],
    ['with what a reducer is told by', component(LISTENS, ', [dispatch]', 'const [size, dispatch] = React.useReducer(next, 0);')],
    ['with a callback that is kept', component(LISTENS, ', [paint]', 'const paint = useCallback(() => {}, []);')],
    ['with dependencies of somebody else', component(LISTENS, ', dependencies')],
    ['with a ref that it fills itself', component(`held.current = document.createElement('b'); ${LISTENS}`, ', [color]')],
    ['with another target', component("window.addEventListener('click', paint);", ', [color]')],
    ['with a local that is no ref', component("const element = find(color); element.addEventListener('click', paint);", ', [color]')],
    ['outside of an effect', `export function Panel({ color }) { const held = useRef(null); ${LISTENS} }`],
    ['in a callback of another hook', component(LISTENS, ', [color]').replace('useEffect', 'useMemo')],
  ])('or does not: %s', (_, code) => {
    expect(againIn(code)).toBeUndefined();
  });

  it.each([
    [`clean(held.current); ${LISTENS}`, true],
    [`held.current.removeAllListeners(); ${LISTENS.replace('addEventListener', 'on')}`, true],
    [`${LISTENS} clean(held.current);`, false],
    [`clean(held); ${LISTENS}`, false],
    [LISTENS, false],
  ])('and starts afresh, or does not: %s', (effect, expected) => {
    const facts = factsOf(component(effect, ', [color]'));
    const [registration] = facts.listeners.registrations;
    expect(registration && findFreshStart(registration, facts) !== undefined).toBe(expected);
  });
});
