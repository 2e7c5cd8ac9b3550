// Forged SYNs, old duplicates and links that change: used, and misused with place and remedy pinned. Oracles: RFC 4987 §2 and §3,
// RFC 9293 §3.4.2 and §3.10.7, RFC 2827; numbers by hand.
import {describe, expect, test} from 'vitest';
import {summaryOf} from '../../../source/account/summary.ts';
import {evaluate} from '../../../source/lesson/evaluate.ts';
import {parseExpression} from '../../../source/lesson/expression-parser.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {plainValue} from '../../../source/lesson/value.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {thorough} from '../../helpers/seeds.ts';
import {errorsOf, load, traceOf} from '../fragments.ts';
import {misspelt} from '../told-problem.ts';

const said = (trace: Trace, text: string) => {
  const hosts = trace.header.hosts.map(({name}) => name);
  const parsed = parseExpression(text, {hosts, connections: ['c'], vocabulary});
  const found = parsed.ok ? evaluate(parsed.value, {trace, event: trace.length}) : parsed;
  return found.ok ? plainValue(found.value) : undefined;
};

const drops = (trace: Trace): readonly (readonly [ms: number, host: string, reason: string])[] =>
  [...trace.events()].flatMap((event) =>
    event.kind === 'drop' ? [[event.atUs / 1000, event.host, event.reason] as const] : [],
  );

const sendsOf = (trace: Trace, host: string): readonly Extract<TraceEvent, {kind: 'send'}>[] =>
  [...trace.events()].flatMap((event) => (event.kind === 'send' && event.host === host ? [event] : []));

const flood = (server: string, more = ''): string => `topology:
  hosts:
    attacker: {ip: 203.0.113.254}
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, ip: {dark: 203.0.113.253, near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000, tcp: {${server}}}
${more}  links:
    - {name: dark, between: [attacker, r1], delay: 25ms}
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`;

