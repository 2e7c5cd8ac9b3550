// Every fact of a side file that `inspect` has a sentence for, and no such sentence without its fact. Oracle: the side files, which were
// made of tshark and the kernels' tables (fixtures/inspected/README.md).
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {some} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';

const pathOf = (folder: string): string => fileURLToPath(new URL(folder, import.meta.url));
const folders = [
  pathOf('../fixtures/inspected/'),
  captureFolder,
  pathOf('../../../shared/captures/'),
] as const;

/** Of one connection. */
type Side = {
  readonly client: string;
  readonly server: string;
  readonly opening: string;
  readonly closing: string;
  readonly packets: number;
  readonly bytesClientToServer: number;
  readonly bytesServerToClient: number;
  readonly synSegments: number;
  readonly synAckSegments: number;
  readonly resentSegments: number;
  readonly zeroWindow: number;
  readonly zeroWindowProbes: number;
  readonly keepAlives: number;
  readonly timeWaitEndedByReset?: boolean;
  readonly halfClose?: {readonly bytesAfterFin: number};
};

type SideFile = {
  readonly file: string;
  readonly packets: number;
  readonly connections?: readonly Side[];
  readonly dns?: readonly {readonly qname: string; readonly qtype: string; readonly server: string}[];
  readonly http?: readonly {
    readonly stream: number;
    readonly method: string;
    readonly target: string;
    readonly status: number | null;
    readonly cookie?: string;
    readonly setCookie?: readonly string[];
    readonly location?: string;
  }[];
  readonly tls?: {
    readonly version: string | null;
    readonly cipherSuite: string | null;
    readonly sni: string | null;
  };
};

const find = (name: string): string | undefined =>
  folders.map((folder) => folder + name).find((path) => existsSync(path));

const names = [
  ...new Set(
    folders.flatMap((folder) =>
      existsSync(folder) ? readdirSync(folder).filter((name) => /^[01]\d[a-z]-[^.]*\.json$/.test(name)) : [],
    ),
  ),
].toSorted();

const linesOf = async (name: string): Promise<readonly string[] | undefined> => {
  const path = find(name);
  const read = path === undefined ? undefined : await inspectCapture(path);
  if (!read?.ok) return undefined;
  const {inspector, facts} = read.value;
  const log = find(name.replace(/\.pcap(ng)?$/, '.keys'));
  const keys = log ? {log: parseKeyLog(readFileSync(log)), unlock: unlockWith(nodeCrypto)} : undefined;
  const told = allOf(inspector, capturedTls(inspector.connections, keys));
  const manner = {language: 'en', columns: 2000, ascii: false} as const;
  return inspectionReport({name, facts, inspector, told}, manner);
};

const opened = {
  complete: 'opened by handshake',
  refused: 'refused',
  unanswered: 'never answered by TCP',
  'half-open': 'never opened',
  simultaneous: 'opened from both ends',
  'not-captured': 'opened before the capture',
};
const closed = {
  'client-first': 'closed, the client first',
  'server-first': 'closed, the server first',
  simultaneous: 'closed from both ends at the same time',
  'reset-by-client': 'reset by the client',
  'reset-by-server': 'reset by the server',
  'half-close-by-client': 'half closed by the client',
  'half-close-by-server': 'half closed by the server',
  none: 'not closed',
};

const wordsOf = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? `no ${key}`;

/** As people write counts, by the platform: it groups four digits, too. */
const grouped = (count: number): string => (count < 10_000 ? `${count}` : count.toLocaleString('en'));

const bytes = (count: number): string => `${grouped(count)} ${count === 1 ? 'byte' : 'bytes'}`;

/** The line below the ends of each connection. */
const courseOf = (side: Side): string => {
  const {opening, closing, packets, bytesClientToServer: there, bytesServerToClient: back} = side;
  const isOpen = opening in opened && !['refused', 'unanswered', 'half-open'].includes(opening);
  const end = isOpen || closing !== 'none' ? `${wordsOf(closed, closing)}; ` : '';
  const carried = `${bytes(there)} to the server, ${grouped(back)} back, ${packets} ${packets === 1 ? 'packet' : 'packets'}`;
  return `     ${wordsOf(opened, opening)}; ${end}${carried};`;
};

const isUnopened = ({opening}: Side): boolean => ['unanswered', 'half-open'].includes(opening);

const connectionsAgree = (side: SideFile, lines: readonly string[]): void => {
  const {connections = []} = side;
  if (connections.filter(isUnopened).length >= 5) {
    expect(lines.join('\n')).toMatch(/sources? started \d+ connections/);
    return;
  }
  for (const [index, each] of connections.entries()) {
    const ends = `#${index + 1} ${each.client} → ${each.server}`;
    const at = lines.lastIndexOf(`  ${ends}`);
    expect(lines[at + 1]).toContain(courseOf(each));
  }
};

const messagesAgree = ({dns, http = [], tls}: SideFile, lines: readonly string[]): void => {
  for (const {qname, qtype, server} of dns ?? []) {
    const asked = `  ${qname === '.' ? '<Root>' : qname} ${qtype} @ ${server}`;
    expect(lines.some((line) => line.startsWith(asked))).toBe(true);
  }
  expect(lines.filter((line) => / @ .* → /.test(line))).toHaveLength(dns?.length ?? 0);
  const requests = lines.filter((line) => /^ {2}#\d+ (GET|POST|HEAD) /.test(line));
  expect(requests).toHaveLength(http.length);
  for (const [index, {stream, method, target, status, ...more}] of http.entries()) {
    const line = requests[index] ?? '';
    expect(line.startsWith(`  #${stream + 1} ${method} ${target}`)).toBe(true);
    expect(line).toMatch(status === null ? /→ no answer/ : new RegExp(`→ (100, )?${status} `));
    const {cookie, setCookie = [], location} = more;
    for (const told of [
      ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
      ...setCookie.map((value) => `Set-Cookie: ${value}`),
      ...(location === undefined ? [] : [`Location: ${location}`]),
    ])
      expect(line).toContain(told);
  }
  if (tls)
    for (const told of [tls.version, tls.cipherSuite, tls.version && tls.sni])
      if (told) expect(lines.slice(lines.indexOf('TLS')).join('\n')).toContain(told);
};

/** What no sentence may stand beside: it says that there is nothing to say. */
const isPlain = ({connections = []}: SideFile): boolean =>
  connections.every(
    (each) =>
      ['complete', 'not-captured'].includes(each.opening) &&
      each.resentSegments + each.zeroWindow + each.keepAlives === 0 &&
      !each.closing.startsWith('reset'),
  );

if (names.length < 90) console.log(`${names.length} side files at hand, others are beside the repository`);

describe('every sentence that has a number or a fact of the side file', () => {
  test.each(some(names, 40))('%s', async (name) => {
    const side: SideFile = JSON.parse(readFileSync(find(name) ?? '', 'utf8'));
    const lines = await linesOf(side.file);
    if (!lines || !side.connections) return;
    expect(lines[0]).toContain(`${side.packets} packets in `);
    connectionsAgree(side, lines);
    messagesAgree(side, lines);
    if (lines.some((line) => line.includes('Nothing went wrong.'))) expect(isPlain(side)).toBe(true);
  });
});
