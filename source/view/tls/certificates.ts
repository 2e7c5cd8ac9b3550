// The server's certificates on the present TLS connection: the chain that it sent, and the client's verdict (RFC 5280 §6.1, RFC 9525).

import {citation} from '../../account/citation.ts';
import {entriesOf} from '../../account/entries.ts';
import {chainIn} from '../../lesson/tls/certificate-shown.ts';
import type {TlsAlert} from '../../observe/tls-messages.ts';
import type {TlsSession} from '../../observe/tls-sessions.ts';
import type {Trace} from '../../sim/trace.ts';
import {sameBytes} from '../../wire/octets.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Certificate, decodeCertificate} from '../../wire/tls/certificate.ts';
import {AlertDescription, alertName, ProtocolVersion} from '../../wire/tls/registry.ts';
import type {CertificateFault, ChainPlace} from '../../words/certificates.ts';
import {lastSeen} from '../seen.ts';
import type {View} from '../view.ts';
import {type CheckMade, checksIn, type Failure, failureIn} from './certificate-checks.ts';
import {chosenIn, type TlsConnectionSeen, type TlsEventSeen, tlsAtHand} from './connections.ts';
import {sessionAtHand} from './records.ts';

export type ChainLink = {
  readonly place: ChainPlace;
  /** The parsed certificate of a chain; undefined if its octets cannot be parsed. */
  readonly certificate: Certificate | undefined;
  /** The fault that the client found in this certificate; undefined if it found none. */
  readonly fault: CertificateFault | undefined;
};

/** The client's verdict on the server's certificates; `unjudged` if it has not decided, or if the observer cannot know. */
export type Verdict =
  | {readonly kind: 'unjudged'}
  | {readonly kind: 'believed'}
  /** The verdicts that a capture can show: `packet` is the one by which the client continues the handshake, or refuses the certificates. */
  | {readonly kind: 'goesOn'; readonly packet: number; readonly clause: string}
  | {readonly kind: 'rejected'; readonly packet: number; readonly alert: string}
  | {
      readonly kind: 'refused';
      readonly fault: CertificateFault;
      /** The name of the TLS alert by which the client refuses the certificates; undefined until it has been sent. */
      readonly alert: string | undefined;
    };

export type CertificateScene = {
  readonly links: readonly ChainLink[];
  readonly verdict: Verdict;
  /** True if the TLS session is resumed, so that a pre-shared key replaces the certificates. */
  readonly resumed: boolean;
  /** True if the server's certificates, if there are any, are in records that cannot be decrypted. */
  readonly sealed: boolean;
  /** The checks of certificates that the client makes, with their results so far; empty while it has judged nothing, and in a capture. */
  readonly checks: readonly CheckMade[];
};

/** Returns the certificates that the server sent, as octets; empty until it has sent them. */
const sentChain = (connection: TlsConnectionSeen): readonly Uint8Array[] => {
  for (const {what, host} of connection.events)
    if (
      what.kind === 'message' &&
      what.name === 'certificate' &&
      (connection.roles.get(host) === 'server') === (what.op === 'sent')
    )
      return chainIn(what.bytes);
  return [];
};

const isOwn = ({issuerOctets, subjectOctets}: Certificate): boolean => sameBytes(issuerOctets, subjectOctets);

type Judged = {
  readonly verdict: Verdict;
  readonly path: readonly Uint8Array[] | undefined;
  readonly failure: Failure | undefined;
};

const clientEvents = ({events, roles}: TlsConnectionSeen) =>
  events.filter(({host}) => roles.get(host) === 'client');

const judge = (trace: Trace, own: readonly TlsEventSeen[]): Judged => {
  const told = own.map(({what}) => what);
  const failure = failureIn(trace, own);
  if (failure) {
    const alert = told.find((what) => what.kind === 'alert' && what.op === 'sent');
    const name = alert?.kind === 'alert' ? alert.name : undefined;
    return {verdict: {kind: 'refused', fault: failure.fault, alert: name}, path: undefined, failure};
  }
  const path = told.find((what) => what.kind === 'path');
  const kind = path ? 'believed' : 'unjudged';
  return {verdict: {kind}, path: path?.certificates, failure};
};

