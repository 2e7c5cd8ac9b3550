// Computes when each conversation of a capture took place, and how long it spent opening, waiting for an answer and transferring data.

import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import type {DatagramConversation} from '../../observe/datagrams.ts';
import type {Ping} from '../../observe/icmp-stories.ts';
import type {Endpoint, ObservedConnection} from '../../observe/observed-connection.ts';
import type {CapturedQuic} from '../../observe/quic-captured.ts';
import {datagramName} from '../../observe/unread-frames.ts';
import {hasFailed, outcomeOf} from '../../verdict/outcome.ts';
import {other, serverOf, sides} from '../../verdict/sides.ts';
import {dhcpPorts} from '../../wire/dhcp.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import {askedIn, namesOf} from './asked-names.ts';
import {givenUpUs} from './happy-eyeballs.ts';
import {quicName} from './quic-lines.ts';
import type {Told} from './selection.ts';

export type Phase = 'opening' | 'waiting' | 'data' | 'again' | 'quiet';

/** A conversation in time; all times are in µs since the first packet. */
export type Span = {
  /** The conversation's sign in the lists: `#1`, `u2`, `DNS`. */
  readonly label: string;
  /** The host at the other end, or the DNS name that was asked for. */
  readonly name: string;
  readonly packets: number;
  readonly fromUs: number;
  readonly untilUs: number;
  /** The conversation's phases, each of which lasts until the next one begins. */
  readonly phases: readonly {readonly phase: Phase; readonly fromUs: number}[];
  /** True if the conversation was aborted, refused or never answered. */
  readonly failed: boolean;
};

type Names = ReadonlyMap<string, string>;

export const endText = ({address, port}: Endpoint, names: Names): string =>
  `${names.get(address) ?? (address.includes(':') ? `[${address}]` : address)}:${port}`;

type Phases = Span['phases'];

/**
 * Returns the phases from a TCP connection's first data on. Waiting begins when the client has sent the whole request, or at its first
 * octet if it is still sending when the answer begins.
 */
const dataPhases = (connection: ObservedConnection): Phases => {
  const {client} = connection;
  const [there, back] = [connection.half(client), connection.half(other(client))];
  const [asked, answered] = [there.pace, back.pace];
  const beginsUs = Math.min(asked?.firstUs ?? Infinity, answered?.firstUs ?? Infinity);
  const begins: Phases = [{phase: 'data', fromUs: beginsUs}];
  if (!asked || !answered || answered.firstUs <= asked.firstUs) return begins;
  const isWhole = asked.sentUs <= answered.firstUs;
  if (!isWhole && there.payloadBytes >= back.payloadBytes) return begins;
  return [
    ...begins,
    {phase: 'waiting', fromUs: isWhole ? asked.sentUs : asked.firstUs},
    {phase: 'data', fromUs: answered.firstUs},
  ];
};

/** The least share of a connection's time that a pause in its data must take to be drawn as a pause. */
const leastQuietShare = 0.05;

const withSilence = (phases: Phases, {notes, firstUs, lastUs}: ObservedConnection): Phases => {
  const {silence} = notes;
  if (!silence || silence.us < leastQuietShare * (lastUs - firstUs)) return phases;
  const {us, untilUs} = silence;
  const fromUs = untilUs - us;
  const [before, after] = [
    phases.findLast((each) => each.fromUs <= fromUs),
    phases.findLast((each) => each.fromUs < untilUs),
  ];
  if (before?.phase !== 'data' || after?.phase !== 'data') return phases;
  return [
    ...phases.filter((each) => each.fromUs <= fromUs),
    {phase: 'quiet', fromUs},
    {phase: 'data', fromUs: untilUs},
    ...phases.filter((each) => each.fromUs >= untilUs),
  ];
};

/**
 * Returns a connection's phases. If one end retransmitted at the end and got no acknowledgment, a phase for these retransmissions is added,
 * and a pause after them.
 */
