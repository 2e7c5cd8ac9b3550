// What is said of packets that leave or come once more or never do, and of who still has a connection, judged by raw events.
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {type Row, row, type Said} from './said.ts';
import {segmentOf} from './seen.ts';

/** What died alone has left again by now, in another packet that is not dead itself; undefined: others died with it. */
export const leftAgain = (said: Said): number | undefined => {
  const [death] = said.deaths();
  if (!death) return undefined;
  const {from} = said.trace.packet(death.packet);
  const lost = segmentOf(said.trace, death.packet);
  const dead = new Set(said.ever('drop').map(({packet}) => packet));
  return said.sentEver(from).find(({segment, event: {packet}}) => {
    const place = lost ? (lost.seq - segment.seq) | 0 : -1;
    const isSame = segment.srcPort === lost?.srcPort && segment.dstPort === lost.dstPort;
    if (!lost || !isSame || packet <= death.packet || dead.has(packet)) return false;
    return place >= 0 && place + segLen(lost) <= segLen(segment);
  })?.event.packet;
};

/** One alone, with which nothing of its sender dies at that time. */
export const diesAlone = (said: Said): boolean => {
  const [death] = said.deaths();
  const same = [...said.past, ...said.future].filter(
    (event) => event.kind === 'drop' && event.atUs === said.atUs && event.reason === death?.reason,
  );
  return same.length === 1;
};

/** Bytes, or a SYN or FIN, of numbers that have left before. */
const isRepetition = (said: Said, packet: number): boolean => {
  const own = segmentOf(said.trace, packet);
  return (
    own !== undefined &&
    segLen(own) > 0 &&
    said
      .sentEver(said.trace.packet(packet).from)
      .some(
        ({segment, event}) =>
          event.packet < packet &&
          segment.srcPort === own.srcPort &&
          segment.dstPort === own.dstPort &&
          ((own.seq - segment.seq) | 0) >= 0 &&
          ((own.seq - segment.seq) | 0) < segLen(segment),
      )
  );
};

/** Where the connection of an RST of this host stood last; undefined: it never had one by these ports. */
const lastStateFor = (said: Said, packet: number): string | undefined => {
  const segment = segmentOf(said.trace, packet);
  return said.ever('state', said.host()).findLast(({connection = ''}) => {
    const [own = '', far = ''] = connection.split(' > ');
    return own.endsWith(`:${segment?.srcPort}`) && far.endsWith(`:${segment?.dstPort}`);
  })?.to;
};

const hasNone = (said: Said, packet: number): boolean => {
  const segment = segmentOf(said.trace, packet);
  return said
    .connections(said.host(), 'after')
    .every(({local, remote}) => local.port !== segment?.srcPort || remote.port !== segment.dstPort);
};

export const onceMoreRows: readonly Row[] = [
  row('ICMP repeats nothing: <host> never gets it', 'ICMP 不重传，<host>收不到它', (said) => ({
    'it is ICMP, for that host': said.deaths().some(({packet}) => {
      const {frame, to} = said.trace.packet(packet);
      return (
        to === said.host() &&
        frame?.payload.kind === 'ip' &&
        /^icmp/.test(frame.payload.packet.transport.kind)
      );
    }),
    'it never comes': said
      .deaths()
      .some(({packet}) =>
        said.future.every(
          (event) => event.kind !== 'arrive' || event.packet !== packet || event.host !== said.host(),
        ),
      ),
  })),
  row('No timer retransmits an RST', '没有定时器会重传 RST', (said) => ({
    'it is an RST': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && hasFlag(segment, 'RST');
    }),
  })),
  row('and <host> no longer has that connection', '<host>也不再有这条连接', (said) => ({
    'it had it': said.deaths().some(({packet}) => lastStateFor(said, packet) !== undefined),
    // A crash says of no connection that it is over.
    'it has it no more': said.deaths().some(({packet}) => hasNone(said, packet)),
  })),
  row('and <host> has no such connection', '<host>也没有这条连接', (said) => ({
    'it never had it': said.deaths().every(({packet}) => lastStateFor(said, packet) === undefined),
    'it has none': said.deaths().some(({packet}) => hasNone(said, packet)),
  })),
  row(
    '; (?:packet #packet among them repeats|#count of them repeat) what had been sent before',
    '，其中(?:第 #packet 个| #count 个)是重发的',
    (said) => {
      const [death] = said.deaths();
      const again = [...said.past, ...said.future].flatMap((each) =>
        each.kind === 'drop' &&
        each.n >= said.n &&
        each.atUs === said.atUs &&
        each.reason === death?.reason &&
        said.trace.packet(each.packet).from === said.trace.packet(death.packet).from &&
        isRepetition(said, each.packet)
          ? [each.packet]
          : [],
      );
      return {
        'which, or how many': said.has('count')
          ? again.length === said.number('count')
          : again.join() === String(said.number('packet')),
      };
    },
  ),
  row(
    'Later (?:(?<lost>losses)|repetitions) like this are not told',
    '此后同样的(?:(?<lost>丢失)|重发)不再说明',
    (said) => {
      const died = said.deaths();
      const repeats = said.now('send').filter(({retransmission}) => retransmission);
      const goesOn = said.has('lost')
        ? said.future.some(
            (event) => event.kind === 'drop' && died.some(({reason}) => reason === event.reason),
          )
        : said.future.some(
            (event) =>
              event.kind === 'send' && event.retransmission && repeats.some(({host}) => host === event.host),
          );
      return {'it goes on': goesOn};
    },
  ),
];
