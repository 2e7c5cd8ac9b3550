// What is told of runs with a fault of the reader's, where a close reading found it false or missing.

import {expect, test} from 'vitest';
import {some} from '../../helpers/seeds.ts';
import {
  copy,
  drop,
  edit,
  late,
  overtaken,
  spokenBeats,
  type ToldRow,
  testTold,
  toldAlone,
} from './told-with.ts';

const rows: readonly ToldRow[] = [
  // A packet that the path holds up arrives behind those that left later.
  [
    ['rack-tlp intact', 10, overtaken(3)],
    {says: 'told.overtaken', thing: {packet: 10}, overtaken: 3, of: 'all'},
  ],
  // Where none has overtaken it, no others are mentioned.
  [
    ['time-wait base', 4, late(100_000)],
    {says: 'told.heldUp', thing: {packet: 4}, ago: '150 ms', overtaken: 0},
  ],
  // Behind a router it is late at its destination; an ACK of what was acknowledged is no news (RFC 9293 §3.10.7.4).
  [
    ['cubic close-by', 48, late(150_000)],
    {says: 'told.heldUp', thing: {packet: 48}, overtaken: 84, idle: true, ago: '170 ms'},
  ],
  // A copy is told with what becomes of it.
  [
    ['dns-cache alias', 13, copy(2_000_000)],
    {says: 'told.copied', packet: 13, idle: false},
    {says: 'told.refused.port', host: 'resolver', thing: {packet: 13}, port: 32910},
  ],
  // The sender learns of the copy by D-SACK, behind a router, too (RFC 2883 §4).
  [
    ['cookies-session base', 7, copy(30_000)],
    {says: 'told.data.cameTwice', host: 'browser', seq: 1043, bytes: 99},
  ],
  // A probe of the window has a timer, and the next probe follows (RFC 9293 §3.8.6.1).
  [
    ['sliding-window base', 25, drop],
    {says: 'told.lost', thing: {packet: 25}},
    {says: 'told.notices.prober', host: 'client', at: '3.050 s'},
  ],
  // A FIN waits for the window, too; it is no data.
  [
    ['why-four base', 4, edit('tcp.window_size_value', 0)],
    {says: 'told.windows.persist', host: 'server', data: false, at: '1.450 s'},
  ],
  // A keep-alive probe has a timer, too (RFC 9293 §3.8.4).
  [
    ['half-open keep-alive', 7, late(150_000)],
    {says: 'told.lost', thing: {packet: 4}, where: 'host down'},
    {says: 'told.notices.prober', host: 'client', at: '7275.100 s'},
  ],
  // Whoever misses an update of the window asks for it.
  [['sliding-window lost-update', 10, drop], {says: 'told.notices.window', host: 'client', at: '2.600 s'}],
  // The next ACK says what the lost one would have said.
  [['teardown base', 5, drop], {says: 'told.notices.next', ack: 1101}],
  // Two programs ask for one name: the query whose timer expires is repeated, with its own id.
  [
    ['dns-transport base', 4, drop],
    {says: 'told.askedAgain', wait: '5 s', replied: 'none', who: 'laptop', peer: 'resolver', same: true},
  ],
  // Nobody waits for this response any more (RFC 1122 §4.1.3.1).
  [
    ['dns-cache planned', 16, copy(30_000)],
    {says: 'told.refused.port', host: 'resolver', thing: {packet: 19}, port: 32910},
  ],
  // A referral that leads nowhere is no error (RFC 1034 §4.2.1).
  [
    ['dns-iterative what-if 5', 1, drop],
    {says: 'told.names.fault', host: 'resolver', server: '198.51.100.2', zone: 'abc.com', code: undefined},
  ],
  // An error has a name.
  [
    ['dns-iterative what-if 6', 1, drop],
    {says: 'told.names.fault', host: 'resolver', server: '203.0.113.53', code: 'REFUSED'},
  ],
  // A server that is silent over TCP has answered over UDP (RFC 7766 §5).
  [
    ['dns-transport what-if 2', 10, drop],
    {says: 'told.names.fault', server: '192.0.2.53', why: {says: 'apps.faultWords.silent'}, overTcp: true},
  ],
  // An answer that is lost on the way is none that came.
  [
    ['dns-recursion what-if 1', 2, drop],
    {says: 'told.names.fault', host: 'laptop', server: '192.0.2.53', why: {says: 'apps.faultWords.silent'}},
  ],
  // A SYN that is no old copy ends TIME-WAIT (RFC 6191 §2).
  [
    ['time-wait reuse', 4, drop],
    {says: 'told.handshake.answersSyn', host: 'server', ack: 2001, endsWait: 'number', renewed: true},
  ],
  // After others to the same place this redirect is one too many.
  [
    ['http-status loop', 20, drop],
    {
      says: 'told.pages.redirected',
      status: 302,
      self: true,
      followed: false,
      to: 'http://www.example.com/loop',
    },
  ],
  // An altered packet may be refused where it arrives (RFC 9293 §3.9.2.2).
  [
    ['refused rejected', 2, edit('ip.ttl', 1)],
    {says: 'told.icmp', host: 'client', filtered: true, error: 'ECONNREFUSED', waiter: 'client'},
  ],
  // An old ACK goes by its ack wherever it is named, and here by the number that does not fit, too.
  [
    ['sliding-window scale', 3, overtaken(1)],
    {
      says: 'told.refused.below',
      host: 'server',
      thing: {says: 'told.things.numbered', seq: 1001, ack: 9001},
      answers: 2001,
    },
  ],
  // A handshake that is not finished is no half-open connection (RFC 9293 §3.5.1).
  [
    ['state-machine reset', 3, edit('tcp.window_size_value', 0)],
    {says: 'told.closing.listensAgain', host: 'server', by: 'rst'},
  ],
  // Flags that nobody sets together name the segment, and it is no copy of what had come.
  [
    ['why-three time-wait', 8, edit('tcp.flags', 0x13)],
    {says: 'told.refused.below', host: 'client', thing: {packet: 8, what: 'flags'}, answers: 9002},
  ],
  // SACK shows what is missing before a third ACK asks for it (RFC 6675 §5).
  [
    ['rack-tlp again-old', 6, overtaken(2)],
    {says: 'told.again.sack', host: 'server', seq: 11001, cwnd: {before: 12000, after: 7000}},
  ],
  // A recovery begins with a low cwnd, which comes back up to ssthresh (RFC 9937).
  [
    ['rack-tlp base', 16, drop],
    {says: 'told.again.cwnd', before: 18000, after: 1000, back: true, goal: 12000, host: 'server'},
  ],
  // After a time-out cwnd grows from there, to no such goal.
  [
    ['rack-tlp old', 12, drop],
    {says: 'told.again.cwnd', before: 14000, after: 1000, host: 'server', back: false},
  ],
  // A third segment that SACK names leaves no time to one that is missing (RFC 8985 §6.2).
  [
    ['rack-tlp hole', 10, drop],
    {says: 'told.again.later', host: 'server', thing: {packet: 24}, window: 'third', sacked: 3},
  ],
  // In a recovery there is no time, either.
  [
    ['rack-tlp alone', 9, drop],
    {says: 'told.again.later', host: 'server', thing: {packet: 26}, window: 'recovery'},
  ],
  // Otherwise the reordering window has to be over.
  [
    ['rack-tlp base', 16, drop],
    {says: 'told.again.later', host: 'server', thing: {packet: 26}, window: 'over', sacked: 1},
  ],
  // What was altered is thrown away for its checksum, which nobody has corrected (RFC 9293 §3.1).
  [
    ['data-transfer base', 4, edit('tcp.window_size_value', 1, false)],
    {says: 'told.lost', thing: {packet: 4}, where: 'checksum', altered: true},
  ],
  // Its receiver does not even count a copy of an ACK (RFC 5681 §2).
  [['data-transfer small', 5, copy(30_000)], {says: 'told.copied', packet: 5, idle: true}],
  // Only one type of that name was not found.
  [
    ['dns-recursion browser', 24, late(700_000)],
    {says: 'told.names.resolved', host: 'laptop', name: 'y.abc.com', type: 'HTTPS', result: 'NODATA'},
  ],
  // A SYN whose number a SYN,ACK has brought before is no copy.
  [
    ['state-machine crossing', 2, overtaken(3)],
    {says: 'told.refused.known', host: 'client', thing: {packet: 2}, answers: 9001, again: true},
  ],
  // The accept queue has no room for the last ACK of a handshake (listen(2)).
  [
    ['accept-queue greeting', 11, copy()],
    {says: 'told.refused.acceptQueue', host: 'server', thing: {packet: 14}},
  ],
  // ACKs with SACK that are gathered are no delayed ACKs (tcp_comp_sack_delay_ns); data behind the gap could not carry them.
  [
    ['your-capture lost', 57, drop],
    {says: 'told.holds.acks', host: 'client', until: '700 µs'},
    {says: 'told.holds.acksOver', host: 'client', ack: 29273},
  ],
  // No listener of Linux takes a SYN with FIN, which RFC 9293 §3.10.7.2 would (tcp_rcv_state_process).
  [
    ['state-machine base', 1, edit('tcp.flags', 0x03)],
    {says: 'told.refused.synFin', host: 'server', thing: {packet: 1}},
  ],
  // A FIN that comes again makes TIME-WAIT begin anew (RFC 9293 §3.10.7.4).
  [
    ['state-machine crossing', 9, drop],
    {says: 'told.refused.restarts', text: {says: 'told.refused.duplicate', what: 'FIN'}, at: '62.05 s'},
  ],
  // Nobody knows whether its last ACK arrives. And an ACK of something else is no answer to what is sent again.
  [
    ['state-machine crossing', 9, drop],
    {says: 'told.closing.waits', host: 'server', by: 'ack', until: '61.10 s'},
    {says: 'told.again.probe', host: 'client', wait: '1 s', due: '3.000 s', needless: 'unheard'},
  ],
  // The next probe is told as it comes in silence: in Linux an answer begins the wait anew (tcp_ack_probe).
  [['sliding-window base', 13, drop], {says: 'told.windows.probes', host: 'client', due: '2.400 s'}],
  // Of several bytes one speaks as of several; the reordering timer is told by its own time.
  [
    ['rack-tlp late', 29, edit('tcp.seq_raw', 21991)],
    {says: 'told.again.waited', host: 'server', seq: 22991, many: true, wait: '7 ms', anew: '323 ms'},
  ],
  // What has arrived and left later may be a FIN without data (RFC 8985 §6.2).
  [['http-request no-space', 6, drop], {says: 'told.again.waited', host: 'server', seq: 9001, wait: '27 ms'}],
  // The copy of an old ACK is answered.
  [
    ['half-open heartbeat', 5, copy(30_000)],
    {says: 'told.refused.below', host: 'client', thing: {packet: 5}, answers: 9021, again: true},
  ],
  // D-SACK tells which packet came in vain, and cwnd is restored (RFC 2883 §4, RFC 3708).
  [
    ['rack-tlp undone', 20, drop],
    {says: 'told.data.cameTwice', host: 'server', seq: 11001, bytes: 1000, cwnd: 12000, second: 26},
  ],
  // The path has made the copy: nothing was sent twice.
  [
    ['your-capture base', 15, copy(30_000)],
    {says: 'told.data.cameTwice', host: 'server', seq: 22033, bytes: 1448, second: undefined},
  ],
  // The number that came tells what is acknowledged.
  [
    ['loss-recovery with-sack', 20, edit('tcp.ack_raw', 9001)],
    {says: 'told.data.allAcknowledged', host: 'client', ack: 9001, anew: false},
  ],
  // In TIME-WAIT Linux ignores an RST in the window, too, unless its number is the next (tcp_timewait_state_process).
  [
    ['time-wait old-data', 4, edit('tcp.ack_raw', 14_001)],
    {says: 'told.refused.rstNext', host: 'client', thing: {packet: 12}},
  ],
  // What takes up no number is no copy of anything (RFC 9293 §3.10.7.4).
  [
    ['time-wait old-data', 10, edit('tcp.flags', 0)],
    {says: 'told.refused.below', host: 'client', thing: {packet: 10}, answers: 9002, again: true},
  ],
  // A delay that nobody sees is told as that: the packet is lost anyway.
  [
    ['handshake-loss classic', 2, overtaken(3)],
    {says: 'told.lost', thing: {packet: 2}, idle: 'late'},
    {says: 'told.notices.timer', host: 'client', data: false, at: '3.000 s'},
  ],
];

