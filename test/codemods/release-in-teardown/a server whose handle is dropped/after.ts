import { Server } from 'http';
import { SubscriptionServer } from 'subscriptions-transport-ws';

export class Gateway {
  private http?: Server;
  private subscriptionServer?: ReturnType<typeof SubscriptionServer.create>;

  constructor(private readonly schema: object) {}

  listen(http: Server): void {
    this.http = http;
    this.serveSubscriptions(http);
  }

  private serveSubscriptions(server: Server): void {
    this.subscriptionServer?.close();
    this.subscriptionServer = SubscriptionServer.create(
      { schema: this.schema },
      { server, path: '/subscriptions' },
    );
  }

  async stop(): Promise<void> {
    try {
      this.subscriptionServer?.close();
    } catch (error) {
      console.error('stop: this.subscriptionServer?.close() failed', error);
    }
    if (this.http) await new Promise((done) => this.http?.close(done));
  }
}
