const MAX_EVENTS = 200;

export class ActivityService {
  private events: string[] = [];

  record(event: string): void {
    this.events.push(event);
    if (this.events.length > MAX_EVENTS) {
      this.events.splice(0, this.events.length - MAX_EVENTS);
    }
  }

  recent(): string[] {
    return this.events.slice(-MAX_EVENTS);
  }
}
