// Links that the script takes away and gives back.

import type {LinkChange} from '../../sim/action.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';

/** undefined: it says nothing of that. */
const passesBy = ({up, loss}: LinkChange): boolean | undefined => {
  if (up === false || loss === 1) return false;
  return up === true || loss === 0 ? true : undefined;
};

const changeIn = (event: TraceEvent) =>
  event.kind === 'call' && event.action.call === 'setLink' ? event.action : undefined;

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
    facts: {host, peer, passes},
  };
};
