import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

import { connectTools, type Request, type Response } from './tools.js';

const transports: Record<string, StreamableHTTPServerTransport> = {};

export async function handleToolRequest(request: Request, response: Response): Promise<void> {
  const sessionId = request.headers['mcp-session-id'];
  const known = sessionId === undefined ? undefined : transports[sessionId];
  if (known) {
    await known.handleRequest(request, response);
    return;
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (newId: string) => {
      transports[newId] = transport;
    },
  });
  transport.onclose = () => {
    if (transport.sessionId !== undefined) delete transports[transport.sessionId];
  };
  await connectTools(transport);
  await transport.handleRequest(request, response);
}
