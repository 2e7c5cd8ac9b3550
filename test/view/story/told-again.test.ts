// What is sent again: whether it was needed, what goes with it, and what came before it that did not count.

import {expect, test} from 'vitest';
import {
  damaged,
  damagedOnLink,
  drop,
  edit,
  expectNeeded,
  late,
  overtaken,
  spokenBeats,
  testTold,
  toldAlone,
  toldWith,
} from './told-with.ts';

// Whether what was sent again had arrived.
testTold([
  // One of those that had left is to come, of which another was lost (its SYN has come twice).
  [
    ['handshake-loss syn', 3, damaged],
    {says: 'told.again.needless.lateNamed', what: 'SYNACK', late: 5, timer: true},
  ],
  // It has come, and its ACK is to come.
  [['why-four three', 3, drop], {says: 'told.again.needless.acknowledged', what: 'SYNACK', coming: true}],
  // Its ACK is under way, and old when it comes, as the repetition has brought another one.
  [
    ['cookies-session base', 11, late(700_000)],
    {says: 'told.again.needless.acknowledged', what: 'FIN', coming: true},
  ],
  // It has come, and SACK that names it is to come (RFC 2018 §3).
  [['rack-tlp again-old', 51, drop], {says: 'told.again.needless.acknowledged', what: 'data'}],
  // It has come, and no ACK of it is to come: the repetition brings another one.
  [['handshake base', 2, drop], {says: 'told.again.needless.missing', what: 'SYN'}],
  // Data and a FIN that carried the ACK are missing as well (the response; RFC 9293 §3.4).
  [
    ['https-tls12 rsa', 10, drop],
    {says: 'told.again.needless.carried', what: 'data', bearers: 1, last: 10, ended: 'lost'},
  ],
  // A bare ACK was lost before that: neither is the only one missing.
  [
    ['simultaneous-close lost-ack', 10, drop],
    {says: 'told.again.needless.carried', what: 'FIN', bearers: 2, last: 10, ended: 'lost'},
  ],
  // A full accept queue has no room for four that carry the ACK of a handshake (12, 13, 14 and 16).
  [
    ['accept-queue base', 17, drop],
    {says: 'told.again.needless.carried', what: 'SYNACK', bearers: 4, last: 16, ended: 'thrown'},
  ],
  // An ACK that is damaged does not count (RFC 9293 §3.1).
  [
    ['https-tls13 retry', 27, damaged],
    {says: 'told.again.probe', host: 'client', due: '3.100 s', thrown: 'damaged'},
    {says: 'told.again.needless.known', what: 'FIN', bearers: 0},
  ],
  // Nor does one of what was never sent (RFC 9293 §3.10.7.4), as after a FIN that the path has set.
  [
    ['cookies-session base', 4, edit('tcp.flags', 0x19)],
    {says: 'told.again.needless.carried', what: 'data', bearers: 5, last: 11, coming: true},
  ],
]);

test.each([
  ['handshake base', 1, drop],
  // An earlier connection of the same ports has had its numbers.
  ['why-three time-wait', 8, damaged],
] as const)('what was lost is sent again for good reason: %s', (name, packet, kind) => {
  const told = toldWith(name, packet, kind);
  expect(told).toSay({says: 'told.again.timer'});
  expectNeeded(told);
});

// An answer has come, and does not count.
testTold([
  // The ACK of the FIN was damaged.
  [
    ['https-tls13 retry', 27, damaged],
    {
      says: 'told.again.probe',
      host: 'client',
      wait: '400 ms',
      anew: '2.500 s',
      due: '3.100 s',
      thrown: 'damaged',
    },
  ],
  // Several of them acknowledge what was never sent (RFC 9293 §3.10.7.4).
  [
    ['cookies-session base', 4, edit('tcp.flags', 0x19)],
    {says: 'told.again.probe', host: 'browser', wait: '300 ms', due: '700 ms', thrown: 'several'},
  ],
  // Its number does not fit.
  [
    ['simultaneous-close lost-ack', 10, edit('tcp.seq_raw', 109_201)],
    {says: 'told.again.probe', host: 'client', wait: '300 ms', due: '1.600 s', thrown: 'refused'},
  ],
  // A response of DNS is damaged.
  [
    ['dns-cache negative', 3, damaged],
    {says: 'told.askedAgain', replied: 'damaged', who: 'resolver', peer: 'root', same: false},
  ],
]);

testTold([
  // What goes with it in the same instant is named.
  [
    ['congestion outage', 6, drop],
    {says: 'told.again.rest', seq: 18_001, others: {packets: [48], range: {seq: 19_001}}},
  ],
  // Nothing new is there: that is not told as if something kept it back (RFC 6675 §4, NextSeg, rule 2).
  [
    ['rack-tlp late-old', 35, damaged],
    {says: 'told.again.rescue', host: 'server', seq: 28_001, unsent: false},
  ],
  // It was sent three times, the first of them lost: D-SACK tells which of the others came in vain (RFC 2883 §4).
  [
    ['rack-tlp alone', 26, drop],
    {says: 'told.data.cameTwice', host: 'server', seq: 18_001, bytes: 1000, second: 27},
  ],
  // A repetition is lost, too, and told as that (RFC 8985 §6.2: what counts is when it was sent last).
  [
    ['cubic both-reno', 20, damagedOnLink],
    {says: 'told.again.later', host: 'rival', seq: 61_001, window: 'recovery', repetition: 474},
  ],
]);

test('which error tells that a SYN is thrown away (RFC 792: port unreachable), and that only the error is that of a closed port', () => {
  const faulted = ['refused rejected', 2, overtaken(2)] as const;
  expect(toldAlone(...faulted)).toSay({says: 'told.notices.refusal', sender: 'client', type: 3, code: 3});
  expect(spokenBeats(...faulted)).toContain(11);
});
