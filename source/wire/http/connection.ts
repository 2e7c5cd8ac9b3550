// The agreements of two ends by message fields: whether the connection stays open (RFC 9112 §9.3), whether the client waits before its
// content (RFC 9110 §10.1.1), and which host is meant (RFC 9112 §3.2).
import {err, ok, type Result} from '../result.ts';
import {fieldMembers, fieldValues} from './field-lines.ts';
import type {Head} from './framing.ts';
import {type HttpError, httpError} from './http-error.ts';
import {minorVersion, type RequestLine} from './start-line.ts';
import {isAuthority} from './uri.ts';

const has = ({fields}: Head, name: string, member: string): boolean =>
  fieldMembers(fields, name).some((each) => each.toLowerCase() === member);

/** Tells whether the connection stays open. The first matching rule decides: `close`; 1.1; 1.0 with `keep-alive`. */
export const keepsConnection = (head: Head): boolean => {
  if (has(head, 'Connection', 'close')) return false;
  return minorVersion(head.start.version) === 1 || has(head, 'Connection', 'keep-alive');
};

/** Tells whether the client waits for 100 (Continue); a client of 1.0 does not count. */
export const expectsContinue = (head: Head<RequestLine>): boolean =>
  minorVersion(head.start.version) === 1 && has(head, 'Expect', '100-continue');

/** Returns the host that a request means, as authority: that of the absolute form, or else that of `Host`; empty in 1.0 without one. */
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
