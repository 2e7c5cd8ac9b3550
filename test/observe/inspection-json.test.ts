// What `inspect --json` says beyond the side files of the reference captures: times in seconds, half closes, links by tcpdump's names.
// Oracle: segments put together by hand, tcpdump.org/linktypes.html.
import {expect, test} from 'vitest';
import {inspectionMembers, isList, linkTypeName} from '../../source/observe/inspection-json.ts';
import {transferOf} from '../../source/observe/transfer-limits.ts';
import type {Inspected} from '../../source/view/inspect/report.ts';
import {inspectedPassing, type Passed} from '../helpers/passed-capture.ts';

const entriesOf = ({facts, inspector, told}: Inspected, name: string) => {
  const [, value = null] = inspectionMembers(facts, inspector, told).find(([each]) => each === name) ?? [];
  return isList(value) ? Array.from({length: value.length}, (_, index) => value.entry(index)) : [];
};

/** 20 ms there and back; ten segments of 1000 octets, each answered before the next; then both close. */
const course: readonly Passed[] = [
  {atMs: 1500, by: 'client', flags: 'S', seq: 1000},
  {atMs: 1520, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
  {atMs: 1520, by: 'client', flags: 'A', seq: 1001, ack: 9001},
  ...Array.from({length: 10}, (_, nth): readonly Passed[] => [
    {
      ...{atMs: 1600 + 200 * nth, by: 'client', flags: 'PA', ack: 9001},
      ...{seq: 1001 + 1000 * nth, data: new Uint8Array(1000)},
    },
    {atMs: 1620 + 200 * nth, by: 'server', flags: 'A', seq: 9001, ack: 2001 + 1000 * nth},
  ]).flat(),
  {atMs: 4000, by: 'server', flags: 'FA', seq: 9001, ack: 11_001},
];

test('times are in seconds: since the file begins, and how long', () => {
  const inspected = inspectedPassing(course);
  const [connection] = inspected.inspector.connections;
  const [json] = entriesOf(inspected, 'connections');
  const transfer =
    connection &&
    transferOf(connection.half(connection.client).pace, connection.half(connection.client).payloadBytes);
  if (!transfer) expect.fail('ten segments are a transfer');
  expect(json).toMatchObject({
    timing: {
      startSeconds: 0,
      durationSeconds: 2.5,
      clientToServer: {
        seconds: transfer.us / 1e6,
        bitsPerSecond: transfer.bitsPerSecond,
        limitedBy: transfer.limits.map(({by, wait}) => ({by, seconds: wait.us / 1e6, count: wait.count})),
      },
      serverToClient: null,
    },
    halfClose: {by: 'server', bytesAfterFin: 0},
  });
});

test('who went on after the other’s FIN, and how far', () => {
  const after: Passed = {atMs: 4100, by: 'client', flags: 'PA', seq: 11_001, ack: 9002, data: 'abc'};
  expect(entriesOf(inspectedPassing([...course, after]), 'connections')).toMatchObject([
    {halfClose: {by: 'server', bytesAfterFin: 3}},
  ]);
  const end: Passed = {atMs: 4100, by: 'client', flags: 'FA', seq: 11_001, ack: 9002};
  expect(entriesOf(inspectedPassing([...course, end]), 'connections')).toMatchObject([
    expect.not.objectContaining({halfClose: expect.anything()}),
  ]);
});

test('links by tcpdump’s names, by number where they have none, and not at all where there is none', () => {
  const names = [0, 1, 101, 108, 113, 228, 229, 276, 999, undefined].map((linkType) =>
    linkTypeName(linkType),
  );
  expect(names).toEqual([
    'NULL',
    'EN10MB',
    'RAW',
    'LOOP',
    'LINUX_SLL',
    'IPV4',
    'IPV6',
    'LINUX_SLL2',
    '999',
    '',
  ]);
});
