// What is said of packets that a host does not take, and of what it does not do, judged by raw events.
import {type Row, row} from './said.ts';
import {segmentOf} from './seen.ts';

export const refusalRows: readonly Row[] = [
  row('<host> keeps no record of it', '<host>自己不保存任何状态', (said) => {
    const own = said
      .deaths()
      .filter(({packet}) => said.ever('send', said.host()).some((send) => send.packet === packet));
    return {
      'something of its dies': own.length > 0,
      'it has no such connection': own.some(({packet}) =>
        said
          .connections(said.host(), 'after')
          .every(({remote}) => remote.port !== segmentOf(said.trace, packet)?.dstPort),
      ),
    };
  }),
  row(
    '<host> has changed packet #packet and recomputed its checksum',
    '<host>改动了第 #packet 个分组，并重算了校验和',
    (said) => ({
      'it passes another one on': said
        .now('arrive')
        .some(({packet, altered}) => packet === said.number('packet') && altered !== undefined),
      'that is on its way through': said
        .ever('send', said.host())
        .some(({packet}) => packet === said.number('packet')),
    }),
  ),
];
