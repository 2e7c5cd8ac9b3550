// An attacker on the path between two hosts (RFC 3552 §3.5), who reads what is forwarded, overwrites it, or takes it and answers.
import {encodeFrame, type Frame, type IpAddress, type IpPacket} from '../wire/frame.ts';
import {ropeFromBytes, ropeToBytes} from '../wire/rope.ts';
import {encodeUtf8} from '../wire/utf8.ts';
import {type Draft, hostOf, type Tap} from './draft.ts';
import type {TapPower} from './scenario.ts';

const tapOn = (draft: Draft, host: string, power: TapPower): Tap | undefined => {
  const tap = draft.plan.taps.get(host);
  return tap?.can.includes(power) ? tap : undefined;
};

export const addressesOf = (draft: Draft, host: string): readonly IpAddress[] =>
  draft.plan.topology.hosts.get(host)?.interfaces.map(({ip}) => ip) ?? [];

/**
 * Returns the addresses at which a host's programs listen: its own or, on an attacker that answers for another host, those of that host.
 */
export const listensAt = (draft: Draft, host: string): readonly IpAddress[] =>
  addressesOf(draft, tapOn(draft, host, 'answer')?.between[1] ?? host);

/**
 * Tells whether the attacker takes a packet that is for the host that it poses as. Without a program on the packet's port, it lets the
 * packet pass.
 */
export const takes = (draft: Draft, host: string, {src, dst, transport}: IpPacket): boolean => {
  const [from, to] = tapOn(draft, host, 'answer')?.between ?? [];
  const {ownerOf} = draft.plan.topology;
  return (
    to !== undefined &&
    transport.kind === 'tcp' &&
    ownerOf.get(src) === from &&
    ownerOf.get(dst) === to &&
    hostOf(draft, host).tcpPorts.has(`${transport.segment.dstPort}`)
  );
};

const isBetween = ({between}: Tap, from: string | undefined, to: string | undefined): boolean =>
  from !== undefined && to !== undefined && from !== to && between.includes(from) && between.includes(to);

/** Returns the host of the attacker who edits what these two hosts send each other; undefined if there is none. */
export const editorBetween = (
  {plan}: Draft,
  {from, to}: {readonly from: string | undefined; readonly to: string | undefined},
): string | undefined =>
  [...plan.taps.values()].find((tap) => tap.can.includes('edit') && isBetween(tap, from, to))?.host;

const indexOf = (data: Uint8Array, find: Uint8Array): number =>
  data.findIndex((_, at) => find.every((octet, index) => data[at + index] === octet));

const withData = (frame: Frame, data: Uint8Array): Frame => {
  const {payload} = frame;
  if (payload.kind !== 'ip' || payload.packet.transport.kind !== 'tcp') return frame;
  const {packet} = payload;
  const segment = {...payload.packet.transport.segment, payload: ropeFromBytes(data)};
  return {...frame, payload: {...payload, packet: {...packet, transport: {kind: 'tcp', segment}}}};
};

/**
 * Returns the bytes of a forwarded frame in which the attacker has replaced its text, with correct checksums; undefined if the text does
 * not occur.
 */
export const rewritten = (
  draft: Draft,
  host: string,
  {hop, frame}: {readonly hop: number; readonly frame: Frame},
): Uint8Array | undefined => {
  const tap = tapOn(draft, host, 'edit');
  if (!tap?.edit || hop === 0 || frame.payload.kind !== 'ip') return undefined;
  const {src, dst, transport} = frame.payload.packet;
  const {ownerOf} = draft.plan.topology;
  if (transport.kind !== 'tcp' || !isBetween(tap, ownerOf.get(src), ownerOf.get(dst))) return undefined;
  const data = ropeToBytes(transport.segment.payload);
  const at = indexOf(data, encodeUtf8(tap.edit.find));
  if (at < 0) return undefined;
  const edited = data.slice();
  edited.set(encodeUtf8(tap.edit.put), at);
  return encodeFrame(withData(frame, edited));
};

/** Tells whether a frame was altered that a host with an editing attacker forwards, so that the change counts as the attacker's. */
export const isTampering = (
  draft: Draft,
  host: string,
  {hop, altered}: {readonly hop: number; readonly altered: Uint8Array | 'unreadable' | undefined},
): boolean => altered instanceof Uint8Array && hop > 0 && tapOn(draft, host, 'edit') !== undefined;
