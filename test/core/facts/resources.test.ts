import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

const kindsIn = (source: string): string[] => factsOf(source).resources.map(({ kind, callee }) => `${kind.id} ${callee}`);

describe('resources', () => {
  it('knows them by where their names come from', () => {
    expect(kindsIn(`
import { spawn as start } from 'node:child_process';
import * as fs from 'fs';
import { chromium } from 'playwright';
import WebSocket, { WebSocketServer } from 'ws';
import net from 'node:net';
const http = require('http');
const { createClient } = require('redis');
start('ls');
fs.watch('.');
chromium.launch();
new WebSocket('wss://example.org');
new WebSocketServer({ port: 1 });
http.createServer();
createClient();
require('net').connect(1);
net.createServer();
new window.Worker('w.js');
new ResizeObserver(() => {});
`)).toEqual(['process start', 'watcher fs.watch', 'browser chromium.launch', 'socket WebSocket', 'server WebSocketServer', 'server http.createServer', 'client createClient', 'socket socket', 'server net.createServer', 'worker window.Worker', 'observer ResizeObserver']);
  });

  it('does not take a namesake for one', () => {
    expect(kindsIn(`
import { spawn } from './garden.js';
class Worker {}
function watch() {}
spawn('rose');
new Worker();
watch('.');
http.createServer();
WebSocket('called, not constructed');
`)).toEqual([]);
  });
});
