// Selectors from their text. Oracle: docs/lessons.md, “Which event”: one head, what may stand beside each, and `after` of any depth.
import {describe, expect, test} from 'vitest';
import {Problems} from '../../source/lesson/problems.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {parseSelector, readSelector, selectorIn} from '../../source/lesson/selector-parser.ts';
import {misspelt, toldAt} from './told-problem.ts';

const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};

const read = (source: string, known = names): unknown => {
  const parsed = selectorIn(source, known);
  return parsed.ok ? parsed.value : parsed.error.map(toldAt);
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
const conditions = ['flags', 'carries', 'length', 'retransmission', 'dns', 'http', 'tls'];
const notOne = (at: number, found = '') => ({at, says: 'selectorParser.headOf', found, list: heads});
const noCompanion = (at: number, key: string, head: string, ...shown: readonly string[]) => ({
  ...{at, says: 'selectorParser.checkCompanions'},
  ...{key, head, shown},
});
const noHost = (at: number, given: string, more: object = {remedy: 'allowedHere'}) => ({
  ...{at, says: 'problem.unknownWord', kind: 'host', given, all: 'client, server, any'},
  ...more,
});

describe('what is refused', () => {
  test.each([
    ['{}', [notOne(0)]],
    ['{nth: 2}', [notOne(0)]],
    ['{sends: client, drops: client}', [notOne(0, 'sends and drops')]],
    ['{end: true, at: 1s, call: close}', [notOne(0, 'call and at and end')]],
    ['{at: 1s, nth: 1}', [noCompanion(9, 'nth', 'at')]],
    ['{at: 1s, host: client}', [noCompanion(9, 'host', 'at')]],
    ['{end: true, after: {at: 1s}}', [noCompanion(12, 'after', 'end')]],
    ['{call: close, flags: [SYN]}', [noCompanion(14, 'flags', 'call', 'host', 'returns', 'nth', 'after')]],
    ['{sends: client, host: client}', [noCompanion(16, 'host', 'sends', ...conditions, 'nth', 'after')]],
    [
      '{forwards: client, returns: ok}',
      [noCompanion(19, 'returns', 'forwards', ...conditions, 'nth', 'after')],
    ],
    ['{enters: CLOSED, length: 5}', [noCompanion(17, 'length', 'enters', 'host', 'nth', 'after')]],
    ['{delivers: server, host: client}', [noCompanion(19, 'host', 'delivers', 'length', 'nth', 'after')]],
    // All at once, each in its place.
    [
      '{sends: clent, returns: ok, after: {arrives: serve}}',
      [
        noCompanion(15, 'returns', 'sends', ...conditions, 'nth', 'after'),
        noHost(8, 'clent', {near: 'client'}),
        noHost(45, 'serve', {near: 'server'}),
      ],
    ],
    ['{arrives: x}', [noHost(10, 'x')]],
    ['{drops: x}', [noHost(8, 'x')]],
    ['{forwards: x}', [noHost(11, 'x')]],
    ['{delivers: x}', [noHost(11, 'x')]],
    ['{enters: CLOSED, host: x}', [noHost(23, 'x')]],
    ['{call: close, host: x}', [noHost(20, 'x')]],
    ['{sends: client, after: {}}', [notOne(23)]],
    ['{sends: client, sends: client}', [{at: 16, says: 'yamlErrors.DUPLICATE_KEY'}]],
    [
      '{sends: client, nth: 0}',
      [
        expect.objectContaining({
          at: 21,
          says: 'schemaProblems.expected.isNotWhat',
          what: 'positive',
          shown: '0',
        }),
      ],
    ],
    ['{end: false}', [{at: 6, says: 'schemaProblems.expected.aValueOf', what: 'true'}]],
    ['{send: client}', [expect.objectContaining(misspelt(1, 'send', 'sends'))]],
  ])('%s', (source, errors) => {
    expect(read(source)).toMatchObject(errors);
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
