// Notes about TLS sessions: weak suites and keys, certificates that a strict client refuses, a second ClientHello, early data, an abandoned
// handshake, and hellos of SSL 2.0.
import type {CapturedTls, TlsSummary} from '../observe/tls-captured.ts';
import {dateText} from '../wire/http/calendar.ts';
import {isCanceled} from '../wire/tls/alert.ts';
import {alertName, groupName} from '../wire/tls/registry.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';
import type {MessagesId} from './ids.ts';
import {quicAbout} from './quic-failures.ts';
import {lastingKeyIn, weakSuiteIn} from './tls-weakness.ts';

type Found = readonly Finding<MessagesId>[];

const none: Found = [];

const framesOf = ({messages}: TlsSummary, name: string): readonly number[] =>
  messages.filter((each) => each.name === name).map(({frame}) => frame);

const weaknesses = (about: About, session: TlsSummary): Found => {
  const weak = weakSuiteIn(session);
  const lasting = lastingKeyIn(session);
  if (!weak && !lasting) return none;
  const given = {about, certainty: 'proved', frames: framesOf(session, 'server_hello')} as const;
  return [
    ...(weak
      ? [
          finding('tls-weak-suite', {
            ...given,
            facts: {suite: weak.name, why: weak.why, split: session.split.length > 0},
          }),
        ]
      : []),
    ...(lasting ? [finding('tls-no-forward-secrecy', {...given, facts: {how: lasting}})] : []),
  ];
};

/**
 * Finds what a client that checks the server's TLS certificate would object to: dates and names (RFC 5280 §6.1.3, RFC 9525 §6). The chain
 * is not checked.
 */
const certificates = (about: About, {observed, session}: CapturedTls, takenUs: number | undefined): Found => {
  if (!session?.certificate) return none;
  const {subject, notBeforeUs, notAfterUs, names, fits} = session.certificate;
  const atUs = takenUs === undefined ? undefined : takenUs + observed.firstUs;
  if (fits !== false && (atUs === undefined || (atUs >= notBeforeUs && atUs <= notAfterUs))) return none;
  const of = (problem: 'over' | 'early' | 'name', date: string) =>
    finding('tls-certificate', {
      ...{about, certainty: 'proved', where: 'server', frames: framesOf(session, 'certificate').slice(0, 1)},
      facts: {
        ...{problem, subject, date, taken: atUs === undefined ? '' : dateText(atUs)},
        ...{site: session.serverName ?? '', names, count: names.length},
      },
    });
  return [
    ...(atUs !== undefined && atUs > notAfterUs ? [of('over', dateText(notAfterUs))] : []),
    ...(atUs !== undefined && atUs < notBeforeUs ? [of('early', dateText(notBeforeUs))] : []),
    ...(fits === false ? [of('name', '')] : []),
  ];
};

const sessionNotes = (about: About, session: TlsSummary): Found => {
  const canceled = session.alerts.filter(isCanceled);
  if (canceled.length === 0 && !session.retried && !session.earlyDataOffered) return none;
  const hellos = framesOf(session, 'client_hello');
  const {earlyDataTaken: taken} = session;
  const fate = taken === undefined ? 'unknown' : taken ? 'accepted' : 'refused';
  return [
    ...canceled.map(({side, frame, description}) =>
      finding('tls-canceled', {
        ...{
          about,
          certainty: 'proved',
          frames: [frame],
          where: side === 0 ? 'client-program' : 'server-program',
        },
        facts: {by: side === 0 ? 'client' : 'server', alert: alertName(description)},
      }),
    ),
    ...(session.retried
      ? [
          finding('tls-retry', {
            ...{about, certainty: 'proved', frames: hellos},
            facts: {group: session.group === undefined ? undefined : groupName(session.group)},
          }),
        ]
      : []),
    ...(session.earlyDataOffered
      ? [
          finding('tls-early-data', {
            ...{about, certainty: 'proved', frames: hellos.slice(0, 1), facts: {fate}},
          }),
        ]
      : []),
  ];
};

/** Finds a client whose hello has the format of SSL 2.0, while the server does not answer in SSL 2.0. */
const oldHellos = ({connections}: Evidence): Found =>
  connections.flatMap(({id, client, streams}) => {
    const own = streams?.firstWords(client);
    if (own?.kind !== 'ssl2') return none;
    const far = streams?.firstWords(client === 0 ? 1 : 0);
    if (far?.kind === 'ssl2') return none;
    const answer = far === undefined ? 'none' : far.kind === 'alert' ? 'alert' : 'other';
    return [
      finding('tls-old-hello', {
        ...{about: {connection: id}, certainty: 'proved', where: 'client-program'},
        frames: [own.frame, ...(far ? [far.frame] : [])],
        facts: {answer},
      }),
    ];
  });

const earlyOnQuic = ({quic}: Evidence): Found =>
  quic.flatMap((captured) => {
    const {counts, handshake, firstFrame} = captured.connection;
    if (counts['0-RTT'] === 0 || handshake.earlyDataAccepted !== false) return [];
    return [
      finding('tls-early-data', {
        ...{about: quicAbout(captured), certainty: 'proved', frames: [firstFrame], facts: {fate: 'refused'}},
      }),
    ];
  });

export const tlsNotes = (evidence: Evidence): Found => [
  ...evidence.tls.flatMap((captured) => {
    const {observed, session} = captured;
    if (!session) return none;
    const about = {connection: observed.id};
    return [
      ...weaknesses(about, session),
      ...certificates(about, captured, evidence.inspector.takenUs),
      ...sessionNotes(about, session),
    ];
  }),
  ...oldHellos(evidence),
  ...earlyOnQuic(evidence),
];
