// Of what is sent again: whether it was needed, what goes with it, and what came before it that did not count; in both languages.

import {expect, test} from 'vitest';
import {drop, toldAlone, toldWith} from './told-with.ts';

const damaged = {kind: 'corrupt', where: 'memory'} as const;

test.each([
  [
    'one of those that had left is to come, of which another was lost (its SYN has come twice)',
    ['handshake-loss syn', 3, damaged],
    'with the same numbers. But packet 5, which the timer has just sent, is still under way, not lost.',
    '序号不变。其实定时器刚重发的第 5 个分组还在途中，并没有丢。',
  ],
  [
    'it has come, and its ACK is to come',
    ['why-four three', 3, drop],
    'But the client already has it, and an ACK is under way: this was not needed.',
    '其实客户端已经收到，确认也在途中，不必重发。',
  ],
  [
    'its ACK is under way, and old when it comes, as the repetition has brought another one',
    ['cookies-session base', 11, {kind: 'delay', byUs: 700_000}],
    'But the browser already has it, and an ACK is under way: this was not needed.',
    '其实浏览器已经收到，确认也在途中，不必重发。',
  ],
  [
    'it has come, and SACK that names it is to come (RFC 2018 §3)',
    ['rack-tlp again-old', 51, drop],
    'But the client already has them, and an ACK is under way: this was not needed.',
    '其实客户端已经收到，确认也在途中，不必重发。',
  ],
  [
    'it has come, and no ACK of it is to come: the repetition brings another one',
    ['handshake base', 2, drop],
    'But the server already has it: only the answer is missing.',
    '其实服务器已经收到，缺的是应答。',
  ],
  [
    'data and a FIN that bore the ACK are missing as well (the response; RFC 9293 §3.4)',
    ['https-tls12 rsa', 10, drop],
    'But the server already has them: packet 10, which bore the ACK, was lost.',
    '其实服务器已经收到，只是捎带 ACK 的第 10 个分组丢了。',
  ],
  [
    'where a bare ACK was lost before that, neither is the one that is missing',
    ['simultaneous-close lost-ack', 10, drop],
    'But the server already has it: packets 9 and 10, which bore the ACK, were lost.',
    '其实服务器已经收到，只是带有 ACK 的第 9 和 10 个分组都丢了。',
  ],
  [
    'a full accept queue has no room for four that bear the ACK of a handshake (12, 13, 14 and 16)',
    ['accept-queue base', 17, drop],
    'But the client already has it: 4 packets that bore the ACK, the last of them packet 16, were thrown away.',
    '其实客户端已经收到，只是带有 ACK 的 4 个分组（最后是第 16 个）都被丢弃了。',
  ],
  [
    'an ACK that is damaged is none that counts (RFC 9293 §3.1)',
    ['https-tls13 retry', 27, damaged],
    'damaged and thrown away: the client sends the FIN again, to ask what has arrived (a tail loss probe, TLP). Its retransmission timer is due at 3.100 s. But the server already has it.\n',
    '其实服务器已经收到。\n',
  ],
  [
    'nor is one that acknowledges what was never sent (RFC 9293 §3.10.7.4), as after a FIN that the path has set',
    ['cookies-session base', 4, {kind: 'edit', field: 'tcp.flags', value: 0x19, mend: true}],
    'But the shop already has them: 5 packets that bore the ACK, the last of them packet 11, were thrown away, and another is under way.',
    '其实商店已经收到，只是带有 ACK 的 5 个分组（最后是第 11 个）都被丢弃了，还有一个在途中。',
  ],
] as const)('whether what was sent again had arrived is told: %s', (_, [name, packet, fault], en, zh) => {
  const told = toldWith(name, packet, fault);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test.each([
  ['a SYN', ['handshake base', 1, drop]],
  ['numbers that an earlier connection of the same ports has had', ['why-three time-wait', 8, damaged]],
] as const)('what was lost is sent again for good reason: %s', (_, [name, packet, fault]) => {
  expect(toldWith(name, packet, fault)).not.toMatch(/Yet |其实/);
});

test('what goes with it in the same instant is named', () => {
  const told = toldWith('congestion outage', 6, drop);
  expect(told).toContain(
    'the 1000 bytes from seq=18001. With it packet 48 repeats the 1000 bytes from seq=19001.',
  );
  expect(told).toContain(
    'seq=18001 起的 1000 字节。同时发出的第 48 个分组也是重发，即 seq=19001 起的 1000 字节。',
  );
});

test.each([
  [
    'damaged',
    ['https-tls13 retry', 27, damaged],
    'No ACK of the FIN has come for 400 ms (its probe timer was set anew at 2.500 s), except one that was damaged and thrown away: the client sends',
    '没有收到对 FIN 的确认（来过一个，但已损坏），于是重发一次',
  ],
  [
    'of several, each of which acknowledges what was never sent (RFC 9293 §3.10.7.4)',
    ['cookies-session base', 4, {kind: 'edit', field: 'tcp.flags', value: 0x19, mend: true}],
    'has come for 300 ms, except some that the browser threw away: the browser sends',
    '的确认（来过，但都被它丢弃），于是重发一次',
  ],
  [
    'with a number that does not fit',
    ['simultaneous-close lost-ack', 10, {kind: 'edit', field: 'tcp.seq_raw', value: 109_201, mend: true}],
    'No ACK of the FIN has come for 300 ms, except one that the client threw away: the client sends',
    '没有收到对 FIN 的确认（来过一个，但被它丢弃），于是重发一次',
  ],
  [
    'a response of DNS',
    ['dns-cache negative', 3, damaged],
    'has come, as the damaged one was thrown away before it could be read: the resolver asks the root again, with a new id, ',
    '800 ms 没有应答（来过一个，但已损坏，没读就丢弃了），解析器再问一次根服务器，id 换成 ',
  ],
] as const)('an answer that came and does not count: %s', (_, [name, packet, fault], en, zh) => {
  const told = toldWith(name, packet, fault);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});

test('that nothing new is there is not told as if something kept it (RFC 6675 §4, NextSeg, rule 2)', () => {
  const told = toldWith('rack-tlp late-old', 35, damaged);
  expect(told).toContain(
    'There is nothing new to send, so the server sends the 1000 bytes from seq=28001 again,',
  );
  expect(told).toContain('没有新数据要发，服务器就重发 seq=28001 起的 1000 字节：');
  expect(told).not.toMatch(/Nothing new can be sent|新数据发不出/);
});

test('of what was sent three times, the first of them lost, D-SACK tells of one: which of them came for nothing (RFC 2883 §4)', () => {
  const told = toldWith('rack-tlp alone', 26, drop);
  expect(told).toContain(
    'the 1000 bytes from seq=18001 reached the client twice: packet 27 brought them again.',
  );
  expect(told).toContain('seq=18001 起的 1000 字节，客户端收到了两次，第二次是第 27 个分组带来的。');
});

test('where a repetition is lost, too, it is said that it is that (RFC 8985 §6.2: what counts is when it was sent last)', () => {
  const told = toldWith('cubic both-reno', 20, {kind: 'corrupt', where: 'link'});
  expect(told).toContain(
    'Something sent later than packet 474, which repeated what is missing, has arrived; as no reordering has been seen this way so far, a recovery does not wait: the rival marks the 1000 bytes from seq=61001 as lost and sends them once more (RACK).',
  );
  expect(told).toContain(
    '比第 474 个分组（先前的重传）后发的报文段已经到达；未见自己发的报文段乱序，恢复期间不再等待：竞争方判定 seq=61001 起的 1000 字节丢失，立即再重发一次（RACK）。',
  );
});

test('which error tells that a SYN is thrown away (RFC 792: port unreachable), and that only the error is that of a closed port', () => {
  const told = toldAlone('refused rejected', 2, {kind: 'reorder', places: 2});
  expect(told).toContain('sends a message about it to the client: ICMP type 3, code 3.');
  expect(told).toContain('发出通知：ICMP 类型 3、代码 3。');
  const read = toldWith('refused rejected', 2, {kind: 'reorder', places: 2});
  expect(read).toContain('connect() returns ECONNREFUSED, as for a closed port, here after 250 ms.');
  expect(read).toContain('connect() 返回 ECONNREFUSED，和关闭的端口一样，这里是在 250 ms 之后。');
});
