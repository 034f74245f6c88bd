/** Names of keys that stand for one of ever more things: a session, a request, a peer. */
const PER_ENTITY = /(?:^|[._\]]|(?<=[a-z0-9]))(?:ids?|uuids?|guid|handle|token|nonce|ip|addr(?:ess)?|email|user|client|session|conn(?:ection)?|socket|peer|request|req|job|task|message|msg|correlation|fingerprint|hash|jti|phone|account|tenant|visitor|room|call|seq|sequence|serial|pid|ws|identifier|identity|publickey|pubkey|pk|subject|recipient|sender)(?:key)?$/i;

/** Names of keys that range over what a program is made of, not over what it meets. */
const STATIC_DOMAIN = /(?:^|[._\]]|(?<=[a-z0-9]))(?:type|kind|lang(?:uage)?(?:id)?|locale|plugin(?:id|name)?|command(?:id)?|rule(?:id|name)?|schema|mode|level|category|event(?:name|type)?|theme|icon|feature|provider(?:id)?|module(?:id|name)?|package(?:name)?|path|file(?:name|path)?|dir|config|option|setting|flag|ext(?:ension)?|mime(?:type)?|class(?:name)?|tag(?:name)?|attr(?:ibute)?|prop(?:erty)?|field|column|method|route|pattern|country|currency|code|platform|version|model|tool(?:name)?|topic|channel|scheme|protocol|format|encoding|charset|unit|size|width|height|index|i|j|char|symbol|selector)$/i;

/** Whether a key expression, as written, names one entity of an open world. A hint, never a verdict. */
export function isPerEntityKey(text: string): boolean {
  const name = keyWord(text);
  return PER_ENTITY.test(name) && !STATIC_DOMAIN.test(name);
}

/** Whether a key expression, as written, names a thing of which a program has a fixed number. */
export function isStaticDomainKey(text: string): boolean {
  return STATIC_DOMAIN.test(keyWord(text));
}

/** The word that a key expression ends in: `this.normalize(session.id)` → `session.id`; a template: its last hole. */
function keyWord(text: string): string {
  const holes = [...text.matchAll(/\$\{([^}]*)\}/g)];
  const inner = holes.length > 0 ? (holes.find((hole) => PER_ENTITY.test(hole[1] ?? '')) ?? holes.at(-1))?.[1] ?? '' : text;
  const call = /\(([^()]*)\)[!\s]*$/.exec(inner);
  return (call && call[1] ? call[1] : inner).replace(/[!?)\s]+$/g, '').replace(/\.(?:toString|valueOf|toLowerCase|trim)\(?$/, '');
}
