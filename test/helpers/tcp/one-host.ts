// One host brought into a state by calls and hand-made segments; nothing travels. A has ISS 1000, B 9000.
import {expect} from 'vitest';
import type {TcpEffect} from '../../../source/stack/tcp/effect.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {plain} from './plain.ts';
import {A, AB, B, brief, type Fate, type HostName, IP, other, rope, World} from './two-hosts.ts';

const {FIN, SYN, ACK} = TcpFlag;

const bases = {...profiles, plain};
type Base = 'plain' | 'linux' | 'rfc';

export const both = (base: Base, change = {}) => {
  const settings = {...bases[base], ...change};
  return {A: settings, B: settings};
};

type Made = {
  seq?: number;
  ack?: number;
  flags: number;
  data?: number;
  options?: readonly TcpOption[];
  window?: number;
};

export const made = (
  to: HostName,
  {seq: s = 0, ack = 0, flags, data = 0, options = [], window = 5000}: Made,
): TcpSegment => ({
  srcPort: to === 'A' ? 80 : 40_000,
  dstPort: to === 'A' ? 40_000 : 80,
  seq: seq(s),
  ack: seq(ack),
  flags,
  window,
  urgent: 0,
  options,
  payload: rope(data),
});

/** Gives a host one segment and tells what it did: segments, state changes, signals. */
export function arrives(world: World, to: HostName, segment: Made): readonly string[] {
  const event = {kind: 'segment', src: IP[other(to)], dst: IP[to], segment: made(to, segment)} as const;
  return told(to, world.step(to, event));
}

export const told = (host: HostName, effects: readonly TcpEffect[]): readonly string[] =>
  effects.flatMap((e) => {
    if (e.kind === 'send') return [brief({from: host, segment: e.segment})];
    if (e.kind === 'state') return [`${e.from} > ${e.to}`];
    if (e.kind === 'signal') return [e.signal];
    if (e.kind === 'deliver') return [`deliver ${e.data.length}`];
    return e.kind === 'return' && e.result !== 'ok' ? [e.result] : [];
  });

export const calls = (world: World, host: HostName, call: Parameters<World['call']>[2]) =>
  told(host, world.step(host, {kind: 'call', call}));

export const none: Fate = () => [];

/** A in SYN-SENT with ISS 1000; nothing travels. */
export function synSent(base: Base = 'rfc', data = 0): World {
  const world = new World({settings: both(base), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto', data: rope(data)});
  return world;
}

export function listening(base: Base = 'rfc'): World {
  const world = new World({settings: both(base), fate: none});
  calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  return world;
}

/** B in SYN-RECEIVED: IRS 1000, ISS 9000. */
export function synReceived(base: Base = 'rfc'): World {
  const world = listening(base);
  arrives(world, 'B', {seq: 1000, flags: SYN});
  return world;
}

/** A in ESTABLISHED: SND.NXT 1001, RCV.NXT 9001. */
export function established(base: Base = 'rfc', read: 'auto' | 'manual' = 'auto', change = {}): World {
  const world = new World({settings: both(base, change), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK});
  expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
  return world;
}

export const close = (world: World, reader: 'stays' | 'gone' = 'stays') =>
  calls(world, 'A', {call: 'CLOSE', connection: AB, reader});

/** A in each state from FIN-WAIT-1 on. */
export function closing(
  state: 'FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSE-WAIT' | 'CLOSING' | 'LAST-ACK' | 'TIME-WAIT',
  base: Base = 'rfc',
): World {
  const world = established(base);
  if (state === 'CLOSE-WAIT' || state === 'LAST-ACK') {
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK});
    if (state === 'LAST-ACK') close(world);
  } else {
    close(world);
    if (state === 'CLOSING') arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK});
    if (state === 'FIN-WAIT-2') arrives(world, 'A', {seq: 9001, ack: 1002, flags: ACK});
    if (state === 'TIME-WAIT') arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK});
  }
  expect(world.stateOf('A', AB)).toBe(state);
  return world;
}
