export function createChatRooms(server: Server) {
  const drafts: Map<number, Draft> = new Map();

  server.on('typing', (userId: number, text: string) => {
    drafts.set(userId, { text });
  });

  return {
    draftOf: (userId: number) => drafts.get(userId),
    close() {
      server.removeAllListeners('typing');
    },
  };
}
