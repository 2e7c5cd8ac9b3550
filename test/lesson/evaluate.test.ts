// Values of expressions over a run whose numbers are known from the curriculum (handshake, 100 bytes up, half-close).
import {describe, expect, test} from 'vitest';
import {comparedSides, evaluate} from '../../source/lesson/evaluate.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {valueText} from '../../source/lesson/value.ts';
import {load, traceOf} from './fragments.ts';
import {toldProblem} from './told-problem.ts';

const lesson = load({
  script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {on: {host: client, event: connected}, call: send, bytes: 100}
  - {at: 1s, host: client, call: shutdown}
  - {on: {host: server, event: eof}, after: 250ms, call: close}
`,
  runs: `runs:
  base: {}
  wrap: {set: {client.iss: 4294967290}}
  lost: {faults: [{drop: {from: client, data: true, nth: 1}}]}
`,
});
const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};
const trace = traceOf(lesson);

const value = (text: string, run = trace, event = run.length): unknown => {
  const expression = parseExpression(text, names);
  if (!expression.ok) return expect.fail(expression.error[0].message.en);
  const result = evaluate(expression.value, {trace: run, event});
  return result.ok ? valueText(result.value) : toldProblem(result.error);
};

test.each([
  ['1 + 2 * 3 - 4 / 2', '5'],
  ['1 / 3', '0.333'],
  ['-5', '-5'],
  ['50ms + 1s', '1.050 s'],
  ['1s - 50ms * 2', '900 ms'],
  ['3 * 20s', '60 s'],
  ['59950ms', '59.95 s'],
  ['350us', '350 µs'],
  ['1s / 50ms', '20'],
  ['min(3, 1, 2)', '1'],
  ['max(1s, 50ms)', '1 s'],
  ['1 < 2 && 2 < 1 || 3 == 3', 'true'],
  ['"a" == "a" && "a" != "b"', 'true'],
  ['packet(1).tcp.seq_raw', '1000'],
  ['packet(2).tcp.ack_raw', '1001'],
  ['packet(2).tcp.seq', '0'],
  ['packet(2).tcp.ack', '1'],
  ['packet(2).flags', 'SYN,ACK'],
  ['packet(2).tcp.flags', '18'],
  ['packet(2).tcp.srcport', '80'],
  ['packet(2).ip.src', '198.51.100.20'],
  ['packet(2).tcp.options.mss_val', '1460'],
  ['packet(1).frame.number', '1'],
  ['first("tcp.len > 0").tcp.len', '100'],
  ['last("ip.src == client && tcp.flags.fin == 1").tcp.seq_raw', '1101'],
  ['last({sends: server, flags: [FIN, ACK]}).tcp.ack_raw', '1102'],
  ['count("tcp.flags.syn == 1")', '2'],
  ['count("ip.src == client") + count("ip.src == server") - count("ip.addr == client")', '0'],
  ['count("!(tcp.len == 0)")', '1'],
  ['count("ip.addr != 192.0.2.10")', '0'],
  ['count({sends: any, flags: [ACK]})', '5'],
  ['count({sends: client, carries: data})', '1'],
  ['count({arrives: server, length: 100})', '1'],
  ['count({enters: ESTABLISHED})', '2'],
  ['count({timer: RTO, op: arm})', '2'],
  ['count({delivers: server, length: 100})', '1'],
  ['count({call: connect, returns: connected, host: client})', '1'],
  ['time({sends: client, flags: [ACK], after: {enters: FIN-WAIT-2, host: client}})', '1.350 s'],
  ['time({at: 60ms})', '50 ms'],
  ['at(0ms).client.state', 'SYN-SENT'],
  ['at(60ms).server.state', 'SYN-RECEIVED'],
  ['at(60ms).server.snd.nxt', '9001'],
  ['at(200ms).client.c.snd.una', '1101'],
  ['at({enters: CLOSE-WAIT, host: server}).server.state', 'CLOSE-WAIT'],
  ['client.state', 'CLOSED'],
  ['server.state', 'CLOSED'],
  ['at(1.36s).client.state', 'TIME-WAIT'],
  ['at(0ms).client.rto', '1 s'],
  ['at(60ms).server.queue.syn + at(60ms).server.connections', '2'],
  ['server.connections', '0'],
  ['at(110ms).client.c.flightSize', '100'],
  ['at(110ms).client.cwnd', '14600'],
  ['at(110ms).client.mss', '1460'],
  // Ethernet 14, IP 20, TCP 20.
  ['last({sends: client, carries: data}).frame.len', '154'],
  ['last({sends: client, carries: data}).ip.len', '140'],
  ['packet(1).tcp.hdr_len', '32'],
  ['packet(1).tcp.options.sack_perm', '1'],
  ['packet(1).ip.flags.df + packet(1).ip.dsfield.ecn', '1'],
  ['count("udp.port == 53 || icmp.type == 3 || ipv6.hlim > 0")', '0'],
])('%s = %s', (text, wanted) => {
  expect(value(text)).toEqual(wanted);
});

test.each([
  ['1 + 50ms', {says: 'value.mixed', remedy: 'giveTheNumber', op: '+', left: 'number', right: 'time'}],
  [
    'packet(1).tcp.seq_raw * 2',
    {says: 'value.mixed', remedy: 'compareAndAdd', op: '*', left: 'seq', right: 'number'},
  ],
  ['1 < "a"', {says: 'value.mixed', remedy: 'compareAndAdd', op: '<', left: 'number', right: 'text'}],
  ['1 && 2', {says: 'evaluate.truth'}],
  ['1 / 0', {says: 'value.numeric./'}],
  ['packet(99).tcp.len', /^! there is no packet 99: this run has \d+$/],
  ['first("tcp.len > 5000").tcp.len', {says: 'packetReference.packetOf.last'}],
  ['packet(3).tcp.options.mss_val', {says: 'evaluate.fieldOf', id: 3, field: 'tcp.options.mss_val'}],
  ['time({enters: CLOSING})', {says: 'packetReference.firstEvent'}],
  ['time({at: 100s})', {says: 'packetReference.firstEvent'}],
  [
    'at(0ms).client.rcv.nxt',
    {says: 'tcpPropertyAt.tcpPropertyAt.doesNotKnowYet', host: 'client', property: 'rcv.nxt'},
  ],
  ['client.snd.nxt', {says: 'tcpPropertyAt.tcpPropertyAt.hasNoConnectionAtThis', host: 'client'}],
  ['packet(1.1).tcp.len', {says: 'packetReference.copyOf'}],
  ['p.tcp.len', {says: 'packetReference.packetOfEvent'}],
])('%s has no value', (text, wanted) => {
  expect(value(text)).toMatchObject(wanted);
});

describe('sequence space', () => {
  const wrapped = traceOf(lesson, 'wrap');

  test('adds and compares modulo 2^32', () => {
    expect(value('packet(1).tcp.seq_raw + 1', wrapped)).toBe('4294967291');
    expect(value('packet(1).tcp.seq_raw + 10', wrapped)).toBe('4');
    expect(value('last("ip.src == client").tcp.seq_raw', wrapped)).toBe('96');
    expect(value('packet(1).tcp.seq_raw < last("ip.src == client").tcp.seq_raw', wrapped)).toBe('true');
    expect(value('last("ip.src == client").tcp.seq_raw - packet(1).tcp.seq_raw', wrapped)).toBe('102');
    expect(value('4 + packet(1).tcp.seq_raw - 10', wrapped)).toBe('4294967284');
    expect(value('last("ip.src == client").tcp.seq', wrapped)).toBe('102');
  });
});

describe('the event at hand', () => {
  test('p is its packet, a host’s value is that of its connection at that instant', () => {
    const [event = 0] = matchingEvents(
      {match: {kind: 'packet', what: 'sends', host: 'server'}, nth: 1},
      trace,
    );
    expect(value('p.tcp.ack_raw', trace, event)).toBe('1001');
    expect(value('server.state', trace, event)).toBe('SYN-RECEIVED');
    expect(value('client.state', trace, event)).toBe('SYN-SENT');
    expect(value('client.state', trace, 0)).toBe('CLOSED');
  });
});

test('with two connections, a host’s value is that of the event’s own connection', () => {
  const two = load({
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: a, iss: 1000}
  - {at: 1s, host: client, call: connect, to: 'server:80', from: 40001, as: b, iss: 5000}
  - {at: 2s, host: client, call: send, of: a, bytes: 10}
`,
  });
  const run = traceOf(two);
  const [event = 0] = matchingEvents({match: {kind: 'delivers', host: 'server'}}, run);
  expect(value('server.rcv.nxt', run, event)).toBe('1011');
  expect(value('server.rcv.nxt', run)).toBe('5001');
});

