// Describes the HTTP requests of a capture and their responses, of HTTP/1 and of streams of HTTP/2 and HTTP/3 alike.

import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {HttpResponse, HttpTransaction} from '../../observe/http-transactions.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {Http2Stream, Http2Way} from '../../observe/http2-stream.ts';
import type {Http3Exchange} from '../../observe/http3-connection.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {sideName} from '../../observe/quic-json.ts';
import type {QuicStream} from '../../observe/quic-streams.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {combinedValue, type Field, fieldValues} from '../../wire/http/field-lines.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {closeName} from '../../wire/quic/error-name.ts';
import {handWords} from '../../words/catalogue/hands.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {aside, overviewTexts as brief, reportTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut} from '../../words/width.ts';
import {when} from './when.ts';

/** The end of a request that was not complete: who reset its stream, and with which error. */
type BrokenOff = {readonly by: 'client' | 'server'; readonly error: string; readonly frame: number};

/** The content of an HTTP message: its media type and its length. */
type Carried = {readonly type: string | undefined; readonly bytes: number};

export type ToldRequest = {
  readonly connection: number;
  /** The request's method and target. */
  readonly request: string;
  readonly begins: number;
  /** The final response's status, with HTTP/1's reason phrase; undefined without a response. */
  readonly answer: {readonly status: number; readonly phrase: string} | undefined;
  /** The status codes of the informational responses (1xx) before the final one. */
  readonly interim: readonly number[];
  /** The links that informational responses announced (early hints, RFC 8297). */
  readonly hinted: readonly string[];
  /** The content of the request and the content of the response. */
  readonly carried: {readonly asked: Carried; readonly answered: Carried};
  /**
   * Returns the header fields of an HTTP request and of its response that change how they are handled, as they were sent. They are computed
   * only for the few requests that are listed.
   */
  readonly said: () => {readonly asked: readonly string[]; readonly answered: readonly string[]};
  /**
   * True for a CORS preflight: a request that only asks the server whether a page of another origin may send the actual request (Fetch
   * standard).
   */
  readonly preflight: boolean;
  /** True if the response is a stream of events (text/event-stream). */
  readonly events: boolean;
  /** True if the client resumes a stream of events after the last event that it received. */
  readonly resumes: boolean;
  /** The coding of the response's content, such as gzip; undefined without one. */
  readonly coding: string | undefined;
  readonly chunked: boolean;
  /** The trailer fields after the content, as they were sent. */
  readonly trailers: readonly string[];
  /** The number of the packet that completes the response; undefined if it is incomplete. */
  readonly frame: number | undefined;
  /** The number of the packet with a response whose head cannot be parsed; undefined if it can. */
  readonly unreadable: number | undefined;
  /** The id of the request's stream in HTTP/2 or HTTP/3; undefined in HTTP/1. */
  readonly stream: number | undefined;
  /** True if the server pushed the response without a request (RFC 9113 §8.4). */
  readonly pushed: boolean;
  readonly reset: BrokenOff | undefined;
};

/**
 * The names of the HTTP header fields that the list of requests shows, of requests and of responses, because its readers would ask about
 * them.
 */
const toldFields = {
  asked: [
    'Range',
    'If-None-Match',
    'If-Modified-Since',
    'If-Match',
    'If-Range',
    'Last-Event-ID',
    'Origin',
    'Upgrade',
    'Cookie',
  ],
  answered: [
    ...['Content-Encoding', 'Transfer-Encoding', 'Content-Range', 'Location', 'Upgrade'],
    'Set-Cookie',
    ...['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods'],
  ],
} as const;

const longestField = 60;

/** Returns the values of a header field: several of one name are combined into one value, except Set-Cookie (RFC 6265 §3). */
const valuesOf = (fields: readonly Field[], name: string): readonly string[] =>
  name.toLowerCase() === 'set-cookie'
    ? fieldValues(fields, name)
    : [combinedValue(fields, name) ?? []].flat();

const saidIn = (fields: readonly Field[], names: readonly string[]): readonly string[] =>
  names.flatMap((name) => valuesOf(fields, name).map((value) => cut(`${name}: ${value}`, longestField)));

