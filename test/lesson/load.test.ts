// Each construct of the language once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {loadLesson} from '../../source/lesson/load.ts';
import {errorLine, errorsOf, lessonText, load, runOf} from './fragments.ts';

const beats = (...lines: readonly string[]): string =>
  `beats:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const script = (...lines: readonly string[]): string =>
  `script:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

describe('the file', () => {
  test('what is left out is the pair of hosts, 50 ms apart, on linux with seed 1', () => {
    const run = runOf(load({topology: ''}));
    expect(run).toMatchObject({
      name: 'base',
      profile: 'linux',
      seed: 1,
      until: 'quiet',
      limitUs: 600_000_000,
      arp: false,
    });
    expect(run.hosts.map(({name, interfaces}) => [name, interfaces])).toEqual([
      ['client', [{link: 'path', ip: '192.0.2.10', mac: '02:00:00:00:00:01'}]],
      ['server', [{link: 'path', ip: '198.51.100.20', mac: '02:00:00:00:00:02'}]],
    ]);
    expect(run.links).toEqual([
      {name: 'path', between: ['client', 'server'], delayUs: 50_000, loss: 0, mtu: 1500},
    ]);
    expect(run.hosts[0]).not.toHaveProperty('iss');
  });

  test('a digest names the version: 64 hex digits that change with any letter', () => {
    const {digest} = load();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(load({runs: '# a comment\n'}).digest).not.toBe(digest);
  });

  test('a misspelt key has a place and the nearest word', () => {
    expect(
      errorsOf({head: lessonText().slice(0, lessonText().indexOf('topology')).replace('minutes', 'minuts')}),
    ).toEqual([
      '1:1 minutes: is missing | add minutes: here',
      '6:1 no key “minuts” | did you mean minutes? allowed here: format, id, title, summary, track, minutes, requires, rfc, seed, profile, topology, script, …',
    ]);
  });

  test('a YAML syntax error has a place', () => {
    expect(errorsOf({runs: 'runs: {base: {}\n'})[0]).toMatch(/^16:1 the indentation fits no level above/);
    expect(errorsOf({runs: 'runs:\n\tbase: {}\n'})[0]).toBe(
      '16:1 a tab is used as indentation | indent with spaces',
    );
    expect(errorsOf({runs: 'seed: 1\nseed: 2\n'})).toEqual([
      '16:1 this key stands here twice | keep one of them',
    ]);
    expect(
      errorsOf({
        beats: beats(
          '- {when: {end: true}, say: {en: hello, zh: 你好}}',
          '- when: {end: true}',
          '  say:',
          '    en: first: second',
          '    zh: 你好',
        ),
      }),
    ).toEqual([
      '19:11 this text contains “: ”, which begins a value | put the text in quotes, or below the key after >-',
    ]);
  });

  test('aliases, long files and deep nesting are refused', () => {
    expect(errorsOf({runs: 'seed: &s 1\nrequires: [*s]\n'})).toEqual([
      '16:12 aliases (*name) are not used in lessons | write the value out',
    ]);
    expect(errorsOf({runs: `# ${'x'.repeat(300_000)}\n`})[0]).toContain('too long for a lesson');
    for (const nested of ['['.repeat(100_000), `${'{a: '.repeat(50_000)}`, '- '.repeat(100_000)]) {
      const lesson = loadLesson(nested, 'deep.yaml');
      expect(lesson.ok).toBe(false);
    }
  });

  test('a comma inside braces is explained', () => {
    expect(
      errorsOf({beats: beats('- {when: {sends: client, flags: [SYN]}, say: {en: yes, indeed, zh: 对}}')}),
    ).toEqual(['16:58 “indeed” is a key without a value | text with a comma needs quotes inside { }']);
  });

  test('the id is the file’s name', () => {
    const lesson = loadLesson(lessonText(), 'lessons/tcp-open/other.yaml');
    expect(lesson.ok ? [] : lesson.error.map(errorLine)).toEqual([
      '2:5 id: sample is not the file’s name | write id: other, or rename the file to sample.yaml',
    ]);
  });

  test('an RFC reference is well-formed', () => {
    expect(load({runs: ''}).rfc).toEqual(['9293 §3.5']);
    const head = lessonText().slice(0, lessonText().indexOf('topology')).replace('9293 §3.5', 'RFC9293 3.5');
    expect(errorsOf({head})).toEqual([
      '7:7 “RFC9293 3.5” is not what belongs here | write a reference such as 9293 §3.5 or 9293 Fig. 6',
    ]);
  });

  test('words of later versions are named as such', () => {
    expect(errorsOf({runs: 'apps: []\n'})[0]).toMatch(
      /^15:1 “apps” is part of the language, but not of this version \| leave it out; allowed here: /,
    );
    expect(errorsOf({topology: 'topology: {hosts: {client: {tcp: {nagle: true}}}}\n'})[0]).toMatch(
      /^8:35 “nagle” is part of the language/,
    );
  });
});

