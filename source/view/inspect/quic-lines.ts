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
import {briefTexts, messageTexts, overviewTexts} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicBriefs as brief, quicTexts as say, quicFindings as tell} from '../../words/catalogue/quic.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import type {Finding} from './finding.ts';
import {brokenOff, requestText as httpText, ofHttp3} from './requests.ts';
import type {Manner} from './told-lines.ts';

const sides = [0, 1] as const;

const joined = (parts: readonly (string | undefined)[], separator: Text, language: Language): string =>
  parts.filter((part) => part !== undefined && part !== '').join(separator[language]);

/** Where it stands among the conversations of UDP; `u1.2`: the second one between the same ports. */
export const quicName = ({conversation, nth}: CapturedQuic): string => {
  if (conversation === undefined) return 'QUIC';
  return nth === 1 ? `u${conversation}` : `u${conversation}.${nth}`;
};

const endsText = ({ends}: QuicConnection, ascii: boolean): string => ends.join(ascii ? ' -> ' : ' → ');

/** What is missing so that more could be told; undefined: nothing. */
const whyClosed = ({connection, withSecrets}: CapturedQuic): Text | undefined => {
  const {opened, counts, handshake, versions} = connection;
  if (opened) return undefined;
  if (versions.length > 0 && versions.every((each) => !quicVersion(each))) return say.otherVersion;
  if (!handshake.client) return say.noBeginning;
  if (!handshake.server) return say.noAnswer;
  if (counts['1-RTT'] + counts.Handshake + counts['0-RTT'] === 0) return say.noProtected;
  return withSecrets ? say.noSecret : say.closed;
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
export const quicHappened = (captured: CapturedQuic, {language, ascii}: Manner): string => {
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
    whyClosed(captured)?.[language],
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
export const quicText = (captured: CapturedQuic, {language, ascii}: Manner): string => {
  const {connection} = captured;
  const {handshake, versions, versionsOfServer, retryToken, closes, packets, datagrams, streams} = connection;
  const {unreliable, datagramFrames} = connection;
  const {told: close} = closes;
  const suite = handshake.server?.cipherSuite;
  const list = Object.entries(packets).map(([kind, count]) => `${count} ${kind}`);
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
    whyClosed(captured),
  ];
  const course = joined(
    parts.map((part) => part?.[language]),
    punctuation.semicolon,
    language,
  );
  return `${endsText(connection, ascii)}${punctuation.colon[language]}${course}`;
};

const requestText = ({request}: Http3Exchange): string =>
  `${request.value(':method') ?? '?'} ${request.value(':path') ?? request.value(':authority') ?? '?'}`;

export const http3Text = (exchange: Http3Exchange, {language, ascii}: Manner): string =>
  httpText(ofHttp3(exchange), ascii ? '->' : '→', language);

type Found = Finding & {readonly about: string};

/** So many probes without an answer are no chance. */
const leastProbes = 4;
const mostFrames = 4;
/** A gap that is filled sooner came from packets out of order. */
const leastGap = 3;

/** One end went on asking, and heard nothing. */
export const givenUp = ({silence, closes}: QuicConnection) =>
  silence && !closes.first && silence.count >= leastProbes && silence.behind > 0 ? silence : undefined;

const silenceFinding = (connection: QuicConnection): Omit<Finding, 'connection'> | undefined => {
  const silence = givenUp(connection);
  if (!silence) return undefined;
  const {by, count, behind} = silence;
  const {idleTimeoutMs: ms} = connection.handshake;
  const idle = ms === undefined ? undefined : formatTime(ms * 1000);
  const text = worded(tell.silent, {by: sideName(by), count, frame: behind, idle});
  return {weight: 73, text, brief: brief.silent};
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

const gapFinding = (connection: QuicConnection): Omit<Finding, 'connection'> | undefined => {
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
  return {
    weight: 57,
    text: worded(tell.waited, {
      ...{count: ids.length, ids, from, to, others, us: formatTime(Math.max(...gaps.map(({us}) => us)))},
      lost: lost.length,
      lostIds: lost,
    }),
    brief: brief.waited,
  };
};

const lostFindings = ({acks}: QuicConnection): readonly Omit<Finding, 'connection'>[] =>
  sides.flatMap((side) => {
    const all = acks.lost(side);
    const count = all.length;
    if (count === 0) return [];
    const frames = all.slice(0, mostFrames);
    const about = {by: sideName(side), count, packets: frames.length, frames, more: count > frames.length};
    return [{weight: 58, text: worded(tell.lost, about), brief: worded(brief.lost, {count})}];
  });

/** What is called so was made up: whoever meets it has to do without (RFC 9000 §15). */
const grease = 'grease';

const moveFindings = ({moves}: QuicConnection): readonly Omit<Finding, 'connection'>[] =>
  moves.map(({by, from, to, frame}) => ({
    weight: 40,
    text: worded(tell.moved, {by: sideName(by), from, to, frame}),
    brief: brief.moved,
  }));

const codeFindings = (captured: CapturedQuic): readonly Omit<Finding, 'connection'>[] => {
  const {connection} = captured;
  const {streams, versionsOfServer, versions, counts, handshake} = connection;
  const {told: close} = connection.closes;
  const [offered = 0] = versions;
  const refused = counts['0-RTT'] > 0 && handshake.earlyDataAccepted === false;
  const broken = streams.all.flatMap((stream) => {
    const told = brokenOff(stream);
    if (!told) return [];
    const code = codeName(captured, {application: true, code: told.code});
    const text = worded(tell.reset, {
      by: sideName(told.by),
      stream: stream.id,
      code,
      ...{frame: told.frame, asked: told.asked},
    });
    return [{weight: 54, text, brief: brief.reset}];
  });
  const names = versionsOfServer?.map(quicVersionName) ?? [];
  return [
    ...(close && !isNoError(close)
      ? [
          {
            weight: 74,
            text: worded(tell.closeError, closeParts(captured, close)),
            brief: worded(brief.closeError, {code: codeName(captured, close)}),
          },
        ]
      : []),
    ...broken,
    ...(names.length > 0
      ? [
          {
            weight: 45,
            text: worded(tell.negotiated, {
              offered: quicVersionName(offered),
              names: names.filter((each) => each !== grease),
              grease: names.includes(grease),
            }),
            brief: brief.negotiated,
          },
        ]
      : []),
    ...(refused ? [{weight: 44, text: tell.refusedEarly, brief: brief.refusedEarly}] : []),
  ];
};

const exchangeFinding = (exchange: Http3Exchange): readonly Omit<Finding, 'connection'>[] => {
  const {stream, request, response} = exchange;
  if (!request.head || stream.reset || stream.stopSending) return [];
  const name = requestText(exchange);
  const status = Number(response.value(':status') ?? 0);
  if (!stream.isWhole(1)) {
    const text = worded(messageTexts.httpSilent, {request: name, begun: status > 0});
    return [{weight: 47, text, brief: briefTexts.httpSilent, lesson: 'http-request'}];
  }
  if (status < 400) return [];
  const text = worded(messageTexts.httpFailed, {request: name, status});
  return [{weight: 42, text, brief: sameIn(`${status}`), lesson: 'http-status'}];
};

/** What is odd, each with the conversation that it is about. */
export const quicFindings = (all: readonly CapturedQuic[]): readonly Found[] =>
  all.flatMap((captured) => {
    const {connection, http3} = captured;
    const found = [
      silenceFinding(connection) ?? [],
      gapFinding(connection) ?? [],
      lostFindings(connection),
      moveFindings(connection),
      codeFindings(captured),
      (http3?.exchanges ?? []).flatMap(exchangeFinding),
    ].flat();
    return found.map((finding) => ({...finding, about: quicName(captured)}));
  });
