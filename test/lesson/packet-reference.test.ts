// Which packet an expression means. Oracle: docs/lessons.md, over a run whose packets are known: SYN, SYN+ACK, ACK, 100 octets up, ACK, FIN+ACK,
// ACK; behind a router each has a copy, with a TTL of one less (RFC 1812 §5.2.1).
import {expect, test} from 'vitest';
import {entriesBetween} from '../../source/account/entries.ts';
import {ipPacketOf} from '../../source/account/packet.ts';
import type {PacketReference} from '../../source/lesson/expression.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {firstEvent, packetAt, referredPacket} from '../../source/lesson/packet-reference.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {selectorIn} from '../../source/lesson/selector-parser.ts';
import {ValueFailure} from '../../source/lesson/value.ts';
import {routedScenario} from '../helpers/networks.ts';
import {run} from '../helpers/traces.ts';
import {load, traceOf} from './fragments.ts';

const names = {hosts: ['client', 'server'], connections: [], vocabulary};
const trace = traceOf(
  load({
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000}
  - {at: 1s, host: client, call: send, bytes: 100}
  - {at: 2s, host: client, call: shutdown}
`,
  }),
);
const filter = (source: string) => {
  const parsed = parseFilter(source, names);
  return parsed.ok ? parsed.value : expect.fail(parsed.error[0].message.en);
};
const selector = (source: string) => {
  const parsed = selectorIn(source, names);
  return parsed.ok ? parsed.value : expect.fail(parsed.error[0].message.en);
};
const meant = (reference: PacketReference, event = 1) => packetAt(reference, {trace, event})?.id;

test('by number, as far as there are some', () => {
  expect([1, 7, 8].map((packet) => meant({kind: 'number', packet}))).toEqual([1, 7, undefined]);
  expect(() => referredPacket({kind: 'number', packet: 8}, {trace, event: 1})).toThrow(ValueFailure);
});

test('the first or the last that a filter lets through', () => {
  const both = (source: string) =>
    (['first', 'last'] as const).map((kind) => meant({kind, filter: filter(source)}));
  expect(both('ip.src == client')).toEqual([1, 6]);
  expect(both('tcp.len > 0')).toEqual([4, 4]);
  expect(both('tcp.len > 100')).toEqual([undefined, undefined]);
});

test('the first or the last that was selected, and the event itself', () => {
  const both = (source: string) =>
    (['first', 'last'] as const).map((which) => meant({kind: 'selected', which, selector: selector(source)}));
  expect(both('{sends: server}')).toEqual([2, 7]);
  expect(both('{arrives: server, flags: [FIN, ACK]}')).toEqual([6, 6]);
  expect(both('{sends: server, flags: [RST]}')).toEqual([undefined, undefined]);
  const first = firstEvent(selector('{sends: server}'), trace);
  expect([...entriesBetween(trace, first)][0]).toMatchObject({kind: 'send', host: 'server', packet: 2});
  expect(() => firstEvent(selector('{sends: server, flags: [RST]}'), trace)).toThrow(ValueFailure);
});

test('the one of the event at hand, if it is about one', () => {
  const here = (event: number) => meant({kind: 'here'}, event);
  const told = [...entriesBetween(trace, 1)].map(({n, kind}) => ({n, kind, packet: here(n)}));
  expect(here(0)).toBeUndefined();
  expect(told.flatMap(({kind, packet}) => (kind === 'send' ? [packet] : []))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(told.flatMap(({kind, packet}) => (kind === 'call' ? [packet] : []))).toEqual(
    Array(4).fill(undefined),
  );
});

test('behind a router it is the copy', () => {
  const routed = run(routedScenario());
  const ttl = (hop: number) => {
    const record = packetAt({kind: 'number', packet: 1, hop}, {trace: routed, event: 1});
    return record && ipPacketOf(record)?.ttl;
  };
  expect([ttl(0), ttl(1), ttl(2)]).toEqual([64, 63, undefined]);
  const forwarded = [...entriesBetween(routed, 1)].find(
    (each) => each.kind === 'send' && each.packet === 1 && each.hop === 1,
  );
  const copy = packetAt({kind: 'here'}, {trace: routed, event: forwarded?.n ?? 0});
  expect(copy && ipPacketOf(copy)?.ttl).toBe(63);
});
