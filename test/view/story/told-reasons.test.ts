// Checks sentences that give the reason for what a reader sees in a run with a fault, in both languages.

import {expect, test} from 'vitest';
import {some} from '../../helpers/seeds.ts';
import {drop, toldAlone} from './told-with.ts';

const sentences = [
  [
    'a timer that is already due when it is set (RFC 8985 §8: it counts from when the segment was sent)',
    ['teardown what-if 1', 4, drop],
    'The client’s timer, set at 1.300 s, is due already, as 300 ms have passed without an ACK: it sends the FIN again and now waits until 1.900 s, twice as long.',
    '客户端的定时器在 1.300 s 设定时已经到期（等确认已等了 300 ms），重发 FIN；这次等到 1.900 s，时间加倍。',
  ],
  [
    'a query that is repeated while the resolver searches (RFC 5452 §5)',
    ['dns-recursion what-if 4', 9, {kind: 'delay', byUs: 100_000}],
    'The resolver throws the query away: the laptop has asked the same before, with the same id, and the search for it still goes on.',
    '解析器丢弃这个查询：笔记本已经用同一个 id 问过同样的问题，这个查询还没办完，一个应答就够两次用',
  ],
  [
    'data on a SYN,ACK, which Linux ignores (RFC 9293 §3.10.7.3)',
    ['teardown base', 2, {kind: 'edit', field: 'tcp.hdr_len', value: 20, mend: true}],
    'From this segment the client takes only the SYN. The 12 bytes that came with it are ignored: the next number that it expects is 9001.',
    '这个报文段里，客户端只接收 SYN；随它一起来的 12 字节数据不予理会：它期望的下一个序号是 9001。',
  ],
  [
    'a FIN on a SYN,ACK, which Linux ignores',
    ['half-open base', 2, {kind: 'edit', field: 'tcp.flags.fin', value: 1, mend: true}],
    'The FIN that came with it is ignored',
    '随它一起来的 FIN 不予理会',
  ],
  [
    'a window with too little room (RFC 9293 §3.8.6.2.1)',
    ['teardown base', 2, {kind: 'edit', field: 'tcp.window_size_value', value: 1, mend: true}],
    'The client keeps 100 bytes back: the window of the other end has too little room for a segment that is worth sending (RFC 9293 §3.8.6.2.1). If no more room is announced by 400 ms, it sends what fits.',
    '客户端扣着 100 字节不发：对方窗口剩下的空间太小，不值得单发一个报文段（RFC 9293 §3.8.6.2.1）。到 400 ms 若窗口还没有变大，就发出装得下的部分。',
  ],
  [
    'an RST that acknowledges something else (RFC 9293 §3.10.7.3)',
    ['refused base', 2, {kind: 'edit', field: 'tcp.ack_raw', value: 500, mend: true}],
    'it does not acknowledge the SYN, and does not show that its sender has seen that.',
    '它没有确认 SYN，证明不了发送者见过那个 SYN。',
  ],
  [
    'an edit of the checksum alone (RFC 768: 0 means no checksum)',
    ['dns-recursion browser', 1, {kind: 'edit', field: 'udp.checksum', value: 0, mend: true}],
    'Packet 1 is altered on the way, in nothing that its receiver goes by.',
    '第 1 个分组在途中被改动，但改的地方不影响接收方。',
  ],
] as const;

test.each(some(sentences, 3))('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});
