// What is odd about the TCP connections of a capture, each with the lesson that explains it, the oddest first.
import type {Text} from '../../lesson/lesson.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {briefTexts as brief, findingTexts as say} from '../text/inspect.ts';
import {silenceEnd} from './silence.ts';

export type Finding = {
  /** The higher, the earlier it is told. */
  readonly weight: number;
  /** Number of the connection that it is about; absent: of none, or of many. */
  readonly connection?: number;
  readonly text: Text;
  /** The same in a word or two, for a table. */
  readonly brief: Text;
  /** Id of the lesson that explains it. */
  readonly lesson?: string;
};

type Found = Omit<Finding, 'connection'>;

const found = (weight: number, text: Text, brief: Text, lesson?: string): Found => ({
  weight,
  text,
  brief,
  ...(lesson === undefined ? {} : {lesson}),
});

/** An answer later than this was waited for; in microseconds. */
const lateUs = 900_000;

const other = (side: 0 | 1): 0 | 1 => (side === 0 ? 1 : 0);

const openingFindings = (connection: ObservedConnection): readonly Found[] => {
  const {client, course, counts, lastUs} = connection;
  const begunUs = course.openedUs(client);
  const answeredUs = course.openedUs(other(client));
  switch (course.opening(client)) {
    case 'refused':
      return [found(80, say.refused, brief.refused, 'refused')];
    case 'unanswered':
      return connection.notes.refusal
        ? []
        : [found(85, say.unanswered(counts.syn, lastUs - (begunUs ?? lastUs)), brief.unanswered, 'refused')];
    case 'half-open':
      return [found(70, say.halfOpen, brief.halfOpen, 'handshake-loss')];
    case 'simultaneous':
      return [found(65, say.simultaneousOpen, brief.simultaneousOpen, 'simultaneous-open')];
    default: {
      if (begunUs === undefined || answeredUs === undefined) return [];
      const us = answeredUs - begunUs;
      if (us > lateUs || counts.syn > 1)
        return [found(90, say.lateOpening(us, counts.syn - 1), brief.lateOpening(us), 'handshake-loss')];
      return counts.synAck > 1
        ? [found(60, say.synAckAgain(counts.synAck), brief.synAckAgain, 'handshake-loss')]
        : [];
    }
  }
};

/** What a router or the other host said of it by ICMP. */
const refusalFindings = ({notes: {refusal}}: ObservedConnection): readonly Found[] =>
  refusal ? [found(85, say.unreachable(refusal), brief.unreachable, 'refused')] : [];

const closingFindings = (connection: ObservedConnection): readonly Found[] => {
  const {client, course} = connection;
  const closing = course.closing(client);
  const first = course.firstFin;
  const by = first === client ? 'client' : 'server';
  const after = first === undefined ? 0 : connection.half(other(first)).afterFin;
  const data = connection.half(0).payloadBytes + connection.half(1).payloadBytes > 0;
  if (closing === 'reset-by-client')
    return [found(75, say.reset('client', data), brief.reset('client'), 'half-open')];
  if (closing === 'reset-by-server')
    return [found(75, say.reset('server', data), brief.reset('server'), 'half-open')];
  if (closing === 'simultaneous')
    return [found(55, say.simultaneousClose, brief.simultaneousClose, 'simultaneous-close')];
  if (closing.startsWith('half-close')) return [found(50, say.halfClosed(by), brief.halfClosed, 'why-four')];
  return after > 0 ? [found(30, say.afterFin(by, after), brief.afterFin, 'why-four')] : [];
};

