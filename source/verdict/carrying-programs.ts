// Findings about programs: which one made the other wait, small writes that wait for an ACK, and exchanges one after the other.
import {mostTimerUs} from '../observe/bounds.ts';
import {framesOf} from '../observe/pauses.ts';
import {idleUs, type Replies, type Reply} from '../observe/turns.ts';
import {combinedValue} from '../wire/http/field-lines.ts';
import {type Direction, isUnhurried, matters, meanUs, noticedUs, programOf} from './carrying-direction.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';
import {other} from './sides.ts';

type Found = readonly Finding<CarryingId>[];

/** The shortest pause in µs that counts as one of the sending program. */
const leastPauseUs = 100_000;
/** The shortest time in µs that a client must wait before a request to be reported for the connection's length. */
const leastThoughtUs = 1_000_000;
/** The shortest delay of an ACK in µs, beyond the round trip, that shows a delayed ACK. */
const leastDelayUs = 20_000;
/** A time in µs that is longer than the first retransmission timer of any sender that has measured its path. */
const leastSureUs = 400_000;
/** The fewest octets of a transfer that somebody waits for; two smaller messages with a pause between them are none. */
const leastTransfer = 200;
/** The fewest octets between two pauses that are part of a transfer, whatever the protocol: more than two full segments. */
const leastStretch = 3000;
/** How many times as much as comes back a transfer of a protocol that is not decoded sends. */
const mostBack = 20;
const enoughNagle = 3;
const enoughExchanges = 8;
/** The shortest round trip in µs with which many exchanges make a connection slow. */
const leastTripUs = 20_000;
/** The time in µs from which answers that are all equally late show a timer in the server, and no slow work. */
const timerUs = 5_000_000;

const about = ({connection}: Direction) => ({connection: connection.id});

const isTimer = ({longest}: Replies): boolean => {
  const [first, second] = longest;
  return first !== undefined && second !== undefined && first.us >= timerUs && second.us > 0.98 * first.us;
};

/** The number of waits from which on equal lengths show that data come by the clock, and how equal they have to be. */
const enoughBeats = 3;
const equalShare = 0.9;

/**
 * Tells whether the server may have sent data by itself: of a protocol that is not decoded, data that come at regular times, or while the
 * client speaks several times in a row without an answer, are no answers.
 */
const comeByThemselves = (direction: Direction, late: readonly Reply[]): boolean => {
  if (direction.isRead) return false;
  const [first] = late;
  const last = late[enoughBeats - 1];
  const isRegular = first !== undefined && last !== undefined && last.us > equalShare * first.us;
  const silent =
    direction.back.pace?.pauses.of('program').longest.filter(({us}) => us >= leastThoughtUs) ?? [];
  return isRegular || silent.length > 1;
};

/** Finds servers that took long between the arrival of a request and the first octet of the answer. */
const slowAnswers = (direction: Direction): Found => {
  const {connection, side, by, tripUs, isSpontaneous, atSender, pace} = direction;
  const replies = connection.turns?.replies[side];
  if (!replies || by === 'client' || isSpontaneous || isUnhurried(direction) || isTimer(replies)) return [];
  // Without a round trip nobody knows how much of a wait the path took.
  const late = tripUs === 0 ? [] : replies.longest.filter(({us}) => us >= Math.max(noticedUs, 2 * tripUs));
  const [longest] = late;
  if (!longest || comeByThemselves(direction, late)) return [];
  // If the capture was not taken at the server, a single wait as short as a timer may also mean that the answer's first copy was lost.
  if (late.length === 1 && !atSender && longest.us < leastSureUs) return [];
  const us = late.reduce((sum, each) => sum + each.us, 0);
  // The server sends its octets in pieces with pauses of the same length, so the first wait is one of these pauses.
  const pieces = pace.pauses.of('program');
  if (late.length === 1 && pieces.count > 1 && longest.us < 1.5 * meanUs(pieces)) return [];
  const {isRead} = direction;
  const facts = {by, count: late.length, us: longest.us, tripUs, here: atSender, known: isRead};
  const frames = late.slice(0, 4).flatMap(({from, frame}) => [from, frame]);
  const given = {about: about(direction), costUs: us, frames, facts} as const;
  if (isRead) return [finding('answer-waits', {...given, where: programOf(by)})];
  const rivals = [{id: 'sender-waits', open: true, by: []}] as const;
  return [finding('answer-waits', {...given, level: 'note', certainty: 'one-of', where: 'unknown', rivals})];
};

/**
 * Returns the client's pause between the handshake and its first data; undefined if the server sent first, or if the pause is longer than
 * `idleUs`.
 */
const beforeFirst = ({connection, side}: Direction): Reply | undefined => {
  const {turns} = connection;
  if (!turns || turns.first !== side) return undefined;
  const {third} = connection.notes.openingFrames;
  if (!third) return undefined;
  const us = turns.firstUs - third.atUs;
  return us <= idleUs ? {from: third.frame, frame: turns.firstFrame, us} : undefined;
};

