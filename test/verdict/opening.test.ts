// How connections open, by captures of known causes: each finding where it has to be, and not where the cause is another one.
import {expect, test} from 'vitest';
import {findingTable} from '../../source/verdict/ids.ts';
import {found} from './causes.ts';

const opening = Object.keys(findingTable).slice(0, 11);
const openings = (name: string, alter = {}) => found(opening, name, alter);

test('SYNs without an answer, from a client that tries again; one SYN at the end of a capture says nothing', () => {
  expect(openings('syn-unanswered')).toEqual(['syn-unanswered 1 unknown']);
  expect(openings('syn-unanswered', {keep: (frame: number) => frame === 1})).toEqual([]);
});

test('a SYN that is answered in the end; answered at once it is none', () => {
  expect(openings('syn-repeated')).toEqual(['syn-repeated 1 unknown']);
  expect(openings('syn-repeated', {keep: (frame: number) => frame > 2})).toEqual([]);
});

test('the SYN comes again though its answer had left; where that was not seen the SYN may have been lost', () => {
  expect(openings('syn-ack-lost')).toEqual(['syn-ack-lost 1 path']);
  expect(openings('syn-ack-lost', {keep: (frame: number) => frame !== 2 && frame !== 3})).not.toContain(
    'syn-ack-lost 1 path',
  );
});

test('the third segment came and is not heeded: SYN,ACK again, or data again while others are served', () => {
  const full = (id: number) => `accept-queue-full ${id} server-program`;
  expect(openings('accept-queue-full-syn-ack-again')).toEqual([full(2), full(3)]);
  expect(openings('accept-queue-full').toSorted()).toEqual([full(3), full(4)]);
  // Without any ACK of the clients the SYN,ACKs may have been lost.
  const before = (frame: number) => frame < 31 && ![12, 14, 20, 21, 24, 25, 28, 29].includes(frame);
  expect(openings('accept-queue-full-syn-ack-again', {keep: before})).toEqual([]);
});

test('refused by RST, by ICMP; a RST behind an opened connection refuses nothing', () => {
  expect(openings('refused')).toEqual(['refused 1 server']);
  expect(openings('refused-by-icmp')).toEqual(['refused-by-icmp 1 path']);
  expect(openings('reset-half-open')).toEqual([]);
});

test('IPv6 in vain before IPv4; where IPv4 was not tried it is the end', () => {
  expect(openings('ipv6-refused')).toEqual(['ipv6-refused 1 server']);
  expect(openings('ipv6-silent')).toEqual(['ipv6-silent 1 unknown']);
  expect(openings('ipv6-refused', {keep: (frame: number) => frame < 7})).toEqual(['refused 1 server']);
});

test('many sources that complete nothing are a flood; a few are not', () => {
  expect(openings('syn-flood')).toEqual(['syn-flood - unknown']);
  expect(openings('syn-flood', {keep: (frame: number) => frame <= 20})).toEqual([]);
});

test('many ports from one source are a scan, told once; a few are refused one by one', () => {
  expect(openings('port-scan')).toEqual(['port-scan - client']);
  const few = openings('port-scan', {keep: (frame: number) => frame <= 10});
  expect(few).toEqual([1, 2, 3, 4, 5].map((id) => `refused ${id} server`));
});

test('the same two ports once more, where the first connection is in the capture', () => {
  expect(openings('port-reused')).toEqual(['port-reused 2 client']);
  expect(openings('port-reused', {keep: (frame: number) => frame > 9})).toEqual([]);
});
