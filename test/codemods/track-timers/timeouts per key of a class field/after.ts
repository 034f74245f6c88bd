import type { Upload, UploadStore } from './types.js';

const EXPIRY_MS = 15 * 60 * 1000;

export class UploadRegistry {
  /** Uploads that are not finished yet. */
  private readonly uploads = new Map<string, Upload>();
  private readonly uploadTimeouts = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly store: UploadStore;

  constructor(store: UploadStore) {
    this.store = store;
  }

  begin(upload: Upload): void {
    this.uploads.set(upload.id, upload);
    // Nobody waits for an upload for ever.
    clearTimeout(this.uploadTimeouts.get(upload.id));
    const timeout = setTimeout(() => {
      if (this.uploadTimeouts.get(upload.id) === timeout) {
        this.uploadTimeouts.delete(upload.id);
      }
      this.uploads.delete(upload.id);
    }, EXPIRY_MS);
    this.uploadTimeouts.set(upload.id, timeout);
  }

  async finish(id: string): Promise<boolean> {
    const upload = this.uploads.get(id);
    if (upload === undefined) return false;
    await this.store.keep(upload);
    clearTimeout(this.uploadTimeouts.get(id));
    this.uploadTimeouts.delete(id);
    return this.uploads.delete(id);
  }

  cancel(id: string): void {
    if (this.uploads.has(id)) {
      clearTimeout(this.uploadTimeouts.get(id));
      this.uploadTimeouts.delete(id);
      this.uploads.delete(id); // the client may begin again
    }
  }

  close(): void {
    for (const timeout of this.uploadTimeouts.values()) {
      clearTimeout(timeout);
    }
    this.uploadTimeouts.clear();
    this.uploads.clear();
  }
}
