// Reads and writes the value of a Set-Cookie field, by the algorithm of RFC 6265 §5.2 and the grammar of §4.1.1; also reads the Cookie
// field.
import {err, ok, type Result} from '../result.ts';
import {readCookieDate} from './cookie-date.ts';
import {isToken, withoutOws} from './grammar.ts';
import {writeHttpDate} from './http-date.ts';
import {type HttpError, httpError} from './http-error.ts';

/** The values of a cookie's SameSite attribute, which is not in RFC 6265 but in draft-ietf-httpbis-rfc6265bis §5.6.7. */
export type SameSite = 'Strict' | 'Lax' | 'None';

/** A cookie as a Set-Cookie field describes it; attributes that it lacks are absent. Times are in microseconds since 1970. */
export type SetCookie = {
  readonly name: string;
  readonly value: string;
  readonly expiresUs?: number;
  /** The cookie's lifetime in seconds; with 0 or less it expires at once. */
  readonly maxAgeS?: number;
  /** The cookie's Domain in lower case, without its optional leading dot. */
  readonly domain?: string;
  /** The cookie's Path; absent also if the attribute does not begin with a slash. The default path is used then. */
  readonly path?: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite?: SameSite;
};

type Attributes = {-readonly [Key in keyof SetCookie]?: SetCookie[Key]};

const sameSites: readonly SameSite[] = ['Strict', 'Lax', 'None'];

/** Reads one attribute of a Set-Cookie field into `into` (§5.2.1 to §5.2.6); the last of several with one name counts (§5.3). */
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

/** Splits `name=value` at the first equals sign, both without white space around them; undefined if there is none. */
const pairOf = (text: string): {readonly name: string; readonly value: string} | undefined => {
  const equals = text.indexOf('=');
  if (equals < 0) return undefined;
  return {name: trimmed(text.slice(0, equals)), value: trimmed(text.slice(equals + 1))};
};

/** Reads a Set-Cookie field; undefined if all of it is to be ignored, because it has no equals sign or no name before it. */
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

/** Matches a cookie's value that may be written: no control, white space, quote, comma, semicolon or backslash; the whole may be quoted. */
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

/** Reads the Cookie field of a request as a server does (§4.2.1, §5.4): pairs in the order sent, in which a name may occur twice. */
export const readCookieField = (text: string): readonly CookiePair[] =>
  text.split(';').flatMap((part) => {
    const pair = pairOf(part);
    return pair === undefined || pair.name === '' ? [] : [pair];
  });
