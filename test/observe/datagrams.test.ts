// Conversations of UDP: who talks with whom, and how much each says (RFC 768).
import {describe, expect, test} from 'vitest';
import {bytesOf, DatagramConversations} from '../../source/observe/datagrams.ts';
import {FateColumns, Verdict} from '../../source/observe/fate-columns.ts';
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
    back: () => `${to.address} ${from.address}`,
    ends: () => [from, to] as const,
    length,
    sign: atUs,
    frame: atUs,
    atUs,
    ...{ask: undefined, answers: undefined},
  };
};

test('both directions are one conversation; the first sender is side 0', () => {
  const udp = new DatagramConversations(new FateColumns());
  expect(udp.take(sent(a, b, 10, 100))?.side).toBe(0);
  expect(udp.take(sent(b, a, 7, 150))?.side).toBe(1);
  expect(udp.take(sent(c, a, 5, 160))?.side).toBe(0);
  expect(udp.take(sent(a, b, 1, 170))?.side).toBe(0);
  expect(udp.all).toMatchObject([
    {id: 1, ends: [a, b], firstUs: 100, lastUs: 170, packets: 3, ways: [{bytes: 11}, {bytes: 7}]},
    {id: 2, ends: [c, a], firstUs: 160, lastUs: 160, packets: 1, ways: [{bytes: 5}, {bytes: 0}]},
  ]);
});

test('whoever asks is side 0, even where its answer is captured first: by the ports, those of DHCP too', () => {
  for (const [server, client] of [
    [67, 68],
    [53, 40_000],
  ] as const) {
    const udp = new DatagramConversations(new FateColumns());
    const [far, near] = [
      {address: 'server', port: server},
      {address: 'client', port: client},
    ];
    expect(udp.take(sent(far, near, 10, 1))?.side).toBe(1);
    expect(udp.take(sent(near, far, 7, 2))?.side).toBe(0);
    expect(udp.all).toMatchObject([{ends: [near, far], ways: [{bytes: 7}, {bytes: 10}]}]);
  }
});

test('who talks with itself is side 0', () => {
  const udp = new DatagramConversations(new FateColumns());
  const own = [1, 2].map((atUs) => udp.take(sent(a, a, 4, atUs))?.side);
  expect(own).toEqual([0, 0]);
  expect(udp.all.map(bytesOf)).toEqual([[8, 0]]);
});

test('as many as connections are followed; those that are known go on', () => {
  const udp = new DatagramConversations(new FateColumns());
  const peers = Array.from({length: 20_001}, (_, index) => ({address: `peer ${index}`, port: 9}));
  const followed = peers.map((peer, atUs) => udp.take(sent(peer, b, 1, atUs)) !== undefined);
  expect(followed.indexOf(false)).toBe(20_000);
  expect(udp.all).toHaveLength(20_000);
  expect(udp.take(sent(b, peers[0], 3, 9))?.conversation.ways).toMatchObject([{bytes: 1}, {bytes: 3}]);
});

