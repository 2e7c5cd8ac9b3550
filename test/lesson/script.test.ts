// Causes: each call and trigger once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {loadLesson} from '../../source/lesson/load.ts';
import {connectionNames} from '../../source/lesson/script.ts';
import {errorsOf, lessonText, load, runOf} from './fragments.ts';

const script = (...lines: readonly string[]): string =>
  `script:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

describe('script', () => {
  test('calls, times, triggers, repeats', () => {
    const causes = runOf(
      load({
        script: script(
          '{at: 0ms, host: server, call: listen, port: 80, read: manual}',
          "{at: 1.5s, host: client, call: connect, to: 'server:80', from: 40000, as: c, iss: 5, data: 10}",
          '{on: {host: client, event: connected, of: c}, call: send, bytes: 100, repeat: {times: 3, every: 10ms}}',
          '{on: {host: server, event: received, bytes: 100}, after: 150ms, host: client, call: shutdown, of: c}',
          '{at: 2m, host: server, call: crash}',
        ),
      }),
    ).script;
    expect(causes).toEqual([
      {when: {kind: 'at', atUs: 0}, host: 'server', action: {call: 'listen', port: 80, read: 'manual'}},
      {
        when: {kind: 'at', atUs: 1_500_000},
        host: 'client',
        action: {
          call: 'connect',
          to: {host: 'server', port: 80},
          from: 40_000,
          as: 'c',
          iss: 5,
          data: 10,
          read: 'auto',
        },
      },
      {
        when: {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0},
        host: 'client',
        action: {call: 'send', bytes: 100},
        repeat: {times: 3, everyUs: 10_000},
      },
      {
        when: {kind: 'on', host: 'server', event: 'received', bytes: 100, afterUs: 150_000},
        host: 'client',
        action: {call: 'shutdown', of: 'c'},
      },
      {when: {kind: 'at', atUs: 120_000_000}, host: 'server', action: {call: 'crash'}},
    ]);
  });

  test.each([
    [
      '{at: 0ms, host: server, call: lisen, port: 80}',
      '13:35 no value “lisen” | did you mean listen? allowed here: listen, accept, connect, send, receive, setOption, shutdown, close, abort, status, crash, reboot, …',
    ],
    ['{at: 0ms, host: server, call: listen}', '13:5 listen needs port: | add port: to this cause'],
    [
      '{at: 0ms, host: server, call: close, bytes: 5}',
      '13:42 bytes: does not go with call: close | close takes: of, at, on, after, host, call, repeat',
    ],
    [
      '{host: server, call: close}',
      '13:5 this cause has no time | give at: 10ms, or on: {host: …, event: …} with after:',
    ],
    [
      '{at: 0ms, on: {host: server, event: eof}, call: close}',
      '13:5 a cause has one time: at: or on:, not both | give at: 10ms, or on: {host: …, event: …} with after:',
    ],
    ['{at: 0ms, call: close}', '13:5 no host is said to do this | add host:, or on: {host: …}'],
    [
      '{on: {host: server, event: conected}, call: close}',
      '13:32 no value “conected” | did you mean connected? allowed here: connected, accepted, refused, unreachable, timedOut, received, eof, urgent, reset, closed, answered, status',
    ],
    [
      '{at: 0ms, host: sever, call: close}',
      '13:21 no host “sever” | did you mean server? allowed here: client, server',
    ],
    [
      "{at: 0ms, host: client, call: connect, to: 'serve:80'}",
      '13:48 no host “serve” | did you mean server? allowed here: client, server',
    ],
    ['{at: 0ms, host: client, call: close, of: d}', '13:46 no connection “d” | nothing is allowed here'],
    [
      '{at: 5, host: client, call: close}',
      '13:10 “5” is not what belongs here | write a time with its unit: 350us, 10ms, 1.5s, 2m or 2h',
    ],
    [
      "{at: 0ms, host: client, call: connect, to: 'server:80', as: snd}",
      '13:65 a connection cannot be called snd | expressions use that word for a value of the host; take another',
    ],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toEqual([error]);
  });
});

describe('times and makers', () => {
  const causes = (line: string, rest = '') => runOf(load({script: script(line), runs: rest})).script;

  test.each([
    // A trigger's host acts itself unless another one is named.
    [
      '{on: {host: server, event: eof}, call: close}',
      {when: {kind: 'on', host: 'server', event: 'eof', afterUs: 0}, host: 'server', action: {call: 'close'}},
    ],
    [
      '{on: {host: server, event: eof}, after: 1us, host: client, call: close}',
      {when: {kind: 'on', host: 'server', event: 'eof', afterUs: 1}, host: 'client', action: {call: 'close'}},
    ],
    [
      '{on: {host: client, event: status, status: 404}, call: close}',
      {
        when: {kind: 'on', host: 'client', event: 'status', status: 404, afterUs: 0},
        host: 'client',
        action: {call: 'close'},
      },
    ],
    [
      '{at: 1s, host: client, call: send, bytes: 1, repeat: {times: 2, every: 0ms}}',
      {
        when: {kind: 'at', atUs: 1_000_000},
        host: 'client',
        action: {call: 'send', bytes: 1},
        repeat: {times: 2, everyUs: 0},
      },
    ],
  ])('%s', (line, cause) => {
    expect(causes(line)).toEqual([cause]);
  });

  test('what is the network’s doing needs no host', () => {
    const [cause] = causes('{at: 1s, call: setLink, link: path, mtu: 600}');
    expect(cause).toMatchObject({when: {kind: 'at', atUs: 1_000_000}, host: 'client'});
    expect(errorsOf({script: script('{at: 1s, host: server, call: setLink, link: path, mtu: 600}')})).toEqual(
      ['13:14 no host does setLink: it is the network | leave host: out'],
    );
  });

  test.each([
    [
      '{at: 1s, after: 1s, host: server, call: close}',
      '13:5 after: goes with on:, not with at: | give at: 10ms, or on: {host: …, event: …} with after:',
    ],
    [
      '{after: 1s, host: server, call: close}',
      '13:5 this cause has no time | give at: 10ms, or on: {host: …, event: …} with after:',
    ],
    [
      '{on: {host: client, event: eof, status: 404}, call: close}',
      '13:37 the event eof has no status | write event: status, or leave status: out',
    ],
    [
      '{on: {host: clint, event: eof}, call: close}',
      '13:17 no host “clint” | did you mean client? allowed here: client, server',
    ],
    [
      '{on: {host: client, event: eof, of: d}, call: close}',
      '13:41 no connection “d” | nothing is allowed here',
    ],
    [
      '{at: 0ms, host: client, call: resolve, name: a.example}',
      /^13:35 nothing on client takes the call resolve \| add to apps: \{host: client, dns: /,
    ],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toEqual([
      typeof error === 'string' ? error : expect.stringMatching(error),
    ]);
  });

  test('a host that is not there is not told to run a program', () => {
    expect(errorsOf({script: script('{at: 0ms, host: clint, call: resolve, name: a.example}')})).toEqual([
      '13:21 no host “clint” | did you mean client? allowed here: client, server',
    ]);
  });

  test('all that is wrong with a cause, and the causes beside it are read', () => {
    expect(
      errorsOf({
        script: script(
          '{at: 0ms, host: sever, call: listen}',
          '{at: 0ms, host: server, call: listen, port: 80}',
          '{call: close}',
        ),
      }),
    ).toEqual([
      expect.stringMatching(/^13:5 listen needs port: /),
      expect.stringMatching(/^13:21 no host “sever” /),
      expect.stringMatching(/^15:5 this cause has no time /),
      expect.stringMatching(/^15:5 no host is said to do this /),
    ]);
  });
});

test.each([
  ['{at: 0ms, call: close}', '没有说明由哪台主机来做 | 加上 host:，或 on: {host: …}'],
  ['{host: client, call: close}', '这个动因没有时间 | 写 at: 10ms，或 on: {host: …, event: …}，可带 after:'],
  [
    '{at: 1s, on: {host: client, event: eof}, call: close}',
    '动因的时间只写一个：at: 或 on: | 写 at: 10ms，或 on: {host: …, event: …}，可带 after:',
  ],
  [
    '{at: 1s, after: 1s, host: client, call: close}',
    'after: 要和 on: 一起用，不和 at: 一起用 | 写 at: 10ms，或 on: {host: …, event: …}，可带 after:',
  ],
  [
    '{at: 1s, host: server, call: setLink, link: path, mtu: 600}',
    'setLink 不由主机来做，是网络的事 | 去掉 host:',
  ],
  [
    '{on: {host: client, event: eof, status: 404}, call: close}',
    '事件 eof 没有状态码 | 写 event: status，或去掉 status:',
  ],
  [
    "{at: 0ms, host: client, call: connect, to: 'server:80', as: rto}",
    '连接不能叫 rto | 表达式用这个词表示主机的值；换一个',
  ],
])('%s, in Chinese', (line, error) => {
  const lesson = loadLesson(lessonText({script: script(line)}), 'sample.yaml');
  expect(lesson.ok ? [] : lesson.error.map(({message, remedy}) => `${message.zh} | ${remedy.zh}`)).toEqual([
    error,
  ]);
});

test('the names of connections, each once, in the order of the scripts', () => {
  const made = (as?: string) => ({call: 'connect', ...(as === undefined ? {} : {as})});
  expect(connectionNames([[made('b'), made()], undefined, [made('a'), made('b')]])).toEqual(['b', 'a']);
  expect(connectionNames([])).toEqual([]);
});
