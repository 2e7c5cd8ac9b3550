// Oracle: what tshark 4.0.17 and the kernels' socket tables said about recorded captures (fixtures/inspected/README.md). Where the
// whole set of reference captures is at hand, the rest of it, too.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {asInOlderSideFiles, asInSideFiles, inspectionJson} from '../helpers/inspection-json.ts';
import {asksOthers, some} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';

const ownFolder = fileURLToPath(new URL('../fixtures/inspected/', import.meta.url));
const todayFolder = fileURLToPath(new URL('../fixtures/captures-today/', import.meta.url));
const sharedFolder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url));

/** JSON. */
type Value = null | boolean | number | string | readonly Value[] | {readonly [name: string]: Value};
type Side = {readonly [name: string]: Value};

const folders = [ownFolder, todayFolder, captureFolder, sharedFolder];

const find = (name: string): string | undefined =>
  folders.map((folder) => folder + name).find((path) => existsSync(path));

const sideFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).filter((name) => /^\d\d[a-z]-.*\.json$/.test(name) && !name.includes('.tshark.'))
    : [];

const own = sideFiles(ownFolder);
/** Of a 101 the file does not tell the field Connection; the rest is read in the test of HTTP/2. */
const apart = new Set(['21i-h2c-upgrade.json']);
const today = sideFiles(todayFolder).filter((name) => !apart.has(name));
const rest = sideFiles(sharedFolder).filter((name) => !own.includes(name));

/** How the file was made, and what its README calls wrong. */
const notCompared = new Set([
  ...['name', 'topic', 'what', 'file', 'note', 'notes', 'keylog', 'kernelStates', 'capturedAt', 'expect'],
  ...['pskAccepted', 'minimum', 'story', 'oddReplies'],
  // Compared in `http2-captured.test.ts` and with QUIC.
  ...['http2', 'http2Faults', 'quic', 'http3'],
]);

const compared = (value: Value): Value => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(compared);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !notCompared.has(name))
      .map(([name, inner]) => [
        name,
        name === 'durationSeconds' && typeof inner === 'number'
          ? Math.round(inner * 1000) / 1000
          : compared(inner),
      ]),
  );
};

const sideOf = (name: string): Side => {
  const folder = [ownFolder, todayFolder].find((each) => existsSync(each + name)) ?? sharedFolder;
  return JSON.parse(readFileSync(folder + name, 'utf8'));
};

const inspected = async (side: Side): Promise<Side | undefined> => {
  const path = find(String(side['file']));
  if (path === undefined) throw new Error(`no capture ${side['file']}`);
  const read = await inspectCapture(path);
  if (!read.ok) return undefined;
  const {inspector, facts} = read.value;
  const keyLog = find(String(side['file']).replace(/\.pcap(ng)?$/, '.keys'));
  const keys = keyLog && {log: parseKeyLog(readFileSync(keyLog)), unlock: unlockWith(nodeCrypto)};
  const {connections} = inspector;
  const tls = capturedTls(connections, keys || undefined);
  return inspectionJson(facts, inspector, allShown(inspector, tls));
};

/** Of responses that end with their connection tshark tells no frame, nor their content's type. */
const untold = new Set(['24e-tls10-tls11.json', '24g-tls-chacha20-ocsp.json']);

const withoutEnd = ({contentType: _, responseFrame: __, ...told}: Side): Side => told;

/** Told in side files of their topic only. */
const ofTopics = ['arp', 'icmp', 'dhcp', 'http', 'httpFaults'];

const asTold = (name: string, found: Value, side: Side): Value => {
  if (!today.includes(name)) return found && asInOlderSideFiles(found);
  const kept = Object.entries(Object(asInSideFiles(found))).filter(
    ([member]) => member in side || !ofTopics.includes(member),
  );
  const members = kept.map(([member, value]) => [
    member,
    member === 'http' && untold.has(name) && Array.isArray(value) ? value.map(withoutEnd) : value,
  ]);
  return Object.fromEntries(members);
};

const judge = async (name: string): Promise<void> => {
  const side = sideOf(name);
  const found = await inspected(side);
  if (side['expect'] === 'error') {
    expect(found).toBeUndefined();
    return;
  }
  const ours = compared(asTold(name, found ?? null, side));
  // Of a damaged file the side file tells only what can be read.
  if (side['expect'] !== undefined) expect(ours).toMatchObject(Object(compared(side)));
  else expect(ours).toEqual(compared(side));
};

describe('what inspect finds is what is in the capture', () => {
  it.each(some([...own, ...today], 40))('%s', judge);
});

test.skipIf(rest.length === 0 || !asksOthers())(
  `other reference captures${rest.length === 0 ? ` (skipped: no others in ${sharedFolder})` : ''}`,
  async () => {
    for (const name of rest) await judge(name);
  },
);

// RFC 2308 §3: the SOA of a negative answer lives for the lesser of its own TTL and its last number.
it('a negative answer says how long it may be kept', async () => {
  const found = await inspected(sideOf('13c-dns-nxdomain.json'));
  const dns = (found?.['dns'] ?? []) as readonly {authority: readonly {ttl: number; minimum?: number}[]}[];
  const records = dns.flatMap(({authority}) => authority).filter(({minimum}) => minimum !== undefined);
  expect(records.length).toBeGreaterThan(0);
  for (const {ttl, minimum} of records) expect(ttl).toBeLessThanOrEqual(minimum ?? 0);
});
