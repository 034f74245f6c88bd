import { describe, expect, it } from 'vitest';
import { releaseInTeardown, trackTimers } from '../../codemods/index.js';
import { repairFile } from '../../src/codemod/run.js';
import { DEFAULT_SETTINGS } from '../../src/core/index.js';

const CLASS = `export class App {
  constructor(private readonly face: HTMLElement) {
    setInterval(() => this.tick(), 1000);
    document.addEventListener('visibilitychange', this.tick);
  }

  readonly tick = (): void => {
    this.face.textContent = new Date().toISOString();
  };
}
`;

describe('a repair that brings another leak to light', () => {
  const repair = (codemods: Parameters<typeof repairFile>[1]['codemods'], text = CLASS) => repairFile({ path: 'clock.ts', text }, { codemods, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, rules: ['no-untracked-timer'] });

  it('takes the repair of that with it', () => {
    const { text, repaired, failed } = repair([trackTimers, releaseInTeardown]);
    expect(failed).toEqual([]);
    expect(repaired).toHaveLength(1);
    expect(text).toContain(`  dispose(): void {
    clearInterval(this.tickInterval);
    document.removeEventListener('visibilitychange', this.tick);
  }`);
  });

  it('is not made where that has no repair', () => {
    const { changed, failed } = repair([trackTimers]);
    expect(changed).toBe(false);
    expect(failed).toEqual([expect.objectContaining({ gate: 'finding-gone' })]);
  });
});
