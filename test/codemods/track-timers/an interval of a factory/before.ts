import type { Quote, QuoteSource } from './types.js';

export function createQuoteCache(source: QuoteSource) {
  const quotes = new Map<string, Quote>();

  async function refresh(): Promise<void> {
    for (const symbol of quotes.keys()) {
      quotes.set(symbol, await source.fetch(symbol));
    }
  }

  setInterval(() => void refresh(), 60_000);

  return {
    quotes,
    close(): void {
      quotes.clear();
    },
  };
}
