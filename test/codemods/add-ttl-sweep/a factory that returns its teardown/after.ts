/** How long an entry of drafts may go unused. */
const DRAFT_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of drafts are looked for. */
const DRAFT_SWEEP_MS = 60 * 1000;

export function createChatRooms(server: Server) {
  const drafts: Map<number, Draft> = new Map();
  const draftLastActivity = new Map<number, number>();

  const draftSweep = setInterval(sweepDrafts, DRAFT_SWEEP_MS);
  draftSweep.unref?.();

  /** Notes that an entry of drafts was used just now. */
  function touchDraft(userId: number): void {
    if (drafts.has(userId)) {
      draftLastActivity.set(userId, Date.now());
    }
  }

  /** Lets go of the entries of drafts that went unused for too long. */
  function sweepDrafts(): void {
    const now = Date.now();
    for (const userId of drafts.keys()) {
      const lastActivity = draftLastActivity.get(userId);
      if (lastActivity === undefined) {
        // Not stamped yet: its time starts now.
        draftLastActivity.set(userId, now);
      } else if (now - lastActivity >= DRAFT_TTL_MS) {
        draftLastActivity.delete(userId);
        drafts.delete(userId);
      }
    }
  }

  server.on('typing', (userId: number, text: string) => {
    drafts.set(userId, { text });
    touchDraft(userId);
  });

  return {
    draftOf: (userId: number) => {
      touchDraft(userId);
      return drafts.get(userId);
    },
    close() {
      clearInterval(draftSweep);
      server.removeAllListeners('typing');
    },
  };
}
