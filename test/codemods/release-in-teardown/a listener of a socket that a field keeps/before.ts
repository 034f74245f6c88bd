import { openSocket } from './sockets.js';

export class Link {
  private socket: WebSocket | undefined;

  connect(): void {
    const socket = openSocket();
    socket.addEventListener('open', this.onOpen);
    socket.addEventListener('message', this.onMessage);
    socket.addEventListener('close', this.onClose);
    this.socket = socket;
  }

  disconnect(): void {
    this.socket?.removeEventListener('message', this.onMessage);
    this.socket?.removeEventListener('close', this.onClose);
    this.socket = undefined;
  }

  private readonly onOpen = (): void => {
    console.log('open');
  };

  private readonly onMessage = (event: MessageEvent): void => {
    console.log(event.data);
  };

  private readonly onClose = (): void => {
    this.socket = undefined;
  };
}
