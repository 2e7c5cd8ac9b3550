// Whatever a lesson's run is exported as, reading it back gives the same packets, and no state that was not there.
import {expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {type CapturedTrace, CaptureIndex} from '../../source/observe/capture-trace.ts';
import type {Trace} from '../../source/sim/trace.ts';
import type {TcpState} from '../../source/stack/tcp/states.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';
import {readBytes} from '../wire/captures.ts';

/** A run is read again where it is the first of its lesson. */
const firstRuns = allRuns().filter(({lesson, run}) => lesson.runs[0]?.name === run.name);

const readBack = (trace: Trace, at: string | undefined): CapturedTrace => {
  const pieces = captureFile({trace, format: 'pcapng', at, language: 'en', application: 'test'});
  const file = Buffer.concat([...(pieces ?? [])]);
  const index = new CaptureIndex();
  for (const record of readBytes(file).records) index.add(record);
  const read = (offset: number, length: number) => new Uint8Array(file.subarray(offset, offset + length));
  return index.trace({source: 'again', read});
};

type Courses = ReadonlyMap<string, readonly TcpState[]>;

/**
 * The states that each end went through, by host and connection. A listener that is called again (RFC 9293 §3.10.7.4) is another
 * connection to whoever watches: the one that was refused is closed.
 */
const coursesOf = (trace: Trace): Courses => {
  const courses = new Map<string, TcpState[]>();
  for (const event of trace.events()) {
    if (event.kind === 'call' && event.call === 'crash')
      for (const [end, course] of courses) if (end.startsWith(`${event.host} `)) course.push('CLOSED');
    if (event.kind !== 'state') continue;
    const end = `${event.host} ${event.connection}`;
    const course = courses.get(end) ?? [];
    course.push(event.to === 'LISTEN' && course.length > 0 ? 'CLOSED' : event.to);
    courses.set(end, course);
  }
  return courses;
};

const isWithin = (part: readonly TcpState[], whole: readonly TcpState[]): boolean => {
  let found = 0;
  for (const state of whole) if (state === part[found]) found += 1;
  return found === part.length;
};

test.each(some(firstRuns, 10))('$name', (run) => {
  const trace = traceOf(run);
  const again = readBack(trace, undefined);
  expect(again.packetCount).toBe(trace.packetCount);
  const firstUs = trace.packetCount === 0 ? 0 : trace.packet(1).sentUs;
  // Of octets each is compared by Buffer: thousands of packets are, and only what differs has to be told.
  const differing: number[] = [];
  for (let id = 1; id <= trace.packetCount; id++) {
    const [before, after] = [trace.packet(id), again.packet(id)];
    const octets = [after.bytes, ...(after.frame ? [encodeFrame(after.frame)] : [])];
    const isSame =
      octets.every((each) => Buffer.compare(each, before.bytes) === 0) &&
      after.originalLength === before.originalLength &&
      after.capturedUs === before.sentUs - firstUs;
    if (!isSame) differing.push(id);
  }
  expect(differing).toEqual([]);
  const truth = coursesOf(trace);
  let told = 0;
  for (const {name, ip} of trace.header.hosts) {
    const own = [...truth].filter(([end]) => end.startsWith(`${name} `)).map(([, course]) => course);
    if (own.length === 0) continue;
    const seen = readBack(trace, name);
    for (const [end, course] of coursesOf(seen)) {
      if (!ip.some((address) => end.startsWith(`${address} `))) continue;
      expect(own.some((whole) => isWithin(course, whole))).toBe(true);
      told += 1;
    }
  }
  // Whoever has TCP states shows some of them.
  const shows = [...truth.values()].some((course) => course.includes('ESTABLISHED'));
  if (shows) expect(told).toBeGreaterThan(0);
});
