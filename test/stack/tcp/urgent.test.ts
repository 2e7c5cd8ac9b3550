// The urgent pointer (RFC 9293 §3.8.5: it names the number behind the urgent data), and the SYN that meets an old connection.
import {describe, expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, calls, established, made, synSent} from '../../helpers/tcp/one-host.ts';
import {AB, IP, rope, type World} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, URG} = TcpFlag;

const sends = (world: World, data: number, urgent = false): void => {
  world.step('A', {kind: 'call', call: {call: 'SEND', connection: AB, data: rope(data), urgent}});
};

const urgentOf = (world: World) =>
  world.sent
    .filter(({segment}) => segment.payload.length > 0)
    .map(({segment}) => [segment.seq, segment.flags & URG, segment.urgent]);

/** A in ESTABLISHED before a wide window, no Nagle. */
const open = (): World => {
  const world = established('rfc', 'auto', {noDelay: true});
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 60_000});
  return world;
};

test('URG and pointer stand on every segment up to the end of the urgent data', () => {
  const world = open();
  sends(world, 600);
  sends(world, 800, true);
  expect(urgentOf(world)).toEqual([
    [1001, 0, 0],
    [1537, 0, 0],
    [1601, URG, 800],
    [2137, URG, 264],
  ]);
  arrives(world, 'A', {seq: 9001, ack: 2401, flags: ACK, window: 60_000});
  sends(world, 10);
  expect(urgentOf(world).at(-1)).toEqual([2401, 0, 0]);
  expect(world.tcp.A.connections.get(AB)?.sndUp).toBe(undefined);
});

test('data behind the urgent data carry no URG, though these are still unacknowledged', () => {
  const world = open();
  sends(world, 100, true);
  sends(world, 50);
  sends(world, 50);
  expect(urgentOf(world)).toEqual([
    [1001, URG, 100],
    [1101, 0, 0],
    [1151, 0, 0],
  ]);
});

test('a pure ACK points to urgent data that wait for the window', () => {
  const world = established('rfc', 'auto', {noDelay: true});
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 0});
  sends(world, 100, true);
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 1, window: 0});
  expect(world.sent.at(-1)?.segment).toMatchObject({seq: 1001, urgent: 100});
});

const hears = (world: World, at: number, urgent: number, data = 0) => {
  const segment = {...made('A', {seq: at, ack: 1001, flags: ACK | URG, data}), urgent};
  const effects = world.step('A', {kind: 'segment', src: IP.B, dst: IP.A, segment});
  return effects.filter((effect) => effect.kind === 'signal' && effect.signal === 'urgent').length;
};

test('the program hears of urgent data once, and again when the pointer moves on', () => {
  const world = established();
  expect([hears(world, 9001, 50, 10), hears(world, 9011, 40, 10), hears(world, 9021, 100, 10)]).toEqual([
    1, 0, 1,
  ]);
  expect(world.tcp.A.connections.get(AB)?.rcvUp).toBe(9121);
});

test('a pointer to what has been read is nothing', () => {
  const world = established();
  expect(hears(world, 9001, 0)).toBe(0);
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 100});
  expect(hears(world, 9001, 50, 50)).toBe(0);
});

/** Returns how many bytes are delivered to a program that always reads. */
const delivered = (world: World, at: number, urgent: number, data: number): readonly number[] => {
  const segment = {...made('A', {seq: at, ack: 1001, flags: ACK | URG, data}), urgent};
  const effects = world.step('A', {kind: 'segment', src: IP.B, dst: IP.A, segment});
  return effects.flatMap((effect) => (effect.kind === 'deliver' ? [effect.data.length] : []));
};

