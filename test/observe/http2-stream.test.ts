// One stream: its messages (RFC 9113 §8.1), how far it came (§5.1), and messages of DNS on it (RFC 8484 §4.1). Oracle of hashes: FIPS 180-4,
// SHA-256 of "abc".
import {describe, expect, test} from 'vitest';
import {newContentHash} from '../../source/observe/content-hash.ts';
import {Http2Stream, Http2Way} from '../../source/observe/http2-stream.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';

type Given = Readonly<Record<string, string>>;

const fields = (given: Given) => Object.entries(given).map(([name, value]) => ({name, value}));
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a message', () => {
  test('of its head what is told, the first of a kind; where it ends', () => {
    const way = new Http2Way();
    expect(way.value(':status')).toBeUndefined();
    const names = [
      ...[':method', ':scheme', ':authority', ':path', ':protocol'],
      ...['content-type', 'content-length', 'content-encoding', 'location'],
    ];
    const given = Object.fromEntries([...names, 'cookie'].map((name) => [name, `of ${name}`]));
    way.block([...fields(given), {name: 'location', value: 'x'}], 'request', 4);
    expect(way.head?.frame).toBe(4);
    expect(way.head?.fields.map(({name}) => name)).toEqual([...names, 'location']);
    expect(way.value('location')).toBe('of location');
    expect(way.trailers).toBeUndefined();
  });

  test('interim answers are below 200, and hint at what the client will want (RFC 8297)', () => {
    const way = new Http2Way();
    const link = '</a.css>; rel=preload';
    for (const status of ['100', '103', '199']) way.block(fields({':status': status, link}), 'response', 1);
    expect([way.interim, way.hinted, way.head]).toEqual([
      [100, 103, 199],
      ['/a.css', '/a.css', '/a.css'],
      undefined,
    ]);
    way.block(fields({':status': '200', link}), 'response', 2);
    expect([way.head?.frame, way.interim.length, way.hinted.length]).toEqual([2, 3, 3]);
  });

  test('trailers, the first ones, a hundred fields at most', () => {
    const way = new Http2Way();
    const many = Array.from({length: 101}, (_, at) => ({name: `a${at}`, value: ''}));
    expect(way.block(many, 'trailers', 3)).toBeUndefined();
    way.block(fields({b: ''}), 'trailers', 4);
    expect([way.trailers?.length, way.trailers?.at(-1)?.name, way.head]).toEqual([100, 'a99', undefined]);
  });

  test('fields that no table may hold, sixteen at most', () => {
    const way = new Http2Way();
    const guarded = (name: string) => ({name, value: '', as: 'never'}) as const;
    const many = Array.from({length: 15}, (_, at) => guarded(`a${at}`));
    way.block([...many, {name: 'b', value: '', as: 'indexed'}], 'trailers', 1);
    expect(way.guarded).toHaveLength(15);
    way.block([guarded('c'), guarded('d')], 'trailers', 2);
    expect([way.guarded.length, way.guarded.at(-1)]).toEqual([16, 'c']);
  });

  test('what is wrong with a section is told', () => {
    expect(new Http2Way().block(fields({}), 'response', 1)).toBe('pseudo-field');
  });
});

describe('content', () => {
  test('is hashed as it comes, while it is whole', () => {
    const way = new Http2Way();
    expect(way.contentHash).toBeUndefined();
    way.content(encodeUtf8('ab'));
    expect(way.contentHash).not.toBe(ofAbc);
    way.content(encodeUtf8('c'));
    expect([way.contentHash, way.contentBytes]).toEqual([ofAbc, 3]);
    way.end(7);
    way.end(8);
    expect([way.contentHash, way.ended]).toEqual([ofAbc, 7]);
  });

  test('with a gap it has none, whatever comes behind it', () => {
    const way = new Http2Way();
    way.content(encodeUtf8('ab'));
    way.miss(5);
    way.content(encodeUtf8('c'));
    expect([way.contentBytes, way.contentHash]).toEqual([8, undefined]);
    way.end(1);
    expect(way.contentHash).toBeUndefined();
    const late = new Http2Way();
    late.miss(2);
    late.content(encodeUtf8('abc'));
    expect(late.contentHash).toBeUndefined();
  });

  test('nobody asks for it: it is not hashed', () => {
    const way = new Http2Way(null);
    way.content(encodeUtf8('abc'));
    way.end(1);
    expect([way.contentHash, way.contentBytes]).toEqual([undefined, 3]);
  });
});

