import type { Server } from 'node:http';

interface Parts {
  readonly server: Server;
  readonly store: { close(): Promise<void> };
  readonly jobs: { stop(): Promise<void> };
}

export async function shutdown(parts: Parts): Promise<void> {
  try {
    await closeServer(parts.server);
  } catch (error) {
    console.error('shutdown: closeServer(parts.server) failed', error);
  }
  try {
    await parts.jobs.stop();
  } catch (error) {
    console.error('shutdown: parts.jobs.stop() failed', error);
  }
  await parts.store.close();
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
