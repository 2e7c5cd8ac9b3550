// What system calls return. Oracle: their pages in POSIX.1-2024 and Linux's and FreeBSD's manuals: socket(2), connect(2), accept(2),
// recv(2), send(2), shutdown(2), getsockopt(2), fcntl(2), tcp(7), ip(4).
import {describe, expect, test} from 'vitest';
import {parsed, run, verdict} from './bench.ts';

const profile = (name: string): string => `0 \`sysctl -w packet_tutor.profile=${name}\`\n`;
const fresh = `${profile('rfc')}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n`;
const nonBlocking = (descriptor: number): string =>
  `+0 fcntl(${descriptor}, F_SETFL, O_RDWR | O_NONBLOCK) = 0\n`;
const calling = `${fresh}${nonBlocking(3)}+0 connect(3, ..., ...) = -1 EINPROGRESS\n+0 > S 0:0(0) win 65535 <mss 1460>\n`;
const connected = `${calling}+.1 < S. 0:0(0) ack 1 win 4000 <mss 1460>\n+0 > . 1:1(0) ack 1\n`;
const listening = `${fresh}+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n`;

/** The last line says what it came to. */
const after = (before: string, ...lines: readonly string[]): string => {
  const told = verdict(`${before}${lines.map((line) => `+0 ${line}`).join('\n')}`);
  return told.replace(/^\d+:\d+: /, '');
};

describe('connect', () => {
  test.each([
    ['while it waits', calling, '-1 EALREADY'],
    ['once it is there', connected, '-1 EISCONN'],
    ['when it was refused', `${calling}+.1 < R. 0:0(0) ack 1\n`, '-1 ECONNREFUSED'],
  ])('again %s', (_, before, result) => {
    expect(after(before, `connect(3, ..., ...) = ${result}`)).toBe('pass');
    expect(after(before, 'connect(3, ..., ...) = 0')).toBe(`connect: expected 0, got ${result}`);
  });
  test('the error is told once, then the connection is gone', () => {
    const refused = `${calling}+.1 < R. 0:0(0) ack 1\n`;
    const again = 'connect(3, ..., ...) = -1 ECONNREFUSED';
    expect(after(refused, again, 'connect(3, ..., ...) = -1 ECONNABORTED')).toBe('pass');
    expect(
      after(
        refused,
        'getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0',
        'getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0',
      ),
    ).toBe('pass');
    expect(after(refused, 'read(3, ..., 5) = -1 ECONNREFUSED', 'read(3, ..., 5) = 0')).toBe('pass');
    expect(after(refused, 'write(3, ..., 5) = -1 ECONNREFUSED', 'write(3, ..., 5) = -1 EPIPE')).toBe('pass');
  });
  test('a call that blocks comes back with the answer', () => {
    const waits = (result: string, answer: string): string =>
      verdict(
        `${fresh}+0...0.1 connect(3, ..., ...) = ${result}\n+0 > S 0:0(0) <...>\n+.1 < ${answer}\n+1 close(3) = 0`,
      );
    expect(waits('0', 'S. 0:0(0) ack 1 win 4000 <mss 1460>')).toBe('pass');
    expect(waits('-1 ECONNREFUSED', 'R. 0:0(0) ack 1')).toBe('pass');
    expect(waits('0', 'R. 0:0(0) ack 1')).toBe('3:1: connect: expected 0, got -1 ECONNREFUSED');
  });
});