// Who answers has been asked: that is all that UDP tells of what became of a datagram.
describe('what becomes of datagrams', () => {
  type Step = readonly [from: 'a' | 'b', says?: {readonly ask?: number; readonly answers?: number}];
  const names = new Map<number, string>(Object.entries(Verdict).map(([name, verdict]) => [verdict, name]));

  /** Of each frame its verdict, and the frames that show it. */
  const judged = (...steps: readonly Step[]): readonly string[] => {
    const fates = new FateColumns();
    const udp = new DatagramConversations(fates);
    for (const [index, [from, says]] of steps.entries())
      udp.take({...(from === 'a' ? sent(a, b, 1, index + 1) : sent(b, a, 1, index + 1)), ...says});
    return steps.map((_, index) => {
      const shown = fates.shownBy(index + 1).map((frame) => ` by ${frame}`);
      return `${names.get(fates.verdict(index + 1))}${shown.join('')}`;
    });
  };

  test('a question is delivered when it is answered; of one that is not nobody knows', () => {
    expect(judged(['a', {ask: 7}], ['b', {answers: 7}])).toEqual(['delivered by 2', 'presumed']);
    expect(judged(['a', {ask: 7}])).toEqual(['unknown']);
    expect(judged(['a', {ask: 7}], ['b', {answers: 8}])).toEqual(['unknown', 'presumed']);
  });

  test('of two that ask the same one at least came', () => {
    expect(judged(['a', {ask: 7}], ['a', {ask: 7}], ['b', {answers: 7}])).toEqual([
      'presumed by 3',
      'presumed by 3',
      'presumed',
    ]);
    expect(judged(['a', {ask: 7}], ['a', {ask: 8}], ['b', {answers: 8}])).toEqual([
      'unknown',
      'delivered by 3',
      'presumed',
    ]);
  });

  test('of what asks nothing that can be told: whoever speaks after it may have heard it', () => {
    expect(judged(['a'], ['b'], ['a'])).toEqual(['presumed by 2', 'presumed', 'presumed']);
    expect(judged(['a'], ['a'], ['b'])).toEqual(['presumed by 3', 'presumed by 3', 'presumed']);
  });

  /** Frames of one way, by their signs, and what ICMP says of one of them in frame 9. */
  const quoted = (signs: readonly number[], sign: number, verdict: Verdict, says = {}): readonly string[] => {
    const fates = new FateColumns();
    const udp = new DatagramConversations(fates);
    for (const [index, each] of signs.entries()) udp.take({...sent(a, b, 1, index + 1), sign: each, ...says});
    udp.told(sent(a, b, 1, 0).flow, sign, {verdict, frame: 9});
    return signs.map((_, index) => `${names.get(fates.verdict(index + 1))} ${fates.shownBy(index + 1)}`);
  };

  // RFC 792: an error quotes the header of UDP, with length and checksum.
  test('of several the one is meant that is quoted; another filter may stand before them, not another router', () => {
    expect(quoted([7, 8], 8, Verdict.filtered)).toEqual(['presumedLost 9', 'filtered 9']);
    expect(quoted([7, 8], 8, Verdict.expired)).toEqual(['unknown ', 'expired 9']);
    expect(quoted([8, 8], 8, Verdict.expired)).toEqual(['presumedLost 9', 'presumedLost 9']);
    expect(quoted([7], 8, Verdict.filtered)).toEqual(['filtered 9']);
  });

  test('an answer waits for nothing, and yet is proved where its receiver quotes it', () => {
    expect(quoted([7, 8], 8, Verdict.delivered, {answers: 1})).toEqual(['presumed ', 'delivered 9']);
    expect(quoted([7, 8], 7, Verdict.delivered, {answers: 1})).toEqual(['presumed ', 'presumed ']);
    // Doubled on the way: one of the two has come.
    expect(quoted([8, 8], 8, Verdict.delivered, {answers: 1})).toEqual(['presumed ', 'presumed 9']);
  });

  // RFC 9002 §6.2: who hears nothing sends probes, and doubles the time between them.
  const spoken = (...atUs: readonly (readonly ['a' | 'b', atMs: number])[]): readonly string[] => {
    const fates = new FateColumns();
    const udp = new DatagramConversations(fates);
    for (const [index, [from, atMs]] of atUs.entries()) {
      const datagram = from === 'a' ? sent(a, b, 1, 1000 * atMs) : sent(b, a, 1, 1000 * atMs);
      udp.take({...datagram, frame: index + 1});
    }
    return atUs.map((_, index) => names.get(fates.verdict(index + 1)) ?? '');
  };
  const greeting = [['a', 0], ['b', 40]] as const; // biome-ignore format: pairs
  const probes = [['a', 100], ['a', 200], ['a', 400], ['a', 800], ['a', 1600]] as const; // biome-ignore format: pairs

  test('of probes that nobody answered nobody knows whether they came; an answer says that they may have', () => {
    const doubted = Array.from(probes, () => 'unknown');
    expect(spoken(...greeting, ...probes)).toEqual(['presumed', 'presumed', ...doubted]);
    const all = spoken(...greeting, ...probes, ['b', 1640], ['a', 1700]);
    expect(new Set(all)).toEqual(new Set(['presumed']));
  });

  test('last words are no probes, nor is a flight, nor a stream that asks for no answer', () => {
    const lastWords = [['a', 60], ['a', 5000], ['a', 5001]] as const; // biome-ignore format: pairs
    const flight = Array.from({length: 20}, (_, index) => ['a', 60 + index] as const);
    const stream = Array.from({length: 500}, (_, index) => ['a', 60 + 20 * index] as const);
    for (const behind of [lastWords, flight, stream])
      expect(spoken(...greeting, ...behind)).not.toContain('unknown');
  });

  test('so many are remembered, the last ones', () => {
    const asks = Array.from({length: 65}, (_, ask): Step => ['a', {ask}]);
    const answers = [0, 1].map((each): Step => ['b', {answers: each}]);
    expect(judged(...asks, ...answers).slice(0, 3)).toEqual(['unknown', 'delivered by 67', 'unknown']);
  });
});
