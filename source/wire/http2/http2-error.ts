// The errors that an HTTP/2 connection can show, each with the clause that it violates and the error code with which an end reports it.

/** The names of HTTP/2's error codes from 0 on (RFC 9113 §7; RFC 9218 adds none). */
const errorNames: readonly string[] = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

/** Returns the name of an HTTP/2 error code, or the code in hexadecimal if it has none. */
export const http2ErrorName = (code: number): string => errorNames[code] ?? `0x${code.toString(16)}`;

/** Maps each fault in HTTP/2 to the RFC section that it violates, and the error code with which an end reports it (RFC 9113 §7). */
const errors = {
  preface: ['RFC 9113 §3.4', 'PROTOCOL_ERROR'],
  'first-frame': ['RFC 9113 §3.4', 'PROTOCOL_ERROR'],
  'frame-large': ['RFC 9113 §4.2', 'FRAME_SIZE_ERROR'],
  'frame-size': ['RFC 9113 §4.2', 'FRAME_SIZE_ERROR'],
  'block-interrupted': ['RFC 9113 §4.3', 'PROTOCOL_ERROR'],
  'block-large': ['RFC 9113 §10.5.1', 'ENHANCE_YOUR_CALM'],
  'stream-idle': ['RFC 9113 §5.1', 'PROTOCOL_ERROR'],
  'stream-ended': ['RFC 9113 §5.1', 'STREAM_CLOSED'],
  'stream-number': ['RFC 9113 §5.1.1', 'PROTOCOL_ERROR'],
  'stream-zero': ['RFC 9113 §6', 'PROTOCOL_ERROR'],
  'stream-not-zero': ['RFC 9113 §6', 'PROTOCOL_ERROR'],
  padding: ['RFC 9113 §6.1', 'PROTOCOL_ERROR'],
  'setting-value': ['RFC 9113 §6.5.2', 'PROTOCOL_ERROR'],
  'push-promise': ['RFC 9113 §8.4', 'PROTOCOL_ERROR'],
  'window-zero': ['RFC 9113 §6.9', 'PROTOCOL_ERROR'],
  'window-beyond': ['RFC 9113 §6.9.1', 'FLOW_CONTROL_ERROR'],
  'window-large': ['RFC 9113 §6.9.1', 'FLOW_CONTROL_ERROR'],
  continuation: ['RFC 9113 §6.10', 'PROTOCOL_ERROR'],
  'length-differs': ['RFC 9113 §8.1.1', 'PROTOCOL_ERROR'],
  'field-name': ['RFC 9113 §8.2.1', 'PROTOCOL_ERROR'],
  'field-value': ['RFC 9113 §8.2.1', 'PROTOCOL_ERROR'],
  'field-of-connection': ['RFC 9113 §8.2.2', 'PROTOCOL_ERROR'],
  'pseudo-field': ['RFC 9113 §8.3', 'PROTOCOL_ERROR'],
  'hpack-integer': ['RFC 7541 §5.1', 'COMPRESSION_ERROR'],
  'hpack-short': ['RFC 7541 §5.2', 'COMPRESSION_ERROR'],
  'hpack-huffman': ['RFC 7541 §5.2', 'COMPRESSION_ERROR'],
  'hpack-index': ['RFC 7541 §2.3.3', 'COMPRESSION_ERROR'],
  'hpack-size': ['RFC 7541 §6.3', 'COMPRESSION_ERROR'],
  'hpack-size-late': ['RFC 7541 §4.2', 'COMPRESSION_ERROR'],
} as const;

export type Http2ErrorCode = keyof typeof errors;

/**
 * An error on an HTTP/2 connection: `clause` is the section that it violates, `error` the name of the error code with which an end reports
 * it.
 */
export type Http2Error = {readonly code: Http2ErrorCode; readonly clause: string; readonly error: string};

export const http2Error = (code: Http2ErrorCode): Http2Error => {
  const [clause, error] = errors[code];
  return {code, clause, error};
};
