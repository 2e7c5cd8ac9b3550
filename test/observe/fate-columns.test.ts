// What is known of the fate of each frame, and of which of them something else is known than at the last look.
import {expect, test} from 'vitest';
import {FateColumns, meaningOf, mostFrames, Verdict} from '../../source/observe/fate-columns.ts';

test('what verdicts mean', () => {
  expect(Object.values(Verdict).map((verdict) => Object.values(meaningOf(verdict)).join(' '))).toEqual([
    'delivered presumed',
    'delivered proved',
    'lost presumed',
    'lost proved',
    'unknown presumed',
    'lost proved ttl',
    'lost proved too big',
    'lost proved firewall',
    'lost proved no route',
    'lost proved no such host',
  ]);
});

test('a verdict, and up to two frames that show it', () => {
  const columns = new FateColumns();
  columns.set(1, Verdict.delivered, 5);
  columns.set(2, Verdict.lost, 6, 7);
  columns.set(3, Verdict.unknown);
  expect([0, 1, 2, 3, 4, 5000].map((frame) => columns.verdict(frame))).toEqual([
    ...[Verdict.presumed, Verdict.delivered, Verdict.lost, Verdict.unknown],
    ...[Verdict.presumed, Verdict.presumed],
  ]);
  expect([1, 2, 3, 4, 5000].map((frame) => columns.shownBy(frame))).toEqual([[5], [6, 7], [], [], []]);
  columns.set(2, Verdict.delivered);
  expect([columns.verdict(2), columns.shownBy(2)]).toEqual([Verdict.delivered, []]);
});

// RFC 792, RFC 1191: a router has said so.
test.each([Verdict.expired, Verdict.tooBig, Verdict.filtered])(
  'what a router told (%i) stands',
  (verdict) => {
    const columns = new FateColumns();
    columns.set(4, verdict, 8);
    columns.set(4, Verdict.delivered, 9);
    expect([columns.verdict(4), columns.shownBy(4)]).toEqual([verdict, [8]]);
  },
);

test('all is kept while it grows, up to the last frame that is looked at', () => {
  const columns = new FateColumns();
  for (const frame of [1, 63, 64, 128, 1000, mostFrames, mostFrames + 1])
    columns.set(frame, Verdict.lost, frame, 1);
  for (const frame of [1, 63, 64, 128, 1000, mostFrames])
    expect([columns.verdict(frame), columns.shownBy(frame)]).toEqual([Verdict.lost, [frame, 1]]);
  expect([columns.verdict(2), columns.verdict(mostFrames + 1)]).toEqual([Verdict.presumed, Verdict.presumed]);
});

test('a look tells what is known otherwise since the last one; a snapshot stays as it is', () => {
  const columns = new FateColumns();
  columns.set(2, Verdict.unknown);
  expect(columns.changedSince(5)).toEqual([]);
  for (const frame of [12, 5, 3, 5, 6]) columns.set(frame, Verdict.delivered, 9);
  const then = columns.snapshot();
  expect(columns.changedSince(6)).toEqual([3, 5]);
  expect(columns.changedSince(6)).toEqual([]);
  columns.set(6, Verdict.lost, 10);
  columns.set(100, Verdict.lost, 10);
  expect(columns.changedSince(100)).toEqual([6]);
  expect([then.verdict(6), then.shownBy(6), then.verdict(100)]).toEqual([Verdict.delivered, [9], 0]);
});
