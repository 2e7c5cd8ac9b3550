// Findings about protocols that are not decoded, which are named by port, as a guess, and by the first line of text.
import {other} from '../observe/connections.ts';
import type {DatagramConversation} from '../observe/datagrams.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {HiddenFrames} from '../observe/unread-frames.ts';
import {dhcpPorts} from '../wire/dhcp.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {serviceOn} from '../wire/usual-services.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';

type Found = readonly Finding<'not-read'>[];

/** The most findings about undecoded protocols of each kind; one more counts the packets of all further conversations. */
const most = 256;

/**
 * The number of printable characters from which on an undecoded first line is taken for text, and the most that are quoted (`mostLine`).
 */
const leastLine = 4;
const mostLine = 60;

const isLineEnd = (octet: number): boolean => octet === 0x0a || octet === 0x0d;
const isPrinted = (octet: number): boolean => octet >= 0x20 && octet < 0x7f;

/** Returns the first line of the data; undefined if it is too short or has an octet that is not printable ASCII. */
const lineIn = (data: Uint8Array | undefined): string | undefined => {
  if (!data) return undefined;
  const end = data.findIndex(isLineEnd);
  const line = end < 0 ? data : data.subarray(0, end);
  if (line.length < leastLine || !line.every(isPrinted)) return undefined;
  return String.fromCharCode(...line.subarray(0, mostLine));
};

const sides = [0, 1] as const;

const isReadConnection = (connection: ObservedConnection, read: ReadonlySet<number>): boolean => {
  const {streams, ends, id} = connection;
  return (
    read.has(id) ||
    streams?.spoken !== undefined ||
    streams?.expectsHttp === true ||
    ends.some(({port}) => port === dnsPort)
  );
};

const connectionFound = (connection: ObservedConnection): Finding<'not-read'> => {
  const {id, client, ends, counts} = connection;
  const server = other(client);
  // An FTP server opens the data connections itself, from port 20, so the well-known port is that of the end that sent the SYN.
  const isKnown =
    serviceOn('tcp', ends[server].port) !== undefined || serviceOn('tcp', ends[client].port) === undefined;
  const {port} = ends[isKnown ? server : client];
  return finding('not-read', {
    about: {connection: id},
    where: 'capture',
    certainty: 'proved',
    frames: sides.flatMap((side) => connection.half(side).firstDataFrame || []),
    facts: {
      ...{service: serviceOn('tcp', port), transport: 'TCP', port},
      line: lineIn(connection.firstData(client)) ?? lineIn(connection.firstData(server)),
      packets: counts.packets,
      there: connection.half(client).payloadBytes,
      back: connection.half(server).payloadBytes,
    },
  });
};

const isReadDatagrams = (
  {inspector}: Evidence,
  {id, ends: [a, b]}: DatagramConversation,
  quic: ReadonlySet<number | undefined>,
): boolean =>
  quic.has(id) ||
  [a, b].some(({port}) => port === dnsPort || dhcpPorts.includes(port)) ||
  // The UDP probes of a traceroute carry no protocol, so they need no decoding.
  inspector.icmp.ways.isProbed(`${a.address} ${b.address} udp`);

/** The fixed bit, which is set in the first octet of each QUIC packet (RFC 9000 §17.2, §17.3.1). */
const fixedBit = 0x40;

/**
 * Returns the usual service of a UDP port; undefined for QUIC's port if a first octet lacks QUIC's fixed bit, because then another protocol
 * uses the port.
 */
const serviceIn = (ways: DatagramConversation['ways'], port: number): string | undefined => {
  const service = serviceOn('udp', port);
  const isOther = ways.some(({firstData: data}) => data?.[0] !== undefined && (data[0] & fixedBit) === 0);
  return service === 'QUIC' && isOther ? undefined : service;
};

const datagramsFound = ({
  id,
  ends: [, far],
  packets,
  ways: [there, back],
}: DatagramConversation): Finding<'not-read'> =>
  finding('not-read', {
    about: {conversation: `u${id}`},
    where: 'capture',
    certainty: 'proved',
    frames: [there.firstFrame, back.firstFrame].filter((frame) => frame > 0),
    facts: {
      ...{service: serviceIn([there, back], far.port), transport: 'UDP', port: far.port},
      line: lineIn(there.firstData) ?? lineIn(back.firstData),
      ...{packets, there: there.bytes, back: back.bytes},
    },
  });

/** Returns the finding about frames that are not decoded because they carry a tunnel or a protocol other than TCP and UDP. */
const framesFound = ([service, {packets, frames}]: readonly [string, HiddenFrames]): Finding<'not-read'> =>
  finding('not-read', {
    about: {capture: true},
    where: 'capture',
    certainty: 'proved',
    frames,
    facts: {service, transport: 'frame', port: 0, line: undefined, packets, there: 0, back: 0},
  });

/** Returns one finding for the packets of all further conversations together; none if there are no more. */
const restFound = <T>(service: string, rest: readonly T[], packetsOf: (each: T) => number): Found => {
  const packets = rest.reduce((sum, each) => sum + packetsOf(each), 0);
  return packets === 0 ? [] : [framesFound([`${service} …`, {packets, frames: []}])];
};

export const unreadFindings = (evidence: Evidence): Found => {
  const {connections, inspector, tls, quic} = evidence;
  const read = new Set(tls.flatMap((each) => (each.session ? [each.observed.id] : [])));
  const onQuic = new Set(quic.map(({conversation}) => conversation));
  const spoken = connections.filter(
    (each) => sides.some((side) => each.half(side).payloadBytes > 0) && !isReadConnection(each, read),
  );
  const sent = inspector.udp.all.filter(
    (each) => each.ways.some(({bytes}) => bytes > 0) && !isReadDatagrams(evidence, each, onQuic),
  );
  return [
    ...spoken.slice(0, most).map(connectionFound),
    ...restFound('TCP', spoken.slice(most), ({counts}) => counts.packets),
    ...sent.slice(0, most).map(datagramsFound),
    ...restFound('UDP', sent.slice(most), ({packets}) => packets),
    ...[...inspector.hidden].map(framesFound),
  ];
};
