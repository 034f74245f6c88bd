const API = 'https://sandboxes.example/v1';

export interface RunResult {
  readonly exitCode: number;
  readonly output: string;
}

/** A rented machine that goes on, and is paid for, until somebody kills it. */
export class Sandbox {
  readonly id: string;

  private constructor(id: string) {
    this.id = id;
  }

  static async create(image: string): Promise<Sandbox> {
    const { id } = (await call('POST', '/sandboxes', { image })) as { id: string };
    return new Sandbox(id);
  }

  async upload(path: string, text: string): Promise<void> {
    await call('PUT', `/sandboxes/${this.id}/files`, { path, text });
  }

  async run(command: string): Promise<RunResult> {
    return (await call('POST', `/sandboxes/${this.id}/runs`, { command })) as RunResult;
  }

  async kill(): Promise<void> {
    await call('DELETE', `/sandboxes/${this.id}`);
  }
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(API + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${String(response.status)}`);
  }
  return response.status === 204 ? undefined : response.json();
}
