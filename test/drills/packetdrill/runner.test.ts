// What a failure says, and the rules of judging that scripts alone do not pin (pd/run.c, pd/run_packet.c).
import {describe, expect, test} from 'vitest';
import {parsed, returnAt, run, verdict} from './bench.ts';
import '../../helpers/meaning.ts';

const head = `0 \`sysctl -w packet_tutor.profile=rfc\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
`;

const established = `${head}+0 < S 0:0(0) win 4000 <mss 1460>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460>
+.01 < . 1:1(0) ack 1 win 4000
+0 accept(3, ..., ...) = 4
`;

test('a failure names the line, and both sides in both notations', () => {
  const {failure} = run(
    parsed(`${head}+0 < S 7:7(0) win 4000 <mss 1460>\n+0 > S. 0:0(0) ack 9 win 65535 <mss 1460>`),
  );
  expect(failure).toMatchObject({
    position: {line: 6, column: 1},
    expected: {
      packetdrill: '> S. 0:0(0) ack 9 win 65535 <mss 1460>',
      spoken: 'SYN,ACK seq=0 ack=9 win=65535 options=mss 1460',
    },
    actual: {
      packetdrill: '> S. 0:0(0) ack 8 win 65535 <mss 1460>',
      spoken: 'SYN,ACK seq=0 ack=8 win=65535 options=mss 1460',
    },
  });
});

test('a packet that nothing expects fails the next expectation', () => {
  const source = `${established}+0 < P. 1:11(10) ack 1 win 4000\n+.1 close(4) = 0\n+0 > F. 1:1(0) ack 11`;
  expect(verdict(source)).toContain('the flags differ');
});

// RFC 3168 §6.1.1, §6.1.2, §6.1.3: ECT on data, ECE on every ACK from a CE mark on until CWR.
test('the ECN bits of a packet are read and compared', () => {
  const opening = [
    '0 `sysctl -q net.ipv4.tcp_ecn=1`',
    '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
    '+0 bind(3, ..., ...) = 0',
    '+0 listen(3, 1) = 0',
    '+0 < SEW 0:0(0) win 4000 <mss 1460>',
    '+0 > [noecn] SE. 0:0(0) ack 1 <...>',
    '+.1 < . 1:1(0) ack 1 win 4000',
    '+0 accept(3, ..., ...) = 4',
  ].join('\n');
  const marked = (mark: string, flags: string, data: string) =>
    verdict(
      `${opening}\n+.1 < ${mark} P. 1:11(10) ack 1 win 4000\n+0 > [noecn] ${flags} 1:1(0) ack 11\n` +
        `+0 write(4, ..., 5) = 5\n+0 > ${data} 1:6(5) ack 11`,
    );
  expect(marked('[ce]', 'E.', '[ect0] PE.')).toBe('pass');
  expect(marked('[ect0]', '.', '[ect01] P.')).toBe('pass');
  expect(marked('[ect0]', 'E.', '[ect0] P.')).toContain('the flags differ');
  expect(marked('[ect0]', '.', '[noecn] P.')).toContain('ECN bits: expected noecn, got ect0');
});

test('after the last expectation packets go unnoticed', () => {
  expect(verdict(`${established}+0 < P. 1:11(10) ack 1 win 4000\n+5 close(4) = 0`)).toBe('pass');
});

test('a packet that is two seconds late is missing', () => {
  expect(verdict(`${established}+.5 > . 1:1(0) ack 1`)).toContain('no packet until 2.510000 s');
});

test('times may differ by the tolerance, or by an eighth of the distance', () => {
  const lost = (wait: string, tolerance = '') =>
    verdict(
      `${tolerance}${established}+0 write(4, ..., 5) = 5\n+0 > P. 1:6(5) ack 1\n${wait} > P. 1:6(5) ack 1`,
    );
  expect(lost('+0.9')).toBe('pass');
  expect(lost('+0.8')).toContain('1.010000');
  expect(lost('+0.8', '--tolerance_usecs=200000\n')).toBe('pass');
  expect(lost('+0.5~+1.2')).toBe('pass');
});

test('a call that blocks needs the time of its end, and is held to it', () => {
  const read = (time: string) =>
    verdict(`${established}${time} read(4, ..., 5) = 5\n+.1 < P. 1:6(5) ack 1 win 4000`);
  expect(read('+0')).toContain('read does not return');
  expect(read('+0...0.1')).toBe('pass');
  expect(read('+0...0.3')).toSay(returnAt('read', '0.110000'));
  expect(read('+0...0.05')).toSay(returnAt('read', '0.110000'));
  expect(verdict(`${established}+0...0.05 read(4, ..., 5) = 5`)).toContain('would block');
});

