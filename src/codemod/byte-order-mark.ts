const BYTE_ORDER_MARK = '\uFEFF';

/** A text without its byte order mark, and the mark (or nothing) to put back in front of it. */
export function splitByteOrderMark(text: string): { readonly mark: string; readonly text: string } {
  return text.startsWith(BYTE_ORDER_MARK) ? { mark: BYTE_ORDER_MARK, text: text.slice(1) } : { mark: '', text };
}
