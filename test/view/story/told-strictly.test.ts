// What is told of runs with a fault of the reader's, where a strict reading by the RFCs found it false or missing.

import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {seq as asSeq, seqDiff} from '../../../source/wire/seq.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {segmentOf} from '../../helpers/claims/seen.ts';
import {meaningsOf} from '../../helpers/meaning.ts';
import {asksOthers, some} from '../../helpers/seeds.ts';
import {
  copy,
  damaged,
  damagedOnLink,
  drop,
  edit,
  expectNeeded,
  overtaken,
  spokenBeats,
  type ToldRow,
  testTold,
  toldAlone,
  toldWith,
} from './told-with.ts';

const rows: readonly ToldRow[] = [
  // Without PRR cwnd is ssthresh and three segments for three duplicates, and does not move (RFC 5681 §3.2, RFC 6582).
  [
    ['congestion base', 39, copy()],
    {says: 'told.again.cwnd', before: 53000, after: 29500, threshold: 26500, host: 'client', back: false},
  ],
  // What RACK took for lost before waits for cwnd alone (RFC 8985 §6.2, RFC 9937).
  [['cubic both-reno', 20, drop], {says: 'told.again.held', host: 'client', thing: {packet: 188}, sacked: 5}],
  // A FIN that the path has set is none of the client, which goes on (RFC 9293 §3.10.7.4); data behind it get no answer.
  [
    ['congestion sack', 39, edit('tcp.flags', 17)],
    {
      says: 'told.closing.peerCloses',
      ack: 27002,
      byte: 27001,
      forged: {says: 'told.closing.takesFin', peer: 'client'},
    },
    {says: 'told.closing.ignoresText', host: 'server', thing: {packet: 92}},
  ],
  // Nothing has left, and no window was closed: the one that the client was told of was altered (RFC 9293 §3.8.6.1).
  [
    ['data-transfer delayed', 2, edit('tcp.window_size_value', 0)],
    {says: 'told.windows.persist', host: 'client', data: true, at: '500 ms'},
    {says: 'told.data.released', host: 'client', why: 'closed', bytes: 3000, since: '200 ms'},
  ],
  // The last of the 10000 bytes of 200 ms: the window was full for them until another ACK closed it (RFC 9293 §3.8.6).
  [
    ['sliding-window lost-update', 20, drop],
    {says: 'told.data.released', why: 'closed', once: true, bytes: 2000, since: '200 ms', from: '2.927 s'},
  ],
  // A FIN may bring the ACK of the handshake (RFC 9293 §3.10.7.4, fifth check).
  [
    ['why-three time-wait', 3, drop],
    {says: 'told.closing.peerCloses', host: 'server', ack: 1002, closes: true, opens: 9001},
  ],
  // Others were repeated three times before; what the fault brings is no less news (RFC 6298 §5).
  [
    ['syn-flood timer', 25, drop],
    {says: 'told.again.timer', host: 'server', wait: '1 s', due: '10.55 s'},
    {says: 'told.again.needless.missing', what: 'SYNACK'},
  ],
  // Of several connections the one is named that is asked for (RFC 9293 §3.4: each counts from a number of its own).
  [
    ['accept-queue base', 8, drop],
    {says: 'told.handshake.answersSyn', host: 'server', seq: 9000, ack: 4001, renewed: false},
    {says: 'told.data.ofPort', port: 50003},
  ],
  // The one whose ACK is lost is named where three have the same number.
  [
    ['http-connections parallel', 15, drop],
    {says: 'told.notices.next', ack: 1043},
    {says: 'told.data.ofPort', port: 54147},
  ],
  // Where a second gap follows not all that was missing has come (RFC 5681 §4.2).
  [
    ['loss-recovery with-sack', 19, drop],
    {says: 'told.data.gapFilled', host: 'server', ack: 4001, bytes: 2000, open: 'behind'},
  ],
  // Of several gaps it is the lowest each time. And nobody knows what a probe finds out (RFC 8985 §7.4).
  [
    ['cubic both-reno', 3, damagedOnLink],
    {says: 'told.data.gapFilled', host: 'server', ack: 66001, bytes: 2000, open: 'behind'},
    {says: 'told.data.sends', host: 'client', seq: 11001, bytes: 1000, probe: true},
  ],
  // In FIN-WAIT-2 an end waits for a FIN, which may have been sent long ago (RFC 9293 §3.3.2).
  [['simultaneous-close base', 9, drop], {says: 'told.closing.finAcknowledged', host: 'client', kept: false}],
  // It has one that does not count while something before it is missing (RFC 9293 §3.10.7.4, eighth check).
  [['https-tls12 rsa', 14, drop], {says: 'told.closing.finAcknowledged', host: 'server', kept: true}],
  // Where the rest of the gap is missing, the gap is not filled.
  [
    ['data-transfer reorder', 5, drop],
    {says: 'told.data.gapFilled', host: 'server', ack: 2461, bytes: 1460, open: 'here'},
  ],
  // What a closed window keeps back has not left (RFC 9293 §3.8.6.1). And who alters one field had altered another before.
  [
    ['https-why https-edited', 12, edit('tcp.window_size_value', 0)],
    {says: 'told.secured.alertSent', host: 'client', name: 'bad_record_mac', fatal: true, waits: true},
    {says: 'told.windows.persist', host: 'client', data: true, at: '600 ms'},
    {says: 'told.altered.mended', host: 'mitm', told: 'tcp.window_size_value 502 ▸ 0', more: 1},
  ],
  // No packet shows what makes room in a full queue (listen(2), accept(2)).
  [
    ['accept-queue base', 8, drop],
    {says: 'told.handshake.takesConnections', host: 'server', taken: 3, frees: true},
  ],
  // A server closes an idle connection (RFC 9112 §9.5).
  [
    ['http-connections parallel', 15, drop],
    {says: 'told.closing.closes', host: 'server', seq: 9178, idle: '15 s', answered: true},
  ],
  // Whoever has kept a FIN acknowledges it, not whoever sent it (RFC 9293 §3.10.7.4).
  [
    ['https-tls13 early', 55, drop],
    {says: 'told.closing.peerCloses', host: 'thief', late: 'gap', ack: 19388},
  ],
  // It waits for no close where its ACK travels with a FIN of its own (RFC 9293 §3.10.4).
  [
    ['cookies-session sizes', 14, drop],
    {says: 'told.closing.peerCloses', host: 'browser', peer: 'shop', ack: undefined, closes: true},
  ],
  // The next ACK acknowledges what one with an old number was to acknowledge.
  [
    ['congestion sack', 21, edit('tcp.seq_raw', 8991)],
    {says: 'told.refused.below', host: 'client', thing: {packet: 21}, answers: 9001, next: 10001},
  ],
  // A router that filters is no firewall (RFC 3704 §2.2).
  [
    ['syn-flood filter', 2, damagedOnLink],
    {says: 'told.lost', thing: {packet: 3}, where: 'spoofed'},
    {says: 'told.things.lost', packet: 3, forged: {by: 'attacker', address: '192.0.2.103'}},
  ],
  // Whoever has not received an RST keeps a connection that nobody else has (RFC 9293 §3.5.1).
  [['why-three two-way', 3, drop], {says: 'told.notices.keeper', host: 'server', sender: 'client'}],
  // A cookie is all that is kept of a SYN (RFC 4987 §3.6).
  [['syn-flood always', 3, drop], {says: 'told.handshake.sendsCookie', host: 'server', seq: 1459058059}],
  // Handshakes that are not finished fill the queue, and the next SYN gets a cookie (RFC 4987 §3.6).
  [
    ['syn-flood cookies', 7, damagedOnLink],
    {says: 'told.handshake.sendsCookie', host: 'server', seq: 3234820849, full: true},
  ],
  // The echo of a mark slows the sender down (RFC 3168 §6.1.2).
  [['congestion marked', 60, damaged], {says: 'told.marks.heeds', host: 'client', ssthresh: 25500}],
  // An end tells how often it has tried (RFC 9293 §3.8.3).
  [
    ['congestion sack', 39, edit('tcp.flags', 17)],
    {says: 'told.closing.givesUp', error: 'ETIMEDOUT', repeated: 6, answers: 'none'},
  ],
  // A link goes down and comes back.
  [
    ['congestion outage', 39, copy()],
    {says: 'told.power.linkDown', host: 'client', peer: 'server', underWay: true},
    {says: 'told.power.linkUp', host: 'client', peer: 'server'},
  ],
  // The second question of keep-alive is no first one (RFC 9293 §3.8.4); whoever gives up had a connection (RFC 9293 §3.8.3).
  [
    ['half-open keep-alive', 5, overtaken(1)],
    {says: 'told.windows.keepAlive', host: 'client', peer: 'server', nth: 2},
    {says: 'told.notices.ended', host: 'client'},
  ],
  // Who closes before the SYN,ACK comes has no connection any more when it answers that (RFC 9293 §3.10.4).
  [['state-machine reset', 3, drop], {says: 'told.notices.ended', host: 'client'}],
  // Nor has who answers without a record of it (the state that the server has left in the run).
  [['accept-queue reset', 15, drop], {says: 'told.notices.ended', host: 'server'}],
  // Nor who has lost it by a crash (RFC 9293 §3.5.1).
  [['half-open base', 5, drop], {says: 'told.notices.ended', host: 'server'}],
  // But this one never had any (RFC 9293 §3.10.7.1).
  [['refused base', 2, drop], {says: 'told.notices.gone', host: 'server'}],
  // What is altered and lost behind a router has come to nobody (RFC 1812 §2.2.1).
  [
    ['cubic beside', 26, edit('tcp.seq_raw', 13_991)],
    {says: 'told.data.gapFilled', host: 'server', ack: 24001, bytes: 10000, altered: false},
  ],
  // A SYN of the next connection is no old one, whatever its number (RFC 9293 §3.4.3).
  [
    ['time-wait no-wait', 7, drop],
    {says: 'told.handshake.answersSyn', host: 'server', seq: 9000, ack: 1001, renewed: false},
  ],
  // An answer that says again what was said acknowledges nothing new (RFC 9293 §3.10.7.4).
  [
    ['loss-recovery with-sack', 14, edit('tcp.ack_raw', 7001)],
    {says: 'told.closing.givesUp', error: 'ETIMEDOUT', repeated: 6, answers: 'old'},
  ],
  // What is lost may have left again by then: with the ACK of the SYN that crossed it (RFC 9293 Fig. 7).
  [
    ['state-machine crossing', 2, damaged],
    {says: 'told.lost', thing: {packet: 2}, where: 'checksum', altered: true},
    {says: 'told.notices.timer', host: 'server', at: '1.000 s', resent: 3},
  ],
  // But what is to leave at that same time, behind the loss, has not left again (events 9 and 12 of the run).
  [
    ['simultaneous-open base', 1, damagedOnLink],
    {says: 'told.lost', thing: {packet: 1}, where: 'link check'},
    {says: 'told.notices.timer', host: 'host a', data: false, at: '1.000 s', resent: undefined},
  ],
  // A SYN that came with another number has not come, and its next copy is no old one (RFC 9293 §3.10.7.2).
  [
    ['delayed-ack bulk', 1, edit('tcp.seq_raw', 990)],
    {says: 'told.handshake.answersSyn', host: 'server', seq: 9000, ack: 1001, renewed: false},
  ],
  // Of several that are lost together one was sent again (RFC 5681 §3.2).
  [['congestion outage', 28, drop], {says: 'told.lost', more: 11, last: 74, repeated: 1, again: 73}],
  // An old SYN asks anew where its connection is over (RFC 9293 §3.4.1).
  [
    ['why-four streaming', 1, copy(2_000_000)],
    {says: 'told.handshake.answersSyn', host: 'server', seq: 9000, ack: 1001, renewed: true},
  ],
  // A queue that this handshake fills is told, even if others have asked before.
  [
    ['syn-flood cookies', 4, drop],
    {says: 'told.handshake.answersSyn', host: 'server', ack: 1001, fills: true, renewed: false},
    {says: 'told.data.ofPort', port: 40000},
  ],
];

