// Which of a few segments has been altered. Oracle: the figures of RFC 9293 (6, 8 and 12) with one number changed by hand, and what the
// same lines may be besides.
import {expect, test} from 'vitest';
import type {Part} from '../../source/account/part.ts';
import {alteredIn} from '../../source/quiz/altered-line.ts';
import type {PromptPacket} from '../../source/quiz/prompt.ts';
import {flagOrder} from '../../source/wire/tcp.ts';

/** `a SYN,ACK 300 101 20`: who sends, flags, seq, ack and octets. */
const lineOf = (line: string, index: number): PromptPacket => {
  const [from = '', flags = '', seq = '', ack, octets] = line.split(' ');
  const parts: readonly Part[] = [
    {kind: 'flags', flags: flagOrder.filter((flag) => flags.split(',').includes(flag))},
    {kind: 'number', field: 'seq', value: Number(seq)},
    ...(ack === undefined ? [] : [{kind: 'number', field: 'ack', value: Number(ack)} as const]),
    ...(octets === undefined ? [] : [{kind: 'length', octets: Number(octets)} as const]),
  ];
  return {kind: 'packet', number: index + 1, from, to: from === 'a' ? 'b' : 'a', parts};
};

const altered = (...lines: readonly string[]) => alteredIn(lines.map(lineOf))?.line.number;

test('one of four, whatever number of it', () => {
  const open = ['a SYN 100', 'b SYN,ACK 300 101'] as const;
  expect(altered(...open, 'a ACK 121 301', 'a PSH,ACK 101 301 50')).toBe(3);
  expect(altered(...open, 'a ACK 101 311', 'a PSH,ACK 101 301 50')).toBe(3);
  expect(altered('a ACK 101 301 100', 'b ACK 301 202', 'b ACK 301 201 200', 'a ACK 201 501')).toBe(2);
  expect(altered('a ACK 101 301 100', 'b ACK 301 201', 'b ACK 302 201 200', 'a ACK 201 301')).toBe(3);
  expect(altered('b ACK 301 101', 'b ACK 301 101 200', 'a ACK 101 481', 'a ACK 101 501 150')).toBe(3);
});

test('none has to be', () => {
  expect(altered('a SYN 100', 'b SYN,ACK 300 101', 'a ACK 101 301', 'a PSH,ACK 101 301 50')).toBeUndefined();
});

// Figure 8: an altered SYN is believed, so that its answer does not tell which of the two of that end was.
test('two SYNs of one end that differ: either may be', () => {
  const [mine, theirs] = ['a SYN 100', 'b SYN 301'] as const;
  expect(altered(mine, theirs, 'b SYN,ACK 300 101', 'a SYN,ACK 100 302')).toBeUndefined();
  expect(altered(mine, theirs, 'b SYN,ACK 301 103', 'a SYN,ACK 100 302')).toBe(3);
});
