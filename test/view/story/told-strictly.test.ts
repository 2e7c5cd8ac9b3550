// Sentences of runs with a fault of the reader's that a strict reading by the RFCs found false or missing, each in both languages.

import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {seq as asSeq, seqDiff} from '../../../source/wire/seq.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {segmentOf} from '../../helpers/claims/seen.ts';
import {some} from '../../helpers/seeds.ts';
import {drop, toldAlone, toldWith} from './told-with.ts';

const edit = (field: string, value: number) => ({kind: 'edit', field, value, mend: true}) as const;

const sentences = [
  [
    'without PRR cwnd is above ssthresh by what three duplicates stand for, and goes nowhere (RFC 5681 §3.2, RFC 6582)',
    ['congestion base', 39, {kind: 'dup', afterUs: 0}],
    'Its cwnd falls from 53000 to 29500 bytes: ssthresh, 26500, plus three segments for three duplicate ACKs.',
    'cwnd 从 53000 降到 29500 字节：ssthresh 的 26500，再为三个重复 ACK 加三个报文段。',
  ],
  [
    'what RACK took for lost before waits for the window alone (RFC 8985 §6.2, RFC 9937)',
    ['cubic both-reno', 20, drop],
    'The client had already marked the 1000 bytes from seq=40001 as lost; only now does its congestion window allow sending them again.',
    '客户端此前已判定 seq=40001 起的 1000 字节丢失，到现在拥塞窗口才允许重发。',
  ],
  [
    'a FIN that the path set is none of the client, which goes on (RFC 9293 §3.10.7.4)',
    ['congestion sack', 39, edit('tcp.flags', 17)],
    'The server takes that for the FIN of the client, which has sent none: it believes that no more data will come, and its program is told. Its ack=27002 counts that FIN: the client will believe that its byte 27001 has arrived.',
    '服务器把它当成客户端的 FIN，其实客户端没有发过：它以为不会再有数据，并告知程序。它回 ack=27002，把这个 FIN 也算了进去，客户端会以为自己的第 27001 号字节已经收到。',
  ],
  [
    'nothing has left, and no window was closed: the one that the client was told of was altered (RFC 9293 §3.8.6.1)',
    ['data-transfer delayed', 2, edit('tcp.window_size_value', 0)],
    'The client has data to send, but the last window that it was told is 0. If nothing comes by 500 ms',
    '客户端有数据要发，但最近得知的窗口为 0。到 500 ms 若还没有消息，',
  ],
  [
    'the data came at 200 ms and wait since then, by a window that was told at 100 ms (RFC 9293 §3.8.6.1)',
    ['data-transfer delayed', 2, edit('tcp.window_size_value', 0)],
    'The client had kept data back since 200 ms, as the last window that it had been told was 0. Now 3000 bytes leave in 3 segments.',
    '客户端从 200 ms 起留着数据没发，因为最近得知的窗口为 0；现在发出 3000 字节，分成 3 个报文段。',
  ],
  [
    'the last of 10000 bytes of 200 ms, which the window was full for until another ACK closed it (RFC 9293 §3.8.6)',
    ['sliding-window lost-update', 20, drop],
    'The client had kept data back since 200 ms, once more from 2.927 s on as the last window that it had been told was 0. Now 2000 bytes leave in 2 segments.',
    '客户端从 200 ms 起留着数据没发，2.927 s 起又是因为最近得知的窗口为 0；现在发出 2000 字节，分成 2 个报文段。',
  ],
  [
    'and to what comes behind it nobody says anything',
    ['congestion sack', 39, edit('tcp.flags', 17)],
    'The server ignores the 999 bytes from seq=27002, and answers nothing: for it the client has ended its data with a FIN (RFC 9293 §3.10.7.4).',
    '服务器不理会 seq=27002 起的 999 字节，也不回应：在它看来，客户端已用 FIN 结束了数据（RFC 9293 §3.10.7.4）。',
  ],
  [
    'a FIN may bring the ACK of the handshake (RFC 9293 §3.10.7.4, fifth check)',
    ['why-three time-wait', 3, drop],
    'The ack=9001 in it is what the server still waited for: it is ESTABLISHED first, then in CLOSE-WAIT.',
    '其中的 ack=9001 正是服务器还在等的确认：它先进入 ESTABLISHED，再进入 CLOSE-WAIT。',
  ],
  [
    'that others were repeated three times before makes nothing known of what the fault brings (RFC 6298 §5)',
    ['syn-flood timer', 25, drop],
    'The server’s timer runs out after 1 s: it sends the SYN,ACK again and now waits until 10.55 s, twice as long. But the client already has it: only the ACK is missing.',
    '服务器的定时器在 1 s 后超时，重发 SYN,ACK；这次等到 10.55 s，时间加倍。其实客户端已经收到，缺的是确认。',
  ],
  [
    'of several connections it is said which one is asked for (RFC 9293 §3.4: each counts from a number of its own)',
    ['accept-queue base', 8, drop],
    'The server answers with SYN,ACK: seq=9000 is its own initial number, ack=4001 acknowledges the SYN. This is the connection of port 50003.',
    '服务器回应 SYN,ACK：seq=9000 是它自己的初始序号，ack=4001 确认收到 SYN。这是端口 50003 的连接。',
  ],
  [
    'and of which one an ACK is lost, where three have the same number',
    ['http-connections parallel', 15, drop],
    'The next one, ack=1043, has already left and covers what this one was to acknowledge, too. This is the connection of port 54147.',
    '下一个 ACK（ack=1043）已经发出，这个 ACK 要确认的，它也一并确认。这是端口 54147 的连接。',
  ],
  [
    'where a second gap follows not all that was missing has come (RFC 5681 §4.2: a segment fills all or part of a gap)',
    ['loss-recovery with-sack', 19, drop],
    'The lowest gap is filled: the server answers ack=4001 and hands 2000 bytes to its program in order. From there on something is still missing.',
    '最前面的空缺补齐了：服务器回 ack=4001，2000 字节按序交给程序。从那里起仍有空缺。',
  ],
  [
    'and of several gaps it is the lowest each time',
    ['cubic both-reno', 3, {kind: 'corrupt', where: 'link'}],
    'The lowest gap is filled: the server answers ack=66001 and hands 2000 bytes to its program in order. From there on something is still missing.',
    '最前面的空缺补齐了：服务器回 ack=66001，2000 字节按序交给程序。从那里起仍有空缺。',
  ],
  [
    'what a probe finds out nobody knows: all before it may be lost (RFC 8985 §7.4)',
    ['cubic both-reno', 3, {kind: 'corrupt', where: 'link'}],
    'The client sends 1000 bytes, from seq=11001, to ask what has arrived, as no segment has been acknowledged for some time (a tail loss probe, TLP): if an ACK answers it, that tells, with SACK if something is missing.',
    '客户端发送 1000 字节，从 seq=11001 起，因为有一阵没有报文段得到确认，借此探测哪些已到达（尾部丢失探测，TLP）：若有 ACK 应答，就会说明，有缺的还带 SACK。',
  ],
  [
    'in FIN-WAIT-2 an end waits for a FIN: whoever sends that may have closed long since (RFC 9293 §3.3.2)',
    ['simultaneous-close base', 9, drop],
    'The client’s FIN is acknowledged: in FIN-WAIT-2 the client waits for the FIN of the other end.',
    '客户端的 FIN 得到确认：客户端在 FIN-WAIT-2 等对方的 FIN。',
  ],
  [
    'or has one that does not count: whether anybody still reads what is missing before it is not said (RFC 9293 §3.10.7.4, eighth check)',
    ['https-tls12 rsa', 14, drop],
    'The server’s FIN is acknowledged: the server is in FIN-WAIT-2, and the FIN of the other end does not count yet: something before it is missing.',
    '服务器的 FIN 得到确认：服务器进入 FIN-WAIT-2，对方的 FIN 前面还有缺的，暂不算数。',
  ],
  [
    'and where the rest of that gap is missing not even the gap is filled',
    ['data-transfer reorder', 5, drop],
    'Part of the missing data has come: the server answers ack=2461 and hands 1460 bytes to its program in order. From there on something is still missing.',
    '缺的数据到了一部分：服务器回 ack=2461，1460 字节按序交给程序。从那里起仍有空缺。',
  ],
  [
    'what a closed window keeps back has not left (RFC 9293 §3.8.6.1)',
    ['https-why https-edited', 12, edit('tcp.window_size_value', 0)],
    'it has the alert bad_record_mac to send, which ends TLS on this connection. The client has data to send, but the last window that it was told is 0. If nothing comes by 600 ms it asks whether there is room.',
    '它要发警报 bad_record_mac，这条连接上的 TLS 到此为止。客户端有数据要发，但最近得知的窗口为 0。到 600 ms 若还没有消息，它就去问有没有空间。',
  ],
  [
    'nor is it one field alone that somebody has changed who was to change another one already',
    ['https-why https-edited', 12, edit('tcp.window_size_value', 0)],
    'The mitm has changed packet 12 and recomputed its checksum: tcp.window_size_value 502 ▸ 0, and one more field.',
    '中间人改动了第 12 个分组，并重算了校验和：tcp.window_size_value 502 ▸ 0，另有 1 个字段。',
  ],
  [
    'what makes room in a full queue is seen on no wire (listen(2), accept(2))',
    ['accept-queue base', 8, drop],
    'By accept() the program of the server takes 3 connections from the accept queue: there is room in it again.',
    '服务器的程序用 accept() 从全连接队列取走 3 条连接：队列又有空位了。',
  ],
  [
    'why a server closes of its own accord (RFC 9112 §9.5)',
    ['http-connections parallel', 15, drop],
    'No request has come on this connection in the 15 s since the last answer. The server will send no more data and says so with its FIN, seq=9178.',
    '自上次响应起，这条连接上 15 s 内没有新的请求。服务器不再发送数据，发出 FIN（seq=9178）。',
  ],
  [
    'whoever kept a FIN acknowledges it, not whoever sent it (RFC 9293 §3.10.7.4)',
    ['https-tls13 early', 55, drop],
    'the second server will send no more data. The thief acknowledges with ack=19388. Until its own program closes, it stays in CLOSE-WAIT.',
    '第二台服务器不会再发数据。小偷回 ack=19388。自己的程序关闭之前，它停在 CLOSE-WAIT。',
  ],
  [
    'and waits for no close where its ACK travels with a FIN of its own (RFC 9293 §3.10.4)',
    ['cookies-session sizes', 14, drop],
    'The browser gets the FIN: the shop will send no more data.\n',
    '浏览器收到 FIN：商店不会再发数据。\n',
  ],
  [
    'what an ACK with a number from before was to acknowledge the next one does',
    ['congestion sack', 21, edit('tcp.seq_raw', 8991)],
    'It answers with ack=9001, the number it expects next, and with its window. The next ACK, ack=10001, has already left and covers what this one was to acknowledge, too.',
    '它回 ack=9001，即下一个期望的序号，同时通告窗口。下一个 ACK（ack=10001）已经发出，这个 ACK 要确认的内容，它也一并确认。',
  ],
  [
    'a router that filters is no firewall (RFC 3704 §2.2)',
    ['syn-flood filter', 2, {kind: 'corrupt', where: 'link'}],
    'The SYN from the attacker with the forged address 192.0.2.103 is thrown away by the router: its source address does not belong on the link that it came by.',
    '路由器丢弃了攻击者冒用地址 192.0.2.103 发出的 SYN：源地址不属于入口链路。',
  ],
  [
    'whoever has not heard an RST keeps what nobody else has (RFC 9293 §3.5.1)',
    ['why-three two-way', 3, drop],
    'No timer retransmits an RST. The server keeps a connection that the client does not have, and no timer will end it.',
    '没有定时器会重传 RST。服务器留着一条客户端并没有的连接，也没有定时器来结束它。',
  ],
  [
    'a cookie is all that is kept of a SYN (RFC 4987 §3.6)',
    ['syn-flood always', 3, drop],
    'The server answers the SYN without a record: seq=1459058059 is a SYN cookie, from which it can tell later that this SYN has come.',
    '服务器应答，但不建记录：seq=1459058059 就是 SYN Cookie，以后凭它就认得出这个 SYN 来过。',
  ],
  [
    'handshakes that are not finished fill the queue, and the next SYN gets a cookie (RFC 4987 §3.6)',
    ['syn-flood cookies', 7, {kind: 'corrupt', where: 'link'}],
    'The SYN queue of the server is full of unfinished handshakes, so it answers the SYN without a record: seq=3234820849 is a SYN cookie,',
    '服务器的半连接队列满是没完成的握手，它只应答，不建记录：seq=3234820849 就是 SYN Cookie，',
  ],
  [
    'and the echo slows down (RFC 3168 §6.1.2)',
    ['congestion marked', 60, {kind: 'corrupt', where: 'memory'}],
    'ECE says that the path is filling up: as after a loss the client sets ssthresh to 25500 bytes, and cwnd goes there.',
    'ECE 说明路径开始拥塞，客户端像丢包时一样减速：ssthresh 设为 25500 字节，cwnd 降到这里。',
  ],
  [
    'how often it was tried (RFC 9293 §3.8.3)',
    ['congestion sack', 39, edit('tcp.flags', 17)],
    'The client gives up after 6 repetitions without an answer. Its program gets ETIMEDOUT.',
    '客户端重传 6 次都没有应答，放弃。程序得到 ETIMEDOUT。',
  ],
  [
    'a link that goes down',
    ['congestion outage', 39, {kind: 'dup', afterUs: 0}],
    'From now on whatever is sent over the link between the client and the server is lost; what is under way still arrives.',
    '客户端与服务器之间的链路断了：从现在起，经它发出的都会丢，已在路上的还会到。',
  ],
  [
    'and comes back',
    ['congestion outage', 39, {kind: 'dup', afterUs: 0}],
    'The link between the client and the server carries packets again.',
    '客户端与服务器之间的链路恢复了。',
  ],
  [
    'the second question of keep-alive is no first one (RFC 9293 §3.8.4)',
    ['half-open keep-alive', 5, {kind: 'reorder', places: 1}],
    'The client still hears nothing from the server: it asks again, with probe 2 (keep-alive).',
    '客户端还是听不到服务器的动静，再问一次，这是第 2 次探测（保活）。',
  ],
  [
    'who gives a connection up has had it (RFC 9293 §3.8.3)',
    ['half-open keep-alive', 5, {kind: 'reorder', places: 1}],
    'No timer retransmits an RST, and the client no longer has that connection.',
    '没有定时器会重传 RST，客户端也不再有这条连接。',
  ],
  [
    'and who closes before the SYN,ACK comes has none any more when it answers that (RFC 9293 §3.10.4)',
    ['state-machine reset', 3, {kind: 'drop'}],
    'No timer retransmits an RST, and the client no longer has that connection.',
    '没有定时器会重传 RST，客户端也不再有这条连接。',
  ],
  [
    'so has who answers without a record of it (the state that the server has left in the run)',
    ['accept-queue reset', 15, drop],
    'No timer retransmits an RST, and the server no longer has that connection.',
    '没有定时器会重传 RST，服务器也不再有这条连接。',
  ],
  [
    'and who has lost it by a crash (RFC 9293 §3.5.1)',
    ['half-open base', 5, drop],
    'No timer retransmits an RST, and the server no longer has that connection.',
    '没有定时器会重传 RST，服务器也不再有这条连接。',
  ],
  [
    'but not whoever never had one (RFC 9293 §3.10.7.1)',
    ['refused base', 2, drop],
    'No timer retransmits an RST, and the server has no such connection.',
    '没有定时器会重传 RST，服务器也没有这条连接。',
  ],
  [
    'what is altered and lost behind a router has come to nobody (RFC 1812 §2.2.1)',
    ['cubic beside', 26, edit('tcp.seq_raw', 13_991)],
    'The lowest gap is filled: the server answers ack=24001 and hands 10000 bytes to its program in order.',
    '最前面的空缺补齐了：服务器回 ack=24001，10000 字节按序交给程序。',
  ],
  [
    'a SYN of the next connection is no old one, whatever its number (RFC 9293 §3.4.3)',
    ['time-wait no-wait', 7, {kind: 'drop'}],
    'The server answers with SYN,ACK: seq=9000 is its own initial number, ack=1001 acknowledges the SYN.',
    '服务器回应 SYN,ACK：seq=9000 是它自己的初始序号',
  ],
  [
    'who says again what it has said has answered, but nothing new (RFC 9293 §3.10.7.4)',
    ['loss-recovery with-sack', 14, edit('tcp.ack_raw', 7001)],
    'The client gives up after 6 repetitions without an answer that acknowledges anything new.',
    '客户端重传 6 次都没有得到新的确认，放弃。',
  ],
  [
    'what is lost may have left again by then: with the ACK of the SYN that crossed it (RFC 9293 Fig. 7)',
    ['state-machine crossing', 2, {kind: 'corrupt', where: 'memory'}],
    'the checksum is wrong. The server has already sent that again, in packet 3; its timer is due at 1.000 s.',
    '校验和不符。服务器已经在第 3 个分组里重发过；它的定时器设在 1.000 s 超时。',
  ],
  [
    'but not what is to leave at that same time, behind the loss (the events 9 and 12 of the run)',
    ['simultaneous-open base', 1, {kind: 'corrupt', where: 'link'}],
    'the link’s check fails. Nothing tells host a; its timer is due at 1.000 s.',
    '链路校验不符。没有谁会通知主机 a；它的定时器设在 1.000 s 超时。',
  ],
  [
    'a SYN that came under another number has not come, and its next copy is no old one (RFC 9293 §3.10.7.2)',
    ['delayed-ack bulk', 1, edit('tcp.seq_raw', 990)],
    'The server answers with SYN,ACK: seq=9000 is its own initial number, ack=1001 acknowledges the SYN.',
    '服务器回应 SYN,ACK：seq=9000 是它自己的初始序号，ack=1001 确认收到 SYN。',
  ],
  [
    'of several that are lost together one was sent again (RFC 5681 §3.2)',
    ['congestion outage', 28, drop],
    'and 11 more at the same time, up to packet 74; packet 73 among them repeats what had been sent before.',
    '同一时刻丢的还有 11 个，到第 74 个分组为止，其中第 73 个是重发的。',
  ],
  [
    'an old SYN asks anew where its connection is over (RFC 9293 §3.4.1)',
    ['why-four streaming', 1, {kind: 'dup', afterUs: 2_000_000}],
    'The server no longer has the connection for which this SYN was sent, and takes it for a new request: it answers with SYN,ACK: seq=9000',
    '这个 SYN 当初请求的连接服务器已经没有了，于是把它当作新的请求，回应 SYN,ACK：seq=9000',
  ],
  [
    'whom others have asked before is answered all the same, and that is told',
    ['syn-flood cookies', 4, drop],
    'ack=1001 acknowledges the SYN. With this handshake the SYN queue of the server is full. This is the connection of port 40000.',
    'ack=1001 确认收到 SYN。服务器的半连接队列这就满了。这是端口 40000 的连接。',
  ],
] as const;

