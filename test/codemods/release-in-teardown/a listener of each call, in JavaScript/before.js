const { Announcer } = require('./announcer');

class Server {
  constructor(options) {
    this.options = options;
  }

  announce() {
    const announcer = new Announcer();

    process.on('exit', () => {
      announcer.withdraw();
    });
  }

  obey() {
    const announcer = new Announcer();

    process.on('SIGHUP', () => {
      announcer.withdraw();
    });
  }

  async stop() {
    await this.options.flush();
  }
}

module.exports = { start: (options) => new Server(options) };
