// Requests and what answered them, of HTTP/1 and of streams of HTTP/2 alike.
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {Http2Stream} from '../../observe/http2-stream.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {combinedValue, type Field} from '../../wire/http/fields.ts';
import {handWords} from '../../words/catalogue/hands.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {aside, reportTexts as say} from '../../words/catalogue/inspect.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cut} from '../../words/width.ts';

export type ToldRequest = {
  readonly connection: number;
  /** Method and target. */
  readonly request: string;
  readonly begins: number;
  /** Its final status, with the phrase that HTTP/1 has. */
  readonly answer: {readonly status: number; readonly phrase: string} | undefined;
  /** Statuses before the final one (1xx). */
  readonly interim: readonly number[];
  /** What else its heads say that changes what happens: fields as they were sent. */
  readonly said: {readonly asked: readonly string[]; readonly answered: readonly string[]};
  /** Asks for another origin whether it may ask (Fetch standard, CORS-preflight). */
  readonly preflight: boolean;
  /** Answered with events that go on (text/event-stream). */
  readonly events: boolean;
  /** Where the answer is whole; undefined: it is not. */
  readonly frame: number | undefined;
  /** Of HTTP/2. */
  readonly stream: number | undefined;
  /** The server promised the answer, nobody asked for it (RFC 9113 §8.4). */
  readonly pushed: boolean;
  /** Somebody broke it off, which is told by itself. */
  readonly reset: boolean;
};

/** Fields that a reader of the list would ask about; of the request, of the response. */
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
  ],
  answered: [
    ...['Content-Encoding', 'Transfer-Encoding', 'Content-Range', 'Location', 'Upgrade'],
    ...['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods'],
  ],
} as const;

const longestField = 60;

const saidIn = (fields: readonly Field[], names: readonly string[]): readonly string[] =>
  names.flatMap((name) => {
    const value = combinedValue(fields, name);
    return value === undefined ? [] : [cut(`${name}: ${value}`, longestField)];
  });

/** Names in the form of HTTP/1; what follows content says how it went (gRPC). */
const saidByStream = ({response: {head, trailers}}: Http2Stream): readonly string[] => [
  ...saidIn(head?.fields ?? [], ['content-encoding', 'location']),
  ...(trailers ?? []).map(({name, value}) => cut(`${name}: ${value}`, longestField)),
];

const isEventStream = (type: string | undefined): boolean => type?.startsWith('text/event-stream') === true;

const ofTransaction = (connection: number, {request, response, interim}: HttpTransaction): ToldRequest => ({
  connection,
  interim,
  said: {
    asked: saidIn(request.head.fields, toldFields.asked),
    answered: saidIn(response?.head.fields ?? [], toldFields.answered),
  },
  preflight:
    request.head.start.method === 'OPTIONS' &&
    combinedValue(request.head.fields, 'Access-Control-Request-Method') !== undefined,
  events: isEventStream(combinedValue(response?.head.fields ?? [], 'Content-Type')),
  request: `${request.head.start.method} ${request.head.start.target}`,
  begins: request.begins,
  answer: response && {status: response.head.start.status, phrase: response.head.start.reason},
  frame: response?.frame,
  stream: undefined,
  pushed: false,
  reset: false,
});

/** `before`: the request that an upgrade made stream 1. */
const ofStream = (connection: number, stream: Http2Stream, before: ToldRequest | undefined): ToldRequest => {
  const {id, request, response, reset, promisedOn} = stream;
  const status = response.value(':status');
  const target = request.value(':path') ?? request.value(':authority') ?? '';
  return {
    connection,
    interim: response.interim,
    said: {asked: [], answered: saidByStream(stream)},
    preflight:
      request.value(':method') === 'OPTIONS' && request.value('access-control-request-method') !== undefined,
    events: isEventStream(response.value('content-type')),
    request: request.head ? `${request.value(':method') ?? ''} ${target}` : (before?.request ?? ''),
    begins: request.head?.frame ?? before?.begins ?? response.head?.frame ?? 0,
    answer: status === undefined ? undefined : {status: Number(status), phrase: ''},
    frame: response.ended,
    stream: id,
    pushed: promisedOn !== undefined,
    reset: reset !== undefined,
  };
};

type Heard = {
  readonly id: number;
  readonly http: readonly HttpTransaction[];
  readonly http2: Http2Connection | undefined;
};

const requestsOn = ({id, http, http2}: Heard): readonly ToldRequest[] => {
  const first = http.map((transaction) => ofTransaction(id, transaction));
  const upgraded = first.at(-1);
  const streams = http2?.streams ?? [];
  return [...first, ...streams.map((stream) => ofStream(id, stream, stream.id === 1 ? upgraded : undefined))];
};

/** What was heard on each connection, in clear or inside TLS. */
export const heardOn = (
  connections: readonly ObservedConnection[],
  tls: readonly CapturedTls[],
): readonly Heard[] => [
  ...connections.map(({id, streams}) => ({id, http: streams?.http ?? [], http2: streams?.http2})),
  ...tls.map(({observed: {id}, http, http2}) => ({id, http, http2})),
];

/** In the order in which they were asked. */
export const requestsIn = (heard: readonly Heard[]): readonly ToldRequest[] =>
  heard.flatMap(requestsOn).sort((a, b) => a.begins - b.begins);

export const framesText = (from: number, to: number | undefined): Text => worded(say.frames, {to, from});

const placeText = ({stream, pushed, begins, frame}: ToldRequest, language: Language): string => {
  const frames = framesText(begins, frame)[language];
  if (stream === undefined) return frames;
  const numbers = String(stream);
  return worded(http2Told.place, {stream: worded(handWords.stream, {numbers}), pushed, frames})[language];
};

export const requestText = (told: ToldRequest, arrow: string, language: Language): string => {
  const {request, answer, interim, said} = told;
  const comma = punctuation.comma[language];
  const status = answer ? `${answer.status} ${answer.phrase}`.trimEnd() : say.noAnswer[language];
  const answered = [...interim, status, ...said.answered].join(comma);
  const asked = [request, ...said.asked].join(comma);
  return aside[language]({text: `${asked} ${arrow} ${answered}`, inside: placeText(told, language)});
};
