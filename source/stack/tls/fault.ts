// Why a connection is given up: the alert that the RFC names, and the rule that names it.
import type {AlertName} from '../../wire/tls/registry.ts';
import type {TlsError, TlsErrorCode} from '../../wire/tls/tls-error.ts';
import type {PathFault} from './certificate-path.ts';
import type {TlsBecause, TlsRuleId} from './rules.ts';

export type Fault = {readonly alert: AlertName; readonly because: TlsBecause};

export const fault = (alert: AlertName, because: TlsBecause): Fault => ({alert, because});

/** What is wrong with the path, with what its key is for, or with the proof that the server has that key. */
export type CertificateFault = PathFault['fault'] | 'usage' | 'possession';

/** Of a certificate: the fact says what is wrong with it. */
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

/** What the codec found wrong names its alert itself. */
export const wireFault = ({code, alert}: TlsError): Fault => ({alert, because: rules[code]});
