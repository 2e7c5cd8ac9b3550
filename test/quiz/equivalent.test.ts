// Answers that mean the same, sums and times as replies write them, flags as tshark prints them. Oracles: curriculum's names of states
// by tool, arithmetic modulo 2^32 (RFC 9293 §3.4), bits of RFC 9293 §3.1.
import {expect, test} from 'vitest';
import {canonical} from '../../source/quiz/equivalent.ts';
import {flagBits} from '../../source/quiz/flag-bits.ts';
import {spanText, sumText} from '../../source/quiz/sums.ts';
import {lengthText, secondsAs} from '../../source/quiz/times.ts';

test.each([
  ['0x10', '16'],
  ['0X1f', '31'],
  ['0x', '0x'],
  ['007', '7'],
  ['0', '0'],
  ['000', '0'],
  [' 12 ', '12'],
  ['１２', '12'],
  ['SYN , ACK', 'syn,ack'],
  ['SYN，ACK', 'syn,ack'],
  ['SYN、ACK', 'syn,ack'],
  ['a；b：c', 'a;b:c'],
  ['a　b', 'a b'],
  ['a   b', 'a b'],
  ['SYN_SENT', 'syn-sent'],
  ['SYN SEND', 'syn-sent'],
  ['SYN_RECV', 'syn-received'],
  ['syn-rcvd', 'syn-received'],
  ['SynReceived', 'syn-received'],
  ['ESTAB', 'established'],
  ['FIN_WAIT1', 'fin-wait-1'],
  ['FIN-WAIT-2', 'fin-wait-2'],
  ['closewait', 'close-wait'],
  ['LAST_ACK', 'last-ack'],
  ['time-wait', 'time-wait'],
  ['UNCONN', 'closed'],
  ['CLOSE', 'closed'],
  ['closing', 'closing'],
])('%j is %j', (given, meant) => {
  expect(canonical(given)).toBe(meant);
  expect(canonical(meant)).toBe(meant);
});

test('sums that pass the end of the numbers say so', () => {
  expect(sumText(100, 20)).toBe('100 + 20 = 120');
  expect(sumText(4_294_967_295, 0)).toBe('4294967295 + 0 = 4294967295');
  expect(sumText(4_294_967_295, 1)).toBe('4294967295 + 1 − 2^32 = 0');
  expect(spanText(300, 20, 100)).toBe('300 + 20 − 100 = 220');
  expect(spanText(80, 20, 100)).toBe('80 + 20 − 100 = 0');
  expect(spanText(79, 20, 100)).toBe('79 + 20 − 100 + 2^32 = 4294967295');
});

test('instants of one question have the decimals that the most exact of them needs', () => {
  const shown = (...all: readonly number[]) => all.map(secondsAs(all)).join(', ');
  expect(shown(1_000_000, 2_000_000)).toBe('1 s, 2 s');
  expect(shown(1_000_000, 2_500_000)).toBe('1.0 s, 2.5 s');
  expect(shown(10_000, 100)).toBe('0.0100 s, 0.0001 s');
  expect(shown(1)).toBe('0.000001 s');
  expect(shown(0)).toBe('0 s');
});

test('how long: in full', () => {
  expect([0, 1500, 999_999, 1_000_000, 1_500_000].map(lengthText)).toEqual([
    ...['0 ms', '1.5 ms', '999.999 ms', '1 s', '1.5 s'],
  ]);
});

test('flags by their bits', () => {
  expect(['SYN', 'SYN,ACK', 'FIN,ACK', 'RST', 'PSH,ACK', 'URG', 'ECE,CWR', ''].map(flagBits)).toEqual([
    ...['0x0002', '0x0012', '0x0011', '0x0004', '0x0018', '0x0020', '0x00c0', '0x0000'],
  ]);
});
