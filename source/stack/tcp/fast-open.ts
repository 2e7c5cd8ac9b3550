// TCP Fast Open at the client (RFC 7413 §4.1.3, §4.2.2): data on the SYN to a server whose cookie is known, and what the client remembers
// of servers.
import {hasFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import type {FastOpenPeer} from './connection.ts';
import {cookieOption, cookieOptionIn} from './fast-open-cookie.ts';
import type {TcpSettings} from './settings.ts';

/** The bytes that a SYN with data leaves free for TCP options, which a middlebox may add. */
const OPTION_SPACE = 40;

/** The bits of Linux's setting tcp_fastopen that concern clients. */
const CLIENT = 1;
const WITHOUT_COOKIE = 4;

export const isClient = ({fastOpen}: TcpSettings): boolean => fastOpen !== 'off' && (fastOpen & CLIENT) !== 0;

const needsNone = ({fastOpen, fastOpenWithoutCookie}: TcpSettings): boolean =>
  fastOpen !== 'off' && ((fastOpen & WITHOUT_COOKIE) !== 0 || fastOpenWithoutCookie);

/** Tells whether a SYN to this server may carry data: its cookie is known, or none is needed. */
export const mayCarry = (peer: FastOpenPeer | undefined, settings: TcpSettings): boolean =>
  settings.fastOpen !== 'off' && (needsNone(settings) || (peer !== undefined && peer.cookie.length > 0));

type Plan = {
  readonly options: readonly TcpOption[];
  readonly dataBytes: number;
  readonly experimental: boolean;
};

export const plainSyn: Plan = {options: [], dataBytes: 0, experimental: false};

/** Returns the option and the number of data bytes for the first SYN of Fast Open: the cookie with data, or the request for a cookie. */
export function planSyn(peer: FastOpenPeer | undefined, wantedBytes: number, settings: TcpSettings): Plan {
  const carries = mayCarry(peer, settings);
  const space = Math.min(peer?.mss ?? settings.mss, settings.mss) - OPTION_SPACE;
  const dataBytes = carries ? Math.min(wantedBytes, Math.max(0, space)) : 0;
  const cookie = peer?.cookie ?? new Uint8Array(0);
  const experimental = peer?.experimental === true;
  return {options: needsNone(settings) ? [] : cookieOption({cookie, experimental}), dataBytes, experimental};
}

/** How a connection used Fast Open: `asked` if the SYN had the option, `repeated` if the SYN was sent again without it. */
type Asked = {
  readonly dataBytes: number;
  readonly experimental: boolean;
  readonly asked: boolean;
  readonly repeated: boolean;
};

/**
 * Returns what is known of a server after its answer to a SYN. If it ignored the request for a cookie, the option's other form is tried
 * once.
 */
export function peerAfter(known: FastOpenPeer | undefined, asked: Asked, segment: TcpSegment): FastOpenPeer {
  const mss = segment.options.find((option) => option.kind === 'mss')?.mss;
  // A cookie in the answer to a SYN without the option is ignored.
  const told = asked.asked && hasFlag(segment, 'ACK') ? cookieOptionIn(segment.options) : undefined;
  if (told !== undefined && told.cookie.length > 0) return {...told, settled: true, mss};
  const cookie = known?.cookie ?? new Uint8Array(0);
  const silent = asked.asked && !asked.repeated && told === undefined;
  const unheard = silent && asked.dataBytes === 0 && cookie.length === 0;
  const {experimental = false, settled = false} = known ?? {};
  return unheard
    ? {cookie, experimental: !settled && !asked.experimental, settled: settled || asked.experimental, mss}
    : {cookie, experimental, settled, mss};
}