const withRepeats = (phases: Phases, {notes}: ObservedConnection): Phases => {
  const waiting = sides.map((side) => notes.lastStand.waiting(side)).find((each) => each?.againUs);
  if (waiting?.againUs === undefined || waiting.what === 'probe') return phases;
  const {againUs, lastUs} = waiting;
  return [
    ...phases.filter(({fromUs}) => fromUs < againUs),
    {phase: 'again', fromUs: againUs},
    {phase: 'quiet', fromUs: lastUs},
  ];
};

const connectionPhases = (connection: ObservedConnection): Phases => {
  const {client, course, firstUs, lastUs} = connection;
  const opening = course.opening(client);
  if (opening === 'unanswered') return [{phase: 'opening', fromUs: firstUs}];
  const openUs = opening === 'not-captured' ? undefined : course.synAckedUs(other(client)) || lastUs;
  const paces = sides.flatMap((side) => connection.half(side).pace ?? []);
  return [
    ...(openUs === undefined ? [] : [{phase: 'opening', fromUs: firstUs} as const]),
    {phase: 'quiet', fromUs: openUs ?? firstUs},
    ...(paces.length === 0 ? [] : dataPhases(connection)),
    ...(paces.length === 0
      ? []
      : [{phase: 'quiet', fromUs: Math.max(...paces.map(({sentUs}) => sentUs))} as const]),
  ];
};

const phasesOf = (connection: ObservedConnection): Phases =>
  withSilence(withRepeats(connectionPhases(connection), connection), connection);

type Known = {
  /** The server name that the client asked for in TLS; undefined without one. */
  readonly site: string | undefined;
  /** The time in µs at which the client abandoned the connection for a faster one; undefined if it did not. */
  readonly givenUpUs: number | undefined;
  /** True if the connection was refused, broken off or not answered. */
  readonly failed: boolean;
};

const connectionSpan = (
  connection: ObservedConnection,
  names: Names,
  {site, givenUpUs, failed}: Known,
): Span => {
  const {id, counts, firstUs} = connection;
  const lastUs = Math.max(connection.lastUs, givenUpUs ?? 0);
  const far = serverOf(connection);
  const name = site === undefined ? endText(far, names) : `${site}:${far.port}`;
  return {
    ...{label: `#${id}`, name, packets: counts.packets},
    ...{fromUs: firstUs, untilUs: lastUs, phases: phasesOf(connection)},
    failed,
  };
};

const quicSpan = (captured: CapturedQuic, names: Names): Span => {
  const {connection} = captured;
  const {firstUs, lastUs, shortUs, back, handshake, ends, datagrams} = connection;
  const [, far] = ends;
  const at = far.lastIndexOf(':');
  const address = far.slice(0, at).replace(/^\[|\]$/g, '');
  // A QUIC connection that cannot be decrypted is drawn as transferring data from its first 1-RTT packet on.
  const dataUs = connection.opened ? back?.firstUs : shortUs;
  return {
    ...{label: quicName(captured), packets: datagrams, fromUs: firstUs, untilUs: lastUs},
    name: `${handshake.serverName ?? names.get(address) ?? far.slice(0, at)}${far.slice(at)}`,
    phases: [
      {phase: 'opening', fromUs: firstUs},
      ...(shortUs === undefined ? [] : [{phase: 'waiting', fromUs: shortUs} as const]),
      ...(dataUs === undefined ? [] : [{phase: 'data', fromUs: dataUs} as const]),
      ...(connection.opened && back ? [{phase: 'quiet', fromUs: back.lastUs} as const] : []),
    ],
    failed: !connection.isAnswered && connection.versionsOfServer === undefined && back === undefined,
  };
};

/** Returns the span of a UDP conversation whose protocol has no spans of its own. */
const datagramSpan = ({id, ends, packets, firstUs, lastUs}: DatagramConversation, names: Names): Span => {
  const ports = [ends[0].port, ends[1].port] as const;
  const known = dhcpPorts.some((port) => ports.includes(port)) ? 'DHCP' : undefined;
  return {
    ...{label: `u${id}`, packets, fromUs: firstUs, untilUs: lastUs, failed: false},
    name: known ?? datagramName(ports, new Uint8Array(0), 0) ?? endText(ends[1], names),
    phases: [{phase: 'data', fromUs: firstUs}],
  };
};

