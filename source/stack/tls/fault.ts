// The reason to end a TLS connection: the alert that the RFC prescribes, and the rule that prescribes it.
import type {AlertName} from '../../wire/tls/registry.ts';
import type {TlsError, TlsErrorCode} from '../../wire/tls/tls-error.ts';
import type {PathFault} from './certificate-path.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';

export type Fault = {readonly alert: AlertName; readonly because: TlsBecause};

export const fault = (alert: AlertName, because: TlsBecause): Fault => ({alert, because});

/**
 * Tells what is wrong with a TLS server's certificate: the path to a root, the usage of its key, or the proof that the server has the key.
 */
export type CertificateFault = PathFault['fault'] | 'usage' | 'possession';

/** Returns the TLS fault of a certificate, with the fact `certificate` that says what is wrong. */
export const certificateFault = (alert: AlertName, rule: TlsRuleId, what: CertificateFault): Fault =>
  fault(alert, {rule, facts: {certificate: what}});

const unreadable: TlsBecause = {rule: '9846:4.5.1.3/unreadable', facts: {certificate: 'unreadable'}};

const rules: Readonly<Record<TlsErrorCode, TlsBecause>> = {
  'content-type': '9846:5/content-type',
  'record-long': '9846:5.1/length',
  'record-empty': '9846:5.1/empty',
  interleaved: '9846:5.1/interleaved',
  'change-cipher-spec': '9846:5/change-cipher-spec',
  'alert-size': '9846:6/decode',
  'handshake-type': '9846:4/unexpected',
  'handshake-long': '9846:6/decode',
  short: '9846:6/decode',
  'vector-length': '9846:6/decode',
  trailing: '9846:6/decode',
  'extension-twice': '9846:4.3/twice',
  'psk-not-last': '9846:4.3.11/last',
  'der-tag': unreadable,
  'der-length': unreadable,
  'der-value': unreadable,
  'certificate-extension-twice': unreadable,
  'certificate-time': unreadable,
  'key-update': '9846:4.7.3/value',
};

/** Returns the TLS fault of an error in decoding a message or record; the error names the alert. */
export const wireFault = ({code, alert}: TlsError): Fault => ({alert, because: rules[code]});
