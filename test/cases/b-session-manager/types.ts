/** One thing that was said in a help session. */
export interface Turn {
  readonly speaker: 'customer' | 'assistant' | 'colleague';
  readonly text: string;
  readonly at: number;
}

/** The language model behind the help desk. */
export interface AnswerModel {
  answer(turns: readonly Turn[], signal: AbortSignal): Promise<string>;
}

export interface RouteRequest {
  readonly sessionId: string;
  readonly customerId: string;
  readonly text: string;
}

export interface RouteResult {
  readonly status: number;
  readonly body?: unknown;
}

export type RouteHandler = (request: RouteRequest) => RouteResult | Promise<RouteResult>;

/** The part of a web framework's router that the help desk needs. */
export interface Routes {
  post(path: string, handler: RouteHandler): void;
  delete(path: string, handler: RouteHandler): void;
}
