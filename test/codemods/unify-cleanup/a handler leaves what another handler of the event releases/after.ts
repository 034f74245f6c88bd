import { bus, open } from './bus.js';

const owners = new Map<string, string>();
const sizes = new Map<string, number>();

export function register(): void {
  bus.on('local', (id: string, owner: string) => {
    const pipe = open(id);
    owners.set(id, owner);
    sizes.set(id, 1);
    pipe.onExit(() => {
      owners.delete(id);
      sizes.delete(id);
    });
  });
  bus.on('remote', (pipeId: string, owner: string) => {
    const pipe = open(pipeId);
    owners.set(pipeId, owner);
    sizes.set(pipeId, 2);
    pipe.onExit(() => {
      bus.emit('left', pipeId);
      owners.delete(pipeId);
      sizes.delete(pipeId);
    });
  });
}
