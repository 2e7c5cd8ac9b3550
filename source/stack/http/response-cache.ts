// A client's own cache of responses (RFC 9111): whole 200 answers to GET. Times are microseconds since 1970.
import {type Field, fieldMembers, fieldValues, sameFieldName} from '../../wire/http/field-lines.ts';
import {readHttpDate} from '../../wire/http/http-date.ts';
import type {Table} from '../../wire/table.ts';

export type Stored = {
  readonly url: string;
  /** Of the request that it answers. */
  readonly requestFields: readonly Field[];
  readonly fields: readonly Field[];
  readonly content: Uint8Array;
  /** When it was asked for and when it came, or was confirmed last. */
  readonly requestUs: number;
  readonly responseUs: number;
};

/** By URL, without the fragment. */
export type ResponseCache = Table<Stored>;

const second = 1_000_000;

/** The value of a directive: a number of seconds, '' where it stands alone, undefined where it is not there. */
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

/** §4.2.1 and §4.2.2: how long it stays fresh after it was made. A tenth of its age is what is usual without a word. */
const lifetimeUs = ({fields, responseUs}: Stored): number => {
  const maxAge = secondsOf(directive(fields, 'max-age'));
  if (maxAge !== undefined) return maxAge;
  const made = dateOf(fields, 'Date', responseUs) ?? responseUs;
  if (fieldValues(fields, 'Expires').length > 0)
    // A date that is none, 0 above all, has passed (§5.3).
    return (dateOf(fields, 'Expires', responseUs) ?? made) - made;
  const modified = dateOf(fields, 'Last-Modified', responseUs);
  return modified === undefined ? 0 : Math.max(0, Math.floor((made - modified) / 10));
};

/** §4.2.3. */
const ageUs = ({fields, requestUs, responseUs}: Stored, nowUs: number): number => {
  const made = dateOf(fields, 'Date', responseUs) ?? responseUs;
  const apparent = Math.max(0, responseUs - made);
  const [told] = fieldValues(fields, 'Age');
  const corrected = (secondsOf(told) ?? 0) + (responseUs - requestUs);
  return Math.max(apparent, corrected) + (nowUs - responseUs);
};

/** Microseconds that it stays fresh; 0 and below: it is stale, or its server wants to be asked each time. */
export const freshUs = (stored: Stored, nowUs: number): number =>
  directive(stored.fields, 'no-cache') !== undefined ? 0 : lifetimeUs(stored) - ageUs(stored, nowUs);

/** Does the request itself want the origin's word (§5.2.1)? */
export const wantsOrigin = (fields: readonly Field[]): boolean =>
  directive(fields, 'no-cache') !== undefined ||
  directive(fields, 'no-store') !== undefined ||
  secondsOf(directive(fields, 'max-age')) === 0 ||
  fieldValues(fields, 'Pragma').some((value) => value.toLowerCase() === 'no-cache');

export type Answered = {
  readonly method: string;
  readonly status: number;
};

/** §3. What no other request matches (Vary: *), or is for one user's password, is not kept. */
export const mayStore = ({method, status}: Answered, stored: Stored): boolean => {
  const {fields, requestFields} = stored;
  if (method !== 'GET' || status !== 200) return false;
  if ([requestFields, fields].some((each) => directive(each, 'no-store') !== undefined)) return false;
  if (fieldMembers(fields, 'Vary').includes('*') || fieldValues(requestFields, 'Authorization').length > 0)
    return false;
  const hasValidator = ['ETag', 'Last-Modified'].some((name) => fieldValues(fields, name).length > 0);
  return hasValidator || lifetimeUs(stored) > 0;
};

/** §4.1: fields that Vary names are part of the key. Cookies may have changed since: they never count as the same. */
export const isFor = ({fields, requestFields}: Stored, presented: readonly Field[]): boolean =>
  fieldMembers(fields, 'Vary').every(
    (name) =>
      !sameFieldName(name, 'Cookie') &&
      fieldValues(requestFields, name).join() === fieldValues(presented, name).join(),
  );

/** What makes a request ask whether the stored answer still holds (§4.3.1). */
export const conditionFields = ({fields}: Stored): readonly Field[] => {
  const [etag] = fieldValues(fields, 'ETag');
  const [modified] = fieldValues(fields, 'Last-Modified');
  return [
    ...(etag === undefined ? [] : [{name: 'If-None-Match', value: etag}]),
    ...(modified === undefined ? [] : [{name: 'If-Modified-Since', value: modified}]),
  ];
};

/** A 304 has confirmed it: its fields take the place of the stored ones of the same name (§3.2, §4.3.4). */
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
