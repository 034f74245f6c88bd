export class Rpc {
  private readonly calls = new Map<number, (answer: string) => void>();
  private lastCall = 0;

  constructor(private readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      const { callId, answer } = JSON.parse(String(data)) as { callId: number; answer: string };
      this.calls.get(callId)?.(answer);
    };
  }

  call(method: string): Promise<string> {
    const callId = ++this.lastCall;
    return new Promise((resolve) => {
      this.calls.set(callId, resolve);
      this.socket.send(JSON.stringify({ callId, method }));
    });
  }
}
