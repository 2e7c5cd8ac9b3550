// What calls on sockets come to, what comes too late, for its connection or for the run, and what TIME-WAIT makes of it, in both languages.
// Oracles: test/fixtures/kernel-calls.json, RFC 9293 §3.4.1, the time at which the run ends, the timers of the run.
import {expect, test} from 'vitest';
import {drop, toldAlone, toldWith} from './told-with.ts';

const sentences = [
  [
    'a call that fails at once',
    ['time-wait old-data', 8, drop],
    'The program of the client calls connect() and gets EADDRNOTAVAIL: the client still has a connection between these two ports.',
    '客户端的程序调用 connect()，得到 EADDRNOTAVAIL：客户端在这两个端口之间还留着一条连接。',
  ],
  [
    'a connection whose handshake is not finished is nothing that a program has (RFC 9293 §3.10.1)',
    ['time-wait reuse', 2, drop],
    'calls close() and gets EBADF: until the handshake is finished its program has no connection.',
    '得到 EBADF：握手还没完成，程序手里还没有连接。',
  ],
  [
    'without a connection there is none for a call',
    ['time-wait reuse', 1, drop],
    'calls close() and gets EBADF: it has no connection for that.',
    '得到 EBADF：它此时没有可用的连接。',
  ],
  [
    'what a system’s socket says when its connection is over (test/fixtures/kernel-calls.json)',
    ['half-open heartbeat', 2, {kind: 'edit', field: 'tcp.seq_raw', value: 109_000, mend: true}],
    'calls send() and gets EPIPE: the connection ended at ',
    '调用 send()，得到 EPIPE：连接在 ',
  ],
  [
    'what it says when connect() had failed',
    ['refused no-record', 2, drop],
    'calls send() and gets EPIPE: its connect() has failed, and no connection came of it.',
    '调用 send()，得到 EPIPE：它的 connect() 没有成功，连接根本没建起来。',
  ],
  [
    'whose socket is given back has none (POSIX, EBADF)',
    ['state-machine what-if 1', 1, {kind: 'edit', field: 'ip.ttl', value: 63, mend: true}],
    'calls send() and gets EBADF: it has closed that connection itself, and has no socket for it any more.',
    '调用 send()，得到 EBADF：这条连接是它自己关掉的，手里已经没有对应的套接字。',
  ],
  [
    'old bytes that a new connection takes are said to be old (RFC 9293 §3.4.1)',
    ['time-wait old-data', 9, {kind: 'dup', afterUs: 0}],
    'An earlier connection between the same ports had sent these bytes, but the numbers fit this one: the server takes them for data of this one (RFC 9293 §3.4.1).',
    '这些数据是这两个端口之间更早的一条连接发出的，序号却落在这条连接的窗口里：服务器把它们当成了本连接的（RFC 9293 §3.4.1）。',
  ],
  [
    'what is late beyond the end of the run is said to be, and at whom the held-up link ends (the run’s events)',
    ['layers base', 9, {kind: 'delay', byUs: 150_000}],
    'The path holds packet 9 up: it would reach Router 1 at 470 ms, and the run is over before that.',
    '网络扣住第 9 个分组，要到 470 ms 才到路由器 1：那时运行已经结束。',
  ],
  [
    'a copy that would come after the end, too',
    ['https-why answered', 6, {kind: 'dup', afterUs: 2_000_000}],
    'The path makes a copy of packet 6, which would come at 2.100 s: the run is over before that.',
    '网络把第 6 个分组多复制了一份，要到 2.100 s 才到：那时运行已经结束。',
  ],
  [
    'and a change that nobody lives to see',
    ['layers big', 11, {kind: 'edit', field: 'tcp.seq_raw', value: 1035, mend: true}],
    'What the fault does to packet 11 would show at 320 ms, when it reaches Router 1: the run is over before that.',
    '故障对第 11 个分组做的手脚，要等它 320 ms 到达路由器 1 才看得出来：那时运行已经结束。',
  ],
  [
    'on Linux any ACK begins TIME-WAIT anew (tcp_timewait_state_process)',
    ['simultaneous-close base', 10, {kind: 'delay', byUs: 4_000_000}],
    'This segment makes the TIME-WAIT of the client begin anew: its timer is due at 65.10 s.',
    '客户端收到这个报文段，TIME-WAIT 重新计时：定时器设在 65.10 s 超时。',
  ],
  [
    'whose cwnd it is, where another sentence stands between (RFC 9937: nothing is in flight)',
    ['rack-tlp hole', 4, drop],
    'A recovery begins. The cwnd of the server falls from 17000 to 1000 bytes',
    '服务器的 cwnd 从 17000 降到 1000 字节',
  ],
  [
    'a FIN may be acknowledged before the ACK of the other one has come',
    ['simultaneous-close base', 5, drop],
    'The client’s FIN is acknowledged. The client cannot know',
    '客户端的 FIN 得到了确认。客户端无从知道',
  ],
  [
    'what is left where nothing is to come, though the run has a time to end at (the run’s queue)',
    ['time-wait reuse', 7, {kind: 'dup', afterUs: 0}],
    'The client and the server both stay in ESTABLISHED: no packet is under way, no timer is left, and neither end has closed.',
    '客户端和服务器都停在 ESTABLISHED：路上没有分组，定时器也都没有了，两端都还没有关闭。',
  ],
  [
    'and where what was ended was another one',
    ['time-wait no-wait', 1, drop],
    'The client and the server both stay in ESTABLISHED: no packet is under way',
    '客户端和服务器都停在 ESTABLISHED：路上没有分组',
  ],
  [
    'a connection of the same ports as one that was given up is another one (RFC 9293 §3.3.1)',
    ['time-wait no-wait', 1, drop],
    'The client asks the server for a new connection: its SYN carries seq=1000',
    '客户端请求与服务器建立新的连接：SYN 带着 seq=1000',
  ],
  [
    'a window that holds nothing back: all has been sent and acknowledged (raw events of that run)',
    ['why-four streaming', 7, {kind: 'edit', field: 'tcp.window_size_value', value: 0, mend: true}],
    'tcp.window_size_value is 0, not 502. The client has nothing to send that this could hold back.',
    'tcp.window_size_value 是 0，不是 502。客户端眼下没有要发的数据，不受影响。',
  ],
  [
    'no timer is told that what comes at that same time stops (raw events of that run: cancelled at 1.050 s)',
    ['why-four three', 3, drop],
    'runs out after 1 s: it sends the SYN,ACK again. But the client already has it, and an ACK is under way',
    '在 1 s 后超时，重发 SYN,ACK。其实客户端已经收到，确认也在途中',
  ],
  [
    'who has no connection forgets none: what its power takes away is who listened (the run’s events)',
    ['refused no-record', 1, drop],
    'The server goes down, and with it the program that listened; it tells nobody.',
    '服务器恢复运行，但监听的程序没有重新启动。',
  ],
] as const;

test.each(sentences)('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

// Packet 6 brings 200 bytes, with which both requests of 150 bytes are whole: one answer leaves, Nagle keeps the other.
test('what is told of an answer is not told where a second one waits (RFC 9293 §3.7.4)', () => {
  const told = toldWith('delayed-ack base', 5, drop);
  expect(told).not.toMatch(/The request is whole|请求收齐/);
  expect(told).toContain('The server keeps 200 bytes back');
});
