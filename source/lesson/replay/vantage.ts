// Where on the path a capture was made, and how long the path is: from the gaps between what passed there (RFC 6298 §3: only
// segments that were sent once tell).
import {TcpFlag} from '../../wire/tcp.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';

export type Vantage = {
  /** From the capture point to each end, in µs. */
  readonly distanceUs: readonly [number, number];
  /** One way between the two ends. */
  readonly delayUs: number;
  /** Nothing came back: the delay is a guess. */
  readonly guessed: boolean;
};

/** Where nobody answers, any length of the path would do. */
const guessUs = 10_000;

/** The least time that an answer of the other end took to pass: there and back again between here and it. */
const leastAnswerUs = (segments: readonly Seen[], side: Side): number | undefined => {
  const waiting: Seen[] = [];
  const repeated = new Set<number>();
  let least: number | undefined;
  for (const segment of segments) {
    if (segment.side === side) {
      if (spaceOf(segment) === 0) continue;
      if (waiting.some(({seq}) => seq === segment.seq)) repeated.add(segment.seq);
      else waiting.push(segment);
      continue;
    }
    const {ack} = segment;
    if (ack === undefined) continue;
    const due = waiting.filter(({end}) => end <= ack);
    for (const asked of due) {
      waiting.splice(waiting.indexOf(asked), 1);
      if (!repeated.has(asked.seq)) least = Math.min(least ?? Infinity, segment.atUs - asked.atUs);
    }
  }
  return least;
};

/** SYN that was repeated: the answer belongs to the last one before it, or to an earlier one; the shortest time counts. */
const openingUs = (segments: readonly Seen[]): number | undefined => {
  const answer = segments.find((segment) => segment.side === 1);
  const asked = segments.findLast((segment) => segment.side === 0 && segment.atUs <= (answer?.atUs ?? -1));
  return answer && asked && hasFlags(asked, TcpFlag.SYN) ? answer.atUs - asked.atUs : undefined;
};

export const vantageOf = ({segments}: SeenConnection): Vantage => {
  const toServer = leastAnswerUs(segments, 0) ?? openingUs(segments);
  const toClient = leastAnswerUs(segments, otherSide(0));
  if (toServer === undefined) return {distanceUs: [0, guessUs], delayUs: guessUs, guessed: true};
  const near = Math.floor((toClient ?? 0) / 2);
  const far = Math.floor(toServer / 2);
  const delayUs = Math.max(1, near + far);
  return {distanceUs: [near, delayUs - near], delayUs, guessed: false};
};
