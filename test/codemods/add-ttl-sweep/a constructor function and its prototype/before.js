const net = require('net');

function Lobby(port) {
  this.server = net.createServer();
  this.visitors = new Map();
  this.port = port;
}

Lobby.prototype.welcome = function (clientId, name) {
  this.visitors.set(clientId, { name, messages: 0 });
};

Lobby.prototype.say = function (clientId) {
  const visitor = this.visitors.get(clientId);
  visitor.messages += 1;
};

Lobby.prototype.close = function () {
  this.server.close();
};

module.exports = new Lobby(7000);
