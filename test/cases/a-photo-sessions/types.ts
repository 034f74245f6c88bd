export interface RouteRequest {
  readonly gardenerId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly photo?: Uint8Array;
}

export interface RouteResponse {
  status(code: number): RouteResponse;
  json(body: unknown): void;
  end(): void;
}

export type RouteHandler = (request: RouteRequest, response: RouteResponse) => void | Promise<void>;

/** The part of a web framework's router that the routes need. */
export interface Routes {
  get(path: string, handler: RouteHandler): void;
  post(path: string, handler: RouteHandler): void;
  delete(path: string, handler: RouteHandler): void;
}

export interface SpeciesGuess {
  readonly species: string;
  readonly score: number;
}

export interface PlantRecogniser {
  identify(photo: Uint8Array): Promise<readonly SpeciesGuess[]>;
}

export interface GardenJournal {
  addPlant(entry: { gardenerId: string; species: string; photographedAt: number }): Promise<string>;
}

/** A photo that was identified and waits for its gardener to confirm the species. */
export interface PhotoSession {
  readonly gardenerId: string;
  readonly guesses: readonly SpeciesGuess[];
  readonly uploadedAt: number;
}
