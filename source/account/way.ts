// The hosts on a packet's way, as far as it has come, with its bytes at each: the sender, the routers, which decode it up to IP, and the
// receiver.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {LinkType} from '../wire/dissect.ts';
import {encodeFrame, type Frame, linkTypeEthernet} from '../wire/frame.ts';
import {type Death, deathOf} from './fates.ts';
import {ipPacketOf, packetOf} from './packet.ts';

/** The bytes of a frame as a link carries them, with the link type and the length before truncation. */
export type Sight = {
  readonly bytes: Uint8Array;
  readonly linkType: LinkType;
  readonly originalLength: number;
};

export type Stop = {
  readonly host: string;
  /** The role of this host on the packet's way; `tap` is the place at which a capture was made, which is neither sender nor receiver. */
  readonly role: 'maker' | 'router' | 'receiver' | 'tap';
  readonly came: Sight | undefined;
  readonly left: Sight | undefined;
  /** The next host on the packet's way, at the other end of the link; undefined if the packet has not left this host. */
  readonly next: string | undefined;
  readonly died: Death | undefined;
};

const sightOf = (frame: Frame): Sight => {
  const bytes = encodeFrame(frame);
  return {bytes, linkType: linkTypeEthernet, originalLength: bytes.length};
};

/** Tells whether an IP packet is addressed to this host. A router, to which it is not, decodes it only up to IP. */
const isForHost = (trace: Trace, record: PacketRecord, host: string): boolean => {
  const dst = ipPacketOf(record)?.dst;
  const own = trace.header.hosts.find(({name}) => name === host);
  return dst === undefined || own === undefined || own.ip.includes(dst);
};

/** The most events after its sending in which a packet's way is searched; more than happen during any packet's flight. */
const eventsSearched = 20_000;

const simulatedWay = (trace: Trace, record: PacketRecord, cursor: number): readonly Stop[] => {
  const {id, sendEvent, from} = record;
  const stops: Stop[] = [];
  const last = Math.min(cursor, record.endEvent ?? cursor, sendEvent + eventsSearched);
  let sent: Sight | undefined;
  for (const event of trace.events(sendEvent, last)) {
    if (!('packet' in event) || event.packet !== id) continue;
    const here = stops.at(-1);
    if (event.kind === 'send' && event.hop === 0 && stops.length === 0) {
      sent = record;
      stops.push({host: from, role: 'maker', came: undefined, left: sent, next: event.to, died: undefined});
    } else if (event.kind === 'send' && here?.host === event.host && here.left === undefined) {
      sent = event.frame ? sightOf(event.frame) : sent;
      stops[stops.length - 1] = {...here, role: 'router', left: sent, next: event.to};
    } else if (event.kind === 'arrive' && here?.left && here.host === event.from) {
      const came = event.altered ? sightOf(event.altered) : sent;
      const none = {left: undefined, next: undefined, died: undefined};
      const role = isForHost(trace, record, event.host) ? 'receiver' : 'router';
      stops.push({host: event.host, role, came, ...none});
    } else if (event.kind === 'drop' && here) {
      if (here.host === event.host) stops[stops.length - 1] = {...here, died: deathOf(event)};
      else if (here.left) {
        const none = {left: undefined, next: undefined};
        stops.push({host: event.host, role: 'receiver', came: sent, ...none, died: deathOf(event)});
      }
    }
  }
  return stops;
};

/**
 * Returns the hosts on a packet's way with its bytes at each: in a run those that it has reached by event `cursor`, in a capture only the
 * place where it was captured.
 */
export const wayOf = (trace: Trace, id: number, cursor: number): readonly Stop[] => {
  const record = packetOf(trace, id);
  if (trace.header.profile !== 'capture') return simulatedWay(trace, record, cursor);
  const none = {came: undefined, died: undefined};
  return [{host: record.from, role: 'tap', left: record, next: record.to, ...none}];
};
