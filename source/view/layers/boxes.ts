// Divides a frame into nested boxes: each layer's header and its payload. Sizes are those on the wire, in bytes.
import type {Layer} from '../../wire/layer.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import type {PacketView} from '../bytes/inspector-view.ts';

/**
 * The layers of the OSI model from the top, with one between network and link for ARP, which has an EtherType of its own but no IP header
 * (RFC 826).
 */
export const rungs = [
  'application',
  'presentation',
  'session',
  'transport',
  'network',
  'between',
  'link',
  'physical',
] as const;
export type Rung = (typeof rungs)[number];

export type Box = {
  /** A key of a box of the layers panel that is the same in every packet, such as `tcp#1`. */
  readonly key: string;
  readonly protocol: string;
  readonly rung: Rung;
  readonly start: number;
  readonly header: number;
  /** The number of bytes after the header in this layer of the frame, without those that only fill the frame. */
  readonly payload: number;
  /**
   * The number of zeros after the outermost layer's payload, which fill the frame up to Ethernet's least size, and the number of any other
   * octets there. Both are 0 for all other layers.
   */
  readonly padding: number;
  readonly trailer: number;
  /** The protocols of the packet that an ICMP error quotes; empty otherwise. */
  readonly quotes: readonly string[];
  readonly rows: readonly InspectorRow[];
};

export const sizeOf = ({header, payload, padding, trailer}: Box): number =>
  header + payload + padding + trailer;

const rungByProtocol: {readonly [protocol: string]: Rung} = {
  eth: 'link',
  vlan: 'link',
  ieee8021ad: 'link',
  vxlan: 'application',
  sll: 'link',
  null: 'link',
  arp: 'between',
  tcp: 'transport',
  udp: 'transport',
  // QUIC is put into the transport layer, because it does inside a UDP datagram what TCP does (RFC 9000 §1).
  quic: 'transport',
  // TLS is put into layer 6 of OSI, to which encryption belongs; TCP/IP counts it as application.
  tls: 'presentation',
  dns: 'application',
  dhcp: 'application',
  http: 'application',
  http2: 'application',
  http3: 'application',
  websocket: 'application',
};

/**
 * Returns the layer to which a protocol belongs. Undecoded data belong to the application if TCP or UDP carries them, otherwise to the
 * layer that carries them.
 */
const rungOf = (protocol: string, below: Rung | undefined): Rung => {
  if (protocol !== 'data') return rungByProtocol[protocol] ?? 'network';
  return below === undefined || below === 'transport' ? 'application' : below;
};

const numberIn = ({fields}: Layer, name: string): number | undefined => {
  const field = fields.find((each) => each.name === name);
  return field && Number(field.value);
};

/**
 * Returns the offset at which a packet ends by its own length field; undefined if it has none, or it is 0, as segmentation offload leaves
 * it (RFC 791 §3.1, RFC 8200 §3).
 */
const packetEnd = (layer: Layer): number | undefined => {
  const {protocol, start, end} = layer;
  if (protocol === 'arp') return end;
  const length = numberIn(layer, protocol === 'ip' ? 'ip.len' : 'ipv6.plen');
  if (length === undefined || length === 0) return undefined;
  return protocol === 'ip' ? start + length : start + 40 + length;
};

/** Returns the offset at which the outermost packet ends in the frame; the frame's end if the packet does not say. */
const contentEnd = ({layers, originalLength}: PacketView): number => {
  const packet = layers.find(({protocol}) => ['ip', 'ipv6', 'arp'].includes(protocol));
  const told = packet && packetEnd(packet);
  const least = Math.max(0, ...layers.map(({end}) => end));
  return Math.max(least, Math.min(told ?? originalLength, originalLength));
};

/** Tells whether a layer is above the transport layer, and so written by a program or its library. */
export const isProgram = (rung: Rung): boolean => rung === 'application' || rung === 'presentation';

type Group = {readonly rung: Rung; readonly rows: InspectorRow[]; readonly quotes: string[]};

/**
 * Tells whether a box of the layers panel takes everything inside it as its own: a program's data are not divided, nor is QUIC, whose
 * content is in place of its ciphertext (RFC 9001 §5.3).
 */
const takesAll = ({rung, rows}: Group): boolean => isProgram(rung) || rows[0]?.layer.protocol === 'quic';

/** Returns the inspector's rows grouped by box: one group for each layer, and one for everything above the transport layer. */
const groupsOf = (view: PacketView): readonly Group[] => {
  const groups: Group[] = [];
  for (const row of rowTree(view)) {
    const last = groups.at(-1);
    const {protocol, quoted} = row.layer;
    const rung = rungOf(protocol, last?.rung);
    if (quoted) last?.quotes.push(protocol);
    else if (last && takesAll(last)) last.rows.push(row);
    else groups.push({rung, rows: [row], quotes: []});
  }
  return groups;
};

/**
 * Returns the size of a box's header. A single HTTP message is divided into head and content; several of them, or a DNS message, are all
 * header; undecoded data have none.
 */
const headerOf = (group: Group, end: number): number => {
  const {rows} = group;
  const [first] = rows;
  if (!first) return 0;
  if (first.layer.protocol === 'data') return 0;
  const heads = rows.filter(({layer}) => layer.protocol === 'http').length;
  const whole = takesAll(group) && heads !== 1;
  return (whole ? end : first.end) - first.start;
};

/**
 * Returns the boxes of a frame, the outermost first. The sizes of all headers, of the innermost payload, of padding and trailer add up to
 * the frame's size.
 */
export const boxesOf = (view: PacketView): readonly Box[] => {
  const end = contentEnd(view);
  const fill = view.originalLength - end;
  const zeros = view.layers[0]?.fields.find(({name}) => name === 'eth.padding');
  const padding = Math.min(fill, zeros ? zeros.end - zeros.start : 0);
  return groupsOf(view).map((group, index) => {
    const {rung, rows, quotes} = group;
    const {key = '', layer: {protocol = ''} = {}, start = 0} = rows[0] ?? {};
    const header = headerOf(group, end);
    const filled = index === 0 ? {padding, trailer: fill - padding} : {padding: 0, trailer: 0};
    return {key, protocol, rung, start, header, payload: end - start - header, ...filled, quotes, rows};
  });
};

/**
 * The size in bytes of the smallest Ethernet frame without its frame check sequence, and of that sequence (RFC 894, IEEE 802.3 §3.2.7 and
 * §4.4.2).
 */
const leastFrame = 60;
const checkSequence = 4;
/** The size in bytes of the largest Ethernet frame with 1500 bytes of data and no tag, without its frame check sequence. */
const largestFrame = 1514;

/**
 * Returns the padding that a link adds to a captured frame, and the frame's size on the link; undefined if it is no Ethernet frame, or too
 * large for a link with an MTU of 1500.
 */
export const onTheWire = (
  boxes: readonly Box[],
  length: number,
): {readonly padding: number; readonly bytes: number} | undefined => {
  if (boxes[0]?.protocol !== 'eth') return undefined;
  const tags = 4 * boxes.filter(({protocol}) => protocol === 'vlan' || protocol === 'ieee8021ad').length;
  if (length > largestFrame + tags) return undefined;
  const padding = Math.max(0, leastFrame - length);
  return {padding, bytes: length + padding + checkSequence};
};
