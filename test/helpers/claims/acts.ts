// What hosts do in the instant that a sentence is about: which states, which segments.
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import type {Facts, Said} from './said.ts';
import {flagsOf, segmentOf} from './seen.ts';

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

/** From either end, since the connection that ends now began. */
export const finHasLeft = (said: Said): boolean =>
  said.now('state', said.host()).some(({connection = '', n}) => {
    const events = [...said.trace.events()].filter((event) => event.n < n);
    const began =
      events.findLast(
        (event) =>
          event.kind === 'state' && event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''),
      )?.n ?? 0;
    const isFin = ({packet}: {packet: number}): boolean => {
      const segment = packet > 0 ? segmentOf(said.trace, packet) : undefined;
      return segment !== undefined && hasFlag(segment, 'FIN');
    };
    return events.some(
      (event) =>
        event.n > began &&
        event.kind === 'send' &&
        (event.connection === connection || event.connection === farEndOf(connection)) &&
        isFin(event),
    );
  });
