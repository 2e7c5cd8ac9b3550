// What comes of a packet that the path altered, lost or made two of, where a close reading found it false or missing.

import {expect, test} from 'vitest';
import {toldBeside} from '../../../source/view/story/told-beside.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {meaningsOf} from '../../helpers/meaning.ts';
import {some} from '../../helpers/seeds.ts';
import {
  copy,
  damagedOnLink,
  drop,
  edit,
  late,
  overtaken,
  spokenBeats,
  type ToldRow,
  testTold,
  toldWith,
} from './told-with.ts';

const rows: readonly ToldRow[] = [
  // Bytes are taken for what their number says, not for what they are.
  [
    ['loss-recovery base', 4, edit('tcp.seq_raw', 991)],
    {says: 'told.altered.packet', packet: 4, arrived: 'ACK seq=991 ack=9001 len=1000'},
    {says: 'told.data.delivered', host: 'server', bytes: 990, ack: 1991, altered: true},
  ],
  // Before an altered number nothing has to be missing, and what was sent in place of that number does not fill the gap.
  [
    ['loss-recovery base', 4, edit('tcp.seq_raw', 1501)],
    {says: 'told.data.outOfOrder', ack: 1001, altered: true, packet: 4, sack: true, missing: 500, seq: 1001},
    {says: 'told.data.gapFilled', host: 'server', ack: 2501, bytes: 1500, open: 'behind', altered: true},
  ],
  // Bytes with an old number have not come before.
  [
    ['data-transfer base', 6, edit('tcp.seq_raw', 2921)],
    {says: 'told.refused.written', host: 'server', thing: {packet: 6}, answers: 3921},
  ],
  // A FIN arrives with another number.
  [
    ['time-wait old-data', 6, edit('tcp.seq_raw', 1601)],
    {says: 'told.data.finOutOfOrder', host: 'server', missing: 500, seq: 1101, ack: 1101, altered: true},
  ],
  // A copy that comes into TIME-WAIT is answered, and the wait begins anew.
  [
    ['time-wait silence', 5, copy(2_000_000)],
    {
      says: 'told.refused.restarts',
      text: {says: 'told.refused.below', answers: 9002},
      at: '62.60 s',
      linux: true,
    },
  ],
  // After a lost SYN the first window is one segment: the rest stays (RFC 5681 §3.1).
  [
    ['loss-recovery no-sack', 1, drop],
    {
      says: 'told.data.released',
      bytes: 1000,
      of: 8000,
      rest: 'cwnd',
      cwnd: 1000,
      joins: true,
      since: '200 ms',
    },
  ],
  // The window of the other end keeps the rest back (RFC 9293 §3.8.6).
  [
    ['sliding-window base', 1, drop],
    {
      says: 'told.data.released',
      why: 'closed',
      bytes: 4000,
      of: 6000,
      rest: 'window',
      since: '200 ms',
      from: '1.200 s',
    },
  ],
  // A SYN,ACK that the path held up opens the connection, and data leave that had waited for it: all of this is one text.
  [
    ['loss-recovery tail', 2, overtaken(1)],
    {says: 'told.heldUp', thing: {packet: 2}, ago: '200 ms'},
    {says: 'told.handshake.opened', host: 'client', reply: 'none'},
    {says: 'told.data.released', host: 'client', why: 'opening', bytes: 5000, joins: true, since: '200 ms'},
  ],
  // Less than one full segment has come: its ACK waits for two (RFC 5681 §4.2).
  [
    ['data-transfer delayed', 3, drop],
    {says: 'told.holds.ack', host: 'server', until: '290 ms', hurry: 'two'},
  ],
  // Of two gaps the one right before the segment is told.
  [
    ['loss-recovery base', 7, drop],
    {says: 'told.data.outOfOrder', ack: 2001, packet: 8, another: true, sack: true, missing: 1000, seq: 4001},
  ],
  // The other end knows nothing of an RST that the path has made, nor does a server that only meant to answer a SYN.
  [
    ['data-transfer wrap', 7, edit('tcp.flags', 20)],
    {says: 'told.closing.reset', host: 'client', error: 'ECONNRESET', from: 'ESTABLISHED', unaware: 'server'},
  ],
  [
    ['delayed-ack quick-ack', 2, edit('tcp.flags', 22)],
    {says: 'told.closing.refusedOpen', host: 'client', error: 'ECONNREFUSED', unaware: 'server'},
  ],
  // A copy finds no connection any more.
  [
    ['time-wait skipped', 10, copy(2_000_000)],
    {says: 'told.copied', packet: 10, idle: false},
    {says: 'told.rst.noConnection', host: 'client', ack: 1102, gone: '1.100 s', thing: {packet: 10}},
  ],
  // A copy of a response comes when nothing is asked any more (RFC 5452 §9.1).
  [['dns-iterative walk', 4, copy()], {says: 'told.refused.settled', host: 'laptop', thing: {packet: 4}}],
  // Whoever has sent a FIN gets an error all the same when it is reset.
  [
    ['why-four base', 4, edit('tcp.flags', 0x15)],
    {says: 'told.closing.reset', host: 'client', ended: true, error: 'ECONNRESET', from: 'FIN-WAIT-1'},
  ],
  // Whoever has closed gets none (RFC 9293 §3.10.7.4). And what lies outside a window is the number, not what is acknowledged.
  [
    ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102)],
    {says: 'told.closing.reset', host: 'server', ended: true, from: 'LAST-ACK', error: undefined},
    {says: 'told.refused.window', host: 'server', thing: {packet: 9}, answers: 1102, again: true},
  ],
  // In TIME-WAIT Linux takes the very next number alone (tcp_timewait_state_process).
  [
    ['time-wait reuse', 8, edit('tcp.flags', 4)],
    {says: 'told.refused.rstNext', host: 'server', thing: {packet: 8}},
  ],
  // A FIN is lost with the data that carry it.
  [
    ['why-four streaming', 12, drop],
    {says: 'told.things.lost', packet: 12, bytes: 620, seq: 13381, fin: true},
  ],
  // Data with an acknowledgment number that does not fit are answered.
  [
    ['why-four streaming', 6, edit('tcp.ack_raw', 6002)],
    {says: 'told.refused.ack', host: 'client', thing: {packet: 6}, answers: 9001, sentTo: 1001},
  ],
  // Two ends that disagree stop answering each other (Linux, tcp_invalid_ratelimit).
  [
    ['data-transfer wrap', 7, edit('tcp.flags', 17)],
    {says: 'told.refused.throttled', host: 'server', thing: {packet: 10}, sentTo: 9000},
  ],
  // An ACK of a number that nobody sent confirms nothing.
  [
    ['why-four unread', 2, edit('tcp.seq_raw', 8990)],
    {says: 'told.handshake.opened', host: 'client', ack: 8991, altered: true},
  ],
  // The TTL is that of the record that is named.
  [
    ['dns-cache alias', 7, overtaken(3)],
    {
      says: 'told.names.answers',
      type: 'CNAME',
      data: 'y.abc.com',
      ttl: 3600,
      type2: 'A',
      second: '203.0.113.80',
      ttl2: 300,
    },
  ],
  // The owner of a zone changes it. And another answer than before is told, however often the same was asked.
  [
    ['dns-cache planned', 7, drop],
    {says: 'told.names.edited', host: 'authority', name: 'y.abc.com', data: '203.0.113.81', ttl: 30},
    {says: 'told.names.answers', host: 'authority', name: 'y.abc.com', data: '203.0.113.81', ttl: 30},
  ],
  // An answer that is still on its way has not come for whoever asks again.
  [
    ['dns-iterative chain', 6, late(4_000_000)],
    {says: 'told.askedAgain', wait: '800 ms', replied: 'none', who: 'root', peer: 'com server'},
  ],
  // Of several connections the one is named whose data are acknowledged.
  [
    ['accept-queue greeting', 15, drop],
    {says: 'told.data.allAcknowledged', host: 'server', ack: 9041, anew: false},
    {says: 'told.data.ofPort', port: 50001},
  ],
  // Of two to the same port it is named, too (the SYN to the other address waits until 880 ms).
  [
    ['url-to-page dead', 13, damagedOnLink],
    {says: 'told.data.allAcknowledged', host: 'laptop', ack: 1238, anew: false},
    {says: 'told.data.ofPort', port: 53844},
  ],
  // It is named even if nothing else of its host waits for an ACK: other timers of it may run (RFC 9293 §3.4.2).
  [
    ['accept-queue longer', 3, drop],
    {says: 'told.data.allAcknowledged', host: 'visitor', ack: 2001, anew: false},
    {says: 'told.data.ofPort', port: 50001},
  ],
  // Of several senders only that of the late packet counts (the answer of the name server came first, too).
  [
    ['dns-transport forged', 2, late(700_000)],
    {says: 'told.heldUp', thing: {packet: 2}, overtaken: 2, of: 'sender', ago: '705 ms'},
  ],
  // A probe tells how long its bytes are under way, not how long its timer ran (200 ms to 600 ms).
  [
    ['url-to-page hosts', 7, drop],
    {says: 'told.again.probe', host: 'laptop', wait: '400 ms', anew: '300 ms', due: '900 ms'},
  ],
  // What comes after 50 ms, as the others do, is not late.
  [
    ['congestion base', 16, overtaken(1)],
    {says: 'told.overtaken', thing: {packet: 16}, overtaken: 1, of: 'all', idle: true},
  ],
  // Nobody waits for a lost ACK where another one is under way.
  [['rack-tlp hole-old', 17, drop], {says: 'told.notices.next', ack: 12001}],
  // A recovery that lowers cwnd step by step says how far (RFC 9937).
  [
    ['cubic both-reno', 20, drop],
    {says: 'told.again.cwnd', before: 13000, after: 12000, goal: 6000, host: 'rival', back: false},
  ],
  // Whoever had no room for an ACK has not waited for one in vain.
  [
    ['accept-queue never', 25, copy(2_000_000)],
    {says: 'told.closing.listensAgain', host: 'server', by: 'noRoom'},
  ],
  // The RST tells which number fits nothing (RFC 9293 §3.10.7.3).
  [
    ['handshake-loss none', 1, edit('tcp.seq_raw', 990)],
    {says: 'told.rst.badAck', host: 'client', ack: 991, thing: {packet: 2}},
  ],
  // What Nagle’s rule had kept back leaves with the ACK (RFC 9293 §3.7.4).
  [
    ['delayed-ack elsewhere', 5, late(700_000)],
    {says: 'told.data.released', host: 'client', why: 'nagle', bytes: 50, since: '20 ms'},
  ],
  // What had waited for the connection leaves as it opens; beside the opening it is told that something is missing.
  [
    ['data-transfer reorder', 1, drop],
    {says: 'told.data.released', host: 'client', why: 'opening', bytes: 3000, joins: true, since: '200 ms'},
    {says: 'told.handshake.accepts', host: 'server', peerOpen: true},
    {says: 'told.data.outOfOrder', ack: 1001, packet: 5, sack: true, missing: 1460, seq: 1001},
  ],
  // A program that has closed is not waited for: its FIN waits for a window (packet 21 says 0).
  [
    ['http-connections idle', 21, edit('tcp.window_size_value', 0)],
    {says: 'told.closing.peerCloses', host: 'client', ack: 9179, closes: true},
  ],
  // A fault that has no effect is told as that.
  [
    ['half-open keep-alive', 8, edit('tcp.window_size_value', 0)],
    {says: 'told.lost', thing: {packet: 8}, where: 'host down', idle: 'altered'},
    {says: 'told.notices.prober', host: 'client', at: '7575.100 s'},
  ],
  // The account tells it, too, where a lesson speaks of that loss in its own run.
  [
    ['loss-recovery base', 5, damagedOnLink],
    {says: 'told.lost', thing: {packet: 5}, idle: 'altered'},
    {says: 'told.notices.timer', host: 'client', data: true, at: '1.200 s'},
  ],
  // A request that is repeated waits for its connection.
  [
    ['http-request base', 5, edit('tcp.flags', 0x11)],
    {says: 'told.pages.retries', host: 'client', what: ['GET /sample/hello.jsp']},
  ],
  // It leaves at once where a connection is open.
  [
    ['http-connections parallel', 17, edit('tcp.flags', 0x1c)],
    {says: 'told.pages.retries', host: 'client', now: true, what: ['GET /3']},
  ],
  // A fault whose damage is found has had an effect.
  [
    ['handshake base', 2, damagedOnLink],
    {says: 'told.lost', thing: {packet: 2}, where: 'link check', idle: undefined},
    {says: 'told.notices.timer', host: 'server', data: true, at: '1.050 s'},
  ],
  // A SYN,ACK of another handshake is no copy, though its numbers are the same; nor is its repetition where it was lost.
  [
    ['why-three time-wait', 6, drop],
    {says: 'told.refused.below', host: 'client', thing: {packet: 9}, answers: 9002, again: true},
  ],
  [
    ['why-three time-wait', 8, drop],
    {says: 'told.refused.below', host: 'client', thing: {packet: 9}, answers: 9002, again: true},
  ],
  // A copy of the SYN,ACK that has opened the connection is not doubted (RFC 5961 §4.2).
  [
    ['delayed-ack quick-ack', 2, drop],
    {says: 'told.refused.duplicate', host: 'client', thing: {packet: 5}, answers: 9001, again: true},
  ],
  // New data that Nagle’s rule had kept back serve as a probe (RFC 8985 §7.3), and their ACK ends the doubt.
  [
    ['data-transfer wrap', 5, late(700_000)],
    {says: 'told.data.sends', host: 'client', seq: 5, bytes: 20, probe: true},
    {says: 'told.data.allAcknowledged', host: 'client', ack: 25, anew: false},
  ],
  // A timer that stops starts anew at once for what Nagle’s rule had kept back (RFC 6298 §5.1).
  [
    ['delayed-ack elsewhere', 5, drop],
    {says: 'told.data.allAcknowledged', ack: 1101, anew: true, timer: true, took: '10 ms', cwnd: 1460},
    {says: 'told.data.released', host: 'client', why: 'nagle', bytes: 50, since: '20 ms'},
  ],
];

