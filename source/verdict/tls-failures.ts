// Findings about TLS: alerts and their causes, plain bytes to a TLS server and the reverse, old versions, ends without close_notify.
import type {FirstWords} from '../observe/first-words.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {CapturedTls, TlsSummary} from '../observe/tls-captured.ts';
import {combinedValue} from '../wire/http/field-lines.ts';
import {isFatal} from '../wire/tls/alert.ts';
import {AlertDescription as Alert, alertName, ProtocolVersion, versionName} from '../wire/tls/registry.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {MessagesId} from './ids.ts';

type Said = TlsSummary['alerts'][number];

const none: readonly Finding<MessagesId>[] = [];

const ofCertificates: ReadonlySet<number> = new Set([
  Alert.bad_certificate,
  Alert.unsupported_certificate,
  Alert.certificate_revoked,
  Alert.certificate_expired,
  Alert.certificate_unknown,
  Alert.unknown_ca,
]);

/**
 * The TLS alerts with which an end refuses because the other end's offers suit it in no point: version, security level, application
 * protocol.
 */
const ofOffers: ReadonlySet<number> = new Set([
  Alert.protocol_version,
  Alert.insufficient_security,
  Alert.no_application_protocol,
]);

const frameOf = ({messages}: TlsSummary, name: string): readonly number[] =>
  messages.filter((each) => each.name === name).map(({frame}) => frame);

const isNothingCommon = (session: TlsSummary, {side, description}: Said): boolean =>
  ofOffers.has(description) ||
  (side === 1 &&
    description === Alert.handshake_failure &&
    session.version === undefined &&
    session.hello &&
    !session.offersUsual);

/**
 * Tells whether a server's TLS alert is about the client's certificate: a certificate alert, or a refusal after the server had asked for
 * one.
 */
const isOfClient = (session: TlsSummary, {side, description, frame}: Said): boolean => {
  if (side !== 1) return false;
  if (description === Alert.certificate_required || ofCertificates.has(description)) return true;
  const isAsked = frameOf(session, 'certificate_request').some((each) => each <= frame);
  return isAsked && (description === Alert.handshake_failure || description === Alert.access_denied);
};

const alertFinding = (
  {observed, session}: CapturedTls,
  takenUs: number | undefined,
): Finding<MessagesId> | undefined => {
  const said = session?.alerts.find((each) => isFatal(each, session.version));
  if (!session || !said) return undefined;
  const by = said.side === 0 ? ('client' as const) : ('server' as const);
  const alert = alertName(said.description);
  const about = {connection: observed.id};
  const [helloFrame = 0] = frameOf(session, 'client_hello');
  const frames = [helloFrame, said.frame].filter((frame) => frame > 0);
  if (isOfClient(session, said)) {
    const [asked = 0] = frameOf(session, 'certificate_request');
    const facts = {alert, shown: session.clientCertificate};
    return finding('tls-client-certificate', {
      ...{about, facts, certainty: said.description === Alert.certificate_required ? 'proved' : 'deduced'},
      where: session.clientCertificate ? 'unknown' : 'client',
      frames: asked > 0 ? [asked, said.frame] : frames,
      rivals: [{id: 'tls-nothing-common', open: false, by: frameOf(session, 'server_hello').slice(0, 1)}],
    });
  }
  if (by === 'client' && ofCertificates.has(said.description)) {
    const {subject, issuer, own = false, notAfterUs = 0, fits} = session.certificate ?? {};
    const atUs = takenUs === undefined ? undefined : takenUs + observed.firstUs;
    const isOver = session.certificate !== undefined && atUs !== undefined && atUs > notAfterUs;
    const expired = isOver || said.description === Alert.certificate_expired;
    return finding('tls-untrusted', {
      ...{about, certainty: 'proved', where: expired || fits === false ? 'server' : 'unknown'},
      frames: [...frameOf(session, 'certificate').slice(0, 1), said.frame],
      facts: {alert, subject, issuer, own, expired, otherName: fits === false, site: session.serverName},
    });
  }
  if (isNothingCommon(session, said))
    return finding('tls-nothing-common', {
      ...{about, frames, facts: {alert, by}},
      certainty: ofOffers.has(said.description) ? 'proved' : 'deduced',
    });
  return finding('tls-alert', {
    ...{about, frames, certainty: 'proved', where: by},
    facts: {
      by,
      alert,
      early: session.version === undefined,
      silent: said.description === Alert.handshake_failure,
    },
  });
};

const tlsPorts: ReadonlySet<number> = new Set([443, 8443]);

type Kind = FirstWords['kind'];

const plainAnswers: ReadonlySet<Kind> = new Set(['http', 'told', 'text', 'http2']);
const plainRequests: ReadonlySet<Kind> = new Set(['http', 'http2', 'text']);

