class Heartbeat {
  constructor(socket) {
    this.socket = socket;
    this.beats = 0;
    setInterval(() => {
      this.beats += 1;
      this.socket.ping(this.beats);
    }, 30_000).unref();
  }

  close() {
    this.socket.end();
  }
}

module.exports = { Heartbeat };
