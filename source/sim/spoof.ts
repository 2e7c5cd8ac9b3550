// SYNs under forged addresses (RFC 4987 §2.2). No TCP sends them, so nothing ever gets back to their sender.
import type {IpAddress} from '../wire/frame.ts';
import {emptyRope} from '../wire/rope.ts';
import {seq} from '../wire/seq.ts';
import {TcpFlag} from '../wire/tcp.ts';
import type {Action} from './action.ts';
import {hashOf} from './chance.ts';
import {type Draft, emitCall} from './draft.ts';
import {ownPacket, sendPacket} from './ip-layer.ts';
import {addressOf} from './topology.ts';

/** The source ports of forged SYNs: every port except the well-known ones. */
const ports = {first: 1024, count: 64_512};
/** The window of forged SYNs, which carry no TCP options. */
const window = 65_535;

/** Returns the address `n` places after `first`, for forged SYNs. A range (`n` above 0) exists only for IPv4. */
const addressAfter = (first: IpAddress, n: number): IpAddress => {
  if (n === 0) return first;
  const number = n + first.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
};

export const spoofSyn = (
  draft: Draft,
  host: string,
  action: Extract<Action, {call: 'spoofSyn'}>,
  repetition: number,
): void => {
  const {to, source, from} = action;
  const {seed} = draft.plan.scenario;
  const src = addressAfter(source.first, repetition % source.count);
  const start = hashOf(seed, 'forged ports', host);
  emitCall(draft, host, action);
  const segment = {
    srcPort: from ?? ports.first + ((start + repetition) % ports.count),
    dstPort: to.port,
    seq: seq(hashOf(seed, 'forged sequence numbers', host, repetition)),
    ack: seq(0),
    flags: TcpFlag.SYN,
    window,
    urgent: 0,
    options: [],
    payload: emptyRope,
  };
  const packet = ownPacket({src, dst: addressOf(draft.plan.topology, to.host)}, {kind: 'tcp', segment});
  sendPacket(draft, host, {packet, tag: {retransmission: false, because: '4987:2.2/forged-source'}});
};
