'use strict';

exports.open = function open(server, port, done) {
  const started = (error) => {
    server.removeListener('error', started);
    done(error);
  };
  server.once('error', started);
  server.listen(port, started);
};
