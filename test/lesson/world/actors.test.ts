// Firewalls, address translators, routers that say “unreachable”: used, and misused with place and remedy pinned. Oracles: RFC 792,
// RFC 1122 §4.2.3.9, RFC 1812 §5.2.7.1 and §5.3.9, RFC 5382 §4 and §5.
import {describe, expect, test} from 'vitest';
import {summaryOf} from '../../../source/account/summary.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {errorsOf, load, traceOf} from '../fragments.ts';
import {misspelt} from '../told-problem.ts';

const routed = (router = '', link = ''): string => `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}${router}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms${link}}
`;

const dial = (port: number, ...more: readonly string[]): string => `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:${port}', from: 40000, as: c}
${more.map((line) => `  - ${line}\n`).join('')}`;

/** What is sent from this time on, by whom, in whose name. */
const sent = (trace: Trace, fromMs = 0): readonly string[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'send' || !event.frame || event.atUs < 1000 * fromMs) return [];
    const {payload} = event.frame;
    const {src, dst} = payload.kind === 'ip' ? payload.packet : {src: '', dst: ''};
    return [`${event.host}: ${src} > ${dst} ${summaryOf(event.frame)}`];
  });

const told = (trace: Trace): readonly (readonly [ms: number, signal: string])[] =>
  [...trace.events()].flatMap((event) =>
    event.kind === 'signal' && event.host === 'client' ? [[event.atUs / 1000, event.signal] as const] : [],
  );

const dropsOf = (trace: Trace): readonly Extract<TraceEvent, {kind: 'drop'}>[] =>
  [...trace.events()].flatMap((event) => (event.kind === 'drop' ? [event] : []));

describe('firewall', () => {
  const rules = (...lines: readonly string[]): string =>
    `actors: [{firewall: r1, rules: [${lines.join(', ')}]}]\nlimit: 5m\n`;
  const traceWith = (rule: string, profile = 'linux') =>
    traceOf(
      load({
        topology: routed(),
        script: dial(80),
        runs: `${rules(rule)}profile: ${profile}\n`,
      }),
    );

  // Curriculum, lesson 7: silence costs a Linux client 131 s.
  test('drop: the client cannot tell it from loss', () => {
    const trace = traceWith('{drop: {proto: tcp, port: 80}}');
    expect(told(trace)).toEqual([[131_000, 'ETIMEDOUT']]);
    expect(dropsOf(trace)[0]).toMatchObject({
      host: 'r1',
      packet: 1,
      reason: 'firewall',
      because: '1812:5.3.9/filter/drop',
    });
  });

  // RFC 1812 §5.2.7.1: codes 3, 1 and 13. RFC 1122 §4.2.3.9: 3 is hard, 1 soft. Linux ends an attempt on all of them (RFC 5461),
  // one that goes by the RFC alone on hard ones.
  test.each([
    ['port', 3, 'ECONNREFUSED', 'ECONNREFUSED'],
    ['host', 1, 'EHOSTUNREACH', undefined],
    ['admin-prohibited', 13, 'EHOSTUNREACH', 'EHOSTUNREACH'],
  ])('reject with icmp: %s', (icmp, code, linux, rfc) => {
    const trace = traceWith(`{reject: {port: 80, icmp: ${icmp}}}`);
    expect(sent(trace)).toEqual([
      'client: 192.0.2.10 > 198.51.100.20 SYN seq=1000',
      `r1: 192.0.2.1 > 192.0.2.10 ICMP type=3 code=${code}`,
    ]);
    expect(told(trace)).toEqual([[50, linux]]);
    expect(told(traceWith(`{reject: {port: 80, icmp: ${icmp}}}`, 'rfc'))[0]?.[0]).toBe(
      rfc === undefined ? 183_000 : 50,
    );
  });

  // RFC 9293 §3.10.7.1, in the server's name.
  test('reject with tcp: reset answers as a closed port would', () => {
    const trace = traceWith('{reject: {port: 80, tcp: reset}}');
    expect(sent(trace).at(-1)).toBe('r1: 198.51.100.20 > 192.0.2.10 RST,ACK seq=0 ack=1001');
    expect(told(trace)).toEqual([[50, 'ECONNREFUSED']]);
  });

  test('the first rule that fits decides; what none fits passes; a reset gets no answer', () => {
    const passed = traceWith(
      '{drop: {port: 81}}, {pass: {from: client}}, {drop: {to: server}}, {drop: {proto: udp}}',
    );
    expect(told(passed)).toEqual([[100, 'connected']]);
    const lesson = load({
      topology: routed(),
      script: dial(80, '{at: 1s, host: client, call: abort}'),
      runs: 'actors: [{firewall: server, rules: [{reject: {from: client, tcp: reset}}]}]\nruns: {base: {}, open: {actors: [{firewall: server, rules: []}]}}\n',
    });
    expect(told(traceOf(lesson, 'base'))).toEqual([[100, 'ECONNREFUSED']]);
    expect(told(traceOf(lesson, 'open'))).toEqual([[100, 'connected']]);
  });

  test.each([
    ['{firewall: r2, rules: []}', misspelt('19:21', 'r2', 'r1', 'host')],
    [
      '{firewall: r1, rules: [{drop: {}, pass: {}}]}',
      {at: '19:33', says: 'worldActors.readRule', verdicts: ['pass', 'drop', 'reject']},
    ],
    ['{firewall: r1, rules: [{drop: {prot: tcp}}]}', misspelt('19:41', 'prot', 'proto', 'key')],
    ['{firewall: r1, rules: [{drop: {from: clent}}]}', misspelt('19:47', 'clent', 'client', 'host')],
    [
      '{firewall: r1, rules: [{reject: {icmp: net}}]}',
      {at: '19:49', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'net'},
    ],
    [
      '{firewall: r1, rules: [{reject: {icmp: port, tcp: reset}}]}',
      {at: '19:42', says: 'worldActors.rejection'},
    ],
  ])('misused: %s', (actor, error) => {
    const [found] = errorsOf({topology: routed(), script: dial(80), runs: `actors: [${actor}]\n`});
    expect(found).toMatchObject(error);
  });
});

