// Evaluates the conditions of HTTP requests, such as If-None-Match: RFC 9110 §13, in the order of §13.2.2.
import {combinedValue, fieldMembers} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import {readHttpDate} from '../../wire/http/http-date.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';

/** The validators (ETag, Last-Modified) of the requested HTTP resource as it is now. */
export type Validators = {readonly etag?: string; readonly lastModifiedUs?: number};

const opaque = (tag: string): string => tag.replace(/^W\//, '');

/** Tells whether two entity tags are equal in the strong comparison, for which both must be strong (RFC 9110 §8.8.3.2). */
const strongMatch = (a: string, b: string): boolean => a === b && !a.startsWith('W/');
const weakMatch = (a: string, b: string): boolean => opaque(a) === opaque(b);

const tagMatches = (
  members: readonly string[],
  {etag}: Validators,
  same: (a: string, b: string) => boolean,
): boolean => members.includes('*') || (etag !== undefined && members.some((member) => same(member, etag)));

/** Tells whether the resource was modified after the date. A date counts whole seconds, so a change within that second is not after it. */
const modifiedAfter = (lastModifiedUs: number, dateUs: number): boolean =>
  lastModifiedUs >= dateUs + 1_000_000;

/**
 * Returns the status (304 or 412) for an HTTP request whose condition fails; undefined if the method is to be carried out. `nowUs` counts
 * from 1970. A field with an invalid date is ignored.
 */
export const failedCondition = (
  {start, fields}: Head<RequestLine>,
  validators: Validators,
  nowUs: number,
): 304 | 412 | undefined => {
  const {lastModifiedUs} = validators;
  const isRead = start.method === 'GET' || start.method === 'HEAD';
  const dateOf = (name: string): number | undefined => {
    const value = combinedValue(fields, name);
    return value === undefined ? undefined : readHttpDate(value, nowUs);
  };
  const ifMatch = fieldMembers(fields, 'If-Match');
  const unmodifiedSince = dateOf('If-Unmodified-Since');
  if (ifMatch.length > 0) {
    if (!tagMatches(ifMatch, validators, strongMatch)) return 412;
  } else if (unmodifiedSince !== undefined && lastModifiedUs !== undefined) {
    if (modifiedAfter(lastModifiedUs, unmodifiedSince)) return 412;
  }
  const ifNoneMatch = fieldMembers(fields, 'If-None-Match');
  const modifiedSince = dateOf('If-Modified-Since');
  if (ifNoneMatch.length > 0) {
    if (tagMatches(ifNoneMatch, validators, weakMatch)) return isRead ? 304 : 412;
  } else if (isRead && modifiedSince !== undefined && lastModifiedUs !== undefined) {
    if (!modifiedAfter(lastModifiedUs, modifiedSince)) return 304;
  }
  return undefined;
};
