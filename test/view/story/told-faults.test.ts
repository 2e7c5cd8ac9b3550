// Sentences of runs with a fault of the reader's that a close reading found false or missing, each in both languages.

import {expect, test} from 'vitest';
import {some} from '../../helpers/seeds.ts';
import {drop, toldAlone} from './told-with.ts';

const sentences = [
  [
    'what the path held up comes behind what left later (as the segments of the run say)',
    ['rack-tlp intact', 10, {kind: 'reorder', places: 3}],
    'Packet 10, 1000 bytes from seq=13001, has been overtaken: 3 packets sent later got there first.',
    '第 10 个分组（seq=13001 起的 1000 字节）被超过了：比它晚发的 3 个分组先到了。',
  ],
  [
    'and nothing is said of others where none has overtaken it',
    ['time-wait base', 4, {kind: 'delay', byUs: 100_000}],
    'Packet 4, 100 bytes from seq=1001, arrives late: it left 150 ms ago.\n',
    '第 4 个分组（seq=1001 起的 100 字节）迟到了：它 150 ms 前就已发出。\n',
  ],
  [
    'behind a router it comes late where it is for, and an ACK of what was acknowledged says nothing new (RFC 9293 §3.10.7.4)',
    ['cubic close-by', 48, {kind: 'delay', byUs: 150_000}],
    'The ACK with ack=16001 arrives late and says nothing new: it left 170 ms ago. 84 packets sent later got there first.',
    'ack=16001 的 ACK 迟到了：它 170 ms 前就已发出。比它晚发的 84 个分组先到了。它没有带来新信息。',
  ],
  [
    'so does a copy, and what comes of it is told with it',
    ['dns-cache alias', 13, {kind: 'dup', afterUs: 2_000_000}],
    'Packet 13 arrives again: the path made a copy of it. No program on the resolver waits on port 32910: the response is thrown away.',
    '第 13 个分组又到了一份：网络多复制了一份。解析器上没有程序在用端口 32910，这个响应没人收。',
  ],
  [
    'and its sender hears of it by D-SACK behind a router, too (RFC 2883 §4)',
    ['cookies-session base', 7, {kind: 'dup', afterUs: 30_000}],
    'D-SACK tells the browser that the 99 bytes from seq=1043 reached the shop twice, though the browser sent them only once.',
    '浏览器从 D-SACK 得知：seq=1043 起的 99 字节，商店收到了两次，而自己只发过一次。',
  ],
  [
    'a probe of the window has a timer, and the next one follows (RFC 9293 §3.8.6.1)',
    ['sliding-window base', 25, drop],
    'The probe with seq=9000 is lost on the way. Nothing tells the client; its timer is due at 3.050 s.',
    'seq=9000 的探测在途中丢了。没有谁会通知客户端；它的定时器设在 3.050 s 超时。',
  ],
  [
    'a FIN waits for the window, too: that is no data',
    ['why-four base', 4, {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true}],
    'The server has its FIN to send, but the last window that it was told is 0. If nothing comes by 1.450 s it asks whether there is room.',
    '服务器有 FIN 要发，但最近得知的窗口为 0。到 1.450 s 若还没有消息，它就去问有没有空间。',
  ],
  [
    'so has one of silence (RFC 9293 §3.8.4)',
    ['half-open keep-alive', 7, {kind: 'delay', byUs: 150_000}],
    'The probe with seq=1000 is lost: the host is down. Nothing tells the client; its timer is due at 7275.100 s.',
    'seq=1000 的探测丢失：主机已停机。没有谁会通知客户端；它的定时器设在 7275.100 s 超时。',
  ],
  [
    'whoever misses an update of the window asks for it',
    ['sliding-window lost-update', 10, drop],
    'The client still waits for room: if nothing comes by 2.600 s, it asks.',
    '客户端还在等空间：到 2.600 s 若没有消息，它就去问。',
  ],
  [
    'what the lost ACK would have said another one says',
    ['teardown base', 5, drop],
    'No timer retransmits an ACK. The next one, ack=1101, has already left and covers what this one was to acknowledge, too.',
    '没有定时器会重传 ACK。下一个 ACK（ack=1101）已经发出，这个 ACK 要确认的，它也一并确认。',
  ],
  [
    'two programs ask for one name: the question whose timer has run out is asked again, under its own id',
    ['dns-transport base', 4, drop],
    'For 5 s no answer about the A record has come: the laptop asks the resolver again, with the same id, ',
    'A 记录的查询 5 s 没有应答，笔记本再问一次解析器，id 仍是 ',
  ],
  [
    'a response for which nobody waits any more (RFC 1122 §4.1.3.1)',
    ['dns-cache planned', 16, {kind: 'dup', afterUs: 30_000}],
    'No program on the resolver waits on port 32910: the response is thrown away.',
    '解析器上没有程序在用端口 32910，这个响应没人收。',
  ],
  [
    'a referral that leads nowhere is no error (RFC 1034 §4.2.1)',
    ['dns-iterative what-if 5', 1, drop],
    'The resolver gets nothing useful from 198.51.100.2: it refers to the servers of abc.com without an address (no glue), and only they could tell one.',
    '解析器从 198.51.100.2 得不到可用的应答：它转介给 abc.com 的服务器却没附地址（缺粘合记录），而地址只有那些服务器自己知道。',
  ],
  [
    'an error has a name',
    ['dns-iterative what-if 6', 1, drop],
    'The resolver gets nothing useful from 203.0.113.53: it answers REFUSED.',
    '解析器从 203.0.113.53 得不到可用的应答：它回 REFUSED。',
  ],
  [
    'who is silent over TCP has answered over UDP (RFC 7766 §5)',
    ['dns-transport what-if 2', 10, drop],
    'The laptop gets nothing useful from 192.0.2.53: over UDP its response was cut short (TC=1), and over TCP none comes.',
    '笔记本从 192.0.2.53 得不到可用的应答：它在 UDP 上的响应被截断（TC=1），改用 TCP 又没有等到。',
  ],
  [
    'an answer that is lost on the way was given',
    ['dns-recursion what-if 1', 2, drop],
    'The laptop gets nothing useful from 192.0.2.53: no answer comes in time.',
    '笔记本从 192.0.2.53 得不到可用的应答：到时没有等到答案。',
  ],
  [
    'a SYN that is no old copy ends TIME-WAIT (RFC 6191 §2)',
    ['time-wait reuse', 4, drop],
    'The server forgets the last connection from this port, for which it was still in TIME-WAIT: this SYN is no old copy, as its number lies beyond all that had come. It answers with SYN,ACK: seq=',
    '服务器还在为这个端口的上一条连接停在 TIME-WAIT；新来的 SYN 序号比旧连接收到过的都靠后，不会是旧副本，于是它删除旧连接，回应 SYN,ACK：',
  ],
  [
    'the redirect that is one too many, after others to the same place',
    ['http-status loop', 20, drop],
    'but http://www.example.com/loop would be one redirect too many.',
    '但再去 http://www.example.com/loop 就重定向太多次了。',
  ],
  [
    'what an altered packet brings about where it arrives (RFC 9293 §3.9.2.2)',
    ['refused rejected', 2, {kind: 'edit', field: 'ip.ttl', value: 1, mend: true}],
    'The firewall tells the client by ICMP: port unreachable. The program gets ECONNREFUSED.',
    '防火墙用 ICMP 告知客户端：端口不可达。程序得到 ECONNREFUSED。',
  ],
  [
    'an old ACK goes by its ack wherever it is named, and by the number that does not fit, too',
    ['sliding-window scale', 3, {kind: 'reorder', places: 1}],
    'The server throws the ACK with ack=9001 (seq=1001) away: it expects other numbers. It answers with ack=2001,',
    'ack=9001 的 ACK（seq=1001）不在服务器期望的序号范围内，丢弃。它回 ack=2001，',
  ],
  [
    'a handshake that is not finished is not half open (RFC 9293 §3.5.1)',
    ['state-machine reset', 3, {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true}],
    'The RST ends a handshake that was not finished: the server forgets it and goes on listening.',
    'RST 结束了这条半连接：服务器把它删掉，继续监听；',
  ],
  [
    'flags that nobody sets together are the name of the segment, and it is no copy of what had come',
    ['why-three time-wait', 8, {kind: 'edit', field: 'tcp.flags', value: 0x13, mend: true}],
    'The client throws the SYN,FIN,ACK away: it expects other numbers. It answers with ack=9002,',
    'SYN,FIN,ACK 不在客户端期望的序号范围内，丢弃。它回 ack=9002，',
  ],
  [
    'what SACK shows before a third ACK asks for it (RFC 6675 §5)',
    ['rack-tlp again-old', 6, {kind: 'reorder', places: 2}],
    'SACK shows the server what is missing: it sends the 1000 bytes from seq=11001 again before its timer runs out (fast retransmit). Its cwnd falls from 12000 to 7000 bytes.',
    'SACK 表明了缺哪些数据，服务器不等定时器超时就重发 seq=11001 起的 1000 字节（快速重传）。cwnd 从 12000 降到 7000 字节。',
  ],
  [
    'what a recovery begins with is no collapse: cwnd comes back up to ssthresh (RFC 9937)',
    ['rack-tlp base', 16, drop],
    'The cwnd of the server falls from 18000 to 1000 bytes, and is to rise again to ssthresh, 12000.',
    'cwnd 从 18000 降到 1000 字节，之后应回升到 ssthresh 的 12000。',
  ],
  [
    'after a time-out it grows from there',
    ['rack-tlp old', 12, drop],
    'Its cwnd falls from 14000 to 1000 bytes.\n',
    'cwnd 从 14000 降到 1000 字节。\n',
  ],
  [
    'a third segment that SACK names leaves no time to one that is missing (RFC 8985 §6.2)',
    ['rack-tlp hole', 10, drop],
    'SACK names 3 segments sent later, with no reordering seen this way so far: the server marks the 1000 bytes from seq=13001 as lost',
    'SACK 已报告 3 个后发的报文段，且未见自己发的报文段乱序：服务器判定 seq=13001 起的 1000 字节丢失',
  ],
  [
    'in a recovery there is none',
    ['rack-tlp alone', 9, drop],
    'Something sent later has arrived; as no reordering has been seen this way so far, a recovery does not wait: the server marks the 1000 bytes from seq=18001 as lost',
    '后发的报文段已经到达；未见自己发的报文段乱序，恢复期间不再等待：服务器判定 seq=18001 起的 1000 字节丢失',
  ],
  [
    'else its reordering window has to be over',
    ['rack-tlp base', 16, drop],
    'Something sent later has arrived, and the reordering window has passed: the server marks the 1000 bytes from seq=17001 as lost',
    '后发的报文段已经到达，乱序窗口也已过去：服务器判定 seq=17001 起的 1000 字节丢失',
  ],
  [
    'what was altered dies of its checksum, which nobody has mended (RFC 9293 §3.1)',
    ['data-transfer base', 4, {kind: 'edit', field: 'tcp.window_size_value', value: 1, mend: false}],
    'Packet 4, 1460 bytes from seq=1001, has been altered on the way, and is thrown away: the checksum is wrong.',
    '第 4 个分组（seq=1001 起的 1460 字节）在途中遭到改动，被丢弃：校验和不符。',
  ],
  [
    'a copy of an ACK, where its receiver does not even count it (RFC 5681 §2)',
    ['data-transfer small', 5, {kind: 'dup', afterUs: 30_000}],
    'Packet 5 arrives again: the path made a copy of it. It says nothing new.',
    '第 5 个分组又到了一份：网络多复制了一份。它没有带来新信息。',
  ],
  [
    'of a name only one type was not found',
    ['dns-recursion browser', 24, {kind: 'delay', byUs: 700_000}],
    'No HTTPS record is found for y.abc.com: the program of the laptop gets NODATA. That means: the name is there, but not with that type.',
    'y.abc.com 的 HTTPS 记录没有查到：笔记本的程序得到 NODATA，意思是名字有，但没有这种类型的记录。',
  ],
  [
    'a SYN whose number a SYN,ACK has brought is no copy',
    ['state-machine crossing', 2, {kind: 'reorder', places: 3}],
    'The client already knows the number of the SYN: it throws the packet away and repeats ack=9001.',
    '客户端早已知道 SYN 的序号：丢弃它，再回一次 ack=9001。',
  ],
  [
    'a handshake whose last ACK finds no room (listen(2))',
    ['accept-queue greeting', 11, {kind: 'dup', afterUs: 0}],
    'The accept queue of the server is full: it drops the ACK with ack=9001, and answers nothing.',
    '服务器的全连接队列已满：它丢弃 ack=9001 的 ACK，什么也不回。',
  ],
  [
    'ACKs with SACK that wait for company are not delayed ones (tcp_comp_sack_delay_ns)',
    ['your-capture lost', 57, drop],
    'The client has reported often enough what is missing: it gathers what comes behind that, and tells it in one ACK, at 700 µs at the latest (SACK compression).',
    '客户端报告空缺的次数够多了：后面再来的先攒着，最迟到 700 µs，合成一个 ACK 报告（SACK 压缩）。',
  ],
  [
    'and none of the data behind the gap could have carried it',
    ['your-capture lost', 57, drop],
    'The client tells in one ACK what it has gathered, ack=29273.',
    '客户端把空缺后面收到的合在一个 ACK 里报告，ack=29273。',
  ],
  [
    'what no listener of Linux takes, and RFC 9293 §3.10.7.2 would (tcp_rcv_state_process)',
    ['state-machine base', 1, {kind: 'edit', field: 'tcp.flags', value: 0x03, mend: true}],
    'Linux takes no SYN that carries FIN, too: the server throws the SYN,FIN away and answers nothing.',
    'Linux 的监听端口不接受同时带 FIN 的 SYN：服务器丢弃 SYN,FIN，什么也不回。',
  ],
  [
    'the FIN that comes again makes TIME-WAIT begin anew (RFC 9293 §3.10.7.4)',
    ['state-machine crossing', 9, drop],
    'The server already has the FIN: it throws it away and repeats ack=1002. TIME-WAIT begins anew, until 62.05 s.',
    '服务器已经收到过 FIN：丢弃重复的，再回一次 ack=1002。TIME-WAIT 重新计时，到 62.05 s 为止。',
  ],
  [
    'nobody knows whether his last ACK arrives, and an earlier one may be lost',
    ['state-machine crossing', 9, drop],
    'The server cannot know whether its own last ACK gets through; if not, the client sends its FIN again, so the server stays in TIME-WAIT, its timer due at 61.10 s.',
    '服务器无从知道自己最后的 ACK 是否到达；若没有到，客户端会重发 FIN，所以服务器停在 TIME-WAIT，定时器设在 61.10 s 超时。',
  ],
  [
    'what is told of the next probe is what happens in silence: in Linux an answer begins the wait anew (tcp_ack_probe)',
    ['sliding-window base', 13, drop],
    'The client asks whether the window is still closed; its timer is due at 2.400 s.',
    '客户端探询窗口是否仍然关着；定时器设在 2.400 s 超时。',
  ],
  [
    'of several bytes one speaks as of several; the reordering timer is told by its own time',
    ['rack-tlp late', 29, {kind: 'edit', field: 'tcp.seq_raw', value: 21991, mend: true}],
    'Something sent later has arrived, and the server’s reordering timer, set anew at 323 ms, has run out after 7 ms: it marks the 10 bytes from seq=22991 as lost and sends them again (RACK).',
    '后发的报文段已经到达，服务器的乱序定时器从 323 ms 起重新计时，在 7 ms 后超时：它判定 seq=22991 起的 10 字节丢失，重发一次（RACK）。',
  ],
  [
    'what has arrived and left later may be a FIN without data (RFC 8985 §6.2)',
    ['http-request no-space', 6, drop],
    'Something sent later has arrived, and the server’s reordering timer has run out after 27 ms: it marks the 162 bytes from seq=9001 as lost and sends them again (RACK).',
    '后发的报文段已经到达，服务器的乱序定时器也在 27 ms 后超时：它判定 seq=9001 起的 162 字节丢失，重发一次（RACK）。',
  ],
  [
    'an ACK of something else is no answer to what is sent again',
    ['state-machine crossing', 9, drop],
    'No ACK of the FIN has come for 1 s: the client sends it again, to ask what has arrived (a tail loss probe, TLP). Its retransmission timer is due at 3.000 s.',
    '客户端等了 1 s，没有收到对 FIN 的确认，于是重发一次，探测是否已到达（尾部丢失探测，TLP）。重传定时器设在 3.000 s 超时。',
  ],
  [
    'what comes of a copy',
    ['half-open heartbeat', 5, {kind: 'dup', afterUs: 30_000}],
    'The client throws the ACK with ack=1021 (seq=9001) away: it expects other numbers. It answers with ack=9021,',
    'ack=1021 的 ACK（seq=9001）不在客户端期望的序号范围内，丢弃。它回 ack=9021，',
  ],
  [
    'what D-SACK tells, and what becomes of cwnd (RFC 2883 §4, RFC 3708)',
    ['rack-tlp undone', 20, drop],
    'D-SACK tells the server that the 1000 bytes from seq=11001 reached the client twice: packet 26 brought them again. With that the server undoes the slowing down: its cwnd is ',
    '服务器从 D-SACK 得知：seq=11001 起的 1000 字节，客户端收到了两次，第二次是第 26 个分组带来的。于是撤销减速，cwnd 恢复为 ',
  ],
  [
    'and where the path made the copy',
    ['your-capture base', 15, {kind: 'dup', afterUs: 30_000}],
    'D-SACK tells the server that the 1448 bytes from seq=22033 reached the client twice, though the server sent them only once.',
    '服务器从 D-SACK 得知：seq=22033 起的 1448 字节，客户端收到了两次，而自己只发过一次。',
  ],
  [
    'what is acknowledged is told by the number that came',
    ['loss-recovery with-sack', 20, {kind: 'edit', field: 'tcp.ack_raw', value: 9001, mend: true}],
    'ack=9001 acknowledges all that the client had sent: its timer stops.',
    'ack=9001 确认了客户端已发出的全部内容，定时器停止。',
  ],
  [
    'in TIME-WAIT Linux ignores an RST in the window, too, unless its number is the next (tcp_timewait_state_process)',
    ['time-wait old-data', 4, {kind: 'edit', field: 'tcp.ack_raw', value: 14_001, mend: true}],
    'The client ignores the RST: in TIME-WAIT only the very next number counts, and it bears another.',
    '客户端不理会 RST：在 TIME-WAIT 里只认紧接着的那个序号，它不是。',
  ],
  [
    'what takes up no number is no copy of anything (RFC 9293 §3.10.7.4)',
    ['time-wait old-data', 10, {kind: 'edit', field: 'tcp.flags', value: 0, mend: true}],
    'The client throws packet 10 away: it expects other numbers. It answers with ack=9002,',
    '第 10 个分组不在客户端期望的序号范围内，丢弃。它回 ack=9002，',
  ],
  [
    'a delay that nobody sees is told as that, as the packet is lost anyway (the drops of the run)',
    ['handshake-loss classic', 2, {kind: 'reorder', places: 3}],
    'So nobody sees that the path was to hold it up. Nothing tells the client; its timer is due at 3.000 s.',
    '网络本该拖住它，现在也就看不出来。没有谁会通知客户端；它的定时器设在 3.000 s 超时。',
  ],
] as const;