const attack = (spoof: string, listen = 'backlog: 3'): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80, ${listen}}
  - {at: 0ms, host: attacker, call: spoofSyn, to: 'server:80', ${spoof}}
  - {at: 500ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
`;

const four = 'source: 203.0.113.1-203.0.113.4, repeat: {times: 4, every: 1ms}';
const beats = `beats:
  - {when: {sends: attacker, nth: 1}, say: {en: a SYN, zh: SYN}}
`;

describe('spoofSyn', () => {
  const flooded = (server: string, script = attack(four), runs = 'limit: 2m\n') =>
    traceOf(load({topology: flood(server), script, runs, beats}));

  test('behind the last address of a range the first comes again', () => {
    const trace = flooded(
      'synCookies: off',
      attack('source: 203.0.113.9-203.0.113.10, repeat: {times: 3, every: 1ms}'),
    );
    const forged = sendsOf(trace, 'attacker').map(({frame}) =>
      frame?.payload.kind === 'ip' ? frame.payload.packet.src : '',
    );
    expect(forged).toEqual(['203.0.113.9', '203.0.113.10', '203.0.113.9']);
  });

  test('a range goes on from one network to the next', () => {
    const spoof = 'source: 203.0.112.254-203.0.113.1, repeat: {times: 5, every: 1ms}';
    const forged = sendsOf(flooded('synCookies: off', attack(spoof)), 'attacker').map(({frame}) =>
      frame?.payload.kind === 'ip' ? frame.payload.packet.src : '',
    );
    const four = ['203.0.112.254', '203.0.112.255', '203.0.113.0', '203.0.113.1'];
    expect(forged).toEqual([...four, four[0]]);
  });

  // Curriculum, lesson 8: 40 bytes a SYN; four slots full at 60 ms; the first is free 63 s after its SYN,ACK.
  test('forged sources fill the queue, and answers to them get lost', () => {
    const trace = flooded('synCookies: off');
    const forged = sendsOf(trace, 'attacker').map(({frame}) =>
      frame?.payload.kind === 'ip' ? frame.payload.packet.src : '',
    );
    expect(forged).toEqual(['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4']);
    expect(said(trace, 'packet(1).ip.len')).toBe(40);
    expect(said(trace, 'at(60ms).server.queue.syn')).toBe(4);
    expect(said(trace, 'at(60ms).server.queue.accept')).toBe(0);
    expect(said(trace, 'time({enters: LISTEN, host: server, nth: 2})')).toBe(63_050_000);
    expect(drops(trace).filter(([, , reason]) => reason === 'no such host')).toHaveLength(4 * 6);
    expect(said(trace, 'count({drops: server, flags: [SYN]})')).toBeGreaterThan(5);
  });

  // RFC 4987 §2.2: that is why attackers look for addresses that nobody answers from.
  test('a source that exists answers with RST, and the slot is free', () => {
    const live = '    victim: {ip: 203.0.113.1}\n';
    const lesson = load({
      topology: flood('synCookies: off', live).replace(
        '    - {name: near',
        '    - {name: lane, between: [victim, r1], delay: 25ms}\n    - {name: near',
      ),
      script: attack(four),
      runs: 'limit: 2m\n',
      beats,
    });
    const trace = traceOf(lesson);
    expect(sendsOf(trace, 'victim').map(({atUs}) => atUs)).toEqual([100_000]);
    // RFC 9293 §3.10.7.1: the reset's number is what the SYN,ACK acknowledged.
    const [reset, syn] = ['first("tcp.flags.reset == 1")', 'packet(1)'].map((p) =>
      said(trace, `${p}.tcp.seq_raw`),
    );
    expect(reset).toBe(Number(syn) + 1);
    expect(said(trace, 'at(160ms).server.queue.syn')).toBe(3);
    expect(said(trace, 'time({enters: ESTABLISHED, host: client})')).toBe(600_000);
  });

  // RFC 4987 §3.2 to §3.6: what each defence does for the client that dials at 500 ms.
  test.each([
    ['a larger backlog', 'synCookies: off, synRetries: 0', 'backlog: 7', 600_000],
    ['recycling', 'synCookies: off, synOverflow: recycle', 'backlog: 3', 600_000],
    ['a SYN cache', 'synCookies: off, synCache: 100', 'backlog: 3', 600_000],
    ['cookies', 'synCookies: onOverflow', 'backlog: 3', 600_000],
    // 0, 1 and 3 s, free at 7 s; the client asks at 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, then 7.5 s.
    ['fewer repetitions', 'synCookies: off, synAckRetries: 2', 'backlog: 3', 7_600_000],
    ['none', 'synCookies: off', 'backlog: 3', 67_600_000],
  ])('%s', (_, server, listen, connected) => {
    const trace = flooded(server, attack(four, listen));
    expect(said(trace, 'time({enters: ESTABLISHED, host: client})')).toBe(connected);
  });

  thorough('10,000 SYNs from 200 addresses: no port twice, a queue for 257, at once', () => {
    const script = attack(
      'source: 203.0.113.1-203.0.113.200, repeat: {times: 10000, every: 100us}',
      'backlog: 256',
    );
    const began = performance.now();
    const trace = flooded('synCookies: off, backlog: 256', script, 'until: 20s\n');
    expect(performance.now() - began).toBeLessThan(20_000);
    const sockets = new Set(
      sendsOf(trace, 'attacker').map(({frame}) => {
        const packet = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
        return packet?.transport.kind === 'tcp' ? `${packet.src} ${packet.transport.segment.srcPort}` : '';
      }),
    );
    expect(sockets.size).toBe(10_000);
    expect(said(trace, 'at(2s).server.queue.syn')).toBe(257);
    expect(said(trace, 'count({drops: server, flags: [SYN]})')).toBeGreaterThan(9_700);
  });

  // RFC 2827, RFC 3704 §2.2: the attacker's router knows which addresses live behind it.
  test('a filter at the edge stops sources that cannot be right', () => {
    const lesson = load({
      topology: flood('synCookies: off'),
      script: attack('source: 192.0.2.77, repeat: {times: 4, every: 1ms}'),
      runs: 'actors: [{firewall: r1, rules: [{drop: {spoofed: true}}]}]\nlimit: 2m\n',
      beats,
    });
    const trace = traceOf(lesson);
    expect(drops(trace).map(([, host, reason]) => `${host} ${reason}`)).toEqual(
      Array.from({length: 4}, () => 'r1 firewall'),
    );
    expect(said(trace, 'time({enters: ESTABLISHED, host: client})')).toBe(600_000);
  });

  test.each([
    ["to: 'server:80', source: 203.0.113", {at: '13:70', says: 'worldCalls.readSource', source: '203.0.113'}],
    [
      "to: 'server:80', source: 203.0.113.9-203.0.113.1",
      {at: '13:70', says: 'worldCalls.readSource', source: '203.0.113.9-203.0.113.1'},
    ],
    ["to: 'serve:80', source: 203.0.113.1", misspelt('13:49', 'serve', 'server', 'host')],
    ["to: 'server:80'", {at: '13:5', says: 'constructKeys.needs', word: 'spoofSyn', key: 'source'}],
  ])('misused: %s', (keys, error) => {
    const script = `script:\n  - {at: 0ms, host: client, call: spoofSyn, ${keys}}\n`;
    const [found] = errorsOf({script});
    expect(found).toMatchObject(error);
  });
});

describe('replay', () => {
  const script = (replayed: string): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {at: 500ms, host: client, call: send, bytes: 100}
  - {at: 1s, host: client, call: close}
  - {on: {host: server, event: eof}, call: close}
  - {at: 30s, call: replay, ${replayed}}
`;

  // RFC 9293 §3.10.7.2: nobody can tell that the SYN is old. The client in TIME-WAIT repeats its last ACK, which the server has to
  // reset: the hazard of RFC 1337 §2. Then the next SYN,ACK meets a closed port, and the server goes back to LISTEN.
  test('an old SYN opens half a connection, and ends the client’s TIME-WAIT', () => {
    const trace = traceOf(load({script: script('of: {sends: client, flags: [SYN]}'), runs: 'limit: 2m\n'}));
    const late = [...trace.events()].filter(({atUs}) => atUs >= 30_000_000);
    expect(late[0]).toMatchObject({kind: 'call', call: 'replay', host: 'client', result: 'ok'});
    expect(late[1]).toMatchObject({kind: 'arrive', host: 'server', packet: 1});
    const sent = late.flatMap((event) =>
      event.kind === 'send' && event.frame ? [summaryOf(event.frame)] : [],
    );
    expect(sent).toEqual([
      'SYN,ACK seq=9000 ack=1001',
      'ACK seq=1102 ack=9002',
      'RST seq=9002',
      'SYN,ACK seq=9000 ack=1001',
      'RST seq=1001',
    ]);
    const states = late.flatMap((event) => (event.kind === 'state' ? [`${event.host} ${event.to}`] : []));
    expect(states).toEqual(['server SYN-RECEIVED', 'client CLOSED', 'server LISTEN']);
  });

  test('nth, and a packet that the path had lost', () => {
    const trace = traceOf(
      load({
        script: script('of: {sends: any, carries: data, nth: 2}'),
        runs: 'limit: 2m\nruns: {base: {faults: [{drop: {from: client, data: true, nth: 1}}]}}\n',
      }),
    );
    const again = said(trace, 'first({sends: client, retransmission: true}).frame.number');
    const arrivals = [...trace.events()].filter((event) => event.kind === 'arrive' && event.packet === again);
    expect(arrivals.map(({atUs}) => atUs >= 30_000_000)).toEqual([false, true]);
  });

  test('what never left cannot come back', () => {
    const trace = traceOf(load({script: script('of: {sends: client, flags: [RST]}'), runs: 'limit: 2m\n'}));
    const calls = [...trace.events()].filter((event) => event.kind === 'call' && event.call === 'replay');
    expect(calls).toMatchObject([{result: 'ENOENT'}]);
  });

  test.each([
    ['{at: 1s, call: replay}', {at: '13:5', says: 'constructKeys.needs', word: 'replay', key: 'of'}],
    [
      '{at: 1s, host: client, call: replay, of: {sends: client}}',
      {at: '13:14', says: 'script.noHost', call: 'replay'},
    ],
    ['{at: 1s, call: replay, of: {sends: clint}}', misspelt('13:40', 'clint', 'client', 'host')],
    ['{at: 1s, call: replay, of: {sends: client, flag: [SYN]}}', misspelt('13:48', 'flag', 'flags', 'key')],
    [
      "{at: 1s, call: replay, of: {sends: client}, to: 'sever:80'}",
      misspelt('13:53', 'sever', 'server', 'host'),
    ],
  ])('misused: %s', (line, error) => {
    const [found] = errorsOf({script: `script:\n  - ${line}\n`});
    expect(found).toMatchObject(error);
  });
});