describe('selectors', () => {
  const lost = traceOf(lesson, 'lost');
  const found = (text: string, run = trace): unknown => value(`count(${text})`, run);

  test('flags are the exact set, whatever PSH says', () => {
    expect(found('{sends: client, flags: [SYN]}')).toBe('1');
    expect(found('{sends: server, flags: [SYN]}')).toBe('0');
    expect(found('{sends: client, flags: [ACK], carries: data}')).toBe('1');
    expect(found('{sends: client, flags: [PSH, ACK], carries: data}')).toBe('1');
    expect(found('{sends: client, flags: [FIN]}')).toBe('0');
  });

  test('nth counts after `after`, which means its first match', () => {
    expect(value('time({sends: client, nth: 2})')).toBe('100 ms');
    expect(value('time({sends: client, after: {sends: client, nth: 2}, nth: 1})')).toBe('100 ms');
    expect(value('time({sends: client, after: {enters: CLOSE-WAIT}, nth: 1})')).toBe('1.350 s');
    expect(found('{sends: client, nth: 9}')).toBe('0');
    expect(found('{sends: client, flags: [SYN], after: {sends: client}}')).toBe('0');
  });

  test('lost packets and retransmissions', () => {
    expect(found('{drops: client}', lost)).toBe('1');
    expect(found('{drops: any}')).toBe('0');
    expect(found('{sends: client, retransmission: true}', lost)).toBe('1');
    expect(found('{sends: client, carries: data, retransmission: false}', lost)).toBe('1');
    // 100 ms, when the data left, and an RTO of 100 ms + max(200 ms, 4 · 50 ms), in whose place the probe comes.
    expect(value('time({timer: TLP, op: fire, host: client})', lost)).toBe('400 ms');
  });
});