testTold(some(rows, 8));

// What the texts of a lesson say is so in these runs, too: a copy, a delay or a loss changes nothing about it. The number is that of the beat.
const spoken = [
  ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102), 20],
  ['time-wait many', 24, copy(), 28],
  ['time-wait reuse', 2, overtaken(3), 39],
  ['time-wait old-data', 6, overtaken(1), 13],
  ['dns-cache negative', 4, late(700_000), 13],
  ['dns-cache planned', 7, drop, 22],
  ['dns-cache hosts', 4, drop, 28],
  ['dns-iterative base', 1, drop, 2],
  ['dns-iterative walk', 6, drop, 19],
  ['sliding-window scale', 5, drop, 17],
  ['refused filtered', 11, drop, 8],
  ['refused soft', 6, drop, 13],
  ['state-machine reset', 3, drop, 22],
] as const;

test.each(some(spoken, 4))('%s, packet %i: the lesson speaks', (name, packet, kind, beat) => {
  expect(spokenBeats(name, packet, kind)).toContain(beat);
});

test('of an answer that nobody sends it is not said that it is on its way', () => {
  expect(spokenBeats('state-machine reset', 1, drop)).not.toContain(22);
});

test('a copy whose bytes a program gets, where no lesson speaks', () => {
  const own = allRuns().find((each) => each.name === 'time-wait no-wait') ?? expect.fail();
  const told = toldBeside(traceOf(own), []);
  const at = told.findIndex(({says}) => says === 'copied');
  expect(told.slice(at, at + 3)).toMatchObject([
    {says: 'copied', facts: {packet: 4}},
    {says: 'ofEarlier', facts: {host: 'server', thing: {what: 'data'}}},
    {says: 'delivered', facts: {host: 'server', bytes: 100, ack: 1101}},
  ]);
});

test('what came under an altered number is no second time of what it is taken for, and leaves no gap behind the last byte', () => {
  const twice = toldWith('data-transfer base', 4, edit('tcp.seq_raw', 1501));
  expect(twice).not.toSay({says: 'told.data.cameTwice'});
  const told = toldWith('data-transfer base', 4, edit('tcp.seq_raw', 21_001));
  expect(told).toSay({says: 'told.data.gapFilled', ack: 4001, bytes: 3000, altered: false, open: undefined});
});

test('of a packet and its copy ICMP says the same, and that is told once', () => {
  const told = toldWith('refused linux-soft', 1, copy(30_000));
  expect(meaningsOf(told).filter(({says}) => says === 'told.icmp')).toHaveLength(1);
});

test('who has forgotten a connection answers with an RST of its own, and is not told to know nothing of it', () => {
  const told = toldWith('half-open base', 5, late(150_000));
  expect(told).toSay({says: 'told.closing.reset', host: 'client', from: 'ESTABLISHED', unaware: undefined});
});
