// The packets of a trace that a filter lets through, as the list comes to them.
import type {Trace} from '../../../source/sim/trace.ts';
import {readSearch, type Search} from '../../../source/view/list/list-filter.ts';

type ListFilter =
  | Extract<Search, {kind: 'all' | 'problem'}>
  | {readonly kind: 'found'; readonly ids: readonly number[]};

export const filterPackets = (trace: Trace, typed: string): ListFilter => {
  const search = readSearch(trace, typed);
  if (search.kind === 'all' || search.kind === 'problem') return search;
  const ids = Array.from({length: trace.packetCount}, (_, index) => index + 1);
  return {kind: 'found', ids: ids.filter((id) => search.matches(trace, trace.packet(id)))};
};
