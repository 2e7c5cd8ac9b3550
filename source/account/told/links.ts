// Tells about links that the script takes down and brings up again.

import type {LinkChange} from '../../sim/action.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';

/** Tells whether a changed link lets packets pass; undefined if the change does not concern that. */
const passesBy = ({up, loss}: LinkChange): boolean | undefined => {
  if (up === false || loss === 1) return false;
  return up === true || loss === 0 ? true : undefined;
};

const changeIn = (event: TraceEvent) =>
  event.kind === 'call' && event.action.call === 'setLink' ? event.action : undefined;

/** Tells whether packets are on a link at this event and all of them arrive. */
const arrivesStill = (trace: Trace, {n, atUs}: TraceEvent, ends: readonly string[]): boolean => {
  const flying = new Set<string>();
  for (const {n: sent, host, to, packet, hop, dueUs} of entriesOf(trace, 'send'))
    if (sent < n && dueUs > atUs && ends.includes(host) && ends.includes(to)) flying.add(`${packet} ${hop}`);
  for (const {n: died, packet, hop} of entriesOf(trace, 'drop'))
    if (died < n) flying.delete(`${packet} ${hop}`);
  const come = new Set([...entriesOf(trace, 'arrive')].map(({packet, hop}) => `${packet} ${hop}`));
  return flying.size > 0 && [...flying].every((flight) => come.has(flight));
};

export const linkTold = ({trace}: Moment, event: TraceEvent): Told | undefined => {
  const change = changeIn(event);
  const passes = change && passesBy(change.change);
  const ends = trace.header.links.find(({name}) => name === change?.link)?.between;
  if (passes === undefined || !ends) return undefined;
  const earlier = [...entriesOf(trace, 'call')].findLast(
    (each) => each.n < event.n && changeIn(each)?.link === change?.link,
  );
  const passed = (earlier && passesBy(changeIn(earlier)?.change ?? {})) ?? true;
  if (passed === passes) return undefined;
  const [host, peer] = ends;
  return {
    ...{says: 'link', n: event.n, rank: 0, most: 2},
    about: [`link ${change?.link} ${passes}`],
    facts: {host, peer, passes, underWay: arrivesStill(trace, event, ends)},
  };
};
