/** A text without its byte order mark, and the mark (or nothing) to put back in front of it. What has two, as after a careless conversion, keeps both. */
export function splitByteOrderMark(text: string): { readonly mark: string; readonly text: string } {
  const mark = /^\uFEFF*/.exec(text)?.[0] ?? '';
  return { mark, text: text.slice(mark.length) };
}
