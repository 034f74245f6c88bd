export class Menu {
  private isOpen = false;
  private readonly onBlur: () => void;

  constructor(private readonly element: HTMLElement) {
    this.onBlur = () => {
      this.isOpen = false;

      this.element.hidden = true;
    };
    window.addEventListener('blur', this.onBlur);
  }

  toggle(): void {
    this.isOpen = !this.isOpen;
    this.element.hidden = !this.isOpen;
  }

  dispose(): void {
    window.removeEventListener('blur', this.onBlur);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

export function open(element: HTMLElement): Menu {
  return new Menu(element);
}
