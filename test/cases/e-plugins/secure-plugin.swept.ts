import { createPublicKey, verify } from 'node:crypto';

import type { PluginHost } from './host.js';

const VERIFIED_FOR_MS = 15 * 60 * 1000;
/** How often unused entries of verifiedSessions are looked for. */
const VERIFIED_SESSION_SWEEP_MS = 60 * 1000;

export interface MemberDirectory {
  publicKeyOf(userId: string): Promise<string | undefined>;
}

export interface AuditTrail {
  record(userId: string, action: string): void;
  close(): Promise<void>;
}

interface VerifiedSession {
  readonly userId: string;
  readonly expiresAt: number;
}

type Encrypt = (text: string) => string;

async function isSignedBy(
  members: MemberDirectory,
  userId: string,
  challenge: string,
  signature: Uint8Array,
): Promise<boolean> {
  const publicKey = await members.publicKeyOf(userId);
  if (publicKey === undefined) {
    return false;
  }
  return verify(null, Buffer.from(challenge), createPublicKey(publicKey), signature);
}

/** Lets only members who proved who they are vote in the assembly. */
export const securePlugin = {
  id: 'assembly',

  register(host: PluginHost, members: MemberDirectory, audit: AuditTrail): void {
    const verifiedSessions = new Map<string, VerifiedSession>();
    const sessionEncryptions = new Map<string, Encrypt>();

    const verifiedSessionSweep = setInterval(sweepVerifiedSessions, VERIFIED_SESSION_SWEEP_MS);
    verifiedSessionSweep.unref();

    /** Lets go of the entries of verifiedSessions that are out of date. */
    function sweepVerifiedSessions(): void {
      const now = Date.now();
      for (const [sessionId, verifiedSession] of verifiedSessions) {
        if (verifiedSession.expiresAt <= now) {
          verifiedSessions.delete(sessionId);
        }
      }
    }

    const verificationOf = (sessionId: string): VerifiedSession | undefined => {
      const verified = verifiedSessions.get(sessionId);
      if (verified !== undefined && verified.expiresAt <= Date.now()) {
        verifiedSessions.delete(sessionId);
        return undefined;
      }
      return verified;
    };

    host.on('challenge-answered', async ({ sessionId, userId, challenge, signature }) => {
      if (await isSignedBy(members, userId, challenge, signature)) {
        verifiedSessions.set(sessionId, { userId, expiresAt: Date.now() + VERIFIED_FOR_MS });
        audit.record(userId, 'verified');
      }
    });

    host.on('message-outgoing', (message) => {
      const encrypt = sessionEncryptions.get(message.sessionId);
      if (encrypt !== undefined) {
        message.text = encrypt(message.text);
      }
    });

    host.addTool('vote', ({ sessionId, argument: motion }) => {
      const verified = verificationOf(sessionId);
      if (verified === undefined) {
        return 'Please prove who you are first.';
      }
      audit.record(verified.userId, `vote: ${motion}`);
      return `Your vote on ${motion} is counted.`;
    });

    host.addTool('whoami', ({ sessionId }) => {
      return verificationOf(sessionId)?.userId ?? 'Nobody that was verified.';
    });

    host.onUnload(async () => {
      clearInterval(verifiedSessionSweep);
      await audit.close();
    });
  },
};
