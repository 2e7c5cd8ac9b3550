// Conversations of UDP: who talks with whom, and how much each says (RFC 768).
import {expect, test} from 'vitest';
import {DatagramConversations} from '../../source/observe/datagrams.ts';
import {FateColumns} from '../../source/observe/fate-columns.ts';
import type {Endpoint} from '../../source/observe/observed-connection.ts';

const [a, b, c]: readonly Endpoint[] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => ({
  address,
  port: 9,
}));

const sent = (from: Endpoint | undefined, to: Endpoint | undefined, length: number, atUs: number) => {
  if (!from || !to) throw new Error('two ends');
  const flow = `${from.address} ${to.address}`;
  return {
    flow,
    back: `${to.address} ${from.address}`,
    ends: () => [from, to] as const,
    length,
    frame: atUs,
    atUs,
  };
};

test('both directions are one conversation; the first sender is side 0', () => {
  const udp = new DatagramConversations(new FateColumns());
  expect(udp.take(sent(a, b, 10, 100))?.side).toBe(0);
  expect(udp.take(sent(b, a, 7, 150))?.side).toBe(1);
  expect(udp.take(sent(c, a, 5, 160))?.side).toBe(0);
  expect(udp.take(sent(a, b, 1, 170))?.side).toBe(0);
  expect(udp.all).toMatchObject([
    {id: 1, ends: [a, b], firstUs: 100, lastUs: 170, packets: 3, bytes: [11, 7]},
    {id: 2, ends: [c, a], firstUs: 160, lastUs: 160, packets: 1, bytes: [5, 0]},
  ]);
});

test('who talks with itself is side 0', () => {
  const udp = new DatagramConversations(new FateColumns());
  const own = [1, 2].map((atUs) => udp.take(sent(a, a, 4, atUs))?.side);
  expect(own).toEqual([0, 0]);
  expect(udp.all.map(({bytes}) => bytes)).toEqual([[8, 0]]);
});

test('as many as connections are followed; those that are known go on', () => {
  const udp = new DatagramConversations(new FateColumns());
  const peers = Array.from({length: 20_001}, (_, index) => ({address: `peer ${index}`, port: 9}));
  const followed = peers.map((peer, atUs) => udp.take(sent(peer, b, 1, atUs)) !== undefined);
  expect(followed.indexOf(false)).toBe(20_000);
  expect(udp.all).toHaveLength(20_000);
  expect(udp.take(sent(b, peers[0], 3, 9))?.conversation.bytes).toEqual([1, 3]);
});
