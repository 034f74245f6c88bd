import type {
  GardenJournal,
  PhotoSession,
  PlantRecogniser,
  Routes,
  SpeciesGuess,
} from './types.js';

/** How long an identified photo waits for its gardener to confirm the species. */
export const SESSION_TIMEOUT_MS = 30 * 60 * 1000;

const MAX_PHOTO_BYTES = 8 * 1024 * 1024;
const SESSION_ID_PATTERN = /^[a-z0-9-]{8,64}$/;

/** Identified photos by the session id that the client chose. */
const photoSessions = new Map<string, PhotoSession>();
const photoSessionTimeouts = new Map<string, ReturnType<typeof setTimeout>>();

export function registerPhotoRoutes(
  routes: Routes,
  recogniser: PlantRecogniser,
  journal: GardenJournal,
): void {
  routes.post('/photo-sessions', async (request, response) => {
    const { sessionId } = request.body;
    if (typeof sessionId !== 'string' || !SESSION_ID_PATTERN.test(sessionId)) {
      response.status(400).json({ error: 'A session id of 8 to 64 characters is required.' });
      return;
    }
    const { photo } = request;
    if (photo === undefined || photo.byteLength === 0) {
      response.status(400).json({ error: 'A photo is required.' });
      return;
    }
    if (photo.byteLength > MAX_PHOTO_BYTES) {
      response.status(413).json({ error: 'The photo is too large.' });
      return;
    }

    let guesses: readonly SpeciesGuess[];
    try {
      guesses = await recogniser.identify(photo);
    } catch {
      response.status(502).json({ error: 'The plant could not be identified right now.' });
      return;
    }

    const existing = photoSessions.get(sessionId);
    if (existing !== undefined && existing.gardenerId !== request.gardenerId) {
      response.status(409).json({ error: 'This session id is taken.' });
      return;
    }

    photoSessions.set(sessionId, {
      gardenerId: request.gardenerId,
      guesses,
      uploadedAt: Date.now(),
    });
    clearTimeout(photoSessionTimeouts.get(sessionId));
    const timeout = setTimeout(() => {
      if (photoSessionTimeouts.get(sessionId) === timeout) {
        photoSessionTimeouts.delete(sessionId);
      }
      photoSessions.delete(sessionId);
    }, SESSION_TIMEOUT_MS);
    photoSessionTimeouts.set(sessionId, timeout);

    response.status(201).json({ sessionId, guesses });
  });

  routes.get('/photo-sessions/:sessionId', (request, response) => {
    const { sessionId = '' } = request.params;
    const session = photoSessions.get(sessionId);
    if (session?.gardenerId !== request.gardenerId) {
      response.status(404).json({ error: 'No such photo session.' });
      return;
    }

    response.status(200).json({
      guesses: session.guesses,
      expiresAt: session.uploadedAt + SESSION_TIMEOUT_MS,
    });
  });

  routes.post('/photo-sessions/:sessionId/confirm', async (request, response) => {
    const { sessionId = '' } = request.params;
    const session = photoSessions.get(sessionId);
    if (session?.gardenerId !== request.gardenerId) {
      response.status(404).json({ error: 'No such photo session.' });
      return;
    }
    const { species } = request.body;
    const guess = session.guesses.find((candidate) => candidate.species === species);
    if (guess === undefined) {
      response.status(400).json({ error: 'Choose one of the suggested species.' });
      return;
    }

    const plantId = await journal.addPlant({
      gardenerId: session.gardenerId,
      species: guess.species,
      photographedAt: session.uploadedAt,
    });
    clearTimeout(photoSessionTimeouts.get(sessionId));
    photoSessionTimeouts.delete(sessionId);
    photoSessions.delete(sessionId);

    response.status(201).json({ plantId });
  });

  routes.delete('/photo-sessions/:sessionId', (request, response) => {
    const { sessionId = '' } = request.params;
    const session = photoSessions.get(sessionId);
    if (session?.gardenerId !== request.gardenerId) {
      response.status(404).json({ error: 'No such photo session.' });
      return;
    }

    clearTimeout(photoSessionTimeouts.get(sessionId));
    photoSessionTimeouts.delete(sessionId);
    photoSessions.delete(sessionId);
    response.status(204).end();
  });
}

/** Forgets all photos that wait for a confirmation; the server calls it when it shuts down. */
export function closePhotoSessions(): void {
  for (const timeout of photoSessionTimeouts.values()) {
    clearTimeout(timeout);
  }
  photoSessionTimeouts.clear();
  photoSessions.clear();
}
