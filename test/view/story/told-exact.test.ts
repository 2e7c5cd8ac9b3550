// Times, amounts and names in the account's sentences that a close reading found inexact, each in both languages.

import {expect, test} from 'vitest';
import {drop, toldAlone, toldWith} from './told-with.ts';

test('what had waited for a connection that its program shuts down is thrown away (RFC 9293 §3.10.4)', () => {
  const told = toldWith('time-wait old-data', 1, drop);
  expect(told).toContain('client calls shutdown() before any answer to its SYN has come');
  expect(told).toContain('and the server never hears of it. The 100 bytes that waited are thrown away.');
  expect(told).toContain('服务器始终不知道有过这条连接。排队的 100 字节也丢弃。');
});

test('who aborts in SYN-SENT does not close, and whom no SYN has reached never hears of it (RFC 9293 §3.10.5)', () => {
  const told = toldWith('why-four abort', 1, drop);
  expect(told).toContain('The program of the client breaks off before any answer to its SYN has come:');
  expect(told).toContain('other end. That SYN is not sent again, and the server never hears of it.');
  expect(told).toContain('SYN 还没得到任何应答，客户端的程序就中止了连接：');
  expect(told).toContain('也不发报文段告知对方。SYN 不再重发，服务器始终不知道有过这条连接。');
  expect(toldWith('why-four abort', 2, drop)).not.toContain('never hears of it');
});

test('shutdown() in SYN-SENT ends all of it, and is no close() of the program (RFC 9293 §3.10.4)', () => {
  const told = toldWith('why-four streaming', 2, drop);
  expect(told).toContain('client calls shutdown() before any answer to its SYN has come: the client forgets');
  expect(told).toContain('客户端的程序就调用了 shutdown()：客户端删除那条连接');
});

test('what comes may answer a SYN and still not be valid; whom an end challenges may be the true one (RFC 9293 §3.10.7.3, RFC 5961 §3.2)', () => {
  const told = toldWith('why-four never', 2, {
    kind: 'edit',
    field: 'tcp.ack_raw',
    value: 6001,
    mend: true,
  });
  expect(told).toContain(
    'client calls shutdown() before a valid answer to its SYN has come: the client forgets',
  );
  expect(told).toContain('SYN 还没得到有效的应答，客户端的程序就调用了 shutdown()');
  expect(told).toContain('(challenge ACK), which somebody who only guesses numbers never sees.');
  expect(told).toContain('（挑战 ACK），只靠猜序号的人看不到它。');
});

test('where one segment comes now, and four had come behind a gap, all five go to the program (RFC 9293 §3.10.7.4)', () => {
  const told = toldWith('loss-recovery with-sack', 4, drop);
  expect(told).toContain('hands 5000 bytes to its program, some of which it had kept; ack=9001 is the next');
  expect(told).toContain('服务器把刚到的和先前缓存的共 5000 字节交给程序；ack=9001 是');
});

test('what is damaged goes past who answers in the place of its destination: that host throws it away (RFC 3552 §3.3.5, RFC 9293 §3.1)', () => {
  for (const packet of [1, 3, 4, 7]) {
    const told = toldWith('https-why answered', packet, {kind: 'corrupt', where: 'memory'});
    expect(told).toContain(
      'is passed on by the mitm; at the server it is thrown away: the checksum is wrong.',
    );
    expect(told).toContain('中间人照样转发，到了服务器被丢弃：校验和不符。');
    expect(told).not.toContain('has got 0 packets');
  }
  const told = toldWith('https-why answered', 7, {kind: 'corrupt', where: 'link'});
  expect(told).toContain('is thrown away: the link’s check fails.');
  expect(told).toContain('has got 0 packets');
});

test('who passes over TIME-WAIT breaks a rule, as some machines do (RFC 9293 §3.6.1)', () => {
  const told = toldAlone('time-wait skipped', 3, drop);
  expect(told).toContain('forgets the connection at once: TCP’s rules do not allow that.');
  expect(told).toContain('却立即删除了连接：这不符合 TCP 的规定。');
});

