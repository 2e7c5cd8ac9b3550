// What scripts for FreeBSD take for granted, each rule as a script of our own: passes, and none of its twins does.
import {describe, expect, test} from 'vitest';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

const all = '<mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 0>';
const sysctls = (settings: readonly string[]): string =>
  ['net.inet.tcp.blackhole=0', ...settings].map((setting) => `+0 \`sysctl -w ${setting}\`\n`).join('');

const opening = (options: string, settings: readonly string[] = [], socketOption = ''): string =>
  `${sysctls(settings)}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
${socketOption}+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) win 65535${options === '' ? '' : ` ${options}`}
`;

const answering = (offered: string, answer: string, settings: readonly string[] = []): string =>
  `${sysctls(settings)}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+.1 < S 0:0(0) win 32767${offered === '' ? '' : ` ${offered}`}
+0 > S. 0:0(0) ack 1 win 65535 ${answer}
`;

const setOption = (name: string, value: number): string =>
  `+0 setsockopt(3, IPPROTO_TCP, ${name}, [${value}], 4) = 0\n`;

const plain = answering('<mss 1460,sackOK,eol,eol>', '<mss 1460,sackOK,eol,eol>');
const accepted = `${plain}+.1 < . 1:1(0) ack 1 win 32767\n+0 accept(3, ..., ...) = 4\n`;

const repeats = (waits: readonly number[], options: string): string =>
  waits.map((wait) => `+${wait} > S 0:0(0) win 65535 ${options}\n`).join('');

/** Without an error until then, with one after. */
const givesUp = (afterUs: number): string =>
  `+${(afterUs - 1000) / 1_000_000} getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
+.002 getsockopt(3, SOL_SOCKET, SO_ERROR, [ETIMEDOUT], [4]) = 0
`;

const error = (name: string): string => `+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [${name}], [4]) = 0\n`;
const icmp = (kind: string): string => `+.1 < icmp ${kind} [0:0(0)]\n`;
const precise = '--tolerance_usecs=10000\n';

