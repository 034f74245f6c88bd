import { chromium, type Browser } from 'playwright';
import { createClient } from 'redis';

export class Crawler {
  private browser: Browser | null = null;
  private readonly store = createClient();

  async start(): Promise<void> {
    await this.browser?.close();
    this.browser = await chromium.launch();
    await this.store.connect();
  }

  async shutdown(): Promise<void> {
    await this.store.quit();
  }
}
