import type { Job, Runner } from './types.js';

export class Jobs {
  #running = new Map<number, Job>();
  #progress = new Map<number, string[]>();
  #abort = new Map<number, AbortController>();
  readonly #runner: Runner;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  start(job: Job): void {
    this.#running.set(job.id, job);
    this.#progress.set(job.id, []);
    this.#abort.set(job.id, new AbortController());
    const process = this.#runner.spawn(job);
    process.on('exit', (code: number) => {
      console.log(job.id, code);
      this.#running.delete(job.id);
    });
    const pipe = this.#runner.pipe(job);
    pipe.on('close', () => this.#running.delete(job.id));
  }

  async cancel(id: number): Promise<void> {
    await this.#runner.kill(id);
    const abort = this.#abort.get(id);
    if (abort !== undefined) abort.abort();
    this.#abort.delete(id);
    this.#progress.delete(id);
    this.#running.delete(id);
  }
}
