// The two queues of a listener (listen(2), curriculum lesson 8), ACCEPT. The cookies: syn-cookies.test.ts.
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {runs} from '../../helpers/seeds.ts';
import {chance} from '../../helpers/tcp/chance.ts';
import {told} from '../../helpers/tcp/one-host.ts';
import {Server, synAck} from '../../helpers/tcp/server.ts';
import {LISTENER} from '../../helpers/tcp/two-hosts.ts';

const {SYN, ACK, RST, FIN} = TcpFlag;
const noCookies = {synCookies: 'off'} as const;

describe('SYN queue', () => {
  test('one half-open connection more than the backlog, as Linux 6.18 did when asked; then SYNs are dropped in silence', () => {
    const server = new Server(noCookies, {backlog: 4});
    for (const client of [1, 2, 3, 4, 5]) expect(server.hears(client, SYN)).toEqual(synAck);
    expect(server.hears(6, SYN)).toEqual([]);
    expect(server.connection(6)).toBe(undefined);
  });

  test.each([
    ['a reset', RST, {seq: seq(1001)}],
    ['the third ACK', ACK, {}],
  ] as const)('%s makes room', (_, flags, more) => {
    const server = new Server(noCookies, {backlog: 1});
    for (const client of [1, 2]) server.hears(client, SYN);
    server.hears(1, flags, more);
    expect(server.hears(3, SYN)).toEqual(synAck);
    expect(server.hears(4, SYN)).toEqual([]);
  });

  // Lesson 8, question 2: the first slot is free after 63 s.
  test('a half-open connection frees its slot after 63 s', () => {
    const server = new Server(noCookies, {backlog: 0});
    server.hears(1, SYN);
    for (let n = 0; n < 5; n += 1) expect(server.fire(1, 'RTO')).toEqual(['B SYN,ACK 9000 1001 +0']);
    expect(server.hears(2, SYN)).toEqual([]);
    expect(server.fire(1, 'RTO')).toEqual(['SYN-RECEIVED > LISTEN']);
    expect(server.nowUs).toBe(63_000_000);
    expect(server.hears(2, SYN)).toEqual(synAck);
  });

  // RFC 4987 §3.4: an attacker who is not faster than one handshake a backlog shuts nobody out.
  test('full with recycling: the oldest makes room, and its late ACK meets no connection', () => {
    const server = new Server({...noCookies, synOverflow: 'recycle'}, {backlog: 1});
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

  // tcp_rcv_state_process: such a SYN is thrown away before the queues are asked.
  test.each([
    ['recycling', {...noCookies, synOverflow: 'recycle'}],
    ['cookies when full', {synCookies: 'onOverflow'}],
    ['cookies for every SYN', {synCookies: 'always'}],
  ] as const)('of Linux, %s: a SYN with FIN makes nothing move', (_, settings) => {
    const server = new Server({...settings, listenerText: 'drop-unless-fin'}, {backlog: 1});
    server.hears(1, SYN);
    const before = server.tcp;
    expect(server.hears(2, SYN | FIN)).toEqual([]);
    expect(server.tcp).toEqual(before);
    // RFC 9293 §3.10.7.2 would take it: the reason is Linux’s own, and not that of a segment without SYN.
    const reasons = (flags: number) => server.segment(2, flags).map(({because}) => ruleOf(because));
    expect(reasons(SYN | FIN)).toEqual(['linux:listen/syn-fin']);
    expect(reasons(FIN)).toEqual(['9293:3.10.7.2/listen/other']);
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

  test('the count is that of the connections in SYN-RECEIVED, over random runs', () => {
    for (let seed = 1; seed <= runs(200); seed += 1) {
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

  // Linux 6.18, tcp_init_transfer: total_retrans > 1 and a SYN,ACK that timed out.
  test.each([
    {again: ['timer'], segments: 10},
    {again: ['timer', 'timer'], segments: 1},
    {again: ['timer', 'asked'], segments: 1},
    {again: ['asked', 'asked'], segments: 10},
  ])('SYN,ACK again by $again: data begin with $segments segments', ({again, segments}) => {
    const server = manual(1, {synTimeoutsToOneSegment: 2});
    server.hears(1, SYN);
    for (const by of again) by === 'timer' ? server.fire(1, 'RTO') : server.hears(1, SYN);
    server.hears(1, ACK);
    const {cwnd = 0, mss = 1} = server.connection(1) ?? {};
    expect(cwnd / mss).toBe(segments);
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
    // What the client repeats until then finishes the handshake: its data carry the ACK, too.
    expect(patient.hears(4, ACK, {data: 5})).toEqual(['SYN-RECEIVED > ESTABLISHED', 'B ACK 9001 1006 +0']);
    // Linux (tcp_check_req) resets what has come: SEQ=SEG.ACK and no ACK.
    expect(full('reset').hears(4, ACK)).toEqual(['B RST 9001 0 +0', 'SYN-RECEIVED > LISTEN']);
  });

  // listen(2): what is asked for beyond somaxconn is cut in silence.
  test.each([
    [511, 2, 3],
    [1, 4096, 2],
    [4096, 1, 2],
  ])('backlog %i under a somaxconn of %i: room for %i', (backlog, acceptQueue, room) => {
    const server = manual(backlog, {acceptQueue, synCookies: 'onOverflow'});
    const clients = Array.from({length: room + 2}, (_, n) => n + 1);
    expect(
      clients.filter((client) => server.hears(client, SYN).length > 0 && server.hears(client, ACK)),
    ).toHaveLength(room);
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
