const { Announcer } = require('./announcer');

class Server {
  constructor(options) {
    this.removeListeners = [];
    this.options = options;
  }

  announce() {
    const announcer = new Announcer();

    const onExit = () => {
      announcer.withdraw();
    };
    process.on('exit', onExit);
    this.removeListeners.push(() => process.off('exit', onExit));
  }

  obey() {
    const announcer = new Announcer();

    const onSIGHUP = () => {
      announcer.withdraw();
    };
    process.on('SIGHUP', onSIGHUP);
    this.removeListeners.push(() => process.off('SIGHUP', onSIGHUP));
  }

  async stop() {
    for (const removeListener of this.removeListeners.splice(0)) {
      removeListener();
    }
    await this.options.flush();
  }
}

module.exports = { start: (options) => new Server(options) };
