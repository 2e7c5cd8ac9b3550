// Sentences that say what comes of a fault as the raw events of the run have it, where a close reading missed it; in both languages.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {drop, toldAlone, toldWith} from './told-with.ts';

const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});
const late: FaultKind = {kind: 'delay', byUs: 300_000};
const copy = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});

type Faulted = readonly [name: string, packet: number, kind: FaultKind];
type Sentence = readonly [what: string, faulted: Faulted, en: string, zh: string];

const sentences: readonly Sentence[] = [
  [
    'it waits for no close where its program has closed when the instant is over (raw events of that run: LAST-ACK at 350 ms)',
    ['https-why https-edited', 3, {kind: 'reorder', places: 1}],
    'The server acknowledges with ack=1411; a FIN uses up a number, too.\n',
    '服务器回 ack=1411，FIN 也占一个序号。\n',
  ],
  [
    'another SYN ends a handshake, and on Linux it is refused (tcp_check_req, asked of 6.18)',
    ['why-three reopened', 4, drop],
    'the server forgets that handshake, goes on listening, and, as Linux does, answers the SYN with RST.',
    '服务器把这条半连接删掉，继续监听；它按 Linux 的做法，用 RST 回应这个 SYN。',
  ],
  [
    'of a copy that was altered, as its arrival says, and not the packet itself',
    ['https-why https-edited', 6, copy()],
    'Packet 6 arrives again: the path made a copy of it. The mitm has changed this copy and recomputed its checksum',
    '第 6 个分组又到了一份：网络多复制了一份。中间人改动了这一份，并重算了校验和',
  ],
  [
    'before the first ACK there is no record, and the cookie is of the SYN before it (RFC 4987 §3.6)',
    ['syn-flood stamps', 11, edit('tcp.seq_raw', 101_001)],
    'The server keeps no record before that ACK, and goes by the cookie alone: the one in ack=3234820850 was made for a SYN with seq=1000, and seq=101001 does not follow that. It answers with RST.',
    '服务器在这个 ACK 到来之前没有记录，只能凭 Cookie 判断：ack=3234820850 里的 Cookie 是为 seq=1000 的 SYN 算的，与 seq=101001 对不上，于是回 RST。',
  ],
  [
    'nor is every number one of its cookies',
    ['syn-flood stamps', 11, edit('tcp.ack_raw', 7)],
    'alone: ack=7 brings back none that it has sent. It answers with RST.',
    '只能凭 Cookie 判断：ack=7 带回的不是它发过的 Cookie，于是回 RST。',
  ],
  [
    'what is taken by an altered number stands in the place of other bytes, and no checksum shows it (RFC 9293 §3.1)',
    ['sliding-window lost-update', 5, edit('tcp.seq_raw', 1991)],
    'it arrives as PSH,ACK seq=1991 ack=9001 len=1000. The server goes by the altered number: it keeps 990 bytes for its program in the place of others, which TCP cannot notice, as the checksum fits; ack=2991 is the next number it expects.',
    '服务器只认改过的序号，把这 990 字节当作别的数据留给程序，而校验和相符，TCP 察觉不到；ack=2991 是它期望的下一个序号。',
  ],
  [
    'what fills a gap behind it is right itself: nothing of it came under an altered number',
    ['sliding-window lost-update', 5, edit('tcp.seq_raw', 1991)],
    'The gap is filled: the server answers ack=5001.',
    '空缺补齐了：服务器回 ack=5001。',
  ],
  [
    'sequence numbers go on from 0 (RFC 9293 §3.4)',
    ['data-transfer wrap', 1, drop],
    'The server hands the 30 bytes to its program; ack=25 is the next number it expects: after 4294967295 the numbers go on from 0.',
    'ack=25 是它期望的下一个序号（序号过了 4294967295 又从 0 数起）。',
  ],
  [
    'the ACK of a handshake may carry data (RFC 9293 §3.5)',
    ['data-transfer wrap', 1, drop],
    'Now 30 bytes leave, in one segment with the ACK of the handshake.',
    '现在发出 30 字节，与握手的 ACK 在同一个报文段里。',
  ],
  [
    'data have been sent, an ACK is still to come (RFC 9293 Fig. 12)',
    ['http-connections short', 30, {kind: 'reorder', places: 3}],
    'although no data are left to be sent.',
    '连接的数据早已发完，服务器还要把它的记录留 60 s。',
  ],
  [
    'of two SYNs between the same ports one is told by its number (RFC 9293 Fig. 8)',
    ['why-three reopened', 4, copy(30_000)],
    'The SYN with seq=2000 arrives late: it left 300 ms ago.',
    'seq=2000 的 SYN 迟到了：它 300 ms 前就已发出。',
  ],
  [
    'what took as long as all others is not late, its place alone has changed (150.94 ms and 150.07 ms in the run)',
    ['cubic base', 54, {kind: 'reorder', places: 1}],
    'The ACK with ack=21001 (packet 54) has been overtaken and says nothing new: one packet sent later got there first.',
    'ack=21001 的 ACK（第 54 个分组）被超过了：比它晚发的 1 个分组先到了。它没有带来新信息。',
  ],
  [
    'what a firewall turned away it has told itself, and a soft error ends nothing (RFC 1122 §4.2.3.9)',
    ['refused soft', 5, drop],
    'The firewall tells the client by ICMP: host unreachable. TCP does not give up for that (RFC 1122 §4.2.3.9).',
    '防火墙用 ICMP 告知客户端：主机不可达。TCP 不因此放弃（RFC 1122 §4.2.3.9）。',
  ],
  [
    'of two with one number by its packet',
    ['http-request no-host', 1, {kind: 'delay', byUs: 4_000_000}],
    'The SYN (packet 1) arrives late: it left 4.050 s ago.',
    'SYN（第 1 个分组）迟到了：它 4.050 s 前就已发出。',
  ],
  [
    'what SACK names counts by the segments on the wire where a network card cuts packets, and all that is repeated has a number',
    ['your-capture host', 21, {kind: 'reorder', places: 2}],
    'SACK names what was sent later, 6 segments on the wire, with no reordering seen this way so far: the server marks the 1448 bytes from seq=75609 as lost',
    'SACK 已报告后发的数据，在线路上是 6 个报文段，且未见自己发的报文段乱序：服务器判定 seq=75609 起的 1448 字节丢失',
  ],
  [
    'packet 21 had 5792 bytes: 1448 and these',
    ['your-capture host', 21, {kind: 'reorder', places: 2}],
    'With it packets 33, 34 and 35 repeat the 4344 bytes from seq=77057, marked as lost, too; nor was that needed.',
    '同时发出的第 33、34 和 35 个分组也是重发，即 seq=77057 起的 4344 字节，内容同样算丢失，也不必重发。',
  ],
  [
    'how long a repair took whose timer ran out three times (RFC 5681 §3.1: the first one began it)',
    ['accept-queue base', 6, {kind: 'reorder', places: 1}],
    'The repair that began with the time-out 1.900 s ago is over; cwnd is 2920 bytes.',
    '1.900 s 前超时引起的修复到此结束，cwnd 为 2920 字节。',
  ],
  [
    'after a time-out nothing is marked',
    ['rack-tlp old', 23, drop],
    'With it packet 27 repeats the 1000 bytes from seq=18001.',
    '同时发出的第 27 个分组也是重发，即 seq=18001 起的 1000 字节。',
  ],
  [
    'where equal waits end it is said why they were equal (tcp_syn_linear_timeouts, RFC 6298 §5.5)',
    ['refused filtered', 11, copy(2_000_000)],
    'it sends the SYN again and now waits until 7.000 s, twice as long: on Linux the first 4 time-outs of a SYN do not double the wait (tcp_syn_linear_timeouts), by the RFC each one does (RFC 6298 §5.5).',
    '这次等到 7.000 s，时间加倍：Linux 前 4 次 SYN 超时不加倍（tcp_syn_linear_timeouts），而按 RFC 6298 §5.5 每次超时都加倍。',
  ],
  [
    'an ACK of what was never sent (RFC 9293 §3.10.7.4)',
    ['http-status moved', 8, edit('tcp.ack_raw', 14_288)],
    'ack=14288, but the server has sent only up to 9287. It answers ack=1167.',
    'ack=14288 确认了服务器还没发过的内容（它只发到 9287）：服务器丢弃',
  ],
  [
    'that the ACK was thrown away is said once',
    ['http-status moved', 8, edit('tcp.ack_raw', 14_288)],
    'Its retransmission timer is due at 850 ms. But the client already has them.\n',
    '重传定时器设在 850 ms 超时。其实客户端已经收到。\n',
  ],
  [
    'and what came with it is sent again because it was thrown away, too',
    ['http-status moved', 8, edit('tcp.ack_raw', 14_288)],
    'Its retransmission timer is due at 900 ms. The server threw them away when they came.',
    '重传定时器设在 900 ms 超时。先前到达的那一份，服务器当时丢弃了。',
  ],
  [
    'an alias that still holds leads to a record that does not (RFC 1034 §3.6.2)',
    ['dns-cache alias', 8, drop],
    'The resolver still has in its cache that www.abc.com is an alias of y.abc.com (CNAME, with a TTL of 3300 s), but the TTL of the A record of y.abc.com has run out. The resolver asks',
    '解析器的缓存里还有 www.abc.com 的 CNAME 记录（TTL 3300 s），指向 y.abc.com，而后者的 A 记录，TTL 已经到期。',
  ],
  [
    'what was asked for stands behind the alias',
    ['dns-cache alias', 8, drop],
    'is y.abc.com, with a TTL of 3300 s; with it goes the A record of y.abc.com, 203.0.113.80, with a TTL of 300 s. AA=0: that is not from its own zone.',
    'TTL 3300 s，并附上 y.abc.com 的 A 记录 203.0.113.80，TTL 300 s。',
  ],
  [
    'what the cache gives is said once',
    ['dns-iterative base', 8, drop],
    'The resolver still has the answer in its cache: it asks nobody. The resolver answers: the A record of y.abc.com is 203.0.113.80, with a TTL of 296 s.',
    '解析器的缓存里还有答案，不必问别人。解析器应答：',
  ],
  [
    'a program may wait less long than TCP would (RFC 9293 §3.8.3)',
    ['half-open heartbeat', 18, drop],
    'The program of the client breaks the connection off after 30 s without an ACK of what it had sent; TCP itself would go on, its timer was due at 158.4 s: it sends an RST',
    '客户端的程序等了 30 s，发出的数据一直没有得到确认，于是中止连接（TCP 自己还会等下去，定时器本来设在 158.4 s）：',
  ],
  [
    'of what a key that leaks opens nothing',
    ['https-tls12 ecdhe', 11, copy()],
    'the key is out: 0 bytes can be read.',
    '私钥泄露：能读出 0 字节，',
  ],
  [
    'and the next SYN takes it',
    ['syn-flood alive', 4, edit('tcp.window_size_value', 0)],
    'ack=1001 acknowledges the SYN. With this handshake the SYN queue of the server is full. This is the connection of port 40000.',
    '服务器的半连接队列这就满了。这是端口 40000 的连接。',
  ],
  [
    'a timer that was announced stops, and whose goes on (RFC 9293 Fig. 7, RFC 6298 §5.2)',
    ['simultaneous-open base', 4, drop],
    'host a is ESTABLISHED, and its timer stops; that of host b, which has no answer yet, is due at 1.000 s.',
    '主机 a 进入 ESTABLISHED，定时器停止；还没得到应答的主机 b，定时器设在 1.000 s。',
  ],
];

