// The errors of an HTTP message: codes, each with the clause that forbids it, and its place in the stream.

/**
 * The clauses that the errors of HTTP/1 messages violate, by code. RFC 9110 and 9112 say for most of them that a server answers 400 and
 * that both ends close.
 */
export const httpErrorClauses = {
  'bare-cr': 'RFC 9112 §2.2',
  'bare-lf': 'RFC 9112 §2.2',
  'leading-space': 'RFC 9112 §2.2',
  'request-line': 'RFC 9112 §3',
  method: 'RFC 9110 §9.1',
  target: 'RFC 9112 §3.2',
  'start-line-long': 'RFC 9112 §3',
  'status-line': 'RFC 9112 §4',
  'status-code': 'RFC 9110 §15',
  reason: 'RFC 9112 §4',
  version: 'RFC 9112 §2.3',
  'version-major': 'RFC 9110 §2.5',
  'field-colon': 'RFC 9112 §5',
  'field-name': 'RFC 9110 §5.1',
  'field-name-space': 'RFC 9112 §5.1',
  'field-value': 'RFC 9110 §5.5',
  'obs-fold': 'RFC 9112 §5.2',
  'fields-long': 'RFC 9110 §5.4',
  'fields-many': 'RFC 9110 §5.4',
  'host-missing': 'RFC 9112 §3.2',
  'host-left-out': 'RFC 9112 §3.2',
  'host-twice': 'RFC 9112 §3.2',
  'host-invalid': 'RFC 9112 §3.2',
  'length-and-coding': 'RFC 9112 §6.3',
  'coding-1.0': 'RFC 9112 §6.1',
  'coding-syntax': 'RFC 9112 §7',
  'coding-not-last': 'RFC 9112 §6.3',
  'coding-twice': 'RFC 9112 §6.1',
  'coding-parameters': 'RFC 9112 §7.1',
  'length-syntax': 'RFC 9112 §6.3',
  'length-differs': 'RFC 9112 §6.3',
  'length-large': 'RFC 9110 §8.6',
  'chunk-size': 'RFC 9112 §7.1',
  'chunk-size-large': 'RFC 9112 §7.1',
  'chunk-size-space': 'RFC 9112 §7.1',
  'chunk-extension': 'RFC 9112 §7.1.1',
  'chunk-line-long': 'RFC 9112 §7.1.1',
  'chunk-extensions-long': 'RFC 9112 §7.1.1',
  'chunk-end': 'RFC 9112 §7.1',
  'trailer-field': 'RFC 9110 §6.5.1',
  'content-forbidden': 'RFC 9112 §6.3',
  'content-length-wrong': 'RFC 9110 §8.6',
  'response-unasked': 'RFC 9112 §9.2',
  'head-incomplete': 'RFC 9112 §8',
  'content-incomplete': 'RFC 9112 §8',
  'chunks-incomplete': 'RFC 9112 §8',
} as const;

export type HttpErrorCode = keyof typeof httpErrorClauses;

/** An error in an HTTP/1 message; `at` is an offset in the stream, or 0 for a message that was to be written. */
export type HttpError = {readonly code: HttpErrorCode; readonly at: number; readonly clause: string};

export const httpError = (code: HttpErrorCode, at = 0): HttpError => ({
  code,
  at,
  clause: httpErrorClauses[code],
});
