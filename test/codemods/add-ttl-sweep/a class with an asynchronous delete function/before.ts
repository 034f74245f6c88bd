import { rm } from 'node:fs/promises';

import { kitchen } from './kitchen.js';
import type { Kitchen, Order } from './types.js';

const MAX_PLATES = 12;

export class OrderDesk {
  #orders = new Map<string, Order>();
  #kitchen: Kitchen;

  constructor(kitchen: Kitchen) {
    this.#kitchen = kitchen;
  }

  take(orderToken: string, plates: number): void {
    if (plates > MAX_PLATES) return;
    this.#orders.set(orderToken, { plates, printer: this.#kitchen.openPrinter() });
  }

  addPlate(orderToken: string): boolean {
    const order = this.#orders.get(orderToken);
    if (!order) return false;
    order.plates += 1;
    return true;
  }

  /** For the board: who only looks does not keep an order. */
  platesOf(orderToken: string): number {
    return this.#orders.get(orderToken)?.plates ?? 0;
  }

  async drop(orderToken: string): Promise<void> {
    const order = this.#orders.get(orderToken);
    if (!order) return;
    await order.printer.close();
    await rm(order.printer.file);
    this.#orders.delete(orderToken);
  }

  async close(): Promise<void> {
    for (const orderToken of this.#orders.keys()) await this.drop(orderToken);
  }
}

export const orderDesk = new OrderDesk(kitchen);