describe('read', () => {
  const data = `${connected}+0 < P. 1:11(10) ack 1 win 4000\n+0 > . 1:1(0) ack 11\n`;
  test('as much as is wanted, as much as is there', () => {
    expect(after(data, 'read(3, ..., 4) = 4', 'read(3, ..., 100) = 6', 'read(3, ..., 1) = -1 EAGAIN')).toBe(
      'pass',
    );
  });
  test('MSG_PEEK leaves it there (recv(2))', () => {
    expect(after(data, 'recv(3, ..., 4, MSG_PEEK) = 4', 'recv(3, ..., 100, 0) = 10')).toBe('pass');
    expect(after(data, 'recv(3, ..., 4, MSG_OOB) = 4')).toContain('MSG_OOB');
  });
  test('MSG_DONTWAIT does not wait, on a socket that blocks', () => {
    const blocking = `${listening}+0 < S 0:0(0) win 4000 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 4000\n+0 accept(3, ..., ...) = 4\n`;
    expect(after(blocking, 'recv(4, ..., 4, MSG_DONTWAIT) = -1 EAGAIN')).toBe('pass');
    expect(after(blocking, 'recv(4, ..., 4, 0) = 4')).toBe('recv does not return: it would block');
  });
  test('0 at the end, after what came before it', () => {
    const ended = `${data}+0 < F. 11:11(0) ack 1 win 4000\n+0 > . 1:1(0) ack 12\n`;
    expect(after(ended, 'read(3, ..., 100) = 10', 'read(3, ..., 100) = 0', 'read(3, ..., 100) = 0')).toBe(
      'pass',
    );
  });
  test('ENOTCONN where there is no connection', () => {
    expect(after(fresh, 'read(3, ..., 5) = -1 ENOTCONN')).toBe('pass');
    expect(after(listening, 'read(3, ..., 5) = -1 ENOTCONN')).toBe('pass');
  });
  test('what is unread and unsent is counted (tcp(7): SIOCINQ, SIOCOUTQ)', () => {
    expect(
      after(data, 'ioctl(3, SIOCINQ, [10]) = 0', 'read(3, ..., 4) = 4', 'ioctl(3, FIONREAD, [6]) = 0'),
    ).toBe('pass');
    expect(after(data, 'ioctl(3, SIOCINQ, [9]) = 0')).toBe('ioctl SIOCINQ: expected 9, got 10');
    expect(after(data, 'write(3, ..., 25) = 25', 'ioctl(3, SIOCOUTQ, [25]) = 0')).toBe('pass');
    expect(after(fresh, 'ioctl(3, SIOCOUTQ, [0]) = 0')).toBe('pass');
    expect(after(data, 'ioctl(3, SIOCATMARK, [1]) = 0')).toContain('ioctl SIOCATMARK');
  });
});

describe('write', () => {
  test('after the own end of the stream: EPIPE', () => {
    expect(after(connected, 'shutdown(3, SHUT_WR) = 0', 'write(3, ..., 5) = -1 EPIPE')).toBe('pass');
    expect(after(connected, 'shutdown(3, SHUT_RD) = 0', 'write(3, ..., 5) = 5')).toBe('pass');
  });
  test.each([
    ['linux', '-1 EPIPE'],
    ['rfc', '-1 ENOTCONN'],
    ['freebsd', '-1 ENOTCONN'],
  ])('%s, to nobody: %s', (name, result) => {
    const script = `${profile(name)}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n`;
    expect(after(script, `write(3, ..., 5) = ${result}`)).toBe('pass');
  });
  test('nothing is written, and that is fine', () => {
    expect(after(connected, 'write(3, ..., 0) = 0', 'write(3, ..., 5) = 5')).toBe('pass');
  });
  test('flags of send(2)', () => {
    expect(after(connected, 'send(3, ..., 5, MSG_NOSIGNAL | MSG_DONTWAIT) = 5')).toBe('pass');
    expect(after(connected, 'send(3, ..., 5, MSG_OOB) = 5')).toContain('MSG_OOB');
    expect(after(connected, 'sendto(3, ..., 5, 0, ..., ...) = 5')).toBe('pass');
    expect(after(connected, 'send(3, ..., ..., 0) = 5')).toContain('a length');
  });
});