testTold(some(rows, 8), toldAlone);

test('a packet that arrives as another is written in the language of the sentence', () => {
  const told = toldAlone('time-wait old-data', 10, edit('tcp.flags', 0));
  expect(told).toSay({says: 'told.altered.packet', packet: 10, arrived: 'no flags seq=9001'});
});

// RFC 792: nothing acknowledges such a message, and nobody sends it once more.
test('of a message of ICMP it is told that it is one, and that nobody repeats it', () => {
  const told = toldAlone('refused soft', 6, drop);
  expect(told).toSay({says: 'told.things.lost', packet: 6, what: 'icmp'});
  expect(told).toSay({says: 'told.lost', notice: {says: 'told.notices.unheard', host: 'client'}});
});

test('of a flag that somebody took away it is told that it had been there', () => {
  const told = toldAlone('http-connections poll', 22, edit('tcp.flags', 0x10));
  expect(told).toSay({
    ...{says: 'told.altered.packet', sent: 'FIN,ACK seq=1169 ack=9710', arrived: 'ACK seq=1169 ack=9710'},
  });
});

test('a number that came twice is no byte that came twice: a FIN that somebody set, and the byte behind it (RFC 2883 §4)', () => {
  const told = toldAlone('teardown base', 3, edit('tcp.flags', 0x11));
  expect(told).not.toSay({says: 'told.data.cameTwice'});
});

