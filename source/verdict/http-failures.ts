// Findings about HTTP: responses that report a failure, and violations of the rules of HTTP/1, HTTP/2 and WebSockets.
import type {Side} from '../observe/connections.ts';
import type {HttpFault} from '../observe/http-faults.ts';
import type {Http2Connection} from '../observe/http2-connection.ts';
import type {Http2Way} from '../observe/http2-stream.ts';
import {speakingHttp} from '../observe/tls-captured.ts';
import {grouped} from '../wire/grouped.ts';
import {http2ErrorName} from '../wire/http2/http2-error.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding, type Where} from './finding.ts';
import {httpNotes} from './http-notes.ts';
import type {MessagesId} from './ids.ts';
import {quicAbout} from './quic-failures.ts';
import {websocketFailure} from './websocket-failures.ts';

type Answer = {
  readonly about: About;
  readonly status: number;
  readonly request: string;
  readonly frame: number;
};

/** The HTTP statuses below 500 that count as failures: 408 (the server waited too long) and 429 (it was asked too often). */
const [tooLate, tooOften] = [408, 429];

const hasFailed = ({status}: Answer): boolean =>
  (status >= 500 && status < 600) || status === tooLate || status === tooOften;

/** Tells whether the HTTP status reports a client error, such as not found or not allowed, or a failure (RFC 9110 §15.5, §15.6). */
const isError = (status: number): boolean => status >= 400 && status < 600;

const none: readonly never[] = [];

type Spoken = ReturnType<typeof speakingHttp>[number];

const askedIn = (request: Http2Way): string =>
  `${request.value(':method') ?? ''} ${request.value(':path') ?? ''}`.trim();

const ofStreams = (about: About, http2: Pick<Http2Connection, 'streams'> | undefined): readonly Answer[] =>
  (http2?.streams ?? []).flatMap(({request, response}) => {
    const status = Number(response.value(':status') ?? 0);
    return isError(status)
      ? [{about, status, request: askedIn(request), frame: response.head?.frame ?? 0}]
      : [];
  });

const answersOn = ({observed, said}: Spoken): readonly Answer[] => {
  const about = {connection: observed.id};
  const of = (status: number, request: string, frame: number): Answer => ({about, status, request, frame});
  return [
    ...said.http.flatMap(({request: {head}, response}) =>
      response && isError(response.head.start.status)
        ? of(response.head.start.status, `${head.start.method} ${head.start.target}`, response.begins)
        : [],
    ),
    // A 408 without a request is left out, because the server only closes an idle connection with it.
    ...said.httpInside.unrequested
      .filter(({head}) => isError(head.start.status) && head.start.status !== tooLate)
      .map(({head, begins}) => of(head.start.status, '', begins)),
    ...ofStreams(about, said.http2),
  ];
};

/** Returns the answers in a capture that report a failure or a client error. */
const answersIn = ({quic}: Evidence, speaking: readonly Spoken[]): readonly Answer[] => [
  ...speaking.flatMap(answersOn),
  ...quic.flatMap((each) => {
    const about = quicAbout(each);
    return (each.http3?.exchanges ?? []).flatMap(({stream, request, response}) => {
      const status = Number(response.value(':status') ?? 0);
      return isError(status)
        ? [{about, status, request: askedIn(request), frame: stream.halves[1].firstFrame ?? 0}]
        : [];
    });
  }),
];

const statusFindings = (answers: readonly Answer[]): readonly Finding<MessagesId>[] =>
  grouped(answers, ({about, status}) => `${JSON.stringify(about)} ${status}`).map((alike) => {
    const [{about, status, request}] = alike;
    const where: Where =
      status >= 500 ? 'server-program' : status === tooOften ? 'client-program' : 'unknown';
    return finding(hasFailed(alike[0]) ? 'http-status' : 'http-client-error', {
      ...{about, where, certainty: 'proved', frames: alike.map(({frame}) => frame)},
      facts: {status: String(status), count: alike.length, request: request === '' ? undefined : request},
    });
  });

/** The violations of HTTP/1 that are not reported: they mislead no reader, or the message only ends early. */
const untold: ReadonlySet<HttpFault['code']> = new Set([
  ...(['trailer-field', 'content-forbidden', 'head-incomplete'] as const),
  ...(['content-incomplete', 'chunks-incomplete'] as const),
]);

