// Packets in another's name. Oracles: RFC 4987 §2.2 (SYNs of a flood), RFC 5452 §3 and §9.2 (answers that guess ID and port).
import {expect, test} from 'vitest';
import {forgeAnswers} from '../../source/sim/forge.ts';
import {spoofSyn} from '../../source/sim/spoof.ts';
import {decodeDns} from '../../source/wire/dns/decode.ts';
import {RecordClass, RecordType} from '../../source/wire/dns/registry.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {routedDraft, sentIn} from './drafts.ts';

const flood = {
  call: 'spoofSyn',
  to: {host: 'server', port: 80},
  source: {first: '203.0.113.254', count: 3},
} as const;

const syns = (action: Parameters<typeof spoofSyn>[2], repetitions = 5) => {
  const draft = routedDraft();
  for (let n = 0; n < repetitions; n++) spoofSyn(draft, 'client', action, n);
  return {draft, sent: sentIn(draft)};
};

test('a SYN and no more, from each address in turn', () => {
  const {draft, sent} = syns(flood);
  expect(sent.map(({src}) => src)).toEqual([
    ...['203.0.113.254', '203.0.113.255', '203.0.114.0', '203.0.113.254', '203.0.113.255'],
  ]);
  for (const {transport, ...packet} of sent) {
    expect(packet).toMatchObject({
      ...{version: 4, dst: '198.51.100.20', ttl: 64, id: 0, dontFragment: true, trafficClass: 0},
      because: '4987:2.2/forged-source',
    });
    expect(transport).toMatchObject({
      segment: {dstPort: 80, ack: 0, flags: 2, window: 65_535, urgent: 0, options: []},
    });
  }
  const calls = draft.events.filter(({kind}) => kind === 'call');
  expect(calls).toHaveLength(5);
  expect(calls[0]).toMatchObject({host: 'client', call: 'spoofSyn', result: 'ok'});
  expect(draft.events.some((event) => event.kind === 'send' && event.retransmission)).toBe(false);
});

const portsIn = (action: Parameters<typeof spoofSyn>[2], repetitions?: number) =>
  syns(action, repetitions).sent.map(({transport}) =>
    transport.kind === 'tcp' ? transport.segment.srcPort : 0,
  );

test('ports: one after the other, none of the well-known; or the one that is given', () => {
  expect(portsIn({...flood, from: 7})).toEqual([7, 7, 7, 7, 7]);
  const ports = portsIn(flood, 3);
  const [first = 0] = ports;
  expect(ports).toEqual([0, 1, 2].map((n) => 1024 + ((first - 1024 + n) % 64_512)));
  expect(first).toBeGreaterThanOrEqual(1024);
  const numbers = syns(flood).sent.map(({transport}) => transport.kind === 'tcp' && transport.segment.seq);
  expect(new Set(numbers).size).toBe(5);
});

const question = {name: 'y.abc.com.', type: RecordType.A, class: RecordClass.IN};
const forging: Parameters<typeof forgeAnswers>[2] = {
  call: 'forgeAnswer',
  to: 'server',
  source: 'client',
  tries: 3,
  question,
  answers: [{...question, ttl: 60, data: {kind: 'A', address: '203.0.113.66'}}],
  authorities: [],
  additionals: [],
};

const forged = (action: Parameters<typeof forgeAnswers>[2], repetition = 0) => {
  const draft = routedDraft();
  forgeAnswers(draft, 'r1', action, repetition);
  return sentIn(draft).map(({src, dst, transport, because}) => {
    if (transport.kind !== 'udp') throw new Error('no datagram');
    const {srcPort, dstPort, payload} = transport.datagram;
    const read = decodeDns(ropeToBytes(payload));
    if (!read.ok) throw new Error('no message');
    return {src, dst, because, srcPort, dstPort, message: read.value};
  });
};

test('answers under the address of the server, from port 53, each with another guess', () => {
  const all = forged(forging);
  expect(all).toHaveLength(3);
  for (const {src, dst, srcPort, dstPort, because, message} of all) {
    expect([src, dst, srcPort, because]).toEqual([
      ...['192.0.2.10', '198.51.100.20', 53, '5452:3/forged-answer'],
    ]);
    expect(dstPort).toBeGreaterThanOrEqual(1024);
    expect(dstPort).toBeLessThan(65_536);
    expect(message).toMatchObject({
      ...{opcode: 0, rcode: 0, questions: [question], authorities: [], additionals: []},
      flags: {qr: true, aa: true, tc: false, rd: false, ra: false, ad: false, cd: false},
      answers: [{name: 'y.abc.com.', ttl: 60, data: {kind: 'A', address: '203.0.113.66'}}],
    });
  }
  const guesses = (list: typeof all) => list.map(({dstPort, message}) => `${dstPort} ${message.id}`);
  const next = forged(forging, 1);
  expect(new Set([...guesses(all), ...guesses(next)]).size).toBe(6);
  // They are counted on: the second time those of the first are not made again.
  expect(guesses(forged({...forging, tries: 6}))).toEqual([...guesses(all), ...guesses(next)]);
});

test('what is known needs no guess', () => {
  const all = forged({...forging, id: 0x1234, port: 5000});
  expect(all.map(({dstPort, message}) => [dstPort, message.id])).toEqual([
    ...[0, 1, 2].map(() => [5000, 0x1234]),
  ]);
});
