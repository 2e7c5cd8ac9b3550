// What is said of how connections begin and end in order, judged by raw events: numbers of SYN and FIN, states and whose.

import {farEndOf, localSocket} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {enters, forgets, gets, leaves, sends} from './acts.ts';
import {isThrown} from './arrived.ts';
import {finWaitsRow, lastAckRow} from './fin-waits.ts';
import {forgedFinRows} from './forged-fins.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf, isOneWay, segmentOf} from './seen.ts';

/** Of segments with FIN the number of the FIN itself comes behind the data. */
const finSeq = (said: Said): Facts => ({
  'it sends a FIN': sends(said, /FIN/),
  'seq of the FIN': said.has('seq') ? sends(said, /FIN/, {seq: said.number('seq')}) : undefined,
});

/** Had the other end of the connection whose state changes sent a FIN on it when its direction was taken for closed, or by now, wherever that FIN was? */
const farFinLeft = (said: Said, by: 'then' | 'now' = 'then'): boolean => {
  const [{host = '', connection = ''} = {}] = said
    .now('state')
    .filter(({from, to}) => from === 'LAST-ACK' || to === 'LAST-ACK' || from === 'CLOSING');
  const far = localSocket(farEndOf(connection)).port;
  const near = localSocket(connection).port;
  const taken = [...said.earlier('state', host), ...said.now('state', host)].findLast(
    (each) => each.connection === connection && (each.to === 'CLOSE-WAIT' || each.to === 'CLOSING'),
  );
  // Under another number it is not the one that was taken.
  const next = taken && said.trace.stateAt(taken.n)?.hosts[host]?.tcp.connections.get(connection)?.rcv.nxt;
  return said
    .sentEver()
    .some(
      ({segment, event}) =>
        (by === 'now' || event.n < (taken?.n ?? said.n)) &&
        hasFlag(segment, 'FIN') &&
        (next === undefined || ((segment.seq + segLen(segment) - next) | 0) === 0) &&
        segment.srcPort === far &&
        segment.dstPort === near,
    );
};

const hasFinBothWays = (said: Said): boolean =>
  said.sentEver(said.host()).some(({segment}) => hasFlag(segment, 'FIN')) &&
  said.cameEver(said.host()).some(({segment}) => hasFlag(segment, 'FIN'));

/** When this time is over its program has not closed, and it is in that state still. */
const stillWaits = (said: Said, host: string, of: string | undefined): boolean => {
  const last = said.future.findLast(({atUs}) => atUs === said.atUs)?.n ?? said.n;
  const tcb = said.trace.stateAt(last)?.hosts[host]?.tcp.connections.get(of ?? '');
  return tcb?.state === 'CLOSE-WAIT' && !tcb.closeCalled;
};

