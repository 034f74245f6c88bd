export class Chart {
  private width = 0;

  constructor(private readonly container: HTMLElement) {}

  destroy(): void {
    this.container.remove();
  }

  watchSize(): void {
    const observer = new ResizeObserver((entries) => {
      this.width = entries[0]?.contentRect.width ?? this.width;
    });
    observer.observe(this.container);
  }
}
