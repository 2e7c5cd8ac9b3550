// Causes: each call and trigger once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {connectionNames} from '../../source/lesson/script.ts';
import {errorsOf, load, runOf} from './fragments.ts';
import {misspelt} from './told-problem.ts';

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
    ['{at: 0ms, host: server, call: lisen, port: 80}', misspelt('13:35', 'lisen', 'listen', 'value')],
    [
      '{at: 0ms, host: server, call: listen}',
      {at: '13:5', says: 'constructKeys.needs', word: 'listen', key: 'port'},
    ],
    [
      '{at: 0ms, host: server, call: close, bytes: 5}',
      {at: '13:42', says: 'constructKeys.doesNotGo', key: 'bytes', word: 'close'},
    ],
    ['{host: server, call: close}', {at: '13:5', says: 'script.timeOf.thisCauseHas'}],
    ['{at: 0ms, on: {host: server, event: eof}, call: close}', {at: '13:5', says: 'script.timeOf.aCauseHas'}],
    ['{at: 0ms, call: close}', {at: '13:5', says: 'script.missingHost'}],
    [
      '{on: {host: server, event: conected}, call: close}',
      misspelt('13:32', 'conected', 'connected', 'value'),
    ],
    ['{at: 0ms, host: sever, call: close}', misspelt('13:21', 'sever', 'server', 'host')],
    ["{at: 0ms, host: client, call: connect, to: 'serve:80'}", misspelt('13:48', 'serve', 'server', 'host')],
    [
      '{at: 0ms, host: client, call: close, of: d}',
      {at: '13:46', says: 'problem.unknownWord', remedy: 'nothingIsAllowed', given: 'd'},
    ],
    [
      '{at: 5, host: client, call: close}',
      {at: '13:10', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: '5'},
    ],
    [
      "{at: 0ms, host: client, call: connect, to: 'server:80', as: snd}",
      {at: '13:65', says: 'script.checkNames', as: 'snd'},
    ],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toMatchObject([error]);
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
    expect(
      errorsOf({script: script('{at: 1s, host: server, call: setLink, link: path, mtu: 600}')}),
    ).toMatchObject([{at: '13:14', says: 'script.noHost', call: 'setLink'}]);
  });

  test.each([
    ['{at: 1s, after: 1s, host: server, call: close}', {at: '13:5', says: 'script.timeOf.afterGoesWith'}],
    ['{after: 1s, host: server, call: close}', {at: '13:5', says: 'script.timeOf.thisCauseHas'}],
    [
      '{on: {host: client, event: eof, status: 404}, call: close}',
      {at: '13:37', says: 'script.statusOf', event: 'eof'},
    ],
    ['{on: {host: clint, event: eof}, call: close}', misspelt('13:17', 'clint', 'client', 'host')],
    [
      '{on: {host: client, event: eof, of: d}, call: close}',
      {at: '13:41', says: 'problem.unknownWord', remedy: 'nothingIsAllowed', given: 'd'},
    ],
    [
      '{at: 0ms, host: client, call: resolve, name: a.example}',
      {
        at: '13:35',
        says: 'script.checkTaker',
        host: 'client',
        call: 'resolve',
        written: 'dns: {stub: {servers: [192.0.2.53]}}',
      },
    ],
  ])('%s', (line, error) => {
    expect(errorsOf({script: script(line)})).toMatchObject([error]);
  });

  test('a host that is not there is not told to run a program', () => {
    expect(
      errorsOf({script: script('{at: 0ms, host: clint, call: resolve, name: a.example}')}),
    ).toMatchObject([misspelt('13:21', 'clint', 'client', 'host')]);
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
    ).toMatchObject([
      {at: '13:5', says: 'constructKeys.needs', word: 'listen', key: 'port'},
      misspelt('13:21', 'sever', 'server', 'host'),
      {at: '15:5', says: 'script.timeOf.thisCauseHas'},
      {at: '15:5', says: 'script.missingHost'},
    ]);
  });
});

test('the names of connections, each once, in the order of the scripts', () => {
  const made = (as?: string) => ({call: 'connect', ...(as === undefined ? {} : {as})});
  expect(connectionNames([[made('b'), made()], undefined, [made('a'), made('b')]])).toEqual(['b', 'a']);
  expect(connectionNames([])).toEqual([]);
});
