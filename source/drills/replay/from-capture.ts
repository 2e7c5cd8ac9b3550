// Turns a TCP connection of a capture into a run of the simulator: two hosts, a path, the calls of two programs, the losses of the path. No
// packet is copied; what the stack sends is compared afterwards (agreement.ts).

import type {Run} from '../../lesson/lesson.ts';
import type {Cause, HostSpec} from '../../sim/scenario.ts';
import type {Trace} from '../../sim/trace.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {acknowledgingOf} from './acknowledging.ts';
import {callsOf, programOf} from './calls.ts';
import {clocked} from './clocks.ts';
import {type Fates, fatesOf} from './fates.ts';
import {type PathFault, pathFaults} from './faults.ts';
import {headersOf, mssOf, profileOf, segmentBytesOf, settingsOf} from './host-settings.ts';
import {
  hasFlags,
  type Missing,
  otherSide,
  type SeenConnection,
  type Side,
  seenConnection,
  type Unseen,
} from './seen.ts';
import type {Look} from './streams.ts';
import {isFar, type Vantage, vantageOf} from './vantage.ts';
import {lateBehind} from './way-behind.ts';

/** The reason why a connection of a capture cannot be simulated. */
export type NoReplay = Unseen | 'one-sided' | 'too-long';

/** A value that the capture does not show, such as the system of the hosts, and what the simulation uses for it. */
export type Assumption =
  | {
      readonly kind: 'path';
      readonly delayUs: number;
      readonly at: 'client' | 'server' | 'between' | 'unknown';
    }
  | {readonly kind: 'profile'; readonly profile: Run['profile']}
  | {readonly kind: 'octets'}
  | {readonly kind: 'offload'}
  | {readonly kind: 'address'; readonly host: string; readonly ip: string}
  | {readonly kind: 'silent'};

export type Replayed = {
  readonly run: Run;
  readonly seen: SeenConnection;
  readonly vantage: Vantage;
  readonly fates: Fates;
  readonly faults: readonly PathFault[];
  readonly assumptions: readonly Assumption[];
};

/** The most segments of a captured connection that is simulated; each is examined together with its neighbours, so time grows fast. */
const mostSegments = 20_000;
const mostUs = 24 * 3_600_000_000;
/** The most events of the simulation: ten for each segment, for its sending, arrival, timers, calls and states. */
const mostEvents = 10 * mostSegments;
/** The time in µs that the simulation goes on after the capture's last segment; what timers do later cannot be compared. */
const aftermathUs = 1_000_000;

/** Tells whether an end acknowledges data that are not in the capture, so that only one direction was captured. */
const isOneSided = ({segments, answered}: SeenConnection): boolean => {
  if (!answered) return segments.some((segment) => segment.ack !== undefined);
  return ([0, 1] as const).some((side) => {
    const own = segments.filter((segment) => segment.side === side);
    const told = segments.filter((segment) => segment.side !== side);
    const most = own.reduce((end, segment) => Math.max(end, segment.end), 0);
    return own.length === 0 || told.some(({ack = 0, flags}) => !(flags & TcpFlag.RST) && ack > most + 1);
  });
};

const refused = ({segments}: SeenConnection): boolean => {
  const first = segments.find((segment) => segment.side === 1);
  return first !== undefined && hasFlags(first, TcpFlag.RST);
};

/** Tells whether both ends of the captured connection sent a SYN without ACK: a simultaneous open (RFC 9293 §3.5, figure 7). */
const crossed = ({segments}: SeenConnection): boolean =>
  segments.some(({side, flags}) => side === 1 && (flags & (TcpFlag.SYN | TcpFlag.ACK)) === TcpFlag.SYN);

/**
 * Tells whether the client sent one SYN and then nothing, although SYN,ACKs were retransmitted: its address may be forged (RFC 4987 §2).
 */
const vanished = ({segments, answered}: SeenConnection): boolean =>
  answered &&
  segments.some(({side, flags}) => side === 1 && hasFlags({flags}, TcpFlag.SYN | TcpFlag.ACK)) &&
  segments.every(({side, flags}) => side === 1 || !(flags & TcpFlag.ACK)) &&
  segments.filter(({side}) => side === 1).length > 1 &&
  segments.filter(({side}) => side === 0).length === 1;

const read = (late: boolean) => (late ? 'manual' : 'auto');

const openings = ({seen, vantage}: Look, late: readonly [boolean, boolean]): readonly Cause[] => {
  const [client, server] = seen.ends;
  const connect = (own: Side, atUs: number): Cause => {
    const [near, far] = own === 0 ? [client, server] : [server, client];
    const to = {host: far.host, port: far.port};
    return {
      when: {kind: 'at', atUs: Math.max(0, Math.round(atUs))},
      host: near.host,
      action: {call: 'connect', to, from: near.port, iss: near.isn, read: read(late[own])},
    };
  };
  if (!seen.answered)
    return [{when: {kind: 'at', atUs: 0}, host: server.host, action: {call: 'crash'}}, connect(0, 0)];
  const syn = seen.segments.find(({side, flags}) => side === 1 && flags & TcpFlag.SYN);
  if (crossed(seen))
    return [connect(0, 0), connect(1, (syn?.atUs ?? 0) - vantage.distanceUs[1] + vantage.distanceUs[0])];
  if (refused(seen)) return [connect(0, 0)];
  return [
    {
      when: {kind: 'at', atUs: 0},
      host: server.host,
      action: {call: 'listen', port: server.port, read: read(late[1])},
    },
    connect(0, 0),
    ...(vanished(seen)
      ? [{when: {kind: 'at', atUs: 1}, host: client.host, action: {call: 'crash'}} as const]
      : []),
  ];
};

