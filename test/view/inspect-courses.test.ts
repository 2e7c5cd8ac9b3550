// What `inspect` says of courses that look alike to whoever counts segments. Each is worked out by hand from RFC 9293 §3.5, §3.10.7 and
// RFC 5961 §4 (an older connection), RFC 6298 §5 (what is sent again), RFC 7413 §4 (data with SYN).
import {describe, expect, test} from 'vitest';
import {encodeFrame} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {
  idsIn,
  inspectedFrames,
  inspectedPassing,
  oddIn,
  type Passed,
  reportIn,
} from '../helpers/passed-capture.ts';
import '../helpers/meaning.ts';

const open = (atMs: number, isn = 100): readonly Passed[] => [
  {atMs, by: 'client', flags: 'S', seq: isn},
  {atMs: atMs + 20, by: 'server', flags: 'SA', seq: 300, ack: isn + 1},
  {atMs: atMs + 20.1, by: 'client', flags: 'A', seq: isn + 1, ack: 301},
];

const challenged: readonly Passed[] = [
  {atMs: 1000, by: 'client', flags: 'S', seq: 5000},
  {atMs: 1020, by: 'server', flags: 'A', seq: 301, ack: 106},
  {atMs: 1020.1, by: 'client', flags: 'R', seq: 106},
  {atMs: 2000, by: 'client', flags: 'S', seq: 5000},
  {atMs: 2020, by: 'server', flags: 'SA', seq: 7000, ack: 5001},
  {atMs: 2020.1, by: 'client', flags: 'A', seq: 5001, ack: 7001},
  {atMs: 2030, by: 'client', flags: 'FA', seq: 5001, ack: 7001},
  {atMs: 2050, by: 'server', flags: 'FA', seq: 7001, ack: 5002},
  {atMs: 2050.1, by: 'client', flags: 'A', seq: 5002, ack: 7002},
];

describe('a client that crashed and calls again from the same port', () => {
  const whole = inspectedPassing([
    ...open(0),
    {atMs: 30, by: 'client', flags: 'PA', seq: 101, ack: 301, data: 'hello'},
    {atMs: 50, by: 'server', flags: 'A', seq: 301, ack: 106},
    ...challenged,
  ]);

  test('opened and closed as it did, the older one was broken off', () => {
    expect(whole.inspector.connections.map(({course, client}) => course.closing(client))).toEqual([
      'reset-by-client',
      'client-first',
    ]);
    const [, again] = whole.inspector.connections;
    expect(again?.counts).toMatchObject({lostBefore: 0, syn: 2, rst: 1, packets: 9});
    expect(idsIn(whole)).toContain('reset-half-open');
    expect(oddIn(whole).join(' ')).toSay({
      ...{says: 'findings.endingTexts.reset-half-open', by: 'client', frame: 8, asked: 7, known: true},
      older: 2,
    });
    expect(idsIn(whole)).not.toContain('loss');
  });

  test('also where the older one was not captured', () => {
    const late = inspectedPassing(challenged);
    expect(late.inspector.connections.map(({course, client}) => course.closing(client))).toEqual([
      'client-first',
    ]);
  });
});

describe('RST', () => {
  const refused: readonly Passed[] = [
    ...open(0),
    {atMs: 30, by: 'client', flags: 'PA', seq: 101, ack: 301, data: 'hello'},
    {atMs: 50, by: 'server', flags: 'R', seq: 301},
  ];

  // iptables -j REJECT --reject-with tcp-reset, recorded: the server’s TCP never hears of what was refused, and closes in its time.
  test('behind which its end goes on was not its own', () => {
    const fin: Passed = {atMs: 3000, by: 'server', flags: 'FA', seq: 301, ack: 101};
    expect(idsIn(inspectedPassing([...refused, fin]))).toContain('reset-forged');
    expect(idsIn(inspectedPassing(refused))).not.toContain('reset-forged');
  });

  // Linux 6.18: a socket that is closed answers each segment that was under way with its acknowledgment number.
  test('that answers what was under way is not taken for forged because its number is old', () => {
    const crossed: readonly Passed[] = [
      ...open(0),
      {atMs: 30, by: 'client', flags: 'PA', seq: 101, ack: 301, data: 'hello'},
      {atMs: 31, by: 'server', flags: 'PA', seq: 301, ack: 101, data: 'late'},
      {atMs: 32, by: 'client', flags: 'A', seq: 106, ack: 305},
      {atMs: 50, by: 'server', flags: 'R', seq: 301},
    ];
    expect(idsIn(inspectedPassing(crossed))).not.toContain('reset-forged');
  });

  test('to a SYN has two causes', () => {
    const odd = idsIn(
      inspectedPassing([
        {atMs: 0, by: 'client', flags: 'S', seq: 100},
        {atMs: 20, by: 'server', flags: 'RA', seq: 0, ack: 101},
      ]),
    );
    expect(odd).toEqual(['refused']);
  });
});

