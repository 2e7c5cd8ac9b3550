// Captures that somebody has damaged or made up: bit flips, truncation, lengths that lie. Nothing throws, nothing hangs, nothing grows
// beyond its bound, whatever the bytes are. Seeded: a case that fails is case N of its file.
import {readdirSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {unlockWith} from '../../source/stack/tls/recorded/unlock.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {CaptureReader} from '../../source/wire/pcap/reader.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {inspectionJson} from '../helpers/inspection-json.ts';
import {runs} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';

const casesInAll = runs(2_100);

/** Larger ones cost more and are damaged less often. */
const smallFile = 16_384;
const casesOfLarge = runs(6, 2);

/** Of one case; it takes a millisecond on a quiet machine. */
const longestMs = 2000;
/** What all cases together may leave behind in the heap, which other tests have used before. */
const heldBound = 50 * 2 ** 20;

const heldBytes = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};

const folders = [captureFolder, fileURLToPath(new URL('../fixtures/inspected/', import.meta.url))];

const files = folders
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.pcap(ng)?$/.test(name))
      .map((name) => ({name, bytes: readFileSync(folder + name)})),
  )
  .filter(({bytes}) => bytes.length > 24);
const small = files.filter(({bytes}) => bytes.length <= smallFile);

const keyLogs = readdirSync(captureFolder)
  .filter((name) => name.endsWith('.keys'))
  .map((name) => readFileSync(captureFolder + name));
const keys = {log: parseKeyLog(Buffer.concat(keyLogs)), unlock: unlockWith(nodeCrypto)};

type Chance = (most: number) => number;

const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
};

const lies = [0, 1, 3, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, 0x01000000];

const damages: readonly ((bytes: Uint8Array, chance: Chance) => Uint8Array)[] = [
  (bytes, chance) => {
    for (let flips = 1 + chance(8); flips > 0; flips--) {
      const at = chance(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8));
    }
    return bytes;
  },
  (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
  (bytes, chance) => {
    const lie = lies[chance(lies.length)] ?? 0;
    const size = 1 << chance(3);
    const at = 24 + chance(Math.max(1, bytes.length - 28));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (at + size > bytes.length) return bytes;
    if (size === 1) view.setUint8(at, lie & 0xff);
    else if (size === 2) view.setUint16(at, lie & 0xffff, chance(2) === 0);
    else view.setUint32(at, lie, chance(2) === 0);
    return bytes;
  },
  // A stretch of one place stands at another: records and headers where none belong.
  (bytes, chance) => {
    const [from, to, size] = [chance(bytes.length), chance(bytes.length), chance(200)];
    bytes.copyWithin(to, from, Math.min(bytes.length, from + size));
    return bytes;
  },
];

const inspect = (bytes: Uint8Array, chance: Chance): number => {
  const reader = new CaptureReader();
  const inspector = new CaptureInspector();
  const index = new CaptureIndex();
  const looksOn = chance(10) === 0;
  const half = chance(bytes.length);
  for (const chunk of [bytes.subarray(0, half), bytes.subarray(half)])
    for (const record of reader.push(chunk).records) {
      inspector.add(record);
      if (looksOn) index.add(record);
    }
  reader.end();
  inspector.finish();
  const told = allOf(inspector, capturedTls(inspector.connections, keys));
  const facts = {
    format: reader.format ?? 'pcap',
    byteOrder: reader.header?.endian ?? 'little',
    timestampPrecision: 'micro',
    linkType: reader.interfaces[0]?.linkType,
    snapLength: reader.interfaces[0]?.snapLength ?? 0,
  } as const;
  const json = JSON.stringify(inspectionJson(facts, inspector, told));
  const lines = inspectionReport(
    {name: 'x', facts, inspector, told},
    {language: 'en', columns: 80, ascii: false},
  );
  const read = (offset: number, length: number) => bytes.slice(offset, offset + length);
  const events = [...index.trace({source: 'x', read}).events()];
  return json.length + lines.length + events.length;
};

test(`${casesInAll} damaged captures are read without a crash, a hang, or memory without bound`, () => {
  const share = Math.ceil(casesInAll / small.length);
  const before = heldBytes();
  let cases = 0;
  for (const {name, bytes} of files) {
    const each = bytes.length <= smallFile ? share : casesOfLarge;
    for (let seed = 0; seed < each; seed++) {
      const chance = chanceOf(seed * 7919 + name.length * 31 + bytes.length);
      const damaged = damages[seed % damages.length]?.(new Uint8Array(bytes), chance) ?? bytes;
      const begun = performance.now();
      try {
        const size = inspect(damaged, chance);
        expect(size, `${name}, case ${seed}`).toBeLessThan(2 ** 24);
      } catch (problem) {
        throw new Error(`${name}, case ${seed}`, {cause: problem});
      }
      const took = performance.now() - begun;
      if (took > longestMs) expect.fail(`${name}, case ${seed}: ${took} ms`);
      cases++;
    }
  }
  expect(heldBytes() - before).toBeLessThan(heldBound);
  expect(cases).toBeGreaterThanOrEqual(runs(2_000));
});
