// QUIC and HTTP/3 of a capture in lines: what a connection was, what was asked on it, and what is odd about it.
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Http3Exchange} from '../../observe/http3-connection.ts';
import type {CapturedQuic} from '../../observe/quic-captured.ts';
import type {QuicClose} from '../../observe/quic-close.ts';
import type {QuicConnection} from '../../observe/quic-connection.ts';
import {sideName} from '../../observe/quic-json.ts';
import type {QuicStream} from '../../observe/quic-streams.ts';
import {closeName, isNoError} from '../../wire/quic/error-name.ts';
import {quicVersion, quicVersionName} from '../../wire/quic/quic-version.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {overviewTexts} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicBriefs as brief, quicTexts as say, quicFindings as tell} from '../../words/catalogue/quic.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {type Finding, type Found, found, when} from './finding.ts';
import {requestFindings} from './message-findings.ts';
import {brokenOff, ofHttp3, requestText} from './requests.ts';
import {sides} from './sides.ts';
import {anyKeyLog, type Manner} from './told-lines.ts';

const joined = (parts: readonly (string | undefined)[], separator: Text, language: Language): string =>
  parts.filter((part) => part !== undefined && part !== '').join(separator[language]);

/** Where it stands among the conversations of UDP; `u1.2`: the second one between the same ports. */
export const quicName = ({conversation, nth}: CapturedQuic): string => {
  if (conversation === undefined) return 'QUIC';
  return nth === 1 ? `u${conversation}` : `u${conversation}.${nth}`;
};

const endsText = ({ends}: QuicConnection, ascii: boolean): string => ends.join(ascii ? ' -> ' : ' → ');

type Shut = 'otherVersion' | 'noBeginning' | 'noAnswer' | 'noProtected' | 'noSecret' | 'closed';

/** What is missing so that more could be told; undefined: nothing. */
const shutBy = ({connection, withSecrets}: CapturedQuic): Shut | undefined => {
  const {opened, counts, handshake, versions} = connection;
  if (opened) return undefined;
  if (versions.length > 0 && versions.every((each) => !quicVersion(each))) return 'otherVersion';
  if (!handshake.client) return 'noBeginning';
  if (!handshake.server) return 'noAnswer';
  if (counts['1-RTT'] + counts.Handshake + counts['0-RTT'] === 0) return 'noProtected';
  return withSecrets ? 'noSecret' : 'closed';
};

/** It is closed, and a key log could open it. */
export const quicLacksKeys = (captured: CapturedQuic): boolean => shutBy(captured) === 'closed';

const whyClosed = (captured: CapturedQuic, file: string): Text | undefined => {
  const shut = shutBy(captured);
  return shut === 'closed' ? worded(say.closed, {file}) : shut && say[shut];
};

const codeName = ({http3}: CapturedQuic, close: Pick<QuicClose, 'application' | 'code'>): string =>
  closeName(close, http3 !== undefined);

const closeParts = (captured: CapturedQuic, close: QuicClose) => ({
  by: sideName(close.by),
  code: codeName(captured, close),
  reason: close.reason === '' ? undefined : close.reason,
  frame: close.frame,
});

/** In a line, for the first page. */
export const quicHappened = (
  captured: CapturedQuic,
  {language, ascii, keyLog = anyKeyLog}: Manner,
): string => {
  const {connection, http3} = captured;
  const {versions, handshake, firstUs, lastUs, packets} = connection;
  const version = versions.at(-1);
  const requests = http3?.exchanges.length ?? 0;
  const what = [
    worded(say.happened, {version: version === undefined ? undefined : quicVersionName(version)})[language],
    handshake.serverName,
    handshake.alpn ?? handshake.alpnOffered.join('/'),
    connection.retryToken && say.retried[language],
    handshake.resumed ? say.resumed[language] : undefined,
    connection.keyPhaseChanges > 0
      ? worded(say.updated, {count: connection.keyPhaseChanges})[language]
      : undefined,
    requests > 0 ? worded(overviewTexts.requests, {count: requests})[language] : undefined,
  ];
  const {told: close} = connection.closes;
  const count = Object.values(packets).reduce((sum, each) => sum + each, 0);
  const lasted = worded(say.lasted, {packets: count, us: formatTime(lastUs - firstUs)});
  const parts = [
    endsText(connection, ascii),
    joined(what, punctuation.comma, language),
    lasted[language],
    close && worded(say.closedBy, closeParts(captured, close))[language],
    whyClosed(captured, keyLog)?.[language],
  ];
  return joined(parts, punctuation.semicolon, language);
};

