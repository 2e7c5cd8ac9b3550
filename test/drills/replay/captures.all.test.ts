// Oracle: what real kernels sent. Our stack gets the same calls, delays and losses, and has to send the same segments.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {type Again, replaysOf, tallyOf, told} from '../../helpers/replayed.ts';
import {captureFiles, captureFolder, readBytes} from '../../wire/captures.ts';

const sharedFolder = fileURLToPath(new URL('../../../../shared/captures/', import.meta.url));
const others = existsSync(sharedFolder)
  ? readdirSync(sharedFolder).filter((name) => /\.pcap(ng)?$/.test(name) && !captureFiles.includes(name))
  : [];

/** Of a flood, a few. */
const mostConnections = 20;

const allOf = (folder: string, names: readonly string[]): readonly (Again | string)[] =>
  names.flatMap((name) => replaysOf(readFileSync(folder + name), mostConnections));

const simulatedOf = (all: readonly (Again | string)[]): readonly Again[] =>
  all.flatMap((each) => (typeof each === 'string' ? [] : [each]));

/** Only what is not the stack's doing differs: paths that do not keep the order, programs that no packet tells of. */
const holds = (all: readonly Again[], least: number): void => {
  const tally = tallyOf(all);
  console.log(told(tally));
  expect(tally.whole / tally.connections).toBeGreaterThanOrEqual(least);
  expect(tally.alike / tally.packets).toBeGreaterThan(0.93);
  expect(tally.extra / tally.packets).toBeLessThan(0.1);
};

test('connections of recorded captures', () => {
  const all = allOf(captureFolder, captureFiles);
  const again = simulatedOf(all);
  holds(again, 0.95);
  expect(again.length).toBeGreaterThan(40);
  for (const {agreement} of again) {
    const places = agreement.pairs.map(({capture, simulated}) => capture ?? simulated);
    expect(places).not.toContain(undefined);
    for (const {capture, simulated, alike} of agreement.pairs)
      if (alike) expect(simulated).toMatchObject({seq: capture?.seq, end: capture?.end, ack: capture?.ack});
  }
});

/** Where the capture has all bytes. */
test('what both programs say is what the capture has', () => {
  let compared = 0;
  for (const {agreement, replayed} of simulatedOf(allOf(captureFolder, captureFiles))) {
    if (replayed.assumptions.some(({kind}) => kind === 'octets')) continue;
    for (const {capture, simulated, alike} of agreement.pairs) {
      if (!alike || !capture || capture.length === 0) continue;
      expect(Buffer.from(simulated?.bytes ?? []).equals(capture.bytes)).toBe(true);
      compared += capture.length;
    }
  }
  expect(compared).toBeGreaterThan(100_000);
});

test.skipIf(others.length === 0)(
  `other reference captures${others.length === 0 ? ` (skipped: no others in ${sharedFolder})` : ''}`,
  () => holds(simulatedOf(allOf(sharedFolder, others)), 0.92),
);

test('what a capture lacks is a reason, not a guess', () => {
  const file = readFileSync(`${captureFolder}01a-client-close-idle.pcap`);
  const flagsAt = 14 + 20 + 13;
  const isSegment = (bytes: Uint8Array): boolean => bytes[12] === 0x08 && bytes[23] === 6;
  const is = (bytes: Uint8Array, flags: number): boolean => isSegment(bytes) && bytes[flagsAt] === flags;
  expect(replaysOf(file, 1, (bytes) => !is(bytes, 0x02))).toEqual(['begins-before']);
  const syn = readBytes(file).records.find(({bytes}) => is(bytes, 0x02))?.bytes;
  const port = syn && String(syn.subarray(34, 36));
  const isCaller = (bytes: Uint8Array): boolean => String(bytes.subarray(34, 36)) === port;
  expect(replaysOf(file, 1, isCaller)).toEqual(['one-sided']);
});
