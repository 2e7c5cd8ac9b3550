// What hosts do in the instant that a sentence is about: which states, which segments.
import type {Facts, Said} from './said.ts';
import {flagsOf} from './seen.ts';

export const enters = (said: Said, state: string, name = 'host'): boolean =>
  said
    .now('state', said.host(name))
    .some(
      ({to, connection, n}, _, all) =>
        to === state && all.every((later) => later.n <= n || later.connection !== connection),
    );

export const leaves = (said: Said, state: string, name = 'host'): boolean =>
  said.now('state', said.host(name)).some(({from}) => from === state);

export const sends = (said: Said, flags: RegExp, numbers: {seq?: number; ack?: number} = {}): boolean =>
  said
    .sent(said.host())
    .some(
      ({segment}) =>
        flags.test(flagsOf(segment)) &&
        (numbers.seq === undefined || segment.seq === numbers.seq) &&
        (numbers.ack === undefined || segment.ack === numbers.ack),
    );

export const gets = (said: Said, flags: RegExp): boolean =>
  said.came(said.host()).some(({segment}) => flags.test(flagsOf(segment)));

export const forgets = (said: Said): Facts => ({'it has no record any more': enters(said, 'CLOSED')});
