// How long each segment took from the capture point to the end that answers it, as the answers tell: they leave as it comes. What
// waits for company does so for 40 ms at least, and only where nothing comes after it (RFC 9293 §3.8.6.3).
import {TcpFlag} from '../../wire/tcp.ts';
import {type Fates, reached} from './fates.ts';
import {hasFlags, otherSide, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Vantage} from './vantage.ts';

/** TCP_DELACK_MIN less what clocks and paths are wrong by. */
const leastWaitUs = 35_000;

/** What an answer says has just come: its newest block, else all up to its number. */
const newestOf = ({ack = 0, sack: [block]}: Seen): readonly [number, number] =>
  block && block[0] > ack ? block : [0, ack];

type Walk = {
  readonly late: Map<number, number>;
  readonly distanceUs: number;
  /** When what let a segment go passed: a run takes no time for that. */
  readonly broughtUs: ReadonlyMap<number, number>;
  /** Not heard of yet, as they left. */
  waiting: readonly Seen[];
  /** When the last one came. */
  lastUs: number;
};

const dueUs = ({distanceUs, lastUs}: Walk, {atUs}: Seen): number => Math.max(atUs + distanceUs, lastUs);

/** So long a machine may take between what comes and what leaves because of it. */
const mostWorkUs = 2000;

const brought = (segments: readonly Seen[], side: Side): ReadonlyMap<number, number> => {
  const times = new Map<number, number>();
  let cameUs = Number.NEGATIVE_INFINITY;
  for (const {packet, side: from, atUs} of segments)
    if (from !== side) cameUs = atUs;
    else if (atUs - cameUs < mostWorkUs) times.set(packet, cameUs);
  return times;
};

const hear = (walk: Walk, answer: Seen, returnUs: number): void => {
  const [left, right] = newestOf(answer);
  const heard = walk.waiting.filter(
    ({packet, seq, end}) => packet < answer.packet && seq >= left && end <= right,
  );
  const newest = heard.at(-1);
  if (!newest) return;
  for (const segment of heard.slice(0, -1)) place(walk, segment, dueUs(walk, segment));
  const due = dueUs(walk, newest);
  const leftUs = answer.atUs - returnUs;
  const next = walk.waiting.find(({packet, end}) => packet > newest.packet && end > right);
  const isAlone = next === undefined || next.atUs - newest.atUs >= leastWaitUs;
  const waited = spaceOf(answer) > 0 || (isAlone && heard.length < 3 && leftUs - due >= leastWaitUs);
  place(walk, newest, waited ? due : Math.max(due, leftUs));
  walk.waiting = walk.waiting.filter((segment) => !heard.includes(segment));
};

const place = (walk: Walk, {packet, atUs}: Seen, cameUs: number): void => {
  walk.late.set(packet, cameUs - (walk.broughtUs.get(packet) ?? atUs) - walk.distanceUs);
  walk.lastUs = Math.max(walk.lastUs, cameUs);
};

/** By packet, in µs beyond the shortest way; of one direction. */
export const lateBehind = (
  {segments}: SeenConnection,
  {distanceUs}: Vantage,
  {fates, side}: {readonly fates: Fates; readonly side: Side},
): ReadonlyMap<number, number> => {
  const far = otherSide(side);
  const returnUs = distanceUs[far];
  const waiting = segments.filter(
    (each) =>
      each.side === side &&
      spaceOf(each) > 0 &&
      fates.of.get(each.packet) === undefined &&
      reached(fates, each),
  );
  const walk: Walk = {
    ...{late: new Map(), distanceUs: returnUs, waiting},
    ...{broughtUs: brought(segments, side), lastUs: Number.NEGATIVE_INFINITY},
  };
  for (const answer of segments)
    if (answer.side === far && answer.ack !== undefined && !hasFlags(answer, TcpFlag.RST))
      hear(walk, answer, returnUs);
  return walk.late;
};
