'use strict';

module.exports = function serve(socket, log) {
  let isAlive = true;
  socket.on('message', (text) => log(text));
  socket.on('close', () => {
    clearInterval(check);
    log('closed');
  });
  const check = setInterval(() => {
    if (!isAlive) {
      clearInterval(check);
      return;
    }
    isAlive = false;
    socket.ping();
  }, 30_000);
  socket.on('pong', () => {
    isAlive = true;
  });
};
