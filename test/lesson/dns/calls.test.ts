// Calls of DNS programs: used, and misused with place and remedy pinned. Oracles: RFC 1035 §2.3.4,
// RFC 5452 §9.1 for what a forged answer needs.
import {describe, expect, test} from 'vitest';
import {dnsMessagesOf} from '../../../source/account/packet.ts';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {callText} from '../../../source/words/call-text.ts';
import {traceOf} from '../fragments.ts';
import {misspelt} from '../told-problem.ts';
import {answersOf, apps, errorsOf, load, recursive, script, servers, stub} from './network.ts';

const ended = 'beats: [{when: {end: true}, say: {en: over, zh: 结束}}]\n';

const run = (...causes: readonly string[]): Lesson => load({script: script(...causes), beats: ended});

const eventsOf = <K extends TraceEvent['kind']>(lesson: Lesson, kind: K) =>
  [...traceOf(lesson).events()].filter(
    (event): event is Extract<TraceEvent, {kind: K}> => event.kind === kind,
  );

const ask = (atMs: number, more = ''): string =>
  `{at: ${atMs}ms, host: m, call: resolve, name: y.abc.com${more}}`;

describe('used', () => {
  test.each([
    ['y.abc.com', 'A', 'ok'],
    ['WWW.abc.com', 'A', 'ok'],
    ['nope.abc.com', 'A', 'NXDOMAIN'],
    ['y.abc.com', 'AAAA', 'NODATA'],
    ['y.abc.com', 'TYPE257', 'NODATA'],
    // RFC 1035 §2.3.4: a label has at most 63 octets.
    [`${'a'.repeat(64)}.com`, 'A', 'EINVAL'],
  ])('resolve %s %s', (name, type, result) => {
    const lesson = run(`{at: 0ms, host: m, call: resolve, name: ${name}, type: ${type}}`);
    expect(answersOf(lesson).map((line) => line.split(' ')[2])).toEqual([result]);
    if (result === 'EINVAL') expect(traceOf(lesson).packetCount).toBe(0);
  });

  // RFC 6891 §6.1.2: the size stands in CLASS of the OPT record.
  test.each([
    ['', undefined],
    [', edns: 1232', 1232],
    [', edns: off', undefined],
  ])('resolve with edns: %s', (more, size) => {
    const [first] = eventsOf(run(ask(0, more)), 'send');
    const [message] = first ? dnsMessagesOf(first) : [];
    expect(message?.additionals.map((record) => record.class)).toEqual(size === undefined ? [] : [size]);
  });

  test('answered: a cause waits for the answer that `as` names', () => {
    const lesson = run(
      ask(0, ', as: q'),
      ask(500, ', as: other'),
      "{on: {host: m, event: answered, of: q}, after: 1s, call: connect, to: 'auth:25', from: 40000}",
    );
    expect(eventsOf(lesson, 'call').filter(({call}) => call === 'connect')).toMatchObject([
      {atUs: 1_130_000},
    ]);
  });

  // Curriculum, lesson 21: the hosts file before everything; a flushed cache asks again.
  test('setHosts, flushCache', () => {
    const lesson = run(
      ask(0),
      ask(1000),
      '{at: 2s, host: m, call: flushCache}',
      '{at: 2s, host: local, call: flushCache}',
      ask(3000),
      '{at: 4s, host: m, call: setHosts, entries: {y.abc.com: 203.0.113.99, v6.abc.com: ["2001:db8::1"]}}',
      ask(5000),
    );
    expect(answersOf(lesson)).toEqual([
      'm 130 ok 203.0.113.80',
      'm 1000 ok 203.0.113.80',
      'm 3130 ok 203.0.113.80',
      'm 5000 ok 203.0.113.99',
    ]);
  });

  // Curriculum, lesson 21: nobody is told of a change.
  test('editZone: new for those who ask from now on', () => {
    const lesson = run(
      ask(0),
      "{at: 1s, host: auth, call: editZone, zone: ABC.com, set: ['y 300 A 203.0.113.81', 'new 60 A 203.0.113.82']}",
      ask(2000),
      ask(301_000),
      '{at: 302s, host: m, call: resolve, name: new.abc.com}',
    );
    expect(answersOf(lesson).map((line) => line.split(' ').at(-1))).toEqual([
      '203.0.113.80',
      '203.0.113.80',
      '203.0.113.81',
      '203.0.113.82',
    ]);
  });

  test('as one writes them', () => {
    const texts = run(
      ask(0),
      '{at: 1s, host: m, call: flushCache}',
      '{at: 1s, host: m, call: setHosts, entries: {y.abc.com: 203.0.113.99}}',
      "{at: 1s, host: auth, call: editZone, zone: abc.com, set: 'y 300 A 203.0.113.81'}",
      '{at: 1s, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, answer: 203.0.113.66}',
    );
    expect(texts.runs[0]?.script.map(({action}) => callText(action))).toEqual([
      'resolve(y.abc.com A)',
      'flushCache()',
      'setHosts(y.abc.com. 203.0.113.99)',
      'editZone(y.abc.com. 300 A 203.0.113.81)',
      'forgeAnswer(y.abc.com. A)',
    ]);
  });
});

