// The conversations of a capture as the rows of a table: connections of TCP, and who talked with whom over UDP.
import {sameIn, type Text} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {Conversation} from '../../observe/capture-parts.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {briefTexts} from '../../words/catalogue/inspect.ts';
import type {Closed, Opened} from '../../words/picker.ts';
import {asked} from '../inspect/dns-findings.ts';
import type {Conversations, Told} from '../inspect/told.ts';

export type Row = {
  readonly id: Conversation;
  /** Of a connection the number that `--connection` takes. */
  readonly label: string;
  readonly client: string;
  readonly server: string;
  /** Absent: UDP opens and closes nothing. */
  readonly opened?: Opened;
  readonly closed?: Closed;
  readonly packets: number;
  readonly bytes: number;
  readonly firstUs: number;
  readonly lengthUs: number;
};

export type Overview = {
  readonly name: string;
  readonly packets: number;
  readonly durationUs: number;
  readonly conversations: Conversations;
  /** In the order of their numbers: TCP, then UDP. */
  readonly rows: readonly Row[];
  /** Of them, those of TCP. */
  readonly connections: number;
  /** Columns that the widest of all takes. */
  readonly widest: {readonly label: number; readonly client: number; readonly server: number};
};

/** Of TCP, and of QUIC as far as they were told apart. */
export const connectionsIn = ({connections, conversations}: Overview): number =>
  connections + conversations.quic.length;

/** The row of all packets together. */
export const everything: Conversation = 0;

/** undefined: it is the row of all. */
export const rowIn = ({rows, connections}: Overview, id: Conversation): Row | undefined =>
  id === everything ? undefined : rows[id > 0 ? id - 1 : connections - id - 1];

const openedOf = ({course, client}: ObservedConnection): Opened => {
  const opening = course.opening(client);
  if (opening === 'not-captured') return 'unknown';
  return opening === 'complete' || opening === 'simultaneous' ? 'yes' : 'no';
};

const closedOf = ({course, client}: ObservedConnection): Closed => {
  const closing = course.closing(client);
  if (course.opening(client) === 'refused' || closing.startsWith('reset')) return 'RST';
  if (closing.startsWith('half')) return 'half';
  if (closing !== 'none') return 'FIN';
  return ['unanswered', 'half-open'].includes(course.opening(client)) ? 'never' : 'unknown';
};

const connectionRow = (connection: ObservedConnection): Row => {
  const {id, client, ends, counts, firstUs, lastUs} = connection;
  const [near, far] = client === 0 ? ends : [ends[1], ends[0]];
  return {
    id,
    label: `${id}`,
    client: endpointText(near),
    server: endpointText(far),
    opened: openedOf(connection),
    closed: closedOf(connection),
    packets: counts.packets,
    bytes: connection.half(0).payloadBytes + connection.half(1).payloadBytes,
    firstUs,
    lengthUs: lastUs - firstUs,
  };
};

const widest = (rows: readonly Row[], cell: (row: Row) => string): number =>
  rows.reduce((most, row) => Math.max(most, cell(row).length), 0);

export const overviewOf = (name: string, conversations: Conversations): Overview => {
  const {connections, udp, frames, durationUs} = conversations.inspector;
  const rows = [
    ...connections.map(connectionRow),
    ...udp.all.map(
      ({id, ends: [near, far], packets, bytes, firstUs, lastUs}): Row => ({
        id: -id,
        label: `u${id}`,
        client: endpointText(near),
        server: endpointText(far),
        packets,
        bytes: bytes[0] + bytes[1],
        firstUs,
        lengthUs: lastUs - firstUs,
      }),
    ),
  ];
  return {
    name,
    packets: frames,
    durationUs,
    conversations,
    rows,
    connections: connections.length,
    widest: {
      label: widest(rows, ({label}) => label),
      client: widest(rows, ({client}) => client),
      server: widest(rows, ({server}) => server),
    },
  };
};

export const toldOf = ({conversations}: Overview, id: Conversation): Told =>
  id === everything ? conversations.all : conversations.of(id);

/** How odd the oddest thing in it is. */
export const interestOf = (overview: Overview, id: Conversation): number =>
  toldOf(overview, id).findings[0]?.weight ?? 0;

/** What is odd in it, in a word or two each, the oddest first; else what there is to know it by. */
export const notableOf = (overview: Overview, {id, opened}: Row): readonly Text[] => {
  const {findings, dns, tls, http, quic} = toldOf(overview, id);
  // One that has several things of a kind is told of once.
  const odd = [...new Set(findings.map(({brief}) => brief))];
  const names = [
    ...dns.map(asked),
    ...tls.flatMap(({session}) => session?.serverName ?? []),
    ...http.slice(0, 1).map(({request}) => request),
    ...quic.flatMap(({connection: {handshake}}) => handshake.serverName ?? []),
  ];
  return [...odd, ...(opened === 'unknown' ? [briefTexts.earlier] : []), ...[...new Set(names)].map(sameIn)];
};

/** Lessons that explain what is odd in it; the first one explains the oddest. */
export const lessonsFor = (overview: Overview, id: Conversation): readonly string[] => [
  ...new Set(toldOf(overview, id).findings.flatMap(({lesson}) => lesson ?? [])),
];