const earlyText = ({counts, handshake}: QuicConnection): Text | undefined => {
  if (counts['0-RTT'] === 0) return undefined;
  const {earlyDataAccepted} = handshake;
  const accepted = earlyDataAccepted === undefined ? 'sent' : earlyDataAccepted ? 'accepted' : 'refused';
  return worded(say.early, {accepted});
};

/** How it opened and closed, and what it carried. */
export const quicText = (captured: CapturedQuic, {language, ascii, keyLog = anyKeyLog}: Manner): string => {
  const {connection} = captured;
  const {handshake, versions, versionsOfServer, retryToken, closes, packets, datagrams, streams} = connection;
  const {unreliable, datagramFrames} = connection;
  const {told: close} = closes;
  const suite = handshake.server?.cipherSuite;
  const list = Object.entries(packets).map(([kind, count]) => `${formatCount(count)} ${kind}`);
  const all = streams.all;
  const bytes = (side: 0 | 1): number => all.reduce((sum, stream) => sum + stream.bytes(side), 0);
  const changes = connection.keyPhaseChanges;
  const first = connection.counts.Initial > 0 ? connection.firstBytes : undefined;
  const parts: readonly (Text | undefined)[] = [
    versions.length > 0 ? worded(say.versions, {names: versions.map(quicVersionName)}) : undefined,
    versionsOfServer && worded(say.negotiated, {names: versionsOfServer.map(quicVersionName)}),
    retryToken && worded(say.retry, {bytes: retryToken.length}),
    suite === undefined ? undefined : sameIn(cipherSuiteName(suite)),
    handshake.resumed ? say.resumed : undefined,
    earlyText(connection),
    worded(say.packets, {list: list.join(punctuation.listComma[language]), datagrams, first}),
    all.length > 0
      ? worded(say.streams, {count: all.length, there: formatCount(bytes(0)), back: formatCount(bytes(1))})
      : undefined,
    datagramFrames > 0
      ? worded(say.unreliable, {count: datagramFrames, bytes: unreliable[0] + unreliable[1]})
      : undefined,
    changes > 0 ? worded(say.updated, {count: changes}) : undefined,
    close ? worded(say.closedBy, closeParts(captured, close)) : connection.opened ? say.notClosed : undefined,
    whyClosed(captured, keyLog),
  ];
  const course = joined(
    parts.map((part) => part?.[language]),
    punctuation.semicolon,
    language,
  );
  return `${endsText(connection, ascii)}${punctuation.colon[language]}${course}`;
};

export const http3Text = (exchange: Http3Exchange, {language, ascii}: Manner): string =>
  requestText(ofHttp3(exchange), ascii ? '->' : '→', language);

/** So many probes without an answer are no chance. */
const leastProbes = 4;
const mostFrames = 4;
/** A gap that is filled sooner came from packets out of order. */
const leastGap = 3;

/** One end went on asking, and heard nothing. */
export const givenUp = ({silence, closes}: QuicConnection) =>
  silence && !closes.first && silence.count >= leastProbes && silence.behind > 0 ? silence : undefined;

const silenceFinding = (connection: QuicConnection): Found | undefined => {
  const silence = givenUp(connection);
  if (!silence) return undefined;
  const {by, count, behind} = silence;
  const {idleTimeoutMs: ms} = connection.handshake;
  const idle = ms === undefined ? undefined : formatTime(ms * 1000);
  const text = worded(tell.silent, {by: sideName(by), count, frame: behind, idle});
  return found(73, text, brief.silent);
};

type Gap = {
  readonly stream: QuicStream;
  readonly from: number;
  readonly to: number;
  readonly us: number;
  /** Numbers of packets that are not there and must have had the octets: these came again under another number. */
  readonly missing: readonly number[];
};

export const gapsIn = ({streams, acks, counts, openedPackets}: QuicConnection): readonly Gap[] =>
  streams.all.flatMap((stream) =>
    sides.flatMap((side) => {
      const {gap} = stream.halves[side];
      if (gap?.to === undefined || gap.to - gap.from < leastGap) return [];
      // A packet that was not opened may have any number.
      const isWhole = counts['1-RTT'] === openedPackets;
      const missing = isWhole ? acks.missingBetween(side, gap.after, gap.from) : [];
      return [{stream, from: gap.from, to: gap.to, us: gap.us, missing}];
    }),
  );

