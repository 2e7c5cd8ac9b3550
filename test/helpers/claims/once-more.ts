// What is said of probes that keep a connection alive and of a SYN whose connection is over, judged by raw events.
import {sends} from './acts.ts';
import {type Row, row} from './said.ts';

export const onceMoreRows: readonly Row[] = [
  row(
    '(?:<host> has heard nothing from <peer> for a long time: it asks|<own> still hears nothing from <far>: it asks again, with probe #nth)',
    '(?:<host>很久没有听到<peer>的动静，于是问它|<own>还是听不到<far>的动静，再问一次，这是第 #nth 次探测)',
    (said) => {
      const host = said.host() || said.host('own');
      const lastUs = said.ever('arrive', host).at(-1)?.atUs ?? 0;
      const asked = said
        .ever('send', host)
        .filter(({atUs, hop, packet}) => atUs > lastUs && hop === 0 && packet > 0);
      return {
        'its timer runs out': said.fired(host).some(({name}) => name === 'keep-alive'),
        'how often it has asked': asked.length === (said.has('nth') ? said.number('nth') : 1),
      };
    },
  ),
  row(
    '<host> no longer has the connection for which this SYN was sent, and takes it for a new request: it answers with SYN,ACK: seq=#seq',
    '这个 SYN 当初请求的连接<host>已经没有了，于是把它当作新的请求，回应 SYN,ACK：seq=#seq',
    (said) => ({
      'SYN,ACK leaves with that number': sends(said, /^SYN,ACK/, {seq: said.number('seq')}),
      'that SYN had come before': said.came(said.host()).some((now) => said.hadCome(said.host(), now)),
      'it had a connection for it, which is over': said.came(said.host()).some(({segment}) =>
        said.earlier('state', said.host()).some(
          // As its record was made: in the step that ends it, it is gone.
          ({n, connection = ''}) =>
            connection.endsWith(`:${segment.srcPort}`) &&
            connection.includes(`:${segment.dstPort} > `) &&
            said.trace.stateAt(n)?.hosts[said.host()]?.tcp.connections.get(connection)?.irs === segment.seq &&
            said.connections(said.host(), 'before').every(({id}) => id !== connection),
        ),
      ),
    }),
  ),
];
