// Describes one item of a capture in a line or two: a TCP connection, a DNS or HTTP exchange, a TLS session.

import {type Language, type Text, worded} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls, ShownCertificate, TlsSummary} from '../../observe/tls-captured.ts';
import {endsFrom, isOpened, other, roleOf} from '../../verdict/sides.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {groupName, isHybrid, versionName} from '../../wire/tls/registry.ts';
import {
  aside,
  closingWords,
  openingWords,
  reportTexts as say,
  silenceTexts,
} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {repeated, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {framesText, requestText, responseText, type ToldRequest, type ToldResponse} from './requests.ts';
import {silenceEnd} from './silence.ts';

export type Manner = {
  readonly language: Language;
  readonly columns: number;
  readonly ascii: boolean;
  /** The name of the key log's file that sentences write after `--keylog`. @default FILE */
  readonly keyLog?: string | undefined;
};

export const anyKeyLog = 'FILE';

/** The shortest silence of a connection that is mentioned, in µs and in round trips: no TCP timer of interest is shorter. */
const silentUs = 200_000;
const silentRoundTrips = 3;

export const arrow = (ascii: boolean): string => (ascii ? '->' : '→');

/** Returns the addresses and ports of a connection's two ends, the client first. */
export const endsText = (connection: ObservedConnection, ascii: boolean): string =>
  endsFrom(connection)
    .map(endpointText)
    .join(` ${arrow(ascii)} `);

/** Returns a text as lines; the first begins with `lead`, and the others are indented as far. */
export const hanging = (lead: string, text: string, columns: number): readonly string[] =>
  wrap(terminal.text(text), Math.max(20, columns - textWidth(lead))).map((line, index) =>
    index === 0 ? `${lead}${line}` : `${repeated(' ', textWidth(lead))}${line}`,
  );

const silenceWords = (connection: ObservedConnection): Text | undefined => {
  const {notes, initialRoundTripUs = 0} = connection;
  const {silence} = notes;
  // Packets that are not in the order of their times show no silence.
  if (connection.disordered) return undefined;
  if (silence === undefined || silence.us < Math.max(silentUs, silentRoundTrips * initialRoundTripUs))
    return undefined;
  const by = roleOf(silence.side, connection);
  return worded(say.silence, {
    us: formatTime(silence.us),
    frame: silence.frame,
    why: worded(silenceTexts[silenceEnd(silence)], {by}),
  });
};

/** Describes how a TCP connection opened and closed, what it carried, and when it was silent. */
export const courseText = (connection: ObservedConnection, language: Language): string => {
  const {client, course, counts, initialRoundTripUs} = connection;
  // The initial round-trip time is described only if there was one SYN and one SYN,ACK; of several, any may be the one that was answered
  // (RFC 6298 §3).
  const measured = initialRoundTripUs !== undefined && counts.syn <= 1 && counts.synAck <= 1;
  const opening = course.opening(client);
  const closing = course.closing(client);
  const opened = isOpened(connection);
  const bytes = (side: 0 | 1): number => connection.half(side).payloadBytes;
  const parts = [
    openingWords[opening]?.[language] ?? '',
    ...(opened || closing !== 'none' ? [closingWords[closing]?.[language] ?? ''] : []),
    worded(say.carried, {
      there: bytes(client),
      back: formatCount(bytes(other(client))),
      packets: counts.packets,
    })[language],
    ...(!opened || !measured ? [] : [worded(say.roundTrip, {us: formatTime(initialRoundTripUs)})[language]]),
    worded(say.lasted, {
      from: formatTime(Math.max(0, connection.firstUs)),
      us: formatTime(Math.max(0, connection.lastUs - connection.firstUs)),
    })[language],
    ...(opened ? [silenceWords(connection)?.[language] ?? []].flat() : []),
  ];
  return parts.join(punctuation.semicolon[language]);
};

export const datagramsText = (
  {ways: [there, back], packets}: DatagramConversation,
  language: Language,
): string => worded(say.datagrams, {there: there.bytes, back: formatCount(back.bytes), packets})[language];

export const inFrames = (text: string, from: number, to: number | undefined, language: Language): string => {
  return aside[language]({text, inside: framesText(from, to)[language]});
};

export const httpText = (told: ToldRequest, {language, ascii}: Manner): string =>
  requestText(told, arrow(ascii), language);

export const responseAlone = ({response}: ToldResponse, {language, ascii}: Manner): string =>
  responseText(response, arrow(ascii), language);

const whyClosed = ({why}: TlsSummary, file: string): Text => {
  if (why === undefined) return worded(say.closed, {file});
  return why === 'suite' || why === 'version' ? say.sealed : say.noSecret;
};

const certificateText = (
  {subject, issuer, own, notBeforeUs, notAfterUs}: ShownCertificate,
  language: Language,
): string => {
  const [from, to] = [dateText(notBeforeUs), dateText(notAfterUs)];
  return worded(say.certificate, {subject, issuer, own, from, to})[language];
};

const groupText = (
  group: number,
  {shareBytes: [there, back]}: Pick<TlsSummary, 'shareBytes'>,
  language: Language,
): string =>
  isHybrid(group) ? worded(say.hybrid, {group: groupName(group), there, back})[language] : groupName(group);

const clientCertificateText = ({clientCertificate, certificateRequested}: TlsSummary): Text | undefined => {
  if (clientCertificate) return say.clientCertificate;
  return certificateRequested ? say.noClientCertificate : undefined;
};

/** Describes a ClientHello that does not fit in one segment, as with the large keys of hybrid groups; undefined for others. */
const helloText = ({clientHelloBytes: [bytes = 0], helloSegments: segments}: TlsSummary): Text | undefined =>
  segments > 1 ? worded(say.longHello, {bytes, segments}) : undefined;

/** Describes which protocol the server chose of those that the client offered by ALPN; undefined without ALPN. */
const alpnText = ({alpn, alpnOffered}: TlsSummary): Text | undefined =>
  alpn === undefined && alpnOffered.length === 0
    ? undefined
    : worded(say.alpn, {chosen: alpn, count: alpnOffered.length, offered: alpnOffered});

/** Tells whether TLS data are encrypted and none of them could be read. */
const isClosed = ({session, http, http2}: CapturedTls): boolean =>
  session?.closed === true && http.length === 0 && !http2;

/** Tells whether a TLS session is encrypted and no key log was tried. */
export const tlsLacksKeys = (captured: CapturedTls): boolean =>
  isClosed(captured) && captured.session?.version !== undefined && captured.session.why === undefined;

export const tlsText = (captured: CapturedTls, {language, keyLog = anyKeyLog}: Manner): string => {
  const {observed, session} = captured;
  const {course} = observed;
  const fromStart = course.isn(0) !== undefined && course.isn(1) !== undefined;
  if (!session) return say[fromStart ? 'notTls' : 'unknownTls'][language];
  const {version, suite, serverName} = session;
  const offered = session.versionsOffered.map(versionName).join(', ');
  if (version === undefined)
    return worded(say.nothingAgreed, {withOffered: offered !== '', offered})[language];
  const parts = [
    versionName(version),
    suite === undefined ? undefined : cipherSuiteName(suite),
    session.group === undefined ? undefined : groupText(session.group, session, language),
    session.hidden ? say.hiddenHello[language] : undefined,
    helloText(session)?.[language],
    session.resumed ? say.resumed[language] : undefined,
    serverName,
    session.certificate && certificateText(session.certificate, language),
    session.ocspStapled ? say.stapled[language] : undefined,
    session.timestamps ? say.timestamps[language] : undefined,
    clientCertificateText(session)?.[language],
    session.keyUpdates > 0 ? worded(say.keyUpdates, {count: session.keyUpdates})[language] : undefined,
    alpnText(session)?.[language],
    session.grease ? say.grease[language] : undefined,
    isClosed(captured) ? whyClosed(session, keyLog)[language] : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(punctuation.comma[language]);
};
