// The text that a program has got, from the segments that carried it.
import {expect, test} from 'vitest';
import {lettersHad, lettersIn} from '../../source/account/letters.ts';
import {segmentOf} from '../../source/account/packet.ts';
import {seq} from '../../source/wire/seq.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

const sends = (text: string, atUs: number) => ({
  when: {kind: 'at', atUs} as const,
  host: 'client',
  action: {
    ...({call: 'send', of: 'c', bytes: Buffer.byteLength(text)} as const),
    octets: Buffer.from(text).toString('base64url'),
  },
});

test.each([1000, 4_294_967_293])('two pieces of “hello” are in their order, counted from %i', (iss) => {
  const plain = handshakeScenario({});
  const trace = run({
    ...plain,
    hosts: plain.hosts.map((host) => (host.name === 'client' ? {...host, iss: seq(iss)} : host)),
    script: [...plain.script, sends('he', 300_000), sends('llo', 600_000)],
  });
  expect(lettersHad(trace, 'server', trace.length)).toBe('hello');
});

test('a text of other scripts is put together again where a segment ends within a character', () => {
  const plain = handshakeScenario({});
  const [whole, octets] = ['你好', Buffer.from('你好')];
  const piece = (from: number, to: number, atUs: number) => ({
    ...sends('', atUs),
    action: {
      ...({call: 'send', of: 'c', bytes: to - from} as const),
      octets: octets.subarray(from, to).toString('base64url'),
    },
  });
  const trace = run({...plain, script: [...plain.script, piece(0, 4, 300_000), piece(4, 6, 600_000)]});
  expect(lettersHad(trace, 'server', trace.length)).toBe(whole);
});

test('of a longer text the line has the beginning, in whole characters', () => {
  const plain = handshakeScenario({});
  const trace = run({...plain, script: [...plain.script, sends('网络丢了分组也不怕', 300_000)]});
  expect(lettersHad(trace, 'server', trace.length)).toBe('网络丢了分…');
  const [data] = Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1)).filter(
    (packet) => (segmentOf(packet)?.payload.length ?? 0) > 0,
  );
  const payload = data && segmentOf(data)?.payload;
  expect(payload && lettersIn(trace, payload)).toBe('网络丢了分…');
});