test.each([
  ['+0 < icmp unreachable port_unreachable', /icmp/],
  ['+0 ppoll([{fd=3, events=POLLIN}], 1, 0) = 0', /call/],
  ['+0 `rm -rf /`', /command/],
  ['+0 %{ import os }%', /code/],
  ['+0 setsockopt(3, SOL_SOCKET, SO_MARK, [1], 4) = 0', /socketOption/],
  ['+0 setsockopt(3, SOL_SOCKET, constructor, [1], 4) = 0', /socketOption/],
])('%s is no silent pass', (line, needs) => {
  expect(run(parsed(`${head}${line}`)).failure?.needs).toMatch(needs);
});

test('an ICMP error quotes the segment that it is about', () => {
  const connecting = `0 \`sysctl -w packet_tutor.profile=rfc\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) win 65535 <mss 1460>
`;
  const after = (quoted: string, error: string) =>
    verdict(
      `${connecting}+.1 < icmp unreachable port_unreachable ${quoted}\n+0 getsockopt(3, SOL_SOCKET, SO_ERROR, [${error}], [4]) = 0`,
    );
  expect(after('[0:0(0)]', 'ECONNREFUSED')).toBe('pass');
  expect(after('[0:0(0)]', '0')).toContain('ECONNREFUSED');
  expect(after('[5:5(0)]', '0')).toBe('pass');
  // Without numbers it is the first.
  expect(after('', 'ECONNREFUSED')).toBe('pass');
});

describe('accept', () => {
  const waiting = established.replace(/\+0 accept.*\n/, '');
  const nonBlocking = '+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0\n';

  test('what came before it is there to be read', () => {
    const data = '+0 < P. 1:11(10) ack 1 win 4000\n+0 > . 1:1(0) ack 11 win 65525\n';
    const script = `${waiting}${data}+.1 accept(3, ..., ...) = 4\n+0 read(4, ..., 20) = 10`;
    expect(verdict(script)).toBe('pass');
    expect(verdict(script.replace('20) = 10', '20) = 11'))).toContain('expected 11, got 10');
  });

  test('nobody is there yet', () => {
    expect(verdict(`${head}+0 accept(3, ..., ...) = 4`)).toContain('accept does not return');
    expect(verdict(`${head}${nonBlocking}+0 accept(3, ..., ...) = -1 EAGAIN`)).toBe('pass');
  });

  test('a listener that is closed takes those with it whom nobody has accepted', () => {
    expect(verdict(`${waiting}+0 close(3) = 0\n+0 > R 1:1(0)`)).toBe('pass');
    expect(verdict(`${established}+0 close(3) = 0\n+0 > R 1:1(0)`)).toContain('no packet');
  });

  test('BSD hands on O_NONBLOCK, others do not', () => {
    const script = `${waiting}${nonBlocking}+0 accept(3, ..., ...) = 4\n+0 read(4, ..., 1) = -1 EAGAIN`;
    expect(verdict(script)).toContain('would block');
    expect(verdict(script.replace('=rfc', '=freebsd'))).toBe('pass');
  });
});

// Seen of Linux 6.18.
test.each(['SHUT_RDWR', 'SHUT_RD) = 0\n+0 shutdown(4, SHUT_WR'])(
  'after shutdown(%s) Linux refuses data',
  (how) => {
    const script = `${established.replace('=rfc', '=linux').replaceAll('65535', '64240')}+0 shutdown(4, ${how}) = 0
+0 > F. 1:1(0) ack 1
+.1 < . 1:1(0) ack 2 win 4000
+0 < P. 1:11(10) ack 2 win 4000
+0 > R 2:2(0)
+0 read(4, ..., 20) = -1 ECONNRESET`;
    expect(verdict(script)).toBe('pass');
  },
);

// Seen of Linux 6.18.
test('what came before a reset can still be read', () => {
  const script = `${established}+0 < P. 1:11(10) ack 1 win 4000
+0 > . 1:1(0) ack 11
+.1 < R. 11:11(0) ack 1 win 0
+0 read(4, ..., 4) = 4
+0 read(4, ..., 10) = 6
+0 read(4, ..., 10) = -1 ECONNRESET
+0 read(4, ..., 10) = 0
+0 write(4, ..., 10) = -1 EPIPE`;
  expect(verdict(script)).toBe('pass');
});

