// Tells whether a listening port has room for another half-open connection (SYN-RECEIVED).

import type {EventOf, Trace} from '../../sim/trace.ts';
import {localSocket} from '../../wire/connection-id.ts';
import {worldAt} from '../entries.ts';
import type {Moment} from './memory.ts';

/** Tells whether the SYN queue of a listening port is full after event `n`. */
export const isQueueFull = (
  trace: Trace,
  {n, host}: {readonly n: number; readonly host: string},
  port: number | undefined,
): boolean =>
  [...(worldAt(trace, n)?.hosts[host]?.tcp.listeners.values() ?? [])].some(
    ({local, halfOpen, synLimit}) => local.port === port && halfOpen >= synLimit,
  );

type Change = {readonly fills: boolean; readonly frees: boolean};

/** Tells whether this instant fills the SYN queue of the connection's port, or frees a place in a full one. */
export const queueChange = ({trace, events}: Moment, {n, host, connection}: EventOf<'state'>): Change => {
  const port = connection === undefined ? undefined : localSocket(connection).port;
  const before = isQueueFull(trace, {n: (events[0]?.n ?? n) - 1, host}, port);
  const after = isQueueFull(trace, {n: events.at(-1)?.n ?? n, host}, port);
  return {fills: !before && after, frees: before && !after};
};
