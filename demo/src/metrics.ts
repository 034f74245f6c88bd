const SAMPLES_KEPT = 1000;

export interface Sample {
  readonly at: number;
  readonly heapBytes: number;
}

/** Measures the server and hands the numbers on. */
export class Metrics {
  private readonly samples: Sample[] = [];
  private readonly reporter: NodeJS.Timeout;

  constructor(private readonly send: (samples: readonly Sample[]) => void) {
    setInterval(() => this.sample(), 1_000);
    this.reporter = setInterval(() => this.report(), 60_000);
  }

  /** No leak: the oldest sample makes room for the newest. */
  private sample(): void {
    this.samples.push({ at: Date.now(), heapBytes: process.memoryUsage().heapUsed });
    if (this.samples.length > SAMPLES_KEPT) this.samples.shift();
  }

  private report(): void {
    this.send(this.samples);
  }

  close(): void {
    clearInterval(this.reporter);
  }
}
