// Findings about connections that end in silence, or after one: an end that is heard of no more, a way that forgot them, a timer that
// closes them; and about directions that close apart.
import {goodbye, goodbyeUs} from '../observe/bounds.ts';
import type {LastStand, Waiting} from '../observe/last-stand.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding, type Rival} from './finding.ts';
import type {EndingId} from './ids.ts';
import {narrowIn, other, type Role, roleOf, sides} from './sides.ts';

type Found = Finding<EndingId>;

/** Timers of what lies on the way are set to a minute or more (RFC 5382 §5 asks for two hours); a silence is shorter than its timer by the last packet’s way. */
const forgottenUs = 59_500_000;
/** Silences that it outlived are no reason; one that is so much longer may be. */
const longer = 1.5;
/** Fewer tries, and within less time, may be loss, or an answer that takes its time. */
const enoughTries = 3;
const leastUs = 1_500_000;
const longUs = 3_000_000;
const secondUs = 1_000_000;
/** A timer that closes a quiet connection is set to a round number of seconds. */
const stepS = 5;
const leastTimerS = {server: 5, client: 30} as const;
/** So exactly: what checks it may run once in a while. */
const inexactS = {server: 0.15, client: 0.06} as const;
const inexactShare = 0.01;
/** So long a direction stays open behind the other one's end, where that is worth a word. */
const openUs = 5_000_000;

const shut = (id: Rival['id'], ...by: readonly number[]): Rival => ({
  id,
  open: false,
  by: by.filter((each) => each > 0),
});

/** Did a silence come before that, longer than any it had outlived? */
export const isForgotten = ({quietUs}: Pick<Waiting, 'quietUs'>, survivedUs: number): boolean =>
  quietUs >= forgottenUs && quietUs > survivedUs * longer;

/** Such a silence is a timer's: a round number of seconds. */
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
  // Where the other end was never heard of the capture may lack that direction.
  if (!waiting || heard === 0 || stand.closed(far)) return [];
  const us = waiting.lastUs - waiting.atUs;
  const {tries, probes, quietUs} = waiting;
  const by = roleOf(side, connection);
  const about = {connection: id};
  const frames = [heard, waiting.frame, waiting.lastFrame];
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
    // Then the way is too narrow for what it sends, which is told elsewhere.
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
  const {course, notes, id} = connection;
  const {firstFin: side} = course;
  const closed = side === undefined ? undefined : notes.lastStand.closed(side);
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

/** Of what came behind the FIN, was it more than a goodbye? */
const goesOn = (stand: LastStand, side: 0 | 1): boolean => {
  const {octets, segments, atUs} = stand.afterClose(side);
  if (octets === 0) return false;
  const closed = stand.closed(side);
  const isGoodbye =
    segments === 1 && octets <= goodbye && closed !== undefined && closed.atUs - atUs < goodbyeUs;
  return !isGoodbye;
};

const halfClosed = (connection: ObservedConnection, {inspector}: Evidence): readonly Found[] => {
  const {course, notes, id} = connection;
  const {lastStand: stand} = notes;
  const {firstFin: side} = course;
  const fin = side === undefined ? undefined : stand.closed(side);
  if (side === undefined || !fin || course.resetFrame > 0) return [];
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
        certainty: 'proved',
        where: isLeft ? `${roleOf(far, connection)}-program` : `${by}-program`,
      },
      frames: [fin.frame, frame, until?.frame ?? 0].filter((each) => each > 0),
      facts: {by, octets, us: (until?.atUs ?? connection.lastUs) - fin.atUs, left: isLeft},
    }),
  ];
};

export const silenceFindings = (connection: ObservedConnection, evidence: Evidence): readonly Found[] => [
  ...sides.flatMap((side) => silentFinding(connection, side)).slice(0, 1),
  ...idleFinding(connection),
  ...halfClosed(connection, evidence),
];
