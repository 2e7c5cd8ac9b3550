// What is said of packets that a host does not take, and of what it does not do, judged by raw events.
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isOfSent} from './arrived.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf, segmentOf, textSeq} from './seen.ts';
import {forgedEn, forgedZh, isThing, thingEn, thingZh} from './thing.ts';

const comes = (said: Said) =>
  said.came(said.host()).filter(({segment, event}) => isThing(said, segment, event.packet));

/** It is there, is not taken, and nothing goes back. */
const silent = (said: Said): Facts => ({
  'what comes': comes(said).length > 0,
  'it is thrown away': said.thrownAway(said.host()).length > 0,
  'nothing goes back on that connection': comes(said).every(({segment}) =>
    said
      .sent(said.host())
      .every(({segment: {srcPort, dstPort}}) => srcPort !== segment.dstPort || dstPort !== segment.srcPort),
  ),
});

const sourceOf = (said: Said, packet: number): string | undefined => {
  const payload = said.trace.packet(packet).frame?.payload;
  return payload?.kind === 'ip' ? payload.packet.src : undefined;
};

const connectionsOf = (said: Said) => said.connections(said.host(), 'before');

/** Of the connection between the same ports. */
const isBeyond = (said: Said, {seq, srcPort, dstPort}: TcpSegment): boolean =>
  connectionsOf(said).some(
    ({local, remote, rcv}) => local.port === dstPort && remote.port === srcPort && ((seq - rcv.nxt) | 0) > 0,
  );

/** Some number of what came lies in the window that the host had, or would if it were longer than nothing. */
const isInWindow = (said: Said): boolean =>
  comes(said).some(({segment}) =>
    connectionsOf(said)
      .filter(({local, remote}) => local.port === segment.dstPort && remote.port === segment.srcPort)
      .some(({rcv}) => {
        const first = (textSeq(segment) - rcv.nxt) | 0;
        const last = first + Math.max(0, segLen(segment) - 1);
        return (first >= 0 && first < Math.max(1, rcv.wnd)) || (first < 0 && last >= 0);
      }),
  );

