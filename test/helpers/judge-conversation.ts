// Conversations from a seed: sizes, pauses, buffers, profiles, who reads and closes when, and a path that does its worst.
import type {Action} from '../../source/sim/action.ts';
import {hashOf} from '../../source/sim/chance.ts';
import type {Fault, FaultKind} from '../../source/sim/fault.ts';
import type {Cause, CauseTime, Scenario} from '../../source/sim/scenario.ts';
import {profiles} from '../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../source/stack/tcp/settings.ts';
import {pairScenario} from './scenarios.ts';

const MINUTE_US = 60_000_000;
/** Longer than any profile takes to give up, twice, plus 2 MSL. */
const limitUs = 240 * MINUTE_US;
/** When a program that still waits ends its side, and when it stops waiting at all. */
const endsUs = 60 * MINUTE_US;
const abandonsUs = 120 * MINUTE_US;
/** Packets beyond this number meet chance loss only. */
const faultyPackets = 600;

type Choose = {
  readonly of: <T>(what: string, values: readonly [T, ...T[]]) => T;
  readonly upTo: (what: string, most: number) => number;
};

const chooseBy = (seed: number): Choose => ({
  of: (what, values) => values[hashOf(seed, what) % values.length] ?? values[0],
  upTo: (what, most) => 1 + (hashOf(seed, what) % most),
});

const settingsOf = (choose: Choose, host: string): TcpSettings => {
  const [first = profiles.linux, ...others] = Object.values(profiles);
  const profile = choose.of<TcpSettings>(`${host} profile`, [first, ...others]);
  return {
    ...profile,
    mss: choose.of(`${host} mss`, [1460, 1460, 1000, 536]),
    rcvBufferBytes: choose.of(`${host} buffer`, [
      profile.rcvBufferBytes,
      profile.rcvBufferBytes,
      16_000,
      3000,
    ]),
    timestamps: choose.of(`${host} timestamps`, [profile.timestamps, true, false]),
    sackPermitted: choose.of(`${host} SACK`, [profile.sackPermitted, true, false]),
    windowScale: choose.of(`${host} scale`, [profile.windowScale, 3, 'off']),
    delayedAckUs: choose.of(`${host} delayed ACK`, [0, 40_000, 200_000]),
  };
};

const faultsOf = (choose: Choose): readonly Fault[] => {
  const share = {
    dup: choose.of('dup', [0, 0.02, 0.1]),
    delay: choose.of('late', [0, 0.05, 0.3]),
    reorder: choose.of('reorder', [0, 0.03, 0.1]),
    corrupt: choose.of('corrupt', [0, 0.01, 0.05]),
  };
  const kindOf = (packet: number): FaultKind | undefined => {
    const roll = choose.upTo(`fate ${packet}`, 10_000) / 10_000;
    const much = choose.upTo(`how much ${packet}`, 100);
    if (roll < share.dup) return {kind: 'dup', afterUs: much * 1000};
    if (roll < share.dup + share.delay) return {kind: 'delay', byUs: much * 2000};
    if (roll < share.dup + share.delay + share.reorder) return {kind: 'reorder', places: 1 + (much % 5)};
    if (roll < share.dup + share.delay + share.reorder + share.corrupt)
      return {kind: 'corrupt', where: much % 2 === 0 ? 'link' : 'memory'};
    return undefined;
  };
  return Array.from({length: faultyPackets}, (_, index) => index + 1).flatMap((packet) => {
    const kind = kindOf(packet);
    return kind ? [{...kind, at: {packet}}] : [];
  });
};

type Writing = {readonly causes: readonly Cause[]; readonly bytes: number; readonly lastUs: number};

