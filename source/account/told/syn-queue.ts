// Whether there is room for a further handshake of a listening port.

import type {EventOf} from '../../sim/trace.ts';
import {localSocket} from '../../wire/connection-id.ts';
import {worldAt} from '../entries.ts';
import type {Moment} from './memory.ts';

const isFull = ({trace}: Moment, n: number, {host, connection}: EventOf<'state'>): boolean =>
  connection !== undefined &&
  [...(worldAt(trace, n)?.hosts[host]?.tcp.listeners.values() ?? [])].some(
    ({local, halfOpen, synLimit}) => local.port === localSocket(connection).port && halfOpen >= synLimit,
  );

type Change = {readonly fills: boolean; readonly frees: boolean};

/** What this instant makes of it. */
export const queueChange = (moment: Moment, state: EventOf<'state'>): Change => {
  const {events} = moment;
  const before = isFull(moment, (events[0]?.n ?? state.n) - 1, state);
  const after = isFull(moment, events.at(-1)?.n ?? state.n, state);
  return {fills: !before && after, frees: before && !after};
};