export const refusalRows: readonly Row[] = [
  row(
    'The FIN of the other end said that no more data would come, yet this segment carries data past it: <host> answers with RST and ends the connection',
    '对端的 FIN 已经声明不再发送数据，这个报文段却带来了越过 FIN 的数据：<host>回 RST，结束连接',
    (said) => ({
      'data come': said.came(said.host()).some(({segment}) => segment.payload.length > 0),
      'it answers with RST': said.sent(said.host()).some(({segment}) => hasFlag(segment, 'RST')),
      'its peer had sent a FIN': connectionsOf(said).some(({state}) =>
        /^(CLOSE-WAIT|CLOSING|LAST-ACK)$/.test(state),
      ),
    }),
  ),
  row(
    `<host> throws ${thingEn} away: <peer> has asked the same before, with the same id, and the search for it still goes on`,
    `<host>丢弃 ?${thingZh}：<peer>已经用同一个 id 问过同样的问题，这个查询还没办完`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'nothing goes back': said.sent(said.host()).length === 0,
      'the other one has asked before': said.ever('send', said.host('peer')).some(({n}) => n < said.n),
    }),
  ),
  row(
    'From this segment <host> takes only the SYN\\. The (?:FIN|byte|#bytes bytes)(?: and the FIN)? that came with it (?:is|are) ignored: the next number that it expects is #next',
    '这个报文段里，<host>只接收 SYN；随它一起来的 ?(?:FIN|#bytes 字节数据)(?:和 FIN)?不予理会：它期望的下一个序号是 #next',
    (said) => ({
      'a SYN comes': said
        .came(said.host())
        .some(({segment}) => hasFlag(segment, 'SYN') && ((segment.seq + 1 - said.number('next')) | 0) === 0),
      'nothing behind it counts': said
        .connections(said.host(), 'after')
        .some(({rcv}) => ((rcv.nxt - said.number('next')) | 0) === 0),
    }),
  ),
  row(
    '<host> keeps #bytes bytes? back(?:, and what is written at this same time)?: the window of the other end has too little room for a segment',
    '<host>扣着 #bytes 字节(?:（还有同一时刻随后写入的）)?不发：对方窗口剩下的空间太小',
    (said) => ({
      'there is room, and less than for all of it': said.connections(said.host(), 'after').some(({snd}) => {
        const room = (snd.una + snd.wnd - snd.nxt) | 0;
        return room > 0 && room < said.number('bytes');
      }),
    }),
  ),
  row(
    'The next ACK, ack=#next, has already left and covers what this one was to acknowledge, too',
    '下一个 ACK（ack=#next）已经发出，这个 ACK 要确认的内容，它也一并确认',
    (said) => ({
      'it has left behind what is thrown away, and says no less': said
        .thrownAway()
        .some(({packet}) =>
          said
            .sentEver(said.trace.packet(packet).from)
            .some(
              ({segment, event}) =>
                event.packet > packet &&
                event.atUs <= said.atUs &&
                segment.ack === said.number('next') &&
                isOfSent(said, segment) &&
                ((segment.ack - (segmentOf(said.trace, packet)?.ack ?? 0)) | 0) >= 0,
            ),
        ),
    }),
  ),
  row(
    'By accept\\(\\) the program of <host> takes (?:a connection|#count connections) from the accept queue(?<room>: there is room in it again)?',
    '<host>的程序用 accept\\(\\) 从全连接队列取走(?:一条连接| #count 条连接)(?<room>：队列又有空位了)?',
    (said) => {
      const now = [...said.past, ...said.future].filter(
        (event) => event.atUs === said.atUs && event.host === said.host(),
      );
      const calls = now.filter(
        (event) =>
          event.kind === 'call' &&
          event.call === 'accept' &&
          now.some(
            (each) =>
              each.kind === 'signal' && each.signal === 'accepted' && each.connection === event.connection,
          ),
      );
      const isFullAt = (n: number): boolean =>
        [...(said.trace.stateAt(n)?.hosts[said.host()]?.tcp.listeners.values() ?? [])].some(
          ({ready, backlog}) => ready.length > backlog,
        );
      return {
        'so many': calls.length === (said.has('count') ? said.number('count') : 1),
        'no room before, and now': said.has('room')
          ? isFullAt((calls[0]?.n ?? 1) - 1) && !isFullAt(said.n)
          : undefined,
      };
    },
  ),
  row(
    `Handshakes that are not finished fill the SYN queue of <host>: it drops ${thingEn}, and answers nothing`,
    `<host>的半连接队列满了：它丢弃 ?${thingZh}，什么也不回`,
    (said) => ({
      ...silent(said),
      'a SYN': comes(said).some(({segment}) => flagsOf(segment) === 'SYN'),
      'handshakes are not finished': connectionsOf(said).some(({state}) => state === 'SYN-RECEIVED'),
    }),
  ),
  row(
    `<host> has no connection that the (?:[A-Z]+,)*RST(?:,[A-Z]+)*${forgedEn} could end, and an RST that finds none is not answered`,
    `<host>没有可供 ?${forgedZh} ?(?:[A-Z]+,)*RST(?:,[A-Z]+)* 中止的连接；找不到连接的 RST 不会得到回应`,
    (said) => {
      const resets = said.came(said.host()).filter(({segment}) => hasFlag(segment, 'RST'));
      return {
        'an RST comes': resets.length > 0,
        // Its original may have ended one in this instant.
        'no connection': resets.some(({segment, event}) =>
          said
            .connections(said.host(), 'after')
            .every(
              ({local, remote}) =>
                local.port !== segment.dstPort ||
                remote.port !== segment.srcPort ||
                remote.ip !== sourceOf(said, event.packet),
            ),
        ),
        'nothing goes back': said.sent(said.host()).length === 0,
      };
    },
  ),
  row(
    `<host> ignores the RST${forgedEn}: its number lies outside the window`,
    `<host>不理会 ?${forgedZh} ?RST：序号在窗口之外`,
    (said) => ({
      'an RST comes': said.came(said.host()).some(({segment}) => hasFlag(segment, 'RST')),
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'its number': said.came(said.host()).some(({segment}) =>
        connectionsOf(said).some(({rcv}) => {
          const behind = (segment.seq - rcv.nxt) | 0;
          return hasFlag(segment, 'RST') && (behind < 0 || behind >= rcv.wnd);
        }),
      ),
      'no connection ends': said.now('state', said.host()).every(({to}) => to !== 'CLOSED'),
    }),
  ),
  row(
    `<host> ignores the RST${forgedEn}: in TIME-WAIT only the very next number counts`,
    `<host>不理会 ?${forgedZh} ?RST：在 TIME-WAIT 里只认紧接着的那个序号`,
    (said) => ({
      'it waits': connectionsOf(said).some(({state}) => state === 'TIME-WAIT'),
      'an RST comes that has another': said
        .came(said.host())
        .some(
          ({segment}) =>
            hasFlag(segment, 'RST') && connectionsOf(said).every(({rcv}) => rcv.nxt !== segment.seq),
        ),
    }),
  ),
  row(
    `<host> throws ${thingEn} away: that lies outside its window(?:\\. It answers ack=#answer)?`,
    `${thingZh} ?落在<host>的接收窗口之外，丢弃(?:。它回 ack=#answer)?`,
    (said) => ({
      'what comes': comes(said).length > 0,
      'no number of it is in the window': !isInWindow(said),
      'what it says': said.has('answer')
        ? said.sent(said.host()).some(({segment}) => segment.ack === said.number('answer'))
        : undefined,
    }),
  ),
  row(
    `<host> throws ${thingEn} away(?:: seq=#off is not the number that it expects|: <sender> has sent only up to #top)?\\. It answers nothing, as a moment ago it answered a segment`,
    `<host>丢弃 ?${thingZh}(?:：seq=#off 不是它期望的序号|：<sender>只发到 #top 为止)?。它什么也不回：刚刚才回应过`,
    (said) => ({
      ...silent(said),
      'its number is another': said.has('off')
        ? comes(said).some(({segment}) => segment.seq === said.number('off')) &&
          connectionsOf(said).every(({rcv}) => rcv.nxt !== said.number('off'))
        : undefined,
      'it acknowledges more than was sent': said.has('top')
        ? comes(said).some(({segment}) => ((segment.ack - 1 - said.number('top')) | 0) > 0) &&
          connectionsOf(said).some(({snd}) => ((snd.nxt - 1 - said.number('top')) | 0) === 0)
        : undefined,
      // tcp_invalid_ratelimit.
      'it answered less than half a second ago': said
        .ever('send', said.host())
        .some(({n, atUs}) => n <= said.n && said.atUs - atUs < 500_000),
    }),
  ),
  row(
    `<host> waits for a SYN: it throws ${thingEn} away, and answers nothing`,
    `<host>在等 SYN：丢弃 ?${thingZh}，什么也不回`,
    (said) => ({
      ...silent(said),
      'it is in SYN-SENT': said.states(said.host()).includes('SYN-SENT'),
      'no SYN': comes(said).every(({segment}) => !hasFlag(segment, 'SYN')),
    }),
  ),
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
    '<host> forgets the last connection from this port, for which it was still in TIME-WAIT: this SYN is no old copy, as its (?:(?<number>number lies beyond)|timestamp is newer than) all that had come',
    '<host>还在为这个端口的上一条连接停在 TIME-WAIT；新来的 SYN (?:(?<number>序号)|时间戳)比旧连接收到过的都[靠后新]+，不会是旧副本',
    (said) => ({
      'from TIME-WAIT': said.now('state', said.host()).some(({from}) => from === 'TIME-WAIT'),
      'a SYN comes, and its number says so or its timestamp': said
        .came(said.host())
        .some(({segment}) => hasFlag(segment, 'SYN') && isBeyond(said, segment) === said.has('number')),
    }),
  ),
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
