import type { Upload, UploadStore } from './types.js';

const EXPIRY_MS = 15 * 60 * 1000;

export class UploadRegistry {
  /** Uploads that are not finished yet. */
  private readonly uploads = new Map<string, Upload>();
  private readonly store: UploadStore;

  constructor(store: UploadStore) {
    this.store = store;
  }

  begin(upload: Upload): void {
    this.uploads.set(upload.id, upload);
    // Nobody waits for an upload for ever.
    setTimeout(() => this.uploads.delete(upload.id), EXPIRY_MS);
  }

  async finish(id: string): Promise<boolean> {
    const upload = this.uploads.get(id);
    if (upload === undefined) return false;
    await this.store.keep(upload);
    return this.uploads.delete(id);
  }

  cancel(id: string): void {
    if (this.uploads.has(id)) this.uploads.delete(id); // the client may begin again
  }

  close(): void {
    this.uploads.clear();
  }
}
