// The nested boxes of a frame: each layer's header and what lies behind it. Sizes are those on the wire, in bytes.
import type {Layer} from '../../wire/layer.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import type {PacketView} from '../bytes/inspector-view.ts';

/** Rows of the models, from above; ARP stands between two of OSI's (RFC 826: an EtherType of its own, no header of IP). */
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
  /** Names the same box in every packet: `tcp#1`. */
  readonly key: string;
  readonly protocol: string;
  readonly rung: Rung;
  readonly start: number;
  readonly header: number;
  /** Behind the header, without what only fills the frame. */
  readonly payload: number;
  /** Behind the payload: zeros up to Ethernet's least size, and other octets; only the outermost box has such. */
  readonly padding: number;
  readonly trailer: number;
  /** Layers of the packet that an ICMP error reports. */
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
  // What TCP does, inside a datagram of UDP (RFC 9000 §1).
  quic: 'transport',
  // Encryption is what OSI has layer 6 for; TCP/IP counts it among the application's.
  tls: 'presentation',
  dns: 'application',
  dhcp: 'application',
  http: 'application',
  http2: 'application',
  http3: 'application',
  websocket: 'application',
};

/** What nobody explains belongs to the layer above TCP and UDP; elsewhere to the one that carries it. */
const rungOf = (protocol: string, below: Rung | undefined): Rung => {
  if (protocol !== 'data') return rungByProtocol[protocol] ?? 'network';
  return below === undefined || below === 'transport' ? 'application' : below;
};

const numberIn = ({fields}: Layer, name: string): number | undefined => {
  const field = fields.find((each) => each.name === name);
  return field && Number(field.value);
};

/** Where the packet says that it ends; undefined: it says nothing, or 0, as offloading leaves it (RFC 791 §3.1, RFC 8200 §3). */
const packetEnd = (layer: Layer): number | undefined => {
  const {protocol, start, end} = layer;
  if (protocol === 'arp') return end;
  const length = numberIn(layer, protocol === 'ip' ? 'ip.len' : 'ipv6.plen');
  if (length === undefined || length === 0) return undefined;
  return protocol === 'ip' ? start + length : start + 40 + length;
};

/** Where the outermost packet ends in the frame; the frame's end where it does not say. */
const contentEnd = ({layers, originalLength}: PacketView): number => {
  const packet = layers.find(({protocol}) => ['ip', 'ipv6', 'arp'].includes(protocol));
  const told = packet && packetEnd(packet);
  const least = Math.max(0, ...layers.map(({end}) => end));
  return Math.max(least, Math.min(told ?? originalLength, originalLength));
};

/** Above the transport: what a program or its library has made. */
export const isProgram = (rung: Rung): boolean => rung === 'application' || rung === 'presentation';

type Group = {readonly rung: Rung; readonly rows: InspectorRow[]; readonly quotes: string[]};

/** What is inside QUIC stands where its ciphertext does (RFC 9001 §5.3): it is behind none of its headers. */
const takesAll = ({rung, rows}: Group): boolean => isProgram(rung) || rows[0]?.layer.protocol === 'quic';

/** A box for each layer; all that a program is to get is one. */
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

/** One message of HTTP has a head and content; several of them, or a message of DNS, are not taken apart. */
const headerOf = (group: Group, end: number): number => {
  const {rows} = group;
  const [first] = rows;
  if (!first) return 0;
  if (first.layer.protocol === 'data') return 0;
  const heads = rows.filter(({layer}) => layer.protocol === 'http').length;
  const whole = takesAll(group) && heads !== 1;
  return (whole ? end : first.end) - first.start;
};

/** The outermost first; their sizes with what is behind them add up to the frame's. */
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

/** RFC 894, IEEE 802.3 §3.2.7 and §4.4.2: the least frame without its check sequence, and the check sequence. */
const leastFrame = 60;
const checkSequence = 4;
/** The largest frame with 1500 bytes of data and no tag, without its check sequence. */
const largestFrame = 1514;

/** What the link carries beyond what a capture shows; undefined: no Ethernet, or a frame that no link of 1500 bytes carried so. */
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
