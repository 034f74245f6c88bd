'use strict';

class Radio {
  constructor(socket) {
    this.socket = socket;
    this.lastId = 0;
    this.pending = new Map();
    socket.addEventListener('message', ({ data }) => {
      const { id, error, result } = JSON.parse(data);
      const asked = this.pending.get(id);
      if (!asked) return;
      const [resolve, reject] = asked;
      if (error) {
        this.pending.delete(id);
        return reject(new Error(error));
      }
      resolve(result);
      this.pending.delete(id);
    });
  }

  ask(question) {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, [resolve, reject]);
      this.socket.send(JSON.stringify({ id, question }));
    });
  }
}

module.exports = { Radio };