describe('a message of DNS', () => {
  const dns: Given = {':status': '200', 'content-type': 'application/dns-message'};
  const kept = (pieces: readonly number[], head = dns, end = true) => {
    const way = new Http2Way();
    way.block(fields(head), 'response', 1);
    for (const size of pieces) way.content(new Uint8Array(size).fill(size));
    if (end) way.end(2);
    return way.dnsMessage?.length;
  };

  test('is kept where it is one, and whole', () => {
    expect([kept([1, 2]), kept([1, 2], dns, false), kept([])]).toEqual([3, undefined, undefined]);
    expect(kept([1], {...dns, 'content-type': 'text/plain'})).toBeUndefined();
  });

  test('up to 65535 octets, in a hundred pieces', () => {
    expect([kept([65_534, 1]), kept([65_535, 1])]).toEqual([65_535, undefined]);
    const ones = (count: number) => Array.from({length: count}, () => 1);
    expect([kept(ones(100)), kept(ones(101))]).toEqual([100, undefined]);
  });

  test('with a gap it is none; what comes in place of octets that were reused is not changed', () => {
    const way = new Http2Way();
    way.block(fields(dns), 'response', 1);
    const piece = octetsOf('0102');
    way.content(piece);
    piece.fill(9);
    way.end(2);
    expect([...(way.dnsMessage ?? [])]).toEqual([1, 2]);
    const torn = new Http2Way();
    torn.block(fields(dns), 'response', 1);
    torn.content(piece);
    torn.miss(1);
    torn.end(2);
    expect(torn.dnsMessage).toBeUndefined();
  });

  const stream = ({
    path = '/',
    asked = '',
    answered = '',
    ends = [3, 4] as readonly (number | undefined)[],
  }) => {
    const both = new Http2Stream(1, newContentHash);
    const type = 'application/dns-message';
    const question = {':method': 'POST', ':path': path, ...(asked ? {'content-type': type} : {})};
    both.request.block(fields(question), 'request', 1);
    both.response.block(
      fields({':status': '200', ...(answered ? {'content-type': type} : {})}),
      'response',
      2,
    );
    if (asked) both.request.content(octetsOf(asked));
    if (answered) both.response.content(octetsOf(answered));
    const [first, second] = ends;
    if (first !== undefined) both.request.end(first);
    if (second !== undefined) both.response.end(second);
    return both.dnsMessages.map(({asks, bytes, frame}) => [
      asks ? 'asks' : 'answers',
      bytes.join(' '),
      frame,
    ]);
  };

  test('asked by POST, or by GET in the path (RFC 8484 §4.1.1)', () => {
    expect(stream({asked: '0a', answered: '0b0c'})).toEqual([
      ['asks', '10', 3],
      ['answers', '11 12', 4],
    ]);
    // Base64url of 00 01 02.
    for (const path of ['/dns-query?dns=AAEC', '/q?a=1&dns=AAEC&b=2'])
      expect(stream({path, answered: '0b'})).toEqual([
        ['asks', '0 1 2', 3],
        ['answers', '11', 4],
      ]);
    expect(stream({path: '/?xdns=AAEC', answered: '0b'})).toEqual([['answers', '11', 4]]);
  });

  test('a path alone asks nothing: the answer is one of DNS', () => {
    expect(stream({path: '/?dns=AAEC'})).toEqual([]);
    expect(stream({asked: '0a'})).toEqual([['asks', '10', 3]]);
    expect(stream({path: '/?dns=AAEC', answered: '0b', ends: [undefined, 4]})).toEqual([
      ['answers', '11', 4],
    ]);
  });
});

test('how far it came', () => {
  const endOf = (request?: number, response?: number, reset = false) => {
    const stream = new Http2Stream(1, newContentHash);
    if (request !== undefined) stream.request.end(request);
    if (response !== undefined) stream.response.end(response);
    if (reset) stream.reset = {side: 0, error: 8, frame: 9};
    return stream.end;
  };
  expect([endOf(), endOf(1), endOf(undefined, 1), endOf(1, 2)]).toEqual([
    ...['open', 'half-closed', 'half-closed', 'closed'],
  ]);
  expect([endOf(undefined, undefined, true), endOf(1, undefined, true), endOf(1, 2, true)]).toEqual([
    ...['reset', 'reset', 'closed'],
  ]);
});
