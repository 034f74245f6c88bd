export class Panel {
  constructor() {
    window.addEventListener('resize', this.layout);
    document.addEventListener('keydown', this.onKey, true);
  }

  private readonly layout = () => {
    console.log(window.innerWidth);
  };

  private readonly onKey = (event: KeyboardEvent) => {
    console.log(event.key);
  };

  dispose(): void {
    window.removeEventListener('resize', this.layout);
    document.removeEventListener('keydown', this.onKey, true);
    console.log('closed');
  }
}
