// What the rules of a protocol other than TCP say of a packet of a capture, where they leave no doubt.
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import {quicOf} from '../../observe/quic-in-trace.ts';
import type {Trace} from '../../sim/trace.ts';
import type {ArpMessage} from '../../wire/arp.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {ruleReasons as say} from '../../words/catalogue/player.ts';
import {alertReason} from './alert-reason.ts';

/** `ares_op` (RFC 826). */
export const arpRequest = 1;

/** Of whoever asks whether it may have the address (RFC 5227 §2.1.1). */
const unspecified = '0.0.0.0';

export const arpOf = (trace: Trace, packet: number): ArpMessage | undefined => {
  const payload = packetOf(trace, packet).frame?.payload;
  return payload?.kind === 'arp' ? payload.message : undefined;
};

const arpReason = (trace: Trace, packet: number): Text | undefined => {
  const message = arpOf(trace, packet);
  if (message?.operation !== arpRequest) return undefined;
  const {senderIp, targetIp: address} = message;
  const isOwn = senderIp === address || senderIp === unspecified;
  return worded(isOwn ? say.arpTells : say.arpRequest, {address});
};

/** The most telling first; of a packet with none of them only what programs said can tell why. */
const tellingFrames = ['CONNECTION_CLOSE', 'RESET_STREAM', 'STOP_SENDING', 'HANDSHAKE_DONE', 'CRYPTO'];
const silent: ReadonlySet<string> = new Set(['ACK', 'PADDING']);

const quicReason = (trace: Trace, packet: number): Text | undefined => {
  const packets = quicOf(trace, packet)?.packets ?? [];
  const [first] = packets;
  const kind = first?.packet.header.kind;
  if (kind === 'Retry' || kind === 'Version Negotiation')
    return worded(say.quic, {what: kind.replace(' ', '')});
  const names = packets.flatMap(({frames}) => frames.map(({name}) => `${name}`));
  const told = tellingFrames.find((name) => names.includes(name));
  if (told) return worded(say.quic, {what: told});
  if (names.length === 0 || names.some((name) => name !== 'PING' && !silent.has(name))) return undefined;
  return worded(say.quic, {what: names.includes('PING') ? 'PING' : 'ACK'});
};

const fieldReason = (trace: Trace, packet: number): Text | undefined => {
  const fields = packetLayers(trace, packet).layers.flatMap((layer) => layer.fields);
  const dhcp = fields.find(({name}) => name === 'dhcp.option.dhcp');
  if (dhcp) return worded(say.dhcp, {type: dhcp.value});
  const fieldValue = (wanted: string): string | undefined => fields.find(({name}) => name === wanted)?.value;
  const error = fieldValue('http2.goaway.error');
  if (error !== undefined) {
    const last = fieldValue('http2.goaway.last_stream_id') ?? '';
    const code = Number(error);
    return worded(say.goaway, {error: http2ErrorName(code), last, quiet: code === 0});
  }
  return fieldValue('http2.rst_stream.error') === undefined ? undefined : say.broken;
};

type IcmpReason = keyof typeof say.icmp;

/** What an ICMP message says of the packet that it quotes, or asks and tells, by its type and code (RFC 792, RFC 1812 §5.2.7). */
const icmpReasons: {readonly [message: string]: IcmpReason} = {
  ...{
    '3.0': 'net',
    '3.1': 'host',
    '3.2': 'protocol',
    '3.3': 'port',
    '3.4': 'tooBig',
    '3.6': 'net',
    '3.7': 'host',
  },
  ...{'3.9': 'filtered', '3.10': 'filtered', '3.13': 'filtered', '11.0': 'hops', '11.1': 'pieces'},
  ...{'8.0': 'echo', '0.0': 'echoed'},
};

/** RFC 4443 §3, §4; RFC 4861 §4; RFC 3810 §5.2. */
const icmpv6Reasons: {readonly [message: string]: IcmpReason} = {
  ...{
    '1.0': 'net',
    '1.1': 'filtered',
    '1.3': 'host',
    '1.4': 'port',
    '2.0': 'tooBig',
    '3.0': 'hops',
    '3.1': 'pieces',
  },
  ...{'128.0': 'echo', '129.0': 'echoed', '133.0': 'solicits', '134.0': 'advertises', '143.0': 'listens'},
  ...{'135.0': 'neighbour', '136.0': 'tells'},
};

const anyAddress = '::';

const icmpReason = (trace: Trace, packet: number): Text | undefined => {
  const {payload} = packetOf(trace, packet).frame ?? {};
  const ip = payload?.kind === 'ip' ? payload.packet : undefined;
  const kind = ip?.transport.kind;
  if (kind !== 'icmp' && kind !== 'icmpv6') return undefined;
  const fields = packetLayers(trace, packet)
    .layers.filter(({quoted}) => !quoted)
    .flatMap((layer) => layer.fields);
  const value = (name: string): string | undefined =>
    fields.find((field) => field.name === `${kind}.${name}`)?.value;
  const reasons = kind === 'icmp' ? icmpReasons : icmpv6Reasons;
  const reason = reasons[`${value('type')}.${value('code')}`];
  if (reason === undefined) return undefined;
  const address = value('nd.ns.target_address') ?? value('nd.na.target_address') ?? '';
  return worded(say.icmp[reason === 'neighbour' && ip?.src === anyAddress ? 'wants' : reason], {address});
};

/** undefined: the rules leave open why it was sent. */
export const protocolReason = (trace: Trace, packet: number): Text | undefined =>
  arpReason(trace, packet) ??
  alertReason(trace, packet)?.text ??
  quicReason(trace, packet) ??
  icmpReason(trace, packet) ??
  fieldReason(trace, packet);