describe('nat', () => {
  const nat = (more: string, lines: readonly string[], actor = 'nat: r1, idle: 300s') =>
    traceOf(
      load({
        topology: routed(),
        script: dial(80, ...lines),
        runs: `actors: [{${actor}}]\nlimit: 1h\n${more}`,
      }),
    );

  // RFC 3022 §2.2: outside nobody sees the inside address; answers find the way back.
  test('translates both ways; the client sees itself', () => {
    const trace = nat('', []);
    expect(sent(trace)).toEqual([
      'client: 192.0.2.10 > 198.51.100.20 SYN seq=1000',
      'r1: 198.51.100.1 > 198.51.100.20 SYN seq=1000',
      'server: 198.51.100.20 > 198.51.100.1 SYN,ACK seq=9000 ack=1001',
      'r1: 198.51.100.20 > 192.0.2.10 SYN,ACK seq=9000 ack=1001',
      'client: 192.0.2.10 > 198.51.100.20 ACK seq=1001 ack=9001',
      'r1: 198.51.100.1 > 198.51.100.20 ACK seq=1001 ack=9001',
    ]);
    const made = [...trace.events()].filter((event) => event.because === '5382:4.1/nat/map');
    expect(made).toMatchObject([{kind: 'send', packet: 1, hop: 1}]);
    const peer = [...(trace.stateAt(trace.length)?.hosts['server']?.tcp.connections.values() ?? [])];
    expect(peer.map(({remote}) => remote)).toEqual([{ip: '198.51.100.1', port: 40_000}]);
  });

  // RFC 5382 §5: an established connection keeps its mapping for at least 2 h 4 min; this NAT does not.
  test('forgets: what comes from inside gets a new port, and the peer resets the stranger', () => {
    const trace = nat('', ['{at: 400s, host: client, call: send, bytes: 10}']);
    expect(sent(trace, 400_000)).toEqual([
      'client: 192.0.2.10 > 198.51.100.20 PSH,ACK seq=1001 ack=9001 len=10',
      'r1: 198.51.100.1 > 198.51.100.20 PSH,ACK seq=1001 ack=9001 len=10',
      'server: 198.51.100.20 > 198.51.100.1 RST seq=9001',
      'r1: 198.51.100.20 > 192.0.2.10 RST seq=9001',
    ]);
    expect(told(trace).at(-1)).toEqual([400_100, 'ECONNRESET']);
    const changed = [...trace.events()].filter((event) => event.because === '5382:5/nat/forgotten');
    expect(changed).toMatchObject([{kind: 'send', host: 'r1', hop: 1}]);
  });

  test('forgets: what comes from outside is dropped', () => {
    const trace = nat('', ['{at: 400s, host: server, call: send, bytes: 10}']);
    expect(dropsOf(trace)[0]).toMatchObject({
      host: 'r1',
      reason: 'no mapping',
      because: '5382:5/nat/forgotten',
    });
    expect(told(trace)).toEqual([[100, 'connected']]);
  });

  test('a longer memory, or traffic within it, keeps the connection', () => {
    const late = ['{at: 400s, host: client, call: send, bytes: 10}'];
    expect(dropsOf(nat('', late, 'nat: r1, idle: 2h'))).toEqual([]);
    expect(dropsOf(nat('', ['{at: 200s, host: client, call: send, bytes: 10}', ...late]))).toEqual([]);
  });

  test('one that reboots has forgotten everything; a stranger gets in at no time', () => {
    const rebooted = nat('', [
      '{at: 10s, host: r1, call: crash}',
      '{at: 11s, host: r1, call: reboot}',
      '{at: 12s, host: server, call: send, bytes: 10}',
    ]);
    expect(dropsOf(rebooted)[0]).toMatchObject({because: '5382:4.3/nat/unsolicited'});
    const stranger = traceOf(
      load({
        topology: routed(),
        script: `script:
  - {at: 0ms, host: r1, call: listen, port: 80}
  - {at: 0ms, host: server, call: connect, to: 'r1:80', as: c}
`,
        runs: 'actors: [{nat: r1, idle: 300s}]\nlimit: 5s\n',
        beats: 'beats: [{when: {sends: server, nth: 1}, say: {en: hello, zh: 你好}}]\n',
      }),
    );
    expect(new Set(dropsOf(stranger).map(({because}) => because))).toEqual(
      new Set(['5382:4.3/nat/unsolicited']),
    );
  });

  // RFC 5382 §7.1: two sockets inside never share a port outside.
  test('two hosts that use the same port', () => {
    const trace = traceOf(
      load({
        topology: `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    other: {ip: 192.0.2.130, iss: 5000}
    r1: {router: true, ip: {near: 192.0.2.1, side: 192.0.2.129, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: side, between: [other, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`,
        script: dial(80, "{at: 0ms, host: other, call: connect, to: 'server:80', from: 40000}"),
        runs: 'actors: [{nat: r1, idle: 300s}]\nlimit: 5s\n',
      }),
    );
    const states = ['client', 'other'].map((host) =>
      [...(trace.stateAt(trace.length)?.hosts[host]?.tcp.connections.values() ?? [])].map(({state}) => state),
    );
    expect(states).toEqual([['ESTABLISHED'], ['ESTABLISHED']]);
    const peers = [...(trace.stateAt(trace.length)?.hosts['server']?.tcp.connections.values() ?? [])];
    expect(peers.map(({remote}) => remote.port)).toEqual([40_000, 61_000]);
  });

  // Lesson 17's what-if: no router between the two, the NAT is the client's own.
  test('before a single host: the address stays', () => {
    const trace = traceOf(
      load({
        script: dial(80, '{at: 400s, host: client, call: send, bytes: 10}'),
        runs: 'actors: [{nat: client, idle: 300s}]\nlimit: 1h\n',
      }),
    );
    expect(told(trace).at(-1)).toEqual([400_100, 'ECONNRESET']);
    const ports = [...trace.events()].flatMap((event) => {
      const packet =
        event.kind === 'send' && event.frame?.payload.kind === 'ip' ? event.frame.payload.packet : undefined;
      return event.host === 'client' && packet?.transport.kind === 'tcp'
        ? [packet.transport.segment.srcPort]
        : [];
    });
    expect(ports).toEqual([40_000, 40_000, 61_000]);
  });

  // RFC 5508 §4.2: the quoted packet is translated too, else the client would not know its own segment.
  test('an error from outside reaches the socket that it is about, under a new port too', () => {
    const trace = traceOf(
      load({
        topology: routed(),
        script: dial(81, "{at: 400s, host: client, call: connect, to: 'server:81', from: 40000}"),
        runs: 'actors: [{nat: r1, idle: 300s}, {firewall: server, rules: [{reject: {port: 81, icmp: port}}]}]\n',
      }),
    );
    expect(told(trace)).toEqual([
      [100, 'ECONNREFUSED'],
      [400_100, 'ECONNREFUSED'],
    ]);
  });

  test.each([
    ['{nat: r2, idle: 300s}', misspelt('19:16', 'r2', 'r1', 'host')],
    ['{nat: r1}', {at: '19:10', says: 'constructKeys.needs', word: 'nat', key: 'idle'}],
    [
      '{nat: r1, idle: 5m, rules: []}',
      {at: '19:30', says: 'constructKeys.doesNotGo', key: 'rules', word: 'nat'},
    ],
    [
      '{nat: r1, idle: 300}',
      {at: '19:26', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: '300'},
    ],
    ['{nat: r1, idle: 5m, outside: fra}', misspelt('19:39', 'fra', 'far')],
  ])('misused: %s', (actor, error) => {
    const [found] = errorsOf({topology: routed(), script: dial(80), runs: `actors: [${actor}]\n`});
    expect(found).toMatchObject(error);
  });
});

