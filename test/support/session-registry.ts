/** A module that keeps an entry per session and shows how to take one out. */
export const REGISTRY = `
const sessions = new Map();
export function openSession(sessionId, socket) {
  sessions.set(sessionId, socket);
}
export function closeSession(sessionId) {
  sessions.delete(sessionId);
}
`;

/** A file beside it whose events add entries. */
export const OPENS = `
import { openSession } from './registry.js';
export function accept(socket) {
  socket.on('hello', (message) => openSession(message.sessionId, socket));
}
`;
