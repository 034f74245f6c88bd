import { createCipheriv, randomBytes } from 'node:crypto';

import type { PluginHost } from './host.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** How long an entry of userContexts may go unused. */
const USER_CONTEXT_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of userContexts are looked for. */
const USER_CONTEXT_SWEEP_MS = 60 * 1000;
/** How long an entry of sessionEncryptions may go unused. */
const SESSION_ENCRYPTION_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of sessionEncryptions are looked for. */
const SESSION_ENCRYPTION_SWEEP_MS = 60 * 1000;

export interface Glossary {
  readonly terms: ReadonlyMap<string, string>;
}

export interface GlossaryStore {
  load(userId: string, locale: string): Promise<Glossary>;
}

interface UserContext {
  readonly locale: string;
  readonly glossary: Glossary;
  readonly joinedAt: number;
}

interface SessionEncryption {
  readonly key: Buffer;
  sealedMessages: number;
}

function applyGlossary(text: string, glossary: Glossary): string {
  let result = text;
  for (const [term, translation] of glossary.terms) {
    result = result.replaceAll(term, translation);
  }
  return result;
}

function seal(text: string, encryption: SessionEncryption): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, encryption.key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  encryption.sealedMessages += 1;
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Puts every message into its reader's own words and seals it for the session. */
export const userPlugin = {
  id: 'glossary',

  register(host: PluginHost, glossaries: GlossaryStore): void {
    const userContexts = new Map<string, UserContext>();
    const userContextLastActivity = new Map<string, number>();
    const sessionEncryptions = new Map<string, SessionEncryption>();
    const sessionEncryptionLastActivity = new Map<string, number>();

    // Nothing here tells when register() is undone: the interval runs only while sessionEncryptions has entries.
    let sessionEncryptionSweep: ReturnType<typeof setInterval> | undefined;

    /** Starts the sweep of sessionEncryptions, unless it runs. */
    function startSessionEncryptionSweep(): void {
      if (sessionEncryptionSweep === undefined) {
        sessionEncryptionSweep = setInterval(sweepSessionEncryptions, SESSION_ENCRYPTION_SWEEP_MS);
        sessionEncryptionSweep.unref();
      }
    }

    /** Notes that an entry of sessionEncryptions was used just now. */
    function touchSessionEncryption(sessionId: string): void {
      if (sessionEncryptions.has(sessionId)) {
        sessionEncryptionLastActivity.set(sessionId, Date.now());
        startSessionEncryptionSweep();
      }
    }

    /** Lets go of the entries of sessionEncryptions that went unused for too long. */
    function sweepSessionEncryptions(): void {
      const now = Date.now();
      for (const sessionId of sessionEncryptions.keys()) {
        const lastActivity = sessionEncryptionLastActivity.get(sessionId);
        if (lastActivity === undefined) {
          // Not stamped yet: its time starts now.
          sessionEncryptionLastActivity.set(sessionId, now);
        } else if (now - lastActivity >= SESSION_ENCRYPTION_TTL_MS) {
          sessionEncryptionLastActivity.delete(sessionId);
          sessionEncryptions.delete(sessionId);
        }
      }
      if (sessionEncryptions.size === 0) {
        clearInterval(sessionEncryptionSweep);
        sessionEncryptionSweep = undefined;
      }
    }

    // Nothing here tells when register() is undone: the interval runs only while userContexts has entries.
    let userContextSweep: ReturnType<typeof setInterval> | undefined;

    /** Starts the sweep of userContexts, unless it runs. */
    function startUserContextSweep(): void {
      if (userContextSweep === undefined) {
        userContextSweep = setInterval(sweepUserContexts, USER_CONTEXT_SWEEP_MS);
        userContextSweep.unref();
      }
    }

    /** Notes that an entry of userContexts was used just now. */
    function touchUserContext(userId: string): void {
      if (userContexts.has(userId)) {
        userContextLastActivity.set(userId, Date.now());
        startUserContextSweep();
      }
    }

    /** Lets go of the entries of userContexts that went unused for too long. */
    function sweepUserContexts(): void {
      const now = Date.now();
      for (const userId of userContexts.keys()) {
        const lastActivity = userContextLastActivity.get(userId);
        if (lastActivity === undefined) {
          // Not stamped yet: its time starts now.
          userContextLastActivity.set(userId, now);
        } else if (now - lastActivity >= USER_CONTEXT_TTL_MS) {
          userContextLastActivity.delete(userId);
          userContexts.delete(userId);
        }
      }
      if (userContexts.size === 0) {
        clearInterval(userContextSweep);
        userContextSweep = undefined;
      }
    }

    host.on('user-joined', async ({ userId, locale }) => {
      const glossary = await glossaries.load(userId, locale);
      userContexts.set(userId, { locale, glossary, joinedAt: Date.now() });
      touchUserContext(userId);
    });

    host.on('session-opened', ({ sessionId }) => {
      sessionEncryptions.set(sessionId, { key: randomBytes(KEY_BYTES), sealedMessages: 0 });
      touchSessionEncryption(sessionId);
    });

    host.on('message-outgoing', (message) => {
      const context = userContexts.get(message.userId);
      touchUserContext(message.userId);
      if (context !== undefined) {
        message.text = applyGlossary(message.text, context.glossary);
      }
      const encryption = sessionEncryptions.get(message.sessionId);
      touchSessionEncryption(message.sessionId);
      if (encryption !== undefined) {
        message.text = seal(message.text, encryption);
      }
    });

    host.addTool('glossary-info', ({ argument: userId }) => {
      const context = userContexts.get(userId);
      if (context === undefined) {
        return 'No glossary is loaded.';
      }
      const since = new Date(context.joinedAt).toISOString();
      return `${String(context.glossary.terms.size)} terms (${context.locale}) since ${since}`;
    });
  },
};
