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

  removeRoom(id: string): void {
    this.members.delete(id);
  }

  destroyAll(): void {
    this.members.clear();
  }
}