test.each([
  [
    ['dns-transport base', 1],
    'has the A record of Y.ABC.com in its cache, with a TTL of 297 s: it asks nobody.',
    '的缓存里还有 Y.ABC.com 的 A 记录，TTL 297 s，不必问别人。',
  ],
  [
    ['dns-cache negative', 16],
    'still has in its cache, with a TTL of 31 s, that there is no nope.abc.com: it asks nobody.',
    '的缓存里还记着 nope.abc.com 不存在，TTL 还剩 31 s，不必问别人。',
  ],
] as const)(
  '%s: what is left of a TTL is a number in a record, no promise (RFC 1035 §3.2.1)',
  (run, en, zh) => {
    const [name, packet] = run;
    const told = toldWith(name, packet, {kind: 'corrupt', where: 'link'});
    expect(told).toContain(en);
    expect(told).toContain(zh);
  },
);

test('texts have as many bytes as their data (RFC 1035 §3.3.14)', () => {
  const told = toldWith('dns-transport edns', 2, {kind: 'corrupt', where: 'link'});
  expect(told).toContain(
    'the TXT record of big.abc.com is 900 octets of data (896 of text in 4 strings, each behind its length), with a TTL of 300 s.',
  );
  expect(told).toContain(
    'big.abc.com 的 TXT 记录是 900 字节的数据（4 个字符串共 896 字节，各带 1 字节长度），TTL 300 s。',
  );
});

test('a copy of a response that was taken answers a question that is settled (RFC 5452 §9.1)', () => {
  const told = toldWith('dns-transport forged', 9, {kind: 'dup', afterUs: 0});
  expect(told).toContain('throws the copy away: the question that it answers is settled.');
  expect(told).toContain('丢弃这个副本：它回答的查询已有结果。');
});

test('what is larger than the MSS is no segment yet: the network card cuts it', () => {
  const told = toldWith('your-capture host', 10, {kind: 'edit', field: 'tcp.flags', value: 28, mend: true});
  expect(told).toContain(
    'sends 14480 bytes in 2 packets, which the network card cuts, from seq=37961, and more at this same time.',
  );
  expect(told).toContain(
    '发送 14480 字节，以 2 个分组交给网卡，由网卡切开，从 seq=37961 起，同一时刻还发了别的数据。',
  );
});

test('of packets that leave together the card cuts those that are larger than the MSS alone', () => {
  // Packet 19 has 18824 bytes, packet 20 has 1448: one segment.
  const told = toldWith('your-capture host', 4, drop);
  expect(told).toContain(
    'sends 20272 bytes in 2 packets, of which the network card cuts what is longer than one segment, from seq=52441',
  );
  expect(told).toContain('以 2 个分组交给网卡，其中超过一个报文段的由网卡切开，从 seq=52441 起');
});

test('behind data that have all left a FIN waits for ACKs: there are none left to go before it', () => {
  const told = toldWith('http-connections short', 13, drop);
  expect(told).toContain('its FIN waits: its congestion window is full, and only ACKs make room.');
  expect(told).toContain('FIN 还不能发：拥塞窗口用完了，要等 ACK 腾出空间。');
});

test('a time at which something is due lies behind what happens now, however late it is', () => {
  const told = toldWith('cookies-session base', 45, drop);
  expect(told).toContain('its probe timer (TLP) is due at 3720.400 s.');
  expect(told).toContain('它的探测定时器（TLP）设在 3720.400 s 超时。');
  expect(told).toMatch(/Its retransmission timer is due at 3720\.\d{3} s\./);
  expect(told).toMatch(/重传定时器设在 3720\.\d{3} s 超时。/);
});

test('of several connections that one whose TIME-WAIT is over goes by its port', () => {
  const told = toldWith('cookies-session base', 45, drop);
  expect(told).toMatch(/TIME-WAIT is over: the shop forgets the connection of port \d+\./);
  expect(told).toMatch(/TIME-WAIT 结束，商店删除端口 \d+ 的那条连接。/);
  expect(toldWith('time-wait rfc', 3, drop)).toMatch(/forgets the connection\./);
});

test('a copy of an ACK with D-SACK says what it has said', () => {
  const told = toldWith('rack-tlp undone', 27, {kind: 'dup', afterUs: 0});
  expect(told).toContain('Packet 27 arrives again: the path made a copy of it. It says nothing new');
  expect(told).not.toMatch(/Packet 27 arrives again[^\n]*D-SACK tells/);
});

test.each(['link', 'memory'] as const)('what a check throws away has come to no host: %s', (where) => {
  const told = toldWith('handshake base', 1, {kind: 'corrupt', where});
  expect(told).toMatch(/SYN 在途中遭到改动，被丢弃：(?:链路校验|校验和)不符。/);
});

