// The TCP options of this machine: MSS (RFC 9293 §3.7.1), window scale and timestamps (RFC 7323 §2, §3), SACK (RFC 2018 §2, §3).
import type {TcpOption, TcpSegment} from '../../wire/tcp.ts';
import {initialCwnd} from './congestion.ts';
import type {Connection, Timestamps} from './connection.ts';
import type {TcpEnv} from './effect.ts';
import {sackBlocks} from './reassembly.ts';
import type {TcpSettings} from './settings.ts';
import {agreedTimestamps} from './timestamps.ts';

/** The send MSS if the peer announces none, over IPv4 and IPv6 (RFC 9293 §3.7.1). */
const DEFAULT_MSS = {4: 536, 6: 1220} as const;
/** The largest window scale shift count; a larger one in the option counts as 14 (RFC 7323 §2.3). */
const MAX_SHIFT = 14;
/** The most SACK blocks in 40 bytes of options, or three beside timestamps (RFC 2018 §3). */
const MAX_SACK_BLOCKS = 4;

export const defaultMss = (ip: string): number => DEFAULT_MSS[ip.includes(':') ? 6 : 4];

const NOP: TcpOption = {kind: 'nop'};

const EOL: TcpOption = {kind: 'eol'};
/** A placeholder for the timestamps option, which `stamped` fills in when the segment is sent. */
const STAMP: TcpOption = {kind: 'timestamps', val: 0, ecr: 0};
/** The bytes of the timestamps option and of the two NOPs before it (RFC 7323 appendix A). */
export const TIMESTAMP_BYTES = 12;

/** Returns the options of a SYN; those of a SYN,ACK are limited to what the peer's SYN offered. */
export function synOptions(settings: TcpSettings, offered?: readonly TcpOption[]): readonly TcpOption[] {
  if (settings.noOptions) return [];
  const may = (kind: TcpOption['kind']): boolean =>
    offered === undefined || offered.some((o) => o.kind === kind);
  const shift = may('windowScale') ? settings.windowScale : 'off';
  return layouts[settings.synOptionLayout]({
    mss: {kind: 'mss', mss: settings.mss},
    scale: shift === 'off' ? [] : [NOP, {kind: 'windowScale', shift}],
    sack: settings.sackPermitted && may('sackPermitted') ? [{kind: 'sackPermitted'}] : [],
    stamp: settings.timestamps && may('timestamps') ? [STAMP] : [],
  });
}

type Parts = {
  readonly mss: TcpOption;
  readonly scale: readonly TcpOption[];
  readonly sack: readonly TcpOption[];
  readonly stamp: readonly TcpOption[];
};

/**
 * The orders of a SYN's options in different systems, in units of four bytes: SACK-permitted fills the two bytes that NOPs would take
 * before the timestamps.
 */
const layouts: {readonly [name in TcpSettings['synOptionLayout']]: (parts: Parts) => readonly TcpOption[]} = {
  'sack-first': ({mss, scale, sack, stamp}) => {
    const filled = stamp.length > 0 && sack.length > 0;
    const pads = stamp.length + sack.length > 0 && !filled ? [NOP, NOP] : [];
    return [mss, ...pads, ...sack, ...stamp, ...scale];
  },
  'scale-first': ({mss, scale, sack, stamp}) => {
    const pads = stamp.length > 0 && sack.length === 0 ? [NOP, NOP] : [];
    const end = stamp.length === 0 && sack.length > 0 ? [EOL, EOL] : [];
    return [mss, ...scale, ...sack, ...pads, ...stamp, ...end];
  },
};

type Negotiated = Pick<Connection, 'mss' | 'pathMss' | 'cwnd' | 'scale' | 'sackPermitted' | keyof Timestamps>;

/** Returns the values that both SYNs agree on: segment size, window scale, SACK and timestamps. */
export function negotiate(env: TcpEnv, syn: TcpSegment, peerIp: string): Negotiated {
  const {settings} = env;
  const offers = !settings.noOptions;
  let announced = defaultMss(peerIp);
  let scale = {snd: 0, rcv: 0};
  let sackPermitted = false;
  for (const option of syn.options) {
    if (option.kind === 'mss' && option.mss > 0) announced = option.mss;
    else if (option.kind === 'sackPermitted') sackPermitted = offers && settings.sackPermitted;
    else if (option.kind === 'windowScale' && offers && settings.windowScale !== 'off') {
      scale = {snd: Math.min(option.shift, MAX_SHIFT), rcv: settings.windowScale};
    }
  }
  const stamps = agreedTimestamps(syn, offers && settings.timestamps, env.nowUs);
  // Options that every segment carries reduce the payload (RFC 9293 §3.7.1).
  const least = Math.max(Math.min(announced, settings.mss), settings.leastSendMss);
  const mss = Math.max(1, least - (stamps.timestampsOn ? TIMESTAMP_BYTES : 0));
  return {mss, pathMss: mss, cwnd: initialCwnd(mss, settings), scale, sackPermitted, ...stamps};
}

/** Returns the bytes of a full segment: its payload and the timestamps option, without other options. */
export const segmentBytes = ({mss, timestampsOn}: Connection): number =>
  mss + (timestampsOn ? TIMESTAMP_BYTES : 0);

/** Returns the options of every segment that carries ACK, except SYNs: timestamps and SACK blocks, as far as they are in use. */
export const ackOptions = (tcb: Connection): readonly TcpOption[] =>
  tcb.timestampsOn ? [NOP, NOP, STAMP, ...sackOption(tcb)] : sackOption(tcb);

function sackOption(tcb: Connection): readonly TcpOption[] {
  const {duplicate} = tcb;
  const {reassembly, sackList} = tcb;
  const waiting = reassembly.length > 0 || (sackList !== undefined && sackList.length > 0);
  if (!tcb.sackPermitted || !(waiting || duplicate !== undefined)) return [];
  const limit = MAX_SACK_BLOCKS - (tcb.timestampsOn ? 1 : 0);
  const first = duplicate === undefined ? [] : [duplicate];
  const room = limit - first.length;
  const blocks = [...first, ...(sackList?.slice(0, room) ?? sackBlocks(reassembly, tcb.rcv.nxt, room))];
  return blocks.length === 0 ? [] : [NOP, NOP, {kind: 'sack', blocks}];
}

/** Returns the bytes that SACK blocks take from the payload (RFC 9293 §3.7.1: Eff.snd.MSS). */
export const sackBytes = (tcb: Connection): number =>
  sackOption(tcb).reduce(
    (sum, option) => sum + (option.kind === 'sack' ? 2 + 8 * option.blocks.length : 1),
    0,
  );
