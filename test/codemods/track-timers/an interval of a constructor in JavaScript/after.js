class Heartbeat {
  constructor(socket) {
    this.socket = socket;
    this.beats = 0;
    this.interval = setInterval(() => {
      this.beats += 1;
      this.socket.ping(this.beats);
    }, 30_000).unref();
  }

  close() {
    clearInterval(this.interval);
    this.socket.end();
  }
}

module.exports = { Heartbeat };
