import { bus } from './bus.js';

const lines: string[] = [];

bus.on('line', (line: string) => {
  lines.push(line);
});

export function tail(): string {
  return lines.slice(-200).join('\n');
}
