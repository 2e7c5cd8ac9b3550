// SYN cookies (RFC 4987 §3.6): what comes back, and what is lost.
import {describe, expect, test} from 'vitest';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {
  makeCookie,
  optionsInStamp,
  readCookie,
  stampWithOptions,
} from '../../../source/stack/tcp/syn-cookie.ts';
import {seq, seqAdd} from '../../../source/wire/seq.ts';
import {hasFlag, TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {told} from '../../helpers/tcp/one-host.ts';
import {Server} from '../../helpers/tcp/server.ts';
import {B} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK} = TcpFlag;

describe('SYN cookies (RFC 4987 §3.6)', () => {
  const all: readonly TcpOption[] = [
    {kind: 'mss', mss: 1400},
    {kind: 'sackPermitted'},
    {kind: 'timestamps', val: 77, ecr: 0},
    {kind: 'windowScale', shift: 9},
  ];

  test('number and MSS come back within two minutes, from this pair of ends only', () => {
    const remote = {ip: '203.0.113.1', port: 40_000};
    const key = {secret: new Uint8Array(16).fill(1), local: B, remote, nowUs: 0};
    for (let seed = 1; seed <= runs(500); seed += 1) {
      const random = chance(seed);
      const nowUs = random.below(4e9) * 4;
      const peerIss = seq(random.below(2 ** 32));
      const mss = 1 + random.below(9000);
      const made = makeCookie({...key, nowUs}, peerIss, mss);
      const held = [536, 1300, 1440, 1460].findLast((size) => size <= mss) ?? 536;
      const read = (change: object, cookie = made) => readCookie({...key, nowUs, ...change}, peerIss, cookie);
      expect(read({})).toBe(held);
      expect(read({nowUs: nowUs + 60_000_000})).toBe(held);
      expect(read({nowUs: nowUs + 120_000_000})).toBe(undefined);
      expect(read({remote: {...remote, port: 40_001}})).not.toBe(held);
      expect(read({secret: new Uint8Array(16)})).not.toBe(held);
      expect(read({}, seqAdd(made, 100))).toBe(undefined);
    }
  });

  test.each([
    [0, 536],
    [535, 536],
    [1300, 1300],
    [1459, 1440],
    [1460, 1460],
    [9000, 1460],
  ])('an MSS of %i is held as %i', (mss, held) => {
    const remote = {ip: '203.0.113.1', port: 40_000};
    const key = {secret: new Uint8Array(16), local: B, remote, nowUs: 5_000_000};
    expect(readCookie(key, seq(77), makeCookie(key, seq(77), mss))).toBe(held);
  });

  test('options in a timestamp: kept, and the clock never runs ahead', () => {
    for (let seed = 1; seed <= runs(300); seed += 1) {
      const random = chance(seed);
      const options = {
        shift: random.below(4) === 0 ? undefined : random.below(15),
        sackPermitted: random.below(2) === 0,
        ecn: random.below(2) === 0,
      };
      const val = 64 + random.below(2 ** 32 - 64);
      const stamp = stampWithOptions(val, options);
      expect(optionsInStamp(stamp)).toEqual(options);
      expect(val - stamp).toBeGreaterThanOrEqual(0);
      expect(val - stamp).toBeLessThan(128);
    }
  });

  const flooded = (change: Partial<TcpSettings> = {}) => {
    const server = new Server(change, {backlog: 1});
    for (const client of [101, 102]) server.hears(client, SYN);
    return server;
  };

  const answered = (server: Server, client: number, options: readonly TcpOption[]): TcpSegment => {
    server.hears(client, SYN, {options});
    const [answer] = server.sent;
    if (answer === undefined || !hasFlag(answer, 'SYN')) throw new Error('no SYN,ACK');
    return answer;
  };

  test('queue full: a SYN,ACK without a TCB, then a connection from its ACK; MSS kept, other options lost', () => {
    const server = flooded({timestamps: false});
    const answer = answered(server, 1, all);
    expect(answer.options.map(({kind}) => kind)).toEqual(['mss']);
    expect(server.connection(1)).toBe(undefined);
    expect(server.hears(1, ACK, {ack: seqAdd(answer.seq, 1), data: 10})).toEqual([
      'LISTEN > SYN-RECEIVED',
      'SYN-RECEIVED > ESTABLISHED',
      'accepted',
      'deliver 10',
      `B ACK ${seqAdd(answer.seq, 1)} 1011 +0`,
    ]);
    const tcb = server.connection(1);
    expect(tcb).toMatchObject({mss: 1300, scale: {snd: 0, rcv: 0}, sackPermitted: false, srttUs: undefined});
    expect(tcb?.timers).toEqual({});
  });

  test('with timestamps window scale and SACK survive', () => {
    const server = flooded({timestamps: true});
    const answer = answered(server, 1, all);
    const stamp = answer.options.find((option) => option.kind === 'timestamps');
    const back: TcpOption = {kind: 'timestamps', val: 78, ecr: stamp?.val ?? 0};
    server.hears(1, ACK, {ack: seqAdd(answer.seq, 1), options: [back]});
    expect(server.connection(1)).toMatchObject({
      state: 'ESTABLISHED',
      mss: 1288,
      scale: {snd: 9, rcv: 7},
      sackPermitted: true,
      timestampsOn: true,
      snd: {wnd: 5000 << 9},
    });
  });

  test('what the SYN did not offer is not agreed on (RFC 2018 §2, RFC 7323 §2.2)', () => {
    for (const left of ['sackPermitted', 'windowScale'] as const) {
      const server = flooded({timestamps: true});
      const answer = answered(
        server,
        1,
        all.filter(({kind}) => kind !== left),
      );
      expect(answer.options.map(({kind}) => kind)).not.toContain(left);
      const stamp = answer.options.find((option) => option.kind === 'timestamps');
      const back: TcpOption = {kind: 'timestamps', val: 78, ecr: stamp?.val ?? 0};
      server.hears(1, ACK, {ack: seqAdd(answer.seq, 1), options: [back]});
      expect(server.connection(1)).toMatchObject({
        sackPermitted: left !== 'sackPermitted',
        scale: left === 'windowScale' ? {snd: 0, rcv: 0} : {snd: 9, rcv: 7},
      });
    }
  });

  test.each([
    ['a guess', 'onOverflow', 5, 0],
    ['an old cookie', 'onOverflow', 0, 121_000_000],
    ['cookies are off meanwhile', 'off', 0, 0],
  ] as const)('%s: RST', (_, synCookies, by, laterUs) => {
    const server = flooded();
    const answer = answered(server, 1, []);
    const later = new Server({synCookies}, {backlog: 1});
    later.tcp = server.tcp;
    later.nowUs = laterUs;
    const ack = seqAdd(answer.seq, 1 + by);
    expect(later.hears(1, ACK, {ack})).toEqual([`B RST ${ack} 0 +0`]);
  });

  test('no overflow, no cookies: an ACK to a listener is answered with RST', () => {
    const calm = new Server({}, {backlog: 1});
    const answer = answered(flooded(), 1, []);
    const ack = seqAdd(answer.seq, 1);
    expect(calm.hears(1, ACK, {ack})).toEqual([`B RST ${ack} 0 +0`]);
  });

  test('always: no TCB for any SYN', () => {
    const server = new Server({synCookies: 'always'});
    for (let client = 1; client <= 50; client += 1) server.hears(client, SYN);
    expect(server.tcp.connections.size).toBe(0);
  });

  test('a connection from a cookie waits for ACCEPT like any other', () => {
    const server = new Server({synCookies: 'always'}, {accept: 'manual'});
    const answer = answered(server, 1, []);
    expect(server.hears(1, ACK, {ack: seqAdd(answer.seq, 1)})).toEqual([
      'LISTEN > SYN-RECEIVED',
      'SYN-RECEIVED > ESTABLISHED',
    ]);
    expect(told('B', server.accepts())).toEqual(['accepted']);
  });
});
