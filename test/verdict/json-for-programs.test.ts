// What `inspect --json` tells programs of each capture: members that are always there, and values that fit each other. The rules are
// those of docs/findings.md and docs/reference.md.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';
import {FrameTimes} from '../../source/observe/frame-times.ts';
import {nextIds} from '../../source/verdict/next.ts';
import {some} from '../helpers/seeds.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));

const capturesIn = (folder: string): readonly string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name))
    .map((name) => join(folder, name));

const others = existsSync(shared)
  ? readdirSync(shared).filter((name) => name.startsWith('captures'))
  : console.info(`${shared} is absent, so only the captures of test/fixtures are read`);
const paths = [...capturesIn(fixtures), ...(others ?? []).flatMap((name) => capturesIn(join(shared, name)))];

type Verdict = {readonly id: string; readonly where?: string; readonly host?: string; readonly role?: string};
type Outcome = {
  readonly id: string;
  readonly by: string;
  readonly frame: number;
  readonly undone: string | null;
};
type Found = Verdict & {
  readonly about: object;
  readonly seconds?: number;
  readonly frames: readonly number[];
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly next: {readonly id: string; readonly text: string};
};
type Conversation = {readonly verdict: Verdict; readonly outcome: Outcome};
type Told = {
  readonly packets: number;
  readonly durationSeconds: number;
  readonly verdict: Verdict & {readonly about?: object};
  readonly findings: readonly Found[];
  readonly connections: readonly (Conversation & {
    readonly number: number;
    readonly client: string;
    readonly server: string;
    readonly synSegments: number;
  })[];
  readonly conversations: readonly (Conversation & {readonly id: string})[];
  readonly icmp?: {readonly errors: readonly {readonly about: object}[]};
};

const toldOf = (path: string): Told | undefined => {
  const bytes = readFileSync(path);
  const read = readCapture(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  return read.ok ? JSON.parse(JSON.stringify(inspectionOf(read.value))) : undefined;
};

const outcomes = ['complete', 'refused', 'unanswered', 'broken-off', 'cut', 'unknown'];
const parties = ['client', 'server', 'path', 'unknown'];
const left = ['request', 'response', 'close', 'data', null];

const isOutcome = ({id, by, frame, undone}: Outcome, packets: number): boolean =>
  outcomes.includes(id) && parties.includes(by) && left.includes(undone) && frame >= 1 && frame <= packets;

/** An address comes with its role, and with a party that has one. */
const isHost = ({where = 'unknown', host, role}: Verdict): boolean => {
  if (host === undefined) return role === undefined;
  const hasAddress = where !== 'unknown' && where !== 'capture';
  return (
    hasAddress && /^[\d.]+$|:/.test(host) && !/\]/.test(host) && ['seen', 'guessed'].includes(role ?? '')
  );
};

const isAbout = (about: object, {connections, conversations}: Told): boolean => {
  if ('connection' in about) return connections.some(({number}) => number === about.connection);
  if ('conversation' in about) return conversations.some(({id}) => id === about.conversation);
  return 'hosts' in about && Array.isArray(about.hosts) && [1, 2].includes(about.hosts.length);
};

const faultsOf = (told: Told): readonly unknown[] => {
  const {verdict, findings, connections, conversations, packets, durationSeconds, icmp} = told;
  const isOne = findings.some(
    ({id, about}) => id === verdict.id && JSON.stringify(about) === JSON.stringify(verdict.about),
  );
  const endUs = durationSeconds * 1e6 + 500;
  const lasts = ({fromUs = -1, toUs = -1, seconds}: Found): boolean =>
    (seconds === undefined && toUs < 0) ||
    (Number.isInteger(fromUs) && Number.isInteger(toUs) && 0 <= fromUs && fromUs <= toUs);
  const isInFile = ({toUs = 0}: Found): boolean =>
    toUs <= endUs || findings.some(({id}) => id === 'clock-backwards');
  const steps: readonly string[] = nextIds;
  const all = [...connections, ...conversations];
  return [
    ...(verdict.id === 'fine' || isOne ? [] : [verdict]),
    ...connections.filter(({number}, index) => number !== index + 1),
    ...all.filter(({outcome}) => !isOutcome(outcome, packets)),
    ...[verdict, ...findings, ...all.map((each) => each.verdict)].filter((each) => !isHost(each)),
    ...findings.filter((each) => !lasts(each) || !isInFile(each)),
    ...findings.filter(({next}) => !steps.includes(next.id) || next.text === ''),
    ...(icmp?.errors ?? []).filter(({about}) => !isAbout(about, told)),
    ...connections.filter(
      ({verdict: {where = '', host}, client, server}) =>
        (where.startsWith('client') && !client.includes(host ?? '?')) ||
        (where === 'server-program' && !server.includes(host ?? '?')),
    ),
  ];
};

test.each(some(paths, 160))('%s', (path) => {
  const told = toldOf(path);
  if (told) expect(faultsOf(told)).toEqual([]);
});

const wild = (name: string): Told => {
  const told = toldOf(`${fixtures}wild/${name}.pcap`);
  if (!told) throw new Error(name);
  return told;
};

test('who the server is, is seen by a SYN, guessed from a known port, and not said without either', () => {
  const aborts = wild('server-really-aborts-control').verdict;
  expect(aborts).toMatchObject({id: 'reset-abort', where: 'server-program', role: 'seen'});
  const waits = wild('in-flight-nothing-outstanding-control').verdict;
  expect(waits).toMatchObject({id: 'sender-waits', where: 'server-program', role: 'guessed'});
  const shell = wild('roles-without-handshake').verdict;
  expect([shell.where, shell.host]).toEqual(['unknown', undefined]);
});

test('of a long capture, times are known of every second, fourth … frame', () => {
  const times = new FrameTimes(8);
  for (let frame = 1; frame <= 40; frame++) times.add(10 * frame);
  expect([1, 2, 8, 9, 40].map((frame) => times.at(frame))).toEqual([10, 10, 10, 90, 330]);
});
