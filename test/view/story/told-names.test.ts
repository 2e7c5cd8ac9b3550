// What becomes of names that are asked for, in sentences that a close reading found false or missing.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {drop, toldAlone, toldWith} from './told-with.ts';

/** The next router takes off the last hop. */
const hop: FaultKind = {kind: 'edit', field: 'ip.ttl', value: 1, mend: true};
const onLink: FaultKind = {kind: 'corrupt', where: 'link'};

const sentences: readonly (readonly [string, readonly [string, number, FaultKind], string, string])[] = [
  [
    'a response that is cut short would fit into a datagram: the query allows no more (RFC 1035 §4.2.1)',
    ['dns-transport truncated', 3, drop],
    'the response for big.abc.com is longer than 512 octets, the most over UDP where the query names no size (RFC 1035 §4.2.1): TC=1, ask again over TCP.',
    'big.abc.com 的响应超过 512 字节：查询没有声明长度，UDP 上最多就是这些（RFC 1035 §4.2.1），TC=1，请改用 TCP 再问。',
  ],
  [
    'what the cache has is answered with, over TCP as well',
    ['dns-transport truncated', 3, drop],
    'still has the answer in its cache: it asks nobody. The resolver answers: the TXT record of big.abc.com',
    '不必问别人。解析器应答：big.abc.com 的 TXT 记录',
  ],
  [
    'a program has its answer in the instant in which a connection is closed',
    ['dns-transport truncated', 3, drop],
    'This closes only its own direction. The program of the laptop has its answer for big.abc.com',
    '这只关闭它自己的方向。笔记本的程序得到了 big.abc.com 的结果',
  ],
  [
    'why the next query leaves: a lesson that is silent about NODATA leaves that to the account (RFC 2308 §2.2)',
    ['dns-recursion mail', 9, onLink],
    'No MX record is found for y.abc.com: the program of the laptop gets NODATA. That means: the name is there, but not with that type.',
    'y.abc.com 的 MX 记录没有查到：笔记本的程序得到 NODATA，意思是名字有，但没有这种类型的记录。',
  ],
  [
    'a denial whose time is over (RFC 2308 §5)',
    ['dns-cache negative', 3, drop],
    'The resolver had in its cache that there is no nope.abc.com, but the TTL of that has run out: it asks anew.',
    '解析器的缓存里「nope.abc.com 不存在」这一条，TTL 已经到期，要重新查询。',
  ],
  [
    'an address whose time is over, while the alias that leads to it is kept',
    ['dns-cache alias', 3, drop],
    'The resolver still has in its cache that www.abc.com is an alias of y.abc.com (CNAME, with a TTL of 3300 s), but the TTL of the A record of y.abc.com has run out. The resolver asks',
    '解析器的缓存里还有 www.abc.com 的 CNAME 记录（TTL 3300 s），指向 y.abc.com，而后者的 A 记录，TTL 已经到期。',
  ],
  [
    'what a cache has is old where the zone was edited (the zone of the run, RFC 1034 §4.3.5)',
    ['dns-cache base', 1, drop],
    'The resolver still has the A record of y.abc.com in its cache, with a TTL of 106 s: it asks nobody. Yet since 110.0 s the zone has 203.0.113.81 in its place: the cache does not know that, and goes by its TTL.',
    'TTL 106 s，不必问别人。可是从 110.0 s 起，区里已改成 203.0.113.81：缓存并不知道，只认 TTL。',
  ],
  [
    'and where it has a name by now that there was not (RFC 2308 §5)',
    ['dns-cache negative', 3, {kind: 'dup', afterUs: 0}],
    'that there is no nope.abc.com: it asks nobody. Yet since 20.00 s the zone has that name, with 203.0.113.82: the cache does not know that, and goes by its TTL.',
    'nope.abc.com 不存在，TTL 还剩 31 s，不必问别人。可是从 20.00 s 起，区里已经有了 203.0.113.82：缓存并不知道，只认 TTL。',
  ],
  [
    'the cache has the name in other letters (RFC 4343)',
    ['dns-transport base', 1, onLink],
    'has the A record of Y.ABC.com in its cache, with a TTL of 297 s: it asks nobody. y.abc.com is the same name: large and small letters make no difference (RFC 4343).',
    'TTL 297 s，不必问别人。y.abc.com 是同一个名字：名字不分大小写（RFC 4343）。',
  ],
  [
    'a label that is too long (RFC 1035 §2.3.4)',
    ['dns-transport names', 2, drop],
    'aaaaaaaaaaaaaaaa…aaaaaaaaaaaa.com (70 octets) cannot be asked for, as one of its labels is longer than 63 octets (RFC 1035 §2.3.4): the program of the laptop gets EINVAL, and nothing is sent.',
    '70 字节长的 aaaaaaaaaaaaaaaa…aaaaaaaaaaaa.com 无法查询，因为有一个标签超过 63 字节（RFC 1035 §2.3.4）：笔记本的程序得到 EINVAL，什么也没有发出。',
  ],
  [
    'a name that is too long (RFC 1035 §2.3.4)',
    ['dns-transport names', 2, drop],
    'bbbbbbbbbbbbbbbb…eeeeeeeeeeee.com (256 octets) cannot be asked for, as it is longer than 255 octets (RFC 1035 §2.3.4): the program',
    '256 字节长的 bbbbbbbbbbbbbbbb…eeeeeeeeeeee.com 无法查询，因为它超过 255 字节（RFC 1035 §2.3.4）：',
  ],
  [
    'a copy of a query is answered like any other',
    ['dns-recursion browser', 16, {kind: 'dup', afterUs: 30_000}],
    'The authority answers that query once more: it keeps no record of what it has answered, so a copy is a query like any other. For the resolver the question is settled already.',
    '权威服务器把那个查询又答了一遍：答过什么它并不记录，副本对它来说就是又一个查询。对解析器来说，这个查询早有结果了。',
  ],
  [
    'whose TTL runs out on the way: a datagram’s, not a record’s; and what comes of the ICMP (RFC 791 §3.2)',
    ['dns-recursion base', 2, hop],
    'thrown away: the TTL in its IP header, a count of hops, ran out. The router tells the resolver.',
    '被丢弃：IP 首部的 TTL（跳数）耗尽。路由器告知解析器。',
  ],
  [
    'who asked hears of it, and waits all the same',
    ['dns-recursion base', 2, hop],
    'by ICMP: TTL ran out. The resolver does nothing about it: it waits for an answer until 805 ms all the same.',
    'TTL 耗尽。解析器不作处理，照样等应答，最多等到 805 ms。',
  ],
  [
    'who answered hears of it, and who waits does not',
    ['dns-recursion base', 3, hop],
    'by ICMP: TTL ran out. It goes to the sender of the response; the resolver is told nothing, and waits until 805 ms.',
    'TTL 耗尽。这个消息只到发出响应的一方；解析器得不到通知，照样等到 805 ms。',
  ],
  [
    'each of three questions that leave at once has a timer of its own: who asked waits by that of the lost one',
    ['dns-recursion browser', 11, {kind: 'drop'}],
    'The query for the AAAA record is lost on the way. UDP repeats nothing. The resolver waits for an answer until 845 ms.',
    'AAAA 记录的查询在途中丢了。UDP 不重传。解析器等应答，最多等到 845 ms。',
  ],
  [
    'three responses that say the same are told apart by the type that they are about',
    ['dns-recursion browser', 4, drop],
    'The root does not have the HTTPS record, but names the server of com, which is closer to it.',
    '根服务器没有 HTTPS 记录的答案，但给出了 com 的服务器，它离答案更近。',
  ],
  [
    'all of a record set are told, which share one TTL (RFC 2181 §5.2)',
    ['url-to-page dead', 8, hop],
    'is 203.0.113.79, with a TTL of 300 s; another one is 203.0.113.80. AA=0',
    '记录是 203.0.113.79，TTL 300 s，另一条是 203.0.113.80。AA=0',
  ],
  [
    'and where the router tells of it, too',
    ['dns-recursion browser', 11, hop],
    'The resolver does nothing about it: it waits for an answer until 845 ms all the same.',
    '解析器不作处理，照样等应答，最多等到 845 ms。',
  ],
  [
    'the same answer as twice before is news once its zone has another',
    ['dns-cache planned', 8, {kind: 'drop'}],
    'and goes by its TTL. The resolver answers: the A record of y.abc.com is 203.0.113.80, with a TTL of 12 s.',
    '只认 TTL。解析器应答：y.abc.com 的 A 记录是 203.0.113.80，TTL 12 s。',
  ],
];

test('of two answers of one instant that of no record says which it is of (RFC 2308 §2.2)', () => {
  const told = toldWith('dns-recursion browser', 2, {kind: 'drop'});
  expect(told).toMatch(/with NODATA for y\.abc\.com: the name exists, but has no HTTPS record\./);
  expect(told).toMatch(/对 y\.abc\.com 回 NODATA，名字有，但没有 HTTPS 记录。/);
  expect(told).not.toMatch(/answers [^\n.]*NODATA[^\n]*that type|应答[^\n。]*NODATA[^\n。]*这种类型/);
});

test('and so is what a program gets of it', () => {
  const told = toldWith('dns-cache planned', 8, {kind: 'drop'}).split('\n');
  const stale = told.findIndex((each) => each.includes('Yet since 310.0 s the zone has 203.0.113.81'));
  expect(told.slice(stale)).toContain('The program of the phone has its answer for y.abc.com: 203.0.113.80.');
});

test.each(sentences)('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});
