// The basic elements of HTTP's grammar (RFC 9110 §5.5–5.6): tokens, quoted strings, lists. Text has one character for each octet.

/** A range of bytes in a stream, from `start` to before `end`. */
export type Span = {readonly start: number; readonly end: number};

export const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);

/**
 * Tells whether a text may be an HTTP field's value: it has no CR, LF, NUL or other control except HTAB, but may have obs-text up to 0xff.
 */
export const isFieldContent = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

/**
 * Returns the text without HTTP's optional white space around it (OWS = SP / HTAB); `offset` is the number of characters removed in front.
 */
export const withoutOws = (text: string): {readonly text: string; readonly offset: number} => {
  let offset = 0;
  while (offset < text.length && (text[offset] === ' ' || text[offset] === '\t')) offset++;
  let end = text.length;
  while (end > offset && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return {text: text.slice(offset, end), offset};
};

/** Returns a text with one character for each octet, as in ISO 8859-1 (RFC 9110 §5.5 calls the upper half opaque). */
export const textOfOctets = (bytes: Uint8Array, start = 0, end = bytes.length): string => {
  let text = '';
  let at = start;
  // Eight octets are added at once, because a string that grows octet by octet takes four times as long, and as much memory.
  for (; at + 8 <= end; at += 8)
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
      bytes[at + 4] ?? 0,
      bytes[at + 5] ?? 0,
      bytes[at + 6] ?? 0,
      bytes[at + 7] ?? 0,
    );
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
};

/** Returns the octets of a text with one character for each octet; undefined if a character is above 0xff. */
export const octetsOfText = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return undefined;
    bytes[at] = code;
  }
  return bytes;
};

const quotedString = /^"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"$/;

export const isQuotedString = (text: string): boolean => quotedString.test(text);

/** Returns the content of an HTTP quoted-string, without quotes and backslashes; any other text is returned unchanged (RFC 9110 §5.6.4). */
export const unquoted = (text: string): string =>
  isQuotedString(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

/** Splits an HTTP field's value at `separator` outside quoted strings; the parts have no white space around them. */
export const splitOutsideQuotes = (text: string, separator: ',' | ';'): readonly string[] => {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === '\\' && quoted) at++;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => withoutOws(part).text);
};

/** Returns the members of an HTTP field's comma-separated list, without empty ones (RFC 9110 §5.6.1.2). */
export const listMembers = (value: string): readonly string[] =>
  splitOutsideQuotes(value, ',').filter((member) => member !== '');
