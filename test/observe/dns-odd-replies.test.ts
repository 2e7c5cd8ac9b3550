// Replies that fit no question, and answers that contradict each other: what RFC 5452 §9.1 has a resolver compare, one thing
// wrong at a time.
import {describe, expect, it} from 'vitest';
import {type DnsPlace, DnsTransactions} from '../../source/observe/dns-transactions.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

const u16 = (value: number): readonly number[] => [value >> 8, value & 0xff];

const nameOf = (name: string): readonly number[] => [
  ...name.split('.').flatMap((label) => [label.length, ...encodeUtf8(label)]),
  0,
];

type Said = {
  readonly id?: number;
  readonly name?: string;
  readonly address?: readonly number[];
  readonly ttl?: number;
};

/** By hand, RFC 1035 §4.1: without `address` a question for A. */
const message = ({id = 7, name = 'shop.example', address, ttl = 60}: Said = {}): Uint8Array =>
  Uint8Array.from([
    ...[
      ...u16(id),
      ...u16(address ? 0x8180 : 0x0100),
      ...u16(1),
      ...u16(address ? 1 : 0),
      ...u16(0),
      ...u16(0),
    ],
    ...[...nameOf(name), ...u16(1), ...u16(1)],
    ...(address ? [...u16(0xc00c), ...u16(1), ...u16(1), ...u16(0), ...u16(ttl), ...u16(4), ...address] : []),
  ]);

const client = '192.0.2.1:40000';
const server = '192.0.2.53:53';
const right = [192, 0, 2, 80];
const wrong = [203, 0, 113, 9];

type Sent = Pick<Partial<DnsPlace>, 'hops' | 'transport'> & {
  readonly bytes: Uint8Array;
  readonly from?: string;
  readonly to?: string;
  readonly atUs?: number;
};

const ask = (said?: Said): Sent => ({bytes: message(said), from: client, to: server});
const reply = (said: Said, place: Partial<Sent> = {}): Sent => ({
  bytes: message({address: right, ...said}),
  ...place,
});

/** Packet 1 is the first. */
const heard = (...sent: readonly Sent[]) => {
  const dns = new DnsTransactions();
  for (const [index, {bytes, from = server, to = client, atUs = index * 1000, ...more}] of sent.entries()) {
    const place: DnsPlace = {transport: 'udp', from, to, frame: index + 1, atUs, ...more};
    dns.take(bytes, place);
  }
  return dns.all;
};

const oddIn = (...sent: readonly Sent[]) =>
  heard(...sent).flatMap(({odd}) => odd.map(({kind, frame, count}) => [kind, frame, count]));

describe('a reply of which one thing is wrong', () => {
  it.each([
    ['id', reply({id: 8, address: wrong})],
    ['question', reply({name: 'bank.example', address: wrong})],
    ['case', reply({name: 'sHop.example', address: wrong})],
    ['ends', reply({address: wrong}, {from: '203.0.113.53:53'})],
    ['ends', reply({address: wrong}, {to: '192.0.2.1:40001'})],
  ])('told, not taken: %s', (kind, forged) => {
    expect(oddIn(ask(), forged, reply({}))).toEqual([[kind, 2, 1]]);
    expect(heard(ask(), forged, reply({}))[0]?.responseFrame).toBe(3);
  });

  it('is told once, however many come', () => {
    const guesses = Array.from({length: 50}, (_, index) => reply({id: 100 + index, address: wrong}));
    expect(oddIn(ask(), ...guesses, reply({}))).toEqual([['id', 2, 50]]);
  });

  it('is nobody’s where two things are wrong, or the question is long over', () => {
    expect(oddIn(ask(), reply({id: 8, name: 'bank.example'}))).toEqual([]);
    expect(oddIn(ask(), reply({}), reply({id: 8}, {atUs: 31_000_000}))).toEqual([]);
  });
});

describe('a reply whose question is only missing in the file', () => {
  const near = {hops: 57};

  it('came over as many hops as the answer, and says the same', () => {
    expect(oddIn(ask(), reply({id: 8}, near), reply({}, near))).toEqual([]);
    expect(oddIn(ask(), reply({id: 8, address: wrong}, near), reply({}, near))).toEqual([['id', 2, 1]]);
    expect(oddIn(ask(), reply({id: 8}, {hops: 51}), reply({}, near))).toEqual([['id', 2, 1]]);
  });

  it('or is about another name', () => {
    expect(oddIn(ask(), reply({name: 'bank.example', address: wrong}, near), reply({}, near))).toEqual([]);
  });

  it('or came on a connection, where nobody has to guess', () => {
    const tcp = {transport: 'tcp'} as const;
    expect(oddIn({...ask(), ...tcp}, reply({id: 8, address: wrong}, tcp), reply({}, tcp))).toEqual([]);
  });
});

describe('two answers to one question', () => {
  it('that differ are kept, both', () => {
    const all = heard(ask(), reply({address: wrong}), reply({}));
    expect(all[0]?.odd).toMatchObject([{kind: 'second', frame: 3, count: 1}]);
  });

  it('that say the same are a copy, whatever the TTL, even of an older question between the same ends', () => {
    expect(oddIn(ask(), reply({}), reply({ttl: 59}))).toEqual([]);
    expect(oddIn(ask(), reply({}), ask({id: 9}), reply({id: 9}), reply({}))).toEqual([]);
  });
});

describe('a reply that cannot be read', () => {
  const cutName = {bytes: message({address: right}).slice(0, 16)};

  it('is told in place of silence', () => {
    const all = heard(ask(), cutName);
    expect(all[0]?.odd).toMatchObject([{kind: 'unreadable', frame: 2}]);
  });

  it('is an answer where only its question is left out', () => {
    const formErr = Uint8Array.from([...u16(7), ...u16(0x8181), ...u16(0), ...u16(0), ...u16(0), ...u16(0)]);
    const [transaction] = heard(ask(), {bytes: formErr});
    expect(transaction?.outcome?.rcode).toBe(1);
    expect(transaction?.odd).toEqual([]);
  });
});
