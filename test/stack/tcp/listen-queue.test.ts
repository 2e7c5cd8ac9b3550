// The two queues of a listener (listen(2), curriculum lesson 8), ACCEPT, SYN cookies (RFC 4987 §3.6).
import {describe, expect, test} from 'vitest';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {
  makeCookie,
  optionsInStamp,
  readCookie,
  stampWithOptions,
} from '../../../source/stack/tcp/syn-cookie.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {emptyRope, ropeFromBytes} from '../../../source/wire/rope.ts';
import {type Seq, seq, seqAdd} from '../../../source/wire/seq.ts';
import {hasFlag, TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {told} from '../../helpers/tcp/one-host.ts';
import {B, brief, LISTENER} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST, FIN} = TcpFlag;

/** A server alone with many clients, each with an address of its own. */
class Server {
  tcp: Tcp = emptyTcp;
  nowUs = 0;
  readonly settings: TcpSettings;
  sent: TcpSegment[] = [];

  constructor(
    change: Partial<TcpSettings> = {},
    open: {accept?: 'auto' | 'manual'; backlog?: number; read?: 'auto' | 'manual'} = {},
  ) {
    this.settings = {...profiles.linux, ...change};
    this.step({kind: 'call', call: {call: 'OPEN', mode: 'passive', local: B, read: 'auto', ...open}});
  }

  step(event: Parameters<typeof tcpStep>[1]) {
    const {nowUs, settings} = this;
    const env = {nowUs, settings, isn: () => seq(9000), secret: new Uint8Array(16).fill(7)};
    const {tcp, effects} = tcpStep(this.tcp, event, env);
    this.tcp = tcp;
    this.sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
    return effects;
  }

  hears(
    client: number,
    flags: number,
    more: {seq?: Seq; ack?: Seq; options?: readonly TcpOption[]; data?: number} = {},
  ) {
    const segment: TcpSegment = {
      srcPort: 40_000,
      dstPort: B.port,
      seq: more.seq ?? seq(flags & SYN ? 1000 : 1001),
      ack: more.ack ?? (flags & ACK ? seq(9001) : seq(0)),
      flags,
      window: 5000,
      urgent: 0,
      options: more.options ?? [],
      payload: more.data ? ropeFromBytes(new Uint8Array(more.data)) : emptyRope,
    };
    return told('B', this.step({kind: 'segment', src: ipOf(client), dst: B.ip, segment}));
  }

  opens(client: number) {
    this.hears(client, SYN);
    return this.hears(client, ACK);
  }

  accepts() {
    return this.step({kind: 'call', call: {call: 'ACCEPT', connection: LISTENER}});
  }

  idOf = (client: number) => `${B.ip}:${B.port} > ${ipOf(client)}:40000`;

  connection(client: number) {
    return this.tcp.connections.get(this.idOf(client));
  }

  fire(client: number, name: 'RTO') {
    const dueUs = this.connection(client)?.timers[name];
    if (dueUs === undefined) throw new Error(`${name} does not run`);
    this.nowUs = dueUs;
    return told('B', this.step({kind: 'timeout', connection: this.idOf(client), name}));
  }
}

const ipOf = (client: number): string => `203.0.113.${client}`;
const synAck = ['LISTEN > SYN-RECEIVED', 'B SYN,ACK 9000 1001 +0'];
const noCookies = {synCookies: 'off'} as const;

