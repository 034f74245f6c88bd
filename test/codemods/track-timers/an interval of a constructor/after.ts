import type { Sample, Sink } from './types.js';

export class MetricsReporter {
    private readonly samples: Sample[] = [];
    private readonly sink: Sink;
    private flushInterval?: ReturnType<typeof setInterval>;

    constructor(sink: Sink) {
        this.sink = sink;
        this.flushInterval = setInterval(() => this.flush(), 10_000);
    }

    record(sample: Sample): void {
        this.samples.push(sample);
    }

    flush(): void {
        this.sink.send(this.samples.splice(0));
    }

    dispose(): void {
        clearInterval(this.flushInterval);
        this.samples.length = 0;
    }
}
