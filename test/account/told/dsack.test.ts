// What a D-SACK tells (RFC 2883 §4), and that a slowing down is undone by it as Linux does (tcp_try_undo_dsack, RFC 3708).
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {between, drop, edit, late, type Step, send, toldOf, twice} from './between-two.ts';

const one = [[1000, 'client', send(1000)]] as const;
const three = [[1000, 'client', send(4380)]] as const;
const more: Step = [1000, 'client', {call: 'send', bytes: 100, more: true}];
const fin: Step = [1000, 'client', {call: 'shutdown'}];
const ten = [[1000, 'client', send(14_600)]] as const;

const common = {host: 'client', peer: 'server', cwnd: undefined, often: false};

test.each<readonly [what: string, trace: () => Trace, told: readonly object[]]>([
  // The path makes a copy, which comes 10 ms later.
  [
    'a copy below the ack',
    () => between(one, {faults: {4: twice(10_000)}}),
    [{...common, atMs: 1110, seq: 1001, bytes: 1000, by: undefined}],
  ],
  [
    'a copy behind a gap',
    () => between(three, {faults: {4: drop, 6: twice(1000)}}),
    [{...common, atMs: 1101, seq: 3921, bytes: 1460, by: undefined}],
  ],
  // The ACK was lost, so a probe leaves after 300 ms.
  [
    'a probe, sent in vain',
    () => between(one, {faults: {5: drop}}),
    [{...common, atMs: 1400, seq: 1001, bytes: 1000, by: {second: 6, behind: undefined}}],
  ],
  // cwnd is again what it was: ten segments and that of the first ACK.
  [
    'late, and taken for lost',
    () => between(ten, {faults: {5: late(150)}}),
    [{...common, atMs: 1250, seq: 2461, bytes: 1460, by: {second: 5, behind: 23}, cwnd: 11 * 1460}],
  ],
  // Two ACKs were lost: it has come more than twice.
  [
    'a third time',
    () => between(one, {faults: {5: drop, 7: drop}}),
    [{...common, atMs: 1700, seq: 1001, bytes: 1000, often: true, by: {second: 8, behind: undefined}}],
  ],
  [
    'a copy of the D-SACK',
    () => between(one, {faults: {4: twice(10_000), 6: twice(5000)}}),
    [{...common, atMs: 1110, seq: 1001, bytes: 1000, by: undefined}],
  ],
  [
    'without SACK nobody says so',
    () => between(one, {server: {sack: false}, faults: {4: twice(10_000)}}),
    [],
  ],
  [
    'other bytes, same number',
    () => between([...one, [2000, 'client', send(50)]], {faults: {6: edit('tcp.seq_raw', 1001)}}),
    [],
  ],
  ['a FIN that comes twice', () => between([fin], {server: {acks: 'paced'}, faults: {4: twice(10_000)}}), []],
  // D-SACK names the number of the FIN, too (tcp_dsack_set).
  ['data with a FIN', () => between([more, fin], {server: {acks: 'paced'}, faults: {4: twice(10_000)}}), []],
  [
    'data without a FIN',
    () => between([more, fin], {faults: {4: twice(10_000)}}),
    [{...common, atMs: 1110, seq: 1001, bytes: 100, by: undefined}],
  ],
  ['SACK of a gap', () => between(three, {faults: {4: drop}}), []],
])('%s', (_what, trace, told) => {
  expect(toldOf(trace(), 'cameTwice')).toEqual(told);
});
