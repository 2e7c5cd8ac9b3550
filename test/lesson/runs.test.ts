// Runs, settings and faults: each construct once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load, runOf} from './fragments.ts';
import {misspelt} from './told-problem.ts';

describe('runs', () => {
  const runs = `runs:
  base: {}
  lost: {title: {en: Lost, zh: 丢失}, seed: 7, profile: rfc, faults: [{drop: {from: server, nth: 1}}, 'delay=4s@packet=1']}
  set: {set: {client.tcp.timeWait: 5s, server.iss: 77, path.delay: 10ms}, until: 5s, limit: 1m}
  added: {add: [{at: 1s, host: client, call: send, bytes: 5}]}
  other: {script: [{at: 0ms, host: server, call: listen, port: 81}]}
`;

  test('lay their changes over the lesson', () => {
    const lesson = load({runs});
    expect(lesson.runs.map(({name}) => name)).toEqual(['base', 'lost', 'set', 'added', 'other']);
    expect(runOf(lesson, 'lost')).toMatchObject({
      title: {en: 'Lost'},
      seed: 7,
      profile: 'rfc',
      faults: [
        {kind: 'drop', at: {from: 'server', nth: {first: 1, last: 1}}},
        {kind: 'delay', byUs: 4_000_000, at: {packet: 1}},
      ],
    });
    // Only what the lesson changes, and what all leave out: the profile itself is applied when the run starts.
    expect(runOf(lesson, 'lost').hosts[0]?.tcp).toEqual({
      timestamps: false,
      acks: 'delayed',
      delayedAckUs: 0,
      timers: 'exact',
      rcvMemoryBytes: 'off',
      synRetryAfterBadAckUs: 0,
    });
    const set = runOf(lesson, 'set');
    expect(set.hosts[0]?.tcp.timeWaitUs).toBe(5_000_000);
    expect(set.hosts[0]?.iss).toBe(1000);
    expect(set.hosts[1]?.iss).toBe(77);
    expect(set.links[0]?.delayUs).toBe(10_000);
    expect(set).toMatchObject({until: {atUs: 5_000_000}, limitUs: 60_000_000});
    expect(runOf(lesson, 'added').script).toHaveLength(3);
    expect(runOf(lesson, 'other').script).toHaveLength(1);
    expect(runOf(lesson).links[0]?.delayUs).toBe(50_000);
  });

  test('a setting leaves its neighbours as they are', () => {
    const topology =
      'topology: {hosts: {client: {iss: 5, tcp: {mss: 500}}}, links: [{delay: 10ms, mtu: 900}]}\n';
    const set = 'runs: {base: {set: {client.tcp.synRetries: 2, path.delay: 20ms}}}\n';
    const run = runOf(load({topology, runs: set}));
    expect(run.hosts[0]).toMatchObject({iss: 5, tcp: {mss: 500, synRetries: 2}});
    expect(run.links[0]).toMatchObject({delayUs: 20_000, mtu: 900});
  });

  test('a what-if keeps what its run has changed', () => {
    const lesson = load({
      runs: 'runs: {base: {set: {client.tcp.mss: 500}, faults: [drop@packet=1], add: [{at: 1s, host: client, call: close}]}}\n',
      whatIf:
        'whatIf: [{title: {en: t, zh: 题}, set: {server.tcp.mss: 600}, faults: [drop@packet=2], script: [{at: 2s, host: server, call: close}]}]\n',
    });
    const run = lesson.whatIfs[0]?.run;
    expect(run?.hosts.map(({tcp}) => tcp.mss)).toEqual([500, 600]);
    expect(run?.faults.map(({at}) => at.packet)).toEqual([1, 2]);
    expect(run?.script.map(({action}) => action.call)).toEqual(['listen', 'connect', 'close', 'close']);
  });

  test('every fault as a mapping', () => {
    const list = `runs:
  base:
    faults:
      - {delay: {by: 4s, from: client, flags: [SYN], nth: 1}}
      - {dup: {by: 20s, packet: 3}}
      - {dup: {packet: 3}}
      - {corrupt: {where: memory, to: server, data: true}}
      - {reorder: {places: 2, link: path, retransmission: true}}
      - {edit: {field: tcp.ack_raw, value: 1000, from: server, nth: 2-}}
      - {edit: {field: tcp.checksum, value: 0, checksum: broken, nth: 2-4}}
`;
    expect(runOf(load({runs: list})).faults).toEqual([
      {kind: 'delay', byUs: 4_000_000, at: {from: 'client', flags: ['SYN'], nth: {first: 1, last: 1}}},
      {kind: 'dup', afterUs: 20_000_000, at: {packet: 3}},
      {kind: 'dup', afterUs: 0, at: {packet: 3}},
      {kind: 'corrupt', where: 'memory', at: {to: 'server', data: true}},
      {kind: 'reorder', places: 2, at: {link: 'path', retransmission: true}},
      {kind: 'edit', field: 'tcp.ack_raw', value: 1000, mend: true, at: {from: 'server', nth: {first: 2}}},
      {kind: 'edit', field: 'tcp.checksum', value: 0, mend: false, at: {nth: {first: 2, last: 4}}},
    ]);
  });

  test.each([
    ['{faults: [{drop: {form: server}}]}', misspelt('16:30', 'form', 'from', 'key')],
    ['{faults: [{drop: {from: sever}}]}', misspelt('16:36', 'sever', 'server', 'host')],
    ['{faults: [{drop: {link: pat}}]}', misspelt('16:36', 'pat', 'path')],
    ['{faults: [{drop: {}}]}', {at: '16:22', says: 'faultReader.fromObject.thisFaultNames'}],
    [
      '{faults: [{drop: {nth: 1}, dup: {nth: 1}}]}',
      {
        at: '16:22',
        says: 'faultReader.fromObject.aFaultDoes',
        kinds: ['drop', 'delay', 'dup', 'corrupt', 'reorder', 'edit'],
      },
    ],
    ["{faults: ['dorp@packet=1']}", {at: '16:23', says: 'faultReader.from', near: 'drop', part: 'dorp'}],
    ["{faults: ['drop@packt=1']}", {at: '16:28', says: 'faultReader.from', near: 'packet', part: 'packt'}],
    ['{set: {client.tcp.timeWit: 5s}}', misspelt('16:19', 'timeWit', 'timeWait', 'key')],
    ['{set: {cliet.iss: 5}}', misspelt('16:19', 'cliet', 'client')],
    [
      '{set: {client.iss: many}}',
      {at: '16:31', says: 'schemaProblems.expected.isNotWhat', what: 'sequence number', shown: 'many'},
    ],
    ['{profile: linus}', misspelt('16:22', 'linus', 'linux', 'value')],
    [
      '{until: later}',
      {at: '16:20', says: 'schemaProblems.expected.isNotWhat', what: 'until', shown: 'later'},
    ],
  ])('%s', (run, error) => {
    const found = errorsOf({runs: `runs:\n  changed: ${run}\n`});
    expect(found).toMatchObject([error]);
  });
});
