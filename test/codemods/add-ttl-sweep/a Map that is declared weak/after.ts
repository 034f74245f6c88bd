interface Page {
  readonly url: string;
}

interface Overlay {
  show(): void;
  hide(): void;
}

export class Overlays {
  private readonly overlays: WeakMap<Page, Overlay> = new WeakMap();

  open(page: Page, overlay: Overlay): void {
    this.overlays.set(page, overlay);
    overlay.show();
  }

  close(page: Page): void {
    this.overlays.get(page)?.hide();
    this.overlays.delete(page);
  }
}