const vantagePlace = ({
  distanceUs: [near, far],
  guessed,
}: Vantage): 'client' | 'server' | 'between' | 'unknown' => {
  if (guessed) return 'unknown';
  if (near * 10 <= far) return 'client';
  return far * 10 <= near ? 'server' : 'between';
};

/** Returns another address for the second end if a captured machine communicates with itself, because the simulator needs two hosts. */
const otherAddress = (ip: string): string => (ip.includes(':') ? 'fd00::2' : '127.0.0.2');

const hostsOf = (look: Look): readonly HostSpec[] => {
  const {ends} = look.seen;
  const same = ends[0].ip === ends[1].ip;
  return ([0, 1] as const).map((side) => {
    const {host, ip, isn} = ends[side];
    const own = same && side === 1 ? otherAddress(ip) : ip;
    const {points, longestUs} = acknowledgingOf(look, side);
    return {
      name: host,
      interfaces: [{link: 'path', ip: own, mac: `02:00:00:00:00:0${side + 1}`}],
      router: false,
      iss: isn,
      tcp: {...settingsOf(look.seen, side), delayedAckUs: longestUs, acknowledging: points},
    };
  });
};

const assumptionsOf = (look: Look, run: Run): readonly Assumption[] => {
  const {seen, vantage} = look;
  const hasOctets = run.script.every(({action}) => action.call !== 'send' || action.octets !== undefined);
  const giant = seen.segments.some(({side, length}) => length > segmentBytesOf(seen, side));
  const same = seen.ends[0].ip === seen.ends[1].ip;
  const moved = run.hosts[1];
  return [
    {kind: 'path', delayUs: vantage.delayUs, at: vantagePlace(vantage)},
    {kind: 'profile', profile: run.profile},
    ...(seen.answered ? [] : [{kind: 'silent'} as const]),
    ...(hasOctets ? [] : [{kind: 'octets'} as const]),
    ...(giant ? [{kind: 'offload'} as const] : []),
    ...(same && moved
      ? [{kind: 'address', host: moved.name, ip: moved.interfaces[0]?.ip ?? ''} as const]
      : []),
  ];
};

/** Returns a captured connection with the delays of its segments after the capture point, as answers and timestamps show them. */
const timedBehind = (
  found: SeenConnection,
  vantage: Vantage,
  fates: Fates,
  clocks: boolean,
): SeenConnection => {
  const far = ([0, 1] as const).filter((side) => isFar(vantage, side));
  const seen = far.reduce((all, side) => (clocks ? clocked(all, vantage, side) : all), found);
  const late = new Map(far.flatMap((side) => [...lateBehind(seen, vantage, {fates, side: otherSide(side)})]));
  const segments = seen.segments.map((each) => ({...each, lateUs: late.get(each.packet) ?? each.lateUs}));
  return {...seen, segments};
};

/**
 * Which delays a simulation takes from the capture: `timed` those before the capture point, `behind` those after it, `clocks` what
 * timestamps show; `begins` and `missing` are what an earlier simulation has shown.
 */
export type Reading = {
  readonly timed: boolean;
  readonly behind: boolean;
  readonly clocks?: boolean;
  readonly begins?: Look['begins'];
  /** Segments that an earlier simulation showed to have been lost before the capture point. */
  readonly missing?: readonly Missing[];
};

/**
 * Returns the run that simulates the first connection of a trace, or the reason why there is none. With `--connection N`, the trace
 * contains only that connection.
 */
export const replayWith = (
  trace: Trace,
  {timed, behind, clocks = false, begins, missing = []}: Reading,
): Result<Replayed, NoReplay> => {
  const found = seenConnection(trace);
  if (typeof found === 'string') return err(found);
  if (isOneSided(found)) return err('one-sided');
  if (found.segments.length > mostSegments) return err('too-long');
  const vantage = vantageOf(found);
  const first = fatesOf(found, vantage);
  const fates: Fates = {...first, missing: [...first.missing, ...missing]};
  const seen = behind ? timedBehind(found, vantage, fates, clocks) : found;
  const look: Look = {seen, vantage, fates, begins};
  const programs = ([0, 1] as const).map((side) => programOf(look, side, seen.ends[side].host));
  const calls = programs.flatMap((program, side) =>
    callsOf(program, segmentBytesOf(seen, side === 0 ? 0 : 1)),
  );
  const late: readonly [boolean, boolean] = [programs[0]?.late ?? false, programs[1]?.late ?? false];
  const faults = vanished(seen) ? [] : pathFaults(seen, fates, {vantage, timed});
  const lastUs = seen.segments.at(-1)?.atUs ?? 0;
  const [a, b] = seen.ends;
  const run: Run = {
    name: 'simulated',
    profile: profileOf(seen),
    seed: 1,
    hosts: hostsOf(look),
    links: [
      {
        name: 'path',
        between: [a.host, b.host],
        delayUs: vantage.delayUs,
        loss: 0,
        mtu: Math.max(mssOf(seen, 0), mssOf(seen, 1)) + headersOf(seen),
      },
    ],
    arp: false,
    script: [...openings(look, late), ...calls],
    faults: faults.map(({fault}) => fault),
    until: {atUs: Math.round(lastUs + vantage.distanceUs[0] + vantage.delayUs + aftermathUs)},
    limitUs: mostUs,
    mostEvents,
  };
  return ok({run, seen, vantage, fates, faults, assumptions: assumptionsOf(look, run)});
};
