const net = require('net');

/** How long an entry of visitors may go unused. */
const VISITOR_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of visitors are looked for. */
const VISITOR_SWEEP_MS = 60 * 1000;

function Lobby(port) {
  this.server = net.createServer();
  this.visitors = new Map();
  this.visitorLastActivity = new Map();
  this.port = port;
  this.visitorSweep = setInterval(() => this.sweepVisitors(), VISITOR_SWEEP_MS);
  this.visitorSweep.unref();
}

/** Notes that an entry of visitors was used just now. */
Lobby.prototype.touchVisitor = function (clientId) {
  if (this.visitors.has(clientId)) {
    this.visitorLastActivity.set(clientId, Date.now());
  }
};

/** Lets go of the entries of visitors that went unused for too long. */
Lobby.prototype.sweepVisitors = function () {
  const now = Date.now();
  for (const clientId of this.visitors.keys()) {
    const lastActivity = this.visitorLastActivity.get(clientId);
    if (lastActivity === undefined) {
      // Not stamped yet: its time starts now.
      this.visitorLastActivity.set(clientId, now);
    } else if (now - lastActivity >= VISITOR_TTL_MS) {
      this.visitorLastActivity.delete(clientId);
      this.visitors.delete(clientId);
    }
  }
};

Lobby.prototype.welcome = function (clientId, name) {
  this.visitors.set(clientId, { name, messages: 0 });
  this.touchVisitor(clientId);
};

Lobby.prototype.say = function (clientId) {
  const visitor = this.visitors.get(clientId);
  this.touchVisitor(clientId);
  visitor.messages += 1;
};

Lobby.prototype.close = function () {
  clearInterval(this.visitorSweep);
  this.server.close();
};

module.exports = new Lobby(7000);