describe('topology', () => {
  test('addresses, links, delays, rates, sizes, loss', () => {
    const {hosts, links} = runOf(
      load({
        topology: `topology:
  hosts:
    client: {ip: 192.0.2.10}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: '2001:db8::1', tcp: {rcvBuffer: 128KiB, delayedAck: 40ms, sack: false}}
  links:
    - {name: near, between: [client, r1], delay: 350us, rate: 100Mbit, queue: 64KiB}
    - {name: far, between: [r1, server], delay: 25ms, mtu: 1400, loss: 2.5%}
`,
      }),
    );
    expect(hosts[1]?.interfaces).toEqual([
      {link: 'near', ip: '192.0.2.1', mac: '02:00:00:00:00:02'},
      {link: 'far', ip: '198.51.100.1', mac: '02:00:00:00:00:03'},
    ]);
    expect(hosts[2]?.tcp).toMatchObject({
      rcvBufferBytes: 131_072,
      windowScale: 2,
      delayedAckUs: 40_000,
      sackPermitted: false,
    });
    expect(links).toEqual([
      {
        name: 'near',
        between: ['client', 'r1'],
        delayUs: 350,
        rateBps: 100_000_000,
        queueBytes: 65_536,
        loss: 0,
        mtu: 1500,
      },
      {name: 'far', between: ['r1', 'server'], delayUs: 25_000, loss: 0.025, mtu: 1400},
    ]);
  });

  test('a receive buffer below 64 KiB needs no window scale', () => {
    const hosts = (buffer: string) =>
      runOf(load({topology: `topology: {hosts: {client: {tcp: {rcvBuffer: ${buffer}}}}}\n`})).hosts;
    expect(hosts('65535')[0]?.tcp.windowScale).toBe(0);
    expect(hosts('64KiB')[0]?.tcp.windowScale).toBe(1);
    expect(hosts('6MiB')[0]?.tcp.windowScale).toBe(7);
    expect(hosts('6MiB')[1]?.tcp.windowScale).toBe(7);
  });

  test.each([
    [
      'topology: {hosts: {client: {ip: 192.0.2.300}}}',
      '8:33 “192.0.2.300” is no IP address | write it like 192.0.2.10 or 2001:db8::1',
    ],
    ['topology: {hosts: {a: {}, b: {ip: 192.0.2.1}}}', '8:23 a has no address | add ip: 192.0.2.1'],
    [
      'topology: {hosts: {packet: {ip: 192.0.2.2}, client: {}}}',
      /^8:20 a host cannot be called “packet” \| lower-case letters, digits and _; expressions use these words/,
    ],
    [
      'topology: {links: [{delay: 50}]}',
      '8:28 “50” is not what belongs here | write a time with its unit: 350us, 10ms, 1.5s, 2m or 2h',
    ],
    [
      'topology: {links: [{between: [client, serve]}]}',
      '8:39 no host “serve” | did you mean server? allowed here: client, server',
    ],
    [
      'topology: {links: [{rate: fast}]}',
      '8:27 “fast” is not what belongs here | write a rate: 64kbit, 100Mbit or 1Gbit',
    ],
    ['topology: {hosts: {client: {tcp: {mms: 5}}}}', /^8:35 no key “mms” \| did you mean mss\?/],
    [
      'topology: {hosts: {client: {iss: -1}}}',
      '8:34 “-1” is not what belongs here | write a whole number, 0 to 4294967295',
    ],
  ])('%s', (topology, error) => {
    const scripts = {
      topology: `${topology}\n`,
      script: 'script: [{at: 0ms, host: client, call: listen, port: 80}]\n',
    };
    expect(errorsOf(scripts)[0]).toEqual(typeof error === 'string' ? error : expect.stringMatching(error));
  });
});

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
      '13:35 no value “lisen” | did you mean listen? allowed here: listen, connect, send, receive, shutdown, close, abort, status, crash, reboot',
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
      '13:32 no value “conected” | did you mean connected? allowed here: connected, accepted, refused, timedOut, received, eof, reset, closed',
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
    expect(runOf(lesson, 'lost').hosts[0]?.tcp.timeWaitUs).toBe(240_000_000);
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
    ['{faults: [{drop: {form: server}}]}', /^16:30 no key “form” \| did you mean from\?/],
    [
      '{faults: [{drop: {from: sever}}]}',
      '16:36 no host “sever” | did you mean server? allowed here: client, server',
    ],
    ['{faults: [{drop: {link: pat}}]}', '16:36 no link “pat” | did you mean path? allowed here: path'],
    ['{faults: [{drop: {}}]}', '16:22 this fault names no packet | add packet:, or from:, flags:, nth: …'],
    [
      '{faults: [{drop: {nth: 1}, dup: {nth: 1}}]}',
      '16:22 a fault does exactly one thing | one of: drop, delay, dup, corrupt, reorder, edit',
    ],
    [
      "{faults: ['dorp@packet=1']}",
      '16:23 “dorp” is no part of a fault | did you mean drop? allowed here: drop, delay, dup, corrupt, reorder, edit',
    ],
    ["{faults: ['drop@packt=1']}", /^16:28 “packt” is no part of a fault \| did you mean packet\?/],
    ['{set: {client.tcp.timeWit: 5s}}', /^16:19 no key “timeWit” \| did you mean timeWait\?/],
    [
      '{set: {cliet.iss: 5}}',
      '16:19 no host or link “cliet” | did you mean client? allowed here: client, server, path',
    ],
    [
      '{set: {client.iss: many}}',
      '16:31 “many” is not what belongs here | write a whole number, 0 to 4294967295',
    ],
    ['{profile: linus}', '16:22 no value “linus” | did you mean linux? allowed here: linux, rfc'],
    ['{until: later}', '16:20 “later” is not what belongs here | write quiet, or a time such as 5s'],
  ])('%s', (run, error) => {
    const found = errorsOf({runs: `runs:\n  changed: ${run}\n`});
    expect(found).toEqual([typeof error === 'string' ? error : expect.stringMatching(error)]);
  });
});

