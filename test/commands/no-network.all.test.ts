// The program reaches no network: nothing in the bundle names one, every command runs where each way to one throws, and in Linux
// where there is no interface at all.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {afterAll, describe, expect, test} from 'vitest';
import {catalog} from '../../source/commands/catalog.ts';
import {filesIn, metafiles} from '../helpers/built.ts';
import {compiledEnv, homeEnv} from '../helpers/home-env.ts';
import {root} from '../helpers/root.ts';
import {few} from '../helpers/seeds.ts';
import {program, Terminal} from '../helpers/terminal.ts';

const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
afterAll(() => rmSync(home, {recursive: true}));
const log = join(home, 'network.log');
const guard = pathToFileURL(join(root, 'test/fixtures/no-network.mjs')).href;
const attempts = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

describe('the bundle', () => {
  const built = metafiles();

  test('imports only what is not a network', () => {
    const used = new Set(filesIn(built));
    const outside = built
      .flatMap(({inputs}) => Object.entries(inputs))
      .filter(([file]) => used.has(file))
      .flatMap(([file, {imports}]) =>
        imports.filter(({external}) => external).map(({path}) => [file, path.replace(/^node:/, '')] as const),
      );
    const modules = new Set(outside.map(([, path]) => path.split('/')[0] ?? ''));
    expect([...modules]).toContain('fs');
    const networks = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'inspector', 'cluster', 'quic'];
    // A named pipe is read through a Socket made of its descriptor: so the reading can be given up. It connects to nothing.
    expect(outside.filter(([, path]) => networks.includes(path.split('/')[0] ?? ''))).toEqual([
      ['source/io/capture-source.ts', 'net'],
    ]);
    // Another package would be one that is not bundled, and that nobody has installed.
    expect([...modules].filter((name) => !builtinModules.includes(name))).toEqual([]);
  });

  test('calls nothing that is one', () => {
    const reaching =
      /\b(?:fetch|sendBeacon|getBuiltinModule)\s*\((?!'node:(?:fs|module)'\))|\bnew (?:WebSocket|XMLHttpRequest|EventSource)\b/;
    const found = filesIn(built).filter((file) => reaching.test(readFileSync(join(root, file), 'utf8')));
    // The loader of Yoga would fetch its WebAssembly in a browser; ours hands it over (scripts/package-changes.mjs).
    // MiniSearch has maps with a method of this name, which looks up a key.
    expect(found.toSorted()).toEqual([
      'node_modules/minisearch/dist/es/index.js',
      'node_modules/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
    ]);
  });
});

const capture = 'test/fixtures/captures/00a-handshake-only.pcap';

/** Of each command what it does without a terminal. */
const calls: Readonly<Record<string, readonly (readonly string[])[]>> = {
  list: [['list']],
  play: [['play', 'url-to-page']],
  show: [
    ['show', 'https-tls13', '--json'],
    ['show', 'test/fixtures/packetdrill/open-active.pkt'],
    ['show', capture],
  ],
  inspect: [['inspect', capture]],
  explain: [
    ['explain', capture, '--packet', '1'],
    ['explain', capture, '--connection', '1', '--json'],
  ],
  interview: [['interview', '--json']],
  challenge: [['challenge'], ['challenge', 'crossed-fins']],
  search: [['search', 'connection', 'reset', '--json']],
  review: [['review']],
  words: [['words']],
  progress: [['progress']],
  export: ['pcapng', 'html', 'svg', 'anki'].map((format) => [
    'export',
    'dns-cache',
    '--format',
    format,
    '-o',
    join(home, `out.${format}`),
  ]),
  quiz: [['quiz', 'handshake', '--seed', '3', '--count', '4', '--json']],
  check: [['check', 'lessons/http/http-request.yaml', 'test/fixtures/packetdrill/open-active.pkt']],
  new: [
    ['new', join(home, 'mine')],
    ['new', '--pack', join(home, 'pack')],
  ],
};

type Started = {readonly command?: string; readonly before?: readonly string[]};
const run = (
  args: readonly string[],
  {command = process.execPath, before = ['--import', guard]}: Started = {},
) =>
  spawnSync(command, [...before, program, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {...homeEnv(home), ...compiledEnv, NETWORK_LOG: log, LANG: 'C.UTF-8'},
    maxBuffer: 64 * 2 ** 20,
  });

describe('where every way to a network throws', () => {
  test.each([
    ["fetch('http://127.0.0.1:9')", 'fetch'],
    ["import('node:net').then(({connect}) => connect(9))", 'net.connect'],
    ["import('node:dns').then(({promises}) => promises.lookup('localhost'))", 'dns.promises.lookup'],
    ["new (require('node:net').Socket)().connect(9)", 'net.Socket.connect'],
  ])('the guard sees %s', (code, name) => {
    spawnSync(process.execPath, ['--import', guard, '-e', code], {env: {NETWORK_LOG: log}});
    expect(attempts()).toBe(`${name}\n`);
    rmSync(log);
  });

  test('every command has its calls here', () => {
    expect(Object.keys(calls).sort()).toEqual(catalog.map(({name}) => name).sort());
  });

  test.each(few([...Object.values(calls).flat(), []], 6))('%s %s %s', (...args) => {
    const {status, stderr} = run(args);
    expect({status, stderr, attempts: attempts()}).toEqual({status: 0, stderr: '', attempts: ''});
  });

  test.each([
    ['the menu', [], 'packet-tutor'],
    ['the player', ['play', 'https-why'], 'client'],
  ] as const)('%s', async (_, args, shown) => {
    const terminal = new Terminal(args, {env: {NODE_OPTIONS: `--import=${guard}`, NETWORK_LOG: log}});
    await terminal.shows(shown);
    await terminal.quiet();
    terminal.type('\x03');
    expect(await terminal.exit()).toBe(130);
    terminal.close();
    expect(attempts()).toBe('');
  });
});

const alone = ['--map-root-user', '--net', process.execPath];
const noNamespace =
  process.platform === 'linux'
    ? spawnSync('unshare', [...alone, '-e', '']).status !== 0 && 'no unshare --net here'
    : 'network namespaces are Linux’s';
if (noNamespace) console.warn(`skipped: without an interface (${noNamespace})`);

describe.skipIf(noNamespace)('without an interface', () => {
  test.each([
    ['list'],
    ['show', 'https-tls13'],
    ['inspect', capture],
    ['quiz', 'dns', '--seed', '1', '--json'],
  ])('%s %s', (...args) => {
    const {status, stdout} = run(args, {command: 'unshare', before: alone});
    expect(status).toBe(0);
    expect(stdout).toBe(run(args, {before: []}).stdout);
  });
});