/** The third query of the resolver, to auth: what a forger would have to know. */
const thirdQuery = (): {readonly id: number; readonly port: number} => {
  const [first] = eventsOf(run(ask(0)), 'send').filter(({packet, hop}) => packet === 6 && hop === 0);
  const [message] = first ? dnsMessagesOf(first) : [];
  const transport = first?.frame?.payload.kind === 'ip' ? first.frame.payload.packet.transport : undefined;
  if (!message || transport?.kind !== 'udp') expect.fail('no query');
  return {id: message.id, port: transport.datagram.srcPort};
};

// RFC 5452 §9.1: address, port, id and question all have to be those of the query. §6: and what it says has to be the server's to say.
describe('forgeAnswer', () => {
  const {id, port} = thirdQuery();
  const forged = (more: string, name = 'y.abc.com', source = 'auth'): string =>
    `{at: 90ms, host: eve, call: forgeAnswer, to: local, source: ${source}, name: ${name}, answer: 203.0.113.66, ${more}}`;
  const outcome = (cause: string): string => answersOf(run(ask(0), cause)).join();

  test('one who knows id and port is believed, and cached', () => {
    const lesson = run(ask(0), forged(`id: ${id}, port: ${port}`), ask(1000));
    // 90 ms, one to the router, none to the resolver, five to the host.
    expect(answersOf(lesson)).toEqual(['m 96 ok 203.0.113.66', 'm 1000 ok 203.0.113.66']);
    // The real answer comes too late for anybody.
    expect(eventsOf(lesson, 'drop').map(({host, packet}) => [host, packet])).toEqual([['local', 9]]);
  });

  test.each([
    ['another id', forged(`id: ${(id + 1) % 65_536}, port: ${port}`)],
    ['another port', forged(`id: ${id}, port: ${port === 2000 ? 2001 : 2000}`)],
    ['another question', forged(`id: ${id}, port: ${port}`, 'z.abc.com')],
    ['another server', forged(`id: ${id}, port: ${port}`, 'y.abc.com', 'tld')],
    ['a hundred guesses', forged('tries: 100')],
  ])('%s: thrown away', (_, cause) => {
    expect(outcome(cause)).toBe('m 130 ok 203.0.113.80');
  });

  test('guesses differ from each other, and are the same in every run', () => {
    const guesses = () =>
      eventsOf(
        run(
          forged('tries: 3'),
          `{at: 1s, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, tries: 2, repeat: {times: 2, every: 0ms}}`,
        ),
        'send',
      )
        .filter(({host, hop}) => host === 'eve' && hop === 0)
        .map((event) => {
          const {payload} = event.frame ?? {};
          const udp =
            payload?.kind === 'ip' && payload.packet.transport.kind === 'udp'
              ? payload.packet.transport.datagram
              : undefined;
          return `${dnsMessagesOf(event)[0]?.id} ${udp?.srcPort} ${udp?.dstPort}`;
        });
    expect(guesses()).toHaveLength(7);
    expect(new Set(guesses().slice(0, 3)).size).toBe(3);
    expect(guesses()).toEqual(guesses());
    for (const guess of guesses()) expect(guess.split(' ')[1]).toBe('53');
  });

  // The server of abc.com has nothing to say about com.
  test('records of others are not believed', () => {
    const lesson = run(
      ask(0),
      forged(
        `id: ${id}, port: ${port}, authority: ['com. 9999 NS ns.evil.example.'], additional: ['dns.com. 9999 A 203.0.113.66']`,
      ),
      '{at: 1s, host: m, call: resolve, name: z.abc.com}',
    );
    expect(answersOf(lesson)[1]).toMatch(/NXDOMAIN$/);
    const notes = eventsOf(lesson, 'note').flatMap(({note}) =>
      note.kind === 'cache' && note.op === 'store' ? [JSON.stringify(note)] : [],
    );
    expect(notes.filter((note) => note.includes('evil') || note.includes('9999'))).toEqual([]);
  });
});

