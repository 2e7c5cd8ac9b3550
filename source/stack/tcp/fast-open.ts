// TCP Fast Open at the client (RFC 7413 §4.1.3, §4.2.2): data on the SYN to a peer whose cookie is known, and what is remembered of peers.
import {hasFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import type {FastOpenPeer} from './connection.ts';
import type {TcpSettings} from './settings.ts';

const FAST_OPEN = 34;
/** As it was while its number was experimental (RFC 6994). */
const EXPERIMENTAL = 254;
const MAGIC = [0xf9, 0x89];
const LEAST_COOKIE = 4;
const MOST_COOKIE = 16;
/** Room that is left for options, which somebody on the way may add. */
const OPTION_SPACE = 40;

/** Bits of Linux's tcp_fastopen. */
const CLIENT = 1;
const WITHOUT_COOKIE = 4;

export const isClient = ({fastOpen}: TcpSettings): boolean => fastOpen !== 'off' && (fastOpen & CLIENT) !== 0;

/** May data go along on a SYN? */
export const mayCarry = (peer: FastOpenPeer | undefined, {fastOpen}: TcpSettings): boolean =>
  fastOpen !== 'off' && ((fastOpen & WITHOUT_COOKIE) !== 0 || (peer !== undefined && peer.cookie.length > 0));

type Plan = {
  readonly options: readonly TcpOption[];
  readonly dataBytes: number;
  readonly experimental: boolean;
};

/** What the first SYN has beside the usual: the cookie, or the wish for one. */
export function planSyn(peer: FastOpenPeer | undefined, wantedBytes: number, settings: TcpSettings): Plan {
  const carries = mayCarry(peer, settings);
  const space = Math.min(peer?.mss ?? settings.mss, settings.mss) - OPTION_SPACE;
  const dataBytes = carries ? Math.min(wantedBytes, Math.max(0, space)) : 0;
  const cookie = peer?.cookie ?? new Uint8Array(0);
  const experimental = peer?.experimental === true;
  const plain = settings.fastOpen !== 'off' && (settings.fastOpen & WITHOUT_COOKIE) !== 0;
  return {options: plain ? [] : cookieOption(cookie, experimental), dataBytes, experimental};
}

function cookieOption(cookie: Uint8Array, experimental: boolean): readonly TcpOption[] {
  const data = Uint8Array.from([...(experimental ? MAGIC : []), ...cookie]);
  const pads: readonly TcpOption[] = (data.length & 3) === 0 ? [{kind: 'nop'}, {kind: 'nop'}] : [];
  return [{kind: 'raw', type: experimental ? EXPERIMENTAL : FAST_OPEN, data}, ...pads];
}

/** The cookie that a SYN,ACK brings; one of a size that none may have counts as none. */
function cookieIn({options}: TcpSegment): {cookie: Uint8Array; experimental: boolean} | undefined {
  for (const option of options) {
    if (option.kind !== 'raw') continue;
    const experimental =
      option.type === EXPERIMENTAL && MAGIC.every((octet, at) => option.data[at] === octet);
    if (option.type !== FAST_OPEN && !experimental) continue;
    const cookie = option.data.slice(experimental ? MAGIC.length : 0);
    const fits = cookie.length >= LEAST_COOKIE && cookie.length <= MOST_COOKIE && cookie.length % 2 === 0;
    if (fits) return {cookie, experimental};
  }
  return undefined;
}

type Asked = {readonly dataBytes: number; readonly experimental: boolean};

/** What is known of a peer once it has answered; a wish for a cookie that was not heard is made once in the other form. */
export function peerAfter(known: FastOpenPeer | undefined, asked: Asked, segment: TcpSegment): FastOpenPeer {
  const mss = segment.options.find((option) => option.kind === 'mss')?.mss;
  const told = hasFlag(segment, 'ACK') ? cookieIn(segment) : undefined;
  if (told !== undefined) return {...told, settled: true, mss};
  const cookie = known?.cookie ?? new Uint8Array(0);
  const unheard = asked.dataBytes === 0 && cookie.length === 0;
  const {experimental = false, settled = false} = known ?? {};
  return unheard
    ? {cookie, experimental: !settled && !asked.experimental, settled: settled || asked.experimental, mss}
    : {cookie, experimental, settled, mss};
}
