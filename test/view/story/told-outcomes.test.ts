// What comes of a packet that the path altered, lost or made two of, in sentences that a close reading found false or missing.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {some} from '../../helpers/seeds.ts';
import {drop, toldWith} from './told-with.ts';

const copy = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});
const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});

const sentences = [
  [
    'bytes are taken for what their number says, not for what they are',
    ['loss-recovery base', 4, edit('tcp.seq_raw', 991)],
    'it arrives as ACK seq=991 ack=9001 len=1000. The server goes by the altered number: it hands 990 bytes to its program in the place of others, which TCP cannot notice, as the checksum fits; ack=1991 is the next number it expects.',
    '到达时是 ACK seq=991 ack=9001 len=1000。服务器只认改过的序号，把这 990 字节当作别的数据交给了程序，而校验和相符，TCP 察觉不到；ack=1991 是它期望的下一个序号。',
  ],
  [
    'before such a number nothing need be missing',
    ['loss-recovery base', 4, edit('tcp.seq_raw', 1501)],
    'By its altered number packet 4 seems to lie behind a gap, 500 bytes from seq=1001. The server keeps it and repeats ack=1001; SACK tells what it has.',
    '按改过的序号看，第 4 个分组前面像是有空缺：缺 seq=1001 起的 500 字节。服务器先缓存，再回一次 ack=1001，并用 SACK 说明已有哪些。',
  ],
  [
    'nor does the gap hold what was sent in its place',
    ['loss-recovery base', 4, edit('tcp.seq_raw', 1501)],
    'By the numbers the lowest gap is filled, but some data came under an altered one: the server answers ack=2501 and hands 1500 bytes to its program. From there on something is still missing.',
    '按序号看，最前面的空缺补齐了，但有数据的序号被改过：服务器回 ack=2501，1500 字节交给程序。从那里起仍有空缺。',
  ],
  [
    'bytes with an old number have not been had before',
    ['data-transfer base', 6, edit('tcp.seq_raw', 2921)],
    'By the altered number the server believes that it already has the 80 bytes from seq=2921: it throws them away and repeats ack=3921.',
    '按改过的序号看，服务器以为已经收到过 seq=2921 起的 80 字节：丢弃，再回一次 ack=3921。',
  ],
  [
    'a FIN with another number',
    ['time-wait old-data', 6, edit('tcp.seq_raw', 1601)],
    'By its altered number the FIN of the client seems to stand behind 500 bytes that have not come, from seq=1101. The server repeats ack=1101;',
    '按改过的序号看，客户端的 FIN 前面像是还缺 seq=1101 起的 500 字节。服务器再回一次 ack=1101，',
  ],
  [
    'a copy that comes into TIME-WAIT is answered, and the wait begins anew',
    ['time-wait silence', 5, copy(2_000_000)],
    'The client throws the ACK with ack=1101 (seq=9001) away: it expects other numbers. It answers with ack=9002, the number it expects next, and with its window. TIME-WAIT begins anew, until 62.60 s (Linux’s rule).',
    'TIME-WAIT 重新计时，到 62.60 s 为止（Linux 的做法）。',
  ],
  [
    'bytes of an old copy are told by the lesson wherever a program gets them',
    ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102)],
    'so the program gets 100 bytes that nobody sent on this connection.',
    '程序收到 100 字节，可这条连接上没人发过。',
  ],
  [
    'after a lost SYN the first window is one segment: the rest stays (RFC 5681 §3.1)',
    ['loss-recovery no-sack', 1, drop],
    'Now 1000 of the 8000 bytes leave, in one segment with the ACK of the handshake: its cwnd, 1000 bytes, has no room for more.',
    '现在只发出 8000 字节中的 1000 字节，与握手的 ACK 在同一个报文段里：cwnd 只有 1000 字节，已经用完。',
  ],
  [
    'or the window of the other end keeps it (RFC 9293 §3.8.6)',
    ['sliding-window base', 1, drop],
    'Now 4000 of the 6000 bytes leave in 4 segments: the window of the other end has no room for more.',
    '现在只发出 6000 字节中的 4000 字节，分成 4 个报文段：对方的窗口已经用完。',
  ],
  [
    'what the path held up opens a connection, and data leave that had waited for it: all of it is one text',
    ['loss-recovery tail', 2, {kind: 'reorder', places: 1}],
    'SYN,ACK arrives late: it left 200 ms ago. The client has the answer to its SYN and is ESTABLISHED. The client had kept data back since 200 ms, as the connection was not open. Now 5000 bytes leave in 5 segments, the first with the ACK of the handshake.',
    'SYN,ACK 迟到了：它 200 ms 前就已发出。客户端收到对 SYN 的应答，进入 ESTABLISHED。客户端从 200 ms 起留着数据没发，因为连接还没建立；现在发出 5000 字节，分成 5 个报文段，第一个就是握手的 ACK。',
  ],
  [
    'an ACK waits for two full segments where less than one has come (RFC 5681 §4.2)',
    ['data-transfer delayed', 3, drop],
    'until 290 ms at the latest: data of its own may carry it, or it leaves at once when two full segments of data have come.',
    '最迟到 290 ms：其间一有数据要发就捎带 ACK；攒够两个满报文段的数据则立即确认。',
  ],
  [
    'what comes behind two gaps: the one right before it is told',
    ['loss-recovery base', 7, drop],
    ' lies behind another gap: 1000 bytes from seq=4001 are missing, too. The server keeps it and repeats ack=2001',
    '个分组前面又有一处空缺：还缺 seq=4001 起的 1000 字节。服务器先缓存，再回一次 ack=2001',
  ],
  [
    'of an RST that somebody made on the way the other end knows nothing',
    ['data-transfer wrap', 7, edit('tcp.flags', 20)],
    'Its program gets ECONNRESET. The server has sent no RST, and knows nothing of this one.',
    '程序得到 ECONNRESET。服务器并没有发过 RST，对此一无所知。',
  ],
  [
    'nor does who only meant to answer a SYN',
    ['delayed-ack quick-ack', 2, edit('tcp.flags', 22)],
    'Its program gets ECONNREFUSED. The server has sent no RST, and knows nothing of this one.',
    '程序得到 ECONNREFUSED。服务器并没有发过 RST，对此一无所知。',
  ],
  [
    'a copy that finds no connection',
    ['time-wait skipped', 10, copy(2_000_000)],
    'Packet 10 arrives again: the path made a copy of it. The client has no such connection any more (it ended at 1.100 s): its answer to the FIN is RST.',
    '客户端已经没有这条连接（1.100 s 时已经结束），对 FIN 回 RST。',
  ],
  [
    'a copy of a response comes when nothing is asked any more (RFC 5452 §9.1)',
    ['dns-iterative walk', 4, copy()],
    'The laptop throws the copy away: the question that it answers is settled.',
    '笔记本丢弃这个副本：它回答的查询已有结果。',
  ],
  [
    'who has sent a FIN is not reset without one',
    ['why-four base', 4, edit('tcp.flags', 0x15)],
    'the client leaves FIN-WAIT-1 and forgets it. Its program gets ECONNRESET.',
    '客户端离开 FIN-WAIT-1，直接删除连接。程序得到 ECONNRESET。',
  ],
  [
    'whoever has closed gets no error any more (RFC 9293 §3.10.7.4: in LAST-ACK nothing is signalled)',
    ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102)],
    'the server leaves LAST-ACK and forgets it.\n',
    '服务器离开 LAST-ACK，直接删除连接。\n',
  ],
  [
    'what lies outside a window is its number, not what it acknowledges',
    ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102)],
    'The server throws the ACK with ack=9002 (seq=101102) away: that lies outside its window.',
    'ack=9002 的 ACK（seq=101102）落在服务器的接收窗口之外',
  ],
  [
    'in TIME-WAIT Linux takes the very next number alone (tcp_timewait_state_process)',
    ['time-wait reuse', 8, edit('tcp.flags', 4)],
    'The server ignores the RST: in TIME-WAIT only the very next number counts, and it bears another.',
    '服务器不理会 RST：在 TIME-WAIT 里只认紧接着的那个序号，它不是。',
  ],
  [
    'and is lost with them',
    ['why-four streaming', 12, drop],
    'Packet 12, 620 bytes from seq=13381 and the FIN, is lost on the way.',
    '第 12 个分组（seq=13381 起的 620 字节，末尾带 FIN）在途中丢了。',
  ],
  [
    'data may have an acknowledgment number that does not fit, and are answered',
    ['why-four streaming', 6, edit('tcp.ack_raw', 6002)],
    'The client throws the 1460 bytes from seq=9001 away: ack=6002, but the client has sent only up to 1001. It answers ack=9001.',
    'ack=6002 确认了客户端还没发过的内容（它只发到 1001）：客户端丢弃 seq=9001 起的 1460 字节，并回 ack=9001。',
  ],
  [
    'two that disagree stop answering each other (Linux, tcp_invalid_ratelimit)',
    ['data-transfer wrap', 7, edit('tcp.flags', 17)],
    'The server throws the ACK with ack=9002 away: the server has sent only up to 9000. It answers nothing, as a moment ago it answered a segment that it could not use (ACK throttling, RFC 5961 §7; on Linux tcp_invalid_ratelimit).',
    '服务器丢弃 ack=9002 的 ACK：服务器只发到 9000 为止。它什么也不回：刚刚才回应过一个用不上的报文段（限制 ACK 的频率，RFC 5961 §7；Linux 的 tcp_invalid_ratelimit）。',
  ],
  [
    'an ACK of a number that nobody sent assures nobody',
    ['why-four unread', 2, edit('tcp.seq_raw', 8990)],
    'The client has the answer to its SYN and is ESTABLISHED. It answers ack=8991, one more than the number that came.',
    '它回 ack=8991，比收到的序号大 1。',
  ],
  [
    'the TTL is that of the record that is named',
    ['dns-cache alias', 7, {kind: 'reorder', places: 3}],
    'the CNAME record of www.abc.com is y.abc.com, with a TTL of 3600 s; with it goes the A record of y.abc.com, 203.0.113.80, with a TTL of 300 s.',
    'www.abc.com 的 CNAME 记录是 y.abc.com，TTL 3600 s，并附上 y.abc.com 的 A 记录 203.0.113.80，TTL 300 s。',
  ],
  [
    'what the owner of a zone changes',
    ['dns-cache planned', 7, drop],
    'In the zone of the authority the A record of y.abc.com is now 203.0.113.81, with a TTL of 30 s. Nobody is told',
    '在权威服务器的区里，y.abc.com 的 A 记录现在是 203.0.113.81，TTL 30 s。没有人会得到通知',
  ],
  [
    'another answer than before is told, however often the same was asked',
    ['dns-cache planned', 7, drop],
    'The authority answers: the A record of y.abc.com is 203.0.113.81, with a TTL of 30 s.',
    '权威服务器应答：y.abc.com 的 A 记录是 203.0.113.81，TTL 30 s。',
  ],
  [
    'an answer that is still on its way is none for whoever asks again',
    ['dns-iterative chain', 6, {kind: 'delay', byUs: 4_000_000}],
    'For 800 ms no answer about the A record has come: the root asks the com server again',
    'A 记录的查询 800 ms 没有应答，根服务器再问一次 com 服务器',
  ],
  [
    'of several connections the one is named of which all is acknowledged',
    ['accept-queue greeting', 15, drop],
    'ack=9041 acknowledges all that the server had sent: its timer stops. This is the connection of port 50001.',
    'ack=9041 确认了服务器已发出的全部内容，定时器停止。这是端口 50001 的连接。',
  ],
  [
    'and of two to the same port the one that it is (the SYN to the other address waits until 880 ms)',
    ['url-to-page dead', 13, {kind: 'corrupt', where: 'link'}],
    'ack=1238 acknowledges all that the laptop had sent: its timer stops. This is the connection of port 53844.',
    'ack=1238 确认了笔记本已发出的全部内容，定时器停止。这是端口 53844 的连接。',
  ],
  [
    'also where nothing else of its host waits for an ACK: other timers of it may run (RFC 9293 §3.4.2)',
    ['accept-queue longer', 3, drop],
    'ack=2001 acknowledges all that the visitor had sent: its timer stops. This is the connection of port 50001.',
    'ack=2001 确认了访问者已发出的全部内容，定时器停止。这是端口 50001 的连接。',
  ],
  [
    'of several senders that of the late packet counts alone (the name server’s answer came first, too)',
    ['dns-transport forged', 2, {kind: 'delay', byUs: 700_000}],
    'it left 705 ms ago. 2 packets of the same sender sent later got there first.',
    '它 705 ms 前就已发出。同一发送方比它晚发的 2 个分组先到了。',
  ],
  [
    'a probe tells how long its bytes are under way, not how long its timer ran (200 ms to 600 ms)',
    ['url-to-page hosts', 7, drop],
    'No ACK of the 63 bytes from seq=1302 has come for 400 ms',
    '笔记本等了 400 ms（探测定时器从 300 ms 起重新计时），没有收到对 seq=1302 起的 63 字节的确认',
  ],
  [
    'what comes after 50 ms, as the others do, is not late',
    ['congestion base', 16, {kind: 'reorder', places: 1}],
    'The ACK with ack=4001 has been overtaken and says nothing new: one packet sent later got there first.',
    'ack=4001 的 ACK 被超过了：比它晚发的 1 个分组先到了。',
  ],
  [
    'of a lost ACK nobody waits where another is under way',
    ['rack-tlp hole-old', 17, drop],
    'No timer retransmits an ACK. The next one, ack=12001, has already left and covers what this one was to acknowledge, too.',
    '没有定时器会重传 ACK。下一个 ACK（ack=12001）已经发出，这个 ACK 要确认的，它也一并确认。',
  ],
  [
    'where a recovery lets cwnd down by and by it says how far (RFC 9937)',
    ['cubic both-reno', 20, drop],
    'The cwnd of the rival falls from 13000 to 12000 bytes, on its way to ssthresh, 6000.',
    'cwnd 从 13000 降到 12000 字节，还要降到 ssthresh 的 6000。',
  ],
  [
    'whoever had no room for an ACK has not waited for one in vain',
    ['accept-queue never', 25, copy(2_000_000)],
    'The server has repeated its SYN,ACK often enough, and had no room for the ACKs that came: it gives that handshake up, forgets it and goes on listening.',
    '服务器的 SYN,ACK 重发够了，来的 ACK 却都没有位置接收：它放弃这条半连接并把它删掉，继续监听。',
  ],
  [
    'which number it is that fits nothing (RFC 9293 §3.10.7.3)',
    ['handshake-loss none', 1, edit('tcp.seq_raw', 990)],
    'ack=991 fits nothing that the client has sent in this handshake: it answers with RST.',
    'ack=991 与客户端在这次握手中发过的对不上，它回 RST。',
  ],
  [
    'what Nagle’s rule had kept leaves with the ACK (RFC 9293 §3.7.4)',
    ['delayed-ack elsewhere', 5, {kind: 'delay', byUs: 700_000}],
    'The client had kept data back since 20 ms, by Nagle’s rule. Now 50 bytes leave.',
    '客户端从 20 ms 起留着数据没发，是 Nagle 规则扣着；现在发出 50 字节。',
  ],
  [
    'what had waited for the connection leaves with the opening',
    ['data-transfer reorder', 1, drop],
    'The client had kept data back since 200 ms, as the connection was not open. Now 3000 bytes leave in 3 segments, the first with the ACK of the handshake.',
    '客户端从 200 ms 起留着数据没发，因为连接还没建立；现在发出 3000 字节，分成 3 个报文段，第一个就是握手的 ACK。',
  ],
  [
    'beside the opening that something is missing',
    ['data-transfer reorder', 1, drop],
    'ESTABLISHED, as the client already is. Packet 5 lies behind a gap: 1460 bytes from seq=1001 are missing.',
    '客户端已经是这个状态。第 5 个分组前面有空缺：缺 seq=1001 起的 1460 字节。',
  ],
  [
    'a program that has closed is not waited for: its FIN waits for a window (packet 21 says 0)',
    ['http-connections idle', 21, edit('tcp.window_size_value', 0)],
    'a FIN uses up a number, too.\n',
    'FIN 也占一个序号。\n',
  ],
  [
    'a fault that comes to nothing is told as that',
    ['half-open keep-alive', 8, edit('tcp.window_size_value', 0)],
    'So nobody sees what the fault would have done to it. Nothing tells the client; its timer is due at 7575.100 s.',
    '为它设的故障也就看不出作用。没有谁会通知客户端；它的定时器设在 7575.100 s 超时。',
  ],
  [
    'by the account where a lesson speaks of that loss in its own run',
    ['loss-recovery base', 5, {kind: 'corrupt', where: 'link'}],
    'So nobody sees what the fault would have done to it. The client does not know that yet; its timer is due at 1.200 s.',
    '为它设的故障也就看不出作用。客户端还不知道；它的定时器设在 1.200 s 超时。',
  ],
  [
    'a request that is repeated waits for its connection',
    ['http-request base', 5, edit('tcp.flags', 0x11)],
    'The client is to send GET /sample/hello.jsp once more, on another connection: doing it twice does no harm.',
    '客户端准备换一条连接重发 GET /sample/hello.jsp：做两次也无妨。',
  ],
  [
    'and leaves at once where one is open',
    ['http-connections parallel', 17, edit('tcp.flags', 0x1c)],
    'The client sends GET /3 once more, on another connection: doing it twice does no harm.',
    '客户端换一条连接重发 GET /3：做两次也无妨。',
  ],
  [
    'a fault whose damage is found has not come to nothing',
    ['handshake base', 2, {kind: 'corrupt', where: 'link'}],
    'The SYN,ACK has been altered on the way, and is thrown away: the link’s check fails. The server does not know that yet; its timer is due at 1.050 s.\n',
    'SYN,ACK 在途中遭到改动，被丢弃：链路校验不符。服务器还不知道；它的定时器设在 1.050 s 超时。\n',
  ],
  [
    'a SYN,ACK of another handshake is no copy, though its numbers are the same',
    ['why-three time-wait', 6, drop],
    'The client throws the SYN,ACK away: it expects other numbers. It answers with ack=9002',
    'SYN,ACK 不在客户端期望的序号范围内，丢弃。它回 ack=9002',
  ],
  [
    'nor is what repeats it, where that was lost',
    ['why-three time-wait', 8, drop],
    'The client throws the SYN,ACK away: it expects other numbers. It answers with ack=9002',
    'SYN,ACK 不在客户端期望的序号范围内，丢弃。它回 ack=9002',
  ],
  [
    'a copy of the SYN,ACK that has opened the connection is not doubted (RFC 5961 §4.2)',
    ['delayed-ack quick-ack', 2, drop],
    'The client already has the SYN,ACK: it throws it away and repeats ack=9001.',
    '客户端已经收到过 SYN,ACK：丢弃重复的，再回一次 ack=9001。',
  ],
  [
    'what new data are sent for that Nagle’s rule had kept (RFC 8985 §7.3)',
    ['data-transfer wrap', 5, {kind: 'delay', byUs: 700_000}],
    'The client sends 20 bytes, from seq=5, to ask what has arrived, as no segment has been acknowledged for some time (a tail loss probe, TLP): if an ACK answers it, that tells, with SACK if something is missing.',
    '客户端发送 20 字节，从 seq=5 起，因为有一阵没有报文段得到确认，借此探测哪些已到达（尾部丢失探测，TLP）：若有 ACK 应答，就会说明，有缺的还带 SACK。',
  ],
  [
    'and that their ACK ends the doubt',
    ['data-transfer wrap', 5, {kind: 'delay', byUs: 700_000}],
    'ack=25 acknowledges all that the client had sent: its timer stops.',
    'ack=25 确认了客户端已发出的全部内容，定时器停止。',
  ],
  [
    'a timer that stops for what was acknowledged runs at once for what Nagle’s rule had kept (RFC 6298 §5.1)',
    ['delayed-ack elsewhere', 5, drop],
    'ack=1101 acknowledges all that the client had sent: its timer starts anew for what leaves now. The repair that began with the time-out 10 ms ago is over; cwnd is 1460 bytes. The client had kept data back since 20 ms, by Nagle’s rule. Now 50 bytes leave.',
    'ack=1101 确认了客户端已发出的全部内容，定时器为接着发出的内容重新计时。10 ms 前超时引起的修复到此结束，cwnd 为 1460 字节。客户端从 20 ms 起留着数据没发，是 Nagle 规则扣着；现在发出 50 字节。',
  ],
] as const;

