// Causes: each call and trigger once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load, runOf} from './fragments.ts';

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
