import type { Member, Watcher } from './types.js';

export class Rooms {
  private readonly members = new Map<string, Member>();
  private readonly watchers = new Map<string, Watcher>();

  open(id: string, member: Member, watcher: Watcher): void {
    this.members.set(id, member);
    this.watchers.set(id, watcher);
  }

  close(id: string): void {
    this.members.delete(id);
    this.watchers.get(id)?.close();
    this.watchers.delete(id);
  }

  removeRoom(id: string): void {
    this.members.delete(id);
  }
}
