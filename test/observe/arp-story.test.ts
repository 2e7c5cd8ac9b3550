// ARP by RFC 826, announcements and probes by RFC 5227 §1.1.
import {expect, test} from 'vitest';
import {ArpStory} from '../../source/observe/arp-story.ts';
import type {ArpMessage} from '../../source/wire/arp.ts';

const heard = (
  ...said: readonly (readonly [operation: ArpMessage['operation'], from: string, of: string])[]
) => {
  const story = new ArpStory();
  for (const [operation, senderIp, targetIp] of said)
    story.take({
      operation,
      senderIp,
      targetIp,
      senderMac: '02:00:00:00:00:01',
      targetMac: '00:00:00:00:00:00',
    });
  const {requests, replies, gratuitous, probes, unanswered} = story;
  return [requests, replies, gratuitous, probes, ...unanswered];
};

const [a, b, c] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];

test('who asked, who answered, who was never there', () => {
  expect(heard([1, a, b], [1, a, c], [1, b, c], [2, b, a])).toEqual([3, 1, 0, 0, c]);
  expect(heard([2, c, a], [1, a, c])).toEqual([1, 1, 0, 0]);
});

test('who asks for itself announces itself; who has no address yet probes: nobody has to answer', () => {
  expect(heard([1, a, a], [1, '0.0.0.0', b], [1, '0.0.0.0', '0.0.0.0'])).toEqual([3, 0, 2, 1]);
});

test('4096 addresses are remembered of those asked for, and of those that answered', () => {
  const address = (n: number) => `10.0.${n >> 8}.${n & 255}`;
  const many = Array.from({length: 4097}, (_, n) => address(n));
  expect(heard(...many.map((of) => [1, a, of] as const))).toHaveLength(4 + 4096);
  const all = many.flatMap((of) => [[2, of, a] as const, [1, a, of] as const]);
  expect(heard(...all).slice(4)).toEqual([]);
  const last = address(4096);
  expect(heard(...many.map((of) => [2, of, a] as const), [1, a, last], [1, a, address(0)]).slice(4)).toEqual([
    last,
  ]);
});