/** Finds clients that made a connection last long by waiting before requests although they had the answers. */
const lateRequests = (direction: Direction): Found => {
  const {connection, side, by, isSpontaneous} = direction;
  const {turns} = connection;
  const replies = turns?.replies[side];
  if (!turns || !replies || by === 'server' || isSpontaneous || isUnhurried(direction)) return [];
  // The handshake of a quiet connection took place once, so the time of its end is known without an explanation of its segments.
  const {course, isQuiet} = connection;
  const isTimed = isQuiet && course.opening(side) === 'complete';
  const isPrompt = isTimed && turns.firstUs - course.synAckedUs(other(side)) < leastThoughtUs;
  if (isPrompt && !replies.longest.some(({us}) => us >= leastThoughtUs)) return [];
  const first = beforeFirst(direction);
  const thoughts = [...(first ? [first] : []), ...replies.longest].filter(({us}) => us >= leastThoughtUs);
  const us = replies.us + (first?.us ?? 0);
  if (thoughts.length === 0 || isTimer(replies)) return [];
  if (us < 0.5 * (turns.lastUs - turns.firstUs + (first?.us ?? 0))) return [];
  const facts = {by, count: thoughts.length, us};
  return [
    finding('request-waits', {
      about: about(direction),
      where: programOf(by),
      costUs: us,
      frames: thoughts.slice(0, 4).flatMap(({from, frame}) => [from, frame]),
      facts,
    }),
  ];
};

/** Finds senders that paused although everything was acknowledged and the window had room, because the program gave TCP no data. */
const slowSender = (direction: Direction): Found => {
  const {pace, own, back, by, isSpontaneous, atSender, tripUs} = direction;
  const pauses = pace.pauses.of('program');
  const [longest] = pauses.longest;
  const leastUs = Math.max(leastPauseUs, 2 * tripUs);
  if (!longest || isSpontaneous || pace.unheard > 0 || isUnhurried(direction) || longest.us < leastUs)
    return [];
  const long = pauses.longest.filter(({us}) => us >= leastUs);
  // An end that sends less than it receives only sends requests, so its pauses are not those of a transfer.
  if (own.payloadBytes < back.payloadBytes || (pauses.count === 1 && own.payloadBytes < leastTransfer))
    return [];
  // Keep-alives, polls and typing are small and come when they come; nobody waits for them. The messages of a protocol that is not decoded
  // may be such ones, too, unless there is more than a message between the pauses, and hardly anything comes back.
  const isTransfer = direction.isRead || back.payloadBytes * mostBack <= own.payloadBytes;
  const least = direction.isRead ? leastTransfer : leastStretch;
  if (!isTransfer || own.payloadBytes / (pauses.count + 1) < least) return [];
  // If the capture was taken far from the sender, a single pause may also mean that the first copy of the next segment was lost.
  if (long.length === 1 && !atSender && longest.us < mostTimerUs) return [];
  if (!matters(direction, pauses.us) || pauses.us < noticedUs) return [];
  // Only the longest pauses are kept; if all of these are long, the count of all pauses is reported.
  const count = long.length === pauses.longest.length ? pauses.count : long.length;
  const facts = {by, count, us: pauses.us};
  return [
    finding('sender-waits', {
      about: about(direction),
      where: programOf(by),
      costUs: pauses.us,
      frames: framesOf(pauses),
      facts,
    }),
  ];
};

const nagle = (direction: Direction): Found => {
  const {pace, by, to, tripUs} = direction;
  const pauses = pace.pauses.of('nagle');
  const meantUs = meanUs(pauses);
  if (pauses.count < enoughNagle || meantUs - tripUs < leastDelayUs) return [];
  if (pauses.us < noticedUs && !matters(direction, pauses.us)) return [];
  const facts = {by, to, waits: pauses.count, us: meantUs, tripUs};
  return [
    finding('nagle-delayed-ack', {
      about: about(direction),
      where: programOf(by),
      costUs: pauses.us,
      frames: framesOf(pauses),
      facts,
    }),
  ];
};

/** Finds connections whose time went into many short exchanges, each of which costs a round trip. */
const manyExchanges = (direction: Direction): Found => {
  const {connection, side, by, tripUs} = direction;
  const {turns} = connection;
  if (!turns || by === 'server' || tripUs < leastTripUs) return [];
  const [mine, theirs] = [turns.replies[side], turns.replies[side === 0 ? 1 : 0]];
  const exchanges = Math.min(mine.prompt, theirs.prompt);
  const us = exchanges * tripUs;
  const lastedUs = turns.lastUs - turns.firstUs;
  if (exchanges < enoughExchanges || us < 0.6 * lastedUs || us < noticedUs) return [];
  const frames = [turns.firstFrame];
  const facts = {count: exchanges, tripUs, us};
  return [finding('many-round-trips', {about: about(direction), costUs: us, frames, facts})];
};

/** Finds a client that asked for 100 Continue, got no answer, and sent the body after a while. */
const expected = (evidence: Evidence, direction: Direction): Found => {
  const {connection, by, pace} = direction;
  if (by === 'server' || !pace.pauses.of('program').longest.some(({us}) => us >= noticedUs)) return [];
  const inside = tlsOn(evidence, connection);
  const http = [...(connection.streams?.http ?? []), ...(inside?.http ?? [])];
  const asked = http.filter(
    ({request, interim}) =>
      combinedValue(request.head.fields, 'Expect')?.toLowerCase() === '100-continue' &&
      !interim.some((status) => status === 100),
  );
  const pauses = pace.pauses
    .of('program')
    .longest.filter(
      ({from, frame, us}) =>
        us >= noticedUs &&
        asked.some(({request}) => request.begins <= from && frame <= (request.frame ?? frame)),
    );
  const [longest] = pauses;
  if (!longest) return [];
  const us = pauses.reduce((sum, each) => sum + each.us, 0);
  const facts = {count: pauses.length, us: longest.us};
  return [
    finding('expect-100', {about: about(direction), costUs: us, frames: framesOf({longest: pauses}), facts}),
  ];
};

export const programFindings = (evidence: Evidence, direction: Direction): Found => {
  const waited = expected(evidence, direction);
  return [
    ...waited,
    ...slowAnswers(direction),
    ...lateRequests(direction),
    ...(waited.length > 0 ? [] : slowSender(direction)),
    ...nagle(direction),
    ...manyExchanges(direction),
  ];
};
