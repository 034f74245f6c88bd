import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Consoles } from './consoles.js';
import { Metrics } from './metrics.js';
import { cancelUpload, confirmUpload, findUpload, startUpload, statisticsOf } from './uploads.js';

const consoles = new Consoles();

export function startServer(port: number): Server {
  const metrics = new Metrics((samples) => console.log(`${samples.length} samples`));
  const server = createServer((request, response) => void answer(request, response));
  server.on('close', () => metrics.close());
  return server.listen(port);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, action = '', id = ''] = (request.url ?? '').split('/');
  const userId = request.headers.authorization ?? 'guest';
  switch (`${request.method ?? ''} ${action}`) {
    case 'POST uploads':
      response.end(startUpload(userId, id, await bodyOf(request)).id);
      return;
    case 'GET uploads':
      response.end(findUpload(id)?.photo ?? 'gone');
      return;
    case 'PUT uploads':
      response.end(confirmUpload(id, (upload) => console.log(`kept ${upload.id}`)) ? 'kept' : 'gone');
      return;
    case 'DELETE uploads':
      cancelUpload(id);
      response.end();
      return;
    case 'GET statistics':
      response.end(JSON.stringify(statisticsOf(userId)));
      return;
    case 'POST consoles':
      consoles.open(id, { output: (text) => response.write(text), closed: () => response.end() });
      return;
    case 'DELETE consoles':
      consoles.close(id);
      response.end();
      return;
    default:
      response.writeHead(404).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