const scripts: readonly (readonly [rule: string, script: string])[] = [
  ['SYN without RFC 1323', opening('<mss 1460,sackOK,eol,eol>', ['net.inet.tcp.rfc1323=0'])],
  [
    'SYN without SACK',
    opening('<mss 1460,nop,wscale 6,nop,nop,TS val 100 ecr 0>', ['net.inet.tcp.sack.enable=0']),
  ],
  ['SYN of TCP_NOOPT', opening('', [], setOption('TCP_NOOPT', 1))],
  [
    'scale of a small buffer',
    opening('<mss 1460,nop,wscale 1,sackOK,TS val 100 ecr 0>', ['kern.ipc.maxsockbuf=73728']),
  ],
  [
    'scale of the largest',
    opening('<mss 1460,nop,wscale 14,sackOK,TS val 100 ecr 0>', ['kern.ipc.maxsockbuf=4294967295']),
  ],
  ['MSS of the MTU', `--mtu=9000\n${opening('<mss 8960,nop,wscale 6,sackOK,TS val 100 ecr 0>')}`],
  [
    'SYN,ACK to all options',
    answering(
      '<sackOK,TS val 7 ecr 0,nop,wscale 2,mss 1460>',
      '<mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 7>',
    ),
  ],
  [
    'SYN,ACK to timestamps',
    answering('<mss 1460,nop,nop,TS val 7 ecr 0>', '<mss 1460,nop,nop,TS val 9 ecr 7>'),
  ],
  ['SYN,ACK to no option', answering('', '<mss 1460>')],
  [
    'repeated SYNs',
    `${precise}${opening(all)}${repeats([1, 2.2, 4.2, 8.2, 16.2, 32.2], all)}${givesUp(11_000_000)}`,
  ],
  [
    'third without options',
    `${precise}${opening(all, ['net.inet.tcp.rexmit_drop_options=1'])}${repeats([1, 2.2], all)}${repeats([4.2, 8.2], '<mss 1460>')}`,
  ],
  [
    'keepinit',
    `${opening(all, ['net.inet.tcp.keepinit=5000'])}${repeats([1, 2.2], all)}${givesUp(1_800_000)}`,
  ],
  [
    'TCP_KEEPINIT beyond 64 s',
    `${precise}${opening(all, [], setOption('TCP_KEEPINIT', 200))}${repeats([1, 2.2, 4.2, 8.2, 16.2, 32.2, 64, 64], all)}${givesUp(8_000_000)}`,
  ],
  ['unreachable port', `${opening(all)}${icmp('unreachable port_unreachable')}${error('ECONNREFUSED')}`],
  ['exceeded TTL', `${opening(all)}${icmp('time_exceeded ttl_exceeded')}${error('EHOSTUNREACH')}`],
  [
    'icmp_may_rst=0',
    `${opening(all, ['net.inet.tcp.icmp_may_rst=0'])}${icmp('unreachable port_unreachable')}${error('0')}+0 %{ assert tcpi_state == TCPI_SYN_SENT }%\n`,
  ],
  [
    'window rounded up',
    `${answering('<mss 1460,nop,wscale 2,sackOK,eol,eol>', '<mss 1460,nop,wscale 6,sackOK,eol,eol>')}+.1 < . 1:1(0) ack 1 win 9
+0 < . 2:3(1) ack 1 win 9
+0 > . 1:1(0) ack 1 win 1027 <nop,nop,sack 2:3>
`,
  ],
  [
    'buffer of whole segments',
    `${answering('<mss 1460,sackOK,TS val 7 ecr 0>', '<mss 1460,sackOK,TS val 100 ecr 7>')}+.1 < . 1:1(0) ack 1 win 9 <nop,nop,TS val 8 ecr 100>
+0 accept(3, ..., ...) = 4
+0 getsockopt(4, SOL_SOCKET, SO_RCVBUF, [65700], [4]) = 0
`,
  ],
  [
    'delayed acknowledgements',
    `${accepted}+0 < . 1:101(100) ack 1 win 32767
+.04 > . 1:1(0) ack 101 win 65535
+.1 < . 101:301(200) ack 1 win 32767
+0 < . 301:302(1) ack 1 win 32767
+0 > . 1:1(0) ack 302 win 65399
+0 recv(4, ..., 1024, 0) = 301
+.1 < F. 302:302(0) ack 1 win 32767
+0 > . 1:1(0) ack 303 win 65535
`,
  ],
  [
    'keep-alive',
    `${precise}${opening(all, ['net.inet.tcp.keepcnt=2', 'net.inet.tcp.keepidle=15000', 'net.inet.tcp.keepintvl=15000'], '+0 setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0\n')}+.1 < S. 0:0(0) ack 1 win 9 <mss 1460>
+0 > . 1:1(0) ack 1 win 65535
+15 > . 0:0(0) ack 1 win 65535
+15 > . 0:0(0) ack 1 win 65535
+15 > R. 1:1(0) ack 1 win 0
${error('ETIMEDOUT')}`,
  ],
  [
    'data on a SYN',
    `${opening(all)}+.1 < S 0:100(100) win 9 <mss 1460,sackOK,eol,eol>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,eol,eol>
+0 read(3, ..., 1000) = -1 EWOULDBLOCK
+.1 < . 101:101(0) ack 1 win 9
+0 read(3, ..., 1000) = 100
`,
  ],
  [
    'half open, listener’s socket',
    `${plain}+0 %{ assert tcpi_state == TCPI_LISTEN }%
+0 \`sockstat -4 -P tcp -p 8080 -s | grep -c SYN_RCVD | grep 1\`
+.1 < S 0:0(0) win 9 <mss 1460,sackOK,eol,eol>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,eol,eol>
+.1 < R 2:2(0) win 0
+0 > . 1:1(0) ack 1 win 65535
+.1 < R 1:1(0) win 0
+0 \`sockstat -4 -P tcp -p 8080 -s | grep -c SYN_RCVD | grep 0\`
${error('0')}`,
  ],
];

describe.each(scripts)('%s', (_rule, script) => {
  test('passes', () => {
    expect(verdict(script), script).toBe('pass');
  });

  test('has no twin that passes', () => {
    for (const {what, source} of twinsOf(script)) expect(verdict(source), what).not.toBe('pass');
  });
});
