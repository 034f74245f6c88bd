export class Gauge {
  private readings = 0;

  constructor(private readonly sensor: { read(): number }) {
    setInterval(() => this.sample(), 1000);
  }

  public sample(): void {
    this.readings += this.sensor.read();
  }
}
