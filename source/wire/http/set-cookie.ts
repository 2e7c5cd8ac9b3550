// The value of one Set-Cookie field: read by the algorithm of RFC 6265 §5.2, written by the grammar of §4.1.1.
import {err, ok, type Result} from '../result.ts';
import {readCookieDate} from './cookie-date.ts';
import {isToken, withoutOws} from './grammar.ts';
import {writeHttpDate} from './http-date.ts';
import {type HttpError, httpError} from './http-error.ts';

/** Not in RFC 6265: draft-ietf-httpbis-rfc6265bis §5.6.7. */
export type SameSite = 'Strict' | 'Lax' | 'None';

/** What a server says about a cookie. Times are in microseconds since 1970. */
export type SetCookie = {
  readonly name: string;
  readonly value: string;
  readonly expiresUs?: number;
  /** In seconds; 0 and less: at once. */
  readonly maxAgeS?: number;
  /** Lower-case, without the dot that may stand in front. */
  readonly domain?: string;
  /** undefined also where it does not begin with a slash: then the default path holds. */
  readonly path?: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite?: SameSite;
};

type Attributes = {-readonly [Key in keyof SetCookie]?: SetCookie[Key]};

const sameSites: readonly SameSite[] = ['Strict', 'Lax', 'None'];

/** §5.2.1 to §5.2.6; of several attributes of one name the last counts (§5.3). */
const readAttribute = (name: string, value: string, into: Attributes): void => {
  switch (name.toLowerCase()) {
    case 'expires': {
      const expiresUs = readCookieDate(value);
      if (expiresUs !== undefined) into.expiresUs = expiresUs;
      return;
    }
    case 'max-age':
      if (/^-?\d+$/.test(value)) into.maxAgeS = Number(value);
      return;
    case 'domain':
      if (value !== '') into.domain = value.replace(/^\./, '').toLowerCase();
      return;
    case 'path':
      delete into.path;
      if (value.startsWith('/')) into.path = value;
      return;
    case 'secure':
      into.secure = true;
      return;
    case 'httponly':
      into.httpOnly = true;
      return;
    case 'samesite': {
      const known = sameSites.find((each) => each.toLowerCase() === value.toLowerCase());
      delete into.sameSite;
      if (known) into.sameSite = known;
      return;
    }
    default:
  }
};

const trimmed = (text: string): string => withoutOws(text).text;

/** Name and value at the first equals sign; both without white space around them. */
const pairOf = (text: string): {readonly name: string; readonly value: string} | undefined => {
  const equals = text.indexOf('=');
  if (equals < 0) return undefined;
  return {name: trimmed(text.slice(0, equals)), value: trimmed(text.slice(equals + 1))};
};

/** undefined where the whole field is to be ignored: no equals sign, or no name before it. */
export const readSetCookie = (text: string): SetCookie | undefined => {
  const [first = '', ...rest] = text.split(';');
  const pair = pairOf(first);
  if (pair === undefined || pair.name === '') return undefined;
  const attributes: Attributes = {};
  for (const part of rest) {
    const {name, value} = pairOf(part) ?? {name: trimmed(part), value: ''};
    readAttribute(name, value, attributes);
  }
  return {secure: false, httpOnly: false, ...attributes, ...pair};
};

/** cookie-octet: no control, white space, quote, comma, semicolon, backslash; all of it may stand in quotes. */
const cookieValue =
  /^(?:[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")$/;
const attributeValue = /^[\x20-\x3a\x3c-\x7e]*$/;

export const writeSetCookie = (cookie: SetCookie): Result<string, HttpError> => {
  const {name, value, expiresUs, maxAgeS, domain, path, secure, httpOnly, sameSite} = cookie;
  if (!isToken(name)) return err(httpError('field-name'));
  const attributes = [domain, path].filter((each) => each !== undefined);
  if (!cookieValue.test(value) || !attributes.every((each) => attributeValue.test(each)))
    return err(httpError('field-value'));
  const parts = [
    `${name}=${value}`,
    ...(expiresUs === undefined ? [] : [`Expires=${writeHttpDate(expiresUs)}`]),
    ...(maxAgeS === undefined ? [] : [`Max-Age=${maxAgeS}`]),
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    ...(path === undefined ? [] : [`Path=${path}`]),
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(sameSite === undefined ? [] : [`SameSite=${sameSite}`]),
  ];
  return ok(parts.join('; '));
};

export type CookiePair = {readonly name: string; readonly value: string};

/** What a server finds in `Cookie` (§4.2.1, §5.4): pairs in the order sent, a name perhaps more than once. */
export const readCookieField = (text: string): readonly CookiePair[] =>
  text.split(';').flatMap((part) => {
    const pair = pairOf(part);
    return pair === undefined || pair.name === '' ? [] : [pair];
  });
