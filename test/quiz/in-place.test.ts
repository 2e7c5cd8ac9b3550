// Questions at the packets of a capture: few, each before the packet that answers it, and right by that packet’s own field.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import {asCaptured, captureKinds} from '../../source/quiz/captured.ts';
import {questionsInPlace} from '../../source/quiz/in-place.ts';
import {beatOf} from '../../source/quiz/packet-question.ts';
import {dissect} from '../../source/wire/dissect.ts';
import {captureFolder, readBytes} from '../wire/captures.ts';

const traceOf = (name: string): CapturedTrace => {
  const file = readFileSync(captureFolder + name);
  const index = new CaptureIndex();
  for (const record of readBytes(file).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return index.trace({source: name, read});
};

test.each([
  '01a-client-close-idle.pcap',
  '14k-http-large-download.pcap',
  '13a-dns-full-walk.pcap',
  '16e-tls13-full.pcapng',
  '18d-vlan-tagged.pcap',
])('%s', (name) => {
  const trace = traceOf(name);
  const placed = questionsInPlace(asCaptured(trace), captureKinds);
  expect(placed.length).toBeGreaterThan(0);
  expect(placed.length).toBeLessThanOrEqual(12);
  let last = 0;
  for (const question of placed) {
    const beat = beatOf(question, trace);
    if (beat.kind === 'narration') throw new Error('it asks nothing');
    const event = trace.event(beat.event);
    if (event.kind !== 'send') throw new Error('no packet answers it');
    const {bytes, linkType, originalLength} = trace.packet(event.packet);
    const fields = dissect(bytes, linkType, originalLength).layers.flatMap((layer) => layer.fields);
    const values = fields.filter((field) => field.name === question.evidence.field).map(({value}) => value);
    // Of encrypted records the evidence stands in what they carry.
    if (question.kind !== 'record-type') expect(values.join(',')).toBe(question.evidence.value);
    expect(beat.choices.filter(({correct}) => correct)).toHaveLength(1);
    expect(beat.hides).toMatchObject({packet: event.packet});
    expect(beat.hides?.fields).toContain(question.evidence.field);
    expect(event.packet).toBeGreaterThan(last);
    last = event.packet + 2;
  }
});
