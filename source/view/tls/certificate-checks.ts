// Lists the checks that a TLS client makes before it accepts a certificate, in their order, and how far it got (RFC 5280 §6.1, RFC 9525 §6,
// RFC 9846 §4.5, RFC 5246 §7.4).

import {factsOf} from '../../account/reason.ts';
import type {Trace} from '../../sim/trace.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {ProtocolVersion} from '../../wire/tls/registry.ts';
import type {checkNames} from '../../words/catalogue/certificates.ts';
import type {CertificateFault} from '../../words/certificates.ts';
import type {Chosen, TlsEventSeen} from './connections.ts';

type Check = Exclude<keyof typeof checkNames, 'revocation'>;

export type CheckMade = {
  readonly check: keyof typeof checkNames;
  readonly rfc: string;
  /**
   * The result of a check of certificates; `partly`: some certificates passed before the client stopped at another fault, `notMade`: this
   * client never makes the check.
   */
  readonly result: 'passed' | 'failed' | 'partly' | 'notReached' | 'notMade';
  /** The number of certificates that had passed this check when the client stopped at another fault or certificate; otherwise 0. */
  readonly done: number;
  readonly fault: CertificateFault | undefined;
};

/** The stages of certificate validation by a TLS client. The checks of one stage are made together, for one certificate after the other. */
const stages: readonly (readonly Check[])[] = [
  ['readable'],
  ['usage'],
  ['issuer', 'constraints', 'signature'],
  ['validity', 'extensions', 'purpose'],
  ['name'],
  ['possession'],
];

const clauses: {readonly [check in Exclude<keyof typeof checkNames, 'possession'>]: string} = {
  readable: 'RFC 5280 §4.1',
  usage: 'RFC 5280 §4.2.1.3',
  // The clause for a known issuer is that on trust anchors, which no step of the validation finds, because they are one of its inputs (RFC
  // 5280).
  issuer: 'RFC 5280 §6.1.1 (d)',
  constraints: 'RFC 5280 §6.1.4 (k)–(n)',
  signature: 'RFC 5280 §6.1.3 (a)(1)',
  validity: 'RFC 5280 §6.1.3 (a)(2)',
  // On unknown critical extensions, the first clause applies to certificates that sign others, the second to the site's own.
  extensions: 'RFC 5280 §6.1.4 (o), §6.1.5 (f)',
  purpose: 'RFC 5280 §4.2.1.12',
  name: 'RFC 9525 §6',
  revocation: 'RFC 5280 §6.1.3 (a)(3)',
};

const signedExchange = 'RFC 5246 §7.4.3';

/**
 * Returns the clause on how a server proves that it has the private key. In TLS 1.2 it signs ServerKeyExchange; with RSA key transport only
 * the owner of the key can make the Finished.
 */
const possessionClause = ({version, suite}: Chosen): string => {
  if (version === ProtocolVersion['TLS 1.3']) return 'RFC 9846 §4.5.2';
  return cipherSuiteName(suite).startsWith('TLS_RSA_') ? 'RFC 5246 §7.4.9' : signedExchange;
};

const checkOf: {readonly [fault in CertificateFault]: Check} = {
  'no-certificate': 'readable',
  unreadable: 'readable',
  usage: 'usage',
  'unknown-issuer': 'issuer',
  'too-long': 'issuer',
  'not-an-authority': 'constraints',
  'bad-signature': 'signature',
  'unknown-algorithm': 'signature',
  expired: 'validity',
  'not-yet-valid': 'validity',
  'unknown-extension': 'extensions',
  'other-purpose': 'purpose',
  'other-name': 'name',
  possession: 'possession',
};

export type Failure = {readonly fault: CertificateFault; readonly at: number};

const isFault = (fact: unknown): fact is CertificateFault =>
  typeof fact === 'string' && Object.hasOwn(checkOf, fact);

/**
 * Returns the fault for which a TLS client refused the certificates, and the index of the certificate; undefined if it did not. `events`
 * are the client's TLS events.
 */
export const failureIn = (trace: Trace, events: readonly TlsEventSeen[]): Failure | undefined => {
  for (const {n, what} of events) {
    if (what.kind === 'pathFault') return {fault: what.fault, at: what.place};
    const fault = what.kind === 'alert' && what.op === 'sent' ? factsOf(trace, n)['certificate'] : undefined;
    if (isFault(fault)) return {fault, at: 0};
  }
  return undefined;
};

type Reached = {readonly stage: number; readonly check: Check | undefined; readonly at: number};

/**
 * Tells whether the server has proved that it has the private key. In TLS 1.2 the client checks the signature of ServerKeyExchange before
 * it continues; otherwise the Finished is the proof.
 */
const hasProof = (events: readonly TlsEventSeen[], chosen: Chosen): boolean =>
  events.some(
    ({what}) =>
      what.kind === 'established' ||
      (what.kind === 'message' &&
        what.op === 'sent' &&
        what.name === 'client_key_exchange' &&
        possessionClause(chosen) === signedExchange),
  );

type Judging = {readonly failure: Failure | undefined; readonly chosen: Chosen};

/**
 * Returns the stage and the check of certificate validation at which the client stopped, or the stage after the last completed one;
 * undefined while it has judged nothing.
 */
const reachedIn = (events: readonly TlsEventSeen[], {failure, chosen}: Judging): Reached | undefined => {
  if (failure) {
    const check = checkOf[failure.fault];
    const stage = stages.findIndex((each) => each.includes(check));
    // This fault means that a certificate may not sign the one before it, so the check failed for the link from the certificate before.
    return {stage, check, at: check === 'constraints' ? failure.at - 1 : failure.at};
  }
  if (!events.some(({what}) => what.kind === 'path')) return undefined;
  return {stage: stages.length - (hasProof(events, chosen) ? 0 : 1), check: undefined, at: 0};
};

type Course = Judging & {readonly reached: Reached};

const madeOf = (check: Check, {reached, failure, chosen}: Course): CheckMade => {
  const stage = stages.findIndex((each) => each.includes(check));
  const rfc = check === 'possession' ? possessionClause(chosen) : clauses[check];
  const made = {check, rfc, done: 0, fault: undefined} as const;
  if (stage !== reached.stage) return {...made, result: stage < reached.stage ? 'passed' : 'notReached'};
  if (check === reached.check) return {...made, result: 'failed', fault: failure?.fault, done: reached.at};
  const together = stages[stage] ?? [];
  const before = reached.check !== undefined && together.indexOf(check) < together.indexOf(reached.check);
  const done = reached.at + (before ? 1 : 0);
  return {...made, result: done > 0 ? 'partly' : 'notReached', done};
};

/**
 * Returns the client's checks of the certificates with their results; empty while it has judged nothing. `chosen` is what the ServerHello
 * chose, undefined before it.
 */
export const checksIn = (
  failure: Failure | undefined,
  events: readonly TlsEventSeen[],
  chosen: Chosen | undefined,
): readonly CheckMade[] => {
  if (!chosen) return [];
  const reached = reachedIn(events, {failure, chosen});
  if (!reached) return [];
  const made = stages.flat().map((check) => madeOf(check, {reached, failure, chosen}));
  const revocation = {check: 'revocation', rfc: clauses.revocation, result: 'notMade', done: 0} as const;
  return [...made, {...revocation, fault: undefined}];
};