test.each(some(sentences, 8))('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldWith(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('no connection is named by a port that another one has, too', () => {
  const told = toldAlone('syn-flood alive', 3, edit('tcp.window_size_value', 0));
  expect(told).toContain(
    'There is room in the SYN queue of the server again. This is the connection with 192.0.2.10:15568.\n',
  );
  expect(told).toContain('服务器的半连接队列又有空位了。这是与 192.0.2.10:15568 的连接。');
  expect(told).not.toMatch(/of port 15568|端口 15568/);
});

test('of SYN,ACKs to forged addresses each is lost at its own, and says of which connection it is (the drops of the run)', () => {
  const told = toldWith('syn-flood alive', 12, drop);
  expect(told).toMatch(
    /The SYN,ACK is lost: no host has the address 203\.0\.113\.1\. [^\n]*This is the connection with 203\.0\.113\.1:15568\.\n/,
  );
  expect(told).toMatch(
    /SYN,ACK 丢失：没有主机用 203\.0\.113\.1 这个地址。[^\n]*这是与 203\.0\.113\.1:15568 的连接。/,
  );
  expect(told).toMatch(
    /no host has the address 203\.0\.113\.2\. [^\n]*This is the connection of port 15569\.\n/,
  );
});

test('what is lost at one time for want of its address is told with none that goes to another (the drops of the run)', () => {
  const told = toldWith('syn-flood recycle', 2, {kind: 'reorder', places: 2});
  expect(told).toContain(
    'The SYN,ACK is lost: no host has the address 203.0.113.4. Nothing tells the server;',
  );
  expect(told).not.toMatch(/no host has the address [\d.]+, and packet/);
  const copied = toldWith('syn-flood backlog', 1, {kind: 'dup', afterUs: 0});
  expect(copied).toContain('no host has the address 203.0.113.1, and packet 6 at the same time;');
});

