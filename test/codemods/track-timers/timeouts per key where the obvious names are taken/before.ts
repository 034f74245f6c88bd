interface Lease {
  owner: string;
}

const leases: Map<number, Lease> = new Map();
const leaseTimeouts = { short: 1_000, long: 60_000 };

export function take(slot: number, owner: string, timeout: keyof typeof leaseTimeouts): void {
  leases.set(slot, { owner });
  setTimeout(() => {
    leases.delete(slot);
  }, leaseTimeouts[timeout]);
}

export function giveBack(slot: number): boolean {
  return leases.delete(slot);
}