/** Returns the end that spoke TLS while the other end spoke plain text; undefined if both spoke the same, or it cannot be told. */
const mismatchOf = (
  client: FirstWords,
  server: FirstWords,
  port: number,
): 'client' | 'server' | undefined => {
  if (client.kind === 'client-hello') return plainAnswers.has(server.kind) ? 'client' : undefined;
  if (!plainRequests.has(client.kind)) return undefined;
  // A server that sends before the client does is not a TLS server, so this is no mismatch of TLS and plain text.
  if (server.frame < client.frame) return undefined;
  if (server.kind === 'alert') return 'server';
  const isRefusal = server.kind === 'told' || (client.kind === 'http' && tlsPorts.has(port));
  return isRefusal && statusIn(server) === badRequest ? 'server' : undefined;
};

const badRequest = 400;

const statusIn = ({line}: FirstWords): number | undefined => {
  const [, status] = line.match(/^HTTP\/1\.[01] (\d{3})/) ?? [];
  return status === undefined ? undefined : Number(status);
};

const mismatchFinding = ({id, client, ends, streams}: ObservedConnection): readonly Finding<MessagesId>[] => {
  const own = streams?.firstWords(client);
  const far = streams?.firstWords(client === 0 ? 1 : 0);
  if (!own || !far) return none;
  const {port} = ends[client === 0 ? 1 : 0];
  const tls = mismatchOf(own, far, port);
  if (tls === undefined) return none;
  return [
    finding('tls-plain-mismatch', {
      about: {connection: id},
      certainty: far.kind === 'http' && tls === 'server' ? 'deduced' : 'proved',
      frames: [own.frame, far.frame],
      facts: {tls, port: String(port), answer: far.line === '' ? undefined : far.line},
    }),
  ];
};

/** The name of the old version of which only the hellos are decoded (RFC 6176). */
const oldestName = 'SSL 2.0';

const oldFindings = ({connections, tls}: Evidence): readonly Finding<MessagesId>[] => [
  ...connections.flatMap(({id, client, streams}) => {
    const own = streams?.firstWords(client);
    if (own?.kind !== 'ssl2') return none;
    const far = streams?.firstWords(client === 0 ? 1 : 0);
    if (far?.kind !== 'ssl2') return none;
    const facts = {version: oldestName, rfc: 6176};
    return [
      finding('tls-old', {
        about: {connection: id},
        certainty: 'proved',
        frames: [own.frame, far.frame],
        facts,
      }),
    ];
  }),
  ...tls.flatMap(({observed, session}) => {
    const version = session?.version;
    if (!session || version === undefined || version >= ProtocolVersion['TLS 1.2']) return none;
    const name = versionName(version);
    return [
      finding('tls-old', {
        ...{about: {connection: observed.id}, certainty: 'proved', frames: frameOf(session, 'server_hello')},
        facts: {version: name, rfc: name === 'SSL 3.0' ? 7568 : 8996},
      }),
    ];
  }),
];

/**
 * Tells whether the last HTTP response on a TLS connection ends with the connection (RFC 9112 §6.3), because no header field tells its
 * length.
 */
const endsWithConnection = ({http}: CapturedTls): boolean => {
  const {request, response} = http.at(-1) ?? {};
  if (!request || !response) return false;
  const {start, fields} = response.head;
  const isEmpty = start.status < 200 || start.status === 204 || start.status === 304;
  const hasLength = ['Content-Length', 'Transfer-Encoding'].some(
    (name) => combinedValue(fields, name) !== undefined,
  );
  return !isEmpty && !hasLength && request.head.start.method !== 'HEAD';
};

const cutFindings = (captured: CapturedTls): readonly Finding<MessagesId>[] => {
  const {observed, session} = captured;
  if (!session?.opened || session.why !== undefined || !endsWithConnection(captured)) return none;
  const server = observed.client === 0 ? 1 : 0;
  const finFrame = observed.course.finFrame(server);
  if (finFrame === 0 || session.closeNotify.includes(1)) return none;
  const {response} = captured.http.at(-1) ?? {};
  return [
    finding('tls-cut', {
      ...{about: {connection: observed.id}, certainty: 'proved', where: 'unknown'},
      frames: [response?.begins ?? finFrame, finFrame],
      facts: {bytes: response?.contentBytes ?? 0},
    }),
  ];
};

export const tlsFailures = (evidence: Evidence): readonly Finding<MessagesId>[] => {
  const mismatches = evidence.connections.flatMap(mismatchFinding);
  const mistaken = new Set(mismatches.map(({about}) => ('connection' in about ? about.connection : 0)));
  return [
    ...mismatches,
    ...evidence.tls
      .filter(({observed}) => !mistaken.has(observed.id))
      .flatMap((each) => alertFinding(each, evidence.inspector.takenUs) ?? none),
    ...oldFindings(evidence),
    ...evidence.tls.flatMap(cutFindings),
  ];
};