const gapFinding = (connection: QuicConnection): Found | undefined => {
  const gaps = gapsIn(connection);
  if (gaps.length === 0) return undefined;
  const [from, to] = [Math.min(...gaps.map((gap) => gap.from)), Math.max(...gaps.map((gap) => gap.to))];
  const waiting = new Set(gaps.map(({stream}) => stream));
  const others = connection.streams.all.some(
    (stream) =>
      !waiting.has(stream) && stream.halves.some(({lastFrame}) => lastFrame > from && lastFrame <= to),
  );
  const ids = [...waiting].map(({id}) => id);
  const lost = [...new Set(gaps.flatMap(({missing}) => missing))].slice(0, mostFrames);
  const text = worded(tell.waited, {
    ...{count: ids.length, ids, from, to, others, us: formatTime(Math.max(...gaps.map(({us}) => us)))},
    ...{lost: lost.length, lostIds: lost},
  });
  return found(57, text, brief.waited);
};

const lostFindings = ({acks}: QuicConnection): readonly Found[] =>
  sides.flatMap((side) => {
    const all = acks.lost(side);
    const count = all.length;
    if (count === 0) return [];
    const frames = all.slice(0, mostFrames);
    const about = {by: sideName(side), count, packets: frames.length, frames, more: count > frames.length};
    return [found(58, worded(tell.lost, about), worded(brief.lost, {count}))];
  });

/** What is called so was made up: whoever meets it has to do without (RFC 9000 §15). */
const grease = 'grease';

const moveFindings = ({moves}: QuicConnection): readonly Found[] =>
  moves.map(({by, from, to, frame}) =>
    found(40, worded(tell.moved, {by: sideName(by), from, to, frame}), brief.moved),
  );

const closeFinding = (captured: CapturedQuic, close: QuicClose): Found => {
  const code = codeName(captured, close);
  return found(74, worded(tell.closeError, closeParts(captured, close)), worded(brief.closeError, {code}));
};

const codeFindings = (captured: CapturedQuic): readonly Found[] => {
  const {connection} = captured;
  const {streams, versionsOfServer, versions, counts, handshake} = connection;
  const {told: close} = connection.closes;
  const [offered = 0] = versions;
  const refused = counts['0-RTT'] > 0 && handshake.earlyDataAccepted === false;
  const broken = streams.all.flatMap((stream) => {
    const told = brokenOff(stream);
    if (!told) return [];
    const code = codeName(captured, {application: true, code: told.code});
    const {frame, asked} = told;
    const about = {by: sideName(told.by), stream: stream.id, code, frame, asked};
    return [found(54, worded(tell.reset, about), brief.reset)];
  });
  const names = versionsOfServer?.map(quicVersionName) ?? [];
  return [
    ...(close && !isNoError(close) ? [closeFinding(captured, close)] : []),
    ...broken,
    ...when(names.length > 0, () => {
      const others = names.filter((each) => each !== grease);
      const about = {offered: quicVersionName(offered), names: others, grease: names.includes(grease)};
      return found(45, worded(tell.negotiated, about), brief.negotiated);
    }),
    ...when(refused, () => found(44, tell.refusedEarly, brief.refusedEarly)),
  ];
};

/** A whole response whose head nobody could read says nothing. */
const exchangeFindings = (exchange: Http3Exchange): readonly Found[] => {
  const told = ofHttp3(exchange);
  return exchange.request.head && (told.answer || told.frame === undefined) ? requestFindings(told) : [];
};

/** What is odd, each with the conversation that it is about. */
export const quicFindings = (all: readonly CapturedQuic[]): readonly Finding[] =>
  all.flatMap((captured) => {
    const {connection, http3} = captured;
    const odd = [
      silenceFinding(connection) ?? [],
      gapFinding(connection) ?? [],
      lostFindings(connection),
      moveFindings(connection),
      codeFindings(captured),
      (http3?.exchanges ?? []).flatMap(exchangeFindings),
    ].flat();
    return odd.map((finding) => ({...finding, about: quicName(captured)}));
  });
