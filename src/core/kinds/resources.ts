/** A callee by which a resource is acquired. */
export interface Acquire {
  /** Modules from which it is imported; left out for a global name, or a name as the project writes it. */
  readonly from?: readonly string[];
  /** What is called: `spawn`, or a path from the import on: `chromium.launch`; `default` is the module itself. */
  readonly name: string;
  readonly isNew?: boolean;
  /** Taken for one by its name, wherever it comes from: a path must show that it is ended somewhere. */
  readonly isByName?: boolean;
  /** It is over by itself when it has done its work. */
  readonly mayComplete?: boolean;
  /** The method by which it is opened; before, there is nothing to end. */
  readonly opensBy?: string;
  /** The option with which it opens nothing of its own: unless something keeps it, it goes with what it is given. */
  readonly idleWith?: string;
  /** It ends itself when the process exits. */
  readonly endsAtExit?: boolean;
  /** It is told by a channel when its parent is gone: a worker of a cluster then exits, other children as a rule (Node's documentation of `cluster` and of `process.disconnect`). */
  readonly hasChannel?: boolean;
  /** The member with what the end of the resource itself leaves open. */
  readonly leaves?: string;
}

/** What must be ended by a call, besides timers and listeners: how it is acquired, and what releases it. Data: a project may add its own. */
export interface ResourceKind {
  readonly id: string;
  /** What a sentence calls it: `child process`. */
  readonly noun: string;
  readonly acquire: readonly Acquire[];
  /** Methods of the resource that end it. */
  readonly release: readonly string[];
  /** Whether it goes on when the program that acquired it is gone. */
  readonly survives?: boolean;
}

const node = (module: string): readonly string[] => [module, `node:${module}`];
const calls = (from: readonly string[] | undefined, ...names: string[]): Acquire[] => names.map((name) => ({ ...(from ? { from } : {}), name }));
const makes = (from: readonly string[] | undefined, ...names: string[]): Acquire[] => calls(from, ...names).map((one) => ({ ...one, isNew: true }));

const all = (given: Partial<Acquire>, callees: readonly Acquire[]): Acquire[] => callees.map((callee) => ({ ...callee, ...given }));

