interface Arrival {
  readonly arrived: Promise<void>;
  announce?: () => void;
}

/** Lets callers wait until a ship is in the harbour. */
export class HarbourSessions {
  private readonly arrivalSessions = new Map<string, Arrival>();

  constructor(private readonly radio: EventTarget) {}

  start(): void {
    this.radio.addEventListener('call', this.onCall);
  }

  stop(): void {
    this.radio.removeEventListener('call', this.onCall);
  }

  waitFor(shipId: string): Promise<void> {
    return this.arrivalOf(shipId).arrived;
  }

  private readonly onCall = (event: Event): void => {
    this.arrivalOf((event as CustomEvent<string>).detail).announce?.();
  };

  private arrivalOf(shipId: string): Arrival {
    let arrival = this.arrivalSessions.get(shipId);
    if (arrival === undefined) {
      let settle: () => void;
      arrival = {
        arrived: new Promise<void>((resolve) => {
          settle = resolve;
        }),
      };
      arrival.announce = settle!;
      this.arrivalSessions.set(shipId, arrival);
    }
    return arrival;
  }
}