describe('shutdown and close', () => {
  test.each([
    ['before there is a connection', fresh, 'shutdown(3, SHUT_RDWR) = -1 ENOTCONN'],
    ['of a listener', listening, 'shutdown(3, SHUT_RD) = -1 ENOTCONN'],
    ['of a closed connection', `${connected}+0 < R. 1:1(0) ack 1\n`, 'shutdown(3, SHUT_WR) = -1 ENOTCONN'],
  ])('shutdown %s', (_, before, line) => expect(after(before, line)).toBe('pass'));
  test('one FIN, however often it is asked for', () => {
    const once = '+0 shutdown(3, SHUT_WR) = 0\n+0 > F. 1:1(0) ack 1\n+.1 < . 1:1(0) ack 2 win 4000\n';
    expect(after(connected + once, 'shutdown(3, SHUT_WR) = 0', 'close(3) = 0')).toBe('pass');
    expect(after(connected, 'shutdown(3, SHUT_RDWR) = 0', '> F. 1:1(0) ack 1')).toBe('pass');
    expect(after(connected, 'shutdown(3, SHUT_RD) = 0', '> F. 1:1(0) ack 1')).toContain('no packet');
  });
  test('a closed descriptor is none any more (EBADF)', () => {
    expect(after(connected, 'close(3) = 0', 'close(3) = -1 EBADF', 'read(3, ..., 5) = -1 EBADF')).toBe(
      'pass',
    );
    expect(after(fresh, 'close(3) = 0', 'shutdown(3, SHUT_WR) = -1 EBADF')).toBe('pass');
    expect(after(fresh, 'close(...) = -1 EBADF', 'close(9) = -1 EBADF')).toBe('pass');
  });
  test.each([
    ['{onoff=1, linger=0}', 'R 1:1(0)'],
    ['{onoff=0, linger=0}', 'F. 1:1(0) ack 1'],
    ['{onoff=1, linger=5}', 'F. 1:1(0) ack 1'],
    ['{l_onoff=1, l_linger=0}', 'R 1:1(0)'],
    ['[{onoff=1, linger=0}]', 'R 1:1(0)'],
  ])('SO_LINGER %s: close() sends %s', (linger, packet) => {
    expect(
      after(
        connected,
        `setsockopt(3, SOL_SOCKET, SO_LINGER, ${linger}, 8) = 0`,
        'close(3) = 0',
        `> ${packet}`,
      ),
    ).toBe('pass');
  });
  test('SO_LINGER wants a struct', () => {
    expect(after(connected, 'setsockopt(3, SOL_SOCKET, SO_LINGER, [1], 4) = 0')).toContain('SO_LINGER');
  });
  test('a listener takes with it who has not come all the way', () => {
    const half = `${listening}+0 < S 0:0(0) win 4000 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n`;
    expect(verdict(`${half}+0 close(3) = 0\n+.1 < . 1:1(0) ack 1 win 4000\n+0 > R 1:1(0)`)).toBe('pass');
  });
});