/** The violations of HTTP/1 that most readers tolerate and understand alike; they are reported as notes unless the message was refused. */
const forgiven: ReadonlySet<HttpFault['code']> = new Set([
  ...(['bare-lf', 'bare-cr', 'obs-fold', 'leading-space', 'field-colon', 'field-name'] as const),
  ...(['field-name-space', 'fields-long', 'fields-many', 'chunk-size-space', 'host-left-out'] as const),
]);

const faultFinding = ({observed, said}: Spoken): readonly Finding<MessagesId>[] => {
  // A response at the beginning of a capture may answer a request that was sent before the capture began.
  const isBegun = observed.counts.syn + observed.counts.synAck > 0;
  const faults = said.httpFaults.filter(
    ({code}) => !untold.has(code) && (isBegun || code !== 'response-unasked'),
  );
  if (faults.length === 0) return none;
  const grave = faults.filter(({code}) => !forgiven.has(code));
  const [first] = grave.length > 0 ? grave : faults;
  if (!first) return [];
  const isRefused = said.http.some(
    ({response, unreadable}) => response?.head.start.status === 400 || unreadable !== undefined,
  );
  return [
    finding('http-fault', {
      ...{about: {connection: observed.id}, certainty: 'proved', frames: faults.map(({frame}) => frame)},
      ...(grave.length === 0 && !isRefused && {level: 'note'}),
      where: first.in === 'request' ? 'client-program' : 'server-program',
      facts: {fault: first, others: faults.length - 1},
    }),
  ];
};

/**
 * The HTTP/2 error codes with which a stream may be reset although nothing is wrong; such a reset is not reported: NO_ERROR, STREAM_CLOSED,
 * REFUSED_STREAM, CANCEL, HTTP_1_1_REQUIRED.
 */
const harmless: ReadonlySet<number> = new Set([0, 5, 7, 8, 13]);
/** The HTTP/2 errors INTERNAL_ERROR and CONNECT_ERROR, with which an end reports a failure of its own. */
const ownErrors: ReadonlySet<number> = new Set([2, 10]);

const programs = {client: 'client-program', server: 'server-program'} as const;

/**
 * Returns the error with which an HTTP/2 connection ended (GOAWAY), or else one of its streams (RST_STREAM); undefined if there was none.
 */
const givenUp = (http2: Http2Connection) => {
  const goaway = http2.goaways.find(({error}) => error !== 0);
  if (goaway) return {...goaway, stream: undefined};
  const stream = http2.streams.find(({reset}) => reset && !harmless.has(reset.error));
  return stream?.reset && {...stream.reset, stream: stream.id};
};

const http2Finding = ({observed}: Spoken, http2: Http2Connection): readonly Finding<MessagesId>[] => {
  const roleOf = (side: Side): 'client' | 'server' => (side === http2.client ? 'client' : 'server');
  const [fault] = http2.faults;
  const end = givenUp(http2);
  if (!fault && !end) return none;
  const by = end && roleOf(end.side);
  const guilty = fault ? roleOf(fault.side) : end && ownErrors.has(end.error) ? by : undefined;
  // The other end ignored the violation, because later requests were answered.
  const goesOn =
    !end &&
    http2.streams.some(({response}) => response.ended !== undefined && response.ended > (fault?.frame ?? 0));
  return [
    finding('http2-fault', {
      about: {connection: observed.id},
      ...(goesOn && {level: 'note'}),
      certainty: fault ? 'proved' : 'deduced',
      where: guilty ? programs[guilty] : 'unknown',
      frames: [fault?.frame ?? 0, end?.frame ?? 0].filter((frame) => frame > 0),
      facts: {
        fault,
        ...{guilty, by, error: end && http2ErrorName(end.error), stream: end?.stream},
      },
    }),
  ];
};

/** Returns the findings about HTTP; `mistaken` are the numbers of connections on which only one end spoke TLS, which are left out. */
export const httpFailures = (
  evidence: Evidence,
  mistaken: ReadonlySet<number>,
): readonly Finding<MessagesId>[] => {
  const speaking = speakingHttp(evidence.connections, evidence.tls).filter(
    ({observed}) => !mistaken.has(observed.id),
  );
  return [
    ...statusFindings(answersIn(evidence, speaking)),
    ...httpNotes(speaking, evidence),
    ...speaking.flatMap(faultFinding),
    ...speaking.flatMap((each) => (each.said.http2 ? http2Finding(each, each.said.http2) : none)),
    ...speaking.flatMap(({observed, client, said}) => websocketFailure(observed.id, client, said.httpInside)),
  ];
};