test.each([
  ['linux', '-1 EAGAIN'],
  ['freebsd', '-1 ENOTCONN'],
  ['rfc', '10'],
])('%s: write() before the connection is there returns %s', (profile, result) => {
  const script = `0 \`sysctl -w packet_tutor.profile=${profile}\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 write(3, ..., 10) = ${result}`;
  expect(verdict(script)).toBe('pass');
});

test('after SHUT_RD alone data still come', () => {
  const script = `${established}+0 shutdown(4, SHUT_RD) = 0
+0 read(4, ..., 20) = 0
+0 < P. 1:11(10) ack 1 win 4000
+0 > . 1:1(0) ack 11
+0 read(4, ..., 20) = 10`;
  expect(verdict(script)).toBe('pass');
});

test('a SYN cookie is no more than a first number', () => {
  const script = established.replace(
    '+0 socket',
    '+0 `sysctl -w packet_tutor.tcp.synCookies=always`\n+0 socket',
  );
  expect(script).not.toBe(established);
  expect(verdict(`${script}+0 < P. 1:11(10) ack 1 win 4000\n+0 > . 1:1(0) ack 11`)).toBe('pass');
});

describe('writing more than the send buffer holds', () => {
  const small = established.replace(
    '+0 listen',
    '+0 setsockopt(3, SOL_SOCKET, SO_SNDBUF, [2000], 4) = 0\n+0 listen',
  );
  const acknowledged = '+.1 < . 1:1(0) ack 1461 win 4000';

  test('without blocking: what there is room for', () => {
    const script = `${small}+0 fcntl(4, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0 write(4, ..., 3000) = 2000
+0 write(4, ..., 1000) = -1 EAGAIN
+0 > . 1:1461(1460) ack 1
${acknowledged}
+0 > P. 1461:2001(540) ack 1
+0 write(4, ..., 3000) = 1460`;
    expect(verdict(script)).toBe('pass');
    expect(verdict(script.replace('= 2000', '= 3000'))).toContain('expected 3000, got 2000');
  });

  test('blocking: until the rest has room', () => {
    const write = (time: string) => verdict(`${small}${time} write(4, ..., 3000) = 3000\n${acknowledged}`);
    expect(write('+0')).toContain('would block');
    expect(write('+0...0.1')).toBe('pass');
    expect(write('+0...0.3')).toSay(returnAt('write', '0.110000'));
  });
});

test.each(['ipv6', 'ipv4_mapped_ipv6'])('%s: refused, whatever else the script says', (version) => {
  const {failure} = run(parsed(`--ip_version=${version}\n0 < icmp unreachable no_route [0:0(0)]`));
  expect(failure).toMatchObject({position: {line: 1}, needs: `ipv6: --ip_version=${version}`});
});

test.each(['--tolerance_usecs=x', '--mtu', '--mtu=20', '--tcp_ts_tick_usecs=-1'])(
  '%s is refused',
  (option) => {
    const {failure} = run(parsed(`// first\n${option}\n0 close(3) = -1 EBADF`));
    expect(failure).toMatchObject({position: {line: 2}, message: {en: expect.stringContaining('cannot be')}});
  },
);

test('settings by their systems’ names and units', () => {
  const got = (setting: string, option: string, value: number) =>
    verdict(`0 \`sysctl -w ${setting}\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 getsockopt(3, IPPROTO_TCP, ${option}, [${value}], [4]) = 0`);
  expect(got('net.inet.tcp.keepidle=15000', 'TCP_KEEPIDLE', 15)).toBe('pass');
  expect(got('net.inet.tcp.keepidle=15000', 'TCP_KEEPIDLE', 16)).toContain('expected 16, got 15');
  expect(got('net.ipv4.tcp_keepalive_probes=3', 'TCP_KEEPCNT', 3)).toBe('pass');
  expect(got('packet_tutor.tcp.noDelay=true', 'TCP_NODELAY', 1)).toBe('pass');
  expect(got('packet_tutor.tcp.noDelay=1', 'TCP_NODELAY', 1)).toContain('cannot be');
  expect(got('net.inet.tcp.ecn.enable=7', 'TCP_NODELAY', 1)).toContain('cannot be');
});

