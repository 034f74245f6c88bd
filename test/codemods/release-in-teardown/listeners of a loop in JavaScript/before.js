class Server {
  constructor(log) {
    this.log = log;
  }

  start(port) {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.on(signal, () => {
        this.log(signal);
        this.stop();
      });
    }
    this.port = port;
  }

  stop() {
    this.port = 0;
  }
}

module.exports = Server;