const STREAM_ENDS = ['close', 'end', 'destroy'];
const DISPOSES = ['dispose', '[Symbol.dispose]', '[Symbol.asyncDispose]'];
const PTY = ['node-pty', '@lydell/node-pty', 'node-pty-prebuilt', 'node-pty-prebuilt-multiarch', '@homebridge/node-pty-prebuilt-multiarch', 'bun-pty'];
const SERVERS = [...node('http'), ...node('https'), ...node('net'), ...node('tls')];
const SANDBOXES = ['e2b', '@e2b/sdk', '@e2b/code-interpreter', '@e2b/desktop', '@vercel/sandbox', '@codesandbox/sdk'];
const PLAYWRIGHT = ['playwright', 'playwright-core', '@playwright/test', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit'];
const ENGINES = ['chromium', 'firefox', 'webkit'];
const PUPPETEER = ['puppeteer', 'puppeteer-core', 'puppeteer-extra'];

/** The kinds that everybody has. Names as the documentation of Node, the web platform and the packages give them. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    id: 'process', noun: 'child process', survives: true, release: ['kill', 'terminate', 'cancel', 'disconnect', 'close', ...DISPOSES],
    acquire: [
      ...all({ mayComplete: true, hasChannel: true }, calls(node('child_process'), 'fork')),
      ...all({ mayComplete: true }, [...calls(node('child_process'), 'spawn', 'exec', 'execFile'), ...calls(['cross-spawn'], 'default', 'spawn'),
      ...calls(['execa'], 'default', 'execa', 'execaNode', 'execaCommand', 'command', 'node')]), ...all({ hasChannel: true }, calls(node('cluster'), 'fork', 'default.fork')),
      ...all({ endsAtExit: true }, calls(['electron'], 'utilityProcess.fork')), ...makes(['@modelcontextprotocol/sdk/client/stdio.js', '@modelcontextprotocol/sdk/client/stdio'], 'StdioClientTransport'),
    ],
  },
  { id: 'pty', noun: 'terminal process', release: ['kill', 'destroy'], acquire: calls(PTY, 'spawn', 'fork', 'default.spawn') },
  {
    id: 'watcher', noun: 'watcher', release: ['close', 'unwatch', 'unsubscribe', 'stop', 'end', ...DISPOSES],
    acquire: [
      ...calls(node('fs'), 'watch'), ...calls(['fs-extra', 'graceful-fs'], 'watch'), ...calls(['chokidar'], 'watch', 'default.watch'), ...makes(['chokidar'], 'FSWatcher'),
      ...calls(['@parcel/watcher'], 'subscribe', 'default.subscribe'), ...makes(['watchpack'], 'default'), ...calls(['nsfw', 'sane', 'node-watch'], 'default'),
      ...calls(['rollup'], 'watch'), ...calls(['esbuild'], 'context', 'default.context'), ...calls(['vscode'], 'workspace.createFileSystemWatcher'),
    ],
  },
  {
    id: 'server', noun: 'server', release: ['close', 'stop', 'destroy', 'shutdown', ...DISPOSES],
    acquire: [
      ...calls(SERVERS, 'createServer'), ...calls(node('http2'), 'createServer', 'createSecureServer'), ...makes(SERVERS, 'Server'),
      ...all({ leaves: 'clients', idleWith: 'noServer' }, makes(['ws'], 'WebSocketServer', 'Server', 'WebSocket.Server', 'default.Server')), ...makes(['socket.io'], 'Server', 'default'),
      ...calls(['subscriptions-transport-ws'], 'SubscriptionServer.create'), ...makes(['subscriptions-transport-ws'], 'SubscriptionServer'),
      ...calls(['graphql-ws/lib/use/ws', 'graphql-ws/use/ws'], 'useServer'), ...calls(['vite'], 'createServer'), ...calls(['@hono/node-server'], 'serve'),
      ...all({ opensBy: 'listen' }, calls(['http-proxy'], 'createProxyServer', 'createServer', 'default.createProxyServer', 'default.createServer')), ...makes(['webpack-dev-server'], 'default'),
      ...makes(['@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-core'], 'ApolloServer'), ...makes(['ssh2'], 'Server'), ...calls(undefined, 'Bun.serve', 'Deno.serve'),
    ],
  },
  {
    id: 'socket', noun: 'socket', release: [...STREAM_ENDS, 'disconnect', 'terminate', 'destroySoon', 'deactivate', 'dispose'],
    acquire: [
      ...calls(node('net'), 'connect', 'createConnection'), ...all({ opensBy: 'connect' }, makes(node('net'), 'Socket')), ...calls(node('tls'), 'connect'), ...calls(node('dgram'), 'createSocket'), ...calls(node('http2'), 'connect'),
      ...makes(undefined, 'WebSocket', 'EventSource', 'RTCPeerConnection'), ...makes(['ws'], 'default', 'WebSocket'), ...makes(['eventsource'], 'default', 'EventSource'),
      ...makes(['reconnecting-websocket', 'partysocket', 'sockjs-client', 'pusher-js'], 'default'), ...calls(['socket.io-client'], 'io', 'default', 'connect'),
      ...calls(['mqtt'], 'connect', 'connectAsync', 'default.connect'), ...makes(['phoenix'], 'Socket'), ...makes(['@stomp/stompjs'], 'Client'), ...calls(['graphql-ws'], 'createClient'),
    ],
  },
  {
    id: 'worker', noun: 'worker', release: ['terminate', 'destroy', 'close', 'stop', 'end'],
    acquire: [
      ...makes(undefined, 'Worker', 'SharedWorker', 'BroadcastChannel'), ...all({ mayComplete: true }, makes(node('worker_threads'), 'Worker')), ...makes(node('worker_threads'), 'BroadcastChannel'), ...makes(['piscina', 'tinypool'], 'default', 'Piscina', 'Tinypool'),
      ...makes(['jest-worker'], 'Worker', 'default'), ...makes(['web-worker'], 'default'), ...calls(['workerpool'], 'pool', 'default.pool'),
    ],
  },
  {
    id: 'browser', noun: 'browser', release: ['close', 'disconnect', 'kill', 'deleteSession'],
    acquire: [
      ...all({ endsAtExit: true }, calls(PUPPETEER, 'launch', 'default.launch')), ...calls(PUPPETEER, 'connect', 'default.connect'),
      ...all({ endsAtExit: true }, calls(PLAYWRIGHT, ...ENGINES.flatMap((one) => [`${one}.launch`, `${one}.launchServer`, `${one}.launchPersistentContext`, `default.${one}.launch`]))),
      ...calls(PLAYWRIGHT, ...ENGINES.flatMap((one) => [`${one}.connect`, `${one}.connectOverCDP`])),
      ...calls(['webdriverio'], 'remote'),
    ],
  },
  {
    id: 'sandbox', noun: 'remote sandbox', survives: true, release: ['kill', 'close', 'stop', 'delete', 'shutdown', 'terminate', 'destroy'],
    acquire: [...calls(SANDBOXES, 'Sandbox.create', 'CodeInterpreter.create', 'default.create'), ...calls(['@cloudflare/sandbox'], 'getSandbox'), ...all({ isByName: true }, calls(undefined, 'Sandbox.create'))],
  },
  {
    id: 'client', noun: 'connection', release: ['close', 'end', 'quit', 'disconnect', 'destroy', 'drain', 'shutdown', '$disconnect', 'terminate', 'logout', 'unbind', 'stop', 'dispose'],
    acquire: [
      ...makes(['pg'], 'Pool', 'default.Pool'), ...all({ opensBy: 'connect' }, makes(['pg'], 'Client', 'default.Client')), ...makes(['pg-pool'], 'default'), ...makes(['mongodb'], 'MongoClient'), ...calls(['mongodb'], 'MongoClient.connect'), ...calls(['mongoose'], 'createConnection', 'default.createConnection'),
      ...calls(['redis'], 'createClient', 'createCluster', 'default.createClient'), ...makes(['ioredis'], 'default', 'Redis', 'Cluster', 'default.Cluster'),
      ...calls(['mysql', 'mysql2', 'mysql2/promise', 'mariadb'], 'createConnection', 'createPool', 'default.createConnection', 'default.createPool'), ...makes(['mssql'], 'ConnectionPool', 'default.ConnectionPool'),
      ...calls(['knex', 'postgres'], 'default', 'knex'), ...makes(['typeorm'], 'DataSource'), ...makes(['@prisma/client'], 'PrismaClient'), ...makes(['cassandra-driver'], 'Client'), ...calls(['neo4j-driver'], 'driver', 'default.driver'),
      ...makes(['better-sqlite3'], 'default'), ...makes(['sqlite3'], 'Database', 'default.Database'), ...makes(['node:sqlite'], 'DatabaseSync'), ...makes(['level'], 'Level'),
      ...calls(['amqplib', 'amqplib/callback_api', 'amqp-connection-manager'], 'connect', 'default.connect'), ...makes(['bullmq'], 'Queue', 'Worker', 'QueueEvents', 'FlowProducer'), ...makes(['bull'], 'default'),
      ...calls(['nats', '@nats-io/transport-node'], 'connect'), ...calls(['@temporalio/client'], 'Connection.connect'), ...all({ opensBy: 'connect' }, [...makes(['ssh2'], 'Client'), ...makes(['ssh2-sftp-client'], 'default'), ...makes(['imapflow'], 'ImapFlow')]), ...makes(['basic-ftp'], 'Client'),
      ...calls(['ldapjs'], 'createClient'), ...makes(['vscode-languageclient', 'vscode-languageclient/node'], 'LanguageClient'),
    ],
  },
  { id: 'observer', noun: 'observer', release: ['disconnect', 'unobserve'], acquire: makes(undefined, 'ResizeObserver', 'MutationObserver', 'IntersectionObserver', 'PerformanceObserver') },
  { id: 'stream', noun: 'stream', release: [...STREAM_ENDS, 'pipe'], acquire: calls(node('fs'), 'createReadStream', 'createWriteStream') },
  { id: 'file', noun: 'file handle', release: ['close', '[Symbol.asyncDispose]'], acquire: [...calls(node('fs/promises'), 'open'), ...calls(node('fs'), 'promises.open')] },
  { id: 'audio', noun: 'audio context', release: ['close'], acquire: makes(undefined, 'AudioContext', 'webkitAudioContext') },
];