test.each(some(sentences, 8))('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('a packet that arrives as another is written in the language of the sentence', () => {
  const bare = {kind: 'edit', field: 'tcp.flags', value: 0, mend: true} as const;
  const told = toldAlone('time-wait old-data', 10, bare);
  expect(told).toContain('it arrives as no flags seq=9001.');
  expect(told).toContain('到达时是无标志位 seq=9001。');
});

// RFC 792: nothing acknowledges such a message, and nobody sends it once more.
test('of a message of ICMP it is told that it is one, and that nobody repeats it', () => {
  const told = toldAlone('refused soft', 6, drop);
  expect(told).toContain(
    'Packet 6, an ICMP message, is lost on the way. ICMP repeats nothing: the client never gets it.',
  );
  expect(told).toContain('第 6 个分组（ICMP 报文）在途中丢了。ICMP 不重传，客户端收不到它。');
});

test('of a flag that somebody took away it is told that it had been there', () => {
  const ack = {kind: 'edit', field: 'tcp.flags', value: 0x10, mend: true} as const;
  const told = toldAlone('http-connections poll', 22, ack);
  expect(told).toContain('it left as FIN,ACK seq=1169 ack=9710; it arrives as ACK seq=1169 ack=9710.');
  expect(told).toContain('发出时是 FIN,ACK seq=1169 ack=9710，到达时是 ACK seq=1169 ack=9710。');
});

