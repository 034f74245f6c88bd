import { bus } from './bus.js';

const MAX_LINES = 200;

const lines: string[] = [];

bus.on('line', (line: string) => {
  lines.push(line);
  if (lines.length > MAX_LINES) {
    lines.splice(0, lines.length - MAX_LINES);
  }
});

export function tail(): string {
  return lines.slice(-MAX_LINES).join('\n');
}