/** Returns the notable header fields of an HTTP/2 or HTTP/3 response, then its trailers, which tell how a gRPC call ended. */
const saidByStream = (response: Http2Way): readonly string[] => [
  ...saidIn(response.head?.fields ?? [], ['content-encoding', 'location', 'set-cookie']),
  ...trailersOf(response),
];

const trailersOf = ({trailers = []}: Http2Way): readonly string[] =>
  trailers.map(({name, value}) => cut(`${name}: ${value}`, longestField));

const isEventStream = (type: string | undefined): boolean => type?.startsWith('text/event-stream') === true;

const carriedBy = ({
  head,
  contentBytes: bytes,
}: Pick<HttpTransaction['request'], 'contentBytes'> & {
  readonly head: {readonly fields: readonly Field[]};
}): Carried => ({type: combinedValue(head.fields, 'Content-Type'), bytes});

const nothing: Carried = {type: undefined, bytes: 0};

const ofTransaction = (
  connection: number,
  {request, response, interim, hinted, unreadable}: HttpTransaction,
): ToldRequest => ({
  ...{connection, interim, hinted, unreadable},
  carried: {asked: carriedBy(request), answered: response ? carriedBy(response) : nothing},
  said: () => ({
    asked: saidIn(request.head.fields, toldFields.asked),
    answered: saidIn(response?.head.fields ?? [], toldFields.answered),
  }),
  preflight:
    request.head.start.method === 'OPTIONS' &&
    combinedValue(request.head.fields, 'Access-Control-Request-Method') !== undefined,
  events: isEventStream(combinedValue(response?.head.fields ?? [], 'Content-Type')),
  resumes: combinedValue(request.head.fields, 'Last-Event-ID') !== undefined,
  coding: combinedValue(response?.head.fields ?? [], 'Content-Encoding'),
  chunked: combinedValue(response?.head.fields ?? [], 'Transfer-Encoding') === 'chunked',
  trailers: [],
  request: `${request.head.start.method} ${request.head.start.target}`,
  begins: request.begins,
  answer: response && {status: response.head.start.status, phrase: response.head.start.reason},
  frame: response?.frame,
  stream: undefined,
  pushed: false,
  reset: undefined,
});

/** Describes a request by the two directions of its HTTP/2 or HTTP/3 stream: their heads, and their content. */
const ofWays = (request: Http2Way, response: Http2Way) => {
  const status = response.value(':status');
  const target = request.value(':path') ?? request.value(':authority') ?? '';
  const [asked, answered] = [request, response].map((way) => ({
    ...{type: way.value('content-type'), bytes: way.contentBytes},
  }));
  return {
    ...{interim: response.interim, hinted: response.hinted},
    said: () => ({asked: saidIn(request.head?.fields ?? [], ['cookie']), answered: saidByStream(response)}),
    carried: {asked: asked ?? nothing, answered: answered ?? nothing},
    preflight:
      request.value(':method') === 'OPTIONS' && request.value('access-control-request-method') !== undefined,
    events: isEventStream(response.value('content-type')),
    resumes: false,
    coding: response.value('content-encoding'),
    ...{chunked: false, unreadable: undefined},
    trailers: trailersOf(response),
    request: `${request.value(':method') ?? ''} ${target}`,
    answer: status === undefined ? undefined : {status: Number(status), phrase: ''},
  };
};

/** Describes a request on an HTTP/2 stream; `before` is the HTTP/1 request for an upgrade that became stream 1. */
const ofStream = (
  {id: connection, http2}: Heard,
  stream: Http2Stream,
  before: ToldRequest | undefined,
): ToldRequest => {
  const {id, request, response, reset, promisedOn} = stream;
  const ways = ofWays(request, response);
  return {
    ...ways,
    connection,
    request: request.head ? ways.request : (before?.request ?? ''),
    begins: request.head?.frame ?? before?.begins ?? response.head?.frame ?? 0,
    frame: response.ended,
    stream: id,
    pushed: promisedOn !== undefined,
    reset: reset && {
      by: reset.side === http2?.client ? 'client' : 'server',
      ...{error: http2ErrorName(reset.error), frame: reset.frame},
    },
  };
};