test('a number that came twice is no byte that came twice: a FIN that somebody set, and the byte behind it (RFC 2883 §4)', () => {
  const altered = {kind: 'edit', field: 'tcp.flags', value: 0x11, mend: true} as const;
  expect(toldAlone('teardown base', 3, altered)).not.toContain('D-SACK');
});

test('a beat with a condition of its own is silent, too, where what came is not what was sent', () => {
  const kind = {kind: 'edit', field: 'tcp.flags', value: 0x14, mend: true} as const;
  const told = toldAlone('time-wait base', 11, kind);
  expect(told).toContain('it arrives as RST,ACK');
  expect(told).not.toMatch(/the ACK arrives|ACK 到了/);
});

test('nor does it speak at another place, which its condition does not mean', () => {
  const kind = {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true} as const;
  expect(toldAlone('why-four base', 4, kind)).not.toContain('The stack acknowledges at once');
});

test('a partial ACK that comes by way of a late segment is no round trip behind the repetition', () => {
  const told = toldAlone('loss-recovery no-sack', 4, {kind: 'delay', byUs: 20_000});
  expect(told).not.toMatch(/one more round trip later|又晚了一个往返/);
});

test('what is lost at one time is told once, with how many more there are', () => {
  const told = toldAlone('congestion outage', 54, drop);
  expect(told).toContain(
    'Packet 64, 1000 bytes from seq=31001, is lost on the way, and 38 more at the same time, up to packet 102. The client does not know that yet; its timer is due at 600 ms.',
  );
  expect(told).toContain(
    '第 64 个分组（seq=31001 起的 1000 字节）在途中丢了，同一时刻丢的还有 38 个，到第 102 个分组为止。',
  );
  expect(told).not.toContain('Packet 65');
  const few = toldAlone('rack-tlp old', 12, drop);
  expect(few).toContain('is lost on the way, and packets 14 and 15 at the same time.');
  expect(few).toContain('在途中丢了，同一时刻丢的还有第 14 和 15 个分组。');
  const two = toldAlone('loss-recovery base', 8, drop);
  expect(two).toContain('is lost on the way, and packet 8 at the same time.');
  expect(two).toContain('在途中丢了，同一时刻丢的还有第 8 个分组。');
});