const computed = (text: string) => {
  const expression = parseExpression(text, names);
  if (!expression.ok) expect.fail(expression.error[0].message.en);
  return expression.value;
};

describe('truth', () => {
  test.each([
    ['1 == 1 && 2 == 2', 'true'],
    ['1 == 1 && 2 == 3', 'false'],
    ['1 == 2 && 2 == 2', 'false'],
    ['1 == 2 || 2 == 2', 'true'],
    ['1 == 1 || 2 == 3', 'true'],
    ['1 == 2 || 2 == 3', 'false'],
    // What the left side decides leaves the right side alone.
    ['1 == 2 && packet(99).tcp.len == 0', 'false'],
    ['1 == 1 || packet(99).tcp.len == 0', 'true'],
    ['1 == 1 && 2', {says: 'evaluate.truth'}],
    ['2 || 1 == 1', {says: 'evaluate.truth'}],
    ['min(2, 2, 3) == 2 && max(2, 3, 3) == 3', 'true'],
    ['min(7)', '7'],
    ['max(2, 1s)', {says: 'value.mixed', remedy: 'giveTheNumber', op: '>', left: 'time', right: 'number'}],
    ['-50ms', '-50 ms'],
    ['-(3 - 5)', '2'],
    [
      '-packet(1).tcp.seq_raw',
      {says: 'value.mixed', remedy: 'compareAndAdd', op: '-', left: 'number', right: 'seq'},
    ],
  ])('%s = %s', (text, wanted) => expect(value(text)).toEqual(wanted));
});

test.each([
  ['1 == 2', '1 == 2'],
  ['1 == 1', undefined],
  ['1 + 1', undefined],
  ['50ms >= 1s', '50 ms >= 1 s'],
  ['1 == 1 && 2 < 1', '2 < 1'],
  ['1 > 2 && 2 < 1', '1 > 2'],
  ['1 > 2 || 3 < 1', '1 > 2'],
  ['packet(99).tcp.len == 1', undefined],
  ['1 == packet(99).tcp.len', undefined],
  ['packet(99).tcp.len == 1 && client.state != "CLOSED"', 'CLOSED != CLOSED'],
])('the sides of %s: %s', (text, sides) => {
  expect(comparedSides(computed(text), {trace, event: trace.length})).toBe(sides);
});

// The SYN is packet 1, 100 octets follow in the one with data; `first` and `last` differ where several pass.
test.each([
  ['first("ip.src == client").frame.number', '1'],
  ['last("tcp.flags.syn == 1").frame.number', '2'],
  ['first({sends: server}).frame.number', '2'],
  ['last({sends: server, flags: [SYN, ACK]}).frame.number', '2'],
  ['first({sends: client, nth: 2}).frame.number', '3'],
  ['first({drops: any}).frame.number', {says: 'packetReference.packetOfEvent'}],
  ['first({enters: ESTABLISHED}).frame.number', {says: 'packetReference.packetOfEvent'}],
  // The last of nine is there, a tenth is not.
  ['packet(9).frame.number', '9'],
  ['packet(10).frame.number', {says: 'packetReference.numbered', packet: 10, packetCount: 9}],
  ['at(49.999ms).server.state', 'LISTEN'],
  ['at(50ms).server.state', 'SYN-RECEIVED'],
  ['at(99.999ms).client.state', 'SYN-SENT'],
  ['at(100ms).client.state', 'ESTABLISHED'],
])('%s = %s', (text, wanted) => expect(value(text)).toEqual(wanted));
