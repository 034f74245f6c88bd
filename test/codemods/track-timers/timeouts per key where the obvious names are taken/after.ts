interface Lease {
  owner: string;
}

const leases: Map<number, Lease> = new Map();
const leaseTimeouts2 = new Map<number, ReturnType<typeof setTimeout>>();
const leaseTimeouts = { short: 1_000, long: 60_000 };

export function take(slot: number, owner: string, timeout: keyof typeof leaseTimeouts): void {
  leases.set(slot, { owner });
  clearTimeout(leaseTimeouts2.get(slot));
  const timer = setTimeout(() => {
    if (leaseTimeouts2.get(slot) === timer) {
      leaseTimeouts2.delete(slot);
    }
    leases.delete(slot);
  }, leaseTimeouts[timeout]);
  leaseTimeouts2.set(slot, timer);
}

export function giveBack(slot: number): boolean {
  clearTimeout(leaseTimeouts2.get(slot));
  leaseTimeouts2.delete(slot);
  return leases.delete(slot);
}