describe('beats', () => {
  const say = 'say: {en: hello, zh: 你好}';
  const ask = 'ask: {en: what, zh: 什么}';

  test('narration, prediction and concept question', () => {
    const lesson = load({
      beats: beats(
        `- {when: {sends: client, flags: [SYN]}, ${say}, note: {en: n, zh: 注}, myth: isn-zero-or-one, show: [snd.una, client.state, tcp.len], panels: [ladder]}`,
        `- {before: {sends: server, flags: [SYN, ACK]}, ${ask}, answer: packet(1).tcp.seq_raw + 1, distractors: [{value: 5, misconception: isn-zero-or-one}, {text: {en: none, zh: 没有}}], explain: {en: e, zh: 解}, hint: {en: h, zh: 提}, asks: [tcp.ack_raw]}`,
        `- {${ask}, choices: [{text: {en: yes, zh: 对}, correct: true}, {text: {en: 'no', zh: 错}}], rfc: 9293 §3.5, holds: 1 == 1}`,
      ),
    });
    expect(lesson.beats.map(({kind, position}) => [kind, position])).toEqual([
      ['narration', {line: 16, column: 5}],
      ['prediction', {line: 17, column: 5}],
      ['concept', {line: 18, column: 5}],
    ]);
  });

  test.each([
    [`- {${say}}`, '16:5 narration needs when: | add when: to this beat'],
    [
      `- {when: {end: true}, ${say}, hint: {en: a, zh: 甲}}`,
      '16:51 hint: does not go with narration | narration takes: when, say, note, myth, card, link, run, panels, show',
    ],
    [`- {before: {end: true}, ${ask}}`, '16:5 a prediction needs answer: | add answer: to this beat'],
    [
      `- {when: {sends: clinet}, ${say}}`,
      '16:20 no host “clinet” | did you mean client? allowed here: client, server, any',
    ],
    [
      `- {when: {sends: client, state: CLOSED}, ${say}}`,
      /^16:28 no key “state” \| allowed here: sends, arrives, drops/,
    ],
    [
      `- {when: {enters: CLOSE}, ${say}}`,
      /^16:21 no value “CLOSE” \| did you mean CLOSED\? allowed here: CLOSED, LISTEN/,
    ],
    [
      `- {when: {enters: CLOSED, flags: [SYN]}, ${say}}`,
      '16:29 flags: does not go with enters: | beside enters: may stand host, nth, after',
    ],
    [
      `- {when: {host: client}, ${say}}`,
      '16:12 this selects no event | exactly one of: sends, arrives, drops, enters, timer, delivers, call, at, end',
    ],
    [
      `- {when: {sends: client, arrives: server}, ${say}}`,
      '16:12 a selector is about one event, not sends and arrives | exactly one of: sends, arrives, drops, enters, timer, delivers, call, at, end',
    ],
    [
      `- {when: {sends: client, after: {sends: clint}}, ${say}}`,
      '16:43 no host “clint” | did you mean client? allowed here: client, server, any',
    ],
    [
      `- {when: {end: true}, say: {en: 'seq={p.tcp.seq}', zh: 你好}}`,
      '16:58 the two languages fill in different values | use the same {…} in en and zh',
    ],
    [`- {when: {end: true}, say: {en: hello}}`, '16:30 zh: is missing | add zh: here'],
    [
      `- {when: {end: true}, say: {en: 'a {p.tcp.seqraw}', zh: '甲 {p.tcp.seq_raw}'}}`,
      /^16:41 no field “tcp.seqraw” \| did you mean tcp.seq_raw\?/,
    ],
    [
      `- {when: {end: true}, say: {en: 'a { b', zh: 甲}}`,
      '16:38 a “{” stands alone | braces hold an expression; for the sign itself write it twice',
    ],
    [
      `- {when: {end: true}, ${say}, show: [snd.una, snd.mxt]}`,
      /^16:67 no field or value “snd.mxt” \| did you mean snd.nxt\?/,
    ],
    [`- {when: {end: true}, ${say}, panels: [lader]}`, /^16:60 no panel “lader” \| did you mean ladder\?/],
    [`- {when: {end: true}, ${say}, run: bas}`, '16:56 no run “bas” | did you mean base? allowed here: base'],
    [
      `- {${ask}, choices: [{text: {en: a, zh: 甲}}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: 1 == 1}`,
      '16:40 just one choice is right | mark one with correct: true',
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, distractors: [{misconception: a-b}], explain: {en: e, zh: 解}}`,
      '16:77 a distractor has a value: or a text: | give one of them',
    ],
    [
      `- {before: {end: true}, ${ask}, answer: clent.state, distractors: [{value: 1}], explain: {en: e, zh: 解}}`,
      /^16:60 no name “clent” \| did you mean client\?/,
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, asks: [tcp.ack_row], distractors: [{value: 2}], explain: {en: e, zh: 解}}`,
      /^16:70 no field “tcp.ack_row” \| did you mean tcp.ack_raw\?/,
    ],
  ])('%s', (beat, error) => {
    const found = errorsOf({beats: beats(beat)});
    const wanted = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(found).toEqual(expect.arrayContaining([wanted]));
    expect(found[0]).toEqual(wanted);
  });
});