const linksOf = (sent: readonly Uint8Array[], {path, failure}: Judged): readonly ChainLink[] => {
  const chain = path ?? sent;
  return chain.map((octets, index) => {
    const read = decodeCertificate(octets);
    const certificate = read.ok ? read.value : undefined;
    const own = certificate !== undefined && isOwn(certificate);
    const trusted = path !== undefined && index === chain.length - 1;
    const place = trusted && index > 0 ? 'root' : own ? 'self' : index === 0 ? 'site' : 'authority';
    // If the issuer of the last certificate is missing, no certificate of the chain is at fault, and the fault is shown at the last one.
    const faulty = failure && index === Math.min(failure.at, chain.length - 1);
    return {place, certificate, fault: faulty ? failure.fault : undefined};
  });
};

const ofRun = (trace: Trace, connection: TlsConnectionSeen): CertificateScene => {
  const sent = sentChain(connection);
  const own = clientEvents(connection);
  const judged = judge(trace, own);
  const resumed = connection.events.some(({what}) => what.kind === 'established' && what.agreement.resumed);
  const checks = checksIn(judged.failure, own, chosenIn(connection));
  return {links: linksOf(sent, judged), verdict: judged.verdict, resumed, sealed: false, checks};
};

/** Tells whether any client of this run refuses a certificate. */
const isRefused = oncePer(
  (trace: Trace): boolean => failureIn(trace, [...entriesOf(trace, 'tls')]) !== undefined,
);

/** Tells whether a TLS client of this run refuses a certificate and the chosen observer may see that; an observer on the path does not. */
export const hasFailed = (view: View): boolean => !isOnPath(view) && isRefused(view.input.trace);

/** Tells whether the chosen observer is on the path (an eavesdropper or a thief), and so sees only TLS records, even with a leaked key. */
export const isOnPath = ({input: {playback}}: View): boolean =>
  playback.eyes === 'eavesdropper' || playback.eyes === 'thief';

/**
 * Returns why no certificate can be shown. `none`: there has been no TLS message yet. `resumed`: a pre-shared key replaces the
 * certificates. `sealed`: they would be in records that cannot be decrypted. `notYet`: none has been sent yet.
 */
export const absenceOf = (scene: CertificateScene | undefined): 'none' | 'resumed' | 'sealed' | 'notYet' => {
  if (!scene) return 'none';
  if (scene.resumed) return 'resumed';
  return scene.sealed ? 'sealed' : 'notYet';
};

/** The handshake messages by which a TLS client shows that it has accepted the server's certificates. */
const goesOnWith: ReadonlySet<string> = new Set(['client_key_exchange', 'finished']);

/** The TLS alerts by which a client refuses certificates (RFC 9846 §6.2). */
const certificateAlerts: ReadonlySet<number> = new Set([
  AlertDescription.bad_certificate,
  AlertDescription.unsupported_certificate,
  AlertDescription.certificate_revoked,
  AlertDescription.certificate_expired,
  AlertDescription.certificate_unknown,
  AlertDescription.unknown_ca,
]);

/**
 * Returns the verdict on the certificates that a client in a capture has shown by event `seen`, by an alert or by continuing the handshake.
 */
const shownVerdict = ({version, messages, alerts}: TlsSession, seen: number): Verdict => {
  const isOwn = ({side, event}: Pick<TlsAlert, 'side' | 'event'>): boolean => side === 0 && event <= seen;
  const alert = alerts.find((each) => isOwn(each) && certificateAlerts.has(each.description));
  if (alert) return {kind: 'rejected', packet: alert.frame, alert: alertName(alert.description)};
  const on = messages.find((each) => isOwn(each) && goesOnWith.has(each.name));
  if (!on) return {kind: 'unjudged'};
  const clause = version === ProtocolVersion['TLS 1.3'] ? '9846 §C.2' : '5246 §7.4.5';
  return {kind: 'goesOn', packet: on.frame, clause: citation(clause)};
};

/** Returns the server's certificates as they may be shown now, with the client's verdict; undefined before any TLS message. */
export const certificateScene = (view: View): CertificateScene | undefined => {
  const connection = tlsAtHand(view);
  if (connection && !isOnPath(view)) return ofRun(view.input.trace, connection);
  const session = sessionAtHand(view);
  if (!session) return undefined;
  const message = session.messages.find(({side, name}) => side === 1 && name === 'certificate');
  const sent = message && message.event <= lastSeen(view) ? session.certificates[1] : [];
  const verdict = shownVerdict(session, lastSeen(view));
  const judged: Judged = {verdict, path: undefined, failure: undefined};
  return {
    links: linksOf(sent, judged),
    verdict: judged.verdict,
    resumed: session.resumed === true,
    sealed: session.contents.some(
      ({seen: {side, event}, content}) => side === 1 && content === undefined && event <= lastSeen(view),
    ),
    checks: [],
  };
};
