// Writes what `inspect --json` tells of HTTP/3: the requests of a connection, in the order of their streams.
import {type Http3Setting, isReserved, settingName} from '../wire/http3/frame.ts';
import {askedJson, contentsJson} from './http2-json.ts';
import {type Http2End, streamEnd} from './http2-stream.ts';
import type {Http3Connection, Http3Exchange} from './http3-connection.ts';
import {present} from './json-value.ts';
import type {CapturedQuic} from './quic-captured.ts';
import {sideName} from './quic-json.ts';
import type {QuicStream} from './quic-streams.ts';

/**
 * Returns HTTP/3 settings as JSON, without reserved ones; those of HTTP/2 that have no meaning in HTTP/3 are reserved, too
 * (RFC 9114 §11.2.2).
 */
const settingsJson = (settings: readonly Http3Setting[] | undefined) =>
  Object.fromEntries(
    (settings ?? []).flatMap(([id, value]) => (isReserved(id) ? [] : [[settingName(id), value] as const])),
  );

const resetJson = ({reset, stopSending}: QuicStream) => {
  const told = reset ?? stopSending;
  return told ? {reset: told.code, resetBy: sideName(told.by)} : {};
};

const endOf = (stream: QuicStream): Http2End => {
  const ended = ([0, 1] as const).filter((side) => stream.hasFinished(side)).length;
  return streamEnd(ended, (stream.reset ?? stream.stopSending) !== undefined);
};

const exchangeJson = ({stream, request, response}: Http3Exchange) => ({
  id: stream.id,
  ...askedJson(request),
  status: response.head ? Number(response.value(':status')) : null,
  ...(response.interim.length > 0 && {interim: response.interim}),
  requestFrame: stream.halves[0].firstFrame ?? null,
  responseFrame: stream.halves[1].firstFrame ?? null,
  ...present('contentType', response.value('content-type')),
  ...(response.value('content-length') !== undefined && {
    contentLength: Number(response.value('content-length')),
  }),
  ...contentsJson(request, response),
  ...resetJson(stream),
  end: endOf(stream),
});

/** HTTP/3 on a QUIC connection; `connection` is the index among the capture's QUIC connections. */
type PlacedHttp3 = {readonly connection: number; readonly http3: Http3Connection};

export const http3On = (quic: readonly CapturedQuic[]): readonly PlacedHttp3[] =>
  quic.flatMap(({http3}, connection) => (http3 ? [{connection, http3}] : []));

export const http3Json = ({connection, http3}: PlacedHttp3) => ({
  connection,
  settings: {client: settingsJson(http3.settings[0]), server: settingsJson(http3.settings[1])},
  streams: http3.exchanges.map(exchangeJson),
});
