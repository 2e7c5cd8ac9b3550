// When packets left and arrived: held against runs of which that is known, and against where captures were really taken.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {captureFile} from '../../source/io/export/capture-file.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {bearingOf} from '../../source/observe/vantage.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {capturePath, traceOfFile} from '../helpers/captured.ts';

const seenBy = (trace: Trace, at: string): CapturedTrace => {
  const pieces = captureFile({trace, format: 'pcapng', at, language: 'en', application: 'test'});
  return traceOfFile(Buffer.concat([...(pieces ?? [])]), 'again');
};

const runNamed = (name: string): Trace => {
  const run = allRuns().find((each) => each.lesson.id === name);
  if (!run) throw new Error(`no lesson ${name}`);
  return traceOf(run);
};

describe.each(['client', 'server'])('the handshake, captured on the %s', (host) => {
  const truth = runNamed('handshake');
  const seen = seenBy(truth, host);

  test('the capture point is found', () => {
    const ip = truth.header.hosts.find(({name}) => name === host)?.ip[0];
    expect(seen.header.vantage).toEqual({host: ip, deduced: true});
  });

  test('each packet leaves and arrives when it did, before the capture began, too', () => {
    const firstUs = truth.packet(1).sentUs + (host === 'server' ? 50_000 : 0);
    expect(seen.packet(1).sentUs).toBe(host === 'server' ? -50_000 : 0);
    for (let id = 1; id <= truth.packetCount; id++) {
      const [was, is] = [truth.packet(id), seen.packet(id)];
      expect(is.sentUs).toBe(was.sentUs - firstUs);
      expect(is.dueUs).toBe(was.dueUs - firstUs);
      const own = was.from === host;
      expect(seen.event(is.sendEvent).estimated).toBe(own ? undefined : true);
      expect(seen.event(is.endEvent ?? 0).estimated).toBe(own ? true : undefined);
    }
  });
});

test('halves of what was measured; nothing is said where nothing was', () => {
  expect(bearingOf([undefined, undefined])).toBeUndefined();
  expect(bearingOf([20, 40_000])).toEqual({distanceUs: [0, 20_000], exact: [true, false]});
  expect(bearingOf([40_000, 20])).toEqual({distanceUs: [20_000, 0], exact: [false, true]});
  expect(bearingOf([30_000, 10_000])).toEqual({distanceUs: [15_000, 5000], exact: [false, false]});
  // Of one end nobody knows how far it is: the other is half of its way there and back away.
  expect(bearingOf([undefined, 40_000])).toEqual({distanceUs: [0, 20_000], exact: [false, false]});
  // So fast is no way, but what programs take.
  expect(bearingOf([13, 17])).toBeUndefined();
});

const sides = fileURLToPath(new URL('../fixtures/inspected/', import.meta.url));

test('recorded captures: what is named is the machine on which each was taken', () => {
  let named = 0;
  for (const name of readdirSync(sides).filter((each) => each.endsWith('.json'))) {
    const side = JSON.parse(readFileSync(sides + name, 'utf8'));
    const [connection] = side.connections ?? [];
    if (connection === undefined || side.capturedAt === undefined) continue;
    const path = capturePath(side.file);
    if (!existsSync(path)) continue;
    const {vantage} = traceOfFile(readFileSync(path), name).header;
    if (vantage === undefined) continue;
    named += 1;
    expect(`${name} ${connection[side.capturedAt]}`).toContain(vantage.host);
  }
  // The others were made without a delay: there both ends answer at once.
  expect(named).toBeGreaterThan(55);
});
