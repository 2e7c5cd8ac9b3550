// Path MTU discovery: handles a router's report that a segment was larger than the next link's MTU and must not be fragmented (RFC 1191,
// RFC 8201; checks of RFC 5927 §7.2).

import {Fifo} from '../../wire/fifo.ts';
import {seqAdd} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';
import type {TcpEvent} from './effect.ts';
import {countTags, cut} from './flight.ts';
import {loseTooLarge} from './loss-state.ts';
import {resendFlight} from './recovery.ts';
import {fitSegments} from './segment-size.ts';
import {transmit} from './sender.ts';
import {discard, type Turn, update} from './turn.ts';

export type IcmpNews = Extract<TcpEvent, {kind: 'icmp'}>;

/** The bytes of IP and TCP headers without options, for IPv4 and IPv6. */
const HEADERS = {4: 40, 6: 60} as const;
const TIMESTAMP_BYTES = 12;
/** The MTU in bytes that every link has at least, for IPv4 and IPv6 (RFC 791 §3.2, RFC 8200 §5). */
const LEAST_MTU = {4: 68, 6: 1280} as const;
/** MTUs in bytes that are common on real links, for routers that do not report theirs (RFC 1191 §7.1). */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68];

/** Handles a router's report that a segment was too large: makes segments smaller, and sends those that were too large again at once. */
export function shrinkPath(turn: Turn, {mtu, remote}: Pick<IcmpNews, 'mtu' | 'remote'>): void {
  const version = remote.ip.includes(':') ? 6 : 4;
  const {pathMss, pathMtu, timestampsOn} = turn.tcb;
  const headers = HEADERS[version] + (timestampsOn ? TIMESTAMP_BYTES : 0);
  const current = isOpening(turn.tcb) ? (pathMtu ?? turn.env.settings.mss + headers) : pathMss + headers;
  const told = mtu === undefined || mtu === 0 ? (PLATEAUS.find((size) => size < current) ?? 0) : mtu;
  const nextMtu = Math.max(told, LEAST_MTU[version]);
  if (nextMtu >= current) {
    discard(turn, '5927:7.2/path-mtu/not-smaller');
    return;
  }
  const fits = Math.max(1, nextMtu - headers);
  if (isOpening(turn.tcb)) offerLess(turn, fits);
  if (turn.env.settings.lossRecovery === 'rack') loseTooLarge(turn, dialsWithData(turn.tcb) ? NOTHING : fits);
  const queue = Fifo.of(turn.tcb.retransmissionQueue.slice().flatMap((entry) => cut(entry, fits)));
  update(turn, {
    pathMss: Math.min(pathMss, fits),
    pathMtu: nextMtu,
    retransmissionQueue: queue,
    flight: countTags(queue),
  });
  fitSegments(turn);
  // A SYN without data cannot have been too large, so it is not sent again.
  const bare = isOpening(turn.tcb) && turn.tcb.snd.nxt === seqAdd(turn.tcb.iss, 1);
  if (turn.env.settings.lossRecovery === 'duplicates' && !bare)
    resendFlight(turn, '1191:6.4/path-mtu/retransmit');
  transmit(turn, '1191:6.4/path-mtu/retransmit');
}

/** Tells whether the connection still waits for the SYN,ACK, before which the host knows only the MTU of its own link. */
const isOpening = ({state}: Connection): boolean => state === 'SYN-SENT';

/** If a Fast Open SYN was reported as too large, its data may be or the SYN itself, so all is sent again (Linux, tcp_simple_retransmit). */
const NOTHING = -1;
const dialsWithData = ({state, fastOpen}: Connection): boolean =>
  state === 'SYN-SENT' && fastOpen !== undefined && fastOpen.dataBytes > 0;

/** Limits the MSS that the SYN,ACK agrees on to what the path is known to carry. */
export function boundByPath(turn: Turn): void {
  const {pathMtu, pathMss, timestampsOn, remote} = turn.tcb;
  if (pathMtu === undefined) return;
  const headers = HEADERS[remote.ip.includes(':') ? 6 : 4] + (timestampsOn ? TIMESTAMP_BYTES : 0);
  update(turn, {pathMss: Math.min(pathMss, pathMtu - headers)});
}

/** Limits the MSS in this host's SYN options to `fits`, what the path carries. */
function offerLess(turn: Turn, fits: number): void {
  const synOptions = turn.tcb.synOptions.map((option) =>
    option.kind === 'mss' ? {...option, mss: Math.min(option.mss, fits)} : option,
  );
  update(turn, {synOptions});
}
