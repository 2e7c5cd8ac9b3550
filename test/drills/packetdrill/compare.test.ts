// What counts as the expected packet. Oracle: packetdrill's run_packet.c (verify_header, verify_outbound_live_tcp_options): field by
// field in the order of the header; what a script leaves out is not compared.
import {describe, expect, test} from 'vitest';
import {difference, type Rules} from '../../../source/drills/packetdrill/compare.ts';
import {learnStamp, noStamps} from '../../../source/drills/packetdrill/numbers.ts';
import type {PacketSpec} from '../../../source/drills/packetdrill/script.ts';
import {parsed} from './bench.ts';

const packet = (text: string): PacketSpec => {
  const action = parsed(`0 > ${text}`).events[0]?.action;
  if (action?.kind !== 'expect') throw new Error(`no packet: ${text}`);
  return action.packet;
};

const strict: Rules = {stamps: noStamps, tickUs: undefined, toleranceUs: 0};

const compared = (expected: string, came: string, rules = strict): string =>
  difference(packet(expected), packet(came), rules)?.en ?? 'the same';

test.each([
  ['S. 0:0(0) ack 1 win 5 <mss 1460>', 'S. 0:0(0) ack 1 win 5 <mss 1460>', 'the same'],
  ['P. 1:11(10) ack 1', '. 1:11(10) ack 1', 'the flags differ'],
  ['. 1:11(10) ack 1', '. 2:11(9) ack 1', 'sequence number: expected 1, got 2'],
  ['. ...(10) ack 1', '. 2:12(10) ack 1', 'the same'],
  ['. 1:11(10) ack 1', '. 1:10(9) ack 1', 'payload length: expected 10, got 9'],
  ['. 1:1(0) ack 5', '. 1:1(0) ack 4', 'acknowledgment number: expected 5, got 4'],
  ['. 1:1(0) ack 5 win 7', '. 1:1(0) ack 5', 'window: expected 7, got 0'],
  ['. 1:1(0) ack 5', '. 1:1(0) ack 5 win 7', 'the same'],
  ['. 1:1(0) ack 5 win 7 urg 2', '. 1:1(0) ack 5 win 7 urg 3', 'urgent pointer: expected 2, got 3'],
  ['. 1:1(0) ack 5 <...>', '. 1:1(0) ack 5 <mss 1460>', 'the same'],
  ['S 0:0(0)', 'S 0:0(0) <mss 1460>', 'header length: expected 20, got 24'],
  ['S 0:0(0) <mss 1460,nop,nop,sackOK>', 'S 0:0(0) <mss 1460>', 'header length: expected 28, got 24'],
  ['S 0:0(0) <mss 1460>', 'S 0:0(0) <mss 1400>', 'the mss option differs'],
  ['S 0:0(0) <nop,wscale 6>', 'S 0:0(0) <nop,wscale 7>', 'the windowScale option differs'],
  ['S 0:0(0) <nop,nop,sackOK>', 'S 0:0(0) <nop,nop,sackOK>', 'the same'],
  ['S 0:0(0) <nop,wscale 6>', 'S 0:0(0) <wscale 6,nop>', 'the options differ in kind, number or order'],
  ['. 1:1(0) ack 1 <nop,nop,sack 1:2>', '. 1:1(0) ack 1 <nop,nop,sack 1:2>', 'the same'],
  ['. 1:1(0) ack 1 <nop,nop,sack 1:2>', '. 1:1(0) ack 1 <nop,nop,sack 1:3>', 'the sack option differs'],
  ['. 1:1(0) ack 1 <nop,nop,sack 1:2>', '. 1:1(0) ack 1 <nop,nop,sack 0:2>', 'the sack option differs'],
  [
    '. 1:1(0) ack 1 <nop,nop,sack 1:2>',
    '. 1:1(0) ack 1 <nop,nop,sack 1:2 3:4>',
    'header length: expected 32, got 40',
  ],
  ['. 1:1(0) ack 1 <nop,nop,TS val 5 ecr 6>', '. 1:1(0) ack 1 <nop,nop,TS val 9 ecr 9>', 'the same'],
])('%s: what came is %s', (expected, came, told) => expect(compared(expected, came)).toBe(told));

describe('timestamps, where a script says how long a tick is', () => {
  const stamped = (val: number) => `. 1:1(0) ack 1 <nop,nop,TS val ${val} ecr 6>`;
  // The stack's clock began at 5000 where the script says 100.
  const stamps = learnStamp(noStamps, packet(stamped(100)), packet(stamped(5000)));
  const rules = {stamps, tickUs: 1000, toleranceUs: 4000};
  test.each([
    [110, 5010, 'the same'],
    [110, 5014, 'the same'],
    [110, 5015, 'the timestamp differs'],
    [110, 5006, 'the same'],
    [110, 5005, 'the timestamp differs'],
  ])('%i is expected, %i came', (expected, came, told) =>
    expect(compared(stamped(expected), stamped(came), rules)).toBe(told),
  );
  test('around the end of the numbers', () => {
    const late = learnStamp(noStamps, packet(stamped(100)), packet(stamped(2 ** 32 - 1)));
    expect(compared(stamped(102), stamped(1), {...rules, stamps: late, toleranceUs: 0})).toBe('the same');
  });
});

test.each([
  ['noecn', 'noecn', 'the same'],
  ['ect0', 'ect0', 'the same'],
  ['ect01', 'ect0', 'the same'],
  ['ect01', 'noecn', 'ECN bits: expected ect01, got noecn'],
  ['ect1', 'ect0', 'ECN bits: expected ect1, got ect0'],
  ['ect0', 'noecn', 'ECN bits: expected ect0, got noecn'],
])('[%s] is expected, [%s] came', (expected, came, told) =>
  expect(compared(`[${expected}] . 1:1(0) ack 1`, `[${came}] . 1:1(0) ack 1`)).toBe(told),
);

test('who names no ECN bits does not ask for any', () => {
  expect(compared('. 1:1(0) ack 1', '[ect0] . 1:1(0) ack 1')).toBe('the same');
});
