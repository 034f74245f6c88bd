export type Part = 'core' | 'project' | 'codemod' | 'plugin' | 'cli' | 'rules' | 'codemods';

export interface Layer {
  readonly part: Part;
  /** Parts that may be imported; all others are closed. */
  readonly open: readonly Part[];
  /** Modules of closed parts that may be imported all the same. */
  readonly doors?: Readonly<Partial<Record<Part, readonly string[]>>>;
  /** Whether the part must do without everything in IMPURE_PACKAGES. */
  readonly pure?: boolean;
}

export const PARTS: Readonly<Record<Part, string>>;
export const LAYERS: readonly Layer[];
export const IMPURE_PACKAGES: readonly string[];
export function closedParts(layer: Layer): readonly { readonly part: Part; readonly regex: string }[];
