import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

import { connectTools, type Request, type Response } from './tools.js';

/** How long an entry of transports may go unused. */
const TRANSPORT_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of transports are looked for. */
const TRANSPORT_SWEEP_MS = 60 * 1000;

const transports: Record<string, StreamableHTTPServerTransport> = {};
const transportLastActivity = new Map<string, number>();

let isSweepingTransports = false;
const transportSweep = setInterval(() => void sweepTransports(), TRANSPORT_SWEEP_MS);
transportSweep.unref();

/** Notes that an entry of transports was used just now. */
function touchTransport(newId: string | undefined): void {
  if (newId !== undefined && newId in transports) {
    transportLastActivity.set(newId, Date.now());
  }
}

/** Ends the entries of transports that went unused for too long. */
async function sweepTransports(): Promise<void> {
  if (isSweepingTransports) {
    return;
  }
  isSweepingTransports = true;
  try {
    for (const [newId, transport] of Object.entries(transports)) {
      const now = Date.now();
      const lastActivity = transportLastActivity.get(newId);
      if (lastActivity === undefined) {
        // Not stamped yet: its time starts now.
        transportLastActivity.set(newId, now);
      } else if (now - lastActivity >= TRANSPORT_TTL_MS) {
        transportLastActivity.delete(newId);
        try {
          await transport.close();
        } catch (error) {
          console.error('sweepTransports: close failed', error);
        }
      }
    }
  } finally {
    isSweepingTransports = false;
  }
}

/** Stops the sweep and ends all entries of transports; call it before the program ends. After a crash, only a time-out of what they stand for can end that. */
export async function closeTransports(): Promise<void> {
  clearInterval(transportSweep);
  for (const transport of Object.values(transports)) {
    try {
      await transport.close();
    } catch (error) {
      console.error('closeTransports: close failed', error);
    }
  }
}

export async function handleToolRequest(request: Request, response: Response): Promise<void> {
  const sessionId = request.headers['mcp-session-id'];
  const known = sessionId === undefined ? undefined : transports[sessionId];
  touchTransport(sessionId);
  if (known) {
    await known.handleRequest(request, response);
    return;
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (newId: string) => {
      transports[newId] = transport;
      touchTransport(newId);
    },
  });
  transport.onclose = () => {
    if (transport.sessionId !== undefined) {
      transportLastActivity.delete(transport.sessionId);
      delete transports[transport.sessionId];
    }
  };
  await connectTools(transport);
  await transport.handleRequest(request, response);
}
