// Findings about how fast a transfer could go: a congestion window that was still growing, and the slowest link with its queue.
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {framesOf} from '../observe/pauses.ts';
import {type Direction, isQueue, noticedUs, worthShare} from './carrying-direction.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';
import {other} from './sides.ts';

type Found = readonly Finding<CarryingId>[];

/** The shortest queueing delay in µs that shows a queue in the path; programs and network cards may cause less. */
const leastQueueUs = 20_000;
/** The number of segments in flight from which on a queue can form. */
const enoughFlight = 4;
/** The fewest flights that show how a congestion window grows, and the fewest segments of an initial one (RFC 5681 §3.1). */
const enoughFlights = 3;
const leastInitial = 3;
/** The most flights of a transfer that counts as limited by the initial congestion window (RFC 6928). */
const fewFlights = 3;

/**
 * Returns the round trip of the handshake in µs, 0 if unknown. No data could be queued then, so a handshake as slow as later round trips
 * shows no queue.
 */
const openingUs = (connection: ObservedConnection): number => {
  const {course, client, isQuiet} = connection;
  // No SYN of a quiet connection was repeated, so what is timed of all connections is enough.
  const openedUs = course.openedUs(client);
  if (isQuiet && openedUs !== undefined && course.opening(client) === 'complete')
    return course.synAckedUs(other(client)) - openedUs;
  const {syns, third} = connection.notes.openingFrames;
  const last = syns.seen.at(-1);
  return last && third ? third.atUs - last.atUs : 0;
};

export const rateFindings = (direction: Direction): Found => {
  const {connection, side, own, pace, by, to, tripUs, durationUs} = direction;
  const path = pace.pauses.of('path');
  const window = pace.pauses.of('window');
  const pauses = window.us > path.us && isQueue(direction) ? window : path;
  const given = {about: {connection: connection.id}, costUs: pauses.us, frames: framesOf(pauses)};
  if (pauses.us < worthShare * durationUs || pauses.us < Math.min(noticedUs, durationUs / 2)) return [];
  const grownUs = direction.queuedUs;
  const isQueued =
    grownUs >= Math.max(leastQueueUs, tripUs / 2) && openingUs(connection) < tripUs + grownUs / 2;
  const repaired = !connection.isQuiet && connection.reasons(side).resendings.count > 0;
  if (isQueued && !repaired && pace.mostFlight >= enoughFlight * pace.largest) {
    const facts = {by, to, leastUs: tripUs, mostUs: tripUs + grownUs, bytes: own.payloadBytes};
    return [finding('path-rate', {...given, where: 'path', facts})];
  }
  // Small messages that each wait for the other program are no slow start.
  const isGrowth =
    pace.grewToTheEnd && pace.flights >= enoughFlights && pace.mostFlight >= enoughFlight * pace.largest;
  const isFirst =
    pace.flights <= fewFlights && pace.doubled && pace.mostFlight >= leastInitial * pace.largest;
  if (repaired || isQueued || !(isGrowth || isFirst)) return [];
  return [
    finding('congestion-window', {...given, facts: {by, to, tripUs, us: pauses.us, bytes: own.payloadBytes}}),
  ];
};
