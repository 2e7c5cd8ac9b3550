// One thing of a capture in a line or two: a finding, a connection, what was asked by DNS or HTTP, a TLS session.
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls, ShownCertificate, TlsSummary} from '../../observe/tls-captured.ts';
import {transferOf} from '../../observe/transfer-limits.ts';
import {displayName} from '../../wire/dns/display.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {rdataText} from '../../wire/dns/record-text.ts';
import {Rcode, rcodeName} from '../../wire/dns/registry.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {groupName, ProtocolVersion, versionName} from '../../wire/tls/registry.ts';
import {
  aside,
  closingWords,
  limitTexts,
  openingWords,
  reportTexts as say,
  silenceTexts,
} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatLength} from '../../words/format.ts';
import {cut, repeated, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {asciiGlyphs, unicodeGlyphs} from '../glyphs.ts';
import type {Finding} from './finding.ts';
import {asked, type OnConnection, requestText} from './message-findings.ts';
import {silenceEnd} from './silence.ts';

export type Manner = {readonly language: Language; readonly columns: number; readonly ascii: boolean};

/** A shorter silence is nothing to tell (no timer of TCP's that is worth a look is shorter), nor is a few round trips; in microseconds. */
const silentUs = 200_000;
const silentRoundTrips = 3;

const arrow = (ascii: boolean): string => (ascii ? '->' : '→');

/** The client first. */
export const endsText = ({ends, client}: ObservedConnection, ascii: boolean): string => {
  const [near, far] = client === 0 ? ends : [ends[1], ends[0]];
  return `${endpointText(near)} ${arrow(ascii)} ${endpointText(far)}`;
};

export const deducedMark = (ascii: boolean): string => (ascii ? asciiGlyphs : unicodeGlyphs).deduced;

/** A line that begins with `lead`, what does not fit below it. */
export const hanging = (lead: string, text: string, columns: number): readonly string[] =>
  wrap(terminal.text(text), Math.max(20, columns - textWidth(lead))).map((line, index) =>
    index === 0 ? `${lead}${line}` : `${repeated(' ', textWidth(lead))}${line}`,
  );

/** `name`: what it is about, where that is not told beside it. */
export const findingLines = (
  {text, lesson}: Finding,
  {language, columns, ascii}: Manner,
  name = '',
): readonly string[] => {
  const where = lesson === undefined ? '' : ` ${arrow(ascii)} ${lesson}`;
  return hanging(ascii ? '  * ' : '  • ', `${name}${text[language]}${where}`, columns);
};

const silenceWords = ({notes, client, initialRoundTripUs = 0}: ObservedConnection): Text | undefined => {
  const {silence} = notes;
  if (silence === undefined || silence.us < Math.max(silentUs, silentRoundTrips * initialRoundTripUs))
    return undefined;
  const by = silence.side === client ? 'client' : 'server';
  return worded(say.silence, {
    us: formatLength(silence.us),
    frame: silence.frame,
    why: worded(silenceTexts[silenceEnd(silence)], {by}),
  });
};

const rates = [
  ['Gbit/s', 1e9],
  ['Mbit/s', 1e6],
  ['kbit/s', 1e3],
] as const;

/** Three digits tell enough. */
const rateText = (bitsPerSecond: number): string => {
  const [unit, bits] = rates.find(([, each]) => bitsPerSecond >= each) ?? ['bit/s', 1];
  return `${Number((bitsPerSecond / bits).toPrecision(3))} ${unit}`;
};

/** How fast one direction was, and what held it back, with a packet that shows it. */
const transferText = (connection: ObservedConnection, side: 0 | 1, mark: string): Text | undefined => {
  const {pace, payloadBytes} = connection.half(side);
  const transfer = transferOf(pace, payloadBytes);
  if (!pace || !transfer) return undefined;
  const limits = transfer.limits.map(({by, wait}) =>
    worded(limitTexts[by], {
      ...{count: wait.count, us: formatLength(wait.us), frame: wait.frame},
      ...{grew: pace.grewToTheEnd, known: pace.knowsWindow},
    }),
  );
  return worded(say.transfer, {
    ...{there: side === connection.client, rate: rateText(transfer.bitsPerSecond)},
    ...{us: formatLength(transfer.us), count: limits.length, mark},
    ...{first: limits[0] ?? sameIn(''), second: limits[1] ?? sameIn('')},
  });
};

/** What an engineer asks first of both directions; none: too little passed. */
export const transferTexts = (connection: ObservedConnection, mark: string): readonly Text[] =>
  ([0, 1] as const)
    .toSorted((a) => (a === connection.client ? -1 : 1))
    .flatMap((side) => transferText(connection, side, mark) ?? []);

/** Something that held it back is told: that is deduced. */
export const limitsShown = (connection: ObservedConnection): boolean =>
  ([0, 1] as const).some((side) => {
    const {pace, payloadBytes} = connection.half(side);
    return (transferOf(pace, payloadBytes)?.limits.length ?? 0) > 0;
  });

/** How it opened and closed, what it carried, and where it was silent. */
export const courseText = (connection: ObservedConnection, language: Language): string => {
  const {client, course, counts, initialRoundTripUs} = connection;
  // Which of several SYNs was answered nobody can tell (RFC 6298 §3).
  const measured = initialRoundTripUs !== undefined && counts.syn <= 1 && counts.synAck <= 1;
  const opening = course.opening(client);
  const closing = course.closing(client);
  const opened = !['refused', 'unanswered', 'half-open'].includes(opening);
  const bytes = (side: 0 | 1): number => connection.half(side).payloadBytes;
  const parts = [
    openingWords[opening]?.[language] ?? '',
    ...(opened || closing !== 'none' ? [closingWords[closing]?.[language] ?? ''] : []),
    worded(say.carried, {there: bytes(client), back: bytes(client === 0 ? 1 : 0), packets: counts.packets})[
      language
    ],
    ...(!opened || !measured
      ? []
      : [worded(say.roundTrip, {us: formatLength(initialRoundTripUs)})[language]]),
    worded(say.lasted, {
      from: formatLength(connection.firstUs),
      us: formatLength(connection.lastUs - connection.firstUs),
    })[language],
    ...(opened ? [silenceWords(connection)?.[language] ?? []].flat() : []),
  ];
  return parts.join(punctuation.semicolon[language]);
};

export const datagramsText = ({bytes, packets}: DatagramConversation, language: Language): string =>
  worded(say.datagrams, {there: bytes[0], back: bytes[1], packets})[language];

const inFrames = (text: string, from: number, to: number | undefined, language: Language): string => {
  const frames = worded(say.frames, {to, from})[language];
  return aside[language]({text, inside: frames});
};

/** An answer without answers sends on to other servers, or says that there are no such data (RFC 1034 §4.3.2, RFC 2308 §2.2). */
export const emptyAnswer = ({rcode, flags, authorities}: DnsMessage): Text => {
  const delegated = authorities.find(({data}) => data.kind === 'NS');
  if (rcode !== Rcode.NOERROR || flags.tc) return sameIn(flags.tc ? 'TC' : rcodeName(rcode));
  if (delegated && !flags.aa)
    return worded(say.referral, {zone: displayName(delegated.name), server: rdataText(delegated.data)});
  return say.noData;
};

/** Answers to one question, and columns of each: all of it stands in the bytes, and in JSON. */
const mostAnswers = 4;
const mostOfAnswer = 60;

export const dnsText = (transaction: DnsTransaction, {language, ascii}: Manner): string => {
  const {response, server, queryFrame, responseFrame} = transaction;
  const all = response?.answers.map(({data}) => cut(rdataText(data), mostOfAnswer)) ?? [];
  const more = all.length - mostAnswers;
  const rest = more > 0 ? [worded(say.more, {count: more})[language]] : [];
  const answers = [...all.slice(0, mostAnswers), ...rest].join(', ');
  const answer = response ? answers || emptyAnswer(response)[language] : say.noAnswer[language];
  const question = `${asked(transaction)} @ ${server} ${arrow(ascii)} ${answer}`;
  return inFrames(question, queryFrame, responseFrame, language);
};

export const httpText = ({transaction}: OnConnection<HttpTransaction>, {language, ascii}: Manner): string => {
  const {request, response} = transaction;
  const answer = response
    ? `${response.head.start.status} ${response.head.start.reason}`.trimEnd()
    : say.noAnswer[language];
  const asked = `${requestText(transaction)} ${arrow(ascii)} ${answer}`;
  return inFrames(asked, request.begins, response?.frame, language);
};

/** TLS 1.1 and below is not opened here, whatever the secrets. */
const whyClosed = ({version = 0, why}: TlsSummary): Text => {
  if (version < ProtocolVersion['TLS 1.2']) return say.sealed;
  if (why === undefined) return say.closed;
  return why === 'suite' || why === 'version' ? say.sealed : say.noSecret;
};

const certificateText = (
  {subject, issuer, own, notBeforeUs, notAfterUs}: ShownCertificate,
  language: Language,
): string => {
  const [from, to] = [dateText(notBeforeUs), dateText(notAfterUs)];
  return worded(say.certificate, {subject, issuer, own, from, to})[language];
};

export const tlsText = ({observed, session, http}: CapturedTls, language: Language): string => {
  const {course} = observed;
  const fromStart = course.isn(0) !== undefined && course.isn(1) !== undefined;
  if (!session) return say[fromStart ? 'notTls' : 'unknownTls'][language];
  const {version, suite, serverName, alpn, opened} = session;
  const offered = session.versionsOffered.map(versionName).join(', ');
  if (version === undefined)
    return worded(say.nothingAgreed, {withOffered: offered !== '', offered})[language];
  const closed = http.length === 0 && session.closed;
  const parts = [
    versionName(version),
    suite === undefined ? undefined : cipherSuiteName(suite),
    session.group === undefined ? undefined : groupName(session.group),
    session.resumed ? say.resumed[language] : undefined,
    serverName,
    session.certificate && certificateText(session.certificate, language),
    session.clientCertificate ? say.clientCertificate[language] : undefined,
    alpn,
    closed ? whyClosed(session)[language] : undefined,
    opened && alpn === 'h2' ? say.http2[language] : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(punctuation.comma[language]);
};