/**
 * Returns which end wanted a QUIC stream to stop, and its code; undefined if neither did. The receiver of STOP_SENDING answers with a reset
 * (RFC 9000 §3.5), but the sender of STOP_SENDING wanted it.
 */
const brokenOff = ({reset, stopSending}: QuicStream) => {
  const asked = !!stopSending && !(reset && (reset.by === stopSending.by || reset.frame < stopSending.frame));
  const told = asked ? stopSending : reset;
  return told && {...told, asked};
};

/** Describes a request and response of HTTP/3; `connection` is 0 because they belong to no TCP connection. */
export const ofHttp3 = ({stream, request, response}: Http3Exchange): ToldRequest => {
  const reset = brokenOff(stream);
  const [asked, answered] = stream.halves;
  return {
    ...ofWays(request, response),
    ...{connection: 0, begins: asked.firstFrame ?? 0, stream: stream.id, pushed: false},
    frame: stream.isWhole(1) ? answered.lastFrame : undefined,
    reset: reset && {
      ...{by: sideName(reset.by), frame: reset.frame},
      error: closeName({application: true, code: reset.code}, true),
    },
  };
};

type Heard = {
  readonly id: number;
  readonly http: readonly HttpTransaction[];
  readonly http2: Http2Connection | undefined;
};

const requestsOn = (heard: Heard): readonly ToldRequest[] => {
  const {id, http, http2} = heard;
  const first = http.map((transaction) => ofTransaction(id, transaction));
  const upgraded = first.at(-1);
  const streams = http2?.streams ?? [];
  return [
    ...first,
    ...streams.map((stream) => ofStream(heard, stream, stream.id === 1 ? upgraded : undefined)),
  ];
};

/** Returns what HTTP each TCP connection carried, in clear or inside TLS. */
export const heardOn = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Heard[] => [
  ...connections.map(({id, streams}) => ({id, http: streams?.http ?? [], http2: streams?.http2})),
  ...tls.map(({observed: {id}, http, http2}) => ({id, http, http2})),
];

export type ToldResponse = {readonly connection: number; readonly response: HttpResponse};

/** Returns the responses whose requests were not captured or cannot be parsed. */
export const responsesAlone = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly ToldResponse[] =>
  [
    ...connections.map(({id, streams}) => ({id, found: streams?.httpInside.unrequested ?? []})),
    ...tls.map(({observed: {id}, httpInside}) => ({id, found: httpInside.unrequested})),
  ].flatMap(({id: connection, found}) => found.map((response) => ({connection, response})));

/** Returns the requests without the HTTP/1 requests for an upgrade, each of which is also the request of an HTTP/2 stream. */
export const askedOnce = (requests: readonly ToldRequest[]): readonly ToldRequest[] => {
  const ofStreams = new Set(
    requests.filter(({stream}) => stream !== undefined).map(({connection}) => connection),
  );
  return requests.filter(
    ({stream, connection, answer}) =>
      stream !== undefined || !ofStreams.has(connection) || answer?.status !== 101,
  );
};

/** Returns the requests of all connections in the order in which they were sent. */
export const requestsIn = (heard: readonly Heard[]): readonly ToldRequest[] =>
  heard.flatMap(requestsOn).sort((a, b) => a.begins - b.begins);

const mostHinted = 3;

/** Describes the links that early hints announced, and whether one was fetched before the final response was complete (RFC 8297). */
const hintedText = (hinted: readonly ToldRequest[], requests: readonly ToldRequest[]): Text => {
  const names = [...new Set(hinted.flatMap((each) => each.hinted))];
  const early = hinted.some(({begins, frame, hinted: targets}) =>
    requests.some(
      (each) =>
        each.begins > begins &&
        (frame === undefined || each.begins < frame) &&
        targets.some((target) => each.request === `GET ${target}`),
    ),
  );
  return worded(brief.hinted, {
    ...{count: hinted.length, targets: names.length, names: names.slice(0, mostHinted)},
    ...{more: names.length > mostHinted, early},
  });
};