// Simulating one of the runs of `cubic` with a fault takes as long as all others together.
const quick = rows.filter(([[name]]) => asksOthers() || !name.startsWith('cubic '));
testTold(some(quick, 8));

test('no connection is named by a port that another one has, too', () => {
  const told = toldAlone('syn-flood alive', 3, edit('tcp.window_size_value', 0));
  expect(told).toSay({says: 'told.closing.listensAgain', host: 'server', by: 'rst', frees: true});
  expect(told).toSay({says: 'told.data.withEnd', end: '192.0.2.10:15568'});
  expect(told).not.toSay({says: 'told.data.ofPort', port: 15568});
});

test('of SYN,ACKs to forged addresses each is lost at its own, and says of which connection it is (the drops of the run)', () => {
  const told = toldWith('syn-flood alive', 12, drop).split('\n').map(meaningsOf);
  const lost = (address: string, connection: object) =>
    expect(told).toContainEqual([
      expect.objectContaining({says: 'told.lost', where: 'nobody', address}),
      connection,
    ]);
  lost('203.0.113.1', {says: 'told.data.withEnd', end: '203.0.113.1:15568'});
  lost('203.0.113.2', {says: 'told.data.ofPort', port: 15569});
});

test('what is lost at one time for want of its address is told with none that goes to another (the drops of the run)', () => {
  const told = toldWith('syn-flood recycle', 2, overtaken(2));
  for (const address of ['203.0.113.1', '203.0.113.3', '203.0.113.4'])
    expect(told).toSay({says: 'told.lost', where: 'nobody', address, more: 0});
  const copied = toldWith('syn-flood backlog', 1, copy());
  expect(copied).toSay({says: 'told.lost', where: 'nobody', address: '203.0.113.1', more: 1, last: 6});
});

