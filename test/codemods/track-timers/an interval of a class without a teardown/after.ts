export class Gauge {
  private readings = 0;
  private sampleInterval?: ReturnType<typeof setInterval>;

  constructor(private readonly sensor: { read(): number }) {
    this.sampleInterval = setInterval(() => this.sample(), 1000);
  }

  public sample(): void {
    this.readings += this.sensor.read();
  }

  public dispose(): void {
    clearInterval(this.sampleInterval);
  }

  public [Symbol.dispose](): void {
    this.dispose();
  }
}
