// Oracle: tshark, by way of `oracle/`, which makes of its fields what the README of the reference captures says the side files
// hold. First it has to reproduce side files that somebody else made; then ours are held against it, on captures
// that the importer was not written for.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {allShown} from '../../source/observe/inspection-json.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {asInOlderSideFiles, inspectionJson} from '../helpers/inspection-json.ts';
import {few} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';
import {tsharkMissing} from '../wire/tshark.ts';
import type {Facts} from './oracle/facts.ts';
import {sideFileOf} from './oracle/side-file.ts';

const folder = fileURLToPath(new URL('../fixtures/captures-made/', import.meta.url));
const made = readdirSync(folder).filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name));

const missing = tsharkMissing();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;

const nameOf = (file: string): string => file.replace(/\.pcap(ng)?(\.gz)?$/, '');

const keyLogOf = (file: string): string | undefined => {
  const keys = `${nameOf(file)}.keys`;
  return readdirSync(folder).includes(keys) ? folder + keys : undefined;
};

const recorded = (name: string): Facts => JSON.parse(readFileSync(`${folder}${nameOf(name)}.json`, 'utf8'));

const inspected = async (name: string): Promise<Facts> => {
  const read = await inspectCapture(folder + name);
  if (!read.ok) throw new Error(name);
  const {facts, inspector} = read.value;
  const keyLog = keyLogOf(name);
  const keys = keyLog && {log: parseKeyLog(readFileSync(keyLog)), unlock: unlockWith(nodeCrypto)};
  const {connections} = inspector;
  const tls = capturedTls(connections, keys || undefined);
  const {httpFaults: _, ...told} = inspectionJson(facts, inspector, allShown(inspector, tls));
  return Object(asInOlderSideFiles(told));
};

describe('captures that nobody wrote the importer for', () => {
  it.each(made)('%s', async (name) => {
    expect(await inspected(name)).toEqual(recorded(name));
  });
});

/** Some of each kind: one takes tshark half a second. */
const known = [
  ...['00c-simultaneous-open', '09e-everything-twice', '06c-refused-three-ports', '16a-tls12-rsa-gcm'],
  ...['13e-dns-truncated-tcp', '14i-http-post-large-expect', '16h-tls13-hello-retry'],
];

const isOfTheFile = (name: string): boolean =>
  ![
    'topic',
    'what',
    'file',
    'notes',
    'keylog',
    'kernelStates',
    'capturedAt',
    'minimum',
    'pskAccepted',
  ].includes(name);

const compared = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(compared);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([name]) => isOfTheFile(name));
  return Object.fromEntries(
    entries.map(([name, inner]) => [
      name,
      name === 'durationSeconds' ? Math.round(inner * 1000) / 1000 : compared(inner),
    ]),
  );
};

const sideFolders = [captureFolder, fileURLToPath(new URL('../fixtures/inspected/', import.meta.url))];

const found = (file: string): string => {
  const where = sideFolders.find((each) => readdirSync(each).includes(file));
  if (where === undefined) throw new Error(`no ${file}`);
  return where + file;
};

describe.skipIf(missing !== undefined)(`what tshark says${because}`, () => {
  it.each(known)('is what the side file of %s says', (name) => {
    const {name: _, ...side} = JSON.parse(readFileSync(found(`${name}.json`), 'utf8'));
    const keys = `${name}.keys`;
    const keyLog = readdirSync(captureFolder).includes(keys) ? captureFolder + keys : undefined;
    expect(sideFileOf(found(side.file), keyLog)).toEqual(compared(side));
  });

  // With `-u` it writes them.
  it.each(few(made, 12))('is what lies beside %s', async (name) => {
    const facts = sideFileOf(folder + name, keyLogOf(name));
    await expect(`${JSON.stringify(facts, undefined, 1)}\n`).toMatchFileSnapshot(
      `${folder}${nameOf(name)}.json`,
    );
  });
});
