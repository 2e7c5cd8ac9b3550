// Finds the place where a text ceases to be JSON (RFC 8259), because JavaScript engines word it differently or not at all.

type Token = {readonly text: string; readonly offset: number};

const token =
  /(?:[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrtu])*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const blank = /[ \t\n\r]*/y;

/** Splits a text into JSON tokens; the last one is empty and marks the first piece that is no token, or the end of the text. */
const tokensOf = (source: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    blank.lastIndex = at;
    at += blank.exec(source)?.[0].length ?? 0;
    token.lastIndex = at;
    const found = token.exec(source)?.[0];
    tokens.push({text: found ?? '', offset: at});
    if (found === undefined) return tokens;
    at += found.length;
  }
};

const deepest = 60;

/** Returns the index of the token after the JSON value that begins at `at`; a negative result r means that the token −1 − r is wrong. */
const valueEnd = (tokens: readonly Token[], at: number, depth: number): number => {
  const first = tokens[at]?.text ?? '';
  if (first !== '{' && first !== '[') return first === '' || /^[}\],:]$/.test(first) ? -1 - at : at + 1;
  const close = first === '{' ? '}' : ']';
  let next = at + 1;
  if (tokens[next]?.text === close) return next + 1;
  for (;;) {
    if (first === '{') {
      if (!tokens[next]?.text.startsWith('"')) return -1 - next;
      if (tokens[next + 1]?.text !== ':') return -2 - next;
      next += 2;
    }
    next = depth === deepest ? -1 - next : valueEnd(tokens, next, depth + 1);
    if (next < 0) return next;
    const then = tokens[next]?.text;
    if (then === close) return next + 1;
    if (then !== ',') return -1 - next;
    next += 1;
  }
};

/** Returns the offset of the first piece of a text that is not JSON or not allowed there; the text's length if all of it is JSON. */
export const jsonFault = (source: string): number => {
  const tokens = tokensOf(source);
  const end = valueEnd(tokens, 0, 0);
  return tokens[end < 0 ? -1 - end : end]?.offset ?? source.length;
};
