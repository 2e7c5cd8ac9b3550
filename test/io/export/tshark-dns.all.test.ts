// Every DNS message of every DNS lesson, its runs and what-ifs: all `dns.` fields that tshark finds in the exported capture are those
// that we show. Where tshark 4.0 is not installed the tests are skipped and say so.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {few} from '../../helpers/seeds.ts';
import {type FrameFields, ourFields, tsharkFields, tsharkMissing} from '../../wire/tshark.ts';

const missing = tsharkMissing();
if (missing) console.log(`${missing}: DNS messages not judged`);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const dnsOnly = (frame: FrameFields): FrameFields =>
  Object.fromEntries(Object.entries(frame).filter(([name]) => name.startsWith('dns.')));

const theirs = (trace: Trace): readonly FrameFields[] => {
  const pieces = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: 'test'});
  const file = join(folder, 'export.pcapng');
  writeFileSync(file, Buffer.concat([...(pieces ?? [])]));
  return tsharkFields(file).map(dnsOnly);
};

const ours = (trace: Trace): readonly FrameFields[] =>
  Array.from({length: trace.packetCount}, (_, index) => {
    const {bytes, linkType} = trace.packet(index + 1);
    return dnsOnly(ourFields(dissect(bytes, linkType)));
  });

const runs = allRuns().filter(({lesson}) => lesson.track === 'dns');

test('there are DNS lessons', () => {
  expect(new Set(runs.map(({lesson}) => lesson.id))).toContain('dns-iterative');
});

describe.skipIf(missing !== undefined).each(few(runs, 12))('$name', (lessonRun) => {
  const trace = traceOf(lessonRun);

  test('frame N is packet N: the same DNS fields with the same values', () => {
    const frames = theirs(trace);
    expect(frames.filter((frame) => 'dns.id' in frame).length).toBeGreaterThan(0);
    expect(frames).toEqual(ours(trace));
  });
});
