// What comes of a packet that the path altered, lost or made two of, in sentences that a close reading found false or missing.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {allRuns, signed, traceOf} from '../../helpers/all-runs.ts';
import {toldOf, tracedWith} from '../../helpers/diverged.ts';
import {some} from '../../helpers/seeds.ts';

const toldWith = (name: string, packet: number, kind: FaultKind): string => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const each = {...own, fault: {...kind, at: {packet}}};
  return toldOf(signed(own.lesson), each, tracedWith(each))
    .map(({en, zh}) => `${en}\n${zh}`)
    .join('\n');
};

const drop = {kind: 'drop'} as const;
const copy = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});
const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});

const sentences = [
  [
    'TIME-WAIT is as long as its timer says, not as it said first (RFC 9293 §3.10.7.4)',
    ['time-wait silence', 5, copy(2_000_000)],
    'so it stays in TIME-WAIT, its timer set for 61.10 s.',
    '所以它停在 TIME-WAIT，定时器设在 61.10 s 超时。',
  ],
  [
    'a copy that comes into TIME-WAIT is answered, and the wait begins anew',
    ['time-wait silence', 5, copy(2_000_000)],
    'The client expects other numbers than those of the ACK with seq=9001: it answers ack=9002, the number that it expects, and its window. TIME-WAIT begins anew: its timer is set for 62.60 s.',
    'TIME-WAIT 重新计时：定时器设在 62.60 s 超时。',
  ],
  [
    'bytes of an old copy are told by the lesson wherever a program gets them',
    ['time-wait no-wait', 9, edit('tcp.seq_raw', 101_102)],
    'so the program gets 100 bytes that nobody sent on this connection.',
    '程序收到 100 字节，可这条连接上没人发过。',
  ],
  [
    'a copy that finds no connection',
    ['time-wait skipped', 10, copy(2_000_000)],
    'Packet 10 arrives again: the path made a copy of it. The client has no such connection: its answer to the FIN is RST.',
    '客户端没有这条连接，对 FIN 回 RST。',
  ],
  [
    'a copy of a response comes when nothing is asked any more (RFC 5452 §9.1)',
    ['dns-iterative walk', 4, copy()],
    'The laptop throws the response away: it fits no question that is open there (RFC 5452).',
    '笔记本丢弃这个响应：它与正在等的查询都对不上（RFC 5452）。',
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
    'The server throws the ACK with seq=101102 away: that lies outside its window.',
    'seq=101102 的 ACK 落在服务器的接收窗口之外',
  ],
  [
    'in TIME-WAIT Linux takes the very next number alone (tcp_timewait_state_process)',
    ['time-wait reuse', 8, edit('tcp.flags', 4)],
    'The server ignores the RST: in TIME-WAIT only the very next number counts, and it bears another.',
    '服务器不理会 RST：在 TIME-WAIT 里只认紧接着的那个序号，它不是。',
  ],
  [
    'the FIN behind 620 bytes has the number behind them (9001 + 5000)',
    ['why-four streaming', 6, edit('tcp.ack_raw', 6002)],
    'FIN, number 14001, behind 620 bytes in one segment.',
    'FIN 和最后 620 字节同在一个报文段，序号是 14001。',
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
    'The client throws the 1460 bytes from seq=9001 away: ack=6002 does not fit what the client has sent on this connection. It answers ack=9001.',
    'ack=6002 与客户端在这条连接上发出过的数据对不上：客户端丢弃 seq=9001 起的 1460 字节，并回 ack=9001。',
  ],
  [
    'an ACK of a number that nobody sent assures nobody',
    ['why-four unread', 2, edit('tcp.seq_raw', 8990)],
    'The client has its answer and is ESTABLISHED. It answers ack=8991, one more than the number that came.',
    '它回 ack=8991，比收到的序号大 1。',
  ],
  [
    'the TTL is that of the record that is named',
    ['dns-cache alias', 7, {kind: 'reorder', places: 3}],
    'the CNAME record of www.abc.com is y.abc.com, for 3600 s; one more record goes with it.',
    'www.abc.com 的 CNAME 记录是 y.abc.com，有效 3600 s，另附 1 条记录。',
  ],
  [
    'what the owner of a zone changes',
    ['dns-cache planned', 7, drop],
    'In the zone that the authority serves the A record of y.abc.com is now 203.0.113.81, for 30 s. Nobody is told',
    '在权威服务器的区里，y.abc.com 的 A 记录现在是 203.0.113.81，有效 30 s。没有人会得到通知',
  ],
  [
    'another answer than before is told, however often the same was asked',
    ['dns-cache planned', 7, drop],
    'The authority answers: the A record of y.abc.com is 203.0.113.81, for 30 s.',
    '权威服务器应答：y.abc.com 的 A 记录是 203.0.113.81，有效 30 s。',
  ],
  [
    'an answer that is still on its way is none for whoever asks again',
    ['dns-iterative chain', 6, {kind: 'delay', byUs: 4_000_000}],
    'No answer for 800 ms: the root asks again',
    '800 ms 没有应答，根服务器再问一次',
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
  ['dns-cache negative', 4, {kind: 'delay', byUs: 700_000}, 'NXDOMAIN is kept, too.'],
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
    'Packet 4 arrives again: the path made a copy of it. The 100 bytes go to the program of the server; ack=1101 is the number that it expects next.',
  );
});
