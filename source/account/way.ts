// The way of a packet as far as it has come: the host that made it, the routers that decode it up to IP, and the host that receives it.
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {LinkType} from '../wire/dissect.ts';
import {encodeFrame, type Frame, linkTypeEthernet} from '../wire/frame.ts';
import {type Death, deathOf} from './fates.ts';
import {ipPacketOf, packetOf} from './packet.ts';

/** A frame as a link carries it. */
export type Sight = {
  readonly bytes: Uint8Array;
  readonly linkType: LinkType;
  readonly originalLength: number;
};

export type Stop = {
  readonly host: string;
  /** The role of the host; `tap` is the place at which a capture was made, which is no end. */
  readonly role: 'maker' | 'router' | 'receiver' | 'tap';
  readonly came: Sight | undefined;
  readonly left: Sight | undefined;
  /** The host at the other end of the link over which the packet has left. */
  readonly next: string | undefined;
  readonly died: Death | undefined;
};

const sightOf = (frame: Frame): Sight => {
  const bytes = encodeFrame(frame);
  return {bytes, linkType: linkTypeEthernet, originalLength: bytes.length};
};

/** Tells whether an IP packet has come to its destination; any other host decodes it only up to IP. */
const isForHost = (trace: Trace, record: PacketRecord, host: string): boolean => {
  const dst = ipPacketOf(record)?.dst;
  const own = trace.header.hosts.find(({name}) => name === host);
  return dst === undefined || own === undefined || own.ip.includes(dst);
};

/** The most events that are searched, which is more than pass during any flight. */
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

/** Returns the way of a packet. A capture shows only the frame; a run also shows the hosts that it has passed by event `cursor`. */
export const wayOf = (trace: Trace, id: number, cursor: number): readonly Stop[] => {
  const record = packetOf(trace, id);
  if (trace.header.profile !== 'capture') return simulatedWay(trace, record, cursor);
  const none = {came: undefined, died: undefined};
  return [{host: record.from, role: 'tap', left: record, next: record.to, ...none}];
};
