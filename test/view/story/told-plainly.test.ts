// What comes of a fault as the raw events of the run have it, where a close reading missed it.

import {expect, test} from 'vitest';
import {copy, damaged, drop, edit, late, overtaken, spokenBeats, testTold, toldAlone} from './told-with.ts';

testTold([
  // A host waits for no close where its program has closed by the end of the instant (LAST-ACK at 350 ms).
  [
    ['https-why https-edited', 3, overtaken(1)],
    {says: 'told.closing.peerCloses', host: 'server', ack: 1411, closes: true},
  ],
  // Another SYN ends a handshake, and Linux refuses it (tcp_check_req, asked of 6.18).
  [['why-three reopened', 4, drop], {says: 'told.closing.listensAgain', host: 'server', by: 'refused'}],
  // A copy was altered, and not the packet itself.
  [
    ['https-why https-edited', 6, copy()],
    {says: 'told.copied', packet: 6, change: {says: 'told.altered.mended', host: 'mitm', copy: true}},
  ],
  // Before the first ACK there is no record, and the cookie is that of the SYN before it (RFC 4987 §3.6).
  [
    ['syn-flood stamps', 11, edit('tcp.seq_raw', 101_001)],
    {says: 'told.rst.noConnection', ack: 3234820850, cookie: 'seq', syn: 1000, thing: {packet: 11}},
  ],
  // Not every number is one of its cookies.
  [
    ['syn-flood stamps', 11, edit('tcp.ack_raw', 7)],
    {says: 'told.rst.noConnection', host: 'server', ack: 7, cookie: 'ack'},
  ],
  // Bytes with an altered number are taken for others, and no checksum shows it (RFC 9293 §3.1). What fills a gap behind is right.
  [
    ['sliding-window lost-update', 5, edit('tcp.seq_raw', 1991)],
    {says: 'told.altered.packet', arrived: 'PSH,ACK seq=1991 ack=9001 len=1000'},
    {says: 'told.data.delivered', host: 'server', bytes: 990, ack: 2991, altered: true, kept: true},
    {says: 'told.data.gapFilled', host: 'server', ack: 5001, altered: false, open: undefined},
  ],
  // Sequence numbers go on from 0 (RFC 9293 §3.4). And the ACK of a handshake may carry data (RFC 9293 §3.5).
  [
    ['data-transfer wrap', 1, drop],
    {says: 'told.data.delivered', host: 'server', bytes: 30, ack: 25, wraps: true, altered: false},
    {says: 'told.data.released', host: 'client', why: 'opening', bytes: 30, joins: true, since: '200 ms'},
  ],
  // Of two SYNs between the same ports one is told by its number (RFC 9293 Fig. 8).
  [['why-three reopened', 4, copy(30_000)], {says: 'told.heldUp', thing: {packet: 2}, ago: '300 ms'}],
  // What took as long as all others is not late, its place alone has changed (150.94 ms and 150.07 ms in the run).
  [
    ['cubic base', 54, overtaken(1)],
    {says: 'told.overtaken', thing: {packet: 54}, overtaken: 1, of: 'all', idle: true},
  ],
  // The firewall itself tells what it has turned away, and a soft error ends nothing (RFC 1122 §4.2.3.9).
  [
    ['refused soft', 5, drop],
    {says: 'told.icmp', host: 'client', peer: 'server', filtered: true, noted: true, waiter: 'client'},
  ],
  // Of two with one number one is told by its packet.
  [
    ['http-request no-host', 1, late(4_000_000)],
    {says: 'told.heldUp', thing: {packet: 1}, overtaken: 6, ago: '4.050 s'},
  ],
  // Where a network card cuts packets, SACK counts the segments on the wire; of packet 21, 5792 bytes, 1448 and these are repeated.
  [
    ['your-capture host', 21, overtaken(2)],
    {says: 'told.again.later', host: 'server', seq: 75609, window: 'third', sacked: 6, cut: true},
    {says: 'told.again.others', last: 35, marked: true, needless: true, bytes: 4344},
  ],
  // A repair whose timer expired three times began with the first of them (RFC 5681 §3.1).
  [
    ['accept-queue base', 6, overtaken(1)],
    {says: 'told.data.allAcknowledged', timer: true, took: '1.900 s', cwnd: 2920},
  ],
  // After a time-out nothing is marked as lost.
  [['rack-tlp old', 23, drop], {says: 'told.again.others', last: 27, bytes: 1000, marked: false}],
  // Where equal waits end it is told why they were equal (tcp_syn_linear_timeouts, RFC 6298 §5.5).
  [
    ['refused filtered', 11, copy(2_000_000)],
    {says: 'told.again.timer', host: 'client', wait: '1 s', due: '7.000 s', equal: 4},
  ],
  // Nothing was sent that this ACK could be for (RFC 9293 §3.10.7.4). That it was thrown away is told once, and what came with it is repeated.
  [
    ['http-status moved', 8, edit('tcp.ack_raw', 14_288)],
    {says: 'told.refused.ack', host: 'server', thing: {packet: 8}, answers: 1167, sentTo: 9287},
    {says: 'told.again.probe', host: 'server', due: '850 ms', thrown: 'refused'},
    {says: 'told.again.needless.known'},
    {says: 'told.again.probe', host: 'client', due: '900 ms', refused: true},
  ],
  // An alias that still holds leads to a record that does not (RFC 1034 §3.6.2), and what was asked for stands behind the alias.
  [
    ['dns-cache alias', 8, drop],
    {says: 'told.names.expired', host: 'resolver', name: 'y.abc.com', alias: 'www.abc.com', ttl: 3300},
    {says: 'told.names.asks', host: 'resolver', peer: 'authority', name: 'y.abc.com', type: 'A'},
    {
      says: 'told.names.answers',
      host: 'resolver',
      data: 'y.abc.com',
      ttl: 3300,
      second: '203.0.113.80',
      ttl2: 300,
    },
  ],
  // What the cache gives is told once.
  [
    ['dns-iterative base', 8, drop],
    {says: 'told.names.fromCache', host: 'resolver', name: 'y.abc.com', type: 'A', ttl: 296, answered: true},
    {says: 'told.names.answers', host: 'resolver', name: 'y.abc.com', data: '203.0.113.80', ttl: 296},
  ],
  // A program may wait less long than TCP would (RFC 9293 §3.8.3).
  [
    ['half-open heartbeat', 18, drop],
    {says: 'told.closing.aborts', host: 'client', rst: true, at: '158.4 s', waited: '30 s'},
  ],
  // The next SYN takes the place that became free.
  [
    ['syn-flood alive', 4, edit('tcp.window_size_value', 0)],
    {says: 'told.handshake.answersSyn', host: 'server', ack: 1001, fills: true, renewed: false},
    {says: 'told.data.ofPort', port: 40000},
  ],
  // A timer that was announced stops, and it is told whose goes on (RFC 9293 Fig. 7, RFC 6298 §5.2).
  [['simultaneous-open base', 4, drop], {says: 'told.handshake.accepts', host: 'host a', left: '1.000 s'}],
  // As the raw events of that very instant have it.
  // Of two ACKs with one number the second one draws the RST: the first has ended the connection (RFC 9293 §3.10.7.1).
  [
    ['state-machine one-by-one', 5, overtaken(2)],
    {says: 'told.rst.noConnection', host: 'server', ack: 9052, gone: '1.350 s', thing: {packet: 10}},
  ],
  // Data are not acknowledged as the FIN leaves: their ACK comes at the same time, behind it (RFC 9293 §3.10.7.4).
  [
    ['teardown base', 6, overtaken(1)],
    {says: 'told.closing.closesToo', host: 'server', seq: 9251, ack: 9252},
  ],
  // The SYN,ACK that comes behind its own repetitions is the one that they repeat (RFC 9293 §3.10.7.4).
  [
    ['half-open idle', 2, late(4_000_000)],
    {says: 'told.heldUp', thing: {packet: 2}, overtaken: 2, ago: '4.050 s'},
    {says: 'told.refused.duplicate', host: 'client', thing: {packet: 2}, answers: 9001, again: true},
  ],
  // None of these bytes came with an altered number: those went to the program before (RFC 9293 §3.4).
  [
    ['rack-tlp late-old', 15, edit('tcp.seq_raw', 17_991)],
    {says: 'told.data.gapFilled', host: 'client', ack: 29001, bytes: 10010, altered: false, open: undefined},
  ],
  // A number outside the window does not show who has sent it (RFC 5961 §3.2).
  [
    ['simultaneous-open base', 3, edit('tcp.flags', 22)],
    {says: 'told.refused.rst', host: 'host a', thing: {packet: 3}},
  ],
]);