// Oracles: Linux's tcp_check_urg and test/fixtures/kernel/own/urgent.json. RFC 6093 and the FreeBSD profile leave the byte in the stream.
describe('the byte that Linux takes out of the stream', () => {
  test.each([0, 1, 5, 10])('a segment with pointer %i loses one byte', (pointer) => {
    expect(delivered(established('linux'), 9001, pointer, 10)).toEqual([9]);
    expect(delivered(established('rfc'), 9001, pointer, 10)).toEqual([10]);
  });

  test('it is taken out once, when it arrives', () => {
    const world = established('linux');
    expect(delivered(world, 9001, 15, 10)).toEqual([10]);
    expect(arrives(world, 'A', {seq: 9011, ack: 1001, flags: ACK, data: 10})).toContain('deliver 9');
    expect(arrives(world, 'A', {seq: 9021, ack: 1001, flags: ACK, data: 10})).toContain('deliver 10');
    expect(world.tcp.A.connections.get(AB)).toMatchObject({rcvUp: undefined, urgentByte: undefined});
  });

  test('a segment with only that byte delivers nothing', () => {
    expect(delivered(established('linux'), 9001, 0, 1)).toEqual([]);
  });

  test('with tcp_stdurg it is the byte at the pointer', () => {
    const world = established('linux', 'auto', {urgentByte: 'at-pointer'});
    expect(delivered(world, 9001, 10, 10)).toEqual([10]);
    expect(arrives(world, 'A', {seq: 9011, ack: 1001, flags: ACK, data: 10})).toContain('deliver 9');
  });

  test('every read stops before it, and the next read continues after it', () => {
    const world = established('linux', 'manual');
    expect(delivered(world, 9001, 5, 10)).toEqual([]);
    const read = () =>
      calls(world, 'A', {call: 'RECEIVE', connection: AB, maxBytes: 100, whole: true}).filter((told) =>
        told.startsWith('deliver'),
      );
    expect([read(), read()]).toEqual([['deliver 4'], ['deliver 5']]);
  });
});

// RFC 9293 §3.10.7.3: processing of a SYN,ACK continues at the sixth check, that of the URG bit.
test('a pointer on the SYN,ACK counts from that segment’s number', () => {
  const opening = (base: 'linux' | 'rfc', urgent: number) => {
    const world = synSent(base);
    const segment = {...made('A', {seq: 9000, ack: 1001, flags: SYN | ACK | URG}), urgent};
    world.step('A', {kind: 'segment', src: IP.B, dst: IP.A, segment});
    return world.signals('A');
  };
  expect([opening('linux', 0), opening('linux', 1), opening('linux', 2), opening('rfc', 2)]).toEqual([
    ['connected'],
    ['connected'],
    ['connected', 'urgent'],
    ['connected', 'urgent'],
  ]);
});

test('numbers go round', () => {
  const near = seq(2 ** 32 - 10);
  const world = established();
  const tcb = world.tcp.A.connections.get(AB);
  if (tcb === undefined) throw new Error('no connection');
  world.tcp.A = {
    ...world.tcp.A,
    connections: world.tcp.A.connections.with(AB, {...tcb, rcv: {...tcb.rcv, nxt: near}}),
  };
  expect(hears(world, near, 30, 5)).toBe(1);
});

// Curriculum 7.2: the SYN is repeated in about 12 ms, not after 1 s.
test('Linux repeats a SYN soon after it has reset an old connection, others after the RTO', () => {
  const due = (profile: 'linux' | 'rfc') => {
    const world = synSent(profile);
    expect(arrives(world, 'A', {seq: 5000, ack: 700, flags: ACK})).toEqual(['A RST 700 0 +0']);
    return world.tcp.A.connections.get(AB)?.timers.RTO;
  };
  expect([due('linux'), due('rfc')]).toEqual([profiles.linux.synRetryAfterBadAckUs, 1_000_000]);
  const world = synSent('linux');
  arrives(world, 'A', {seq: 5000, ack: 700, flags: ACK});
  world.run({untilUs: 12_000});
  expect(world.sent.filter(({segment}) => segment.flags & SYN).map(({atUs}) => atUs)).toEqual([0, 12_000]);
});