test('the server computes no premaster secret of what it throws away (RFC 5246 §8.1)', () => {
  const told = toldWith('https-tls12 ecdhe', 6, edit('tcp.flags', 25));
  expect(told).toContain('but the server has sent only up to');
  expect(told).not.toMatch(/each end computes the same|算出同一个数/);
});

test('a SYN that had come under another number alone is no old one (RFC 9293 §3.10.7.2)', () => {
  const told = toldWith('rack-tlp intact', 1, edit('tcp.seq_raw', 990));
  expect(told).toContain('seq=9000 is its own initial number, ack=1001 acknowledges the SYN');
  expect(told).not.toMatch(/no longer has the connection|已经没有了/);
});

test('other runs are not measured against one in which a packet was late', () => {
  const told = toldWith('handshake-loss none', 2, {kind: 'reorder', places: 3});
  expect(told).toContain('The SYN,ACK arrives late');
  expect(told).not.toMatch(/measured against this|都拿它来比/);
});

test('an ACK is not missing that cannot come, and that SACK has stood in for (RFC 2018 §3)', () => {
  const told = toldWith('cubic close-by', 55, edit('tcp.ack_raw', 26001));
  expect(told).toContain('it sends the 1000 bytes from seq=26001 again');
  expect(told).not.toMatch(/already has the 1000 bytes from seq=26001: only the ACK is missing/);
});

