export class Clock {
  private readonly face = document.createElement('canvas');
  private hours = 0;
  private readonly onFocus: () => void;
  private readonly onStorage: (event: WindowEventMap['storage']) => void;

  constructor() {
    this.onFocus = () => {
      this.hours += 1;
    };
    window.addEventListener('focus', this.onFocus);
    this.onStorage = (event) => this.read(event.key);
    window.addEventListener('storage', this.onStorage, { passive: true });
  }

  private read(key: string | null) {
    console.log(key, this.hours);
  }

  destroy() {
    window.removeEventListener('focus', this.onFocus);
    window.removeEventListener('storage', this.onStorage);
    this.face.remove();
  }
}
