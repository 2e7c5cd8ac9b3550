// The TCP timestamps option: when a connection uses it, the clock that this host puts in it, and the value that it echoes (RFC 7323 §3,
// §5.4).
import type {TcpOption, TcpSegment} from '../../wire/tcp.ts';
import type {Connection, Timestamps} from './connection.ts';
import type {TcpEnv} from './effect.ts';

export const TICK_US = 1000;

type Stamp = Extract<TcpOption, {kind: 'timestamps'}>;

export const stampOf = ({options}: TcpSegment): Stamp | undefined =>
  options.find((option): option is Stamp => option.kind === 'timestamps');

/** Returns the timestamp state of a connection after both SYNs; `offered` tells whether this end's SYN carried the option. */
export function agreedTimestamps(syn: TcpSegment, offered: boolean, nowUs: number): Timestamps {
  const stamp = offered ? stampOf(syn) : undefined;
  return {
    timestampsOn: stamp !== undefined,
    tsRecent: stamp?.val ?? 0,
    tsRecentUs: nowUs,
  };
}

/**
 * Returns the timestamp clock of a connection in ticks of 1 ms. Each pair of hosts has a start of its own, which reveals nothing about
 * the host (RFC 7323 §5.4).
 */
export const clock = ({nowUs, timestampOffset}: TcpEnv, {local, remote}: Connection): number =>
  (Math.floor(nowUs / TICK_US) + (timestampOffset?.(local, remote) ?? 0)) >>> 0;

/** Returns the ticks from TCP timestamp `earlier` to `later`, modulo 2³². */
export const elapsed = (later: number, earlier: number): number => (later - earlier) | 0;

/** Returns TCP options in which each timestamps option has this instant's TSval and the peer's latest value as TSecr. */
export function stamped(
  {env, tcb}: {readonly env: TcpEnv; readonly tcb: Connection},
  options: readonly TcpOption[],
): readonly TcpOption[] {
  if (!options.some(({kind}) => kind === 'timestamps')) return options;
  const stamp: Stamp = {kind: 'timestamps', val: clock(env, tcb), ecr: tcb.tsRecent};
  return options.map((option) => (option.kind === 'timestamps' ? stamp : option));
}