export const endsRows: readonly Row[] = [
  ...forgedFinRows,
  finWaitsRow,
  lastAckRow,
  row(
    'The ack=#ack in it is what <host> still waited for: it is ESTABLISHED first, then in CLOSE-WAIT',
    '其中的 ack=#ack 正是<host>还在等的确认：它先进入 ESTABLISHED，再进入 CLOSE-WAIT',
    (said) => ({
      'it comes with that': said
        .came(said.host())
        .some(({segment}) => segment.ack === said.number('ack') && hasFlag(segment, 'FIN')),
      'both states, in this order': said
        .now('state', said.host())
        .map(({to}) => to)
        .join(' ')
        .includes('ESTABLISHED CLOSE-WAIT'),
      'none has been taken before': said
        .came(said.host())
        .every(({segment: now, event: {n}}) =>
          said
            .cameEver(said.host())
            .every(
              ({segment, event}) =>
                event.n >= n ||
                isThrown(said, event) ||
                event.n < said.began(said.host(), now) ||
                segment.srcPort !== now.srcPort ||
                segment.ack !== now.ack,
            ),
        ),
    }),
  ),
  row(
    '<host> asks <peer> for a (?<anew>new )?connection: its SYN carries seq=#seq',
    '<host>请求与 ?<peer>建立(?<anew>新的)?连接：SYN 带着 seq=#seq',
    (said) => ({
      'it sends a SYN': sends(said, /^SYN$/),
      'there was one before': said
        .now('state', said.host())
        .some(
          ({to, connection}) =>
            to === 'SYN-SENT' &&
            said.has('anew') ===
              said.earlier('state', said.host()).some((each) => each.connection === connection),
        ),
      'seq of the SYN': sends(said, /^SYN$/, {seq: said.number('seq')}),
      'to whom': said
        .sent(said.host())
        .some(({event}) => said.trace.packet(event.packet).to === said.host('peer')),
      'SYN-SENT': enters(said, 'SYN-SENT'),
    }),
  ),
  row(
    '<host> answers with SYN,ACK: seq=#seq is its own initial number, ack=#ack acknowledges the SYN',
    '<host>回应 SYN,ACK：seq=#seq 是它自己的初始序号，ack=#ack 确认收到 SYN',
    (said) => ({
      'it sends SYN,ACK': sends(said, /^SYN,ACK/),
      'seq of it': sends(said, /^SYN,ACK/, {seq: said.number('seq')}),
      'ack of it': sends(said, /^SYN,ACK/, {ack: said.number('ack')}),
      'a SYN comes': gets(said, /^SYN$|^SYN,[EF]/),
      'ack is one more': said
        .came(said.host())
        .some(
          ({segment}) =>
            ((said.number('ack') - segment.seq) | 0) === segLen(segment) ||
            said.number('ack') - segment.seq === 1,
        ),
      'SYN-RECEIVED': enters(said, 'SYN-RECEIVED'),
    }),
  ),
  row('<host> waited for an answer, and a SYN came', '<host>等的是应答，来的却是 SYN', (said) => ({
    'a SYN comes': gets(said, /^SYN$/),
    'it was in SYN-SENT': leaves(said, 'SYN-SENT'),
    'it answers SYN,ACK': sends(said, /SYN.*ACK/),
  })),
  row(
    '<host> has the answer to its SYN and is ESTABLISHED',
    '<host>收到对 SYN 的应答，进入 ESTABLISHED',
    (said) => ({
      ESTABLISHED: enters(said, 'ESTABLISHED'),
      'from SYN-SENT': leaves(said, 'SYN-SENT'),
      // Somebody may have set FIN beside them.
      'SYN,ACK comes': gets(said, /SYN.*ACK/),
    }),
  ),
  row('It tells <peer> so with ack=#ack', '它用 ack=#ack 告知 ?<peer>', (said) => ({
    'who says that': said.sent().some(
      ({segment, event}) =>
        segment.ack === said.number('ack') &&
        // Whoever answered in another's name has the connection.
        (said.trace.packet(event.packet).to === said.host('peer') ||
          said.states(said.host('peer')).includes('SYN-RECEIVED')),
    ),
  })),
  row('until that comes, <peer> cannot be sure', '告知 ?<peer>；在它到达之前，对方还不能确定', (said) => ({
    'it waits in SYN-RECEIVED': said.states(said.host('peer')).includes('SYN-RECEIVED'),
  })),
  row(
    '<host>’s SYN is acknowledged: <opened> is ESTABLISHED(?:, (?:(?<together>at the same moment as)|as) <peer>(?: already is)?)?',
    '<host>的 SYN 得到确认，<opened>进入 ESTABLISHED(?:(?:(?<together>，与)|；) ?<peer>(?:同时|已经是这个状态))?',
    (said) => ({
      ESTABLISHED: enters(said, 'ESTABLISHED') && said.host('opened') === said.host(),
      'its SYN is acknowledged': said
        .came(said.host())
        .some(({segment}) =>
          said
            .sentEver(said.host())
            .some(
              (each) => flagsOf(each.segment).startsWith('SYN') && ((segment.ack - each.segment.seq) | 0) > 0,
            ),
        ),
      'the other, too': said.has('peer') ? said.states(said.host('peer')).includes('ESTABLISHED') : undefined,
      'neither first': said.has('peer')
        ? said.has('together') === said.opensNow(said.host('peer'))
        : undefined,
    }),
  ),
  row(
    '<host> does not wait until its SYN is acknowledged: it is already ESTABLISHED',
    '<host>不等自己的 SYN 得到确认，就进入 ESTABLISHED',
    (said) => ({
      ESTABLISHED: enters(said, 'ESTABLISHED'),
      'its SYN,ACK leaves': sends(said, /SYN,ACK/),
      'nothing acknowledges it': said.came(said.host()).every(({segment}) => flagsOf(segment) === 'SYN'),
    }),
  ),
  row(
    '<host> will send no more data(?=;| and says)(?: and says so with its FIN, seq=#seq)?',
    '<host>不再发送数据(?:，发出 FIN（seq=#seq）)?',
    (said) => ({
      'FIN-WAIT-1': enters(said, 'FIN-WAIT-1'),
      ...(said.has('seq') ? finSeq(said) : {}),
      'its program closes': said.now('call', said.host()).length > 0 || said.instant.length > 0,
    }),
  ),
  row(
    '(?:<host> gets the FIN|the FIN that <kept> kept now counts): <peer> will send no more data',
    '(?:<host>收到 FIN|<kept>保留的 FIN 现在生效)：<peer>不会再发数据',
    (said) => ({
      'CLOSE-WAIT': enters(said, 'CLOSE-WAIT', said.has('kept') ? 'kept' : 'host'),
      'the FIN has come': (said.has('kept') ? said.cameEver(said.host('kept')) : said.came(said.host())).some(
        ({segment, event}) =>
          hasFlag(segment, 'FIN') && said.trace.packet(event.packet).from === said.host('peer'),
      ),
      'nothing is missing any more': said.has('kept')
        ? said.came().every(({segment}) => !hasFlag(segment, 'FIN'))
        : undefined,
    }),
  ),
  row(
    '<host> acknowledges with ack=#ack(?:; a FIN uses up a number, too|\\.)',
    '(?<=。)<host>回 ack=#ack(?:，FIN 也占一个序号|。)',
    (said) => ({
      'what it says': said.sent(said.host()).some(({segment}) => segment.ack === said.number('ack')),
      'one more than the FIN': said
        .cameEver(said.host())
        .some(
          ({segment}) =>
            hasFlag(segment, 'FIN') && ((segment.seq + segLen(segment) - said.number('ack')) | 0) === 0,
        ),
    }),
  ),
  row(
    '(?:Until its own program closes, it stays in CLOSE-WAIT|<host> stays in CLOSE-WAIT until its own program closes)',
    '(?:<host>)?自己的程序关闭之前，它停在 CLOSE-WAIT',
    (said) => ({
      'it is': said
        .now('state', said.has('host') ? said.host() : undefined)
        .some(({to}) => to === 'CLOSE-WAIT'),
      'its program has not closed by then': said
        .now('state')
        .some(({to, host, connection}) => to === 'CLOSE-WAIT' && stillWaits(said, host, connection)),
    }),
  ),
  row(
    '<host>(?: closes its direction too|, which takes the direction of <peer> for closed, closes its own)(?:: FIN, seq=#seq)?',
    '<host>(?:也|以为<peer>的方向已经关闭，于是)关闭自己的方向(?:：FIN，seq=#seq)?',
    (said) => ({
      'LAST-ACK': enters(said, 'LAST-ACK'),
      'a FIN of the other end had left, or not': farFinLeft(said) !== said.has('peer'),
      ...(said.has('seq') ? finSeq(said) : {}),
    }),
  ),
  row(
    '<host>’s FIN is acknowledged: (?:in FIN-WAIT-2 <waiter> waits for the FIN of the other end|<waiter2> is in FIN-WAIT-2, and the FIN of the other end (?<kept>does not count yet: something before it is missing))',
    '<host>的 FIN 得到确认：(?:<waiter>在 FIN-WAIT-2 等对方的 FIN|<waiter2>进入 FIN-WAIT-2，对方的 FIN (?<kept>前面还有缺的，暂不算数))',
    (said) => ({
      'FIN-WAIT-2': enters(said, 'FIN-WAIT-2'),
      'its FIN is acknowledged': said
        .sentEver(said.host())
        .some(
          ({segment}) =>
            hasFlag(segment, 'FIN') &&
            said
              .came(said.host())
              .some((each) => ((each.segment.ack - segment.seq - segment.payload.length - 1) | 0) >= 0),
        ),
      'whether the other one has come':
        said.has('kept') ===
        said.cameEver(said.host()).some(
          ({segment, event}) =>
            hasFlag(segment, 'FIN') &&
            // With SYN it does not count in SYN-SENT, where Linux does not look at it.
            !hasFlag(segment, 'SYN') &&
            !isThrown(said, event) &&
            said.came(said.host()).some((own) => isOneWay(own.segment, segment)),
        ),
    }),
  ),
  row(
    '<host> gets a FIN before the ACK of its own: CLOSING',
    '<host>自己的 FIN 还没得到确认，对方的 FIN 先到了：CLOSING',
    (said) => ({
      CLOSING: enters(said, 'CLOSING'),
      'from FIN-WAIT-1': leaves(said, 'FIN-WAIT-1'),
    }),
  ),
  row('<host> gets the FIN and acknowledges it', '<host>收到 FIN 并确认', (said) => ({
    'TIME-WAIT': enters(said, 'TIME-WAIT'),
    'the FIN comes': gets(said, /FIN/),
    'it answers': sends(said, /ACK/),
  })),
  row(
    '<host>’s FIN is acknowledged\\. <waiter> cannot know whether its own last ACK gets through; if not, <peer> sends its FIN again',
    '<host>的 FIN 得到了确认。<waiter>无从知道自己最后的 ACK 是否到达；若没有到，<peer>会重发 FIN',
    (said) => ({
      'from CLOSING': leaves(said, 'CLOSING') && said.host('waiter') === said.host(),
      'the FIN had come': said
        .cameEver(said.host())
        .some(
          ({segment, event}) =>
            hasFlag(segment, 'FIN') && said.trace.packet(event.packet).from === said.host('peer'),
        ),
    }),
  ),
  row('stays in TIME-WAIT, its timer due at @at', '停在 TIME-WAIT，定时器设在 @at 超时', (said) => ({
    'until when': said
      .now('state')
      .some(
        ({host, to}) => to === 'TIME-WAIT' && said.running(host).some(({dueUs}) => said.isTime('at', dueUs)),
      ),
  })),
  row(
    'FIN, number #seq, behind #bytes bytes? in one segment',
    'FIN（序号 #seq）跟在最后 #bytes 字节后面，同在一个报文段里',
    (said) => ({
      'number of the FIN': said
        .sent()
        .some(
          ({segment}) =>
            hasFlag(segment, 'FIN') &&
            segment.payload.length === said.number('bytes') &&
            ((segment.seq + segment.payload.length - said.number('seq')) | 0) === 0,
        ),
    }),
  ),
  row(
    'It answers ack=#ack, one more than the number that came',
    '它回 ack=#ack，比收到的序号大 1',
    (said) => ({
      'what it says': said.sent().some(({segment}) => segment.ack === said.number('ack')),
      'one more': said.came().some(({segment}) => ((segment.seq + 1 - said.number('ack')) | 0) === 0),
      'not what was sent': said
        .came()
        .every(({segment, event}) => segmentOf(said.trace, event.packet)?.seq !== segment.seq),
    }),
  ),
  row(
    '(?:The last FIN is acknowledged|<ended>’s FIN is acknowledged, and it takes the direction of <taken> for closed): <host> forgets',
    '(?:最后一个 FIN 的确认到了，<host>|<ended>的 FIN 得到确认，它又以为<taken>的方向早已关闭，于是)删除',
    (said) => ({
      'from LAST-ACK': said.now('state').some(({from, to}) => from === 'LAST-ACK' && to === 'CLOSED'),
      'an ACK comes': said.came().some(({segment}) => hasFlag(segment, 'ACK')),
      // Thrown away or not: the one that was taken for it had its number.
      'a FIN of the other end had left, or not': said.has('taken')
        ? !farFinLeft(said)
        : farFinLeft(said, 'now'),
    }),
  ),
  row(
    '<host>’s FIN is acknowledged\\. For <same> both directions are closed',
    '<host>的 FIN 得到了确认。在它看来两个方向都已关闭',
    (said) => ({
      'from CLOSING': leaves(said, 'CLOSING'),
      'the other end has sent no FIN': !farFinLeft(said),
    }),
  ),
  row(
    'TIME-WAIT is over: <host> forgets the connection(?: of port #port)?',
    'TIME-WAIT 结束，<host>删除(?:这条|端口 #port 的那条)',
    (said) => ({
      ...forgets(said),
      'from TIME-WAIT': leaves(said, 'TIME-WAIT'),
      'its timer runs out': said.fired(said.host()).some(({name}) => name === '2MSL'),
      'the one of that port': said.has('port')
        ? said
            .connections(said.host(), 'before')
            .some(
              ({state, local, remote}) =>
                state === 'TIME-WAIT' && Math.max(local.port, remote.port) === said.number('port'),
            )
        : undefined,
    }),
  ),
  row(
    '<host> ought to be in TIME-WAIT now, but forgets the connection at once: TCP’s rules do not allow that',
    '<host>此时本该进入 TIME-WAIT，却立即删除了连接：这不符合 TCP 的规定',
    (said) => ({
      ...forgets(said),
      'both FINs have gone': hasFinBothWays(said),
      'no TIME-WAIT': said.now('state', said.host()).every(({to}) => to !== 'TIME-WAIT'),
    }),
  ),
];
