// Finds the protocol rule that explains each TLS message or record of a capture, by the session's version and suite.
import type {TlsRuleId} from '../stack/tls/rules.ts';
import {cipherSuiteName} from '../wire/tls/cipher-suites.ts';
import {ProtocolVersion} from '../wire/tls/registry.ts';
import type {TlsSession} from './tls-sessions.ts';

const [tls12, tls13] = [ProtocolVersion['TLS 1.2'], ProtocolVersion['TLS 1.3']];

/**
 * Returns the TLS version whose rules apply: for ClientHello, or if no version was agreed on, by what the client offers; else the agreed
 * one (RFC 9846 §4.3.1). Undefined for versions other than 1.2 and 1.3.
 */
const versionFor = (
  {version, versionsOffered}: TlsSession,
  name = '',
): typeof tls12 | typeof tls13 | undefined => {
  const spoken =
    name === 'ClientHello' || version === undefined
      ? [tls13, tls12].find((each) => versionsOffered.includes(each))
      : version;
  return spoken === tls12 || spoken === tls13 ? spoken : undefined;
};

const modern: {readonly [message: string]: TlsRuleId} = {
  ClientHello: '9846:4.2.2/client-hello',
  HelloRetryRequest: '9846:4.2.4/ask-share',
  ServerHello: '9846:4.2.3/server-hello',
  EncryptedExtensions: '9846:4.4.1/encrypted-extensions',
  Certificate: '9846:4.5.1/certificate',
  CertificateVerify: '9846:4.5.2/verify',
  Finished: '9846:4.5.3/finished',
  EndOfEarlyData: '9846:4.6/end-of-early-data',
  NewSessionTicket: '9846:4.7.1/new-session-ticket',
  KeyUpdate: '9846:4.7.3/update',
};

const older: {readonly [message: string]: TlsRuleId} = {
  ClientHello: '5246:7.4.1.2/client-hello',
  ServerHello: '5246:7.4.1.3/server-hello',
  Certificate: '5246:7.4.2/certificate',
  ServerKeyExchange: '8422:5.4/server-key-exchange',
  ServerHelloDone: '5246:7.4.5/done',
  Finished: '5246:7.4.9/finished',
  NewSessionTicket: '5077:3.3/new-session-ticket',
};

/** TLS messages whose rule applies to a server only, which sends them unasked; a client sends them only on request. */
const ofServer: ReadonlySet<string> = new Set(['Certificate', 'CertificateVerify']);

type Spoken = {
  readonly session: TlsSession;
  readonly side: 0 | 1;
  readonly name: string;
  readonly packet: number;
};

const olderRule = ({suite, resumed}: TlsSession, name: string): TlsRuleId | undefined => {
  const suiteName = suite === undefined ? '' : cipherSuiteName(suite);
  const isCurve = suiteName.startsWith('TLS_ECDHE_');
  if (name === 'ServerHello' && resumed) return '5077:3.4/resume';
  if (name === 'ServerKeyExchange' && !isCurve) return undefined;
  if (name !== 'ClientKeyExchange') return older[name];
  if (isCurve) return '8422:5.7/client-key-exchange';
  return suiteName.startsWith('TLS_RSA_WITH_') ? '5246:7.4.7.1/client-key-exchange' : undefined;
};

/** Returns the id of the protocol rule that explains a TLS message; undefined if there is none. */
export const messageRule = ({session, side, name, packet}: Spoken): TlsRuleId | undefined => {
  if (side === 0 && ofServer.has(name)) return undefined;
  const version = versionFor(session, name);
  if (version !== tls13) return version && olderRule(session, name);
  const isAgain = session.messages.some(
    (each) => each.name === 'hello_retry_request' && each.frame < packet && name === 'ClientHello',
  );
  return isAgain ? '9846:4.2.4/client-hello-again' : modern[name];
};

/**
 * Whether a session's records follow TLS 1.3 (`isCurrent`) or 1.2 (`isOlder`), and the rules for encrypting them and for
 * change_cipher_spec.
 */
type RecordRules = {
  readonly isCurrent: boolean;
  readonly isOlder: boolean;
  readonly write?: TlsRuleId;
  readonly change?: TlsRuleId;
};

export const recordRules = (session: TlsSession): RecordRules => {
  const version = versionFor(session);
  const [isCurrent, isOlder] = [version === tls13, version === tls12];
  if (isCurrent)
    return {isCurrent, isOlder, write: '9846:5.2/write', change: '9846:5/change-cipher-spec/drop'};
  return isOlder
    ? {isCurrent, isOlder, write: '5246:6.2.3/write', change: '5246:7.1/change-cipher-spec'}
    : {isCurrent, isOlder};
};
