const MAX_EVENTS = 200;

export class ActivityService {
  private events: string[] = [];

  record(event: string): void {
    this.events.push(event);
  }

  recent(): string[] {
    return this.events.slice(-MAX_EVENTS);
  }
}
