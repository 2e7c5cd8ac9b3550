// Writes a trace as a capture file: either each packet once, so that frame N is packet N, or everything that one host saw.
import {entriesBetween, entryAt} from '../../account/entries.ts';
import {fateOf} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Language} from '../../lesson/text.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {encodeFrame, type Frame, linkTypeEthernet} from '../../wire/frame.ts';
import type {LinkType} from '../../wire/layer.ts';
import {encodePcap, encodePcapng, type OutgoingRecord} from '../../wire/pcap/writer.ts';
import {lostText} from '../../words/fates.ts';
import {notTcpText} from '../../words/not-tcp.ts';
import {type ExportedSecrets, secretsIn} from './capture-secrets.ts';

export type CaptureFormat = 'pcap' | 'pcapng';

export type CaptureExport = {
  readonly trace: Trace;
  readonly format: CaptureFormat;
  /**
   * The host whose packets the capture contains, as its network card sees them; undefined: each packet of the run once, as it was first
   * sent.
   */
  readonly at: string | undefined;
  readonly language: Language;
  readonly application: string;
  /** Returns the reason why a packet was sent, which becomes the packet's comment. Absent: no reasons are written. */
  readonly why?: (sending: TraceEvent) => string | undefined;
};

/** A packet that is written into an exported capture. `event`: the number of the event by which it was sent or arrived. */
type Captured = OutgoingRecord & {readonly linkType: LinkType; readonly event: number};

/** Returns a comment on why the packet was lost; nothing for a packet that arrived. */
const lossOf = (trace: Trace, packet: PacketRecord, language: Language): readonly string[] => {
  const fate = fateOf(trace, packet);
  return fate?.what === 'lost' ? [lostText(fate)[language]] : [];
};

const whyOf = ({why}: CaptureExport, sending: TraceEvent): readonly string[] => {
  const sentence = why?.(sending);
  return sentence === undefined ? [] : [sentence];
};

function* everyPacket(wanted: CaptureExport): Generator<Captured, void> {
  const {trace, language, at} = wanted;
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const {from, to, sentUs, recorded, bytes, originalLength, linkType, sendEvent} = packet;
    if (at !== undefined && from !== at && to !== at) continue;
    const {atUs, nanoseconds} = recorded ?? {atUs: sentUs, nanoseconds: 0};
    const comments = [
      ...(recorded?.comments ?? []),
      ...whyOf(wanted, entryAt(trace, sendEvent)),
      ...lossOf(trace, packet, language),
    ];
    yield {atUs, nanoseconds, bytes, originalLength, linkType, comments, event: sendEvent};
  }
}

/** Yields the packets that tcpdump on `host` would capture in a simulated run: all that the host sends, forwards or receives, also ARP. */
function* seenBy(host: string, wanted: CaptureExport): Generator<Captured, void> {
  const {trace} = wanted;
  const sent = new Map<string, Frame>();
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    const key = `${event.packet}.${event.hop}`;
    if (event.kind === 'send' && event.frame) sent.set(key, event.frame);
    if (event.host !== host) continue;
    const frame = event.kind === 'arrive' ? (event.altered ?? sent.get(key)) : event.frame;
    const comments = event.kind === 'send' ? whyOf(wanted, event) : [];
    const linkType = linkTypeEthernet;
    if (frame) yield {atUs: event.atUs, bytes: encodeFrame(frame), linkType, comments, event: event.n};
  }
}

/** Returns the link types of the packets, in the order of first use, and whether any packet has a time finer than a microsecond. */
const kindOf = (records: Iterable<Captured>) => {
  const types = new Set<LinkType>();
  let isFine = false;
  for (const {linkType, nanoseconds = 0} of records) {
    types.add(linkType);
    isFine ||= nanoseconds > 0;
  }
  return {types: types.size === 0 ? [linkTypeEthernet] : [...types], nanoseconds: isFine};
};

/**
 * Yields pcapng packets with the number of their interface. Secrets that replace earlier ones of the same client random come before the
 * first packet that needs them, because readers keep only one secret per name.
 */
function* numbered(
  records: Iterable<Captured>,
  types: readonly LinkType[],
  later: ExportedSecrets['later'],
): Generator<OutgoingRecord, void> {
  let told = 0;
  for (const {linkType, event, ...record} of records) {
    let secrets = '';
    for (; (later[told]?.event ?? Infinity) < event; told++) secrets += later[told]?.line ?? '';
    yield {...record, secrets, interfaceId: types.indexOf(linkType)};
  }
}

/** Returns the octets of the capture file; undefined for a pcap with packets of several link types, because a pcap file has only one. */
export const captureFile = (wanted: CaptureExport): Iterable<Uint8Array> | undefined => {
  const {trace, format, at, application} = wanted;
  // A recorded capture shows one place only, so `at` does not apply to it: the packets' times at any other place would be estimates.
  const isSeen = at === undefined || trace.header.profile === 'capture';
  const records = (): Iterable<Captured> => (isSeen ? everyPacket(wanted) : seenBy(at, wanted));
  const {types, nanoseconds} = kindOf(records());
  const [only = linkTypeEthernet] = types;
  if (format === 'pcap') return types.length > 1 ? undefined : encodePcap(only, records(), nanoseconds);
  const {notTcp, faults} = trace.header;
  const comments = [
    ...(notTcp ? [notTcpText(notTcp, wanted.language)] : []),
    ...faults.map((fault) => `fault ${fault}`),
  ];
  const interfaces = types.map((linkType) => ({linkType, ...(at === undefined ? {} : {name: at})}));
  const {first: keyLog, later} = secretsIn(trace);
  const file = {interfaces, application, comments, keyLog, nanoseconds};
  return encodePcapng(file, numbered(records(), types, later));
};