// The number is that of the beat that tells it.
test.each([
  ['http-request base', 11, drop, 12],
  ['dns-transport truncated', 7, late(300_000), 13],
  // The GET is there in time, and waits for the Finished: that is TLS, and no HTTP.
  ['url-to-page base', 14, damaged, 12],
] as const)(
  'what a connection costs is told where no fault makes it cost more: %s',
  (name, packet, kind, beat) => {
    expect(spokenBeats(name, packet, kind)).not.toContain(beat);
  },
);

test.each([
  // Data have been sent, an ACK is still to come (RFC 9293 Fig. 12).
  ['http-connections short', 30, overtaken(3), 5],
  // A key that leaks opens nothing of this.
  ['https-tls12 ecdhe', 11, copy(), 20],
] as const)('what is so in this run, too, the lesson tells: %s', (name, packet, kind, beat) => {
  expect(spokenBeats(name, packet, kind)).toContain(beat);
});

// What lessons tell of these runs themselves, and what only the account tells.
testTold(
  [
    // The FIN behind 620 bytes has the number behind them (9001 + 5000).
    [
      ['why-four streaming', 6, edit('tcp.ack_raw', 6002)],
      {says: 'told.closing.closesToo', host: 'server', seq: 14001, behind: 620, ack: 14002},
    ],
    // Data come with the segment that completes the handshake in place of a lost ACK.
    [
      ['handshake-loss third-then-data', 4, overtaken(2)],
      {says: 'told.handshake.accepts', host: 'server', peerOpen: true},
      {says: 'told.data.delivered', host: 'server', bytes: 57, ack: 1058, altered: false},
    ],
    // A record is made of the cookie that comes back.
    [['syn-flood always', 3, drop], {says: 'told.handshake.takesCookie', host: 'server', ack: 3234820850}],
    // The RST to a forged SYN frees a place in the queue (RFC 4987 §2.2).
    [
      ['syn-flood alive', 4, edit('tcp.window_size_value', 0)],
      {says: 'told.closing.listensAgain', host: 'server', by: 'rst', frees: true},
    ],
    // A mark is echoed (RFC 3168 §6.1.3).
    [['congestion marked', 60, damaged], {says: 'told.marks.echoes', host: 'server'}],
  ],
  toldAlone,
);
