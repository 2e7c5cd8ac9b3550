// TCP options of this machine: MSS (RFC 9293 §3.7.1), window scale (RFC 7323 §2.2), SACK (RFC 2018 §2, §3).
import type {TcpOption, TcpSegment} from '../../wire/tcp.ts';
import {initialCwnd} from './congestion.ts';
import type {Connection} from './connection.ts';
import {sackBlocks} from './reassembly.ts';
import type {TcpSettings} from './settings.ts';

/** Send MSS where the peer announces none, over IPv4 and IPv6 (RFC 9293 §3.7.1). */
const DEFAULT_MSS = {4: 536, 6: 1220} as const;
/** RFC 7323 §2.3: a larger shift count counts as 14. */
const MAX_SHIFT = 14;
/** 40 bytes of options hold four blocks (RFC 2018 §3). */
const MAX_SACK_BLOCKS = 4;

export const defaultMss = (ip: string): number => DEFAULT_MSS[ip.includes(':') ? 6 : 4];

const NOP: TcpOption = {kind: 'nop'};

/** What stands on a SYN; on a SYN,ACK only what the peer's SYN offered too. */
export function synOptions(settings: TcpSettings, offered?: readonly TcpOption[]): readonly TcpOption[] {
  const may = (kind: TcpOption['kind']): boolean =>
    offered === undefined || offered.some((o) => o.kind === kind);
  const options: TcpOption[] = [{kind: 'mss', mss: settings.mss}];
  if (settings.sackPermitted && may('sackPermitted')) options.push(NOP, NOP, {kind: 'sackPermitted'});
  if (settings.windowScale !== 'off' && may('windowScale')) {
    options.push(NOP, {kind: 'windowScale', shift: settings.windowScale});
  }
  return options;
}

type Negotiated = Pick<Connection, 'mss' | 'cwnd' | 'scale' | 'sackPermitted'>;

/** What both ends' SYNs agree on. */
export function negotiate(settings: TcpSettings, syn: TcpSegment, peerIp: string): Negotiated {
  let mss = defaultMss(peerIp);
  let scale = {snd: 0, rcv: 0};
  let sackPermitted = false;
  for (const option of syn.options) {
    if (option.kind === 'mss' && option.mss > 0) mss = option.mss;
    else if (option.kind === 'sackPermitted') sackPermitted = settings.sackPermitted;
    else if (option.kind === 'windowScale' && settings.windowScale !== 'off') {
      scale = {snd: Math.min(option.shift, MAX_SHIFT), rcv: settings.windowScale};
    }
  }
  mss = Math.min(mss, settings.mss);
  return {mss, cwnd: initialCwnd(mss, settings), scale, sackPermitted};
}

/** What stands on every other segment that carries ACK. */
export function ackOptions(tcb: Connection): readonly TcpOption[] {
  if (!tcb.sackPermitted || tcb.reassembly.length === 0) return [];
  const blocks = sackBlocks(tcb.reassembly, tcb.rcv.nxt, MAX_SACK_BLOCKS);
  return blocks.length === 0 ? [] : [NOP, NOP, {kind: 'sack', blocks}];
}

/** Room that `ackOptions` takes from the payload (RFC 9293 §3.7.1: Eff.snd.MSS), in bytes. */
export const sackBytes = (options: readonly TcpOption[]): number =>
  options.reduce((sum, option) => sum + (option.kind === 'sack' ? 2 + 8 * option.blocks.length : 1), 0);
