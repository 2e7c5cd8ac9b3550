// Questions about HTTP connections (RFC 9112 §9): whether a connection stays open, which request a response answers, what happens to an
// unanswered request, how long the first answer takes.
import {entriesOf, entryAt} from '../account/entries.ts';
import {packetOf, segmentOf} from '../account/packet.ts';
import {sameIn, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import {tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {hasFlag} from '../wire/tcp.ts';
import {bodyEnds, connectionAfter, firstByte, pipelined, unanswered} from '../words/catalogue/ask-http.ts';
import {type Exchange, exchanges, fieldLines, fieldOf, lineOf, valueIn} from './http-exchanges.ts';
import {isBare} from './http-messages.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, type Found, type Rejection, whatever} from './kind.ts';
import {byClause, listedKind, replying, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {type Version, versionOf} from './tls.ts';

type AfterGivens = {readonly request: readonly string[]; readonly response: readonly string[]};

/**
 * Tells whether the response has content and neither Content-Length nor Transfer-Encoding, so that only the end of the connection ends it
 * (RFC 9112 §6.3, rule 8).
 */
const isUnframed = ({request: [asked = ''], response}: AfterGivens): boolean =>
  !isBare({method: asked.split(' ')[0] ?? '', line: response[0] ?? ''}) &&
  ['content-length', 'transfer-encoding'].every((name) => valueIn(response, name) === undefined);

/**
 * Returns what happens to an HTTP connection after a response without a Connection field: the server closes it (HTTP/1.0, or content
 * without a length), or it stays open.
 */
const afterIt = (givens: AfterGivens): 'open' | 'server' => {
  const isOld = [givens.request[0], givens.response[0]].some((line) => line?.includes('HTTP/1.0'));
  return isOld || isUnframed(givens) ? 'server' : 'open';
};

/** Tells whether a Connection or Keep-Alive field states what happens to the connection, so that the answer could be read off. */
const isSaid = ({request, response}: Exchange): boolean =>
  [request, response].some(({head}) => fieldOf(head, 'connection') ?? fieldOf(head, 'keep-alive'));

/** An end that sends a FIN or RST within this time in µs after the response closes the connection because of it. */
const atOnceUs = 500_000;

/**
 * Returns which end closes an HTTP connection after the response, or `open` if neither does; undefined if the run ends too early to tell.
 */
const closer = (trace: Trace, {connection, index, response}: Exchange): string | undefined => {
  const {ended} = response;
  if (connection.exchanges[index + 1]) return 'open';
  if (!ended) return undefined;
  for (const n of connection.segments) {
    const event = entryAt(trace, n);
    const segment = event.kind === 'send' ? segmentOf(event) : undefined;
    if (!segment || !(hasFlag(segment, 'FIN') || hasFlag(segment, 'RST'))) continue;
    if (event.atUs > ended.atUs + atOnceUs) return 'open';
    return event.host === connection.client ? 'client' : 'server';
  }
  return trace.durationUs > ended.atUs + atOnceUs ? 'open' : undefined;
};

export const connectionAfterKind = listedKind<AfterGivens>({
  kind: 'connection-after',
  form: 'choice',
  all: (trace) =>
    exchanges(trace).flatMap((exchange): readonly (Found<AfterGivens> | Rejection)[] => {
      const {request, response, answers} = exchange;
      if (isSaid(exchange)) return ['trivial'];
      const did = closer(trace, exchange);
      const lines = ({head}: typeof request, framing: readonly string[]): readonly string[] => [
        lineOf(head),
        ...fieldLines(head, framing),
      ];
      if (did === undefined) return [];
      return [
        {
          givens: {
            request: lines(request, []),
            response: lines(response, ['content-length', 'transfer-encoding']),
          },
          ...{did, n: response.began.n, evidence: byClause(answers, '9112 §9.3', did)},
        },
      ];
    }),
  ask: ({request, response}) => [
    connectionAfter.given,
    valuesLine(request.join('   ')),
    valuesLine(response.join('   ')),
    connectionAfter.asks,
  ],
  solve(givens) {
    const answer = afterIt(givens);
    const {explain, hints} = connectionAfter;
    return {
      answer,
      explain: isUnframed(givens) ? bodyEnds.explain.close : explain[answer],
      hints: [hints.version, hints.field],
    };
  },
  beliefs: [
    {
      misconception: 'http-always-closes',
      answers: (givens) => (afterIt(givens) === 'open' ? 'server' : undefined),
    },
    replying(
      connectionAfter.replies.client,
      (givens: AfterGivens) => ({closes: afterIt(givens) === 'server'}),
      () => 'client',
    ),
    replying(
      connectionAfter.replies.open,
      (givens: AfterGivens) => ({unframed: isUnframed(givens)}),
      () => 'open',
    ),
    replying(
      connectionAfter.replies.half,
      (givens: AfterGivens) => ({closes: afterIt(givens) === 'server'}),
      () => 'half',
    ),
  ],
  words: wordsOf(connectionAfter.choices),
});

type PipeGivens = {readonly requests: readonly string[]; readonly nth: number};

/** Returns the requests of a connection that were sent completely before the response to the request `index` began to arrive. */
const sentAhead = (
  {connection: {exchanges: all}}: Exchange,
  index: number,
): readonly Exchange['request'][] => {
  const response = all[index]?.response;
  return all.flatMap(({request}) =>
    request.ended && response && request.ended.n < response.began.n ? request : [],
  );
};

/** A question kind: in which order do the responses to pipelined HTTP requests come (RFC 9112 §9.3.2)? */
export const pipelinedKind = listedKind<PipeGivens>({
  kind: 'pipelined-order',
  isRead: true,
  form: 'choice',
  all: (trace) =>
    exchanges(trace).flatMap((exchange) => {
      const {index, response, request, answers} = exchange;
      const ahead = sentAhead(exchange, index);
      const all = sentAhead(exchange, 0);
      if (all.length < 3 || ahead.length < all.length || !all.includes(request)) return [];
      const did = lineOf(request.head);
      return [
        {
          givens: {requests: all.map(({head}) => lineOf(head)), nth: index + 1},
          ...{did, n: response.began.n, evidence: byClause(answers, '9112 §9.3.2', did)},
        },
      ];
    }),
  ask: ({requests, nth}) => [
    pipelined.given,
    ...requests.map(valuesLine),
    wordedWithNames(pipelined.asks, {nth}),
  ],
  solve({requests, nth}) {
    const answer = requests[nth - 1];
    return answer === undefined
      ? undefined
      : {answer, explain: wordedWithNames(pipelined.explain, {nth, answer}), hints: [pipelined.hint]};
  },
  beliefs: beliefsIn(pipelined.beliefs, {
    'pipelining-is-parallel': ({requests}) => requests.at(-1),
    first: ({requests}) => requests[0],
    other: ({requests}) => requests[1],
  }),
});

type LostGivens = {readonly line: string; readonly nth: number};

const idempotent = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];

const afterLoss = ({line}: LostGivens): 'again' | 'told' =>
  idempotent.includes(line.split(' ')[0] ?? '') ? 'again' : 'told';

/** Returns the HTTP requests whose connection ended before any part of a response arrived, with whether the client sent them again. */
const lostRequests = (trace: Trace): readonly Found<LostGivens>[] => {
  const notes = [...entriesOf(trace, 'note')];
  return notes.flatMap(({note, n, host}): readonly Found<LostGivens>[] => {
    if (note.kind !== 'retry') return [];
    const own = notes.filter((each) => each.n < n && each.host === host).map((each) => each.note);
    const sent = own.findLast(
      (each) => each.kind === 'request' && each.op === 'sent' && each.target === note.target,
    );
    const began = own.some(
      (each) =>
        each.kind === 'response' &&
        sent?.kind === 'request' &&
        each.stream === sent.stream &&
        each.nth === sent.nth,
    );
    if (began || sent?.kind !== 'request') return [];
    const did = note.allowed ? 'again' : 'told';
    return [
      {
        givens: {line: `${sent.method} ${sent.target} ${sent.version}`, nth: sent.nth},
        ...{did, n, evidence: byClause(lastSent(trace, n) ?? 1, '9110 §9.2.2', did)},
      },
    ];
  });
};

/** A question kind: what happens to an HTTP request whose connection ends before any part of a response has arrived? */
export const unansweredKind = listedKind<LostGivens>({
  kind: 'unanswered-request',
  form: 'choice',
  all: lostRequests,
  ask: ({line, nth}) => [wordedWithNames(unanswered.given, {nth}), valuesLine(line), unanswered.asks],
  solve(givens) {
    const answer = afterLoss(givens);
    const [method = ''] = givens.line.split(' ');
    return {
      answer,
      explain: wordedWithNames(unanswered.explain[answer], {method}),
      hints: [unanswered.hint],
    };
  },
  beliefs: whatever(unanswered.beliefs),
  words: wordsOf(unanswered.choices),
});

type TimeGivens = {
  readonly delayUs: number;
  readonly tls: 'none' | Version;
  readonly isOpen: boolean;
  readonly workUs: number;
};

const trips = ({tls, isOpen}: TimeGivens): number =>
  isOpen ? 1 : 2 + {none: 0, 'TLS 1.2': 2, 'TLS 1.3': 1}[tls];

const took = (givens: TimeGivens, count: number): string =>
  String(count * 2 * givens.delayUs + givens.workUs);

const isAgain = (trace: Trace, n: number): boolean => {
  const event = entryAt(trace, n);
  return event.kind === 'send' && event.retransmission;
};

const firstBytes = (trace: Trace): readonly (Found<TimeGivens> | Rejection)[] =>
  exchanges(trace).map((exchange) => {
    const {connection, index, request, response, asks, answers} = exchange;
    const {links} = trace.header;
    const [link, ...others] = links;
    const session = tlsSessionsIn(trace).find(
      ({serverName, contents}) =>
        serverName !== undefined &&
        contents.some(({seen}) => connection.segments.includes(packetOf(trace, seen.frame).sendEvent)),
    );
    const from = index === 0 ? connection.opened : request.began;
    const sent = packetOf(trace, answers);
    if (!link || others.length > 0 || !from || (connection.secured && !session)) return 'hidden';
    const before = connection.exchanges[index - 1]?.response?.ended;
    const isDelayed =
      connection.segments.some((n) => isAgain(trace, n)) || fieldOf(request.head, 'expect') !== undefined;
    const isBusy = index > 0 && (before === undefined || before.n > request.began.n);
    if (session?.certificates[1].length === 0 || isDelayed || isBusy) return 'hidden';
    const givens: TimeGivens = {
      delayUs: link.delayUs,
      tls: session ? versionOf(session) : 'none',
      isOpen: index > 0,
      workUs: sent.sentUs - packetOf(trace, request.packets.at(-1) ?? asks).dueUs,
    };
    // One round trip on an open connection without server work takes only an addition.
    if (givens.isOpen && givens.workUs === 0) return 'trivial';
    const did = String(response.began.atUs - from.atUs);
    return {givens, did, n: request.began.n, evidence: byClause(answers, '9112 §9', did)};
  });

const workOf = (workUs: number) => ({works: workUs > 0, work: timeText(workUs)});

/** A question kind: after how many round trips does the first byte of an HTTP response arrive? */
export const firstByteKind = listedKind<TimeGivens>({
  kind: 'first-byte',
  form: 'choice',
  all: firstBytes,
  ask: ({delayUs, tls, isOpen, workUs}) => [
    wordedWithNames(firstByte.given, {
      ...{delay: timeText(delayUs), tls, old: tls === 'TLS 1.2', open: isOpen},
      ...workOf(workUs),
    }),
    firstByte.asks,
  ],
  solve(givens) {
    const count = trips(givens);
    const {tls, isOpen, workUs, delayUs} = givens;
    const trip = timeText(2 * delayUs);
    return {
      answer: took(givens, count),
      explain: wordedWithNames(firstByte.explain, {
        ...{tls, open: isOpen, trip, handshake: tls === 'TLS 1.2' ? `2 × ${trip}` : trip, ...workOf(workUs)},
        sum: !isOpen || workUs > 0,
        right: timeText(Number(took(givens, count))),
      }),
      hints: [firstByte.hints.each, firstByte.hints.tls],
    };
  },
  beliefs: beliefsIn(firstByte.beliefs, {
    oneWay: (givens) => trips(givens) * givens.delayUs + givens.workUs,
    noOpen: (givens) => (givens.isOpen ? undefined : took(givens, trips(givens) - 1)),
    opens: (givens) => (givens.isOpen ? took(givens, 2) : undefined),
    alone: (givens) => (trips(givens) > 2 ? took(givens, 1) : undefined),
    three: (givens) => took(givens, trips(givens) + 1),
  }),
  words: (value) => sameIn(timeText(Number(value))),
});
