// What is said of ECN, SYN cookies, routers that filter, links that go down and connections that nobody ends, judged by raw events.
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {enters, gets, sends} from './acts.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {type Of, opening, segmentOf} from './seen.ts';

/** From the port that this one is for, to the one that it is from. */
const answers = ({trace}: Said, packet: number, asked: number): boolean => {
  const [own, far] = [segmentOf(trace, asked), segmentOf(trace, packet)];
  return own !== undefined && own.srcPort === far?.dstPort && own.dstPort === far.srcPort;
};

const isMarked = (said: Said): boolean =>
  said.now('arrive').some(({packet, altered}) => {
    const frame = altered ?? (packet > 0 ? said.trace.packet(packet).frame : undefined);
    return frame?.payload.kind === 'ip' && (frame.payload.packet.trafficClass & 3) === 3;
  });

/** The change of a link in this instant, by the script. */
const linkChanges = (said: Said) =>
  said
    .now('call')
    .flatMap(({action}) => (action.call === 'setLink' ? [action] : []))
    .filter(({link}) => {
      const ends: readonly string[] = said.trace.header.links.find(({name}) => name === link)?.between ?? [];
      return [said.host(), said.host('peer')].every((host) => ends.includes(host));
    });

/** What has left over that link, and has neither come nor died by now, comes; and there is such a thing. */
const stillArrives = (said: Said): boolean => {
  const ends = [said.host(), said.host('peer')];
  const isEnd = (event: TraceEvent): boolean =>
    (event.kind === 'arrive' || event.kind === 'drop') && ends.includes(event.host);
  const isOf =
    ({packet, hop}: Of<'send'>) =>
    (event: TraceEvent): boolean =>
      'packet' in event && event.packet === packet && 'hop' in event && event.hop === hop;
  const flying = said
    .ever('send')
    .filter((send) => ends.includes(send.host) && ends.includes(send.to))
    .filter((send) => !said.past.filter(isEnd).some(isOf(send)));
  return (
    flying.length > 0 &&
    flying.every((send) => said.future.some((event) => event.kind === 'arrive' && isOf(send)(event)))
  );
};

const cookieLeaves = (said: Said): Facts => ({
  'SYN,ACK with that number': sends(said, /^SYN,ACK/, {seq: said.number('seq')}),
  'a SYN comes': gets(said, /^SYN/),
  'it has no record of it': said
    .connections(said.host(), 'after')
    .every(({iss}) => iss !== said.number('seq')),
});

const halfOpen = (said: Said): number =>
  said.connections(said.host(), 'after').filter(({state}) => state === 'SYN-RECEIVED').length;

/** What `ss -ltn` shows as Send-Q: somaxconn cuts in silence what a program asks for (listen(2)). */
const backlogs = (said: Said): readonly number[] =>
  [...(said.trace.stateAt(said.n)?.hosts[said.host()]?.tcp.listeners.values() ?? [])].map(
    ({backlog}) => backlog,
  );

