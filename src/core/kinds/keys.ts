/**
 * What a key's name says of its domain. A hint, never a verdict: `entity` keys
 * stand for one of ever more things (a session, a request, a peer), `static`
 * ones range over what a program is made of (languages, plug-ins, routes),
 * `identifier` says only that it identifies something.
 */
export type KeyDomain = 'entity' | 'identifier' | 'static' | 'unknown';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that say "identifies" without saying what. */
const IDENTIFIES = words('id ids uuid guid key keys name handle hash identifier identity str string num number text value raw normalized full db pk');

const ENTITY = words(`
  session user client conn connection socket request req ip peer token nonce room account tenant visitor job task message msg call subscriber
  subscription chat conversation thread run execution invocation transaction tx order player pid process worker guild terminal pty address addr
  email phone correlation customer member device agent upload download stream ws caller consumer ticket login wallet pubkey
  fingerprint sid jti cookie stanza packet exchange trace span spawn participant actor recipient sender ticker lease invite invitation`);

const STATIC = words(`
  plugin language lang mode command rule provider locale theme type kind location variant prompt fragment view model module schema extension
  feature setting option contribution category icon tool event route method channel topic country currency version package file path filename
  dir directory class tag attr attribute prop property field column pattern code platform scheme protocol format encoding charset unit size
  width height index char symbol selector level mime ext config flag role status phase step layer slot region color font style ref keyword
  operator opcode register page template partial component controller service entity table dialect driver engine adapter handler hook namespace interface
  constructor ctor token_type label title section group scope env target arch os vendor browser`);

/** The domain of a key by the names that it is made of, the most specific last. */
export function keyDomain(names: readonly string[]): KeyDomain {
  let identifies = false;
  for (const name of [...names].reverse()) {
    for (const word of wordsOf(name).reverse()) {
      if (STATIC.has(word)) return 'static';
      if (ENTITY.has(word)) return 'entity';
      if (IDENTIFIES.has(word)) identifies = true;
      else return identifies ? 'identifier' : 'unknown';
    }
  }
  return identifies ? 'identifier' : 'unknown';
}

/** Entities of which a running program meets ever new ones, and what is under way: they come and go, and nobody made a list of them. */
const COMES_AND_GOES = words('session sid conn connection socket ws stream peer ip visitor nonce jti correlation packet stanza exchange trace span pending inflight');

/** Whether something that comes and goes is meant, by the names that a key, or the collection of it, is made of; a plural counts, too. */
export function comesAndGoes(names: readonly string[]): boolean {
  return names.some((name) => wordsOf(name).some((word) => COMES_AND_GOES.has(word) || COMES_AND_GOES.has(word.replace(/s$/, ''))));
}

/** What a key identifies by the names that it is made of: `view` of `viewId` and of `view.id`; undefined where they do not tell. */
export function keySubject(names: readonly string[]): string | undefined {
  return names.flatMap(wordsOf).reverse().find((word) => !IDENTIFIES.has(word));
}

/** `sessionId`, `session_id`, `SESSION` → `session`, `id`. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/).filter(Boolean).map((word) => word.toLowerCase());
}

/** Functions that make an id that nobody had before, by name. */
const GENERATES = /^(?:randomUUID|uuid|uuidv[1-7]|v[1-7]|nanoid|ulid|cuid2?|ksuid|objectid|randombytes|symbol)$/i;
/** The same for the project's own ones, if they are given nothing to make it of. */
const GENERATES_FROM_NOTHING = /^(?:create|generate|gen|make|new|next|unique|random|getNext|getNew)\w*(?:id|uuid|token|nonce)$/i;

/** Whether a call by that name makes an id that nobody had before. */
export function isGeneratedId(callee: string, argumentCount: number): boolean {
  return GENERATES.test(callee) || (argumentCount === 0 && GENERATES_FROM_NOTHING.test(callee));
}
