export class Rooms {
  private readonly members = new Map<string, Set<string>>();
  private readonly lastSeen = new Map<string, number>();

  open(id: string): void {
    this.members.set(id, new Set());
    this.lastSeen.set(id, Date.now());
  }

  close(id: string): void {
    this.members.delete(id);
    this.lastSeen.delete(id);
  }

  removeRoom(roomId: string): boolean {
    this.lastSeen.delete(roomId);
    return this.members.delete(roomId);
  }
}
