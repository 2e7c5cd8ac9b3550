// Findings about connections that end in silence, or after one: an end that is no longer heard, a path that forgot them, a timer that
// closes them; and about directions that close separately.
import {goodbye, goodbyeUs} from '../observe/bounds.ts';
import type {LastStand, Waiting} from '../observe/last-stand.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding, type Rival} from './finding.ts';
import type {EndingId} from './ids.ts';
import {outcomeOf} from './outcome.ts';
import {narrowIn, other, type Role, roleOf, sides} from './sides.ts';

type Found = Finding<EndingId>;

/**
 * The shortest silence in µs after which a middlebox may have forgotten a connection: a minute (RFC 5382 §5 asks for two hours), less the
 * travel time of the last packet.
 */
const forgottenUs = 59_500_000;
/**
 * The factor by which a silence must exceed the longest one that the connection survived, so that the silence counts as the reason why
 * packets stop passing.
 */
const longer = 1.5;
/**
 * The number of unanswered transmissions from which on an end counts as gone, and the time in µs that they must span; fewer may only mean
 * loss or a slow answer.
 */
const enoughTries = 3;
const leastUs = 1_500_000;
const longUs = 3_000_000;
const secondUs = 1_000_000;
/**
 * The unit in seconds of the timers with which programs close idle connections, and the shortest such timer of a server and of a client in
 * seconds.
 */
const stepS = 5;
const leastTimerS = {server: 5, client: 30} as const;
/** A time in µs below the shortest such timer; packets may pass out of the order of their times, so a connection may last a little less. */
const shortestTimerUs = 4_000_000;
/**
 * How far, in seconds, an idle time may differ from a multiple of `stepS` and still count as a timer's, because a program may check its
 * timers only now and then.
 */
const inexactS = {server: 0.15, client: 0.06} as const;
const inexactShare = 0.01;
/** The time in µs from which on a half-closed connection is reported if one end has sent FIN and the other end does not close. */
const openUs = 5_000_000;

const shut = (id: Rival['id'], ...by: readonly number[]): Rival => ({
  id,
  open: false,
  by: by.filter((each) => each > 0),
});

/**
 * Tells whether the connection was idle for so long before an unanswered segment, a minute and more than it had survived before, that a
 * middlebox may have forgotten it.
 */
export const isForgotten = ({quietUs}: Pick<Waiting, 'quietUs'>, survivedUs: number): boolean =>
  quietUs >= forgottenUs && quietUs > survivedUs * longer;

/** Tells whether an idle time looks like a program's timer: nearly a multiple of five seconds, and long enough for this role. */
export const isTimer = (us: number, by: Role): boolean => {
  const seconds = us / secondUs;
  const rest = Math.abs(seconds - Math.round(seconds / stepS) * stepS);
  const most =
    by === 'server' ? Math.max(inexactS.server, Math.min(1, seconds * inexactShare)) : inexactS.client;
  return seconds >= leastTimerS[by] - most && rest <= most;
};

const silentFinding = (connection: ObservedConnection, side: 0 | 1): readonly Found[] => {
  const {notes, id} = connection;
  const {lastStand: stand} = notes;
  const waiting = stand.waiting(side);
  const far = other(side);
  const heard = stand.heardFrame(far);
  // Once the other end has sent its FIN, it may only owe the acknowledgment of this end's FIN.
  if (!waiting || (stand.closed(far) && waiting.what !== 'fin')) return [];
  const us = waiting.lastUs - waiting.atUs;
  const {tries, probes, quietUs} = waiting;
  const by = roleOf(side, connection);
  const about = {connection: id};
  const frames = [heard, waiting.frame, waiting.lastFrame].filter((frame) => frame > 0);
  const isQuiet = isForgotten(waiting, stand.survivedUs) && probes < tries;
  if (isQuiet && tries >= 2 && us >= secondUs / 2)
    return [
      finding('idle-forgotten', {
        ...{about, frames, where: 'path', costUs: us},
        rivals: [shut('answer-waits', waiting.lastFrame), shut('mtu-black-hole', heard)],
        facts: {by, quietUs, tries, us, reset: 0, left: 0, usual: 0},
      }),
    ];
  if (
    // Segments that are too large for the path are reported by another finding.
    narrowIn(connection, side) !== undefined ||
    tries < enoughTries ||
    us < leastUs ||
    (tries === enoughTries && us < longUs && probes === 0)
  )
    return [];
  return [
    finding('peer-gone', {
      ...{about, frames, costUs: us},
      rivals: [shut('idle-forgotten', heard), shut('answer-waits', waiting.lastFrame)],
      facts: {by, tries, us, heard, reset: 0},
    }),
  ];
};

