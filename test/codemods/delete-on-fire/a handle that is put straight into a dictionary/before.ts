export class Room {
  private seats = new Set<string>();
  private seatTimeouts: { [sessionId: string]: NodeJS.Timeout } = {};

  reserve(client: { readonly sessionId: string }, seconds: number): void {
    this.seats.add(client.sessionId);
    this.seatTimeouts[client.sessionId] = setTimeout(() =>
      this.seats.delete(client.sessionId), seconds * 1000);
  }

  join(client: { readonly sessionId: string }): void {
    this.seats.delete(client.sessionId);
    if (this.seatTimeouts[client.sessionId]) {
      clearTimeout(this.seatTimeouts[client.sessionId]);
      delete this.seatTimeouts[client.sessionId];
    }
  }
}