test('what TCP_INFO tells', () => {
  const linux = established.replace('=rfc', '=linux').replaceAll('65535', '64240');
  const sack = (edges: string) => `+.1 < . 1:1(0) ack 1 win 4000 <nop,nop,sack ${edges}>\n`;
  const lossy =
    `${linux.replaceAll('<mss 1460>', '<mss 1000,sackOK,nop,nop>')}+0 %{ assert tcpi_options == 2 }%
+0 write(4, ..., 4000) = 4000
+0 %{ assert tcpi_unacked == 4; assert tcpi_ca_state == TCP_CA_Open and tcpi_sacked == 0 }%
${sack('1001:2001')}+0 %{ assert tcpi_ca_state == TCP_CA_Disorder; assert tcpi_sacked == 1 }%
${sack('1001:4001')}+0 %{ assert tcpi_ca_state == TCP_CA_Recovery, tcpi_ca_state; assert tcpi_sacked == 3 }%`.replace(
      '> S. 0:0(0) ack 1 win 64240 <mss 1000,sackOK,nop,nop>',
      '> S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK>',
    );
  expect(verdict(lossy)).toBe('pass');
  expect(verdict(lossy.replace('CA_Disorder', 'CA_Open'))).toContain('expected 0, got 1');
});

test('before the peer has spoken BSD counts SACK as agreed on', () => {
  const fresh = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 %{ assert tcpi_options == 2 }%';
  expect(verdict(fresh)).toBe('pass');
  expect(verdict(`0 \`sysctl -w net.inet.tcp.sack.enable=0\`\n+${fresh}`)).toContain('expected 2, got 0');
  expect(verdict(`0 \`sysctl -w packet_tutor.profile=linux\`\n+${fresh}`)).toContain('expected 2, got 0');
});

test.each([
  ['linux', 'mss 1460,sackOK,TS val 5 ecr 0,nop,wscale 7', 988],
  ['freebsd', 'mss 1460,nop,wscale 6,sackOK,TS val 5 ecr 0', 1000],
])('TCP_MAXSEG of %s, where timestamps take 12 bytes', (profile, options, bytes) => {
  const script = `0 \`sysctl -w packet_tutor.profile=${profile}\`
+0 \`sysctl -w packet_tutor.tcp.timestamps=true\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [536], [4]) = 0
+0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) <${options}>
+.1 < S. 0:0(0) ack 1 win 4000 <mss 1000,sackOK,TS val 1 ecr 5>
+0 getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [${bytes}], [4]) = 0`;
  expect(verdict(script)).toBe('pass');
});

test('what the stack has no way to do is refused', () => {
  const {failure} = run(parsed('0 `sysctl -w net.inet.tcp.blackhole=2`'));
  expect(failure?.needs).toBe('setting net.inet.tcp.blackhole');
  expect(verdict('0 `sysctl -w net.inet.tcp.blackhole=0`')).toBe('pass');
});

test('an unknown setting is an error that names the nearest', () => {
  const {failure} = run(parsed('0 `sysctl -w net.inet.tcp.sack.enabel=1`'));
  expect(failure?.message.en).toContain('net.inet.tcp.sack.enabel');
  expect(failure?.remedy.en).toContain('net.inet.tcp.sack.enable');
});

test('the run is a Trace: causes, segments and states in order', () => {
  const {trace} = run(parsed(established));
  expect(trace.packetCount).toBe(3);
  const kinds = [...trace.events()].map(({kind, host}) => `${host} ${kind}`);
  expect(kinds.slice(0, 5)).toEqual(['host call', 'host state', 'remote send', 'host arrive', 'host state']);
  const last = trace.stateAt(trace.length)?.hosts['host']?.tcp.connections;
  expect([...(last?.values() ?? [])].map(({state}) => state)).toEqual(['ESTABLISHED']);
  expect(trace.packet(2)).toMatchObject({from: 'host', to: 'remote', sentUs: 0});
  const times = [...trace.events()].map((event) => [event.atUs, 'dueUs' in event ? event.dueUs : event.atUs]);
  expect(times.every(([atUs = 0, dueUs = 0]) => dueUs >= atUs)).toBe(true);
});

test('a script that sleeps while a timer fires without end fails at that line', () => {
  const source = `0 \`sysctl -q net.ipv4.tcp_retries2=1000000000\`
+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 65535 <mss 1460>
+0 > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 1000
+0 accept(3, ..., ...) = 4
+0 write(4, ..., 100) = 100
+0 > P. 1:101(100) ack 1
+99999999 close(4) = 0
`;
  const {failure, trace} = run(parsed(source), undefined, 3000);
  expect(failure?.position).toEqual({line: 11, column: 1});
  expect(failure?.message.en).toMatch(/^more than 3000 events in the stack: stopped at \d+(\.\d+)? s$/);
  expect(failure?.remedy.en).toContain('--max-events 30000');
  expect(trace.length).toBeGreaterThan(3000);
});
