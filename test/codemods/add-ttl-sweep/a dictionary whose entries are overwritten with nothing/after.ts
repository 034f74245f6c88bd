interface Waiting {
  promise: [(value: unknown) => void, (reason: unknown) => void];
  timeout?: ReturnType<typeof setTimeout>;
}

export class Client {
  private waiting: Record<number, Waiting | null> = {};
  private lastId = 0;

  constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', (event) => {
      const answer = JSON.parse(String(event.data)) as { id: number; value: unknown };
      const asked = this.waiting[answer.id];
      if (!asked) return;
      clearTimeout(asked.timeout);
      asked.promise[0](answer.value);
      delete this.waiting[answer.id];
    });
  }

  ask(question: string): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const asked: Waiting = { promise: [resolve, reject] };
      asked.timeout = setTimeout(() => {
        delete this.waiting[id]; // too late
        reject(new Error('No answer'));
      }, 5000);
      this.waiting[id] = asked;
      this.socket.send(JSON.stringify({ id, question }));
    });
  }
}
