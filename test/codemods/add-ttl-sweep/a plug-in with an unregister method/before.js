import os from 'node:os';

export const typingPlugin = {
  name: 'typing',

  register(host) {
    const typists = new Set();
    host.on('typing', ({ userId }) => {
      typists.add(userId);
      host.broadcast(`${typists.size} on ${os.hostname()}`);
    });
  },

  unregister(host) {
    host.removeAllListeners('typing');
  },
};