describe('a handshake that took long', () => {
  const end: readonly Passed[] = [{atMs: 1020.1, by: 'client', flags: 'A', seq: 101, ack: 301}];

  test('the SYN had no answer here', () => {
    const odd = idsIn(
      inspectedPassing([
        {atMs: 0, by: 'client', flags: 'S', seq: 100},
        {atMs: 1000, by: 'client', flags: 'S', seq: 100},
        {atMs: 1020, by: 'server', flags: 'SA', seq: 300, ack: 101},
        ...end,
      ]),
    );
    expect(odd).toEqual(['syn-repeated']);
  });

  // Linux 6.18 drops SYNs while the accept queue is full, without a word; recorded on the server's own host.
  test('the SYN had come to the host that captured, and had no answer: it was not lost', () => {
    const odd = oddIn(
      inspectedPassing([
        {atMs: 0, by: 'client', flags: 'S', seq: 100},
        {atMs: 1000, by: 'client', flags: 'S', seq: 100},
        {atMs: 1000.02, by: 'server', flags: 'SA', seq: 300, ack: 101},
        {atMs: 1020.02, by: 'client', flags: 'A', seq: 101, ack: 301},
      ]),
    );
    expect(odd).toHaveLength(1);
    expect(odd[0]).toSay({says: 'findings.openingTexts.syn-repeated', again: 1, here: true});
  });

  test('the SYN,ACK was lost behind the place of the capture', () => {
    const odd = idsIn(
      inspectedPassing([
        {atMs: 0, by: 'client', flags: 'S', seq: 100},
        {atMs: 0.015, by: 'server', flags: 'SA', seq: 300, ack: 101},
        {atMs: 1000, by: 'client', flags: 'S', seq: 100},
        {atMs: 1000.02, by: 'server', flags: 'SA', seq: 300, ack: 101},
        ...end,
      ]),
    );
    expect(odd).toEqual(['syn-ack-lost']);
  });
});

test('what is sent again though its ACK had passed here', () => {
  const odd = idsIn(
    inspectedPassing([
      ...open(0),
      {atMs: 30, by: 'client', flags: 'PA', seq: 101, ack: 301, data: 'hello'},
      {atMs: 30.1, by: 'server', flags: 'A', seq: 301, ack: 106},
      {atMs: 330, by: 'client', flags: 'PA', seq: 101, ack: 301, data: 'hello'},
      {atMs: 330.1, by: 'server', flags: 'A', seq: 301, ack: 106},
    ]),
  );
  expect(odd).toContain('late-acks');
  expect(odd).not.toContain('loss');
});

test('a request that came with SYN has its answer', () => {
  const request = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n';
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  const told = inspectedPassing([
    {atMs: 0, by: 'client', flags: 'S', seq: 100, data: request},
    {atMs: 20, by: 'server', flags: 'SA', seq: 300, ack: 101 + request.length},
    {atMs: 20.1, by: 'client', flags: 'A', seq: 101 + request.length, ack: 301},
    {atMs: 21, by: 'server', flags: 'PA', seq: 301, ack: 101 + request.length, data: answer},
  ]);
  expect(reportIn(told)).toContain('GET / → 200 OK');
});

test('what is not TLS on its port is called so, what began earlier is not', () => {
  const speak: readonly Passed[] = [
    {atMs: 30, by: 'client', flags: 'PA', seq: 101, ack: 301, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)},
    {atMs: 50, by: 'server', flags: 'A', seq: 301, ack: 109},
  ];
  expect(reportIn(inspectedPassing([...open(0), ...speak], 443))).toContain('#1 not TLS');
  expect(reportIn(inspectedPassing(speak, 443))).toContain('the beginning was not captured');
});

/** RFC 9000 §17.2: fixed bit and long header; RFC 768 for the octets before. */
test('QUIC has its name', () => {
  const quic = Uint8Array.from([0xc0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8]);
  const bytes = encodeFrame({
    src: '02:00:00:00:00:01',
    dst: '02:00:00:00:00:02',
    payload: {
      kind: 'ip',
      packet: {
        ...{version: 4, ttl: 64, id: 1, dontFragment: true, trafficClass: 0},
        ...{src: '192.0.2.1', dst: '192.0.2.2'},
        transport: {kind: 'udp', datagram: {srcPort: 50_000, dstPort: 443, payload: ropeFromBytes(quic)}},
      },
    },
  });
  expect(reportIn(inspectedFrames([{atUs: 0, bytes}]))).toContain('QUIC');
});