const transferFindings = (connection: ObservedConnection): readonly Found[] => {
  const {counts, course, notes} = connection;
  const [a, b] = [connection.half(0), connection.half(1)];
  const probes = counts.zeroWindowProbes;
  const silent = counts.keepAlives - probes;
  // SYNs sent again are told at the opening.
  const resent = counts.resent - Math.max(0, counts.syn - 1) - Math.max(0, counts.synAck - 1);
  const isFilled = a.ranges.gaps + b.ranges.gaps === 0;
  const onlyReordered = isFilled && resent === 0 && counts.outOfOrder > 0;
  const answered = course.opening(connection.client);
  const oneSided = (a.segments === 0 || b.segments === 0) && answered !== 'unanswered';
  return [
    ...(resent > 0
      ? [
          found(
            72,
            say.resent(resent, counts.fastRetransmissions, notes.frames('resent')),
            brief.resent(resent),
            'loss-recovery',
          ),
        ]
      : []),
    ...(counts.zeroWindow > 0
      ? [
          found(
            68,
            say.zeroWindow(counts.zeroWindow, probes, notes.frames('zeroWindow')),
            brief.zeroWindow,
            'sliding-window',
          ),
        ]
      : []),
    ...(counts.lostBefore > 0 && !onlyReordered
      ? [
          found(
            45,
            say.missing(counts.lostBefore, isFilled, notes.frames('lostBefore')),
            brief.missing(counts.lostBefore),
            'loss-recovery',
          ),
        ]
      : []),
    ...(counts.outOfOrder > resent
      ? [
          found(
            40,
            say.reordered(counts.outOfOrder, notes.frames('outOfOrder')),
            brief.reordered(counts.outOfOrder),
            'loss-recovery',
          ),
        ]
      : []),
    ...(silent > 0
      ? [
          found(
            58,
            say.keepAlive(silent, probes > 0 ? [] : notes.frames('keepAlive')),
            brief.keepAlive,
            'half-open',
          ),
        ]
      : []),
    ...(counts.windowFull > 0 && counts.zeroWindow === 0
      ? [found(35, say.windowFull(counts.windowFull), brief.windowFull, 'sliding-window')]
      : []),
    ...(course.timeWaitEndedByReset ? [found(57, say.timeWaitEnded, brief.timeWaitEnded, 'time-wait')] : []),
    ...(oneSided ? [found(20, say.oneSided, brief.oneSided)] : []),
  ];
};

/** The program at one end thought for long, and the other end had asked it something. */
const slowFindings = (connection: ObservedConnection): readonly Found[] => {
  const {silence} = connection.notes;
  if (silence === undefined || silence.us < lateUs || silenceEnd(silence) !== 'answered') return [];
  const by = silence.side === connection.client ? 'client' : 'server';
  return [found(43, say.slowAnswer(by, silence.us, silence.frame), brief.slowAnswer(silence.us))];
};

/** So many begun and never opened at one server are not told one by one. */
const floodSize = 5;

const isBegun = ({course, client}: ObservedConnection): boolean =>
  ['unanswered', 'half-open'].includes(course.opening(client));

/** Servers with many connections that were begun and never opened, and those connections. */
export const floodsIn = (
  connections: readonly ObservedConnection[],
): ReadonlyMap<string, readonly ObservedConnection[]> => {
  const begun = new Map<string, ObservedConnection[]>();
  for (const connection of connections) {
    if (!isBegun(connection)) continue;
    const server = endpointText(connection.ends[other(connection.client)]);
    const all = begun.get(server);
    if (all) all.push(connection);
    else begun.set(server, [connection]);
  }
  return new Map([...begun].filter(([, all]) => all.length >= floodSize));
};

export const floodFinding = (server: string, count: number): Finding =>
  found(95, say.flood(count, server), brief.flood, 'syn-flood');

export const tcpFindings = (connections: readonly ObservedConnection[]): readonly Finding[] => {
  const floods = floodsIn(connections);
  const flooding = new Set([...floods.values()].flat());
  return [
    ...[...floods].map(([server, all]) => floodFinding(server, all.length)),
    ...connections
      .filter((connection) => !flooding.has(connection))
      .flatMap((connection) =>
        [
          ...openingFindings(connection),
          ...refusalFindings(connection),
          ...closingFindings(connection),
          ...transferFindings(connection),
          ...slowFindings(connection),
        ].map((each) => ({...each, connection: connection.id})),
      ),
  ];
};