describe('SYN queue', () => {
  test('as many half-open connections as the backlog; then SYNs are dropped in silence', () => {
    const server = new Server(noCookies, {backlog: 4});
    for (const client of [1, 2, 3, 4]) expect(server.hears(client, SYN)).toEqual(synAck);
    expect(server.hears(5, SYN)).toEqual([]);
    expect(server.connection(5)).toBe(undefined);
  });

  test.each([
    ['a reset', RST, {seq: seq(1001)}],
    ['the third ACK', ACK, {}],
  ] as const)('%s makes room', (_, flags, more) => {
    const server = new Server(noCookies, {backlog: 2});
    for (const client of [1, 2]) server.hears(client, SYN);
    server.hears(1, flags, more);
    expect(server.hears(3, SYN)).toEqual(synAck);
    expect(server.hears(4, SYN)).toEqual([]);
  });

  // Lesson 8, question 2: the first slot is free after 63 s.
  test('a half-open connection frees its slot after 63 s', () => {
    const server = new Server(noCookies, {backlog: 1});
    server.hears(1, SYN);
    for (let n = 0; n < 5; n += 1) expect(server.fire(1, 'RTO')).toEqual(['B SYN,ACK 9000 1001 +0']);
    expect(server.hears(2, SYN)).toEqual([]);
    expect(server.fire(1, 'RTO')).toEqual(['SYN-RECEIVED > LISTEN']);
    expect(server.nowUs).toBe(63_000_000);
    expect(server.hears(2, SYN)).toEqual(synAck);
  });

  // RFC 4987 §3.4: an attacker who is not faster than one handshake a backlog shuts nobody out.
  test('full with recycling: the oldest makes room, and its late ACK meets no connection', () => {
    const server = new Server({...noCookies, synOverflow: 'recycle'}, {backlog: 2});
    for (const client of [1, 2]) server.hears(client, SYN);
    expect(server.hears(3, SYN)).toEqual(['SYN-RECEIVED > LISTEN', ...synAck]);
    expect([1, 2, 3].map((client) => server.connection(client)?.state)).toEqual([
      undefined,
      'SYN-RECEIVED',
      'SYN-RECEIVED',
    ]);
    expect(server.tcp.listeners.get(LISTENER)?.halfOpen).toBe(2);
    expect(server.hears(1, ACK)).toEqual(['B RST 9001 0 +0']);
    expect(server.hears(3, ACK)).toContain('SYN-RECEIVED > ESTABLISHED');
  });

  // RFC 4987 §3.5: the cache belongs to the host, so that a short backlog does not bound it.
  test('a SYN cache holds what the backlog would not', () => {
    const server = new Server({...noCookies, synCache: 5}, {backlog: 1});
    for (const client of [1, 2, 3, 4, 5]) expect(server.hears(client, SYN)).toEqual(synAck);
    expect(server.hears(6, SYN)).toEqual([]);
  });

  // Linux: no segment leaves for a half-open connection, and its ACK meets a closed port (RFC 9293 §3.10.7.1).
  test('a listener that closes takes its half-open connections along, in silence', () => {
    const server = new Server(noCookies, {backlog: 4, accept: 'manual'});
    server.opens(1);
    for (const client of [2, 3]) server.hears(client, SYN);
    const effects = server.step({
      kind: 'call',
      call: {call: 'CLOSE', connection: LISTENER, reader: 'gone'},
    });
    expect(told('B', effects)).toEqual([
      'LISTEN > CLOSED',
      'SYN-RECEIVED > CLOSED',
      'SYN-RECEIVED > CLOSED',
      'B RST,ACK 9001 1001 +0',
      'ESTABLISHED > CLOSED',
    ]);
    expect([...server.tcp.connections.keys()]).toEqual([]);
    expect(server.hears(2, ACK)).toEqual(['B RST 9001 0 +0']);
  });

  test('the count is that of the connections in SYN-RECEIVED, over 200 random runs', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = chance(seed);
      const server = new Server({...noCookies, closeUnread: 'reset'}, {backlog: 6, accept: 'manual'});
      for (let n = 0; n < 120; n += 1) {
        const client = 1 + random.below(12);
        const flags = [SYN, ACK, ACK, RST, FIN | ACK, SYN | ACK][random.below(6)] ?? ACK;
        const tcb = server.connection(client);
        server.hears(client, flags, tcb && random.below(3) > 0 ? {seq: tcb.rcv.nxt, ack: tcb.snd.nxt} : {});
        if (random.below(8) === 0) server.accepts();
        const listener = server.tcp.listeners.get(LISTENER);
        const all = [...server.tcp.connections.values()];
        expect(listener?.halfOpen).toBe(all.filter(({state}) => state === 'SYN-RECEIVED').length);
        const ready = all
          .filter(({state, accepted}) => !accepted && state !== 'SYN-RECEIVED')
          .map(({id}) => id);
        expect(listener?.ready.toSorted()).toEqual(ready.toSorted());
      }
    }
  });
});

