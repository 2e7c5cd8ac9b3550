// The TLS sessions of a capture that was read in one pass: from the bytes that were kept of each connection, with the secrets
// that are there at its end. Of each what is told of it stays, not the session: there may be thousands.
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import {sameBytes} from '../wire/octets.ts';
import {decodeCertificate, shortName} from '../wire/tls/certificate.ts';
import {isAbout} from '../wire/tls/site-name.ts';
import type {Side, Streams, Told} from './connections.ts';
import type {HttpFault} from './http-faults.ts';
import {type HttpTransaction, HttpTransactions} from './http-transactions.ts';
import type {ObservedConnection} from './observed-connection.ts';
import type {TlsClosed} from './tls-contents.ts';
import type {TlsAlert, TlsMessage} from './tls-messages.ts';
import {programBytesOf} from './tls-plaintext.ts';
import {type TlsSession, tlsSessionOn} from './tls-sessions.ts';

/** Numbers as on the wire; undefined: not agreed on, or not to be seen. */
export type TlsSummary = Pick<
  TlsSession,
  | 'version'
  | 'suite'
  | 'group'
  | 'serverName'
  | 'alpn'
  | 'alpnOffered'
  | 'versionsOffered'
  | 'resumed'
  | 'pskOffered'
  | 'earlyDataOffered'
> & {
  /** The server's own, where it was seen in clear or opened. */
  readonly certificate: ShownCertificate | undefined;
  /** The client showed one, too. */
  readonly clientCertificate: boolean;
  /** The client's hello was captured. */
  readonly hello: boolean;
  /** The server had the client try again (RFC 9846 §4.2.4). */
  readonly retried: boolean;
  /** In the order of events. */
  readonly messages: readonly Pick<TlsMessage, 'frame' | 'name'>[];
  readonly alerts: readonly Pick<TlsAlert, 'side' | 'frame' | 'level' | 'description'>[];
  /** There are records that nothing opens. */
  readonly closed: boolean;
  /** Why secrets do not open them; undefined: there are none. */
  readonly why: TlsClosed['why'] | undefined;
  /** There are such as were opened. */
  readonly opened: boolean;
};

export type ShownCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** It names itself as its issuer. */
  readonly own: boolean;
  readonly notBeforeUs: number;
  readonly notAfterUs: number;
  /** The sites that it names (RFC 9525 §6.3). */
  readonly names: readonly string[];
  /** It names the site that the client asked for; undefined: it asked for none. */
  readonly fits: boolean | undefined;
};

/** `session` undefined: on TLS's port, and not TLS from its beginning. `http`: what was inside. */
export type CapturedTls = {
  readonly observed: ObservedConnection;
  readonly session: TlsSummary | undefined;
  readonly http: readonly HttpTransaction[];
  readonly httpFaults: readonly HttpFault[];
};

/** With the client as side 0, whoever was seen first. */
const streamsOf = ({client, streams}: ObservedConnection): Streams => {
  const turned = (side: Side): Side => (client === 0 ? side : side === 0 ? 1 : 0);
  const told: readonly Told[] = (streams?.told ?? []).map((each) => ({...each, side: turned(each.side)}));
  return {sent: told, arrived: told};
};

const httpInside = (session: TlsSession<Streams>): Pick<CapturedTls, 'http' | 'httpFaults'> => {
  const http = new HttpTransactions();
  for (const {side, piece, event} of programBytesOf(session) ?? []) http.take(side, piece, event);
  return {http: http.all, httpFaults: http.faults};
};

const certificateIn = ({certificates, serverName}: TlsSession<Streams>): ShownCertificate | undefined => {
  const [own] = certificates[1];
  const read = own && decodeCertificate(own);
  if (!read?.ok) return undefined;
  const {subject, issuer, subjectOctets, issuerOctets, notBeforeUs, notAfterUs, extensions} = read.value;
  return {
    ...{subject: shortName(subject), issuer: shortName(issuer), notBeforeUs, notAfterUs},
    own: sameBytes(subjectOctets, issuerOctets),
    names: (extensions.subjectAltNames ?? []).map((each) => (each.kind === 'dns' ? each.name : each.address)),
    fits: serverName === undefined ? undefined : isAbout(read.value, serverName),
  };
};

const summaryOf = (session: TlsSession<Streams>): TlsSummary => {
  const {version, suite, group, serverName, alpn, alpnOffered, versionsOffered} = session;
  const {resumed, pskOffered, earlyDataOffered, hellos} = session;
  return {
    version,
    suite,
    group,
    serverName,
    alpn,
    alpnOffered,
    versionsOffered,
    resumed,
    pskOffered,
    earlyDataOffered,
    certificate: certificateIn(session),
    clientCertificate: session.certificates[0].length > 0,
    hello: hellos.client !== undefined,
    retried: hellos.retry !== undefined,
    messages: session.messages.map(({frame, name}) => ({frame, name})),
    alerts: session.alerts.map(({side, frame, level, description}) => ({
      side,
      frame,
      level,
      description,
    })),
    closed: session.contents.some(({content}) => content === undefined),
    why: session.closed[0]?.why,
    opened: session.contents.some(({encrypted, content}) => encrypted && content !== undefined),
  };
};

/** In the order of the connections. */
export const capturedTls = (
  connections: readonly ObservedConnection[],
  keys: TlsKeys | undefined,
): readonly CapturedTls[] =>
  connections.flatMap((observed): readonly CapturedTls[] => {
    if (observed.streams?.spoken !== 'tls' && !observed.streams?.unclearTls) return [];
    const session = tlsSessionOn(streamsOf(observed), keys);
    if (!session) return [{observed, session: undefined, http: [], httpFaults: []}];
    return [{observed, session: summaryOf(session), ...httpInside(session)}];
  });
