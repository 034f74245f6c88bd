import type { Channel, Message } from './types.js';

const RETRY_MS = 20_000;

export class Outbox {
  private readonly channel: Channel;
  private readonly pendingTimeouts = new Set<ReturnType<typeof setTimeout>>();

  constructor(channel: Channel) {
    this.channel = channel;
  }

  send(message: Message): void {
    if (!this.channel.trySend(message)) {
      const timeout = setTimeout(() => {
        this.pendingTimeouts.delete(timeout);
        this.send(message);
      }, RETRY_MS);
      this.pendingTimeouts.add(timeout);
    }
  }

  announce(message: Message): void {
    const timeout = setTimeout(() => {
      this.pendingTimeouts.delete(timeout);
      announceLater();
    }, RETRY_MS);
    this.pendingTimeouts.add(timeout);

    function announceLater(): void {
      console.log('announced', message);
    }
  }

  close(): void {
    for (const timeout of this.pendingTimeouts) {
      clearTimeout(timeout);
    }
    this.pendingTimeouts.clear();
    this.channel.close();
  }
}