test.each([
  ['http-request base', 11, drop, /the whole connection \d+ packets/],
  ['dns-transport truncated', 7, late, /second way cost a handshake/],
  // The GET is there in time, and waits for the Finished: that is TLS, and no HTTP.
  ['url-to-page base', 14, {kind: 'corrupt', where: 'memory'}, /TLS 100 ms, /],
] as const)(
  'what a connection costs is told where no fault makes it cost more: %s',
  (name, packet, kind, never) => {
    expect(toldWith(name, packet, kind)).not.toMatch(never);
  },
);

test.each(sentences)('%s', (_what, faulted, en, zh) => {
  const told = toldWith(...faulted);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test.each([
  [
    'of two ACKs with one number the second draws the RST: the first has ended the connection (RFC 9293 §3.10.7.1)',
    ['state-machine one-by-one', 5, {kind: 'reorder', places: 2}],
    'its answer to the ACK with ack=9052 (packet 10) is RST.',
    '对 ack=9052 的 ACK（第 10 个分组）回 RST。',
  ],
  [
    'data are not acknowledged as the FIN leaves: their ACK comes at the same time, behind it (RFC 9293 §3.10.7.4)',
    ['teardown base', 6, {kind: 'reorder', places: 1}],
    'In LAST-ACK it waits until all its data and that FIN are acknowledged, ack=9252.',
    '它在 LAST-ACK 要等数据和这个 FIN 全都得到确认，即 ack=9252。',
  ],
  [
    'the SYN,ACK that comes behind its own repetitions is the one that they repeat (RFC 9293 §3.10.7.4)',
    ['half-open idle', 2, {kind: 'delay', byUs: 4_000_000}],
    'it left 4.050 s ago. 2 packets sent later got there first. The client already has the SYN,ACK: it throws it away and repeats ack=9001.',
    '比它晚发的 2 个分组先到了。客户端已经收到过 SYN,ACK：丢弃重复的，再回一次 ack=9001。',
  ],
  [
    'none of these bytes came under an altered number: those went to the program before (RFC 9293 §3.4)',
    ['rack-tlp late-old', 15, edit('tcp.seq_raw', 17_991)],
    'The gap is filled: the client answers ack=29001 and hands 10010 bytes to its program in order.',
    '空缺补齐了：客户端回 ack=29001，10010 字节按序交给程序。',
  ],
  [
    'a number outside the window does not show who has sent it (RFC 5961 §3.2)',
    ['simultaneous-open base', 3, edit('tcp.flags', 22)],
    'its number lies outside the window, and does not show that it comes from the other end.',
    '序号在窗口之外，证明不了它来自对方。',
  ],
] as const)('as the raw events of that very instant have it: %s', (_, [name, packet, fault], en, zh) => {
  const told = toldWith(name, packet, fault);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('the RST to a forged SYN frees a place in the queue (RFC 4987 §2.2)', () => {
  const told = toldAlone('syn-flood alive', 4, edit('tcp.window_size_value', 0));
  expect(told).toContain(
    'Its program has heard nothing of it. There is room in the SYN queue of the server again.',
  );
  expect(told).toContain('服务器的半连接队列又有空位了。');
});

test('a mark is echoed (RFC 3168 §6.1.3)', () => {
  const told = toldAlone('congestion marked', 60, {kind: 'corrupt', where: 'memory'});
  expect(told).toContain(
    'This packet is marked CE, as a router does when its queue grows. The server says so with the flag ECE until it hears CWR (RFC 3168 §6.1).',
  );
  expect(told).toContain(
    '这个分组带有 CE 标记，路由器用它表示队列在变长。服务器用 ECE 标志告知对方，直到收到 CWR（RFC 3168 §6.1）。',
  );
});

// What lessons tell of these runs themselves.
test.each([
  [
    'the FIN behind 620 bytes has the number behind them (9001 + 5000)',
    ['why-four streaming', 6, edit('tcp.ack_raw', 6002)],
    'FIN, number 14001, behind 620 bytes in one segment. In LAST-ACK it waits until all its data and that FIN are acknowledged, ack=14002.',
    'FIN（序号 14001）跟在最后 620 字节后面，同在一个报文段里。它在 LAST-ACK 要等数据和这个 FIN 全都得到确认，即 ack=14002。',
  ],
  [
    'that data come with the segment that completes the handshake in place of a lost ACK',
    ['handshake-loss third-then-data', 4, {kind: 'reorder', places: 2}],
    'ESTABLISHED, as the client already is. The server hands the 57 bytes to its program; ack=1058 is the next number it expects.',
    '客户端已经是这个状态。服务器把这 57 字节交给程序；ack=1058 是它期望的下一个序号。',
  ],
  [
    'and the record is made of it',
    ['syn-flood always', 3, drop],
    'Only now the server makes a record: ack=3234820850 is one more than its cookie',
    '服务器这时才建记录：ack=3234820850 比它的 Cookie 大 1',
  ],
] as const)('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});
