import os from 'node:os';

/** How long an entry of typists may go unused. */
const TYPIST_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of typists are looked for. */
const TYPIST_SWEEP_MS = 60 * 1000;

let typistSweep;

export const typingPlugin = {
  name: 'typing',

  register(host) {
    const typists = new Set();
    const typistLastActivity = new Map();

    clearInterval(typistSweep);
    typistSweep = setInterval(sweepTypists, TYPIST_SWEEP_MS);
    typistSweep.unref();

    /** Notes that an entry of typists was used just now. */
    function touchTypist(userId) {
      if (typists.has(userId)) {
        typistLastActivity.set(userId, Date.now());
      }
    }

    /** Lets go of the entries of typists that went unused for too long. */
    function sweepTypists() {
      const now = Date.now();
      for (const userId of typists) {
        const lastActivity = typistLastActivity.get(userId);
        if (lastActivity === undefined) {
          // Not stamped yet: its time starts now.
          typistLastActivity.set(userId, now);
        } else if (now - lastActivity >= TYPIST_TTL_MS) {
          typistLastActivity.delete(userId);
          typists.delete(userId);
        }
      }
    }

    host.on('typing', ({ userId }) => {
      typists.add(userId);
      touchTypist(userId);
      host.broadcast(`${typists.size} on ${os.hostname()}`);
    });
  },

  unregister(host) {
    clearInterval(typistSweep);
    host.removeAllListeners('typing');
  },
};