export const strictRows: readonly Row[] = [
  row(
    '<host> answers the SYN without a record: seq=#seq is a SYN cookie',
    '<host>应答，但不建记录：seq=#seq 就是 SYN Cookie',
    cookieLeaves,
  ),
  row(
    'The SYN queue of <host> is full of unfinished handshakes, so it answers the SYN without a record: seq=#seq is a SYN cookie',
    '<host>的半连接队列满是没完成的握手，它只应答，不建记录：seq=#seq 就是 SYN Cookie',
    (said) => ({
      ...cookieLeaves(said),
      'as many are not finished as may wait': backlogs(said).every((backlog) => halfOpen(said) >= backlog),
    }),
  ),
  row(
    'Only now <host> makes a record: ack=#ack is one more than its cookie',
    '<host>这时才建记录：ack=#ack 比它的 Cookie 大 1',
    (said) => ({
      ESTABLISHED: enters(said, 'ESTABLISHED'),
      'it comes': said.came(said.host()).some(({segment}) => segment.ack === said.number('ack')),
      'a SYN,ACK had the number before': said
        .sentEver(said.host())
        .some(({segment}) => hasFlag(segment, 'SYN') && ((segment.seq + 1 - said.number('ack')) | 0) === 0),
      'there was no record': said
        .connections(said.host(), 'before')
        .every(({iss}) => ((iss + 1 - said.number('ack')) | 0) !== 0),
    }),
  ),
  row(
    'This packet is marked CE[^.]*\\. <host> says so with the flag ECE until it hears CWR',
    '这个分组带有 CE 标记[^。]*。<host>用 ECE 标志告知对方，直到收到 CWR',
    (said) => ({
      'a marked packet comes': isMarked(said),
      'what it sends from now on has ECE': said
        .sentInAll(said.host())
        .filter(({event}) => event.n >= said.n)
        .slice(0, 1)
        .every(({segment}) => hasFlag(segment, 'ECE')),
    }),
  ),
  row(
    'ECE says that the path is filling up: as after a loss <host> sets ssthresh to #bytes bytes',
    'ECE 说明路径开始拥塞，<host>像丢包时一样减速：ssthresh 设为 #bytes 字节',
    (said) => ({
      'ECE comes': said.came(said.host()).some(({segment}) => hasFlag(segment, 'ECE')),
      'ssthresh is that': said
        .connections(said.host(), 'after')
        .some(({ssthresh}) => ssthresh === said.number('bytes')),
      'it was more': said
        .connections(said.host(), 'before')
        .some(({ssthresh}) => ssthresh > said.number('bytes')),
      'nothing is sent again': said.now('send', said.host()).every(({retransmission}) => !retransmission),
    }),
  ),
  row(
    'From now on whatever is sent over the link between <host> and <peer> is lost(?<still>; what is under way still arrives)?',
    '<host>与 ?<peer>之间的链路断了：从现在起，经它发出的都会丢(?<still>，已在路上的还会到)?',
    (said) => ({
      'it is taken away': linkChanges(said).some(({change}) => change.up === false || change.loss === 1),
      'what was on it arrives': stillArrives(said) === said.has('still'),
    }),
  ),
  row(
    'The link between <host> and <peer> carries packets again',
    '<host>与 ?<peer>之间的链路恢复了',
    (said) => ({
      'it is given back': linkChanges(said).some(({change}) => change.up === true || change.loss === 0),
    }),
  ),
  row(
    '<host> gives up after (?:(?<one>one) repetition|#count repetitions) without an answer(?:(?<thrown> that it could take)|(?<old> that acknowledges anything new))?',
    '<host>重传 #count 次都没有(?:(?<thrown>可用的应答)|(?<old>得到新的确认)|应答)，放弃',
    (said) => {
      const ended = said.now('state', said.host());
      const again = said
        .ever('send', said.host())
        .filter(
          (event) =>
            event.retransmission &&
            ended.some(({connection}) => connection === event.connection) &&
            event.hop === 0,
        );
      // Of them those since the last that brought something new.
      const last = again.at(-1) && segmentOf(said.trace, again.at(-1)?.packet ?? 0)?.seq;
      const [own] = again.slice(-1).flatMap((event) => said.passing(event));
      const from = own ? opening(said, own) : 0;
      // An ACK may have come in the middle of a segment: it held that number, too.
      const holds = (packet: number): boolean => {
        const segment = segmentOf(said.trace, packet);
        const place = segment && last !== undefined ? (last - segment.seq) | 0 : -1;
        return segment !== undefined && place >= 0 && place < segLen(segment);
      };
      const same = again.filter(({packet}) => packet >= from && holds(packet));
      return {
        'its connection goes': enters(said, 'CLOSED'),
        'a timer runs out': said.fired(said.host()).length > 0,
        'one came, and did not count': said.has('thrown')
          ? said.ever('drop', said.host()).length > 0
          : undefined,
        'others came, and said nothing new': said.has('thrown')
          ? undefined
          : said
              .ever('arrive', said.host())
              .some(
                ({n, packet}) => n > (same[0]?.n ?? 0) && answers(said, packet, again.at(-1)?.packet ?? 0),
              ) === said.has('old'),
        'so often': same.length === (said.has('one') ? 1 : said.number('count')),
      };
    },
  ),
];
