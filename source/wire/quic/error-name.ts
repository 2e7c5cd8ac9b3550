// The names of error codes in QUIC and HTTP/3 (RFC 9000 §20.1, RFC 9001 §4.8, RFC 9114 §8.1, RFC 9204 §6).
import {alertName} from '../tls/registry.ts';

const transport = [
  'NO_ERROR',
  'INTERNAL_ERROR',
  'CONNECTION_REFUSED',
  'FLOW_CONTROL_ERROR',
  'STREAM_LIMIT_ERROR',
  'STREAM_STATE_ERROR',
  'FINAL_SIZE_ERROR',
  'FRAME_ENCODING_ERROR',
  'TRANSPORT_PARAMETER_ERROR',
  'CONNECTION_ID_LIMIT_ERROR',
  'PROTOCOL_VIOLATION',
  'INVALID_TOKEN',
  'APPLICATION_ERROR',
  'CRYPTO_BUFFER_EXCEEDED',
  'KEY_UPDATE_ERROR',
  'AEAD_LIMIT_REACHED',
  'NO_VIABLE_PATH',
] as const;

const http3: ReadonlyMap<number, string> = new Map(
  [
    'H3_NO_ERROR',
    'H3_GENERAL_PROTOCOL_ERROR',
    'H3_INTERNAL_ERROR',
    'H3_STREAM_CREATION_ERROR',
    'H3_CLOSED_CRITICAL_STREAM',
    'H3_FRAME_UNEXPECTED',
    'H3_FRAME_ERROR',
    'H3_EXCESSIVE_LOAD',
    'H3_ID_ERROR',
    'H3_SETTINGS_ERROR',
    'H3_MISSING_SETTINGS',
    'H3_REQUEST_REJECTED',
    'H3_REQUEST_CANCELLED',
    'H3_REQUEST_INCOMPLETE',
    'H3_MESSAGE_ERROR',
    'H3_CONNECT_ERROR',
    'H3_VERSION_FALLBACK',
  ]
    .map((name, index): readonly [number, string] => [0x100 + index, name])
    .concat([
      [0x200, 'QPACK_DECOMPRESSION_FAILED'],
      [0x201, 'QPACK_ENCODER_STREAM_ERROR'],
      [0x202, 'QPACK_DECODER_STREAM_ERROR'],
    ]),
);

const transportName = (code: number): string => {
  if (code >= 0x100 && code < 0x200) return `CRYPTO_ERROR ${alertName(code - 0x100)}`;
  return transport[code] ?? `0x${code.toString(16)}`;
};

type Close = {readonly application: boolean; readonly code: number};

/** Returns the name of the error code in a CONNECTION_CLOSE frame. The codes of applications have names only for HTTP/3. */
export const closeName = ({application, code}: Close, speaksHttp3: boolean): string => {
  if (!application) return transportName(code);
  return speaksHttp3 ? (http3.get(code) ?? `0x${code.toString(16)}`) : String(code);
};

/** Tells whether a CONNECTION_CLOSE frame reports no error: code 0, or H3_NO_ERROR (0x100) of HTTP/3. */
export const isNoError = ({application, code}: Close): boolean =>
  code === 0 || (application && code === 0x100);
