/**
 * Whether texts for a stream are coloured: where a person sees them, unless the
 * environment says otherwise. `FORCE_COLOR` overrides `NO_COLOR`, as in Node.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function isColoured(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return Boolean(stream.isTTY) && env['TERM'] !== 'dumb';
}
