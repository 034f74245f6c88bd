export class Clock {
  private readonly face = document.createElement('canvas');
  private hours = 0;

  constructor() {
    window.addEventListener('focus', () => {
      this.hours += 1;
    });
    window.addEventListener('storage', (event) => this.read(event.key), { passive: true });
  }

  private read(key: string | null) {
    console.log(key, this.hours);
  }

  destroy() {
    this.face.remove();
  }
}
