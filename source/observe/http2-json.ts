// Writes what `inspect --json` tells of HTTP/2: connections in their order, with the streams of each. Names are those of RFC 9113.
import {combinedValue} from '../wire/http/field-lines.ts';
import {http2ErrorName} from '../wire/http2/http2-error.ts';
import {settingName} from '../wire/http2/registry.ts';
import type {Side} from './connections.ts';
import type {Http2Connection} from './http2-connection.ts';
import type {Settings} from './http2-limits.ts';
import type {Http2Stream, Http2Way} from './http2-stream.ts';
import {present} from './json-value.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {type CapturedTls, speakingHttp} from './tls-captured.ts';

/** An HTTP/2 connection; `stream` is the index of its TCP connection, counted from 0. */
export type PlacedHttp2 = {readonly stream: number; readonly http2: Http2Connection};

/** Returns the HTTP/2 connections in clear and inside TLS, in the order of the TCP connections. */
export const http2On = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly PlacedHttp2[] =>
  speakingHttp(connections, tls)
    .flatMap(({observed: {id}, said: {http2}}) => (http2 ? [{stream: id - 1, http2}] : []))
    .sort((a, b) => a.stream - b.stream);

const settingsJson = (all: readonly Settings[]) =>
  all.map((settings) => Object.fromEntries(settings.map(([id, value]) => [settingName(id), value] as const)));

/** Returns the trailer fields of an HTTP/2 message as JSON; several of the same name are combined into one (RFC 9110 §5.3). */
const trailersJson = ({trailers}: Http2Way) =>
  trailers
    ? {
        trailers: Object.fromEntries(
          trailers.map(({name}) => [name, combinedValue(trailers, name) ?? ''] as const),
        ),
      }
    : {};

/** Returns the pseudo-header fields of an HTTP/2 or HTTP/3 request as JSON; null for those that it lacks. */
export const askedJson = (request: Http2Way) => ({
  method: request.value(':method') ?? null,
  scheme: request.value(':scheme') ?? null,
  authority: request.value(':authority') ?? null,
  path: request.value(':path') ?? null,
});

export const contentsJson = (request: Http2Way, response: Http2Way) => ({
  ...trailersJson(response),
  dataBytesToServer: request.contentBytes,
  dataBytesToClient: response.contentBytes,
  requestBodySha256: request.contentHash ?? null,
  bodySha256: response.contentHash ?? null,
});

const byName = (side: Side, client: Side): 'client' | 'server' => (side === client ? 'client' : 'server');

const streamJson = (stream: Http2Stream, client: Side) => {
  const {id, request, response, reset} = stream;
  const [status, contentLength] = [response.value(':status'), response.value('content-length')];
  return {
    id,
    ...askedJson(request),
    status: status === undefined ? null : Number(status),
    ...(response.interim.length > 0 && {interim: response.interim}),
    ...present('contentType', response.value('content-type')),
    ...(contentLength !== undefined && {contentLength: Number(contentLength)}),
    requestFrame: request.head?.frame ?? null,
    responseFrame: response.head?.frame ?? null,
    requestHeaderBytes: request.headerBytes,
    responseHeaderBytes: response.headerBytes,
    ...contentsJson(request, response),
    ...(reset && {reset: http2ErrorName(reset.error), resetBy: byName(reset.side, client)}),
    end: stream.end,
  };
};

export const http2Json = ({stream, http2}: PlacedHttp2) => {
  const {start, client, settings, frames, pings, goaways, streams} = http2;
  return {
    stream,
    start,
    settings: {client: settingsJson(settings[client]), server: settingsJson(settings[client === 0 ? 1 : 0])},
    frames: Object.fromEntries(frames),
    pings: pings.map(({side, ack, data, frame}) => ({by: byName(side, client), ack, data, frame})),
    goaway: goaways.map(({side, lastStream, error, frame}) => ({
      by: byName(side, client),
      lastStream,
      error: http2ErrorName(error),
      frame,
    })),
    streams: streams.map((each) => streamJson(each, client)),
  };
};

/** Returns an HTTP/2 connection's violations of the protocol as JSON, each kind once for each end. */
export const http2FaultsJson = ({stream, http2}: PlacedHttp2) =>
  http2.faults.map(({code, clause, error, side, stream: on, frame, count}) => ({
    ...{stream, by: byName(side, http2.client), on, code, clause, error, frame, count},
  }));
