// Reads the value of the HTTP field Strict-Transport-Security (RFC 6797 §6.1).
import {withoutOws} from './grammar.ts';

export type StrictTransport = {readonly maxAgeS: number; readonly includeSubDomains: boolean};

/**
 * Reads a directive of Strict-Transport-Security, `name`, `name=value` or `name="value"`, as name in lower case and value, which is empty
 * if there is none.
 */
const directiveOf = (part: string): readonly [string, string] => {
  const [name = '', ...value] = withoutOws(part).text.split('=');
  const text = withoutOws(value.join('=')).text;
  return [withoutOws(name).text.toLowerCase(), /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text];
};

/**
 * Reads the value of Strict-Transport-Security; undefined if it has no effect, because a directive occurs twice, or max-age is missing or
 * no number.
 */
export const readStrictTransport = (value: string): StrictTransport | undefined => {
  const directives = value
    .split(';')
    .map(directiveOf)
    .filter(([name]) => name !== '');
  const found = new Map(directives);
  const maxAge = found.get('max-age');
  if (found.size < directives.length || maxAge === undefined || !/^\d{1,12}$/.test(maxAge)) return undefined;
  return {maxAgeS: Number(maxAge), includeSubDomains: found.has('includesubdomains')};
};