describe('descriptors and options', () => {
  test.each([
    ['rfc', 2, 2 | 0x4],
    ['linux', 2, 2 | 0x800],
    ['freebsd', 2, 2 | 0x4],
  ])('%s: F_GETFL tells O_RDWR, and O_NONBLOCK as the system numbers it', (name, plain, without) => {
    const script = `${profile(name)}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n`;
    expect(after(script, `fcntl(3, F_GETFL) = ${plain}`)).toBe('pass');
    expect(after(script + nonBlocking(3), `fcntl(3, F_GETFL) = ${without}`)).toBe('pass');
    expect(
      after(`${script}${nonBlocking(3)}+0 fcntl(3, F_SETFL, O_RDWR) = 0\n`, `fcntl(3, F_GETFL) = ${plain}`),
    ).toBe('pass');
    expect(after(script, 'ioctl(3, FIONBIO, [1]) = 0', `fcntl(3, F_GETFL) = ${without}`)).toBe('pass');
    expect(after(script, 'ioctl(3, FIONBIO, [0]) = 0', `fcntl(3, F_GETFL) = ${plain}`)).toBe('pass');
    expect(after(script, 'fcntl(3, F_DUPFD) = 4')).toContain('fcntl F_DUPFD');
  });
  test.each([
    ['socket(..., SOCK_STREAM | SOCK_NONBLOCK, 0) = 4', 'fcntl(4, F_GETFL) = 6', 'pass'],
    ['socket(..., SOCK_STREAM, ...) = 4', 'fcntl(4, F_GETFL) = 2', 'pass'],
    [
      'socket(AF_INET, SOCK_STREAM, 0) = -1 EMFILE',
      'close(4) = 0',
      'socket: expected -1 EMFILE, got a descriptor',
    ],
  ])('%s', (line, next, told) => expect(after(fresh, line, next)).toBe(told));
  test.each([
    ['socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 4', 'ipv6: AF_INET6'],
    ['socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) = 4', 'socketType: SOCK_DGRAM'],
    ['socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) = 4', 'socketType: SOCK_STREAM'],
    ['raed(3, ..., 5) = 5', 'call: raed (read?)'],
    ['setsockopt(3, SOL_SOCKET, SO_DEBUG, [...], 4) = 0', 'argument: setsockopt SO_DEBUG'],
  ])('%s is more than there is here', (line, needs) => {
    expect(run(parsed(`${fresh}+0 ${line}`)).failure?.needs).toBe(needs);
  });
  test.each([
    ['SO_REUSEADDR, [1]', 'pass'],
    ['SO_REUSEPORT, 1', 'pass'],
    ['TCP_CORK, [0]', 'pass'],
    ['TCP_CORK, [1]', 'pass'],
    ['TCP_NODELAY, [1]', 'pass'],
  ])('setsockopt %s', (option, told) => {
    expect(after(fresh, `setsockopt(3, SOL_SOCKET, ${option}, 4) = 0`)).toBe(told);
  });
  test.each([
    ['rfc', 'SO_SNDBUF', 5000],
    ['rfc', 'SO_RCVBUF', 5000],
    // socket(7): the kernel doubles the value.
    ['linux', 'SO_SNDBUF', 10_000],
    ['linux', 'SO_RCVBUF', 10_000],
  ])('%s: %s of 5000 is told as %i', (name, option, told) => {
    const script = `${profile(name)}+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 setsockopt(3, SOL_SOCKET, ${option}, [5000], 4) = 0\n`;
    expect(after(script, `getsockopt(3, SOL_SOCKET, ${option}, [${told}], [4]) = 0`)).toBe('pass');
    expect(after(script, `getsockopt(3, SOL_SOCKET, ${option}, [${told}], [8]) = 0`)).toBe(
      `getsockopt ${option} length: expected 8, got 4`,
    );
    expect(after(script, `getsockopt(3, SOL_SOCKET, ${option}, ..., ...) = 0`)).toBe('pass');
    expect(after(script, `getsockopt(3, SOL_SOCKET, ${option}, [1], [4]) = 0`)).toBe(
      `getsockopt ${option}: expected 1, got ${told}`,
    );
  });
  test('options that a socket has from the start, and what was set', () => {
    expect(after(fresh, 'getsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], [4]) = 0')).toBe('pass');
    expect(after(fresh, 'getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [536], [4]) = 0')).toBe('pass');
    expect(
      after(
        fresh,
        'setsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [1000], 4) = 0',
        'getsockopt(3, IPPROTO_TCP, TCP_MAXSEG, [1000], [4]) = 0',
      ),
    ).toBe('pass');
    expect(
      after(
        fresh,
        'setsockopt(3, IPPROTO_TCP, TCP_KEEPIDLE, [90], 4) = 0',
        'getsockopt(3, IPPROTO_TCP, TCP_KEEPIDLE, [90], [4]) = 0',
      ),
    ).toBe('pass');
  });
});

describe('accept', () => {
  const waiting = `${listening}+0 < S 0:0(0) win 4000 <mss 1460>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 4000\n`;
  test('who has come is handed on, once', () => {
    expect(
      after(waiting + nonBlocking(3), 'accept(3, ..., ...) = 4', 'accept(3, ..., ...) = -1 EAGAIN'),
    ).toBe('pass');
  });
  test('only of a listener', () => {
    expect(after(connected, 'accept(3, ..., ...) = -1 EINVAL')).toBe('pass');
    expect(after(fresh, 'accept(3, ..., ...) = -1 EINVAL')).toBe('pass');
  });
  test('a descriptor is no error', () => {
    expect(after(waiting, 'accept(3, ..., ...) = -1 EINVAL')).toBe(
      'accept: expected -1 EINVAL, got a descriptor',
    );
    expect(after(waiting, 'accept(3, ..., ...) = 0')).toBe('pass');
  });
});

test('EAGAIN and EWOULDBLOCK are one number, others are not', () => {
  const empty = (errno: string): string => after(connected, `read(3, ..., 5) = -1 ${errno}`);
  expect(empty('EAGAIN')).toBe('pass');
  expect(empty('EWOULDBLOCK')).toBe('pass');
  expect(empty('EINTR')).toBe('read: expected -1 EINTR, got -1 EWOULDBLOCK');
  expect(after(connected, 'read(3, ..., 5) = ...')).toBe('pass');
});
