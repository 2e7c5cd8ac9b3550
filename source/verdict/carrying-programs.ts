// Findings about programs: who let the other one wait, small writes that wait for an ACK, and exchanges one after the other.
import {framesOf} from '../observe/pauses.ts';
import {idleUs, type Replies, type Reply} from '../observe/turns.ts';
import {combinedValue} from '../wire/http/field-lines.ts';
import {type Direction, isUnhurried, matters, meanUs, noticedUs, programOf} from './carrying-direction.ts';
import {type Evidence, tlsOn} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';

type Found = readonly Finding<CarryingId>[];

/** A pause of less is no pause of a program; in microseconds. */
const leastPauseUs = 100_000;
/** A timer that repeats what was lost waits about as long; in microseconds. */
const mostTimerUs = 1_600_000;
/** Who lets so much time pass before the next request made the connection last; in microseconds. */
const leastThoughtUs = 1_000_000;
/** The ACK came so much later than the path takes; in microseconds. */
const leastDelayUs = 20_000;
/** No timer of a sender that has measured its path is that long at first; in microseconds. */
const leastSureUs = 400_000;
/** Two messages of less with a pause between them are no transfer that somebody waits for; in octets. */
const leastTransfer = 200;
const enoughNagle = 3;
const enoughExchanges = 8;
/** Shorter ways make nothing of exchanges; in microseconds. */
const leastTripUs = 20_000;
/** Answers that come again and again after the same long time are a timer's, not answers. */
const timerUs = 5_000_000;

const about = ({connection}: Direction) => ({connection: connection.id});

const isTimer = ({longest}: Replies): boolean => {
  const [first, second] = longest;
  return first !== undefined && second !== undefined && first.us >= timerUs && second.us > 0.98 * first.us;
};

/** Between the request, which had come, and the first octet of the answer. */
const slowAnswers = (direction: Direction): Found => {
  const {connection, side, by, tripUs, isSpontaneous, atSender, pace} = direction;
  const replies = connection.turns?.replies[side];
  if (!replies || by === 'client' || isSpontaneous || isUnhurried(direction) || isTimer(replies)) return [];
  const late = replies.longest.filter(({us}) => us >= Math.max(noticedUs, 2 * tripUs));
  const [longest] = late;
  if (!longest) return [];
  // From afar one wait as long as a timer’s may as well be the first copy of the answer, lost before it was captured.
  if (late.length === 1 && !atSender && longest.us < leastSureUs) return [];
  const us = late.reduce((sum, each) => sum + each.us, 0);
  // It goes on as it began: its program gives its octets in pieces.
  const pieces = pace.pauses.of('program');
  if (late.length === 1 && pieces.count > 1 && longest.us < 1.5 * meanUs(pieces)) return [];
  const facts = {by, count: late.length, us: longest.us, tripUs, here: atSender};
  const frames = late.slice(0, 4).flatMap(({from, frame}) => [from, frame]);
  return [
    finding('answer-waits', {about: about(direction), where: programOf(by), costUs: us, frames, facts}),
  ];
};

/** From the end of the handshake to its first word, where the client spoke first. */
const beforeFirst = ({connection, side}: Direction): Reply | undefined => {
  const {turns, notes} = connection;
  const {third} = notes.openingFrames;
  if (!turns || !third || turns.first !== side) return undefined;
  const us = turns.firstUs - third.atUs;
  return us <= idleUs ? {from: third.frame, frame: turns.firstFrame, us} : undefined;
};

/** The client let time pass though nothing was under way. */
const lateRequests = (direction: Direction): Found => {
  const {connection, side, by, isSpontaneous} = direction;
  const {turns} = connection;
  const replies = turns?.replies[side];
  if (!turns || !replies || by === 'server' || isSpontaneous || isUnhurried(direction)) return [];
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

/** All had been acknowledged, the window was open, and its program gave nothing. */
const slowSender = (direction: Direction): Found => {
  const {pace, own, back, by, isSpontaneous, atSender, tripUs} = direction;
  const pauses = pace.pauses.of('program');
  const [longest] = pauses.longest;
  const leastUs = Math.max(leastPauseUs, 2 * tripUs);
  if (!longest || isSpontaneous || pace.unheard > 0 || isUnhurried(direction) || longest.us < leastUs)
    return [];
  const long = pauses.longest.filter(({us}) => us >= leastUs);
  // Who says little to what it is told has finished a request, and nobody asked it to go on.
  if (own.payloadBytes < back.payloadBytes || (pauses.count === 1 && own.payloadBytes < leastTransfer))
    return [];
  // From afar one pause may as well be the first copy of what came then, lost before it was captured.
  if (long.length === 1 && !atSender && longest.us < mostTimerUs) return [];
  if (!matters(direction, pauses.us) || pauses.us < noticedUs) return [];
  // Only the longest ones are remembered: where all of those are long, all are counted.
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

/** Each exchange costs a way there and back, and nobody waited for anything else. */
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

/** A client asked for 100 Continue, no answer came, and it sent the body after a while. */
const expected = (evidence: Evidence, direction: Direction): Found => {
  const {connection, by, pace} = direction;
  if (by === 'server') return [];
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
