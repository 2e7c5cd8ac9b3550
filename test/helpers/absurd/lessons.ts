// Lessons that nobody would write: valid ones that go on without end, and text that is hardly a lesson.

const times = (count: number, part: (nth: number) => string): string =>
  Array.from({length: count}, (_, nth) => part(nth)).join('');

const head = (id: string): string => `format: 1
id: ${id}
title: {en: Absurd, zh: 荒唐}
summary: {en: Absurd, zh: 荒唐}
track: tcp-open
minutes: 1
rfc: [9293 §3.5]
`;

const beats =
  'beats:\n  - {when: {enters: ESTABLISHED, host: client}, say: {en: It is open., zh: 连接建立。}}\n';

/** `client`, `server`: what else their TCP is told; `path`: what else the link is. */
type Shape = {
  readonly top?: string;
  readonly client?: string;
  readonly server?: string;
  readonly path?: string;
  readonly script?: string;
  readonly rest?: string;
};

const topology = ({client = '', server = '', path = 'delay: 10ms'}: Shape): string => `topology:
  hosts:
    client: {ip: 192.0.2.10${client}}
    server: {ip: 198.51.100.20${server}}
  links:
    - {name: path, between: [client, server], ${path}}
`;

const opening = `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000}
`;

const tcp = (shape: Shape) => (id: string) =>
  [head(id), shape.top ?? '', topology(shape), opening, shape.script ?? '', shape.rest ?? beats].join('');

const http =
  (server: string, get = '') =>
  (id: string) =>
    `${head(id)}${topology({})}script:
  - {at: 0ms, host: client, call: get, url: 'http://server/'${get}}
apps:
  - {host: server, http: {routes: [{get: /, ${server}}]}}
  - {host: client, http: {browser: {connections: 100, redirects: 1000000000}}}
beats:
  - {when: {at: 0ms}, say: {en: a, zh: 甲}}
`;

const stub = (settings: string) => (id: string) =>
  `${head(id)}${topology({})}script:
  - {at: 0ms, host: client, call: resolve, name: www.a.test, type: A, repeat: {times: 1000000000, every: 1us}}
apps:
  - {host: client, dns: {stub: {${settings}}}}
beats:
  - {when: {at: 0ms}, say: {en: a, zh: 甲}}
`;

const connected = '{host: client, event: connected}';
const send = (bytes: number): string => `  - {on: ${connected}, call: send, bytes: ${bytes}}\n`;
const always = 'repeat: {times: 1000000000, every: 0us}';
const forYears = 'limit: 270000h\n';

/** Valid, and too long by far. */
export const endless: Readonly<Record<string, (id: string) => string>> = {
  gigabyte: tcp({script: send(1_000_000_000)}),
  'no-delay': tcp({script: send(1_000_000_000), path: 'delay: 0ms'}),
  'wide-window': tcp({
    script: send(1_000_000_000),
    client: ', tcp: {sndBuffer: 999MiB, windowScale: 14, mss: 1}',
    server: ', tcp: {rcvBuffer: 999MiB, windowScale: 14}',
  }),
  jumbo: tcp({
    script: `${send(1_000_000_000)}${send(1_000_000_000)}${send(1_000_000_000)}`,
    path: 'delay: 0ms, mtu: 65535',
    client: ', tcp: {sndBuffer: 999MiB, windowScale: 14, mss: 65495}',
    server: ', tcp: {rcvBuffer: 999MiB, windowScale: 14, mss: 65495}',
  }),
  'tiny-segments': tcp({script: send(1_000_000), client: ', tcp: {mss: 1}'}),
  'many-sends': tcp({script: `  - {on: ${connected}, call: send, bytes: 1, ${always}}\n`}),
  'many-receives': tcp({script: `  - {on: ${connected}, call: receive, bytes: 1, ${always}}\n`}),
  'many-connects': tcp({
    script: `  - {at: 0ms, host: client, call: connect, to: 'server:80', ${always}}\n`,
  }),
  refusals: tcp({script: `  - {at: 0ms, host: client, call: connect, to: 'server:81', ${always}}\n`}),
  crashes: tcp({script: `  - {at: 0ms, host: server, call: crash, ${always}}\n`}),
  'link-changes': tcp({script: `  - {at: 0ms, call: setLink, link: path, delay: 1ms, ${always}}\n`}),
  flood: tcp({
    server: ', tcp: {backlog: 1000000000}',
    script: `  - {at: 0ms, host: client, call: spoofSyn, to: 'server:80', source: 0.0.0.0-255.255.255.255, ${always}}\n`,
  }),
  heartbeat: tcp({
    top: forYears,
    script: `  - {on: ${connected}, call: heartbeat, every: 1us, limit: 1h, bytes: 1000000000}\n`,
  }),
  'keep-alive': tcp({
    top: forYears,
    client: ', tcp: {keepAlive: {idle: 1us, interval: 1us, probes: 1000000000}}',
  }),
  'no-time-out': tcp({
    top: forYears,
    client: ', tcp: {initialRto: 0us, minRto: 0us, maxRto: 0us, synRetries: 1000000000}',
    path: 'delay: 10ms, loss: 100%',
  }),
  'fifty-runs': tcp({
    script: send(3_000_000),
    rest: `${beats}runs:\n${times(50, (nth) => `  r${nth}: {}\n`)}`,
  }),
  redirects: http('redirect: /'),
  'many-gets': http('body: 1MiB', ', repeat: {times: 1000000000, every: 1us}'),
  'many-questions': stub('servers: [198.51.100.20], timeout: 0us, attempts: 1000000000'),
};

