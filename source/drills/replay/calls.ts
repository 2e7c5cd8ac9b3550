// Deduces the calls of the two programs of a captured connection. Each call waits a while after the event that its program was waiting for,
// not for a fixed time, so that a lost or late packet moves what depends on it.
import type {Action} from '../../sim/action.ts';
import type {Cause, CauseTime} from '../../sim/scenario.ts';
import {toBase64url} from '../../wire/base64url.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {reached} from './fates.ts';
import {vainProbes} from './host-settings.ts';
import {readsLate, readsOf} from './reading.ts';
import {finOf, hasFlags, otherSide, type Seen, type Side, spaceOf} from './seen.ts';
import {
  type Happening,
  happeningsOf,
  type Look,
  landedUs,
  leaving,
  leftUs,
  mayCause,
  type Occasion,
} from './streams.ts';
import {octetsOf, type Write, writesOf} from './writes.ts';

export type Calling = {
  readonly look: Look;
  readonly side: Side;
  readonly host: string;
  readonly happenings: readonly Happening[];
  /**
   * True if the program is simulated to read when the capture shows that it did; false if it reads all data at once. If true, arriving data
   * do not tell what the program knew.
   */
  readonly late: boolean;
};

/**
 * Returns the time of a simulated program's call: how long after the newest event that the program knew by then; a fixed time if it knew
 * none.
 */
const timeOf = ({host, happenings, late, look, side}: Calling, left: Occasion): CauseTime => {
  const known = happenings.filter(({event}) => !late || event === 'connected' || event === 'accepted');
  // Data that the call's segment does not acknowledge had not arrived when it was sent, even if they had passed the capture point.
  const isTooLate = (came: Happening): boolean =>
    'bytes' in came && left.ack !== undefined && came.bytes >= left.ack;
  const last = known.findLast((came) => !isTooLate(came) && mayCause(look.vantage, side, {came, left}));
  if (!last) return {kind: 'at', atUs: Math.max(0, Math.round(left.atUs))};
  const next = known.find(isTooLate);
  const mostUs = next === undefined ? Number.POSITIVE_INFINITY : next.atUs - last.atUs - 1;
  return after(host, last, Math.min(left.atUs - last.atUs, mostUs));
};

const after = (host: string, happening: Happening, waitUs: number): CauseTime => ({
  kind: 'on',
  host,
  event: happening.event,
  ...(happening.event === 'received' ? {bytes: happening.bytes} : {}),
  afterUs: Math.max(0, Math.round(waitUs)),
});

const cause = (calling: Calling, left: Occasion, action: Action): Cause => ({
  when: timeOf(calling, left),
  host: calling.host,
  action,
});

/**
 * Tells whether a program wrote more than the capture has: after the window closed at the end of its data, the closed window was probed.
 */
const wroteMore = ({look: {seen}, side}: Calling, end: number): boolean => {
  const closed = seen.segments.find(
    (each) => each.side !== side && each.ack === end && each.window === 0 && !hasFlags(each, TcpFlag.RST),
  );
  return (
    closed !== undefined &&
    seen.segments.some(
      (each) => each.side === side && each.packet > closed.packet && each.seq === end - 1 && each.length <= 1,
    )
  );
};

const sends = (calling: Calling, writes: readonly Write[], segmentBytes: number): readonly Cause[] => {
  const {look, side} = calling;
  return writes.map((write, index) => {
    const last = index === writes.length - 1;
    const octets = octetsOf(look.seen, side, write);
    const more = last && wroteMore(calling, write.end) ? segmentBytes : 0;
    const bytes = write.end - write.start + more;
    return cause(calling, write, {
      call: 'send',
      bytes,
      ...(octets && more === 0 ? {octets: toBase64url(octets)} : {}),
      ...(write.fin ? {more: true} : {}),
    });
  });
};

const resetOf = ({look: {seen}, side}: Calling): Seen | undefined =>
  seen.segments.find((each) => each.side === side && hasFlags(each, TcpFlag.RST));

/** Returns the first data of the other end that arrived after this end had sent its FIN; undefined if there are none. */
const comesAfter = ({look, side}: Calling, fin: Seen): Seen | undefined =>
  look.seen.segments.find(
    (each) =>
      each.side === otherSide(side) &&
      each.length > 0 &&
      reached(look.fates, each) &&
      landedUs(look.vantage, each) > leftUs(look.vantage, fin),
  );

/**
 * Returns the segment that a reset of a host answers at once because the host no longer knows the connection (RFC 9293 §3.5.2, group 1);
 * undefined for any other reset.
 */
