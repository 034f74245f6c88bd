import { Server } from 'http';
import { SubscriptionServer } from 'subscriptions-transport-ws';

export class Gateway {
  private http?: Server;

  constructor(private readonly schema: object) {}

  listen(http: Server): void {
    this.http = http;
    this.serveSubscriptions(http);
  }

  private serveSubscriptions(server: Server): void {
    SubscriptionServer.create(
      { schema: this.schema },
      { server, path: '/subscriptions' },
    );
  }

  async stop(): Promise<void> {
    if (this.http) await new Promise((done) => this.http?.close(done));
  }
}
