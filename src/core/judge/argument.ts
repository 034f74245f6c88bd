import type { Confidence, Effect, OtherPlace, Reason } from '../findings.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';

/**
 * The case for and against one candidate. Evidence is a path that was followed;
 * a doubt is an idiom, a name or an escape. A name never decides: without
 * evidence nothing is reported, and a doubt keeps a report from being certain.
 */
export class Argument {
  readonly reasons: Reason[] = [];
  #strong = 0;
  #supporting = 0;
  #doubts = 0;
  #idioms = 0;
  #settled = false;

  /** A path that speaks for a leak. Only `strong` evidence can make it certain. */
  evidence(code: string, node: Node, names: Record<string, string> = {}, strength: 'strong' | 'supporting' = 'strong', at?: OtherPlace): this {
    if (strength === 'strong') this.#strong++;
    else this.#supporting++;
    return this.#add(code, 'evidence', node, names, at);
  }

  /** An idiom, a name or an escape that makes the leak less sure. */
  doubt(code: string, node: Node, names: Record<string, string> = {}, at?: OtherPlace): this {
    this.#doubts++;
    return this.#add(code, 'doubt', node, names, at);
  }

  /** A benign shape: it explains supporting evidence away, but a path that was followed is reported in spite of any number of them. */
  idiom(code: string, node: Node, names: Record<string, string> = {}): this {
    this.#idioms++;
    return this.#add(code, 'doubt', node, names);
  }

  /** A path that lets go, or a bound: nothing is reported. */
  settle(effect: 'release' | 'bound', code: string, node: Node, names: Record<string, string> = {}, at?: OtherPlace): this {
    this.#settled = true;
    return this.#add(code, effect, node, names, at);
  }

  /** Whether a reason was given already. */
  has(code: string): boolean {
    return this.reasons.some((reason) => reason.code === code);
  }

  get settled(): boolean {
    return this.#settled;
  }

  get hasStrongEvidence(): boolean {
    return this.#strong > 0;
  }

  /** Certain takes strong evidence and no doubt; likely takes strong evidence with a doubt, or what supports it more often than it is doubted. */
  get outcome(): Confidence | 'silent' {
    if (this.#settled) return 'silent';
    if (this.#strong > 0 && this.#doubts + this.#idioms === 0) return 'certain';
    const weight = 2 * this.#strong + this.#supporting;
    const against = this.#doubts + (this.#strong > 0 ? 0 : this.#idioms);
    return weight > against ? 'likely' : 'silent';
  }

  #add(code: string, effect: Effect, node: Node, names: Record<string, string>, at?: OtherPlace): this {
    this.reasons.push({ code, effect, span: spanOf(node), names, ...(at ? { at: { file: at.file, line: at.line } } : {}) });
    return this;
  }
}