describe('checks and what-ifs', () => {
  test('both are compiled', () => {
    const lesson = load({
      checks: 'checks: [{that: \'count("tcp\\".len == 0") == 3\', because: x}]\n'.replace('\\"', ''),
      whatIf:
        'whatIf: [{title: {en: t, zh: 题}, faults: [{drop: {packet: 1}}], script: [{at: 1s, host: client, call: close}], expect: [{sends: client, nth: 2}], checks: [{that: 1 == 1}]}]\n',
    });
    expect(lesson.checks).toHaveLength(1);
    expect(lesson.whatIfs[0]?.run.script).toHaveLength(3);
    expect(lesson.whatIfs[0]?.run.faults).toEqual([{kind: 'drop', at: {packet: 1}}]);
    expect(lesson.whatIfs[0]?.run.name).toBe('what-if-1');
  });

  test.each([
    [
      'checks: [{that: "count(\'tcp.lem == 0\') == 3", because: x}]',
      /^17:25 no field “tcp.lem” \| did you mean tcp.len\?/,
    ],
    [
      "checks: [{that: 'time({sends: clint}) == 1s', because: x}]",
      '17:31 no host “clint” | did you mean client? allowed here: client, server, any',
    ],
    ['checks: [{that: 1 ==, because: x}]', '17:21 a value was expected, not the end | write a value here'],
    ['checks: [{that: 1 == 1}]', '17:10 because: is missing | add because: here'],
    [
      'whatIf: [{title: {en: t, zh: 题}, expect: [{sends: cient}]}]',
      '17:51 no host “cient” | did you mean client? allowed here: client, server, any',
    ],
    [
      'whatIf: [{title: {en: t, zh: 题}, run: bse}]',
      '17:39 no run “bse” | did you mean base? allowed here: base',
    ],
  ])('%s', (checks, error) => {
    expect(errorsOf({checks: `${checks}\n`})).toEqual([
      typeof error === 'string' ? error : expect.stringMatching(error),
    ]);
  });
});
