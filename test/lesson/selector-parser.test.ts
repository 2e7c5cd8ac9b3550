// Selectors from their text. Oracle: docs/lessons.md, “Which event”: one head, what may stand beside each, and `after` of any depth.
import {describe, expect, test} from 'vitest';
import {Problems} from '../../source/lesson/problems.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {parseSelector, readSelector, selectorIn} from '../../source/lesson/selector-parser.ts';

const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};

const read = (source: string, known = names): unknown => {
  const parsed = selectorIn(source, known);
  return parsed.ok
    ? parsed.value
    : parsed.error.map(({offset, message, remedy}) => {
        expect([message.zh, remedy.zh]).not.toContain('');
        return `${offset} ${message.en} | ${remedy.en}`;
      });
};

describe('what is read', () => {
  test.each([
    ['{sends: client}', {match: {kind: 'packet', what: 'sends', host: 'client'}}],
    ['{arrives: server}', {match: {kind: 'packet', what: 'arrives', host: 'server'}}],
    ['{drops: client}', {match: {kind: 'packet', what: 'drops', host: 'client'}}],
    ['{forwards: server}', {match: {kind: 'packet', what: 'forwards', host: 'server'}}],
    ['{sends: any}', {match: {kind: 'packet', what: 'sends'}}],
    [
      '{sends: client, flags: [SYN, ACK], carries: none, length: 0, retransmission: false, nth: 2}',
      {
        match: {
          kind: 'packet',
          what: 'sends',
          host: 'client',
          flags: ['SYN', 'ACK'],
          carries: 'none',
          length: 0,
          retransmission: false,
        },
        nth: 2,
      },
    ],
    // Conditions of two protocols come together.
    [
      '{arrives: any, carries: data, http: {status: 200}}',
      {match: {kind: 'packet', what: 'arrives', carries: 'data', http: {status: 200}}},
    ],
    ['{enters: CLOSE-WAIT}', {match: {kind: 'enters', state: 'CLOSE-WAIT'}}],
    ['{enters: CLOSED, host: any}', {match: {kind: 'enters', state: 'CLOSED'}}],
    ['{enters: CLOSED, host: server}', {match: {kind: 'enters', state: 'CLOSED', host: 'server'}}],
    ['{delivers: server, length: 7}', {match: {kind: 'delivers', host: 'server', length: 7}}],
    ['{call: connect}', {match: {kind: 'call', call: 'connect'}}],
    ['{call: connect, host: any}', {match: {kind: 'call', call: 'connect'}}],
    [
      '{call: connect, host: client, returns: connected, nth: 1}',
      {match: {kind: 'call', call: 'connect', host: 'client', returns: 'connected'}, nth: 1},
    ],
    ['{at: 1.5s}', {match: {kind: 'at', atUs: 1_500_000}}],
    ['{at: 0ms}', {match: {kind: 'at', atUs: 0}}],
    ['{end: true}', {match: {kind: 'end'}}],
    [
      '{sends: any, after: {enters: CLOSED, nth: 3, after: {at: 2ms}}}',
      {
        match: {kind: 'packet', what: 'sends'},
        after: {match: {kind: 'enters', state: 'CLOSED'}, nth: 3, after: {match: {kind: 'at', atUs: 2000}}},
      },
    ],
  ])('%s', (source, selector) => {
    expect(read(source)).toEqual(selector);
  });
});

const heads = 'sends, arrives, drops, forwards, enters, timer, delivers, cache, keys, call, at, end';
const conditions = 'flags, carries, length, retransmission, dns, http, tls';