test('the last segment is in no SACK: it is repeated unasked (RFC 6675 §4, NextSeg rule 4)', () => {
  const own = allRuns().find(({name}) => name === 'congestion queue') ?? expect.fail();
  const trace = traceOf(own);
  const events = [...trace.events()];
  const again = events.filter(
    (event): event is Extract<TraceEvent, {kind: 'send'}> => event.kind === 'send' && event.retransmission,
  );
  const isShown = ({n, packet}: {readonly n: number; readonly packet: number}): boolean => {
    const {seq} = segmentOf(trace, packet) ?? expect.fail();
    const heard = events.filter((event) => event.kind === 'arrive' && event.host === 'client' && event.n < n);
    return heard.some((event) => {
      const options = (event.kind === 'arrive' && segmentOf(trace, event.packet)?.options) || [];
      return options.some(
        (option) => option.kind === 'sack' && option.blocks.some(({right}) => seqDiff(right, asSeq(seq)) > 0),
      );
    });
  };
  const shown = again.filter(isShown).length;
  expect(shown).toBe(again.length - 1);
  const told = withCommentary(trace, bindBeats(own.lesson, own.run.name, trace).beats)
    .map((beat) => (beat.kind === 'narration' ? `${beat.say.en}\n${beat.say.zh}` : ''))
    .join('\n');
  expect(told).toContain(`SACK showed ${shown} holes`);
  expect(told).toContain(`SACK 指出了 ${shown} 个缺口`);
});
