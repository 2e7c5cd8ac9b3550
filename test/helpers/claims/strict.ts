// What is said of ECN, SYN cookies, routers that filter, links that go down and connections that nobody ends, judged by raw events.
import {hasFlag} from '../../../source/wire/tcp.ts';
import {type Row, row} from './said.ts';
import {segmentOf} from './seen.ts';

export const strictRows: readonly Row[] = [
  row(
    'is thrown away by <host>: its source address does not belong on the link that it came by',
    '<host>丢弃了 ?[A-Z,]+：源地址不属于入口链路',
    (said) => ({
      'it dies there': said.deaths().some(({host}) => host === said.host()),
      'that address is no neighbour’s': said.deaths().some(({packet}) => {
        const {frame, from} = said.trace.packet(packet);
        const source = frame?.payload.kind === 'ip' ? frame.payload.packet.src : undefined;
        const own = said.trace.header.hosts.find(({name}) => name === from)?.ip ?? [];
        return source !== undefined && !own.includes(source);
      }),
    }),
  ),
  row(
    '<host> keeps a connection that <peer> does not have, and no timer will end it',
    '<host>留着一条 ?<peer>并没有的连接，也没有定时器来结束它',
    (said) => ({
      'an RST to it dies': said.deaths().some(({packet}) => {
        const segment = segmentOf(said.trace, packet);
        return (
          segment !== undefined && hasFlag(segment, 'RST') && said.trace.packet(packet).to === said.host()
        );
      }),
      'it has one, of which no timer runs': said
        .connections(said.host(), 'after')
        .some(({timers}) => Object.values(timers).every((dueUs) => dueUs === undefined)),
      'the other has no such one': said.deaths().some(({packet}) => {
        const segment = segmentOf(said.trace, packet);
        return said
          .connections(said.host('peer'), 'after')
          .every(({local, remote}) => local.port !== segment?.srcPort || remote.port !== segment.dstPort);
      }),
    }),
  ),
];
