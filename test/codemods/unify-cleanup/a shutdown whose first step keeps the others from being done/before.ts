import type { Server } from 'node:http';

interface Parts {
  readonly server: Server;
  readonly store: { close(): Promise<void> };
  readonly jobs: { stop(): Promise<void> };
}

export async function shutdown(parts: Parts): Promise<void> {
  await closeServer(parts.server);
  await parts.jobs.stop();
  await parts.store.close();
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
