import type { Confidence, Effect, Reason } from '../findings.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';

/**
 * The case for and against one candidate. Evidence is a path that was followed;
 * a doubt is an idiom, a name or an escape. A name never decides: without
 * evidence nothing is reported, and a doubt keeps a report from being certain.
 */
export class Argument {
  readonly reasons: Reason[] = [];
  #weight = 0;
  #doubts = 0;
  #settled = false;

  /** A path that speaks for a leak. `strong` evidence is enough by itself; of the rest it takes two. */
  evidence(code: string, node: Node, names: Record<string, string> = {}, strength: 'strong' | 'supporting' = 'strong'): this {
    this.#weight += strength === 'strong' ? 2 : 1;
    return this.#add(code, 'evidence', node, names);
  }

  /** An idiom, a name or an escape that makes the leak less sure. */
  doubt(code: string, node: Node, names: Record<string, string> = {}): this {
    this.#doubts++;
    return this.#add(code, 'doubt', node, names);
  }

  /** A path that lets go, or a bound: nothing is reported. */
  settle(effect: 'release' | 'bound', code: string, node: Node, names: Record<string, string> = {}): this {
    this.#settled = true;
    return this.#add(code, effect, node, names);
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Certain takes strong evidence and no doubt; with a doubt, or with little evidence, it is likely. */
  get outcome(): Confidence | 'silent' {
    if (this.#settled || this.#weight === 0) return 'silent';
    if (this.#doubts === 0) return this.#weight >= 2 ? 'certain' : 'likely';
    return this.#weight >= 2 && this.#doubts <= this.#weight ? 'likely' : 'silent';
  }

  #add(code: string, effect: Effect, node: Node, names: Record<string, string>): this {
    this.reasons.push({ code, effect, span: spanOf(node), names });
    return this;
  }
}