describe('what is refused', () => {
  test.each([
    ['{}', [`0 this selects no event | exactly one of: ${heads}`]],
    ['{nth: 2}', [`0 this selects no event | exactly one of: ${heads}`]],
    [
      '{sends: client, drops: client}',
      [`0 a selector is about one event, not sends and drops | exactly one of: ${heads}`],
    ],
    [
      '{end: true, at: 1s, call: close}',
      [`0 a selector is about one event, not call and at and end | exactly one of: ${heads}`],
    ],
    ['{at: 1s, nth: 1}', ['9 nth: does not go with at: | beside at: may stand nothing']],
    ['{at: 1s, host: client}', ['9 host: does not go with at: | beside at: may stand nothing']],
    ['{end: true, after: {at: 1s}}', ['12 after: does not go with end: | beside end: may stand nothing']],
    [
      '{call: close, flags: [SYN]}',
      ['14 flags: does not go with call: | beside call: may stand host, returns, nth, after'],
    ],
    [
      '{sends: client, host: client}',
      [`16 host: does not go with sends: | beside sends: may stand ${conditions}, nth, after`],
    ],
    [
      '{forwards: client, returns: ok}',
      [`19 returns: does not go with forwards: | beside forwards: may stand ${conditions}, nth, after`],
    ],
    [
      '{enters: CLOSED, length: 5}',
      ['17 length: does not go with enters: | beside enters: may stand host, nth, after'],
    ],
    [
      '{delivers: server, host: client}',
      ['19 host: does not go with delivers: | beside delivers: may stand length, nth, after'],
    ],
    // All at once, each in its place.
    [
      '{sends: clent, returns: ok, after: {arrives: serve}}',
      [
        `15 returns: does not go with sends: | beside sends: may stand ${conditions}, nth, after`,
        '8 no host “clent” | did you mean client? allowed here: client, server, any',
        '45 no host “serve” | did you mean server? allowed here: client, server, any',
      ],
    ],
    ['{arrives: x}', ['10 no host “x” | allowed here: client, server, any']],
    ['{drops: x}', ['8 no host “x” | allowed here: client, server, any']],
    ['{forwards: x}', ['11 no host “x” | allowed here: client, server, any']],
    ['{delivers: x}', ['11 no host “x” | allowed here: client, server, any']],
    ['{enters: CLOSED, host: x}', ['23 no host “x” | allowed here: client, server, any']],
    ['{call: close, host: x}', ['20 no host “x” | allowed here: client, server, any']],
    ['{sends: client, after: {}}', [`23 this selects no event | exactly one of: ${heads}`]],
    ['{sends: client, sends: client}', ['16 this key stands here twice | keep one of them']],
    ['{sends: client, nth: 0}', [expect.stringMatching(/^21 “0” is not what belongs here \| /)]],
    ['{end: false}', ['6 a value of another kind is expected here | write true']],
    ['{send: client}', [expect.stringMatching(/^1 no key “send” \| did you mean sends\?/)]],
  ])('%s', (source, errors) => {
    expect(read(source)).toEqual(errors);
  });

  test.each([
    ['{nth: 1}', '没有说明选择哪种事件', '只写其中一个：sends, arrives, drops, forwards, '],
    [
      '{sends: client, end: true}',
      '一个选择式只说一种事件，这里有 sends、end',
      '只写其中一个：sends, arrives, ',
    ],
    ['{at: 1s, nth: 1}', 'nth: 不能和 at: 一起用', 'at: 旁边可以写 （没有）'],
    ['{call: close, length: 1}', 'length: 不能和 call: 一起用', 'call: 旁边可以写 host、returns、nth、after'],
  ])('%s, in Chinese', (source, message, remedy) => {
    const parsed = selectorIn(source, names);
    const [first] = parsed.ok ? [] : parsed.error;
    expect(first?.message.zh).toBe(message);
    expect(first?.remedy.zh.startsWith(remedy)).toBe(true);
    expect(parsed.ok ? [] : parsed.error).toHaveLength(1);
  });

  test('as somebody types it, the first thing that is wrong is enough', () => {
    const {hosts, connections} = names;
    const typed = parseSelector('{sends: x, after: {sends: y}}', {hosts, connections});
    expect(typed.ok ? [] : [typed.error.offset, typed.error.message.en]).toEqual([8, 'no host “x”']);
    expect(parseSelector('{end: true}', {hosts, connections})).toEqual({
      ok: true,
      value: {match: {kind: 'end'}},
    });
  });

  test('what was wrong before does not count against this one', () => {
    const problems = new Problems();
    problems.host(['topology'], 'x', []);
    expect(readSelector({end: true}, [], names, problems)).toEqual({match: {kind: 'end'}});
    expect(readSelector({sends: 'x'}, ['when'], names, problems)).toBeUndefined();
    expect(problems.found.map(({path}) => path)).toEqual([['topology'], ['when', 'sends']]);
  });
});
