// The network of the curriculum's lessons 20 and 21: a host, its resolver, and three name servers, 20 ms away each.
import {expect} from 'vitest';
import {dnsMessagesOf} from '../../../source/account/packet.ts';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import {loadLesson} from '../../../source/lesson/load.ts';
import {errorLine, lessonText, traceOf} from '../fragments.ts';
import {type Told, toldError} from '../told-problem.ts';

export const topology = `topology:
  hosts:
    m: {ip: 192.0.2.10}
    local: {ip: 192.0.2.53}
    r1: {router: true, ip: {lan: 192.0.2.1, toroot: 198.51.100.254}}
    root: {ip: 198.51.100.1}
    tld: {ip: 198.51.100.2}
    auth: {ip: 203.0.113.53}
    eve: {ip: 203.0.113.66}
  links:
    - {name: stub, between: [m, local], delay: 5ms}
    - {name: lan, between: [local, r1], delay: 0ms}
    - {name: toroot, between: [r1, root], delay: 20ms}
    - {name: totld, between: [r1, tld], delay: 20ms}
    - {name: toauth, between: [r1, auth], delay: 20ms}
    - {name: toeve, between: [r1, eve], delay: 1ms}
`;

export const stub = '{host: m, dns: {stub: {servers: [192.0.2.53]}}}';
export const recursive = '{host: local, dns: {recursive: {roots: [198.51.100.1]}}}';
export const servers = [
  '{host: root, dns: {zones: [{file: root.zone}]}}',
  '{host: tld, dns: {zones: [{file: com.zone}]}}',
  '{host: auth, dns: {zones: [{file: abc.com.zone}]}}',
];

export const apps = (...given: readonly string[]): string =>
  `apps:\n${given.map((app) => `  - ${app}\n`).join('')}`;

const soa = (server: string): string => `@ SOA ${server} hostmaster 1 1800 900 604800 60\n@ NS ${server}\n`;

export const zones = {
  'root.zone': `$ORIGIN .\n$TTL 1d\n${soa('a.root-servers.net.')}a.root-servers.net. A 198.51.100.1\ncom NS dns.com.\ndns.com. A 198.51.100.2\n`,
  'com.zone': `$ORIGIN com.\n$TTL 1d\n${soa('dns')}dns A 198.51.100.2\nabc NS dns.abc\ndns.abc A 203.0.113.53\n`,
  'abc.com.zone': `$ORIGIN abc.com.\n$TTL 300\n${soa('dns')}dns A 203.0.113.53\ny A 203.0.113.80\nwww CNAME y\nmail MX 10 y\n`,
};

type Changed = NonNullable<Parameters<typeof lessonText>[0]>;

/** A lesson of this network: all servers run, m asks for y.abc.com. */
const parts: Changed = {
  topology,
  runs: apps(stub, recursive, ...servers),
  script: 'script:\n  - {at: 0ms, host: m, call: resolve, name: y.abc.com, as: q}\n',
  beats: 'beats:\n  - {when: {sends: m, nth: 1}, say: {en: asks, zh: 提问}}\n',
};

export const textOf = (changed: Changed = {}): string => lessonText({...parts, ...changed});

const loaded = (changed: Changed, files: Readonly<Record<string, string>>) =>
  loadLesson(textOf(changed), 'lessons/dns/sample.yaml', {zones: new Map(Object.entries(files))});

export const load = (changed: Changed = {}, files: Readonly<Record<string, string>> = zones): Lesson => {
  const lesson = loaded(changed, files);
  if (!lesson.ok) expect.fail(lesson.error.map(errorLine).join('\n'));
  return lesson.value;
};

/** As they are printed: in zone files with the file. */
export const errorsOf = (
  changed: Changed,
  files: Readonly<Record<string, string>> = zones,
): readonly Told[] => {
  const lesson = loaded(changed, files);
  if (lesson.ok) expect.fail('no error was found');
  return lesson.error.map((error) => {
    expect(error.message.zh).not.toBe('');
    expect(error.remedy.zh).not.toBe('');
    return {...toldError(error), ...(error.file === 'lessons/dns/sample.yaml' ? {} : {file: error.file})};
  });
};

export const script = (...causes: readonly string[]): string =>
  `script:\n${causes.map((cause) => `  - ${cause}\n`).join('')}`;

/** What calls came to, in order: `m 130 ok 203.0.113.80`. */
export const answersOf = (lesson: Lesson, run = 'base'): readonly string[] =>
  [...traceOf(lesson, run).events()].flatMap((event) => {
    if (event.kind !== 'answer' || !('records' in event.answer)) return [];
    const {result, records} = event.answer;
    const addresses = records.flatMap(({data}) => ('address' in data ? [data.address] : []));
    return [[event.host, event.atUs / 1000, result, ...addresses].join(' ')];
  });

/** Who sends what: RD of every message, in order. */
export const sent = (lesson: Lesson, run = 'base'): readonly string[] =>
  [...traceOf(lesson, run).events()].flatMap((event) => {
    if (event.kind !== 'send' || event.hop > 0) return [];
    return dnsMessagesOf(event).map(({flags}) => `${event.host}: RD=${flags.rd ? 1 : 0}`);
  });
