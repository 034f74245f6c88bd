import { bus } from './bus.js';

const seenMessageIds = new Set();

export function isNew(message) {
  if (seenMessageIds.has(message.messageId)) return false;
  seenMessageIds.add(message.messageId);
  return true;
}

bus.on('message', (message) => isNew(message));
