import { bus } from './bus.js';

const MAX_SEEN_MESSAGE_IDS = 1000;

const seenMessageIds = new Set();

export function isNew(message) {
  if (seenMessageIds.has(message.messageId)) return false;
  seenMessageIds.add(message.messageId);
  for (const oldest of seenMessageIds) {
    if (seenMessageIds.size <= MAX_SEEN_MESSAGE_IDS) break;
    seenMessageIds.delete(oldest);
  }
  return true;
}

bus.on('message', (message) => isNew(message));
