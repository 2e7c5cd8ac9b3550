// A connection of a capture as a run. Oracle: what tshark shows of these captures: who calls, refuses, writes, closes, what is repeated; and
// the connections with something taken out of them, whose difference is known.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {agreementOf} from '../../../source/drills/replay/agreement.ts';
import {departureOf} from '../../../source/drills/replay/departure.ts';
import {differencesOf} from '../../../source/drills/replay/differences.ts';
import type {Seen} from '../../../source/drills/replay/seen.ts';
import type {Cause} from '../../../source/sim/scenario.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {type Again, replaysOf} from '../../helpers/replayed.ts';
import {captureFolder} from '../../wire/captures.ts';

const replayed = (name: string): Again => {
  const [again] = replaysOf(readFileSync(captureFolder + name), 1);
  if (!again || typeof again === 'string') throw new Error(`${name}: ${again}`);
  return again;
};

/** `.2 connect`: of hosts, the last part of the address. */
const causeText = ({host, when, action}: Cause): string => {
  const time = when.kind === 'on' ? `after ${when.event}` : `at ${when.atUs}`;
  const bytes = action.call === 'send' ? ` ${action.bytes}` : '';
  return `.${host.split('.').at(-1)} ${action.call}${bytes} ${time}`;
};

test.each([
  ['00a-handshake-only.pcap', ['.80 listen at 0', '.2 connect at 0'], []],
  [
    '00c-simultaneous-open.pcap',
    [
      '.2 connect at 0',
      '.80 connect at 131',
      '.2 send 10 after connected',
      '.2 close after connected',
      '.80 close after eof',
    ],
    [],
  ],
  [
    '01a-client-close-idle.pcap',
    ['.80 listen at 0', '.2 connect at 0', '.2 close after connected', '.80 close after eof'],
    [],
  ],
  ['07a-black-hole-default.pcap', ['.80 crash at 0', '.2 connect at 0'], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [
    '08h-rto-four-times.pcap',
    [
      '.80 listen at 0',
      '.2 connect at 0',
      '.2 send 900 after connected',
      '.2 close after connected',
      '.80 close after eof',
    ],
    [4, 5, 6, 7],
  ],
] as const)('%s: what the programs call, and which packets are lost', (name, script, lost) => {
  const {replayed: made, agreement} = replayed(name);
  expect(made.run.script.map(causeText)).toEqual(script);
  expect(made.faults.map(({fault, seen}) => [fault.kind, seen])).toEqual(lost.map(() => ['drop', true]));
  // tshark numbers the repetitions.
  expect(made.faults.map(({fault}) => fault.at.nth?.first)).toEqual(lost.map((_, index) => index + 1));
  expect(agreement).toMatchObject({alike: agreement.captured, extra: 0});
  expect(agreement.captured).toBe(made.seen.segments.length);
});

describe('what the capture does not say', () => {
  test.each([
    ['00a-handshake-only.pcap', 'client', 25_122, []],
    ['01a-client-close-idle.pcap', 'between', 12, []],
    ['07a-black-hole-default.pcap', 'unknown', 10_000, ['silent']],
  ] as const)('%s was made at: %s', (name, at, delayUs, others) => {
    const {assumptions, run} = replayed(name).replayed;
    expect(assumptions.slice(0, 2)).toEqual([
      {kind: 'path', delayUs, at},
      {kind: 'profile', profile: 'linux'},
    ]);
    expect(assumptions.slice(2).map(({kind}) => kind)).toEqual(others);
    // Ethernet’s 1500: an MSS of 1460, and 40 of headers.
    expect(run.links).toMatchObject([{delayUs, mtu: 1500, loss: 0}]);
  });
  test('the run ends a second behind the last segment', () => {
    const {run, seen, vantage} = replayed('00a-handshake-only.pcap').replayed;
    const lastUs = seen.segments.at(-1)?.atUs ?? 0;
    expect(run.until).toEqual({atUs: lastUs + vantage.delayUs + 1_000_000});
  });
});

test('each host begins with the number that it began with', () => {
  const {run, seen} = replayed('08h-rto-four-times.pcap').replayed;
  // tshark: tcp.seq_raw of packets 1 and 2.
  expect(run.hosts.map(({iss}) => iss)).toEqual([633_048_824, 1_285_089_777]);
  expect(seen.ends.map(({ip, port}) => `${ip}:${port}`)).toEqual(['10.77.34.2:41873', '10.77.34.80:8000']);
});

describe('where the two depart from each other', () => {
  test('what was sent again, after how long (tcp.time_delta of packets 5 to 8)', () => {
    const {agreement, simulated} = replayed('08h-rto-four-times.pcap');
    const again = differencesOf(agreement, simulated);
    expect(
      again.map((each) =>
        each.kind === 'again' ? [each.captured.packet, each.captureWaitUs, each.by] : each.kind,
      ),
    ).toEqual([
      [5, 248_012, 'probe'],
      [6, 519_989, 'RTO'],
      [7, 988_009, 'RTO'],
      [8, 1_984_012, 'RTO'],
    ]);
    // RFC 6298 §5.5: each time about twice as long; the timer wheel is late by an eighth at most.
    const waits = again.flatMap((each) => (each.kind === 'again' ? [each.simulatedWaitUs] : []));
    for (const [index, wait] of waits.slice(2).entries())
      expect(Math.abs(wait / (2 * (waits[index + 1] ?? 0)) - 1)).toBeLessThan(1 / 8);
  });
  test('where both call, nothing is sent again', () => {
    const {agreement, simulated} = replayed('00c-simultaneous-open.pcap');
    expect(differencesOf(agreement, simulated)).toEqual([]);
  });

  test('at the first that is not alike; whoever is here heard what the capture has', () => {
    const {agreement, replayed: made, simulated} = replayed('01a-client-close-idle.pcap');
    expect(departureOf(agreement, {vantage: made.vantage, trace: simulated})).toBeUndefined();
    for (const side of [0, 1] as const) {
      const at = agreement.pairs.findIndex(({capture}) => capture?.side === side);
      const pairs = agreement.pairs.map((pair, index) => ({...pair, alike: index < at}));
      const vantage = {distanceUs: [0, 20_000] as const, delayUs: 20_000, guessed: false};
      expect(departureOf({...agreement, pairs}, {vantage, trace: simulated})).toMatchObject({
        first: pairs[at]?.capture,
        reason: side === 0 ? 'program' : 'farProgram',
        awayUs: vantage.distanceUs[side],
      });
    }
  });

  const whole = replayed('01a-client-close-idle.pcap');
  const changed = (change: (segments: readonly Seen[]) => readonly Seen[]) => {
    const {replayed: made, simulated} = whole;
    const seen = {...made.seen, segments: change(made.seen.segments)};
    const agreement = agreementOf({...made, seen}, simulated);
    const told = differencesOf(agreement, simulated).map((each) => {
      if (each.kind === 'alone') return `${each.kind} ${each.in} ${each.what} ${each.count}`;
      return each.kind === 'order'
        ? `order ${each.captured.packet} ${each.count}`
        : `${each.kind} ${each.captured.packet}`;
    });
    return {agreement, told};
  };
  test('nothing', () => {
    const {agreement, told} = changed((segments) => segments);
    expect(told).toEqual([]);
    expect(agreement.pairs.map(({capture, alike}) => [capture?.packet, alike])).toEqual(
      whole.replayed.seen.segments.map(({packet}) => [packet, true]),
    );
  });
  test('a segment that is only simulated stands where its time is', () => {
    const {agreement, told} = changed((segments) => segments.filter((_, index) => index !== 2));
    expect(agreement).toMatchObject({captured: 6, alike: 6, extra: 1});
    expect(agreement.pairs.findIndex(({capture}) => capture === undefined)).toBe(2);
    expect(told).toEqual(['alone simulation ACK 1']);
  });
  test('a FIN that is only simulated', () => {
    const fin = whole.replayed.seen.segments.findIndex(({flags}) => flags & TcpFlag.FIN);
    const {told} = changed((segments) => segments.filter((_, index) => index !== fin));
    expect(told).toEqual(['alone simulation FIN 1']);
  });
  test('behind the end of the capture nobody knows what would have come', () => {
    const {agreement, told} = changed((segments) => segments.slice(0, -1));
    expect(agreement).toMatchObject({captured: 6, alike: 6, extra: 0});
    expect(told).toEqual([]);
  });
  test('another acknowledgement', () => {
    const {agreement, told} = changed((segments) =>
      segments.map((each, index) => (index === 2 ? {...each, ack: (each.ack ?? 0) + 5} : each)),
    );
    expect(agreement).toMatchObject({captured: 7, alike: 6, extra: 0});
    expect(told).toEqual(['acknowledges 3']);
  });
  test('PSH makes no difference, other flags do', () => {
    const flagged = (flag: number) =>
      changed((segments) =>
        segments.map((each, index) => (index === 2 ? {...each, flags: each.flags | flag} : each)),
      );
    expect(flagged(TcpFlag.PSH).agreement).toMatchObject({alike: 7, extra: 0});
    expect(flagged(TcpFlag.RST).told).toEqual(['alone capture RST 1', 'alone simulation ACK 1']);
  });
  test('what only the capture has', () => {
    const added = (change: Partial<Seen>) =>
      changed((segments) =>
        segments.flatMap((each, index) => (index === 2 ? [each, {...each, packet: 99, ...change}] : [each])),
      ).told;
    expect(added({seq: 1, end: 11, length: 10})).toEqual(['alone capture data 1']);
    expect(added({ack: 7})).toEqual(['alone capture ACK 1']);
    expect(added({seq: 0, end: 1, flags: TcpFlag.SYN})).toEqual(['alone capture again 1']);
  });
});
