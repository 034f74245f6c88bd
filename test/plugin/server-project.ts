/** A server whose files let each other down, or not. */
export const PROJECT: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }',
  // What is opened by one file and closed by none.
  'src/registry.ts': `
const sockets = new Map<string, unknown>();
export function openSocket(socketId: string, socket: unknown): void {
  sockets.set(socketId, socket);
}
export function closeSocket(socketId: string): void {
  sockets.delete(socketId);
}
`,
  // The same, with a caller.
  'src/calls.ts': `
const calls = new Map<string, unknown>();
export function openCall(callId: string, call: unknown): void {
  calls.set(callId, call);
}
export function closeCall(callId: string): void {
  calls.delete(callId);
}
`,
  'src/index.ts': "export * from './registry.js';\nexport * from './calls.js';\n",
  'src/accept.ts': `
import { closeCall, openCall, openSocket } from './index.js';
export function accept(socket: any): void {
  socket.on('hello', (message: any) => openSocket(message.socketId, socket));
  socket.on('call', (message: any) => openCall(message.callId, socket));
  socket.on('hang-up', (message: any) => closeCall(message.callId));
}
`,
  // A list that one file makes and another fills.
  'src/room.ts': `
export interface Room {
  id: string;
  transcript: string[];
}
`,
  'src/rooms.ts': `
import type { Room } from './room.js';
export class Rooms {
  private rooms: Map<string, Room> = new Map();
  open(userId: string): Room {
    let room = this.rooms.get(userId);
    if (room) return room;
    room = { id: userId, transcript: [] };
    this.rooms.set(userId, room);
    return room;
  }
  close(userId: string): void {
    this.rooms.delete(userId);
  }
}
`,
  'src/listener.ts': `
import type { Room } from './room.js';
export class Listener {
  async listen(room: Room, lines: AsyncIterable<string>): Promise<void> {
    for await (const line of lines) room.transcript.push(line);
  }
}
`,
  // A teardown that takes the place of another.
  'src/widget.js': `
class Widget {
  constructor(feed) { this.children = []; this.timer = setInterval(() => feed.poll(), 1000); }
  dispose() {
    for (const child of this.children) child.dispose();
    clearInterval(this.timer);
  }
}
export default Widget;
`,
  'src/meter.js': `
import Widget from './widget.js';
export class Meter extends Widget {
  constructor(feed) { super(feed); this.values = [1]; }
  dispose() { this.values.length = 0; }
}
`,
  'src/main.ts': `
import { accept } from './accept.js';
import { Listener } from './listener.js';
import { Meter } from './meter.js';
import { Rooms } from './rooms.js';
declare const server: any;
const rooms = new Rooms();
const listener = new Listener();
server.on('connection', accept);
server.on('join', (userId: string, lines: AsyncIterable<string>) => listener.listen(rooms.open(userId), lines));
server.on('leave', (userId: string) => rooms.close(userId));
server.on('panel', () => server.show(new Meter(server)));
`,
  'test/registry.test.ts': "import { closeSocket } from '../src/registry.js';\ncloseSocket('1');\n",
};

/** What is found in it, by file and rule, of any confidence. */
export const FOUND = ['src/meter.js no-forgotten-field', 'src/registry.ts no-manual-only-release', 'src/rooms.ts no-unbounded-collection'];
