import { describe, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent } = checksFor('no-forgotten-field');

describe('no-forgotten-field: a teardown that does nothing', () => {
  const store = (begin: string, end: string): string => `
export class Store {
  constructor(protected readonly files: Files, folder: string) {
    ${begin}
  }
  ${end}
}
`;
  const IDLE = 'dispose(): void {} //! likely no-forgotten-field dispose';

  it.each(['this.files.watch(folder, { recursive: true });', 'files.subscribe(folder);'])('leaves what its object begins: %s', (begin) => {
    expectFindings(store(begin, IDLE));
  });

  it.each([
    ['it ends what the object was given', store('this.files.watch(folder);', 'dispose(): void { this.files.unwatch(); }')],
    ['another teardown does', store('this.files.watch(folder);', 'dispose(): void {} close(): void { this.files.unwatch(); }')],
    ['what ends it is kept by whoever it is given to', store('this.bag.push(files.watch(folder));', 'dispose(): void {}')],
    ['nothing is begun', store('this.files.read(folder);', 'dispose(): void {}')],
    ['the object made it itself', store('this.own = new Files(); this.own.watch(folder);', 'dispose(): void {}')],
    ['a base class may end it', store('super(files); this.files.watch(folder);', 'dispose(): void {}').replace('class Store', 'class Store extends Base')],
    ['there is no teardown', store('this.files.watch(folder);', 'read(): void {}')],
  ])('is silent: %s', (_, code) => {
    expectSilent(code);
  });
});
