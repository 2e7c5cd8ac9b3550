// What passed a place of capture, and what the program says became of each frame; the place is beside end 0, 10 ms from end 1.
import {FateColumns, meaningOf, Verdict} from '../../source/observe/fate-columns.ts';
import {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import type {SackBlock} from '../../source/observe/seen-segment.ts';
import {seq} from '../../source/wire/seq.ts';
import {SYN, segmentOf} from './segments.ts';

export type Passed = Parameters<typeof segmentOf>[0] & {
  readonly side: 0 | 1;
  readonly copied?: 'copy';
  /** A router says that what `side` sent from `seq` on is too big for its next link. */
  readonly tooBig?: true;
};

const ends = [
  {address: '192.0.2.1', port: 50_000},
  {address: '192.0.2.2', port: 80},
] as const;

/** Of frames 1, 2, …: 'delivered proved 5' is shown by frame 5. */
export const fatesOf = (...passed: readonly Passed[]): readonly string[] => {
  const columns = new FateColumns();
  const connection = new ObservedConnection({
    ...{id: 1, ends, frame: 1, atUs: 0},
    ...{store: new OctetStore(1 << 16), fates: columns},
  });
  passed.forEach(({side, copied, tooBig, ...given}, index) => {
    const segment = segmentOf({frame: index + 1, atUs: 20_000 * (index + 1), ...given});
    if (tooBig) connection.told(side, segment.seq, {verdict: Verdict.tooBig, frame: segment.frame});
    else connection.take(side, segment, copied);
  });
  return passed.map((_, index) => {
    const {what, how} = meaningOf(columns.verdict(index + 1));
    return [what, how, ...columns.shownBy(index + 1)].join(' ');
  });
};

export const options = {mss: 10, sackPermitted: true, timestamps: true};
export const presumed = 'delivered presumed';
export const unknown = 'unknown presumed';

/** SYN at 20 ms, answered 20 ms later. */
export const handshake: readonly Passed[] = [
  {side: 0, seq: 99, flags: SYN, opening: options},
  {side: 1, seq: 299, ack: 100, flags: SYN, opening: options},
  {side: 0, seq: 100, ack: 300},
];

/** Ten octets from `first`. */
export const data = (first: number, more: Partial<Passed> = {}): Passed => ({
  ...{side: 0, seq: first, ack: 300, text: 'ten octets'},
  ...more,
});

export const ack = (to: number, more: Partial<Passed> = {}): Passed => ({
  side: 1,
  seq: 300,
  ack: to,
  ...more,
});

export const sack = (
  ...blocks: readonly (readonly [number, number])[]
): {readonly sack: SackBlock[]; sacks: true} => ({
  sack: blocks.map(([left, right]) => ({left: seq(left), right: seq(right)})),
  sacks: true,
});

/** Without the three of the handshake. */
export const afterwards = (...passed: readonly Passed[]): readonly string[] =>
  fatesOf(...handshake, ...passed).slice(3);

export const opening = {mss: 10, sackPermitted: false, timestamps: false};
export const opened = handshake.map((each) => (each.opening ? {...each, opening} : each));
