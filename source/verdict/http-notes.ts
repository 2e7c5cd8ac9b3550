// Finds HTTP requests without a complete answer, and HTTP/2 streams that were reset.
import type {CapturedQuic} from '../observe/quic-captured.ts';
import type {speakingHttp} from '../observe/tls-captured.ts';
import {isTlsPort} from '../wire/dissect-tls.ts';
import {grouped} from '../wire/grouped.ts';
import {http2ErrorName} from '../wire/http2/http2-error.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';
import type {MessagesId} from './ids.ts';
import {quicAbout} from './quic-failures.ts';
import {lacksOctets, other, roleOf, sides} from './sides.ts';

type Found = readonly Finding<MessagesId>[];
type Spoken = ReturnType<typeof speakingHttp>[number];
type Http2 = NonNullable<Spoken['said']['http2']>;
type Way = Http2['streams'][number]['request'];

const none: Found = [];

type Asked = {readonly request: string; readonly begins: number; readonly begun: boolean};
type How = 'server' | 'client' | 'open';

/**
 * Returns the finding that HTTP requests have no complete answer. `tlsPort` is the port if it usually carries TLS and they came without.
 */
const unansweredFinding = (
  about: About,
  all: readonly Asked[],
  how: How,
  {isFault = false, tlsPort}: {readonly isFault?: boolean; readonly tlsPort?: string | undefined} = {},
): Found =>
  all.slice(0, 1).map(({request, begun}) =>
    finding('http-unanswered', {
      ...{about, frames: all.map(({begins}) => begins)},
      ...(isFault ? {where: 'server-program'} : {level: 'note'}),
      facts: {request, begun, how, count: all.length, tlsPort: begun ? undefined : tlsPort},
    }),
  );

const ofWay = (request: Way, response: Way): Asked => ({
  request: `${request.value(':method') ?? ''} ${request.value(':path') ?? request.value(':authority') ?? ''}`,
  begins: request.head?.frame ?? 0,
  begun: response.head !== undefined,
});

/** Tells whether the capture has all data of both ends, decrypted, so that a missing answer was never sent. */
const isWhole = ({observed}: Spoken, evidence: Evidence): boolean => {
  const tls = tlsOn(evidence, observed);
  return (
    evidence.inspector.file.cut.frames === 0 &&
    sides.every((side) => {
      const {heard} = observed.half(other(side));
      return observed.half(side).segments > 0 && heard !== undefined && !lacksOctets(observed, side);
    }) &&
    (!tls || tls.session?.closed === false)
  );
};

/** Returns the end that closed the connection first; `open` if none did or an RST ended it. */
const closedBy = ({observed}: Spoken): How => {
  const {course} = observed;
  if (course.firstFin === undefined || course.resetFrame > 0) return 'open';
  return roleOf(course.firstFin, observed) === 'server' ? 'server' : 'client';
};

const unansweredOn = (spoken: Spoken, evidence: Evidence): Found => {
  const {observed, said} = spoken;
  // Connections that an RST ended have findings of their own.
  if (observed.course.resetFrame > 0) return none;
  // The answer may be among the octets that the file lacks.
  if (lacksOctets(observed, other(observed.client))) return none;
  const all = said.http
    .filter(({response, unreadable}) => (response?.frame ?? unreadable) === undefined)
    .map(({request: {head, begins}, response}) => ({
      request: `${head.start.method} ${head.start.target}`,
      ...{begins, begun: response !== undefined},
    }));
  const streams = (said.http2?.streams ?? [])
    .filter(({request, response, reset}) => request.head && !reset && response.ended === undefined)
    .map(({request, response}) => ofWay(request, response));
  if (all.length + streams.length === 0) return none;
  const about = {connection: observed.id};
  const how = closedBy(spoken);
  const isFault = how === 'server' && all.length > 0 && isWhole(spoken, evidence);
  const {port} = observed.ends[other(observed.client)];
  const isPlain = isTlsPort(port) && !tlsOn(evidence, observed);
  return unansweredFinding(about, [...all, ...streams], how, {isFault, ...(isPlain && {tlsPort: `${port}`})});
};

/** Finds HTTP/3 requests without a complete answer. A response that is complete but could not be decoded counts as an answer. */
const unansweredOnQuic = (captured: CapturedQuic): Found => {
  const all = (captured.http3?.exchanges ?? [])
    .filter(
      ({stream, request, response}) =>
        request.head &&
        !stream.reset &&
        !stream.stopSending &&
        !stream.isWhole(1) &&
        (response.head ?? stream.halves[1].lastFrame) !== undefined,
    )
    .map(({stream, request, response}) => ({
      ...ofWay(request, response),
      begins: stream.halves[0].firstFrame ?? 0,
    }));
  return unansweredFinding(quicAbout(captured), all, 'open');
};

/** The most HTTP/2 streams that a finding's sentence names. */
const mostNamed = 5;

/** The HTTP/2 errors that report no fault: the answer is no longer wanted, or the request was not needed (RFC 9113 §7, §8.1). */
const harmless: ReadonlySet<string> = new Set(['NO_ERROR', 'CANCEL']);

const resetsOn = (connection: number, http2: Http2 | undefined): Found => {
  const all = (http2?.streams ?? []).flatMap(({id, reset}) => (reset ? [{...reset, id}] : []));
  return grouped(all, ({side, error}) => `${side} ${error}`).map((alike) => {
    const [{side, error}] = alike;
    const ids = alike.map(({id}) => String(id));
    return finding('h2-reset', {
      ...{about: {connection}, certainty: 'proved', frames: alike.map(({frame}) => frame)},
      facts: {
        ...{by: side === http2?.client ? 'client' : 'server', error: http2ErrorName(error)},
        ...{streams: ids.slice(0, mostNamed), more: ids.length > mostNamed, count: ids.length},
        harmless: harmless.has(http2ErrorName(error)),
      },
    });
  });
};

export const httpNotes = (speaking: readonly Spoken[], evidence: Evidence): Found => [
  ...speaking.flatMap((spoken) => [
    ...unansweredOn(spoken, evidence),
    ...resetsOn(spoken.observed.id, spoken.said.http2),
  ]),
  ...evidence.quic.flatMap(unansweredOnQuic),
];
