import type { Server } from 'node:net';

export function open(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const onError = (): void => {
      server.off('listening', onListening);
      resolve(false);
    };
    server.once('error', onError);
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.listen(port, onListening);
  });
}
