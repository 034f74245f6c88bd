export interface UserJoined {
  readonly userId: string;
  readonly locale: string;
}

export interface SessionOpened {
  readonly sessionId: string;
  readonly userId: string;
}

export interface ChallengeAnswered {
  readonly sessionId: string;
  readonly userId: string;
  readonly challenge: string;
  readonly signature: Uint8Array;
}

export interface OutgoingMessage {
  readonly sessionId: string;
  readonly userId: string;
  text: string;
}

export interface HostEvents {
  'user-joined': UserJoined;
  'session-opened': SessionOpened;
  'challenge-answered': ChallengeAnswered;
  'message-outgoing': OutgoingMessage;
}

export interface ToolCall {
  readonly sessionId: string;
  readonly argument: string;
}

/** What the chat host offers to its plug-ins. */
export interface PluginHost {
  on<Name extends keyof HostEvents>(
    event: Name,
    hook: (event: HostEvents[Name]) => void | Promise<void>,
  ): void;
  addTool(name: string, run: (call: ToolCall) => string | Promise<string>): void;
  onUnload(callback: () => void | Promise<void>): void;
}
