// Relates what is on the screen: a TCP variable of a host, the header field that sets it or is set from it, and the packet that changed it.

import {instantOf} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {endAtHand} from './endpoints/at-hand.ts';
import {changedBy, lastChange, type Place} from './endpoints/last-change.ts';
import {lastSending} from './ladder/ladder-entries.ts';
import type {Selection} from './selection.ts';
import {newestPacket, type View} from './view.ts';

type Link = {
  /** The name that the endpoints panel shows: a TCP variable such as `snd.una`, `state`, or a timer. */
  readonly variable: string;
  /**
   * The direction in which a TCP variable and header fields are related: the receiver sets the variable from the fields (`arrives`), or the
   * sender fills the fields from the variable (`leaves`).
   */
  readonly way: 'arrives' | 'leaves';
  /** The display-filter names of the header fields that belong to a TCP variable; the first one is selected along with the variable. */
  readonly fields: readonly string[];
};

const link = (variable: string, way: Link['way'], ...fields: string[]): Link => ({variable, way, fields});

/** The relations between TCP variables and header fields, the closest first. */
const links: readonly Link[] = [
  link('snd.una', 'arrives', 'tcp.ack_raw'),
  link('rcv.nxt', 'arrives', 'tcp.seq_raw', 'tcp.len', 'tcp.payload'),
  link('snd.wnd', 'arrives', 'tcp.window_size_value'),
  link('state', 'arrives', 'tcp.flags'),
  link('snd.nxt', 'leaves', 'tcp.seq_raw', 'tcp.len', 'tcp.payload'),
  link('rcv.nxt', 'leaves', 'tcp.ack_raw'),
  link('rcv.wnd', 'leaves', 'tcp.window_size_value'),
  link('state', 'leaves', 'tcp.flags'),
  link('mss', 'arrives', 'tcp.options.mss_val'),
  link('irs', 'arrives', 'tcp.seq_raw'),
  link('iss', 'leaves', 'tcp.seq_raw'),
  link('srtt', 'arrives', 'tcp.options.timestamp.tsecr', 'tcp.ack_raw'),
  link('rttvar', 'arrives', 'tcp.options.timestamp.tsecr', 'tcp.ack_raw'),
  link('rto', 'arrives', 'tcp.options.timestamp.tsecr', 'tcp.ack_raw'),
  link('cwnd', 'arrives', 'tcp.ack_raw'),
  link('ssthresh', 'arrives', 'tcp.ack_raw'),
  link('flightSize', 'arrives', 'tcp.ack_raw'),
  link('flightSize', 'leaves', 'tcp.len'),
  link('RTO', 'leaves', 'tcp.seq_raw'),
  link('delayed ACK', 'arrives', 'tcp.len'),
  link('2 MSL', 'arrives', 'tcp.flags'),
  link('FIN-WAIT-2', 'arrives', 'tcp.flags'),
  link('persist', 'arrives', 'tcp.window_size_value'),
];

/**
 * Returns the number of the packet for which the retransmission timer runs: the last transmission of the oldest unacknowledged segment;
 * undefined if there is none.
 */
const waitedFor = (view: View, host: string): number | undefined => {
  const oldest = endAtHand(view, host)?.retransmissionQueue.at(0);
  return oldest && lastSending(view.input.trace, {from: host, seq: oldest.seq}, newestPacket(view) ?? 0);
};

type Moved = {readonly packet: number; readonly way: Link['way']};

/**
 * Returns the packet that last changed a TCP variable, and whether it did so by arriving or by being sent; for the retransmission timer,
 * the packet for which it runs. undefined if there is none.
 */
const movedBy = (view: View, place: Place): Moved | undefined => {
  if (place.name === 'RTO') {
    const packet = waitedFor(view, place.host);
    return packet === undefined ? undefined : {packet, way: 'leaves'};
  }
  const event = lastChange(view, place);
  if (event === undefined) return undefined;
  const own = instantOf(view.input.trace, event).filter(({host}) => host === place.host);
  const arrived = own.find((each) => each.kind === 'arrive');
  const sent = own.findLast((each) => each.kind === 'send');
  const leaves = place.name === 'snd.nxt';
  const packet = leaves ? sent?.packet : (arrived?.packet ?? sent?.packet);
  // An ARP frame has no number and cannot be selected.
  if (packet === undefined || packet < 1) return undefined;
  return {packet, way: leaves || arrived === undefined ? 'leaves' : 'arrives'};
};

/**
 * Returns what is selected along with a TCP variable of a host: the packet that last changed it, and the header field that belongs to it.
 */
export const selectionOf = (view: View, place: Place): Partial<Selection> => {
  const moved = movedBy(view, place);
  if (!moved) return {variable: place};
  const {packet, way} = moved;
  const own = links.filter(({variable}) => variable === place.name);
  const fields = (own.find((each) => each.way === way) ?? own[0])?.fields;
  return {variable: place, packet, field: fields?.[0], byte: undefined};
};

/**
 * Returns the TCP variable that a header field of a packet has changed or shows; undefined if no variable belongs to the field, or if the
 * packet has changed none that does.
 */
export const placeOfField = (view: View, id: number, field: string | undefined): Place | undefined => {
  const own = links.filter(({fields}) => field !== undefined && fields.includes(field));
  if (own.length === 0) return undefined;
  const {from, to} = packetOf(view.input.trace, id);
  const places = own.map(({variable, way}) => ({host: way === 'arrives' ? to : from, name: variable}));
  const changed = changedBy(view, id);
  const isChanged = ({host, name}: Place): boolean =>
    changed.some((each) => each.host === host && each.name === name);
  return places.find(isChanged);
};
