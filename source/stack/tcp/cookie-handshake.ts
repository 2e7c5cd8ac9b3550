// SYN cookies: a handshake without a TCB, in which the SYN,ACK carries a cookie and the third segment brings it back (RFC 4987 §3.6).
import {Fifo} from '../../wire/fifo.ts';
import {emptyRope} from '../../wire/rope.ts';
import {seqAdd} from '../../wire/seq.ts';
import {hasFlag, TcpFlag, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection, Listener} from './connection.ts';
import {changed} from './copied.ts';
import {ECN_FLAGS, ecnAgreed} from './ecn.ts';
import type {TcpEffect, TcpEnv, TcpEvent} from './effect.ts';
import {firstSending} from './flight.ts';
import {defaultMss} from './options.ts';
import {childOf, endsOf} from './segment-arrives.ts';
import {
  COOKIES_LIVE_US,
  type CookieKey,
  type CookieOptions,
  makeCookie,
  optionsInStamp,
  readCookie,
  stampWithOptions,
} from './syn-cookie.ts';
import {stamped, stampOf} from './timestamps.ts';
import {windowField} from './window.ts';

type Arrived = Extract<TcpEvent, {kind: 'segment'}>;

const noSecret = new Uint8Array(16);

const keyOf = (arrived: Arrived, {nowUs, secret = noSecret}: TcpEnv): CookieKey => ({
  secret,
  nowUs,
  ...endsOf(arrived),
});

const mssOf = ({options}: TcpSegment, ip: string): number =>
  options.find((option) => option.kind === 'mss')?.mss ?? defaultMss(ip);

/**
 * Returns the settings with only the TCP options that a SYN cookie preserves: MSS, and the others only if both ends use timestamps, which
 * the peer will echo.
 */
const withRoom = (env: TcpEnv, segment: TcpSegment): TcpEnv =>
  env.settings.timestamps && stampOf(segment) !== undefined
    ? env
    : {...env, settings: {...env.settings, windowScale: 'off', sackPermitted: false, ecn: 'off'}};

/** Returns the effects of answering a SYN with a SYN cookie, for which no TCB is made; this SYN,ACK is never repeated. */
export function sendCookie(listener: Listener, arrived: Arrived, hostEnv: TcpEnv): readonly TcpEffect[] {
  const {src, dst, segment: syn} = arrived;
  const env = withRoom(hostEnv, syn);
  const iss = makeCookie(keyOf(arrived, env), syn.seq, mssOf(syn, src));
  const child = childOf({...listener, iss}, arrived, env);
  const offered: CookieOptions = {
    shift: syn.options.find((option) => option.kind === 'windowScale')?.shift,
    sackPermitted: syn.options.some(({kind}) => kind === 'sackPermitted'),
    ecn: child.ecnOn,
  };
  const options = stamped({env, tcb: child}, child.synOptions).map(
    (option): TcpOption =>
      option.kind === 'timestamps' ? {...option, val: stampWithOptions(option.val, offered)} : option,
  );
  const segment: TcpSegment = {
    srcPort: syn.dstPort,
    dstPort: syn.srcPort,
    seq: iss,
    ack: seqAdd(syn.seq, 1),
    flags: TcpFlag.SYN | TcpFlag.ACK | (child.ecnOn ? TcpFlag.ECE : 0),
    window: windowField(child, TcpFlag.SYN),
    urgent: 0,
    options,
    payload: emptyRope,
  };
  return [
    {kind: 'send', src: dst, dst: src, segment, retransmission: false, because: '4987:3.6/cookie/send'},
  ];
}

/**
 * Returns the connection in SYN-RECEIVED whose handshake an ACK with a SYN cookie completes; undefined if the ACK contains no cookie of
 * this host.
 */
export function childFromCookie(listener: Listener, arrived: Arrived, env: TcpEnv): Connection | undefined {
  const {segment} = arrived;
  const {synCookies} = env.settings;
  const {cookieUs} = listener;
  const live = cookieUs !== undefined && env.nowUs - cookieUs <= COOKIES_LIVE_US;
  if (synCookies === 'off' || (synCookies === 'onOverflow' && !live)) return undefined;
  if (!hasFlag(segment, 'ACK') || hasFlag(segment, 'SYN') || hasFlag(segment, 'RST')) return undefined;
  const [peerIss, iss] = [seqAdd(segment.seq, -1), seqAdd(segment.ack, -1)];
  const mss = readCookie(keyOf(arrived, env), peerIss, iss);
  if (mss === undefined) return undefined;
  const {options, ecn} = optionsFrom(segment, mss);
  const syn: TcpSegment = {
    ...segment,
    seq: peerIss,
    flags: TcpFlag.SYN | (ecn ? ECN_FLAGS : 0),
    options,
    payload: emptyRope,
  };
  const child = childOf({...listener, iss}, {...arrived, segment: syn}, withRoom(env, syn));
  // The host has not remembered when it sent the SYN,ACK, so this entry must not give a sample of the round-trip time.
  const sent = {sentUs: env.nowUs, ...firstSending, transmissions: 2};
  const entry = {seq: iss, lengthBytes: 0, flags: TcpFlag.SYN, ...sent};
  return changed(child, {ecnOn: ecn && ecnAgreed(env.settings, syn), retransmissionQueue: Fifo.of([entry])});
}

/** Returns the options of the original SYN, as far as the SYN cookie and the echoed timestamp preserve them. */
function optionsFrom(segment: TcpSegment, mss: number): {options: readonly TcpOption[]; ecn: boolean} {
  const stamp = stampOf(segment);
  const options: TcpOption[] = [{kind: 'mss', mss}];
  if (stamp === undefined) return {options, ecn: false};
  const kept = optionsInStamp(stamp.ecr);
  options.push({kind: 'timestamps', val: stamp.val, ecr: 0});
  if (kept.sackPermitted) options.push({kind: 'sackPermitted'});
  if (kept.shift !== undefined) options.push({kind: 'windowScale', shift: kept.shift});
  return {options, ecn: kept.ecn};
}
