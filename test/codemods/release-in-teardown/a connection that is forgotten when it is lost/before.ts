import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

export class SearchClient {
  private transport: StdioClientTransport | null = null;
  private session: object | null = null;
  private isConnected = false;

  async connect(): Promise<void> {
    if (this.isConnected) return;
    this.transport = new StdioClientTransport({ command: 'search-server' });
    await this.transport.start();
    this.session = {};
    this.isConnected = true;
  }

  async search(text: string): Promise<unknown> {
    try {
      return await this.transport?.send(text);
    } catch (error) {
      this.isConnected = false;
      this.session = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.transport) {
      await this.transport.close();
    }
    this.isConnected = false;
    this.session = null;
    this.transport = null;
  }
}