test('a beat with a condition of its own is silent, too, where what came is not what was sent', () => {
  const faulted = ['time-wait base', 11, edit('tcp.flags', 0x14)] as const;
  expect(toldAlone(...faulted)).toSay({says: 'told.altered.packet', arrived: 'RST,ACK seq=1102 ack=9002'});
  expect(spokenBeats(...faulted)).not.toContain(8);
});

test('nor does it speak at another place, which its condition does not mean', () => {
  expect(spokenBeats('why-four base', 4, edit('tcp.window_size_value', 0))).not.toContain(1);
});

test('a partial ACK that comes by way of a late segment is no round trip behind the repetition', () => {
  expect(spokenBeats('loss-recovery no-sack', 4, late(20_000))).not.toContain(21);
});

test('what is lost at one time is told once, with how many more there are', () => {
  const told = toldAlone('congestion outage', 54, drop);
  const notice = {says: 'told.notices.timer', host: 'client', data: true, at: '600 ms'};
  expect(told).toSay({says: 'told.lost', thing: {packet: 64}, more: 38, last: 102, notice});
  expect(told).not.toSay({says: 'told.lost', thing: {packet: 65}});
  const few = toldAlone('rack-tlp old', 12, drop);
  expect(few).toSay({says: 'told.lost', thing: {packet: 12}, more: 2, named: {before: [14], last: 15}});
  expect(toldAlone('loss-recovery base', 8, drop)).toSay({says: 'told.lost', more: 1, named: '8'});
});

test('that a queue is full is told to each connection that loses by it (the drops of the run)', () => {
  const told = toldAlone('cubic both-reno', 1, drop);
  for (const packet of [99, 290, 532])
    expect(told).toSay({says: 'told.lost', where: 'queue', thing: {packet}});
  expect(told).toSay({says: 'told.lost', thing: {packet: 290}, more: 9, last: 299});
});

// The time of each way, from the events of the run: nothing on it took longer than without the fault.
test('what the first link passes on at once is not late, however far it still has to go', () => {
  expect(toldAlone('dns-cache alias', 8, overtaken(1))).not.toSay({says: 'told.heldUp'});
});

// Packet 36 acknowledges the FIN at 25.200 s, where a longer run goes on: the probe of 25.302 s never leaves (RFC 6298 §5.2).
test('a timer that what is under way will stop is not said to run out next', () => {
  const told = toldAlone('url-to-page base', 27, drop);
  const states = {host: 'laptop', state: 'LAST-ACK', peer: 'website', peerState: 'TIME-WAIT'};
  expect(told).toSay({says: 'told.ends.cut', ...states, underWay: 1, at: undefined});
});
