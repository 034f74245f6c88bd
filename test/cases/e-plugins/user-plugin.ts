import { createCipheriv, randomBytes } from 'node:crypto';

import type { PluginHost } from './host.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

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
    const sessionEncryptions = new Map<string, SessionEncryption>();

    host.on('user-joined', async ({ userId, locale }) => {
      const glossary = await glossaries.load(userId, locale);
      userContexts.set(userId, { locale, glossary, joinedAt: Date.now() });
    });

    host.on('session-opened', ({ sessionId }) => {
      sessionEncryptions.set(sessionId, { key: randomBytes(KEY_BYTES), sealedMessages: 0 });
    });

    host.on('message-outgoing', (message) => {
      const context = userContexts.get(message.userId);
      if (context !== undefined) {
        message.text = applyGlossary(message.text, context.glossary);
      }
      const encryption = sessionEncryptions.get(message.sessionId);
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
