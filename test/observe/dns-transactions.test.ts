// Questions and what answers them, in octets (RFC 1035 §4, RFC 5452 §9.1, RFC 6891 §6.1.3, RFC 4343), and messages over TCP (RFC 7766).
import {describe, expect, test} from 'vitest';
import {DnsStream} from '../../source/observe/dns-stream.ts';
import {type DnsPlace, DnsTransactions} from '../../source/observe/dns-transactions.ts';
import type {Piece} from '../../source/observe/reassembly.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const octets = (hex: string) => octetsOf(hex.replaceAll(' ', ''));

const [client, server] = ['192.0.2.1:40000', '192.0.2.53:53'];
/** `a.com`, A, IN. */
const question = '01 61 03 636f6d 00 0001 0001';
const other = '01 62 03 636f6d 00 0001 0001';
const asks = (id = '0007', asked = question, count = '0001') => `${id} 0100 ${count} 0000 0000 0000 ${asked}`;
const says = (id = '0007', flags = '8180', asked = question) => `${id} ${flags} 0001 0000 0000 0000 ${asked}`;

type Sent = {readonly hex: string; readonly from?: string; readonly to?: string} & Partial<DnsPlace>;

const ask = (hex = asks(), more: Partial<DnsPlace> = {}): Sent => ({hex, from: client, to: server, ...more});
const reply = (hex = says(), more: Partial<DnsPlace> = {}): Sent => ({
  hex,
  from: server,
  to: client,
  ...more,
});

/** In frames 1, 2, …, a millisecond apart. */
const heard = (...sent: readonly Sent[]) => {
  const dns = new DnsTransactions();
  for (const [index, {hex, ...place}] of sent.entries()) {
    const at = {
      transport: 'udp',
      from: client,
      to: server,
      frame: index + 1,
      atUs: 1000 * (index + 1),
    } as const;
    dns.take(octets(hex), {...at, ...place});
  }
  return dns;
};

const pairs = ({all}: DnsTransactions) =>
  all.map(({queryFrame, responseFrame}) => [queryFrame, responseFrame]);

describe('pairs', () => {
  test('by number, ends and question', () => {
    const {all} = heard(ask(), reply());
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      ...{transport: 'udp', client, server, queryFrame: 1, queryUs: 1000, responseFrame: 2, responseUs: 2000},
      ...{repeated: false, odd: [], outcome: {rcode: 0, tc: false, signed: false}},
    });
    expect([all[0]?.query.id, all[0]?.query.questions[0]?.name, all[0]?.response?.flags.qr]).toEqual([
      ...[7, 'a.com.', true],
    ]);
  });

  test('a question that waited behind a gap of its stream, with the reply that came before the gap was given up', () => {
    const late = ask(asks('0008'), {transport: 'tcp', frame: 3});
    const told = heard(
      ask(asks(), {transport: 'tcp'}),
      reply(says('0008'), {transport: 'tcp', frame: 4}),
      late,
    );
    expect(pairs(told)).toEqual([
      [1, undefined],
      [3, 4],
    ]);
    expect(told.unasked).toEqual([]);
  });

  test('of several questions each its own; an answer comes to the one asked last', () => {
    expect(pairs(heard(ask(), ask(asks('0008')), reply(says('0008')), reply()))).toEqual([
      [1, 4],
      [2, 3],
    ]);
    const again = heard(ask(), ask(), reply(), reply());
    expect(pairs(again)).toEqual([
      [1, 4],
      [2, 3],
    ]);
    expect(again.all.map(({repeated}) => repeated)).toEqual([false, true]);
    expect(heard(ask(), reply(), ask()).all.map(({repeated}) => repeated)).toEqual([false, false]);
  });

  test('each transport by itself', () => {
    expect(pairs(heard(ask(), reply(says(), {transport: 'tcp'})))).toEqual([[1, undefined]]);
  });

  test('all twelve bits of RCODE, and TC', () => {
    const outcome = (hex: string) => heard(ask(), reply(hex)).all[0]?.outcome;
    expect(outcome(says('0007', '8183'))).toMatchObject({rcode: 3, tc: false, signed: false});
    expect(outcome(says('0007', '8380'))).toMatchObject({rcode: 0, tc: true, signed: false});
    const extended = `0007 8181 0001 0000 0000 0001 ${question} 00 0029 04d0 02000000 0000`;
    expect(outcome(extended)?.rcode).toBe(0x21);
  });

  test('what is no question, or no message, is none', () => {
    for (const hex of [
      '00',
      asks().slice(0, 40),
      `${asks('0007', '', '0000')}`,
      asks('0007', '40 61 00 0001 0001'),
    ])
      expect(heard(ask(hex)).all).toEqual([]);
    // Two questions are read, too, by the first.
    expect(heard(ask(asks('0007', `${question} ${other}`, '0002'))).all).toHaveLength(1);
  });
});

