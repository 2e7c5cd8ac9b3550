// A receiver that acknowledges where a capture says. Oracle: the points that it is given, and RFC 9293 §3.8.6.3 beyond them.
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, calls, none} from '../../helpers/tcp/one-host.ts';
import {A, B, World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, FIN} = TcpFlag;

const points = [
  {octets: 100, waitUs: 0},
  {octets: 300, waitUs: 0},
  {octets: 600, waitUs: 0},
  {octets: 700, waitUs: 7000},
  {octets: 800, waitUs: 0},
];

/** A in ESTABLISHED; its own delayed ACK would take 40 ms. */
const receiver = (acknowledging = points, base: 'rfc' | 'linux' = 'rfc'): World => {
  const settings = {...profiles[base], delayedAckUs: 40_000, acknowledging};
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options: [{kind: 'mss', mss: 1460}]});
  return world;
};

/** Segments of 100 octets, from the one numbered `first`: what each brings, an ACK with its reason or the time that it waits. */
const hundreds = (world: World, first: number, last: number): readonly string[] =>
  Array.from({length: last - first + 1}, (_, n) => {
    const before = world.effects('A').length;
    arrives(world, 'A', {seq: 9001 + 100 * (first + n - 1), ack: 1001, flags: ACK, data: 100});
    return world
      .effects('A')
      .slice(before)
      .flatMap((effect) => {
        if (effect.kind === 'send') return [`ack ${effect.segment.ack - 9001}, ${ruleOf(effect.because)}`];
        if (effect.kind !== 'timer' || effect.op !== 'arm' || effect.name !== 'delayed-ACK') return [];
        return [`waits ${effect.dueUs - world.nowUs}`];
      })
      .join(' ');
  });

describe.each(['rfc', 'linux'] as const)('%s', (base) => {
  test('an ACK at each point, with the reason that the number of its segments gives', () => {
    expect(hundreds(receiver(points, base), 1, 6)).toEqual([
      'ack 100, 9293:3.10.7.4/text/in-order',
      'waits 40000',
      'ack 300, 9293:3.8.6.3/delayed-ack/second-segment',
      'waits 40000',
      '',
      'ack 600, 9293:3.8.6.3/delayed-ack/together',
    ]);
  });

  test('a point that was waited for has its own time', () => {
    const world = receiver(points, base);
    hundreds(world, 1, 6);
    expect(hundreds(world, 7, 7)).toEqual(['waits 7000']);
    const begunUs = world.nowUs;
    world.run({untilUs: begunUs + 8000});
    expect(world.sent.at(-1)?.segment.ack).toBe(9701);
    expect(hundreds(world, 8, 8)).toEqual(['ack 800, 9293:3.10.7.4/text/in-order']);
  });

  test('behind the last point nothing is known: the usual time', () => {
    const world = receiver(points.slice(0, 1), base);
    expect(hundreds(world, 1, 3)).toEqual(['ack 100, 9293:3.10.7.4/text/in-order', 'waits 40000', '']);
  });

  test('a point may be reached by more than its octets, and a FIN takes none', () => {
    const world = receiver([{octets: 150, waitUs: 0}], base);
    expect(hundreds(world, 1, 2)).toEqual([
      'waits 40000',
      'ack 200, 9293:3.8.6.3/delayed-ack/second-segment',
    ]);
    const ends = [100, 101].map((octets) => ({octets, waitUs: 0}));
    const last = receiver(ends, base);
    hundreds(last, 1, 1);
    const fin = arrives(last, 'A', {seq: 9101, ack: 1001, flags: FIN | ACK});
    expect(fin).toContain('A ACK 1001 9102 +0');
  });

  test('an octet is a segment as well', () => {
    const world = receiver([{octets: 2, waitUs: 0}], base);
    for (const seq of [9001, 9002]) arrives(world, 'A', {seq, ack: 1001, flags: ACK, data: 1});
    const sent = world.effects('A').flatMap((effect) => (effect.kind === 'send' ? [effect] : []));
    expect(sent.at(-1)).toMatchObject({
      segment: {ack: 9003},
      because: '9293:3.8.6.3/delayed-ack/second-segment',
    });
  });
});

test('beyond a gap: what was acknowledged by itself is, the rest waits for company', () => {
  const settings = {
    ...profiles.linux,
    rcvMemoryBytes: 'off',
    acknowledging: [{octets: 0, waitUs: 0, sacked: [201, 301]}],
  } as const;
  const world = new World({settings: {A: settings, B: settings}, fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  const options = [{kind: 'mss', mss: 1460} as const, {kind: 'sackPermitted'} as const];
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options});
  expect(hundreds(world, 3, 3)).toEqual(['ack 0, 9293:3.10.7.4/text/out-of-order']);
  // Without a point the first three ACKs with SACK would leave at once.
  expect(hundreds(world, 4, 4)).toEqual(['waits 5000']);
});