const answersUnknown = ({look, side}: Calling, reset: Seen): Seen | undefined => {
  if (hasFlags(reset, TcpFlag.ACK)) return undefined;
  const asked = look.seen.segments.findLast((each) => each.side !== side && each.packet < reset.packet);
  return asked?.ack === reset.seq ? asked : undefined;
};

const goneAndBack = (calling: Calling, asked: Seen): readonly Cause[] => {
  const {look, side, host} = calling;
  const last = look.seen.segments.findLast((each) => each.side === side && each.packet < asked.packet);
  const since = Math.round((last ? leftUs(look.vantage, last) : 0) + 1);
  const until = Math.round(Math.max(since + 1, landedUs(look.vantage, asked) - 1));
  return [
    {when: {kind: 'at', atUs: since}, host, action: {call: 'crash'}},
    {when: {kind: 'at', atUs: until}, host, action: {call: 'reboot'}},
  ];
};

/**
 * Returns a crash of the simulated host right after its last captured segment if the other end probed it in vain at least twice; otherwise
 * nothing.
 */
const gone = ({look, side, host}: Calling): readonly Cause[] => {
  const last = look.seen.segments.findLast((each) => each.side === side);
  if (!last || vainProbes(look.seen, side) < 2) return [];
  const atUs = Math.max(0, Math.round(leftUs(look.vantage, last))) + 1;
  return [{when: {kind: 'at', atUs}, host, action: {call: 'crash'}}];
};

/**
 * Returns the first captured segment that an end sent after its FIN or as its FIN. If it is not the FIN, the FIN was first lost before the
 * capture point.
 */
const behind = ({look: {seen}, side}: Calling, fin: Seen): Seen =>
  seen.segments.find(
    (each) => each === fin || (each.side === side && each.seq >= fin.end && !hasFlags(each, TcpFlag.RST)),
  ) ?? fin;

/**
 * Returns the latest time at which an end can have sent its FIN. If the FIN was lost before the capture point, it left before the end
 * received what its next segment acknowledges.
 */
const closing = (calling: Calling, fin: Seen): Occasion => {
  const {look, side} = calling;
  const left = leaving(look.vantage, behind(calling, fin));
  const asked = look.seen.segments.find(
    (each) => each.side !== side && each.packet < left.packet && spaceOf(each) > 0 && each.end === left.ack,
  );
  if (left.packet === fin.packet || !asked) return left;
  return {packet: asked.packet, atUs: Math.min(left.atUs, landedUs(look.vantage, asked) - 1), ack: asked.seq};
};

const endings = (calling: Calling, writes: readonly Write[]): readonly Cause[] => {
  const {look} = calling;
  // The TCP of an end whose probes are never answered gives up by itself, so its program needs no call to close.
  if (vainProbes(look.seen, otherSide(calling.side)) > 1) return [];
  const [fin, reset] = [finOf(look.seen, calling.side), resetOf(calling)];
  const after = fin && comesAfter(calling, fin);
  const refusesData = reset !== undefined && after !== undefined && reset.packet > after.packet;
  // If the FIN left with data, the program called close() right after writing them, however long the window kept them back.
  const closed = writes.find((write) => write.fin) ?? (fin && closing(calling, fin));
  const closes: readonly Cause[] = closed
    ? [cause(calling, closed, {call: after && !refusesData ? 'shutdown' : 'close'})]
    : [];
  if (!reset || fin || refusesData) return closes;
  const asked = answersUnknown(calling, reset);
  if (asked) return goneAndBack(calling, asked);
  // If the program had not read all data, its close() sends the reset (RFC 2525 §2.17); otherwise the call is an abort.
  return [cause(calling, leaving(look.vantage, reset), {call: calling.late ? 'close' : 'abort'})];
};

/** Returns the calls to receive of a slow program: where the right edge of its window moves, it has read as many octets. */
const reads = (calling: Calling): readonly Cause[] =>
  calling.late
    ? readsOf(calling.look, calling.side).map(({segment, bytes}) =>
        cause(calling, leaving(calling.look.vantage, segment), {call: 'receive', bytes, whole: true}),
      )
    : [];

/** Returns the calls of one end's program that read, write, close or crash; those that open the connection are made elsewhere. */
export const callsOf = (calling: Calling, segmentBytes: number): readonly Cause[] => {
  const writes = writesOf(calling.look, calling.side, segmentBytes);
  return [
    ...reads(calling),
    ...sends(calling, writes, segmentBytes),
    ...endings(calling, writes),
    ...gone(calling),
  ];
};

export const programOf = (look: Look, side: Side, host: string): Calling => ({
  look,
  side,
  host,
  happenings: happeningsOf(look, side),
  late: readsLate(look, side),
});
