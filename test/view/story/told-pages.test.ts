// What browsers know by themselves and what servers cannot read, each in both languages.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {drop, toldAlone, toldWith} from './told-with.ts';

const dup = (afterUs: number): FaultKind => ({kind: 'dup', afterUs});

const shut: FaultKind = {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true};

const sentences: readonly (readonly [string, readonly [string, number, FaultKind], string, string])[] = [
  [
    'a SYN is sent again at 1.130 s, but the next address is tried before that (RFC 8305 §5)',
    ['url-to-page dead', 13, drop],
    'Nothing tells the laptop; its timer is due at 1.130 s, but if it has no connection by 380 ms it tries the next address as well (RFC 8305).',
    '没有谁会通知笔记本；它的定时器设在 1.130 s 超时，但到 380 ms 若还没连上，就会同时试下一个地址（RFC 8305）。',
  ],
  [
    'who listens under the address of the server would have the connection in its place',
    ['https-why answered', 1, {kind: 'delay', byUs: 4_000_000}],
    'the client is in SYN-SENT, neither the server nor the mitm (which answers in its place) has such a connection, and 2 packets are under way.',
    '客户端处于 SYN-SENT，服务器和替它应答的中间人都没有这条连接，路上还有 2 个分组。',
  ],
  [
    'a cache that is emptied, and what comes of it',
    ['url-to-page moved', 6, dup(30_000)],
    'The laptop forgets what its DNS cache held (1 entry).',
    '笔记本清空 DNS 缓存（1 条）。',
  ],
  [
    'a site that asks for TLS only (RFC 6797 §8.1)',
    ['url-to-page http', 12, dup(0)],
    'From now on the laptop visits www.example.com over TLS only, for 365 days: the site has asked for that (HSTS, RFC 6797).',
    '365 天之内，笔记本只用 TLS 访问 www.example.com：这是网站要求的（HSTS，RFC 6797）。',
  ],
  [
    'what a browser makes of http by itself, and what it does then (RFC 6797 §8.3)',
    ['url-to-page http', 12, dup(0)],
    'The laptop turns http://www.example.com/ into https://www.example.com/ by itself (HSTS, RFC 6797 §8.3): no request leaves in clear. The laptop has https://www.example.com/ in its cache',
    '笔记本自己把 http://www.example.com/ 换成 https://www.example.com/（HSTS，RFC 6797 §8.3）：没有请求以明文发出。笔记本的缓存里有',
  ],
  [
    'a request that goes out once more, where nobody has said why (RFC 9110 §9.2.2)',
    ['http-connections idle', 19, {kind: 'corrupt', where: 'link'}],
    'The client sends GET /2 once more, on another connection: the one before ended without an answer to it.',
    '客户端换一条连接再发一次 GET /2：前一条没等到它的响应就断了。',
  ],
  [
    'a connection that brought an answer to another request, and none to this one (RFC 9110 §9.2.2)',
    ['cookies-session sizes', 15, {kind: 'edit', field: 'tcp.flags', value: 20, mend: true}],
    'The browser sends GET /news once more, on another connection: the one before ended without an answer to it.',
    '浏览器换一条连接再发一次 GET /news：前一条没等到它的响应就断了。',
  ],
  [
    'early data that somebody else sends once more, and what a server sees of that (RFC 9846 §8)',
    ['https-tls13 early', 51, drop],
    'The second server takes the early data before the handshake is done. They are those of the client from 5.100 s, sent once more: nothing in them shows that to the second server, and what they ask for may be done twice.',
    '第二台服务器在握手完成之前就收下早期数据。这些正是客户端在 5.100 s 发过的，又来了一遍；第二台服务器从中看不出来，其中的请求可能执行两次。',
  ],
  [
    'a request line that nobody can read (RFC 9112 §3)',
    ['http-request no-space', 1, drop],
    'The client sends a request whose first line is “GET/sample/hello.jsp HTTP/1.1”.',
    '客户端发出一个请求，首行是「GET/sample/hello.jsp HTTP/1.1」。',
  ],
  [
    'what it is answered with (RFC 9112 §3)',
    ['http-request no-space', 3, drop],
    'The server cannot read the request line: its response is 400, 16 bytes of content.',
    '服务器读不懂这个请求行：响应 400，正文 16 字节。',
  ],
  [
    'a response to no target',
    ['http-request no-space', 10, drop],
    'The client has the whole response: 400, 16 bytes of content. The server could not read the request line.',
    '客户端收全了响应：400，正文 16 字节。服务器读不懂那个请求行。',
  ],
  [
    'a redirect that takes method and content along (RFC 9110 §15.4.9)',
    ['http-status moved', 9, drop],
    '308 sends the client elsewhere: without asking its user, it requests http://www.example.com/upload, with POST and the same content.',
    '308 让客户端去别处：它自动改为请求 http://www.example.com/upload，仍用 POST，内容照带。',
  ],
  [
    'a redirect that makes a GET of a POST (RFC 9110 §15.4.2)',
    ['http-status moved', 5, drop],
    '301 sends the client elsewhere: without asking its user, it requests http://www.example.com/new, with GET in place of POST, and without the content.',
    '301 让客户端去别处：它自动改为请求 http://www.example.com/new，方法由 POST 换成 GET，内容不带过去。',
  ],
  [
    'a redirect to where one is (RFC 9110 §15.4)',
    ['http-status loop', 5, drop],
    '302 sends the client to the very page that it asked for: without asking its user, it requests http://www.example.com/loop.',
    '302 让客户端再去同一个页面：它不经用户，再次请求 http://www.example.com/loop。',
  ],
  [
    'a key that leaks, and what it opens (RFC 5246 §F.1.1.2)',
    ['https-tls12 rsa', 13, drop],
    'The private key of the server has leaked: whoever recorded a connection can read it now, 41 bytes of the client and 114 of the server.',
    '服务器的私钥泄露了：谁录下了连接，现在就能读出其中客户端的 41 字节和服务器的 114 字节。',
  ],
  [
    'a key that leaks, and opens nothing (RFC 9846 §F.1)',
    ['https-tls12 ecdhe', 13, drop],
    'The private key of the server has leaked, but it opens nothing of a recorded connection: the secret was never sent, not even encrypted.',
    '服务器的私钥泄露了，但录下的连接还是解不开：密钥从未发送过，加密的也没有。',
  ],
  [
    'a hello that a closed window keeps back has not left (RFC 9293 §3.8.6.1)',
    ['https-tls13 full', 4, shut],
    'The server has ServerHello to send, and 4 more handshake messages with it. The server has data to send, but',
    '服务器要发 ServerHello，随后还有 4 条握手消息。服务器有数据要发，但',
  ],
  [
    'and leaves when the window has opened, whatever its program says',
    ['http-connections short', 24, shut],
    'The client had kept data back since 500 ms, as the last window that it had been told was 0. Now 42 bytes leave.',
    '客户端从 500 ms 起留着数据没发，因为最近得知的窗口为 0；现在发出 42 字节。',
  ],
];

