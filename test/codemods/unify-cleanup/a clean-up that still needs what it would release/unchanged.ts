import type { Archive, Socket } from './types.js';

export class Chats {
  private readonly sockets = new Map<string, Socket>();
  private readonly logs = new Map<string, string[]>();

  constructor(private readonly archive: Archive) {}

  open(chatId: string, socket: Socket): void {
    this.sockets.set(chatId, socket);
    this.logs.set(chatId, []);
    socket.on('close', () => {
      this.sockets.delete(chatId);
    });
  }

  endChat(chatId: string): void {
    this.sockets.delete(chatId);
    this.archive.store(chatId, this.logs.get(chatId) ?? []);
    this.logs.delete(chatId);
  }
}