test.each([
  [
    'dns-transport forged',
    4,
    'The response from the attacker in the name of the name server is lost on the way.',
    '攻击者冒充域名服务器发出的响应在途中丢了。',
  ],
  [
    'dns-transport forged',
    3,
    'But it sends that 3 times in the name of the name server.',
    '但它是冒充域名服务器发出的，一共 3 份。',
  ],
] as const)('what leaves under another address is told with its sender: %s, %i', (name, packet, en, zh) => {
  const told = toldWith(name, packet, drop);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('of several connections of a host each sentence says which it is about', () => {
  const told = toldWith('cubic beside', 16, drop);
  expect(told).toMatch(
    /1000 bytes from seq=14001 are missing\.[^\n]* This is the connection of port 40001\./,
  );
  expect(told).toMatch(/缺 seq=14001 起的 1000 字节。[^\n]*这是端口 40001 的连接。/);
  expect(told).toMatch(
    /answers ack=34001 and hands 2000 bytes [^\n]* This is the connection of port 40000\./,
  );
  expect(told).not.toMatch(/port 4000\d\.[^\n]* This is the connection of port (4000\d)\.[^\n]*port \1\./);
  expect(toldWith('handshake base', 2, drop)).not.toContain('the connection of port');
});

test('of several connections that of the late packet counts alone, and an RST says since when the connection is gone', () => {
  const told = toldWith('time-wait many', 47, {kind: 'delay', byUs: 150_000});
  expect(told).toContain(' 2 packets of its connection sent later got there first.');
  expect(told).toContain('同一条连接上比它晚发的 2 个分组先到了。');
  expect(told).toMatch(/The server has no such connection any more \(it ended at 2\d\d ms\): its answer/);
  expect(told).toMatch(/服务器已经没有这条连接（2\d\d ms 时已经结束），对/);
});

test('where a lesson speaks, too, what comes late is said to be late, but not what the lesson itself delays', () => {
  const told = toldWith('handshake base', 2, {kind: 'reorder', places: 3});
  expect(told).toContain('The SYN,ACK arrives late: it left 200 ms ago. The client checks');
  expect(told).toContain('SYN,ACK 迟到了：它 200 ms 前就已发出。客户端核对');
  expect(toldWith('data-transfer reorder', 5, {kind: 'dup', afterUs: 2_000_000})).not.toContain('overtaken');
});

test('a timer that the ACK of other data has restarted says since when it ran (RFC 6298 §5.3)', () => {
  const told = toldWith('loss-recovery with-sack', 21, drop);
  expect(told).toContain(
    'The client’s timer, set anew at 400 ms, runs out after 1 s: it sends the 1000 bytes from seq=4001',
  );
  expect(told).toContain('客户端的定时器从 400 ms 起重新计时，在 1 s 后超时，重发 seq=4001 起的 1000 字节');
});

test('an RST that comes into TIME-WAIT ends no connection that was not closed (RFC 1337 §2)', () => {
  const told = toldWith('http-connections short', 10, {kind: 'dup', afterUs: 30_000});
  expect(told).toContain(
    'ends TIME-WAIT before its time: for the server both directions were closed already, and now it forgets the connection. RFC 9293 has it so (§3.10.7.4); RFC 1337 warns of it,',
  );
  expect(told).toContain('RST 让 TIME-WAIT 提前结束：对服务器来说，两个方向早已关闭');
  expect(told).toContain('RFC 9293 就是这样规定的（§3.10.7.4），RFC 1337 则提醒：');
  expect(told).not.toContain('leaves TIME-WAIT');
});

test('a connection that persists may end without “Connection: close”: here the server closes it when it is idle (RFC 9112 §9.5)', () => {
  const told = toldWith('http-connections persistent', 4, {kind: 'dup', afterUs: 0});
  expect(told).toContain(
    'No request has come on this connection in the 15 s since the last answer. The server will send no more data',
  );
  expect(told).toContain('Later either end may close it when it is idle.');
  expect(told).toContain('以后闲置了，哪一方都可以关闭它。');
  expect(told).not.toMatch(/until one end says|直到一方写出/);
});

test('a handshake that is given up ends nothing but itself: the listener was in LISTEN all the while (RFC 9293 §3.10.7.4)', () => {
  const told = toldWith('syn-flood timer', 3, {kind: 'dup', afterUs: 30_000});
  expect(told).toContain('long enough: it gives that handshake up, forgets it and goes on listening.');
  expect(told).toContain('它放弃这条半连接并把它删掉，继续监听。');
  expect(told).not.toMatch(/in LISTEN again|回到 LISTEN/);
});

test('what leaves to somebody who has forgotten the connection no ACK will answer (RFC 9293 §3.10.7.1)', () => {
  const told = toldWith('refused no-record', 3, {kind: 'delay', byUs: 150_000});
  expect(told).toContain('The client sends 10 bytes, from seq=1001.\n');
  expect(told).toContain('客户端发送 10 字节，从 seq=1001 起。');
});

test('a close() that came before there was a connection is not one that is still to come (POSIX close())', () => {
  const told = toldWith('time-wait reuse', 2, drop);
  expect(told).toContain('The client and the server both stay in ESTABLISHED: no packet is under way,');
  expect(told).toContain(
    'no timer is left, and the client has not closed; at 1.000 s the close() of the server got EBADF, and had no effect.',
  );
  expect(told).toContain(
    '客户端和服务器都停在 ESTABLISHED：路上没有分组，定时器也都没有了，客户端还没有关闭；服务器在 1.000 s 调用的 close() 得到 EBADF，没有起作用。',
  );
  expect(told).not.toMatch(/neither end has closed|两端都还没有关闭/);
});

test('a run whose ends are not closed says in which states they stay, and that nothing would change that', () => {
  const told = toldAlone('why-four never', 2, {kind: 'dup', afterUs: 2_000_000});
  expect(told).toContain(
    'The client stays in FIN-WAIT-2, the server in CLOSE-WAIT: no packet is under way, no timer is left, and the server has not closed.',
  );
  expect(told).toContain(
    '客户端停在 FIN-WAIT-2，服务器停在 CLOSE-WAIT：路上没有分组，定时器也都没有了，服务器还没有关闭。',
  );
});

test('what an ACK that is thrown away was to acknowledge the next one acknowledges (RFC 9293 §3.4)', () => {
  const told = toldWith('why-four streaming', 10, {
    kind: 'edit',
    field: 'tcp.ack_raw',
    value: 16_921,
    mend: true,
  });
  expect(told).toContain(
    'It answers ack=1002. The next ACK, ack=13381, has already left and covers what this one was to acknowledge, too.',
  );
  expect(told).toContain('下一个 ACK（ack=13381）已经发出，这个 ACK 要确认的内容，它也一并确认。');
});

test('a run whose last event is an ACK tells when all is acknowledged: the last byte had arrived before (RFC 9293 §3.4)', () => {
  const told = toldWith('cubic brake', 23, {kind: 'edit', field: 'tcp.ack_raw', value: 16001, mend: true});
  expect(told).toContain('and not one segment was lost. All is acknowledged at 1.040 s.');
  expect(told).toContain('一个报文段也没丢。1.040 s 时全部得到确认。');
  expect(told).not.toMatch(/arrived after|全部到达/);
});

// The raw events of each instant: what a browser keeps stands beside the response that brought it, a server’s FIN behind its answer
// (RFC 9112 §9.6), a SYN beside what the path is to do with it.
test.each([
  [
    ['url-to-page dead', 18, {kind: 'corrupt', where: 'link'}],
    'the site has asked for that (HSTS, RFC 6797). The laptop has the whole response to /: 200, 70 bytes of content.',
    '这是网站要求的（HSTS，RFC 6797）。笔记本收全了 / 的响应：200，正文 70 字节。',
  ],
  [
    ['http-connections short', 13, drop],
    'The server answers /2 with 200, 100 bytes of content. The server will send no more data;',
    '服务器对 /2 响应 200，正文 100 字节。服务器不再发送数据，',
  ],
  [
    ['accept-queue reset', 1, {kind: 'delay', byUs: 4_000_000}],
    'its SYN carries seq=2000, the number from which it counts. The path holds packet 1 up:',
    'SYN 带着 seq=2000，它的序号从这里数起。网络扣住第 1 个分组，',
  ],
] as const)('what is told beside hides nothing of its instant: %j', ([name, packet, kind], en, zh) => {
  const told = toldWith(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('a listener has no use for a FIN alone (RFC 9293 §3.10.7.2)', () => {
  const told = toldWith('state-machine base', 1, {kind: 'edit', field: 'tcp.flags', value: 0x01, mend: true});
  expect(told).toContain(
    'Without SYN, ACK and RST a segment means nothing to a listening port: the server throws',
  );
  expect(told).toContain('没有 SYN、ACK、RST 的报文段对监听端口毫无意义：服务器丢弃');
});

test.each([
  ['overtaken', {kind: 'reorder', places: 1}],
  ['lost', drop],
] as const)('who agrees to early data that are %s has not taken them (RFC 9846 §4.3.10)', (_, kind) => {
  const told = toldWith('https-tls13 early', 28, kind);
  expect(told).toContain(
    'The server agrees to take early data before the handshake is done, but has had none so far.',
  );
  expect(told).toContain('服务器同意在握手完成之前接收早期数据，但数据还没到。');
  expect(told).not.toContain('The server takes the early data before');
  expect(told).toContain(
    'The client learns that the server takes its early data: they need not be sent again after the handshake.',
  );
  expect(told).toContain('客户端得知服务器接收早期数据：握手后不必再发。');
  expect(told).toContain(
    'The second server takes the early data before the handshake is done. They are those of the client',
  );
});

test('early data that come with ClientHello are taken at once (RFC 9846 §4.3.10)', () => {
  const told = toldWith('https-tls13 early', 27, drop);
  expect(told).toContain('The server takes the early data before the handshake is done.');
  expect(told).toContain('服务器在握手完成之前就收下早期数据。');
  expect(told).not.toContain('agrees to take early data');
});

test('whose state is told beside its own may have several connections: the port says which (the run has two of the visitor)', () => {
  const told = toldWith('accept-queue somaxconn', 2, drop);
  expect(told).toContain(
    'the server is ESTABLISHED, as the visitor already is. This is the connection of port 50001.',
  );
  expect(told).toContain('访问者已经是这个状态。这是端口 50001 的连接。');
});

test('Linux keeps a small segment back for an earlier small one alone (draft-minshall-nagle-01)', () => {
  const told = toldWith('delayed-ack base', 6, {kind: 'reorder', places: 3});
  expect(told).toContain(
    'they do not fill a segment, and an earlier one that is not full is not acknowledged yet (Nagle).',
  );
  expect(told).toContain('凑不满一个报文段，要等前面那个不满的报文段得到确认（Nagle）。');
});

test('whom a SYN may still reach may yet hear of the connection', () => {
  const late = toldWith('why-three base', 1, {kind: 'corrupt', where: 'link'});
  expect(late).toContain('before any answer to its SYN has come: the client forgets that connection');
  expect(late).not.toContain('never hears of it');
});

test('a FIN of the path’s that waited behind a gap is that of the packet that brought it (RFC 9293 §3.10.7.4)', () => {
  const told = toldWith('rack-tlp late-old', 34, {kind: 'edit', field: 'tcp.flags', value: 0x11, mend: true});
  expect(told).toContain(
    'client takes the FIN that packet 34 brought for the FIN of the server, which has sent none',
  );
  expect(told).toContain('客户端把第 34 个分组带来的 FIN 当成服务器的 FIN');
});

test('the wait behind the last repetition ends in giving up, and sends nothing (RFC 9293 §3.8.3)', () => {
  // In the events: the timer fires at 63.05 s by the rule of giving up, SYN-RECEIVED → LISTEN, no packet.
  const told = toldWith('handshake-loss no-third', 12, drop);
  expect(told).toContain(
    'is lost on the way. Nothing tells the server; its timer is due at 63.05 s, and then it gives up.',
  );
  expect(told).toContain('没有谁会通知服务器；它的定时器设在 63.05 s 超时，到时它就放弃。');
  const before = toldWith('handshake-loss no-third', 10, drop);
  expect(before).not.toContain('due at 31.05 s, and then');
});

test('a request or a response of which a closed window lets nothing leave is not sent yet (RFC 9293 §3.8.6)', () => {
  const shut = {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true} as const;
  // At 500 ms the client sends no segment with data; the first with GET /3 is packet 28, at 900 ms.
  const asked = toldWith('http-connections short', 24, shut);
  expect(asked).toContain('The client has GET /3 to send. The client has data to send, but the last window');
  expect(asked).toContain('客户端要发 GET /3。');
  expect(asked).not.toContain('sends GET /3');
  // At 150 ms the server sends a bare ACK; its response is packet 8, at 550 ms.
  const answered = toldWith('https-why read', 4, shut);
  expect(answered).toContain('The server has its response to /bill to send: 200, 26 bytes of content.');
  expect(answered).toContain('服务器要发 /bill 的响应：200，正文 26 字节。');
});
