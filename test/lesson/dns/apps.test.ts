// `apps: [{host, dns: {…}}]`: used, and misused with place and remedy pinned. Oracles: resolv.conf(5)
// for the stub's times, RFC 1035 §5 for zone files.
import {describe, expect, test} from 'vitest';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import {identityOf} from '../../../source/sim/identity.ts';
import {traceOf} from '../fragments.ts';
import {misspelt, type Told} from '../told-problem.ts';
import {
  answersOf,
  apps,
  errorsOf,
  load,
  recursive,
  script,
  sent,
  servers,
  stub,
  textOf,
  zones,
} from './network.ts';

const misused = (app: string): readonly Told[] => errorsOf({runs: apps(app), script: script(crash)});
const crash = '{at: 0ms, host: m, call: crash}';

describe('used', () => {
  // Curriculum, lesson 20: 8 datagrams, 10 + 3 × 40 = 130 ms.
  test('a recursive resolver walks for the stub', () => {
    const lesson = load();
    expect(sent(lesson)).toEqual([
      'm: RD=1',
      ...['local: RD=0', 'root: RD=0', 'local: RD=0', 'tld: RD=0', 'local: RD=0', 'auth: RD=0'],
      'local: RD=1',
    ]);
    expect(answersOf(lesson)).toEqual(['m 130 ok 203.0.113.80']);
  });

  // Curriculum, lesson 20, the second figure of the notes: each asks the next, answers travel back.
  test('forwarders: every server asks the next', () => {
    const next = (host: string, ip: string): string =>
      `{host: ${host}, dns: {recursive: {forwarders: [${ip}]}}}`;
    const lesson = load({
      runs: apps(
        stub,
        next('local', '198.51.100.1'),
        next('root', '198.51.100.2'),
        next('tld', '203.0.113.53'),
        servers[2] ?? '',
      ),
    });
    expect(sent(lesson)).toEqual([
      ...['m: RD=1', 'local: RD=1', 'root: RD=1', 'tld: RD=1'],
      ...['auth: RD=1', 'tld: RD=1', 'root: RD=1', 'local: RD=1'],
    ]);
  });

  // RFC 1034 §4.3.1: with RD=1 and RA=1 the server finds the answer itself, by what its own zone delegates.
  test('recursive with zones: the root asks the TLD, the TLD asks the authoritative server', () => {
    const own = (host: string, file: string): string =>
      `{host: ${host}, dns: {recursive: {zones: [{file: ${file}}]}}}`;
    const lesson = load({
      runs: apps(
        stub,
        '{host: local, dns: {recursive: {forwarders: [198.51.100.1]}}}',
        own('root', 'root.zone'),
        own('tld', 'com.zone'),
        servers[2] ?? '',
      ),
    });
    expect(sent(lesson)).toEqual([
      ...['m: RD=1', 'local: RD=1', 'root: RD=1', 'tld: RD=1'],
      ...['auth: RD=1', 'tld: RD=1', 'root: RD=1', 'local: RD=1'],
    ]);
    expect(answersOf(lesson).map((line) => line.split(' ').slice(2))).toEqual([['ok', '203.0.113.80']]);
    const found = errorsOf({runs: apps(own('root', 'rot.zone')), script: script(crash)});
    expect(found).toMatchObject([misspelt('27:51', 'rot.zone', 'root.zone')]);
  });

  // A host that walks itself: three queries, three referrals and answers, no resolver between.
  test('recursive on the asking host', () => {
    const lesson = load({
      runs: apps(recursive, ...servers),
      script: script('{at: 0ms, host: local, call: resolve, name: y.abc.com}'),
      beats: 'beats: [{when: {sends: auth}, say: {en: answers, zh: 应答}}]\n',
    });
    expect(sent(lesson)).toEqual([
      ...['local: RD=0', 'root: RD=0', 'local: RD=0', 'tld: RD=0', 'local: RD=0', 'auth: RD=0'],
    ]);
    // 3 × 2 × 20 ms.
    expect(answersOf(lesson)).toEqual(['local 120 ok 203.0.113.80']);
  });

  // resolv.conf(5): timeout 5 s, 2 attempts.
  test.each([
    ['', 5000, 10_000],
    [', timeout: 1s, attempts: 3', 1000, 3000],
  ])('a stub without an answer gives up: %s', (more, second, end) => {
    const off = 'runs: {base: {set: {local.up: false}}}\n';
    const lesson = load({runs: `${apps(`{host: m, dns: {stub: {servers: [192.0.2.53]${more}}}}`)}${off}`});
    const times = [...traceOf(lesson).events()].flatMap((event) =>
      event.kind === 'send' && event.host === 'm' ? [event.atUs / 1000] : [],
    );
    expect(times[1]).toBe(second);
    expect(answersOf(lesson)).toEqual([`m ${end} timedOut`]);
  });

  test('a hosts file answers without a datagram; a stub without a cache asks again', () => {
    const asked = (more: string) =>
      load({
        runs: apps(`{host: m, dns: {stub: {servers: [192.0.2.53]${more}}}}`, recursive, ...servers),
        script: script(
          '{at: 0ms, host: m, call: resolve, name: y.abc.com}',
          '{at: 1s, host: m, call: resolve, name: y.abc.com}',
        ),
        beats: 'beats: [{when: {end: true}, say: {en: over, zh: 结束}}]\n',
      });
    expect(sent(asked(', hosts: {y.abc.com: [203.0.113.99, 203.0.113.98]}'))).toEqual([]);
    const mine = (lesson: ReturnType<typeof load>) => sent(lesson).filter((line) => line.startsWith('m'));
    expect(mine(asked(''))).toHaveLength(1);
    expect(mine(asked(', cache: false'))).toHaveLength(2);
  });

  // RFC 9156 §2: each server is asked for one label more than its zone has.
  test('minimise, prime, edns, named roots', () => {
    const lesson = load({
      runs: apps(
        stub,
        '{host: local, dns: {recursive: {roots: [{a.root-servers.net: 198.51.100.1}], minimise: true, prime: true, edns: off}}}',
        ...servers,
      ),
    });
    expect(answersOf(lesson).map((line) => line.split(' ').slice(2))).toEqual([['ok', '203.0.113.80']]);
    expect(traceOf(lesson).packetCount).toBeGreaterThan(8);
    expect(lesson.runs[0]?.apps?.[1]?.spec.spec).toMatchObject({
      role: 'recursive',
      settings: {roots: [{name: 'a.root-servers.net.', addresses: ['198.51.100.1']}], prime: true},
    });
  });

  // RFC 9609 §2: a.root-servers.net to m.root-servers.net.
  test('roots without names have the letters of the real ones', () => {
    const lesson = load({
      runs: apps(stub, '{host: local, dns: {recursive: {roots: [198.51.100.1, 198.51.100.2]}}}', ...servers),
    });
    expect(lesson.runs[0]?.apps?.[1]?.spec.spec).toMatchObject({
      settings: {roots: [{name: 'a.root-servers.net.'}, {name: 'b.root-servers.net.'}]},
    });
  });

  test('a zone as text, with the origin beside it', () => {
    const inline = `{host: auth, dns: {zones: [{origin: abc.com, text: "$TTL 300\\n@ SOA dns x 1 2 3 4 5\\n@ NS dns\\ndns A 203.0.113.53\\ny A 203.0.113.7"}]}}`;
    const lesson = load({runs: apps(stub, recursive, ...servers.slice(0, 2), inline)});
    expect(answersOf(lesson)).toEqual(['m 130 ok 203.0.113.7']);
  });

  test('a run takes another application; a server without zones is lame', () => {
    const lesson = load({
      runs: `${apps(stub, recursive, ...servers)}runs: {base: {}, lame: {apps: [{host: auth, dns: {zones: []}}]}}\n`,
    });
    expect(answersOf(lesson)).toEqual(['m 130 ok 203.0.113.80']);
    expect(answersOf(lesson, 'lame').map((line) => line.split(' ')[2])).toEqual(['SERVFAIL']);
  });

  test('the records of the zones that a lesson names are of its causes; comments and other zones are not', () => {
    const identity = (texts: Readonly<Record<string, string>>): readonly string[] =>
      load({}, texts).runs.map((run) => identityOf(scenarioOf(run)));
    const zone = zones['abc.com.zone'];
    const before = identity(zones);
    expect(identity({...zones, 'other.zone': ''})).toEqual(before);
    expect(identity({...zones, 'abc.com.zone': `; who answers\n${zone}`})).toEqual(before);
    expect(identity({...zones, 'abc.com.zone': zone.replace('.80', '.81')})).not.toEqual(before);
  });
});

