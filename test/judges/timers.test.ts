// Timers in whole runs: the numbers of curriculum section 7 (RFC 6298, RFC 9293, Linux ip-sysctl) for each profile, and the
// schedule of a kernel whose SYNs went into a black hole, as two captures have it.

import {describe, expect, test} from 'vitest';
import type {Action} from '../../source/sim/action.ts';
import type {Fault} from '../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {profiles, settingsFor} from '../../source/stack/tcp/profiles.ts';
import type {ProfileName, TcpSettings} from '../../source/stack/tcp/settings.ts';
import {decodeFrame} from '../../source/wire/frame.ts';
import {hasFlag, type TcpFlagName, type TcpSegment} from '../../source/wire/tcp.ts';
import {segmentOf} from '../helpers/judge-invariants.ts';
import {pairScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';
import {readCapture} from '../wire/captures.ts';

const SECOND_US = 1_000_000;
const HOUR_US = 3600 * SECOND_US;

const cause = (host: string, atUs: number, action: Action): Cause => ({
  when: {kind: 'at', atUs},
  host,
  action,
});

const opening: readonly Cause[] = [
  cause('server', 0, {call: 'listen', port: 80, read: 'auto'}),
  cause('client', 0, {call: 'connect', to: {host: 'server', port: 80}, from: 40_000, read: 'auto'}),
];

type Setup = {
  readonly script?: readonly Cause[];
  readonly faults?: readonly Fault[];
  readonly settings?: Partial<TcpSettings>;
  readonly delayUs?: number;
};

/** Whole waits: without the slots of Linux's timer wheel, and no probe before the first time-out. */
const exact = {timers: 'exact', tailLossProbe: false, acks: 'delayed', rcvMemoryBytes: 'off'} as const;

const scenarioOf = (
  profile: ProfileName,
  {script = [], faults = [], settings = {}, delayUs = 50_000}: Setup,
) => {
  const base = pairScenario([...opening, ...script], {profile, faults, limitUs: 10 * HOUR_US});
  const tcp = settingsFor(profile, {...exact, ...settings});
  return {
    ...base,
    hosts: base.hosts.map((host) => ({...host, tcp})),
    links: base.links.map((link) => ({...link, delayUs})),
  };
};

const secondsSent = (trace: Trace, flags: readonly TcpFlagName[], from: string): readonly number[] =>
  eventsOf(trace, 'send').flatMap(({host, frame, atUs}) => {
    const segment = segmentOf(frame);
    const exact =
      segment &&
      (['SYN', 'ACK', 'FIN', 'RST'] as const).every((f) => hasFlag(segment, f) === flags.includes(f));
    return host === from && exact ? [atUs / SECOND_US] : [];
  });

const signalSeconds = (trace: Trace, signal: string): number | undefined => {
  const event = eventsOf(trace, 'signal').find((each) => each.signal === signal);
  return event && event.atUs / SECOND_US;
};

const stay = (trace: Trace, host: string, state: string): number | undefined => {
  const states = eventsOf(trace, 'state').filter((event) => event.host === host);
  const entered = states.find(({to}) => to === state);
  const left = states.find(({from}) => from === state);
  return entered && left && (left.atUs - entered.atUs) / SECOND_US;
};

const blackHole: readonly Fault[] = [{kind: 'drop', at: {from: 'client'}}];
const deafServer: readonly Fault[] = [{kind: 'drop', at: {from: 'server'}}];

/** Section 7. `rfc` has no numbers of its own where an RFC gives a bound: those are tested as bounds below. */
const synSchedules: readonly {
  profile: ProfileName;
  settings: Partial<TcpSettings>;
  at: readonly number[];
  end: number;
}[] = [
  {profile: 'linux', settings: {}, at: [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67], end: 131},
  {profile: 'linux', settings: {synLinearTimeouts: 0}, at: [0, 1, 3, 7, 15, 31, 63], end: 127},
];

describe('opening', () => {
  test.each(synSchedules)('$profile, $settings: SYNs, then ETIMEDOUT', ({profile, settings, at, end}) => {
    const trace = run(scenarioOf(profile, {faults: blackHole, settings}));
    expect(secondsSent(trace, ['SYN'], 'client')).toEqual(at);
    expect(signalSeconds(trace, 'ETIMEDOUT')).toBe(end);
  });

  test('rfc: initial RTO 1 s, doubling, R2 at least 3 min', () => {
    const trace = run(scenarioOf('rfc', {faults: blackHole}));
    expect(secondsSent(trace, ['SYN'], 'client').slice(0, 6)).toEqual([0, 1, 3, 7, 15, 31]);
    expect(signalSeconds(trace, 'ETIMEDOUT')).toBeGreaterThanOrEqual(180);
  });

  test('linux: SYN,ACK at 1, 3, 7, 15, 31 s after the first, dropped at 63 s', () => {
    // One SYN only gets through, so that no repeated SYN asks for more.
    const faults: readonly Fault[] = [...deafServer, {kind: 'drop', at: {from: 'client', nth: {first: 2}}}];
    const trace = run(scenarioOf('linux', {faults}));
    const at = secondsSent(trace, ['SYN', 'ACK'], 'server');
    expect(at.map((seconds) => seconds - (at[0] ?? 0))).toEqual([0, 1, 3, 7, 15, 31]);
    expect(stay(trace, 'server', 'SYN-RECEIVED')).toBe(63);
  });
});

describe('data', () => {
  const sends: readonly Cause[] = [cause('client', 10 * SECOND_US, {call: 'send', bytes: 10})];
  const lostData: readonly Fault[] = [{kind: 'drop', at: {from: 'client', data: true}}];
  const gaps = (trace: Trace): readonly number[] => {
    const at = eventsOf(trace, 'send').flatMap(({frame, atUs}) =>
      (segmentOf(frame)?.payload.length ?? 0) > 0 ? [atUs] : [],
    );
    return at.slice(1).map((us, index) => (us - (at[index] ?? 0)) / SECOND_US);
  };

  test('linux: RTO is SRTT + at least 200 ms, doubles up to 120 s, and ends at the first one 924.6 s after the first repetition', () => {
    const trace = run(scenarioOf('linux', {script: sends, faults: lostData, delayUs: 10}));
    const found = gaps(trace);
    // “The first RTO which exceeds the hypothetical timeout” (ip-sysctl, tcp_retries2).
    expect(found).toHaveLength(16);
    for (const [index, gap] of found.entries())
      expect(gap / Math.min(0.2 * 2 ** index, 120)).toBeCloseTo(1, 2);
    expect((signalSeconds(trace, 'ETIMEDOUT') ?? 0) - 10).toBeCloseTo(924.6 + 120, 0);
  });

  test('linux, RTT 40 ms: 250 ms, then 0.5, 1, 2 s, as its captures show, within 5 %', () => {
    const trace = run(scenarioOf('linux', {script: sends, faults: lostData, delayUs: 20_000}));
    for (const [index, seconds] of [0.25, 0.5, 1, 2].entries())
      expect(Math.abs((gaps(trace)[index] ?? 0) / seconds - 1)).toBeLessThan(0.05);
  });

  test('rfc: RTO is at least 1 s and doubles; R2 at least 100 s', () => {
    const trace = run(scenarioOf('rfc', {script: sends, faults: lostData}));
    const found = gaps(trace);
    expect(found.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
    expect((signalSeconds(trace, 'ETIMEDOUT') ?? 0) - 10).toBeGreaterThanOrEqual(100);
  });

  test.each(['linux', 'rfc'] as const)('%s: the first sample R gives SRTT + max(G, 4·R/2)', (profile) => {
    const trace = run(scenarioOf(profile, {script: sends, faults: lostData, delayUs: 400_000}));
    // R = 800 ms: 800 + 4·400 ms is above every minimum.
    expect(gaps(trace)[0]).toBeCloseTo(2.4, 1);
  });
});

describe('acknowledging', () => {
  const bounds = {linux: 0.2, rfc: 0.5} as const;
  const bytes = 20 * 1460;

  test.each(['linux', 'rfc'] as const)(
    // A delayed ACK keeps its bound, and every second segment has one.
    '%s: delayed ACKs',
    (profile) => {
      const settings = {delayedAckUs: profiles[profile].delayedAckUs || 200_000};
      expect(settings.delayedAckUs).toBeLessThanOrEqual(bounds[profile] * SECOND_US);
      const script = [
        cause('client', SECOND_US, {call: 'send', bytes}),
        cause('client', 9 * SECOND_US, {call: 'send', bytes: 1}),
      ];
      const trace = run(scenarioOf(profile, {script, settings}));
      const acks = eventsOf(trace, 'send').filter(({host, atUs}) => host === 'server' && atUs > SECOND_US);
      const bulk = acks.filter(({atUs}) => atUs < 8 * SECOND_US);
      expect(bulk.length).toBeGreaterThanOrEqual(bytes / 1460 / 2);
      const lone = eventsOf(trace, 'arrive').find(
        ({host, atUs}) => host === 'server' && atUs > 9 * SECOND_US,
      );
      const answer = acks.find(({atUs}) => atUs > 9 * SECOND_US);
      expect((answer?.atUs ?? Number.POSITIVE_INFINITY) - (lone?.atUs ?? 0)).toBeLessThanOrEqual(
        bounds[profile] * SECOND_US,
      );
    },
  );
});

describe('closing', () => {
  const closes: readonly Cause[] = [
    cause('client', SECOND_US, {call: 'shutdown'}),
    cause('server', 2 * SECOND_US, {call: 'shutdown'}),
  ];

  test.each([
    ['linux', 60],
    ['rfc', 240],
  ] as const)('%s: TIME-WAIT lasts %i s', (profile, seconds) => {
    expect(stay(run(scenarioOf(profile, {script: closes})), 'client', 'TIME-WAIT')).toBe(seconds);
  });

  test('linux: an orphan leaves FIN-WAIT-2 after 60 s', () => {
    const script = [cause('client', SECOND_US, {call: 'close'})];
    const trace = run(scenarioOf('linux', {script}));
    expect(stay(trace, 'client', 'FIN-WAIT-2')).toBe(60);
  });
});

describe('waiting', () => {
  const silent: readonly Fault[] = [
    {kind: 'drop', at: {from: 'client', nth: {first: 3}}},
    {kind: 'drop', at: {from: 'server', nth: {first: 2}}},
  ];
  const idle = run(scenarioOf('linux', {faults: silent, settings: {keepAlive: true}}));
  const opened = eventsOf(idle, 'signal').find(({signal}) => signal === 'connected')?.atUs ?? 0;
  const probes = eventsOf(idle, 'send').filter(
    // The reset that Linux sends when it gives up is no probe (tcp_keepalive_timer).
    ({host, atUs, because}) =>
      host === 'client' && atUs > opened + SECOND_US && because !== '9293:3.8.4/keep-alive/dead',
  );

  test('linux: keep-alive after 7200 s, then every 75 s, 9 times', () => {
    const at = probes.map(({atUs}) => (atUs - opened) / SECOND_US);
    expect(at).toEqual(Array.from({length: 9}, (_, i) => 7200 + 75 * i));
    expect(signalSeconds(idle, 'ETIMEDOUT')).toBe(7200 + 75 * 9 + opened / SECOND_US);
  });

  test('linux: a closed window is probed after one RTO, then after waits that double from the answer', () => {
    const base = scenarioOf('linux', {settings: {rcvBufferBytes: 3000}, delayUs: 10_000});
    const script = base.script.map((each) =>
      each.action.call === 'listen' ? {...each, action: {...each.action, read: 'manual'} as const} : each,
    );
    const sends = cause('client', SECOND_US, {call: 'send', bytes: 10_000});
    const trace = run({...base, script: [...script, sends], until: {atUs: 60 * SECOND_US}});
    const asked = eventsOf(trace, 'send').filter(({because}) => because?.endsWith('/persist/probe'));
    const roundTrip = 0.02;
    const gaps = asked.slice(1).map(({atUs}, index) => (atUs - (asked[index]?.atUs ?? 0)) / SECOND_US);
    expect(gaps.length).toBeGreaterThanOrEqual(5);
    // The captures have 0.22 s at first, on a shorter path.
    const first = (gaps[0] ?? 0) - roundTrip;
    expect(first).toBeGreaterThan(0.4);
    expect(first).toBeLessThan(0.5);
    // The second comes within half a second of the first, and is not answered (tcp_invalid_ratelimit).
    for (const [index, gap] of gaps.slice(1).entries())
      expect(gap - (index === 0 ? 0 : roundTrip)).toBeCloseTo(first * 2 ** (index + 1), 3);
  });
});

describe('starting to send', () => {
  test.each([
    ['linux', 10],
    ['rfc', 3],
  ] as const)('%s: initial window, %i segments', (profile, segments) => {
    const script = [cause('client', SECOND_US, {call: 'send', bytes: 60_000})];
    const sent = eventsOf(run(scenarioOf(profile, {script})), 'send');
    expect(sent.filter(({host, atUs}) => host === 'client' && atUs === SECOND_US)).toHaveLength(segments);
  });
});

const synOf = (bytes: Uint8Array): TcpSegment | undefined => {
  const frame = decodeFrame(bytes);
  const segment = frame.ok ? segmentOf(frame.value) : undefined;
  return segment && hasFlag(segment, 'SYN') ? segment : undefined;
};

/** Seconds after the first SYN. */
const synSeconds = (capture: string): readonly number[] => {
  const at = readCapture(capture).records.flatMap(({bytes, atUs}) => (synOf(bytes) ? [atUs] : []));
  return at.map((us) => (us - (at[0] ?? 0)) / SECOND_US);
};

const over6 = (scenario: Scenario): Scenario => ({
  ...scenario,
  hosts: scenario.hosts.map((host, index) => ({
    ...host,
    interfaces: host.interfaces.map((each) => ({...each, ip: `2001:db8::${index + 1}`})),
  })),
});

describe('a kernel whose SYNs met a black hole', () => {
  test.each([
    ['07a-black-hole-default.pcap', (scenario: Scenario) => scenario],
    ['07c-black-hole-ipv6.pcapng', over6],
  ])('%s: our schedule within 3 %', (capture, change) => {
    const kernel = synSeconds(capture);
    const ours = secondsSent(run(change(scenarioOf('linux', {faults: blackHole}))), ['SYN'], 'client');
    expect(kernel.length).toBeGreaterThanOrEqual(8);
    for (const [index, seconds] of kernel.slice(1).entries()) {
      const own = ours[index + 1] ?? 0;
      expect(Math.abs(own / seconds - 1), `SYN ${index + 2}: ${own} s, the kernel ${seconds} s`).toBeLessThan(
        0.03,
      );
    }
  });
});