test('that a queue is full is told to each connection that loses by it (the drops of the run)', () => {
  const told = toldAlone('cubic both-reno', 1, drop);
  expect(told.match(/Packet \d+, .*, is lost: the queue of the link is full/g)?.slice(2)).toEqual([
    'Packet 99, 1000 bytes from seq=66001, is lost: the queue of the link is full',
    'Packet 290, 1000 bytes from seq=1001, is lost: the queue of the link is full',
    'Packet 532, 1000 bytes from seq=11001, is lost: the queue of the link is full',
  ]);
  expect(told).toContain('同一时刻丢的还有 9 个，到第 299 个分组为止。客户端还不知道');
});

// The time of each way, from the events of the run: nothing on it took longer than without the fault.
test('what the first link passes on at once is not late, however far it still has to go', () => {
  expect(toldAlone('dns-cache alias', 8, {kind: 'reorder', places: 1})).not.toMatch(/arrives late|迟到/);
});

// Packet 36 acknowledges the FIN at 25.200 s, where a longer run goes on: the probe of 25.302 s never leaves (RFC 6298 §5.2).
test('a timer that what is under way will stop is not said to run out next', () => {
  const told = toldAlone('url-to-page base', 27, drop);
  expect(told).toContain(
    'Here the run is cut off: the laptop is in LAST-ACK, the website in TIME-WAIT, and a packet is under way.\n',
  );
  expect(told).not.toMatch(/next timer to run out|下一个超时/);
});
