type Answered = (...values: unknown[]) => void;

let callbacks: Record<number, Answered> = {};
let lastId = 0;

window.addEventListener('message', (event) => {
  const message = event.data as { id: number; values: unknown[] };
  const callback = callbacks[message.id];
  if (callback) {
    callback.apply(undefined, message.values);
    delete callbacks[message.id];
  }
});

export function ask(question: string, answered: Answered): void {
  const id = ++lastId;
  callbacks[id] = answered;
  window.parent.postMessage({ id, question }, '*');
}

export function forgetAll(): void {
  callbacks = {};
}