describe('misused', () => {
  test.each([
    [
      '{at: 0ms, host: m, call: resolve}',
      {at: '25:5', says: 'constructKeys.needs', word: 'resolve', key: 'name'},
    ],
    ['{at: 0ms, host: m, call: resolve, name: y.abc.com, typ: A}', misspelt('25:56', 'typ', 'type', 'key')],
    ['{at: 0ms, host: m, call: resolve, name: y.abc.com, type: AAAAA}', misspelt('25:62', 'AAAAA', 'AAAA')],
    [
      '{at: 0ms, host: m, call: resolve, name: y.abc.com, edns: 99}',
      {at: '25:62', says: 'schemaProblems.expected.isNotWhat', what: 'edns', shown: '99'},
    ],
    [
      '{at: 0ms, host: auth, call: resolve, name: y.abc.com}',
      {
        at: '25:33',
        says: 'script.checkTaker',
        host: 'auth',
        call: 'resolve',
        written: 'dns: {stub: {servers: [192.0.2.53]}}',
      },
    ],
    [
      '{at: 0ms, host: eve, call: flushCache}',
      {
        at: '25:32',
        says: 'script.checkTaker',
        host: 'eve',
        call: 'flushCache',
        written: 'dns: {stub: {servers: [192.0.2.53]}}',
      },
    ],
    [
      '{at: 0ms, host: m, call: flushCache, name: y.abc.com}',
      {at: '25:42', says: 'constructKeys.doesNotGo', key: 'name', word: 'flushCache'},
    ],
    [
      '{at: 0ms, host: m, call: setHosts, entries: {y.abc.com: here}}',
      {at: '25:61', says: 'schemaProblems.expected.isNotWhat', what: 'address', shown: 'here'},
    ],
    [
      '{at: 0ms, host: m, call: setHosts, entries: {y.abc.com: 203.0.113.999}}',
      {at: '25:61', says: 'dnsScalars.readAddress', given: '203.0.113.999'},
    ],
    [
      "{at: 0ms, host: m, call: editZone, zone: abc.com, set: 'y 300 A 203.0.113.81'}",
      {
        at: '25:30',
        says: 'script.checkTaker',
        host: 'm',
        call: 'editZone',
        written: 'dns: {zones: [{file: abc.com.zone}]}',
      },
    ],
    [
      "{at: 0ms, host: auth, call: editZone, zone: abd.com, set: 'y 300 A 203.0.113.81'}",
      {
        at: '25:33',
        says: 'script.checkTaker',
        host: 'auth',
        call: 'editZone',
        written: 'dns: {zones: [{file: abd.com.zone}]}',
      },
    ],
    [
      "{at: 0ms, host: auth, call: editZone, zone: abc.com, set: 'y 300 A 203.0.113'}",
      {at: '25:72', says: 'zoneProblems.address', given: '203.0.113', version: 4},
    ],
    [
      "{at: 0ms, host: auth, call: editZone, zone: abc.com, set: ['y 300 A 203.0.113.1', 'y 300 AA 1']}",
      {at: '25:94', says: 'zoneProblems.type', line: 1, column: 7, code: 'type', given: 'AA'},
    ],
    [
      '{at: 0ms, host: eve, call: forgeAnswer, to: local, source: auht, name: y.abc.com}',
      misspelt('25:64', 'auht', 'auth', 'host'),
    ],
    [
      '{at: 0ms, host: eve, call: forgeAnswer, to: loacl, source: auth, name: y.abc.com}',
      misspelt('25:49', 'loacl', 'local', 'host'),
    ],
    [
      '{at: 0ms, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, tries: 0}',
      {at: '25:94', says: 'schemaProblems.expected.isNotWhat', what: 'tries', shown: '0'},
    ],
    [
      '{at: 0ms, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, id: 65536}',
      {at: '25:91', says: 'schemaProblems.expected.isNotWhat', what: 'id', shown: '65536'},
    ],
    [
      "{at: 0ms, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, answer: '203.0.113'}",
      {at: '25:96', says: 'zoneProblems.address', given: '203.0.113', version: 4},
    ],
    [
      "{at: 0ms, host: eve, call: forgeAnswer, to: local, source: auth, name: y.abc.com, authority: ['com NS x.']}",
      {at: '25:100', says: 'zoneProblems.origin', line: 1, column: 1, code: 'origin', given: 'com'},
    ],
    ['{on: {host: m, event: answerd}, call: flushCache}', misspelt('25:27', 'answerd', 'answered', 'value')],
  ])('%s', (cause, error) => {
    expect(errorsOf({script: script(cause)})).toMatchObject([error]);
  });

  test('a name for an answer that hides a value of the host', () => {
    expect(errorsOf({script: script(ask(0, ', as: cache'))})).toMatchObject([
      {at: '25:60', says: 'script.checkNames', as: 'cache'},
    ]);
  });

  test('a run that takes the application away from its call is told so', () => {
    const runs = `${apps(stub, recursive, ...servers)}runs: {base: {}, other: {apps: [{host: m, dns: {zones: []}}]}}\n`;
    expect(errorsOf({runs})).toMatchObject([
      {
        at: '25:30',
        says: 'script.checkTaker',
        host: 'm',
        call: 'resolve',
        written: 'dns: {stub: {servers: [192.0.2.53]}}',
      },
    ]);
  });
});
