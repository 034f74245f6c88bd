export class Chart {
  private width = 0;
  private observer?: ResizeObserver;

  constructor(private readonly container: HTMLElement) {}

  destroy(): void {
    this.container.remove();
    this.observer?.disconnect();
  }

  watchSize(): void {
    const observer = new ResizeObserver((entries) => {
      this.width = entries[0]?.contentRect.width ?? this.width;
    });
    this.observer?.disconnect();
    this.observer = observer;
    observer.observe(this.container);
  }
}