describe('accept queue and ACCEPT', () => {
  const manual = (backlog = 1, change: Partial<TcpSettings> = {}) =>
    new Server({...noCookies, ...change}, {accept: 'manual', backlog});

  test('a complete connection waits for ACCEPT; the oldest goes first', () => {
    const server = manual(5);
    expect(server.opens(1)).toEqual(['SYN-RECEIVED > ESTABLISHED']);
    server.opens(2);
    const effects = server.accepts();
    expect(effects[0]).toMatchObject({kind: 'return', result: 'ok', connection: server.idOf(1)});
    expect(told('B', effects)).toEqual(['accepted']);
    expect(server.accepts()[0]).toMatchObject({connection: server.idOf(2)});
  });

  test('an ACCEPT that waits gets the next connection at once', () => {
    const server = manual();
    expect(server.accepts()[0]).toMatchObject({kind: 'return', result: 'ok', connection: LISTENER});
    expect(server.opens(1)).toEqual(['SYN-RECEIVED > ESTABLISHED', 'accepted']);
    expect(server.opens(2)).toEqual(['SYN-RECEIVED > ESTABLISHED']);
  });

  test('what came before ACCEPT is handed over with it, end of file too', () => {
    const server = manual();
    server.opens(1);
    expect(server.hears(1, ACK, {data: 10})).toEqual([`B ACK 9001 1011 +0`]);
    server.hears(1, FIN | ACK, {seq: seq(1011)});
    expect(told('B', server.accepts())).toEqual(['accepted', 'deliver 10', 'eof']);
  });

  test('Linux holds one more than the backlog, then drops SYNs', () => {
    const server = manual(1);
    for (const client of [1, 2]) expect(server.opens(client)).toEqual(['SYN-RECEIVED > ESTABLISHED']);
    expect(server.hears(3, SYN)).toEqual([]);
  });

  test('third ACK with a full accept queue: ignored, SYN,ACK again, accepted later; or reset', () => {
    const full = (acceptOverflow: 'ignore' | 'reset') => {
      const server = manual(2, {acceptOverflow});
      server.opens(1);
      server.opens(2);
      server.hears(3, SYN);
      server.hears(4, SYN);
      server.hears(3, ACK);
      return server;
    };
    const patient = full('ignore');
    expect(patient.hears(4, ACK)).toEqual([]);
    expect(patient.connection(4)?.state).toBe('SYN-RECEIVED');
    expect(patient.hears(4, ACK, {data: 5})).toEqual([]);
    expect(patient.fire(4, 'RTO')).toEqual(['B SYN,ACK 9000 1001 +0']);
    patient.accepts();
    expect(patient.hears(4, ACK)).toEqual(['SYN-RECEIVED > ESTABLISHED']);
    expect(full('reset').hears(4, ACK)).toEqual(['B RST,ACK 9001 1001 +0', 'SYN-RECEIVED > LISTEN']);
  });

  test('closing the listener resets what nobody has accepted', () => {
    const server = manual(5);
    server.opens(1);
    server.opens(2);
    server.accepts();
    const effects = server.step({kind: 'call', call: {call: 'CLOSE', connection: LISTENER, reader: 'gone'}});
    expect(told('B', effects)).toEqual(['LISTEN > CLOSED', 'B RST,ACK 9001 1001 +0', 'ESTABLISHED > CLOSED']);
    expect(server.connection(1)?.state).toBe('ESTABLISHED');
    expect(server.connection(2)).toBe(undefined);
  });

  test('only such a listener can be asked', () => {
    expect(told('B', new Server().accepts())).toEqual(['EINVAL']);
  });

  test('options set on a listener are inherited, those of a connection are its own', () => {
    const server = manual(5);
    server.step({kind: 'call', call: {call: 'SET-OPTION', connection: LISTENER, options: {keepAlive: true}}});
    server.opens(1);
    expect(server.connection(1)?.timers['keep-alive']).toBe(7_200_000_000);
    const connection = server.idOf(1);
    server.step({kind: 'call', call: {call: 'SET-OPTION', connection, options: {keepAlive: false}}});
    expect(server.connection(1)?.timers['keep-alive']).toBe(undefined);
  });
});

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
    for (let seed = 1; seed <= 500; seed += 1) {
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
    for (let seed = 1; seed <= 300; seed += 1) {
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
    const server = new Server(change, {backlog: 2});
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

  test.each([
    ['a guess', 'onOverflow', 5, 0],
    ['a cookie that is too old', 'onOverflow', 0, 121_000_000],
    ['cookies are off meanwhile', 'off', 0, 0],
  ] as const)('%s: RST', (_, synCookies, by, laterUs) => {
    const server = flooded();
    const answer = answered(server, 1, []);
    const later = new Server({synCookies}, {backlog: 2});
    later.tcp = server.tcp;
    later.nowUs = laterUs;
    const ack = seqAdd(answer.seq, 1 + by);
    expect(later.hears(1, ACK, {ack})).toEqual([`B RST ${ack} 0 +0`]);
  });

  test('no overflow, no cookies: an ACK to a listener is answered with RST', () => {
    const calm = new Server({}, {backlog: 2});
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

test('10,000 SYNs beside 28,000 connections: each costs far less than a copy of them', () => {
  const server = new Server({...noCookies, synQueue: 1e6}, {backlog: 1e6});
  const dial = (n: number, flags: number) => {
    const segment: TcpSegment = {
      srcPort: n % 60_000,
      dstPort: B.port,
      seq: seq(flags & SYN ? 1000 : 1001),
      ack: seq(flags & ACK ? 9001 : 0),
      flags,
      window: 5000,
      urgent: 0,
      options: [],
      payload: emptyRope,
    };
    server.step({kind: 'segment', src: ipOf(n % 200), dst: B.ip, segment});
  };
  for (let n = 0; n < 28_000; n += 1) dial(n, SYN);
  expect(server.tcp.connections.size).toBe(28_000);
  const startedMs = performance.now();
  for (let n = 30_000; n < 40_000; n += 1) dial(n, SYN);
  expect(server.tcp.connections.size).toBe(38_000);
  expect((performance.now() - startedMs) / 10_000).toBeLessThan(0.5);
  expect(brief({from: 'B', segment: server.sent[0] ?? noSegment})).toMatch(/SYN,ACK/);
});

const noSegment: TcpSegment = {
  srcPort: 0,
  dstPort: 0,
  seq: seq(0),
  ack: seq(0),
  flags: 0,
  window: 0,
  urgent: 0,
  options: [],
  payload: emptyRope,
};
