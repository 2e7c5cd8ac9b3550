// What is said of servers that wait for no further request, judged by raw events (HTTP).
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {type Row, row} from './said.ts';

export const pageRows: readonly Row[] = [
  row(
    'No request has come on this connection (?:for|in the) @idle(?<answered> since the last answer)?',
    '(?<answered>自上次响应起，)?这条连接上 @idle 内没有新的请求',
    (said) => {
      const closing = said.now('state').filter(({to}) => to === 'FIN-WAIT-1');
      const isOf = ({host, connection}: TraceEvent): boolean =>
        closing.some((each) => each.host === host && each.connection === connection);
      const last = said
        .earlier('note')
        .findLast(
          (event) => isOf(event) && event.note.kind === (said.has('answered') ? 'response' : 'request'),
        );
      // Before the first one it waits since the handshake of TLS.
      const opened =
        said.earlier('tls').findLast(isOf) ??
        said.earlier('state').findLast((event) => isOf(event) && event.to === 'ESTABLISHED');
      return {
        'a server closes': said.notes().some(({kind}) => kind === 'http-connection') && closing.length > 0,
        'so long ago was the last': said.isTime('idle', said.atUs - ((last ?? opened)?.atUs ?? 0)),
        'it has answered': said.has('answered') ? last !== undefined : undefined,
      };
    },
  ),
];
