// Questions about long captures: of their beginning, or of one connection after the other; bounded either way.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {askable} from '../../source/app/askable.ts';
import {openAskedIn, questionsAbout} from '../../source/app/asked-about.ts';
import {captureOpened} from '../../source/app/open-capture.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {firstPackets, mostPackets} from '../../source/quiz/excerpt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {capturedTrace, capturePath} from '../helpers/captured.ts';
import {readBytes} from '../wire/captures.ts';

test('the beginning has the numbers, times and events of the whole', () => {
  const whole = capturedTrace('18a-mixed-twelve.pcap');
  const part = firstPackets(whole, 20);
  expect(part.packetCount).toBe(20);
  expect(part.packet(20).bytes).toEqual(whole.packet(20).bytes);
  const events = [...part.events()];
  expect(events.length).toBeGreaterThan(30);
  for (const event of events) {
    const {kind, atUs, host} = whole.event(event.n);
    expect(event).toMatchObject({kind, atUs, host});
    if ('packet' in event) expect(event.packet).toBeLessThanOrEqual(20);
  }
  expect(events.at(-1)).toMatchObject({kind: 'send', packet: 20});
  expect(firstPackets(whole, whole.packetCount)).toBe(whole);
});

const wanted = mostPackets + 500;

/** The same connections again and again, each time between other hosts: the second octets of their IPv4 addresses. */
const long = () => {
  const {records} = readBytes(readFileSync(capturePath('18a-mixed-twelve.pcap')));
  const index = new CaptureIndex({contents: true});
  const copies: Uint8Array[] = [];
  for (let round = 0; copies.length < wanted; round += 1) {
    for (const record of records) {
      const bytes = new Uint8Array(record.bytes);
      if (bytes[12] === 8 && bytes[13] === 0) bytes[27] = bytes[31] = round;
      index.add({...record, bytes, atUs: record.atUs + round * 10_000_000, fileOffset: copies.length});
      copies.push(bytes);
    }
  }
  const read = (at: number): Uint8Array => copies[at] ?? new Uint8Array();
  const trace = index.trace({source: 'long.pcap', read});
  return captureOpened({trace, warning: undefined}, index.inspector);
};

test('of many connections each is asked in its turn, under its number, and shown alone', async () => {
  const opened = long();
  expect(opened.trace.packetCount).toBeGreaterThan(mostPackets);
  const questions: Question[] = [];
  for (const question of questionsAbout(opened, 7) ?? []) {
    questions.push(question);
    if (questions.length === 30) break;
  }
  const connections = questions.map(({evidence}) => evidence.connection);
  expect(new Set(connections).size).toBe(30);
  expect(new Set(questions.map(({id}) => id)).size).toBe(30);
  const [question] = questions;
  const show = openAskedIn(opened, (other) => askable(other, lessonData()));
  const shown = question && (await show(question));
  if (!shown || 'message' in shown) throw new Error('it cannot be shown');
  expect(shown.run.trace.packetCount).toBeLessThan(200);
  expect(question.evidence.packet).toBeLessThanOrEqual(shown.run.trace.packetCount);
});
