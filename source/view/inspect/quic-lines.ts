// Describes the QUIC and HTTP/3 of a capture in lines: the connections and the requests on them.
import {type Language, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Http3Exchange} from '../../observe/http3-connection.ts';
import type {CapturedQuic} from '../../observe/quic-captured.ts';
import type {QuicClose} from '../../observe/quic-close.ts';
import type {QuicConnection} from '../../observe/quic-connection.ts';
import {sideName} from '../../observe/quic-json.ts';
import {closeName} from '../../wire/quic/error-name.ts';
import {quicVersion, quicVersionName} from '../../wire/quic/quic-version.ts';
import {cipherSuiteName} from '../../wire/tls/cipher-suites.ts';
import {overviewTexts} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quicTexts as say} from '../../words/catalogue/quic.ts';
import {formatCount, formatTime} from '../../words/format.ts';
import {ofHttp3, requestText} from './requests.ts';
import {anyKeyLog, type Manner} from './told-lines.ts';

const joined = (parts: readonly (string | undefined)[], separator: Text, language: Language): string =>
  parts.filter((part) => part !== undefined && part !== '').join(separator[language]);

/** Names a QUIC connection by the number of its UDP conversation; `u1.2` is the second connection between the same ports. */
export const quicName = ({conversation, nth}: CapturedQuic): string => {
  if (conversation === undefined) return 'QUIC';
  return nth === 1 ? `u${conversation}` : `u${conversation}.${nth}`;
};

const endsText = ({ends}: QuicConnection, ascii: boolean): string => ends.join(ascii ? ' -> ' : ' → ');

type Shut = 'otherVersion' | 'noBeginning' | 'noAnswer' | 'noProtected' | 'noSecret' | 'closed';

/** Returns why a QUIC connection could not be decrypted; undefined if it was. */
const shutBy = ({connection, withSecrets}: CapturedQuic): Shut | undefined => {
  const {opened, counts, handshake, versions} = connection;
  if (opened) return undefined;
  if (versions.length > 0 && versions.every((each) => !quicVersion(each))) return 'otherVersion';
  if (!handshake.client) return 'noBeginning';
  if (!handshake.server) return 'noAnswer';
  if (counts['1-RTT'] + counts.Handshake + counts['0-RTT'] === 0) return 'noProtected';
  return withSecrets ? 'noSecret' : 'closed';
};

/** Tells whether a QUIC connection is encrypted and a key log could decrypt it. */
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

/** Describes a QUIC connection in a line for the overview. */
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

/** Describes how a QUIC connection opened and closed, and what it carried. */
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
