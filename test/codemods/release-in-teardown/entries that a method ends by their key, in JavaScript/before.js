export class Windows {
  constructor() {
    this.viewers = new Map();
    this.logs = new Map();
    this.popups = new Map();
  }

  openViewer(id, element, listeners) {
    this.viewers.set(id, { element, listeners });
  }

  openLog(id, element, listeners) {
    this.logs.set(id, { element, listeners });
  }

  openPopup(popupId, element, listeners) {
    this.popups.set(popupId, { element, listeners });
  }

  closePopup(popupId) {
    const popup = this.popups.get(popupId);
    if (!popup) return;
    document.removeEventListener('mousemove', popup.listeners.move);
    popup.element.remove();
    this.popups.delete(popupId);
  }

  cleanupAllWindows() {
    for (const viewer of this.viewers.values()) {
      document.removeEventListener('mousemove', viewer.listeners.move);
      viewer.element.remove();
    }
    this.viewers.clear();
    for (const log of this.logs.values()) {
      document.removeEventListener('mousemove', log.listeners.move);
      log.element.remove();
    }
    this.logs.clear();
  }
}
