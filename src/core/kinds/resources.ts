/** A callee by which a resource is acquired. */
export interface Acquire {
  /** Modules from which it is imported; left out for a global name, or a name as the project writes it. */
  readonly from?: readonly string[];
  /** What is called: `spawn`, or a path from the import on: `chromium.launch`; `default` is the module itself. */
  readonly name: string;
  readonly isNew?: boolean;
}

/** What must be ended by a call, besides timers and listeners: how it is acquired, and what releases it. Data: a project may add its own. */
export interface ResourceKind {
  readonly id: string;
  /** What a sentence calls it: `child process`. */
  readonly noun: string;
  readonly acquire: readonly Acquire[];
  /** Methods of the resource that end it. */
  readonly release: readonly string[];
}

const node = (module: string): readonly string[] => [module, `node:${module}`];
const calls = (from: readonly string[] | undefined, ...names: string[]): Acquire[] => names.map((name) => ({ ...(from ? { from } : {}), name }));
const makes = (from: readonly string[] | undefined, ...names: string[]): Acquire[] => calls(from, ...names).map((one) => ({ ...one, isNew: true }));

const STREAM_ENDS = ['close', 'end', 'destroy'];

/** The kinds that everybody has. Names as the documentation of Node, the web platform and the packages give them. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    id: 'process', noun: 'child process', release: ['kill', 'terminate', 'cancel', 'disconnect', '[Symbol.dispose]'],
    acquire: [...calls(node('child_process'), 'spawn', 'fork', 'exec', 'execFile'), ...calls(['cross-spawn'], 'default', 'spawn'), ...calls(['execa'], 'default', 'execa', 'execaNode', 'execaCommand', 'command', 'node')],
  },
  { id: 'pty', noun: 'terminal process', release: ['kill', 'destroy'], acquire: calls(['node-pty', '@lydell/node-pty', 'node-pty-prebuilt-multiarch', '@homebridge/node-pty-prebuilt-multiarch'], 'spawn', 'fork') },
  {
    id: 'watcher', noun: 'watcher', release: ['close', 'unwatch', 'unsubscribe', 'stop', 'end'],
    acquire: [...calls(node('fs'), 'watch'), ...calls(['fs-extra', 'graceful-fs'], 'watch'), ...calls(['chokidar'], 'watch', 'default.watch'), ...makes(['chokidar'], 'FSWatcher'), ...calls(['@parcel/watcher'], 'subscribe', 'default.subscribe'), ...makes(['watchpack'], 'default'), ...calls(['nsfw', 'sane'], 'default')],
  },
  {
    id: 'server', noun: 'server', release: ['close', 'stop', 'destroy', 'shutdown', 'dispose', '[Symbol.asyncDispose]'],
    acquire: [...calls([...node('http'), ...node('https'), ...node('net'), ...node('tls')], 'createServer'), ...calls(node('http2'), 'createServer', 'createSecureServer'), ...makes([...node('http'), ...node('https'), ...node('net'), ...node('tls')], 'Server'),
      ...makes(['ws'], 'WebSocketServer', 'Server', 'WebSocket.Server', 'default.Server'), ...makes(['socket.io'], 'Server', 'default'), ...calls(['subscriptions-transport-ws'], 'SubscriptionServer.create'), ...makes(['subscriptions-transport-ws'], 'SubscriptionServer')],
  },
  {
    id: 'socket', noun: 'socket', release: [...STREAM_ENDS, 'disconnect', 'terminate', 'destroySoon'],
    acquire: [...calls(node('net'), 'connect', 'createConnection'), ...makes(node('net'), 'Socket'), ...calls(node('tls'), 'connect'), ...calls(node('dgram'), 'createSocket'), ...calls(node('http2'), 'connect'), ...makes(undefined, 'WebSocket', 'EventSource'), ...makes(['ws'], 'default', 'WebSocket'), ...makes(['eventsource'], 'default', 'EventSource'),
      ...calls(['socket.io-client'], 'io', 'default', 'connect'), ...calls(['mqtt'], 'connect', 'connectAsync', 'default.connect')],
  },
  {
    id: 'worker', noun: 'worker', release: ['terminate', 'destroy', 'close', 'stop'],
    acquire: [...makes(undefined, 'Worker', 'SharedWorker'), ...makes(node('worker_threads'), 'Worker'), ...makes(['piscina', 'tinypool'], 'default', 'Piscina', 'Tinypool'), ...makes(undefined, 'BroadcastChannel')],
  },
  {
    id: 'browser', noun: 'browser', release: ['close', 'disconnect', 'kill'],
    acquire: [...calls(['puppeteer', 'puppeteer-core'], 'launch', 'connect', 'default.launch', 'default.connect'), ...calls(['playwright', 'playwright-core', '@playwright/test'], ...['chromium', 'firefox', 'webkit'].flatMap((one) => [`${one}.launch`, `${one}.launchServer`, `${one}.launchPersistentContext`, `${one}.connect`, `${one}.connectOverCDP`, `default.${one}.launch`]))],
  },
  {
    id: 'sandbox', noun: 'remote sandbox', release: ['kill', 'close', 'stop', 'delete', 'shutdown', 'terminate', 'destroy', 'remove'],
    acquire: calls(['e2b', '@e2b/sdk', '@e2b/code-interpreter', '@e2b/desktop', '@vercel/sandbox', '@daytonaio/sdk'], 'Sandbox.create', 'CodeInterpreter.create', 'Daytona.create', 'default.create'),
  },
  {
    id: 'client', noun: 'connection', release: ['close', 'end', 'quit', 'disconnect', 'destroy', 'drain', 'shutdown', '$disconnect', 'terminate'],
    acquire: [...makes(['pg'], 'Pool', 'Client', 'default.Pool', 'default.Client'), ...makes(['mongodb'], 'MongoClient'), ...calls(['mongodb'], 'MongoClient.connect'), ...calls(['redis'], 'createClient', 'createCluster', 'default.createClient'), ...makes(['ioredis'], 'default', 'Redis', 'Cluster', 'default.Cluster'),
      ...calls(['mysql', 'mysql2', 'mysql2/promise'], 'createConnection', 'createPool', 'default.createConnection', 'default.createPool'), ...calls(['amqplib', 'amqplib/callback_api'], 'connect', 'default.connect'), ...makes(['@prisma/client'], 'PrismaClient'), ...makes(['bullmq'], 'Queue', 'Worker', 'QueueEvents', 'FlowProducer'), ...calls(['nats', '@nats-io/transport-node'], 'connect')],
  },
  { id: 'observer', noun: 'observer', release: ['disconnect'], acquire: makes(undefined, 'ResizeObserver', 'MutationObserver', 'IntersectionObserver', 'PerformanceObserver') },
  { id: 'stream', noun: 'stream', release: STREAM_ENDS, acquire: calls(node('fs'), 'createReadStream', 'createWriteStream') },
];
