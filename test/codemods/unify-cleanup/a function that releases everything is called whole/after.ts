import type { Socket } from './types.js';

export class Rooms {
  private readonly members = new Map<string, Set<string>>();
  private readonly topics = new Map<string, string>();
  private readonly typing = new Map<string, number>();

  open(roomId: string, topic: string, socket: Socket): void {
    this.members.set(roomId, new Set());
    this.topics.set(roomId, topic);
    this.typing.set(roomId, 0);
    socket.on('close', () => {
      this.removeRoom(roomId);
    });
  }

  removeRoom(roomId: string): void {
    if (!this.members.has(roomId)) return;
    this.topics.delete(roomId);
    this.typing.delete(roomId);
    this.members.delete(roomId);
  }
}
