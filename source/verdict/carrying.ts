// Findings about what delayed a transfer: windows, losses, programs that wait, and the path.
import {leastTimerUs} from '../observe/bounds.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {type Direction, directionsOf} from './carrying-direction.ts';
import {programFindings} from './carrying-programs.ts';
import {rateFindings} from './carrying-rates.ts';
import {quicFindings, repairFindings} from './carrying-repairs.ts';
import {windowFindings} from './carrying-windows.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';

type Found = readonly Finding<CarryingId>[];

/** Finds segments that arrived after later ones and were not retransmitted: the path changed their order. */
const outOfOrder = ({connection, side, by}: Direction): Found => {
  if (connection.isQuiet) return [];
  const {gaps, resendings} = connection.reasons(side);
  const {counts, notes} = connection;
  const isSure = gaps.counts.late + gaps.counts.again > 0;
  const count = isSure ? gaps.counts.late : resendings.count === 0 ? gaps.counts.either : 0;
  if (count === 0) return [];
  const frames =
    counts.outOfOrder === count ? notes.frames('outOfOrder') : gaps.frames(isSure ? 'late' : 'either');
  return [
    finding('out-of-order', {about: {connection: connection.id}, where: 'path', frames, facts: {by, count}}),
  ];
};

/** The findings that explain pauses better than the findings that blame a program (`blamed`), which are then left out. */
const explains: ReadonlySet<CarryingId> = new Set([
  'h2-stream-window',
  'h2-connection-window',
  'nagle-delayed-ack',
  'mtu-black-hole',
  'outage',
  'ack-inside-segment',
  'many-round-trips',
]);
const blamed: ReadonlySet<CarryingId> = new Set(['sender-waits', 'request-waits', 'answer-waits']);

const findingsOf = (evidence: Evidence, directions: readonly Direction[]): Found => {
  const all = directions.flatMap((direction) => [
    ...repairFindings(direction),
    ...outOfOrder(direction),
    // Without packets from the receiver, nobody knows what the sender had heard, so these findings are not possible.
    ...(direction.back.segments === 0
      ? []
      : [...windowFindings(direction), ...programFindings(evidence, direction), ...rateFindings(direction)]),
  ]);
  const isExplained = all.some(({id}) => explains.has(id));
  return isExplained ? all.filter(({id}) => !blamed.has(id)) : all;
};

/** Finds a lost third segment of a handshake: the server repeated its SYN,ACK, and the client had sent nothing after the first one. */
const thirdLost = (connection: ObservedConnection): Found => {
  const {course, client, isQuiet, counts, id} = connection;
  if (isQuiet || counts.synAck - counts.copiedSynAck < 2 || course.opening(client) !== 'complete') return [];
  const {synAcks, third, lateSyns, lateSynAcks} = connection.notes.openingFrames;
  const [first, again] = synAcks.seen;
  const last = synAcks.seen.at(-1);
  if (!first || !again || !last || !third || lateSyns.count + lateSynAcks.count > 0) return [];
  if (third.atUs < last.atUs || again.atUs - first.atUs < leastTimerUs) return [];
  const us = third.atUs - first.atUs;
  return [
    finding('loss', {
      about: {connection: id},
      where: 'path',
      costUs: us,
      frames: [first.frame, again.frame, third.frame],
      // A client that lacks the SYN,ACK repeats its SYN.
      rivals: [{id: 'syn-ack-lost', open: false, by: []}],
      facts: {by: 'client', to: 'server', count: 1, us, open: false},
    }),
  ];
};

export const carryingFindings = (evidence: Evidence): Found => [
  ...evidence.connections.flatMap((connection) => [
    ...findingsOf(evidence, directionsOf(evidence, connection)),
    ...thirdLost(connection),
  ]),
  ...quicFindings(evidence.quic),
];