/** Counts the pipelined HTTP/1 requests, which were sent before the response to the previous request was complete. */
const pipelinedIn = (requests: readonly ToldRequest[]): number => {
  const before = new Map<number, ToldRequest>();
  return requests.filter((each) => {
    if (each.stream !== undefined) return false;
    const {frame = 0} = before.get(each.connection) ?? {};
    before.set(each.connection, each);
    return each.begins < frame;
  }).length;
};

/** Returns sentences on what is unusual among the requests: pipelining, early hints, preflights, streams of events, codings, trailers. */
export const notableIn = (requests: readonly ToldRequest[]): readonly Text[] => {
  const hinted = requests.filter(({interim}) => interim.includes(103));
  const preflights = requests.filter(({preflight}) => preflight);
  const refused = preflights.filter(({answer}) => answer && answer.status >= 400).length;
  const streams = requests.filter(({events}) => events);
  const coded = requests.filter(({coding}) => coding !== undefined);
  const trailed = requests.filter(({trailers}) => trailers.length > 0);
  const [last = ''] = trailed.at(-1)?.trailers ?? [];
  const pipelined = pipelinedIn(requests);
  return [
    ...when(pipelined > 0, () => worded(brief.pipelined, {count: pipelined})),
    ...when(hinted.length > 0, () => hintedText(hinted, requests)),
    ...when(preflights.length > 0, () => worded(brief.preflights, {count: preflights.length, refused})),
    ...when(streams.length > 0, () =>
      worded(brief.eventStreams, {
        count: streams.length,
        again: streams.filter(({resumes}) => resumes).length,
      }),
    ),
    ...when(coded.length > 0, () =>
      worded(brief.compressed, {
        ...{count: coded.length, chunked: coded.every(({chunked}) => chunked)},
        codings: [...new Set(coded.map(({coding = ''}) => coding))],
      }),
    ),
    ...when(trailed.length > 0, () => worded(brief.trailers, {count: trailed.length, last})),
  ];
};

export const framesText = (from: number, to: number | undefined): Text => worded(say.frames, {to, from});

const placeText = ({stream, pushed, begins, frame}: ToldRequest, language: Language): string => {
  const frames = framesText(begins, frame)[language];
  if (stream === undefined) return frames;
  const numbers = String(stream);
  return worded(http2Told.place, {stream: worded(handWords.stream, {numbers}), pushed, frames})[language];
};

const carriedText = ({type, bytes}: Carried, language: Language): readonly string[] =>
  bytes === 0 ? [] : [...(type === undefined ? [] : [type]), worded(say.bytes, {bytes})[language]];

export const requestText = (told: ToldRequest, arrow: string, language: Language): string => {
  const {request, answer, interim, carried, reset, unreadable: frame} = told;
  const said = told.said();
  const comma = punctuation.comma[language];
  const none = frame === undefined ? say.noAnswer : worded(say.unreadable, {frame});
  const status = answer ? `${answer.status} ${answer.phrase}`.trimEnd() : none[language];
  const [sent, got] = [carried.asked, carried.answered].map((each) => carriedText(each, language));
  const broken = reset ? [worded(say.brokenOff, reset)[language]] : [];
  const answered = [...interim, status, ...(got ?? []), ...said.answered, ...broken].join(comma);
  const asked = [request, ...(sent ?? []), ...said.asked].join(comma);
  return aside[language]({text: `${asked} ${arrow} ${answered}`, inside: placeText(told, language)});
};

export const responseText = (
  {head: {start, fields}, contentBytes, begins, frame}: HttpResponse,
  arrow: string,
  language: Language,
): string => {
  const carried = carriedText(carriedBy({head: {fields}, contentBytes}), language);
  const answered = [
    ...[`${start.status} ${start.reason}`.trimEnd(), ...carried],
    ...saidIn(fields, toldFields.answered),
  ].join(punctuation.comma[language]);
  const inside = framesText(begins, frame === begins ? undefined : frame)[language];
  return aside[language]({text: `${say.noRequest[language]} ${arrow} ${answered}`, inside});
};
