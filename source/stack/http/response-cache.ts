// A client's own cache of responses (RFC 9111), for complete 200 answers to GET. Times are microseconds since 1970.
import {type Field, fieldMembers, fieldValues, sameFieldName} from '../../wire/http/field-lines.ts';
import {readHttpDate} from '../../wire/http/http-date.ts';
import type {Table} from '../../wire/table.ts';

export type Stored = {
  readonly url: string;
  /** The header fields of the request that the stored response answered; they are compared if the response has a Vary field. */
  readonly requestFields: readonly Field[];
  readonly fields: readonly Field[];
  readonly content: Uint8Array;
  /**
   * `requestUs` is the time at which the response was requested, `responseUs` that at which it arrived; once a 304 has validated it, the
   * times of that exchange.
   */
  readonly requestUs: number;
  readonly responseUs: number;
};

/** A client's stored HTTP responses, by URL without fragment. */
export type ResponseCache = Table<Stored>;

const second = 1_000_000;

/** Returns the value of a directive in Cache-Control: '' if it has none, undefined if the directive is absent. */
const directive = (fields: readonly Field[], name: string): string | undefined => {
  for (const member of fieldMembers(fields, 'Cache-Control')) {
    const [key = '', value = ''] = member.split('=');
    if (key.toLowerCase() === name) return value.replace(/^"(.*)"$/, '$1');
  }
  return undefined;
};

const secondsOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) * second : undefined;

const dateOf = (fields: readonly Field[], name: string, nowUs: number): number | undefined => {
  const [value] = fieldValues(fields, name);
  return value === undefined ? undefined : readHttpDate(value, nowUs);
};

/**
 * Returns the time for which a response stays fresh after it was made (§4.2.1, §4.2.2). Without max-age or Expires it is a tenth of the
 * time since the last modification, 0 if that is unknown.
 */
const lifetimeUs = ({fields, responseUs}: Stored): number => {
  const maxAge = secondsOf(directive(fields, 'max-age'));
  if (maxAge !== undefined) return maxAge;
  const made = dateOf(fields, 'Date', responseUs) ?? responseUs;
  if (fieldValues(fields, 'Expires').length > 0)
    // An invalid Expires date, above all 0, counts as past (§5.3).
    return (dateOf(fields, 'Expires', responseUs) ?? made) - made;
  const modified = dateOf(fields, 'Last-Modified', responseUs);
  return modified === undefined ? 0 : Math.max(0, Math.floor((made - modified) / 10));
};

/** Returns the current age of a stored HTTP response in µs (§4.2.3). */
const ageUs = ({fields, requestUs, responseUs}: Stored, nowUs: number): number => {
  const made = dateOf(fields, 'Date', responseUs) ?? responseUs;
  const apparent = Math.max(0, responseUs - made);
  const [told] = fieldValues(fields, 'Age');
  const corrected = (secondsOf(told) ?? 0) + (responseUs - requestUs);
  return Math.max(apparent, corrected) + (nowUs - responseUs);
};

/**
 * Returns the microseconds for which a stored response stays fresh; 0 or less if it is stale, or if its server wants to be asked each
 * time.
 */
export const freshUs = (stored: Stored, nowUs: number): number =>
  directive(stored.fields, 'no-cache') !== undefined ? 0 : lifetimeUs(stored) - ageUs(stored, nowUs);

/** Tells whether a request's Cache-Control or Pragma demands an answer from the origin server instead of the cache (§5.2.1). */
export const wantsOrigin = (fields: readonly Field[]): boolean =>
  directive(fields, 'no-cache') !== undefined ||
  directive(fields, 'no-store') !== undefined ||
  secondsOf(directive(fields, 'max-age')) === 0 ||
  fieldValues(fields, 'Pragma').some((value) => value.toLowerCase() === 'no-cache');

export type Answered = {
  readonly method: string;
  readonly status: number;
};

/**
 * Tells whether an HTTP response may be stored (§3). Not stored are a response with `Vary: *`, which no other request can match, and one to
 * a request with Authorization.
 */
export const mayStore = ({method, status}: Answered, stored: Stored): boolean => {
  const {fields, requestFields} = stored;
  if (method !== 'GET' || status !== 200) return false;
  if ([requestFields, fields].some((each) => directive(each, 'no-store') !== undefined)) return false;
  if (fieldMembers(fields, 'Vary').includes('*') || fieldValues(requestFields, 'Authorization').length > 0)
    return false;
  const hasValidator = ['ETag', 'Last-Modified'].some((name) => fieldValues(fields, name).length > 0);
  return hasValidator || lifetimeUs(stored) > 0;
};

/**
 * Tells whether a stored response may answer a request, because both requests have the same values in the fields that Vary names (§4.1).
 * Vary on Cookie never matches, because the cookie may have changed since.
 */
export const isFor = ({fields, requestFields}: Stored, presented: readonly Field[]): boolean =>
  fieldMembers(fields, 'Vary').every(
    (name) =>
      !sameFieldName(name, 'Cookie') &&
      fieldValues(requestFields, name).join() === fieldValues(presented, name).join(),
  );

/** Returns the fields If-None-Match and If-Modified-Since, by which a request asks whether the stored response is still valid (§4.3.1). */
export const conditionFields = ({fields}: Stored): readonly Field[] => {
  const [etag] = fieldValues(fields, 'ETag');
  const [modified] = fieldValues(fields, 'Last-Modified');
  return [
    ...(etag === undefined ? [] : [{name: 'If-None-Match', value: etag}]),
    ...(modified === undefined ? [] : [{name: 'If-Modified-Since', value: modified}]),
  ];
};

/** Returns the response that a 304 has validated, with the fields of the 304 replacing its own of the same names (§3.2, §4.3.4). */
export const freshened = (
  stored: Stored,
  fields: readonly Field[],
  {requestUs, responseUs}: Pick<Stored, 'requestUs' | 'responseUs'>,
): Stored => {
  const news = fields.filter(({name}) => !sameFieldName(name, 'Content-Length'));
  const kept = stored.fields.filter((old) => !news.some(({name}) => sameFieldName(name, old.name)));
  return {
    ...stored,
    fields: [...kept, ...news.map(({name, value}) => ({name, value}))],
    requestUs,
    responseUs,
  };
};
