// What a question keeps from the screen. Oracle: what follows from what (RFC 9293 §3.3.1: a segment’s numbers are its sender’s
// SND.NXT and RCV.NXT; its relative numbers are the same ones counted from the first).
import {describe, expect, test} from 'vitest';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {givesAway, type Hidden, hiddenBy, wrongAsks} from '../../source/lesson/hidden.ts';
import {matchingEvents} from '../../source/lesson/match.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {load, traceOf} from './fragments.ts';

const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};

/** The question and its instant: the SYN+ACK, packet 2, unless it waits for something else. */
const asked = (rest: string, before = '{sends: server}') => {
  const lesson = load({
    beats: `beats:\n  - {before: ${before}, ask: {en: which, zh: 哪个}, explain: {en: so, zh: 所以}, distractors: [{value: 5}], ${rest}}\n`,
  });
  const trace = traceOf(lesson);
  const [beat] = lesson.beats;
  if (beat?.kind !== 'prediction') expect.fail('no prediction');
  const [event = 0] = matchingEvents(beat.before, trace);
  return {beat, instant: {trace, event}};
};

const numbers = ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt'];
const enters = '{enters: ESTABLISHED, host: client}';

describe('hiddenBy', () => {
  test.each([
    ['answer: p.tcp.ack_raw', undefined, 2, numbers],
    ['answer: packet(2).tcp.ack_raw', undefined, 2, numbers],
    ['answer: p.tcp.ack', undefined, 2, ['tcp.ack', 'tcp.ack_raw', 'server.rcv.nxt']],
    ['answer: p.tcp.seq', undefined, 2, ['tcp.seq', 'tcp.seq_raw', 'server.snd.nxt']],
    ['answer: p.tcp.len', undefined, 2, ['tcp.len']],
    [
      'answer: p.flags',
      undefined,
      2,
      [
        ...['flags', 'tcp.flags', 'tcp.flags.fin', 'tcp.flags.syn', 'tcp.flags.reset'],
        ...['tcp.flags.push', 'tcp.flags.ack'],
      ],
    ],
    // What it says it asks goes before what its answer is made of; nothing twice.
    ['answer: p.tcp.len + 1001, asks: [tcp.ack_raw]', undefined, 2, numbers],
    ['answer: p.tcp.ack_raw, asks: [tcp.len]', undefined, 2, ['tcp.len']],
    [
      'answer: 1001, asks: [tcp.ack_raw, tcp.ack]',
      undefined,
      2,
      ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt'],
    ],
    // A field of another packet is no field of this one.
    ['answer: packet(1).tcp.seq_raw', undefined, undefined, []],
    ['answer: packet(1).tcp.seq_raw + 1', undefined, undefined, []],
    ['answer: server.rcv.nxt', undefined, undefined, ['server.rcv.nxt']],
    ['answer: client.iss + 1', undefined, undefined, ['client.iss']],
    ['answer: client.snd.nxt - server.iss', undefined, undefined, ['client.snd.nxt', 'server.iss']],
    ['answer: client.iss + client.iss', undefined, undefined, ['client.iss']],
    ['answer: client.state', enters, undefined, ['client.state']],
    ['answer: "time({sends: server})"', enters, undefined, ['time']],
    ['answer: "2 * time({sends: server}) + client.rto"', enters, undefined, ['time', 'client.rto']],
    ['answer: "count({sends: server})"', enters, undefined, ['count']],
    ['answer: "min(client.iss, 3)"', enters, undefined, []],
  ] as const)('%s', (rest, before, packet, fields) => {
    const {beat, instant} = asked(rest, before);
    expect(hiddenBy(beat, instant)).toEqual({packet, fields});
  });
});

describe('givesAway', () => {
  const {instant} = asked('answer: p.tcp.ack_raw');
  const shows = (source: string, hidden: Hidden): boolean => {
    const shown = parseExpression(source, names);
    if (!shown.ok) expect.fail(shown.error[0].message.en);
    return givesAway(shown.value, hidden, instant);
  };
  const packet2 = {packet: 2, fields: numbers};

  test.each([
    ['p.tcp.ack_raw', true],
    ['packet(2).tcp.ack', true],
    ['packet(1).tcp.ack', false],
    ['packet(3).tcp.ack_raw', false],
    ['packet(9).tcp.ack_raw', false],
    ['p.tcp.seq_raw', false],
    ['p.tcp.ack_raw - 1', true],
    ['1 - p.tcp.ack_raw', true],
    ['1 + 2', false],
    ['server.rcv.nxt', true],
    ['client.rcv.nxt', false],
    ['server.snd.nxt', false],
    // At another time it was another.
    ['at(0ms).server.rcv.nxt', false],
    ['count({sends: server})', false],
  ])('%s: %s', (source, given) => {
    expect(shows(source, packet2)).toBe(given);
  });

  test('a field of a packet of which nothing is asked gives nothing away', () => {
    expect(shows('p.tcp.ack_raw', {packet: undefined, fields: ['tcp.ack_raw']})).toBe(false);
    expect(shows('p.tcp.ack_raw', {packet: 2, fields: []})).toBe(false);
    expect(shows('server.state', {packet: undefined, fields: ['server.state']})).toBe(true);
  });

  test('what a memory holds, unless at another time', () => {
    const memory = parseExpression('client.cache("a.example", A).ttl', names);
    if (!memory.ok || memory.value.kind !== 'memory') expect.fail('a memory');
    const {beat} = asked('answer: \'client.cache("a.example", A).ttl\'', enters);
    const found = hiddenBy(beat, instant);
    expect(found).toEqual({
      packet: undefined,
      fields: [expect.stringMatching(/^client\.cache\("a\.example/)],
    });
    expect(givesAway(memory.value, found, instant)).toBe(true);
    expect(shows('at(1s).client.cache("a.example", A).ttl', found)).toBe(false);
    expect(shows('client.cache("b.example", A).ttl', found)).toBe(false);
    expect(shows('server.cache("a.example", A).ttl', found)).toBe(false);
  });
});

describe('wrongAsks', () => {
  test.each([
    ['answer: 1001, asks: [tcp.ack_raw]', []],
    ['answer: 1000, asks: [tcp.ack_raw]', ['tcp.ack_raw']],
    ['answer: 1001, asks: [tcp.seq_raw, tcp.ack_raw]', ['tcp.seq_raw']],
    ['answer: 1, asks: [tcp.ack, tcp.ack_raw]', ['tcp.ack_raw']],
    ['answer: 1001', []],
    // A field that the packet lacks is no answer.
    ['answer: 1001, asks: [udp.srcport]', ['udp.srcport']],
    // What has no value is told elsewhere.
    ['answer: packet(9).tcp.len, asks: [tcp.ack_raw]', []],
  ])('%s', (rest, wrong) => {
    const {beat, instant} = asked(rest);
    expect(wrongAsks(beat, instant)).toEqual(wrong);
  });
});