/** Text that is refused, whatever it costs to say why. */
export const unreadable: Readonly<Record<string, (id: string) => string>> = {
  'a-long-body': http('body: 999999999MiB'),
  'a-long-promise': http('body: a, headers: {Content-Length: 999999999}'),
  'a-large-cookie': http('cookies: {a: 400000000}'),
  'empty-chunks': http('body: 99, chunks: 0B'),
  numbers: tcp({
    script: `  - {at: .inf, host: client, call: send, bytes: 1e308}
  - {at: 999999999h, host: client, call: send, bytes: 99999999999999999999999}
  - {at: 0ms, host: client, call: send, bytes: .nan}
`,
  }),
  'delays-of-years': tcp({rest: `${beats}runs: {base: {faults: ['delay=999999999h@nth=1-']}}\n`}),
  hosts: tcp({rest: `${beats}apps:\n${times(3000, () => '  - {host: client}\n')}`}),
  beats: tcp({
    rest: `beats:\n${times(4000, (nth) => `  - {when: {sends: client, nth: ${nth + 1}}, say: {en: a, zh: 甲}}\n`)}`,
  }),
  causes: tcp({script: times(4000, () => "  - {at: 0ms, host: client, call: connect, to: 'server:80'}\n")}),
  'a-long-sum': tcp({rest: beats.replace('It is open.', `'{${'1+'.repeat(100_000)}1}'`)}),
  'nested-selectors': tcp({
    rest: `beats:\n  - {when: ${'{sends: client, after: '.repeat(5000)}{sends: client}${'}'.repeat(5000)}, say: {en: a, zh: 甲}}\n`,
  }),
  laughs: (id) =>
    `${head(id)}a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n${[...'bcdefghi']
      .map((name, nth) => `${name}: &${name} [${new Array(9).fill(`*${'abcdefgh'[nth]}`).join(', ')}]\n`)
      .join('')}`,
  brackets: () => '['.repeat(200_000),
  'brackets-on-lines': () => '[\n'.repeat(90_000),
  'nested-lists': () => '- '.repeat(100_000),
  questions: () => '? '.repeat(100_000),
  quotes: () => '"'.repeat(200_000),
  'many-keys': () => times(20_000, (nth) => `k${nth}: 1\n`),
  'one-key': () => 'k: 1\n'.repeat(40_000),
  'open-quotes': () => 'k: "\n'.repeat(40_000),
  tabs: () => 'k:\n\tx: 1\n'.repeat(25_000),
  documents: () => '---\n'.repeat(60_000),
  comments: () => '#\n'.repeat(130_000),
  long: () => 'a'.repeat(4_000_000),
  longer: () => 'a'.repeat(5_000_000),
};