describe('setLink', () => {
  const script = (...lines: readonly string[]): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
${lines.map((line) => `  - ${line}\n`).join('')}`;

  test('down: what is under way is lost, what is sent too, until it is up again', () => {
    const trace = traceOf(
      load({
        script: script(
          '{at: 480ms, host: client, call: send, bytes: 10}',
          '{at: 500ms, call: setLink, link: path, up: false}',
          '{at: 600ms, host: client, call: send, bytes: 10}',
          '{at: 1s, call: setLink, link: path, up: true}',
        ),
      }),
    );
    expect(drops(trace).slice(0, 2)).toEqual([
      [530, 'client', 'link down'],
      // The probe: 300 ms after the first segment.
      [780, 'client', 'link down'],
    ]);
    // The first time-out after the link is up, of both at once.
    expect(said(trace, 'count({delivers: server})')).toBe(1);
    expect(said(trace, 'time({delivers: server})')).toBe(1_130_000);
  });

  test('loss, delay, rate and MTU hold from then on', () => {
    const trace = traceOf(
      load({
        script: script(
          '{at: 500ms, call: setLink, link: path, delay: 10ms, rate: 1Mbit}',
          '{at: 1s, host: client, call: send, bytes: 1000}',
        ),
      }),
    );
    // 1000 B of data, 40 B of headers, 38 B of Ethernet at 1 Mbit/s are 8.624 ms.
    expect(said(trace, 'time({delivers: server})')).toBe(1_018_624);
  });

  test.each([
    ['{at: 1s, call: setLink, link: pth, up: false}', misspelt('15:35', 'pth', 'path')],
    ['{at: 1s, call: setLink, link: path}', {at: '15:5', says: 'worldCalls.setLink', link: 'path'}],
    ['{at: 1s, call: setLink, link: path, lost: 5%}', misspelt('15:41', 'lost', 'loss', 'key')],
    [
      '{at: 1s, call: setLink, link: path, up: no}',
      {at: '15:45', says: 'schemaProblems.expected.isNotWhat', what: 'switch', shown: 'no'},
    ],
  ])('misused: %s', (line, error) => {
    const [found] = errorsOf({script: script(line)});
    expect(found).toMatchObject(error);
  });
});
