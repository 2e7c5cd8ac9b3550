// The errors in the octets of TLS messages: for each, the RFC section that it violates, the alert that answers it, and its offset.
import type {AlertName} from './registry.ts';

type Fault = {readonly clause: string; readonly alert: AlertName};

/**
 * Maps each error in TLS octets to the RFC section that it violates, and the alert that answers it (RFC 9846 §6: decode_error for syntax
 * errors).
 */
const tlsFaults = {
  'content-type': {clause: 'RFC 9846 §5', alert: 'unexpected_message'},
  'record-long': {clause: 'RFC 9846 §5.1', alert: 'record_overflow'},
  'record-empty': {clause: 'RFC 9846 §5.1', alert: 'unexpected_message'},
  interleaved: {clause: 'RFC 9846 §5.1', alert: 'unexpected_message'},
  'change-cipher-spec': {clause: 'RFC 9846 §5', alert: 'unexpected_message'},
  'alert-size': {clause: 'RFC 9846 §5.1', alert: 'decode_error'},
  'handshake-type': {clause: 'RFC 9846 §4', alert: 'unexpected_message'},
  'handshake-long': {clause: 'RFC 9846 §6.2', alert: 'decode_error'},
  short: {clause: 'RFC 9846 §6', alert: 'decode_error'},
  'vector-length': {clause: 'RFC 9846 §3.4', alert: 'decode_error'},
  trailing: {clause: 'RFC 9846 §6', alert: 'decode_error'},
  'extension-twice': {clause: 'RFC 9846 §4.3', alert: 'illegal_parameter'},
  'psk-not-last': {clause: 'RFC 9846 §4.3.11', alert: 'illegal_parameter'},
  'der-tag': {clause: 'RFC 5280 §4.1', alert: 'bad_certificate'},
  'der-length': {clause: 'X.690 §10.1', alert: 'bad_certificate'},
  'der-value': {clause: 'X.690 §8', alert: 'bad_certificate'},
  'certificate-extension-twice': {clause: 'RFC 5280 §4.2', alert: 'bad_certificate'},
  'certificate-time': {clause: 'RFC 5280 §4.1.2.5', alert: 'bad_certificate'},
  'key-update': {clause: 'RFC 9846 §4.7.3', alert: 'illegal_parameter'},
} as const satisfies Readonly<Record<string, Fault>>;

export type TlsErrorCode = keyof typeof tlsFaults;

/** An error in the octets of a TLS message; `at` is its offset in the octets that were to be decoded. */
export type TlsError = Fault & {readonly code: TlsErrorCode; readonly at: number};

export const tlsError = (code: TlsErrorCode, at: number): TlsError => ({code, at, ...tlsFaults[code]});
