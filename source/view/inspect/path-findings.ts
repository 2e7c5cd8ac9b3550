// What shows that something is wrong between the two ends of a connection: an end that is heard of no more, sizes that do not pass.
import {worded} from '../../lesson/text.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {briefTexts as brief, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {type Found, found} from './finding.ts';
import {isOpened, other, roleOf, sides} from './sides.ts';

/** Fewer, and less time, may be a slow answer; in microseconds. */
const enoughTries = 2;
const leastUs = 1_000_000;

const silencedFindings = (connection: ObservedConnection): readonly Found[] => {
  const {notes, client, course} = connection;
  const {silenced} = notes.lastWords;
  // Who never opened it is told of by that.
  if (!silenced || !isOpened(connection) || course.resetFrame > 0) return [];
  if (silenced.tries < enoughTries || silenced.us < leastUs) return [];
  const {side, frame, tries, us} = silenced;
  const by = roleOf(side, {client});
  const text = worded(say.silenced, {by, from: frame, tries, us: formatTime(us)});
  return [found(84, text, brief.silenced, 'half-open')];
};

/** What options of each segment may take of its MSS (RFC 9293 §3.7.1). */
const mostOptions = 40;

const stuckFindings = (connection: ObservedConnection): readonly Found[] => {
  // A router has said it.
  if (connection.notes.tooBig) return [];
  return sides.flatMap((side) => {
    const {sizes, gaps} = connection.half(side).reasons;
    const {stuck} = sizes;
    if (stuck) return [found(83, worded(say.stuck, stuck), brief.stuck, 'loss-recovery')];
    const mss = connection.half(other(side)).options?.mss ?? 0;
    const small = connection.notes.most(side);
    const isFull = small + mostOptions >= mss;
    if (gaps.openOctets < mss - mostOptions || isFull || small === 0 || gaps.openUs < leastUs) return [];
    return [found(44, worded(say.stuckHere, {mss, small}), brief.stuck, 'loss-recovery')];
  });
};

export const pathFindings = (connection: ObservedConnection): readonly Found[] => [
  ...silencedFindings(connection),
  ...stuckFindings(connection),
];