/** Returns the span of a ping to one host, with all its echo requests and replies. */
const echoSpan = ({to, sent, answered, firstUs, lastUs}: Ping, names: Names): Span => ({
  ...{label: 'ICMP', name: names.get(to) ?? to, packets: sent + answered, fromUs: firstUs, untilUs: lastUs},
  ...{phases: [{phase: 'data', fromUs: firstUs}] as const, failed: answered === 0},
});

const nameSpans = ({dns}: Told): readonly Span[] =>
  [...askedIn(dns)].map(([name, {count, fromUs, untilUs, waits, answer}]) => ({
    ...{label: 'DNS', name, packets: answer ? count + 1 : count, fromUs},
    untilUs: waits.at(-1)?.untilUs ?? untilUs,
    phases: waits.flatMap((wait, index) => [
      {phase: 'waiting', fromUs: wait.fromUs} as const,
      ...(index + 1 < waits.length ? [{phase: 'quiet', fromUs: wait.untilUs} as const] : []),
    ]),
    failed: answer === undefined,
  }));

/** Returns one span for all DNS names together, drawn as waiting, because connections wait for names. */
const namesTogether = (all: readonly Span[], title: string): Span => {
  const fromUs = Math.min(...all.map((each) => each.fromUs));
  return {
    ...{label: 'DNS', name: title, packets: all.reduce((sum, {packets}) => sum + packets, 0), fromUs},
    ...{untilUs: Math.max(...all.map((each) => each.untilUs)), phases: [{phase: 'waiting', fromUs}]},
    failed: all.every(({failed}) => failed),
  };
};

const isDns = ({ends}: DatagramConversation): boolean => ends.some(({port}) => port === dnsPort);

export type Wanted = {
  readonly inspector: CaptureInspector;
  readonly connections: readonly ObservedConnection[];
  /** All UDP conversations; empty if only one conversation is shown. */
  readonly udp: readonly DatagramConversation[];
  readonly echoes: readonly Ping[];
  readonly most: number;
  /** The label of the single bar that stands for all DNS names if there is no room for a bar for each. */
  readonly title: string;
};

/**
 * A conversation with the number of its packets and the function that computes its span in time, which is called only if the conversation
 * is drawn, because a capture may have tens of thousands.
 */
type Wide = {readonly packets: number; readonly span: () => Span};

/**
 * Returns at most `most` spans in the order of their beginnings, those with most packets if there are more, and how many others there are.
 */
export const spansIn = (
  told: Told,
  {inspector, connections, udp, echoes, most, title}: Wanted,
): {readonly spans: readonly Span[]; readonly others: number} => {
  const names = namesOf(told.dns);
  const sites = new Map(told.tls.map(({observed, session}) => [observed, session?.serverName]));
  const given = givenUpUs(connections, told.dns);
  const known = new Set(told.quic.map(({conversation}) => conversation));
  const evidence = {inspector, tls: told.tls};
  const rest: readonly Wide[] = [
    ...connections.map((each) => ({
      packets: each.counts.packets,
      span: () =>
        connectionSpan(each, names, {
          ...{
            site: sites.get(each),
            givenUpUs: given.get(each),
            failed: hasFailed(outcomeOf(evidence, each)),
          },
        }),
    })),
    ...told.quic.map((each) => ({packets: each.connection.datagrams, span: () => quicSpan(each, names)})),
    ...udp
      .filter((each) => !isDns(each) && !known.has(each.id))
      .map((each) => ({packets: each.packets, span: () => datagramSpan(each, names)})),
    ...echoes.map((each) => ({packets: each.sent + each.answered, span: () => echoSpan(each, names)})),
  ];
  const asked = nameSpans(told);
  const isTight = asked.length > 1 && asked.length + rest.length > most;
  const leading = isTight ? [namesTogether(asked, title)] : asked;
  const room = most - leading.length;
  const kept = rest.length <= room ? rest : rest.toSorted((a, b) => b.packets - a.packets).slice(0, room);
  const spans = [...leading, ...kept.map(({span}) => span())]
    .slice(0, most)
    .toSorted((a, b) => a.fromUs - b.fromUs);
  return {spans, others: rest.length - kept.length};
};