test('the server computes no premaster secret of what it throws away (RFC 5246 §8.1)', () => {
  const faulted = ['https-tls12 ecdhe', 6, edit('tcp.flags', 25)] as const;
  expect(toldWith(...faulted)).toSay({says: 'told.refused.ack', host: 'server', sentTo: 11_223});
  expect(spokenBeats(...faulted)).not.toContain(17);
});

test('a SYN that had come under another number alone is no old one (RFC 9293 §3.10.7.2)', () => {
  const told = toldWith('rack-tlp intact', 1, edit('tcp.seq_raw', 990));
  expect(told).toSay({says: 'told.handshake.answersSyn', host: 'server', seq: 9000, ack: 1001});
  expect(told).not.toSay({says: 'told.handshake.answersSyn', renewed: true});
});

test('other runs are not measured against one in which a packet was late', () => {
  const faulted = ['handshake-loss none', 2, overtaken(3)] as const;
  expect(toldWith(...faulted)).toSay({says: 'told.heldUp', thing: {packet: 2}});
  expect(spokenBeats(...faulted)).not.toContain(34);
});

test('an ACK is not missing that cannot come, and that SACK has stood in for (RFC 2018 §3)', () => {
  const told = toldWith('cubic close-by', 55, edit('tcp.ack_raw', 26001));
  expect(told).toSay({says: 'told.again.timer', host: 'client', seq: 26_001});
  expectNeeded(told);
});

