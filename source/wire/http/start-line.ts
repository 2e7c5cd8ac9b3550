// Reads the request line or status line of an HTTP/1 message (RFC 9112 §2.3, §3, §4): strictly, with one space between the parts, or for an
// observer as much as possible.
import {err, ok, type Result} from '../result.ts';
import {isFieldContent, isToken, type Span} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';

export type RequestLine = {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
  /** The HTTP version in the request line, such as `HTTP/1.1`; a higher minor version is read as 1.1 (RFC 9110 §2.5). */
  readonly version: string;
  readonly span: Span;
  readonly spans: {readonly method: Span; readonly target: Span; readonly version: Span};
};

export type StatusLine = {
  readonly kind: 'response';
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly span: Span;
  readonly spans: {readonly version: Span; readonly status: Span; readonly reason: Span};
};

export type StartLine = RequestLine | StatusLine;

/** A line of an HTTP message; `text` is without the line end, `span` includes it and begins with the text. */
export type Line = {readonly text: string; readonly span: Span};

const spanOf = (start: number, text: string): Span => ({start, end: start + text.length});

const versionError = (version: string, at: number): HttpError | undefined => {
  if (!/^HTTP\/\d\.\d$/.test(version)) return httpError('version', at);
  return version[5] === '1' ? undefined : httpError('version-major', at);
};

/**
 * Tells whether an HTTP request's target has one of the four forms of RFC 9112 §3.2. Only CONNECT uses the authority form, and only OPTIONS
 * uses `*`. Characters that RFC 3986 forbids but browsers leave in queries are accepted (`|`, `[`, `{`, `^` …).
 */
const isTarget = (target: string, method: string): boolean => {
  if (method === 'CONNECT') return /^(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:[\]]+):\d{1,5}$/.test(target);
  if (target === '*') return method === 'OPTIONS';
  return /^(\/|[A-Za-z][A-Za-z0-9+\-.]*:)[!\x24-\x7e]*$/.test(target);
};

export const readRequestLine = (line: Line, lenient = false): Result<RequestLine, HttpError> => {
  const strict = strictRequestLine(line);
  return strict.ok || !lenient ? strict : (laxRequestLine(line) ?? strict);
};

const strictRequestLine = ({text, span}: Line): Result<RequestLine, HttpError> => {
  const parts = text.split(' ');
  const [method = '', target = '', version = ''] = parts;
  if (parts.length !== 3 || method === '' || target === '') return err(httpError('request-line', span.start));
  if (!isToken(method)) return err(httpError('method', span.start));
  const targetSpan = spanOf(span.start + method.length + 1, target);
  const versionSpan = spanOf(targetSpan.end + 1, version);
  const wrong = versionError(version, versionSpan.start);
  if (wrong) return err(wrong);
  if (!isTarget(target, method)) return err(httpError('target', targetSpan.start));
  const spans = {method: spanOf(span.start, method), target: targetSpan, version: versionSpan};
  return ok({kind: 'request', method, target, version, span, spans});
};

/**
 * Reads an HTTP request line for an observer: with any version, and with spaces in the target, which a server has to refuse (RFC 9112 §3).
 * Undefined if it cannot be read even so.
 */
const laxRequestLine = ({text, span}: Line): Result<RequestLine, HttpError> | undefined => {
  const [, method = '', gap = '', target = '', version = ''] =
    /^([^ ]+)( +)(.*[^ ]) +(HTTP\/\d\.\d) *$/.exec(text) ?? [];
  // The connection preface of HTTP/2 looks like a request line with the method PRI, but is no request (RFC 9113 §3.4).
  if (!isToken(method) || method === 'PRI') return undefined;
  const spans = {
    method: spanOf(span.start, method),
    target: spanOf(span.start + method.length + gap.length, target),
    version: spanOf(span.start + text.lastIndexOf(version), version),
  };
  return ok({kind: 'request', method, target, version, span, spans});
};

/**
 * Reads an HTTP status line for an observer: with any version, and also without reason and the space before it. Undefined if it cannot be
 * read even so.
 */
const laxStatusLine = ({text, span}: Line): Result<StatusLine, HttpError> | undefined => {
  const [, version = '', gap = '', code = '', reason = ''] =
    /^(HTTP\/\d\.\d)( +)(\d{3})(?:$| (.*)$)/s.exec(text) ?? [];
  if (version === '') return undefined;
  const status = spanOf(span.start + version.length + gap.length, code);
  const rest = spanOf(Math.min(status.end + 1, span.start + text.length), reason);
  const spans = {version: spanOf(span.start, version), status, reason: rest};
  return ok({kind: 'response', version, status: Number(code), reason, span, spans});
};

/** Reads an HTTP status line; strictly, the space after the code is required even if the reason is empty (RFC 9112 §4). */
export const readStatusLine = (line: Line, lenient = false): Result<StatusLine, HttpError> => {
  const strict = strictStatusLine(line);
  return strict.ok || !lenient ? strict : (laxStatusLine(line) ?? strict);
};

const strictStatusLine = ({text, span}: Line): Result<StatusLine, HttpError> => {
  const [, version, code, reason] = /^([^ ]*) ([^ ]*) (.*)$/s.exec(text) ?? [];
  if (version === undefined || code === undefined || reason === undefined) {
    return err(httpError('status-line', span.start));
  }
  const wrong = versionError(version, span.start);
  if (wrong) return err(wrong);
  const status = spanOf(span.start + version.length + 1, code);
  if (!/^\d{3}$/.test(code)) return err(httpError('status-code', status.start));
  const spans = {version: spanOf(span.start, version), status, reason: spanOf(status.end + 1, reason)};
  if (!isFieldContent(reason)) return err(httpError('reason', spans.reason.start));
  return ok({kind: 'response', version, status: Number(code), reason, span, spans});
};

/** Returns the minor version of HTTP/1 to assume for a message: 0 for `HTTP/1.0`, otherwise 1. */
export const minorVersion = (version: string): 0 | 1 => (version === 'HTTP/1.0' ? 0 : 1);

/** Returns why a strict reader would refuse this HTTP start line; undefined if it may be written. */
export const startLineError = (line: StartLineText): HttpError | undefined => {
  const read = line.kind === 'request' ? readRequestLine : readStatusLine;
  const text = startLineText(line);
  const result = read({text, span: spanOf(0, text)});
  return result.ok ? undefined : result.error;
};

export type StartLineText =
  | {readonly kind: 'request'; readonly method: string; readonly target: string; readonly version: string}
  | {readonly kind: 'response'; readonly version: string; readonly status: number; readonly reason: string};

export const startLineText = (line: StartLineText): string =>
  line.kind === 'request'
    ? `${line.method} ${line.target} ${line.version}`
    : `${line.version} ${String(line.status).padStart(3, '0')} ${line.reason}`;
