import { rm } from 'node:fs/promises';

import { kitchen } from './kitchen.js';
import type { Kitchen, Order } from './types.js';

const MAX_PLATES = 12;
/** How long an entry of #orders may go unused. */
const ORDER_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of #orders are looked for. */
const ORDER_SWEEP_MS = 60 * 1000;

export class OrderDesk {
  #orders = new Map<string, Order>();
  #orderLastActivity = new Map<string, number>();
  #kitchen: Kitchen;
  #orderSweep: ReturnType<typeof setInterval>;
  #isSweepingOrders = false;

  constructor(kitchen: Kitchen) {
    this.#kitchen = kitchen;
    this.#orderSweep = setInterval(() => void this.#sweepOrders(), ORDER_SWEEP_MS);
    this.#orderSweep.unref();
  }

  take(orderToken: string, plates: number): void {
    if (plates > MAX_PLATES) return;
    this.#orders.set(orderToken, { plates, printer: this.#kitchen.openPrinter() });
    this.#touchOrder(orderToken);
  }

  addPlate(orderToken: string): boolean {
    const order = this.#orders.get(orderToken);
    this.#touchOrder(orderToken);
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
    this.#orderLastActivity.delete(orderToken);
    this.#orders.delete(orderToken);
  }

  async close(): Promise<void> {
    clearInterval(this.#orderSweep);
    for (const orderToken of this.#orders.keys()) await this.drop(orderToken);
  }

  /** Notes that an entry of #orders was used just now. */
  #touchOrder(orderToken: string): void {
    if (this.#orders.has(orderToken)) {
      this.#orderLastActivity.set(orderToken, Date.now());
    }
  }

  /** Ends the entries of #orders that went unused for too long. */
  async #sweepOrders(): Promise<void> {
    if (this.#isSweepingOrders) {
      return;
    }
    this.#isSweepingOrders = true;
    try {
      for (const orderToken of this.#orders.keys()) {
        const now = Date.now();
        const lastActivity = this.#orderLastActivity.get(orderToken);
        if (lastActivity === undefined) {
          // Not stamped yet: its time starts now.
          this.#orderLastActivity.set(orderToken, now);
        } else if (now - lastActivity >= ORDER_TTL_MS) {
          try {
            await this.drop(orderToken);
          } catch (error) {
            console.error('sweepOrders: drop failed', error);
          }
        }
      }
    } finally {
      this.#isSweepingOrders = false;
    }
  }
}

export const orderDesk = new OrderDesk(kitchen);
