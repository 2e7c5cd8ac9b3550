// Requests and what answered them, of HTTP/1 and of streams of HTTP/2 alike.
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {HttpTransaction} from '../../observe/http-transactions.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import type {Http2Stream} from '../../observe/http2-stream.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedTls} from '../../observe/tls-captured.ts';
import {handWords} from '../../words/catalogue/hands.ts';
import {http2Told} from '../../words/catalogue/http2.ts';
import {aside, reportTexts as say} from '../../words/catalogue/inspect.ts';

export type ToldRequest = {
  readonly connection: number;
  /** Method and target. */
  readonly request: string;
  readonly begins: number;
  /** Its final status, with the phrase that HTTP/1 has. */
  readonly answer: {readonly status: number; readonly phrase: string} | undefined;
  /** Where the answer is whole; undefined: it is not. */
  readonly frame: number | undefined;
  /** Of HTTP/2. */
  readonly stream: number | undefined;
  /** The server promised the answer, nobody asked for it (RFC 9113 §8.4). */
  readonly pushed: boolean;
  /** Somebody broke it off, which is told by itself. */
  readonly reset: boolean;
};

const ofTransaction = (connection: number, {request, response}: HttpTransaction): ToldRequest => ({
  connection,
  request: `${request.head.start.method} ${request.head.start.target}`,
  begins: request.begins,
  answer: response && {status: response.head.start.status, phrase: response.head.start.reason},
  frame: response?.frame,
  stream: undefined,
  pushed: false,
  reset: false,
});

/** `before`: the request that an upgrade made stream 1. */
const ofStream = (
  connection: number,
  {id, request, response, reset, promisedOn}: Http2Stream,
  before: ToldRequest | undefined,
): ToldRequest => {
  const status = response.value(':status');
  const target = request.value(':path') ?? request.value(':authority') ?? '';
  return {
    connection,
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
  const {request, answer} = told;
  const answered = answer ? `${answer.status} ${answer.phrase}`.trimEnd() : say.noAnswer[language];
  return aside[language]({text: `${request} ${arrow} ${answered}`, inside: placeText(told, language)});
};