const idleFinding = (connection: ObservedConnection): readonly Found[] => {
  const {course, id, firstUs, lastUs, isQuiet} = connection;
  const {firstFin: side} = course;
  if (isQuiet && lastUs - firstUs < shortestTimerUs) return [];
  const closed = side === undefined ? undefined : connection.ending.lastStand.closed(side);
  if (side === undefined || !closed || closed.lastData !== side) return [];
  const by = roleOf(side, connection);
  if (!isTimer(closed.quietUs, by)) return [];
  return [
    finding('idle-closed', {
      ...{about: {connection: id}, where: `${by}-program`, frames: [closed.lastDataFrame, closed.frame]},
      rivals: [shut('peer-gone', closed.frame)],
      facts: {by, frame: closed.frame, us: closed.quietUs, reset: false},
    }),
  ];
};

/**
 * Tells whether an end sent data after the other end's FIN, other than one short last message such as close_notify directly before its own
 * FIN.
 */
const goesOn = (stand: LastStand, side: 0 | 1): boolean => {
  const {octets, segments, atUs} = stand.afterClose(side);
  if (octets === 0) return false;
  const closed = stand.closed(side);
  const isGoodbye =
    segments === 1 && octets <= goodbye && closed !== undefined && closed.atUs - atUs < goodbyeUs;
  return !isGoodbye;
};

/** Tells whether a client closed its direction behind a request, and the server never answered it. */
const isUnanswered = (connection: ObservedConnection, evidence: Evidence): boolean => {
  const {client, course} = connection;
  const {undone} = outcomeOf(evidence, connection);
  const isAsked =
    connection.half(client).payloadBytes > 0 && connection.half(other(client)).payloadBytes === 0;
  return course.firstFin === client && (undone === 'response' || undone === 'request' || isAsked);
};

const halfClosed = (connection: ObservedConnection, evidence: Evidence): readonly Found[] => {
  const {inspector} = evidence;
  const {course, id, isQuiet} = connection;
  const {firstFin: side} = course;
  if (side === undefined) return [];
  if (isQuiet && connection.half(other(side)).afterFin === 0 && course.finFrame(other(side)) > 0) return [];
  const {lastStand: stand} = connection.ending;
  const fin = stand.closed(side);
  if (!fin || course.resetFrame > 0) return [];
  const far = other(side);
  const on = goesOn(stand, far);
  const isLeft =
    !stand.closed(far) &&
    stand.knowsClosed(far) &&
    inspector.durationUs - fin.atUs >= openUs &&
    !stand.waiting(side);
  if (!on && !isLeft) return [];
  const {octets, frame} = stand.afterClose(far);
  const until = stand.closed(far);
  const by = roleOf(side, connection);
  return [
    finding('half-closed', {
      ...{
        about: {connection: id},
        ...(isLeft && isUnanswered(connection, evidence)
          ? {level: 'fault' as const, certainty: 'deduced' as const}
          : {certainty: 'proved' as const}),
        where: isLeft ? `${roleOf(far, connection)}-program` : `${by}-program`,
      },
      frames: [fin.frame, frame, until?.frame ?? 0].filter((each) => each > 0),
      facts: {
        by,
        octets,
        us: (until?.atUs ?? (isLeft ? inspector.durationUs : connection.lastUs)) - fin.atUs,
        left: isLeft,
      },
    }),
  ];
};

export const silenceFindings = (connection: ObservedConnection, evidence: Evidence): readonly Found[] => [
  // Nothing was repeated or probed on a quiet connection, so no end waited in vain.
  ...(connection.isQuiet ? [] : sides.flatMap((side) => silentFinding(connection, side)).slice(0, 1)),
  ...idleFinding(connection),
  ...halfClosed(connection, evidence),
];
