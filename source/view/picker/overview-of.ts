// Builds the table of a capture's conversations and the texts on them, when the capture is opened.

import {endpointText} from '../../observe/capture-inspector.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {endsFrom, isBegun, isOpened, octetsOn} from '../../verdict/sides.ts';
import type {Closed, Opened} from '../../words/picker.ts';
import type {Conversations} from '../inspect/selection.ts';
import {telling} from './detail.ts';
import type {Overview, Row} from './overview.ts';

const openedOf = (connection: ObservedConnection): Opened => {
  if (connection.course.opening(connection.client) === 'not-captured') return 'unknown';
  return isOpened(connection) ? 'yes' : 'no';
};

const closedOf = (connection: ObservedConnection): Closed => {
  const {course, client} = connection;
  const closing = course.closing(client);
  if (course.opening(client) === 'refused' || closing.startsWith('reset')) return 'RST';
  if (closing.startsWith('half')) return 'half';
  if (closing !== 'none') return 'FIN';
  return isBegun(connection) ? 'never' : 'unknown';
};

type Conversing = Pick<ObservedConnection, 'ends' | 'firstUs' | 'lastUs'>;

const betweenEnds = ({ends: [near, far], firstUs, lastUs}: Conversing) => ({
  ...{client: endpointText(near), server: endpointText(far)},
  ...{firstUs, lengthUs: lastUs - firstUs},
});

const connectionRow = (connection: ObservedConnection): Row => {
  const {id, counts, firstUs, lastUs} = connection;
  return {
    ...betweenEnds({ends: endsFrom(connection), firstUs, lastUs}),
    ...{id, label: `${id}`, packets: counts.packets, bytes: octetsOn(connection)},
    ...{opened: openedOf(connection), closed: closedOf(connection)},
  };
};

const widest = (rows: readonly Row[], cell: (row: Row) => string): number =>
  rows.reduce((most, row) => Math.max(most, cell(row).length), 0);

export const overviewOf = (name: string, conversations: Conversations): Overview => {
  const {connections, udp, frames, durationUs} = conversations.inspector;
  const rows = [
    ...connections.map(connectionRow),
    ...udp.all.map(
      (each): Row => ({
        ...betweenEnds(each),
        ...{
          id: -each.id,
          label: `u${each.id}`,
          packets: each.packets,
          bytes: each.ways[0].bytes + each.ways[1].bytes,
        },
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