describe('replies that nobody waited for', () => {
  test('are told by themselves', () => {
    const {all, unasked} = heard(reply());
    expect(all).toEqual([]);
    expect(unasked).toHaveLength(1);
    expect(unasked[0]).toMatchObject({transport: 'udp', client, server, frame: 1, atUs: 1000});
    expect(unasked[0]?.response.id).toBe(7);
  });

  test('and held against what was asked within 30 s', () => {
    const late = (atUs: number) =>
      heard(ask(), reply(says('0008'), {atUs})).all[0]?.odd.map(({kind}) => kind);
    expect([late(30_001_000), late(30_001_001)]).toEqual([['id'], []]);
  });

  test('against the last 256 questions', () => {
    const many = (between: number) => {
      const rest = Array.from({length: between}, () => ask(asks('0001', other), {from: '192.0.2.9:1'}));
      return heard(ask(), ...rest, reply(says('0008'), {atUs: 5000})).all[0]?.odd.length;
    };
    expect([many(255), many(256)]).toEqual([1, 0]);
  });

  test('another port of the same host, or a server that is another one; both are too much', () => {
    const kinds = (more: Partial<DnsPlace>) =>
      heard(ask(), reply(says(), more)).all[0]?.odd.map(({kind}) => kind);
    expect(kinds({to: '192.0.2.1:40001'})).toEqual(['ends']);
    expect(kinds({from: '192.0.2.54:53'})).toEqual(['ends']);
    expect(kinds({to: '192.0.2.2:40000'})).toEqual([]);
    expect(kinds({from: '192.0.2.54:53', to: '192.0.2.1:40001'})).toEqual([]);
  });

  test('the first of its kind is told, with how many there were and from whom', () => {
    const odd = heard(ask(), reply(says('0008')), reply(says('0009')), reply(says('0007', '8180', other)))
      .all[0]?.odd;
    expect(odd).toMatchObject([
      {kind: 'id', frame: 2, atUs: 2000, from: server, to: client, count: 2, reply: {id: 8}},
      {kind: 'question', frame: 4, atUs: 4000, from: server, to: client, count: 1, reply: {id: 7}},
    ]);
  });

  test('a second answer is one where it says something else', () => {
    const second = (hex: string) => heard(ask(), reply(), reply(hex)).all[0]?.odd;
    expect(second(says())).toEqual([]);
    expect(second(says('0007', '8183'))).toMatchObject([{kind: 'second', frame: 3, reply: {rcode: 3}}]);
  });

  test('without a question: an answer to the number, or one that cannot be read, unless it was cut', () => {
    const unnamed = '0007 8181 0000 0000 0000 0000';
    expect(pairs(heard(ask(), reply(unnamed)))).toEqual([[1, 2]]);
    expect(pairs(heard(ask(), reply(unnamed, {cut: true})))).toEqual([[1, undefined]]);
    expect(pairs(heard(ask(), reply(unnamed.replace('0007', '0008'))))).toEqual([[1, undefined]]);
    const kinds = (hex: string) => heard(ask(), reply(hex)).all[0]?.odd.map(({kind}) => kind);
    expect([kinds('0007 8180'), kinds('0007 81'), kinds('0007 8180 0001')]).toEqual([
      ...[['unreadable'], [], ['unreadable']],
    ]);
  });
});

describe('over TCP', () => {
  const framed = (hex: string) => `${octets(hex).length.toString(16).padStart(4, '0')} ${hex}`;
  const read = (...pieces: readonly (string | Piece)[]) => {
    const stream = new DnsStream();
    return pieces.map((given) => {
      const piece: Piece =
        typeof given === 'string' ? {kind: 'bytes', start: 0, bytes: octets(given), frame: 1} : given;
      return stream.take(piece).map(({length}) => length);
    });
  };
  const size = octets(asks()).length;
  const hole: Piece = {kind: 'hole', start: 0, end: 1};

  test('several in a piece, one in several', () => {
    const whole = framed(asks()).replaceAll(' ', '');
    expect(read(whole + whole)).toEqual([[size, size]]);
    expect(read(whole.slice(0, 2), whole.slice(2, 20), whole.slice(20))).toEqual([[], [], [size]]);
    expect(read(whole, {kind: 'end', start: 0, frame: 2})).toEqual([[size], []]);
  });

  test('behind a gap where a message with one question begins', () => {
    expect(read(hole, framed(asks()), framed(asks()))).toEqual([[], [size], [size]]);
    expect(read(hole, '0002 0000', framed(asks()))).toEqual([[], [], [size]]);
    // Opcode 2; no question; two of them.
    const odd = [
      asks().replace('0100', '1100'),
      asks('0007', '', '0000'),
      asks('0007', `${question} ${other}`, '0002'),
    ];
    for (const hex of odd) expect(read(hole, framed(hex))).toEqual([[], []]);
  });

  test('what was begun before the gap is lost', () => {
    const whole = framed(asks()).replaceAll(' ', '');
    expect(read(whole.slice(0, 20), hole, whole)).toEqual([[], [], [size]]);
  });
});