describe('misused', () => {
  test.each([
    ['{host: m, dns: {}}', {at: '27:20', says: 'dnsApps.oneRole'}],
    ['{host: m, dns: {stub: {servers: []}, zones: []}}', {at: '27:20', says: 'dnsApps.oneRole'}],
    ['{host: m, dns: {stub: {}}}', {at: '27:27', says: 'schemaProblems.missing', name: 'servers'}],
    [
      '{host: m, dns: {stub: {servers: [192.0.2.530]}}}',
      {at: '27:38', says: 'dnsScalars.readAddress', given: '192.0.2.530'},
    ],
    [
      '{host: m, dns: {stub: {servers: [ns]}}}',
      {at: '27:38', says: 'schemaProblems.expected.isNotWhat', what: 'address', shown: 'ns'},
    ],
    [
      '{host: m, dns: {stub: {servers: [], timeout: 5}}}',
      {at: '27:50', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: '5'},
    ],
    ['{host: m, dns: {stub: {servers: [], attempt: 2}}}', misspelt('27:41', 'attempt', 'attempts', 'key')],
    [
      '{host: m, dns: {stub: {servers: [], edns: 100}}}',
      {at: '27:47', says: 'schemaProblems.expected.isNotWhat', what: 'edns', shown: '100'},
    ],
    [
      '{host: m, dns: {stub: {servers: [], hosts: {a..b: 192.0.2.1}}}}',
      {at: '27:55', says: 'zoneProblems.name', given: 'a..b', why: 'empty'},
    ],
    ['{host: m, dns: {recursive: {}}}', {at: '27:32', says: 'dnsApps.noUpstream'}],
    [
      '{host: m, dns: {recursive: {roots: [192.0.2.1], forwarders: [192.0.2.2]}}}',
      {at: '27:32', says: 'dnsApps.twoWays'},
    ],
    [
      '{host: m, dns: {recursive: {roots: [{a.root-servers.net: 300.0.2.1}]}}}',
      {at: '27:62', says: 'dnsScalars.readAddress', given: '300.0.2.1'},
    ],
    ['{host: m, dns: {zones: [{}]}}', {at: '27:29', says: 'dnsZones.place'}],
    [
      '{host: m, dns: {zones: [{file: ../x.zone}]}}',
      {at: '27:36', says: 'schemaProblems.expected.isNotWhat', what: 'zone file', shown: '../x.zone'},
    ],
    ['{host: m, dns: {zones: [{file: abd.com.zone}]}}', misspelt('27:36', 'abd.com.zone', 'abc.com.zone')],
    [
      '{host: m, dns: {zones: [{origin: a..b, file: abc.com.zone}]}}',
      {at: '27:38', says: 'zoneProblems.name', given: 'a..b', why: 'empty'},
    ],
  ])('%s', (app, error) => {
    expect(misused(app)).toMatchObject([error]);
  });

  test('no zone file at all: where it belongs', () => {
    expect(errorsOf({runs: apps(servers[0] ?? ''), script: script(crash)}, {})).toMatchObject([
      {at: '27:39', says: 'dnsZones.noFile', name: 'root.zone', folder: 'lessons/dns/zones/root.zone'},
    ]);
  });

  test('inside a zone file: with that file, line and column, once for all runs', () => {
    const broken = {
      ...zones,
      'com.zone': '$ORIGIN com.\n$TTL 1d\n@ SOA a b 1 2 3 4 5\n@ NS dns\ndns A 198.51.100.256\n',
    };
    expect(
      errorsOf({runs: `${apps(...servers)}runs: {a: {}, b: {}}\n`, script: script(crash)}, broken),
    ).toMatchObject([
      {
        ...{file: 'lessons/dns/zones/com.zone', at: '5:7'},
        ...{says: 'zoneProblems.address', given: '198.51.100.256', version: 4},
      },
    ]);
  });

  test('inside text of the lesson: at its line, as a block and in quotes', () => {
    const block = `apps:
  - host: auth
    dns:
      zones:
        - origin: abc.com
          text: |
            $TTL 300
            @ SOA dns x 1 2 3 4 5
            @ NS dns

            y A 203.0.113.800
`;
    const [found] = errorsOf({runs: block, script: script(crash)});
    expect(found).toMatchObject({
      at: '36:17',
      says: 'zoneProblems.address',
      given: '203.0.113.800',
      version: 4,
    });
    expect(
      textOf({runs: block, script: script(crash)})
        .split('\n')[35]
        ?.slice(16),
    ).toBe('203.0.113.800');
    const [flow] = misused('{host: auth, dns: {zones: [{origin: abc.com, text: "y 5 A 1.2.3"}]}}');
    expect(flow).toMatchObject({at: '27:63', says: 'zoneProblems.address', given: '1.2.3', version: 4});
  });

  test('what is wrong with the application hides that its calls find nobody', () => {
    expect(errorsOf({runs: apps('{host: m, dns: {stub: {servers: [192.0.2.530]}}}')})).toHaveLength(1);
  });
});
