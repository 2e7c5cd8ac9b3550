// Which of a few segments has been altered. Oracle: the figures of RFC 9293 (6, 8 and 12) with one number changed by hand, and what the
// same lines may be besides.
import {expect, test} from 'vitest';
import type {Part} from '../../source/account/part.ts';
import {alteredIn, mendedIn} from '../../source/quiz/altered-line.ts';
import type {PromptPacket} from '../../source/quiz/prompt.ts';
import {flagOrder} from '../../source/wire/tcp.ts';
import {about, questionsOf} from './asked-runs.ts';

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

const mended = (...lines: readonly string[]) => {
  const told = lines.map(lineOf);
  const odd = alteredIn(told);
  const found = odd && mendedIn(told, odd);
  return found && `${found.right} ${found.how} ${found.by}`;
};

test('the true number, and the line that shows it', () => {
  const open = ['a SYN 100', 'b SYN,ACK 300 101'] as const;
  expect(mended(...open, 'a ACK 121 301', 'a PSH,ACK 101 301 50')).toBe('101 ends 1');
  expect(mended(...open, 'a ACK 101 311', 'a PSH,ACK 101 301 50')).toBe('301 ends 2');
  expect(mended('a ACK 101 301 100', 'b ACK 301 201', 'b ACK 302 201 200', 'a ACK 201 301')).toBe(
    '301 ends 2',
  );
});

test('where it stands among the rows does not tell it', () => {
  const asked = ['data-transfer', 'teardown', 'delayed-ack'].flatMap((run) =>
    questionsOf(about(run), 'spot-faulty'),
  );
  const places = asked.map(({prompt, evidence}) =>
    prompt
      .flatMap((line) => ('kind' in line && line.kind === 'packet' ? [line.number] : []))
      .indexOf(evidence.packet),
  );
  expect(new Set(places).size).toBeGreaterThan(2);
});