test.each(some(sentences, 8))('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldWith(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

// What the texts say is so in these runs, too: a copy, a delay or a loss changes nothing about it.
const spoken = [
  ['time-wait many', 24, copy(), 'In 40 ms that leaves 20 records in TIME-WAIT'],
  ['time-wait reuse', 2, {kind: 'reorder', places: 3}, 'At 5 s the client connects from the same port'],
  ['time-wait old-data', 6, {kind: 'reorder', places: 1}, 'A copy of the segment strays in the network'],
  ['dns-cache negative', 4, {kind: 'delay', byUs: 700_000}, 'NXDOMAIN is kept, too,'],
  ['dns-cache planned', 7, drop, 'y is to move soon.'],
  ['dns-cache hosts', 4, drop, 'A line in the hosts file has no TTL'],
  ['dns-iterative base', 1, drop, 'Step 2: the resolver knows nothing'],
  ['dns-iterative walk', 6, drop, 'now asks the third server'],
  ['sliding-window scale', 5, drop, 'The field has 16 bits'],
  ['refused filtered', 11, drop, 'It cannot tell a filter from a loss'],
  ['refused soft', 6, drop, 'will report the error if it has to give up'],
  ['state-machine reset', 3, drop, 'The SYN,ACK is still on its way.'],
] as const;

test.each(some(spoken, 4))('%s, packet %i: the lesson speaks', (name, packet, kind, en) => {
  expect(toldWith(name, packet, kind)).toContain(en);
});

test('of an answer that nobody sends it is not said that it is on its way', () => {
  expect(toldWith('state-machine reset', 1, drop)).not.toContain('on its way');
});

test('a copy whose bytes a program gets, where no lesson speaks', () => {
  const own = allRuns().find((each) => each.name === 'time-wait no-wait') ?? expect.fail();
  const told = withCommentary(traceOf(own), []).map((beat) => (beat.kind === 'narration' ? beat.say.en : ''));
  expect(told).toContain(
    'Packet 4 arrives again: the path made a copy of it. An earlier connection between the same ports had sent these bytes, but the numbers fit this one: the server takes them for data of this one (RFC 9293 §3.4.1). The server hands the 100 bytes to its program; ack=1101 is the next number it expects.',
  );
});

test('what came under an altered number is no second time of what it is taken for, and leaves no gap behind the last byte', () => {
  expect(toldWith('data-transfer base', 4, edit('tcp.seq_raw', 1501))).not.toContain(
    '960 bytes from seq=1501 came',
  );
  const told = toldWith('data-transfer base', 4, edit('tcp.seq_raw', 21_001));
  expect(told).toContain('ack=4001 and hands 3000 bytes to its program in order.');
  expect(told).not.toMatch(/3000 bytes go to its program in order. From there|3000 字节按序交给程序。从那里/);
});

test('of a packet and its copy ICMP says the same, and that is told once', () => {
  const told = toldWith('refused linux-soft', 1, copy(30_000));
  expect(told.match(/by ICMP: host unreachable/g)).toHaveLength(1);
});

test('who has forgotten a connection answers with an RST of its own, and is not told to know nothing of it', () => {
  const told = toldWith('half-open base', 5, {kind: 'delay', byUs: 150_000});
  expect(told).toContain('The RST ends the connection: the client leaves ESTABLISHED and forgets it');
  expect(told).not.toContain('has sent no RST');
});
