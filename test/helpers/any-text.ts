// Any text. What fast-check has for it (`unit: 'binary'`) first makes a table of all 1.1 million code points, in every worker.
import * as fc from 'fast-check';

const surrogates = {from: 0xd800, count: 0x800};

/** Any code point but surrogates. */
export const codePoint = fc
  .integer({min: 0, max: 0x10ffff - surrogates.count})
  .map((n) => String.fromCodePoint(n < surrogates.from ? n : n + surrogates.count));
