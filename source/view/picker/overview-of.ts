// The rows of a capture and what is told of them, made once somebody opens one.
import {endpointText} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {Closed, Opened} from '../../words/picker.ts';
import {bytesOn, endsFrom} from '../inspect/sides.ts';
import type {Conversations} from '../inspect/told.ts';
import {telling} from './detail.ts';
import type {Overview, Row} from './overview.ts';

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
  const {id, counts, firstUs, lastUs} = connection;
  const [near, far] = endsFrom(connection);
  return {
    id,
    label: `${id}`,
    client: endpointText(near),
    server: endpointText(far),
    opened: openedOf(connection),
    closed: closedOf(connection),
    packets: counts.packets,
    bytes: bytesOn(connection),
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
    telling,
  };
};
