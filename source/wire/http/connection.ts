// Reads what the fields of an HTTP message say about the connection: whether it stays open (RFC 9112 §9.3), whether the client waits before
// its content (RFC 9110 §10.1.1), and which host a request is for (RFC 9112 §3.2).
import {err, ok, type Result} from '../result.ts';
import {fieldMembers, fieldValues} from './field-lines.ts';
import type {Head} from './framing.ts';
import {type HttpError, httpError} from './http-error.ts';
import {minorVersion, type RequestLine} from './start-line.ts';
import {isAuthority} from './uri.ts';

const has = ({fields}: Head, name: string, member: string): boolean =>
  fieldMembers(fields, name).some((each) => each.toLowerCase() === member);

/**
 * Tells whether an HTTP connection stays open after this message: not after `Connection: close`, otherwise in HTTP/1.1, and in 1.0 with
 * `keep-alive`.
 */
export const keepsConnection = (head: Head): boolean => {
  if (has(head, 'Connection', 'close')) return false;
  return minorVersion(head.start.version) === 1 || has(head, 'Connection', 'keep-alive');
};

/** Tells whether an HTTP client waits for 100 (Continue) before it sends its content; false for a client of HTTP/1.0. */
export const expectsContinue = (head: Head<RequestLine>): boolean =>
  minorVersion(head.start.version) === 1 && has(head, 'Expect', '100-continue');

/**
 * Returns the host that an HTTP request is for, as authority: that in the target of CONNECT or of the absolute form, or else `Host`. It is
 * empty in HTTP/1.0 without either, and an error if `Host` is repeated, invalid, or missing in 1.1.
 */
export const requestHost = (head: Head<RequestLine>): Result<string, HttpError> => {
  const {start, fields} = head;
  const at = start.span.start;
  const hosts = fieldValues(fields, 'Host');
  if (hosts.length > 1) return err(httpError('host-twice', at));
  const [host] = hosts;
  if (host === undefined && minorVersion(start.version) === 1) return err(httpError('host-missing', at));
  if (host !== undefined && host !== '' && !isAuthority(host)) return err(httpError('host-invalid', at));
  if (start.method === 'CONNECT') return ok(start.target);
  const [, absolute] = /^[A-Za-z][A-Za-z0-9+\-.]*:\/\/([^/?]*)/.exec(start.target) ?? [];
  return ok(absolute ?? host ?? '');
};
