import { randomUUID } from 'node:crypto';

/** How long a photo waits for its owner to confirm it. */
const UPLOAD_TIMEOUT_MS = 30 * 60 * 1000;
const RATE_WINDOW_MS = 60 * 1000;
const UPLOADS_PER_WINDOW = 20;

export interface Upload {
  readonly id: string;
  readonly userId: string;
  readonly photo: Uint8Array;
  readonly createdAt: number;
}

interface UserStatistics {
  uploads: number;
  bytes: number;
  lastFileNames: string[];
}

/** Photos that are uploaded and not confirmed yet. */
const uploads = new Map<string, Upload>();

/** What each user has sent so far; the start page shows it. */
const statistics = new Map<string, UserStatistics>();

/** Uploads of each user in the current minute. */
const recentUploads = new Map<string, number>();

export function startUpload(userId: string, fileName: string, photo: Uint8Array): Upload {
  limitRate(userId);
  const upload: Upload = { id: randomUUID(), userId, photo, createdAt: Date.now() };
  uploads.set(upload.id, upload);
  count(userId, fileName, photo.length);

  // Nobody confirmed it: forget the photo.
  setTimeout(() => {
    uploads.delete(upload.id);
  }, UPLOAD_TIMEOUT_MS);

  return upload;
}

/** Reading an upload does not keep it: it still ends in time. */
export function findUpload(id: string): Upload | undefined {
  return uploads.get(id);
}

export function confirmUpload(id: string, store: (upload: Upload) => void): boolean {
  const upload = uploads.get(id);
  if (!upload) return false;
  store(upload);
  uploads.delete(id);
  return true;
}

export function cancelUpload(id: string): void {
  uploads.delete(id);
}

function count(userId: string, fileName: string, bytes: number): void {
  const user = statistics.get(userId) ?? { uploads: 0, bytes: 0, lastFileNames: [] };
  user.uploads++;
  user.bytes += bytes;
  user.lastFileNames.push(fileName);
  statistics.set(userId, user);
}

export function statisticsOf(userId: string): UserStatistics | undefined {
  return statistics.get(userId);
}

/** No leak: each entry leaves when its minute is over, and nothing else removes it. */
function limitRate(userId: string): void {
  const sent = recentUploads.get(userId) ?? 0;
  if (sent >= UPLOADS_PER_WINDOW) throw new Error('Too many uploads; try again in a minute.');
  if (sent === 0) setTimeout(() => recentUploads.delete(userId), RATE_WINDOW_MS).unref();
  recentUploads.set(userId, sent + 1);
}
