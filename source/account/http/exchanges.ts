// Makes the rows of the waterfall: the HTTP requests of a whole run with what each waited for, one phase after another.

import type {Trace} from '../../sim/trace.ts';
import {originForm, readHttpUrl} from '../../wire/http/uri.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entriesOf} from '../entries.ts';
import {type HttpConnection, httpConnectionsIn} from './connections.ts';
import type {Message, Stamp} from './messages.ts';

/** The phases of an HTTP request in the order in which they can follow each other. */
export const phaseKinds = ['dns', 'connect', 'secure', 'send', 'wait', 'receive', 'idle'] as const;

export type PhaseKind = (typeof phaseKinds)[number];

/** A phase of an HTTP request; without `to` it lasts to the end of the run. */
export type Phase = {readonly kind: PhaseKind; readonly from: Stamp; readonly to?: Stamp};

export type Exchange = {
  readonly method: string;
  readonly target: string;
  /** The connection of an HTTP request; absent if none was needed because the client's cache had the response. */
  readonly on?: {
    /** The number of the connection, in the order of opening, and the number of the request on it; both count from 1. */
    readonly connection: number;
    readonly nth: number;
  };
  readonly start: Stamp;
  readonly phases: readonly Phase[];
  /** The packets of the request and its response, the request's first. */
  readonly packets: readonly number[];
  readonly status?: {readonly code: number; readonly known: Stamp};
  /** The time of the response's last byte, or the time after which none can arrive. */
  readonly done?: Stamp;
  readonly failed?: Stamp;
};

/** Returns a list with one phase of an HTTP request, or an empty one if it is not known when the phase began. */
const phase = (kind: PhaseKind, from: Stamp | undefined, to: Stamp | undefined): readonly Phase[] =>
  from === undefined ? [] : [{kind, from, ...(to && {to})}];

type Place = {readonly connection: HttpConnection; readonly number: number; readonly index: number};

const beforeSending = ({connection, index}: Place, request: Message): readonly Phase[] => {
  if (index > 0) return [];
  const {lookup, opened, established, secured} = connection;
  return [
    ...phase('dns', lookup?.from, lookup?.to),
    ...phase('connect', opened, established ?? request.began),
    ...phase('secure', secured, request.began),
  ];
};

/** Returns the idle time of an HTTP/1 connection after a response, until the next request or until the connection is closed. */
const idleAfter = ({connection, index}: Place, {ended}: Message): readonly Phase[] => {
  const next = connection.exchanges[index + 1]?.request.began ?? connection.closing;
  return ended === undefined || (next !== undefined && next.atUs <= ended.atUs)
    ? []
    : phase('idle', ended, next);
};

/** An HTTP message of any version, with its times and packets. */
export type Passed = Omit<Message, 'headSpan'>;

type Course = {
  readonly request: Passed | undefined;
  readonly response: Passed | undefined;
  /** The time after which nothing of the response can arrive; undefined if that does not happen before the response is complete. */
  readonly failed: Stamp | undefined;
  /** The phases of an HTTP exchange before the request is sent, and those after the response. */
  readonly before?: readonly Phase[];
  readonly after?: readonly Phase[];
};

/** Returns the row of the waterfall for a request and its response; undefined if no request was sent. */
export const exchangeOf = (course: Course): Omit<Exchange, 'on'> | undefined => {
  const {request, response, failed, before = [], after = []} = course;
  const start = request?.head.start;
  if (start?.kind !== 'request' || !request) return undefined;
  const answer = response?.head.start;
  const sent = request.ended ?? request.known;
  const phases = [
    ...before,
    ...phase('send', request.began, sent),
    ...phase('wait', sent, response?.began ?? failed),
    ...phase('receive', response?.began, response?.ended ?? failed),
    ...after,
  ];
  return {
    ...{method: start.method, target: start.target},
    ...{start: phases[0]?.from ?? request.began, phases},
    packets: [...request.packets, ...(response?.packets ?? [])],
    ...(response && answer?.kind === 'response' && {status: {code: answer.status, known: response.known}}),
    ...(response?.ended && {done: response.ended}),
    ...(failed && {failed}),
  };
};

const exchangeOn = (
  place: Place,
  {request, response}: HttpConnection['exchanges'][number],
): readonly Exchange[] => {
  const {connection, number, index} = place;
  const exchange = exchangeOf({
    ...{request, response},
    failed: response?.ended ? undefined : connection.over,
    before: beforeSending(place, request),
    after: response ? idleAfter(place, response) : [],
  });
  return exchange ? [{...exchange, on: {connection: number, nth: index + 1}}] : [];
};

/** Returns requests of a simulated run that a browser's cache answers itself (RFC 9111 §4.2), which no packet shows. */
const fromCaches = (trace: Trace): readonly Exchange[] => {
  if (trace.stateAt(0) === undefined) return [];
  return [...entriesOf(trace, 'note')].flatMap(({n, atUs, note}) => {
    if (note.kind !== 'http-cache' || note.op !== 'hit') return [];
    const url = readHttpUrl(note.url);
    const target = url ? originForm(url) : note.url;
    const at = {n, atUs};
    const status = {code: 200, known: at};
    return {method: 'GET', target, start: at, phases: [], packets: [], status, done: at};
  });
};

/** Returns all HTTP requests of a run with what each waited for, in the order in which they began. */
export const exchangesIn = oncePer((trace: Trace): readonly Exchange[] => {
  const onWire = httpConnectionsIn(trace).flatMap((connection, at) =>
    connection.exchanges.flatMap((each, index) => exchangeOn({connection, number: at + 1, index}, each)),
  );
  return [...onWire, ...fromCaches(trace)].sort((a, b) => a.start.n - b.start.n);
});
