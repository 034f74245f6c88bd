export class Shortcuts {
  private pressed = 0;

  constructor() {
    window.addEventListener('keydown', this.onKey);
  }

  private readonly onKey = (): void => {
    this.pressed += 1;
  };

  dispose(): void {
    window.removeEventListener('keydown', this.onKey);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

export function open(): void {
  document.querySelector('button')?.addEventListener('click', () => new Shortcuts());
}
