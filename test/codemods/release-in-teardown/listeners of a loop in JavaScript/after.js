class Server {
  constructor(log) {
    this.removeListeners = [];
    this.log = log;
  }

  start(port) {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      const onSignal = () => {
        this.log(signal);
        this.stop();
      };
      process.on(signal, onSignal);
      this.removeListeners.push(() => process.off(signal, onSignal));
    }
    this.port = port;
  }

  stop() {
    for (const removeListener of this.removeListeners.splice(0)) {
      removeListener();
    }
    this.port = 0;
  }
}

module.exports = Server;