test('the last segment is in no SACK: it is repeated unasked (RFC 6675 §4, NextSeg rule 4)', () => {
  const own = allRuns().find(({name}) => name === 'congestion queue') ?? expect.fail();
  const trace = traceOf(own);
  const events = [...trace.events()];
  const again = events.filter(
    (event): event is Extract<TraceEvent, {kind: 'send'}> => event.kind === 'send' && event.retransmission,
  );
  const isShown = ({n, packet}: {readonly n: number; readonly packet: number}): boolean => {
    const {seq} = segmentOf(trace, packet) ?? expect.fail();
    const heard = events.filter((event) => event.kind === 'arrive' && event.host === 'client' && event.n < n);
    return heard.some((event) => {
      const options = (event.kind === 'arrive' && segmentOf(trace, event.packet)?.options) || [];
      return options.some(
        (option) => option.kind === 'sack' && option.blocks.some(({right}) => seqDiff(right, asSeq(seq)) > 0),
      );
    });
  };
  const shown = again.filter(isShown).length;
  expect(shown).toBe(again.length - 1);
  const told = withCommentary(trace, bindBeats(own.lesson, own.run.name, trace).beats)
    .map((beat) => (beat.kind === 'narration' ? beat.say.en : ''))
    .join('\n');
  expect(told).toContain(`SACK showed ${shown} holes`);
});
