// What scripts for Linux take for granted, each rule as a script of our own: passes, and none of its twins does.
import {describe, expect, test} from 'vitest';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

const server = `\`../common/defaults.sh\`
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
+.1 < . 1:1(0) ack 1 win 257
+0 accept(3, ..., ...) = 4
`;

const scripts: readonly (readonly [rule: string, events: string])[] = [
  [
    'ten segments first',
    `+0 write(4, ..., 20000) = 20000
+0 > P. 1:10001(10000) ack 1
+.1 < . 1:1(0) ack 2001 win 257
+0 > P. 10001:14001(4000) ack 1
+0 %{ assert tcpi_snd_cwnd == 12 }%`,
  ],
  [
    'cwnd twice the flight',
    `+0 write(4, ..., 4000) = 4000
+0 > P. 1:4001(4000) ack 1
+.1 < . 1:1(0) ack 4001 win 257
+0 %{ assert tcpi_snd_cwnd == 10 }%`,
  ],
  [
    'probe, then RTO doubled',
    `+0 write(4, ..., 1000) = 1000
+0 > P. 1:1001(1000) ack 1
+.3 > P. 1:1001(1000) ack 1
+.32 > P. 1:1001(1000) ack 1
+.61 > P. 1:1001(1000) ack 1`,
  ],
  [
    'limited transmit, then loss',
    `+0 write(4, ..., 10000) = 10000
+0 > P. 1:10001(10000) ack 1
+.1 < . 1:1(0) ack 10001 win 257
+0 write(4, ..., 40000) = 40000
+0 > P. 10001:30001(20000) ack 1
+.1 < . 1:1(0) ack 10001 win 257 <sack 11001:12001,nop,nop>
+0 > . 30001:31001(1000) ack 1
+0 < . 1:1(0) ack 10001 win 257 <sack 11001:13001,nop,nop>
+0 > . 31001:32001(1000) ack 1
+0 < . 1:1(0) ack 10001 win 257 <sack 11001:14001,nop,nop>
+0 > . 10001:11001(1000) ack 1`,
  ],
  [
    'Nagle holds back',
    `+0 write(4, ..., 100) = 100
+0 > P. 1:101(100) ack 1
+0 write(4, ..., 100) = 100
+.1 < . 1:1(0) ack 101 win 257
+0 > P. 101:201(100) ack 1
+0 setsockopt(4, SOL_TCP, TCP_NODELAY, [1], 4) = 0
+0 write(4, ..., 100) = 100
+0 > P. 201:301(100) ack 1`,
  ],
  [
    'half-close',
    `+0 shutdown(4, SHUT_WR) = 0
+0 > F. 1:1(0) ack 1
+0 write(4, ..., 100) = -1 EPIPE
+.1 < P. 1:101(100) ack 2 win 257
+0 > . 2:2(0) ack 101
+0 ioctl(4, SIOCINQ, [100]) = 0
+0 read(4, ..., 1000) = 100
+.1 < F. 101:101(0) ack 2 win 257
+0 > . 2:2(0) ack 102
+0 read(4, ..., 1000) = 0`,
  ],
  [
    'close() with unread data',
    `+.1 < P. 1:101(100) ack 1 win 257
+0 > . 1:1(0) ack 101
+0 close(4) = 0
+0 > R. 1:1(0) ack 101`,
  ],
  [
    'FIN with waiting data',
    `+0 write(4, ..., 12000) = 12000
+0 > P. 1:10001(10000) ack 1
+0 close(4) = 0
+.1 < . 1:1(0) ack 10001 win 257
+0 > FP. 10001:12001(2000) ack 1`,
  ],
  [
    'TCP_USER_TIMEOUT',
    `+0 setsockopt(4, SOL_TCP, TCP_USER_TIMEOUT, [3000], 4) = 0
+0 getsockopt(4, SOL_TCP, TCP_USER_TIMEOUT, [3000], [4]) = 0
+0 write(4, ..., 1000) = 1000
+0 > P. 1:1001(1000) ack 1
+4 write(4, ..., 1000) = -1 ETIMEDOUT`,
  ],
  [
    'an end wakes once (tcp_fin: sk_state_change)',
    `+0 epoll_create(1) = 5
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLRDHUP|EPOLLET, fd=4}) = 0
+0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
+0 < F. 1:1(0) ack 1 win 257
+0 > . 1:1(0) ack 2
+0 epoll_wait(5, {events=EPOLLRDHUP, fd=4}, 1, 0) = 1
+0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0`,
  ],
];

describe.each(scripts)('%s', (_rule, events) => {
  const script = server + events;

  test('passes', () => {
    expect(verdict(script), script).toBe('pass');
  });

  test('has no twin that passes', () => {
    for (const {what, source} of twinsOf(script)) expect(verdict(source), what).not.toBe('pass');
  });
});

test('the first open of a client, with timestamps', () => {
  const script = `--tcp_ts_tick_usecs=1000
\`../common/defaults.sh\`
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.1...0.2 connect(3, ..., ...) = 0
+0 > S 0:0(0) <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>
+.1 < S. 0:0(0) ack 1 win 5792 <mss 1460,sackOK,TS val 700 ecr 100,nop,wscale 7>
+0 > . 1:1(0) ack 1 <nop,nop,TS val 200 ecr 700>`;
  expect(verdict(script)).toBe('pass');
  expect(verdict(script.replace('val 200', 'val 300'))).toContain('timestamp');
});