test.each(sentences)('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

// RFC 9293 §3.10.7.4, fifth check, and RFC 5961 §7: the server has sent up to 9000, and no FIN. The raw events: three connections are
// opened at 200 ms, and no segment of 9002 is ever taken.
test('what comes of a FIN that nobody sent: why nothing is answered, that no further ACK helps, where requests go', () => {
  const told = toldAlone('http-connections slow', 8, {
    kind: 'edit',
    field: 'tcp.flags',
    value: 17,
    mend: true,
  });
  expect(told).not.toMatch(/The next ACK, ack=9002|下一个 ACK（ack=9002）/);
  expect(told).toContain('throws the FIN away: the server has sent only up to 9000. It answers nothing,');
  expect(told).toContain('服务器丢弃 FIN：服务器只发到 9000 为止。它什么也不回：');
  expect(told).toContain('throws the ACK with ack=1127 away: seq=9001 is not the number that it expects.');
  expect(told).toContain('客户端丢弃 ack=1127 的 ACK：seq=9001 不是它期望的序号。');
  expect(told).toContain(
    'The client is to send GET /1, GET /2, GET /3 once more, on 3 new connections: doing them twice does no harm.',
  );
  expect(told).toContain('客户端准备另建 3 条连接重发 GET /1、GET /2、GET /3：做两次也无妨。');
});

// RFC 9293 §3.3.2: of connections in TIME-WAIT nothing but the end of that is to be expected.
test('a connection goes by its port where there is another that could be meant', () => {
  const told = toldAlone('https-tls12 resumed', 6, drop);
  expect(told).toContain('its own initial number, ack=1001 acknowledges the SYN.\n');
  expect(told).not.toMatch(/acknowledges the SYN\. This is the connection of port/);
  expect(told).toContain('TIME-WAIT is over: the server forgets the connection of port 54145.');
});

// The raw events: the first share is of group 23 (RFC 9846 §4.2.8), the thief’s GET brings Ann’s cookie, the ticket was there at 4.9 s.
test.each([
  [['https-tls13 retry', 1, drop], 'sends a share only for the group that it likes most, 23,'],
  [['cookies-session over-tls', 45, {kind: 'corrupt', where: 'memory'}], '200, by the copied cookie:'],
  [['https-tls12 resumed', 6, drop], 'At the first visit the server gave the client a ticket'],
  [['refused prohibited', 1, drop], 'Code 13, administratively prohibited'],
] as const)('of what a fault left as it was the lesson speaks: %j', ([name, packet, kind], en) => {
  expect(toldWith(name, packet, kind)).toContain(en);
});