const writingOf = (choose: Choose, host: string, opened: CauseTime & {kind: 'on'}): Writing => {
  const count = choose.upTo(`${host} writes`, 9) - 1;
  const pauseUs = choose.of(`${host} pause`, [0, 1000, 30_000, 400_000]);
  const most = choose.of(`${host} sizes`, [3, 700, 6000, 30_000]);
  const sizes = Array.from({length: count}, (_, i) => choose.upTo(`${host} size ${i}`, most));
  const causes = sizes.map((bytes, i) => ({
    when: {...opened, afterUs: i * pauseUs},
    host,
    action: {call: 'send', bytes} as const,
  }));
  return {causes, bytes: sizes.reduce((sum, size) => sum + size, 0), lastUs: count * pauseUs};
};

/** RECEIVE calls enough for a stream that comes in the smallest pieces. */
const readingOf = (choose: Choose, host: string, opened: CauseTime, peer: Writing): readonly Cause[] => {
  const size = choose.of(`${host} reads`, [100, 1000, 5000]);
  const everyUs = choose.of(`${host} reads every`, [2000, 20_000, 100_000]);
  const times = 50 + peer.causes.length + 3 * Math.ceil(peer.bytes / Math.min(size, 500));
  return [{when: opened, host, action: {call: 'receive', bytes: size}, repeat: {times, everyUs}}];
};

const hostCauses = (choose: Choose, host: 'client' | 'server', auto: boolean): readonly Cause[] => {
  const opened = {kind: 'on', host, event: host === 'client' ? 'connected' : 'accepted', afterUs: 0} as const;
  const other = host === 'client' ? 'server' : 'client';
  const own = writingOf(choose, host, opened);
  const peer = writingOf(choose, other, {...opened, host: other});
  const when: CauseTime = choose.of<CauseTime>(`${host} ends`, [
    {...opened, afterUs: own.lastUs + choose.upTo(`${host} ends after`, 300_000)},
    // The client always ends by itself, or both would wait for the other.
    host === 'server' ? {...opened, event: 'eof', afterUs: own.lastUs} : {...opened, afterUs: own.lastUs},
  ]);
  const late = (atUs: number, action: Action): Cause => ({when: {kind: 'at', atUs}, host, action});
  return [
    ...own.causes,
    ...(auto ? [] : readingOf(choose, host, opened, peer)),
    {when, host, action: {call: 'shutdown'}},
    late(endsUs, {call: 'shutdown'}),
    late(abandonsUs, {call: 'abort'}),
  ];
};

export const conversation = (seed: number): Scenario => {
  const choose = chooseBy(seed);
  const base = pairScenario([], {seed, limitUs});
  const auto = {
    client: choose.of('client reads by itself', [true, false]),
    server: choose.of('server reads by itself', [true, false]),
  };
  const read = (isAuto: boolean) => (isAuto ? 'auto' : 'manual');
  const start = {kind: 'at', atUs: 0} as const;
  const rate = choose.of('rate', [{}, {}, {rateBps: 2_000_000, queueBytes: 30_000}, {rateBps: 100_000_000}]);
  const path = {
    delayUs: choose.of('delay', [500, 10_000, 60_000]),
    loss: choose.of('loss', [0, 0.01, 0.05, 0.1, 0.2]),
    ...rate,
  };
  return {
    ...base,
    hosts: base.hosts.map(({iss: _fixed, ...host}) => ({...host, tcp: settingsOf(choose, host.name)})),
    links: base.links.map((link) => ({...link, ...path})),
    faults: faultsOf(choose),
    script: [
      {when: start, host: 'server', action: {call: 'listen', port: 80, read: read(auto.server)}},
      {
        when: start,
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, as: 'c', read: read(auto.client)},
      },
      ...hostCauses(choose, 'client', auto.client),
      ...hostCauses(choose, 'server', auto.server),
    ],
  };
};

/** The hosts of a conversation that find losses by time (RFC 8985). */
export const timedHosts = ({hosts}: Scenario): ReadonlySet<string> =>
  new Set(hosts.filter(({tcp}) => tcp?.lossRecovery === 'rack').map(({name}) => name));
