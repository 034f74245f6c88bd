import { Socket } from 'net';

export class Terminal {
  private readonly input: Socket;
  private readonly output: Socket;

  constructor(pipe: string) {
    this.input = new Socket();
    this.input.connect(pipe);
    this.output = new Socket();
    this.output.connect(pipe);
  }

  write(text: string): void {
    this.input.write(text);
  }

  kill(): void {
    this.output.destroy();
  }
}