describe('unreachable', () => {
  const down = [
    '{at: 500ms, call: setLink, link: far, up: false}',
    '{at: 1s, host: client, call: send, bytes: 10}',
  ];

  // RFC 1812 §5.2.7.1: the last router speaks of the host: code 1. RFC 1122 §4.2.3.9: soft, so the connection lives on.
  test('a router that says so, about a link that is down', () => {
    const trace = traceOf(
      load({topology: routed(', unreachable: true'), script: dial(80, ...down), runs: 'limit: 2s\n'}),
    );
    expect(sent(trace, 1000).slice(0, 2)).toEqual([
      'client: 192.0.2.10 > 198.51.100.20 PSH,ACK seq=1001 ack=9001 len=10',
      'r1: 192.0.2.1 > 192.0.2.10 ICMP type=3 code=1',
    ]);
    expect(told(trace)).toEqual([[100, 'connected']]);
  });

  test('one that does not: silence', () => {
    const trace = traceOf(load({topology: routed(), script: dial(80, ...down), runs: 'limit: 2s\n'}));
    expect(sent(trace).filter((line) => line.includes('ICMP'))).toEqual([]);
    expect(dropsOf(trace)[0]).toMatchObject({host: 'r1', reason: 'link down'});
  });

  // RFC 1812 §5.2.7.1: no route at all is code 0; RFC 5461: it ends an attempt to connect on Linux, a half-open one too.
  test('a forged source in no network the router knows', () => {
    const script = `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: spoofSyn, to: 'server:80', source: 203.0.113.1}
`;
    const beats = 'beats: [{when: {sends: client}, say: {en: hello, zh: 你好}}]\n';
    const trace = traceOf(load({topology: routed(', unreachable: true'), script, beats}));
    expect(sent(trace).at(-1)).toBe('r1: 198.51.100.1 > 198.51.100.20 ICMP type=3 code=0');
    const states = [...trace.events()].flatMap((event) => (event.kind === 'state' ? [event.to] : []));
    expect(states).toEqual(['LISTEN', 'SYN-RECEIVED', 'LISTEN']);
  });

  // RFC 1122 §2.3.2.1: an address that does not answer ARP; RFC 1812 §5.2.7.1: the router knows that after its last question.
  test('a forged source in the router’s own network, where ARP is asked', () => {
    const lesson = load({
      topology: `${routed(', unreachable: true')}  arp: true\n`,
      script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: spoofSyn, to: 'server:80', source: 192.0.2.77}
`,
      beats: 'beats: [{when: {sends: client}, say: {en: hello, zh: 你好}}]\n',
    });
    const trace = traceOf(lesson);
    const timesOf = (words: string): readonly number[] =>
      [...trace.events()].flatMap((event) =>
        event.kind === 'send' && event.frame && summaryOf(event.frame).startsWith(words) ? [event.atUs] : [],
      );
    const [asked = 0, again, third] = timesOf('ARP who has 192.0.2.77');
    expect([again, third]).toEqual([asked + 1_000_000, asked + 2_000_000]);
    expect(timesOf('ICMP type=3 code=1')[0]).toBe(asked + 3_000_000);
  });

  test('misused', () => {
    const [found] = errorsOf({topology: routed(', unreachable: host')});
    expect(found).toMatchObject({
      at: '11:79',
      says: 'schemaProblems.expected.isNotWhat',
      what: 'switch',
      shown: 'host',
    });
  });
});
