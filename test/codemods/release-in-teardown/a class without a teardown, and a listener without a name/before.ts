export class Menu {
  private isOpen = false;

  constructor(private readonly element: HTMLElement) {
    window.addEventListener('blur', () => {
      this.isOpen = false;

      this.element.hidden = true;
    });
  }

  toggle(): void {
    this.isOpen = !this.isOpen;
    this.element.hidden = !this.isOpen;
  }
}

export function open(element: HTMLElement): Menu {
  return new Menu(element);
}
