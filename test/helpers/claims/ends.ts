// What is said of how connections begin and end, judged by raw events: numbers of SYN and FIN, states and whose, resets, errors.
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf} from './seen.ts';

const enters = (said: Said, state: string, name = 'host'): boolean =>
  said
    .now('state', said.host(name))
    .some(
      ({to, connection, n}, _, all) =>
        to === state && all.every((later) => later.n <= n || later.connection !== connection),
    );

const leaves = (said: Said, state: string, name = 'host'): boolean =>
  said.now('state', said.host(name)).some(({from}) => from === state);

const sends = (said: Said, flags: RegExp, numbers: {seq?: number; ack?: number} = {}): boolean =>
  said
    .sent(said.host())
    .some(
      ({segment}) =>
        flags.test(flagsOf(segment)) &&
        (numbers.seq === undefined || segment.seq === numbers.seq) &&
        (numbers.ack === undefined || segment.ack === numbers.ack),
    );

const gets = (said: Said, flags: RegExp): boolean =>
  said.came(said.host()).some(({segment}) => flags.test(flagsOf(segment)));

/** Of segments with FIN the number of the FIN itself comes behind the data. */
const finSeq = (said: Said): Facts => ({
  'it sends a FIN': sends(said, /FIN/),
  'seq of the FIN': said.has('seq') ? sends(said, /FIN/, {seq: said.number('seq')}) : undefined,
});

const forgets = (said: Said): Facts => ({'it has no record any more': enters(said, 'CLOSED')});

const hasFinBothWays = (said: Said): boolean =>
  said.sentEver(said.host()).some(({segment}) => hasFlag(segment, 'FIN')) &&
  said.cameEver(said.host()).some(({segment}) => hasFlag(segment, 'FIN'));

const errorOf = (said: Said): Facts => ({
  'its program gets that error': said.now('signal').some(({signal}) => signal === said.word('error')),
});

/** The host that the sentence before is about is the one that sends. */
export const endsRows: readonly Row[] = [
  row(
    '<host> asks <peer> for a connection: its SYN carries seq=#seq',
    '<host>请求与 ?<peer>建立连接：SYN 带着 seq=#seq',
    (said) => ({
      'it sends a SYN': sends(said, /^SYN$/),
      'seq of the SYN': sends(said, /^SYN$/, {seq: said.number('seq')}),
      'to whom': said
        .sent(said.host())
        .some(({event}) => said.trace.packet(event.packet).to === said.host('peer')),
      'SYN-SENT': enters(said, 'SYN-SENT'),
    }),
  ),
  row(
    '<host> agrees, and asks in turn: seq=#seq is its own number, ack=#ack says that the SYN has come',
    '<host>同意，并反过来请求：seq=#seq 是它自己的序号，ack=#ack 表示 SYN 已经收到',
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
  row('<host> has its answer and is ESTABLISHED', '<host>等到了应答，进入 ESTABLISHED', (said) => ({
    ESTABLISHED: enters(said, 'ESTABLISHED'),
    'from SYN-SENT': leaves(said, 'SYN-SENT'),
    // Somebody may have set FIN beside them.
    'SYN,ACK comes': gets(said, /SYN.*ACK/),
  })),
  row('Its ack=#ack tells <peer>', '它用 ack=#ack 告知 ?<peer>', (said) => ({
    'who says that': said.sent().some(
      ({segment, event}) =>
        segment.ack === said.number('ack') &&
        // Whoever answered in another's name has the connection.
        (said.trace.packet(event.packet).to === said.host('peer') ||
          said.states(said.host('peer')).includes('SYN-RECEIVED')),
    ),
  })),
  row(
    'tells <peer>, which cannot be sure before that arrives',
    '告知 ?<peer>，到达之前对方还不能确定',
    (said) => ({'it waits in SYN-RECEIVED': said.states(said.host('peer')).includes('SYN-RECEIVED')}),
  ),
  row(
    'The SYN of <host> is acknowledged: it is ESTABLISHED(?:, as <peer> is already)?',
    '<host>的 SYN 得到确认，进入 ESTABLISHED(?:；<peer>早已是这个状态)?',
    (said) => ({
      ESTABLISHED: enters(said, 'ESTABLISHED'),
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
    '<host> will send no more(?:: its FIN, seq=#seq, says so)?',
    '<host>不再发送数据(?:：seq=#seq 的 FIN 就是这个意思)?',
    (said) => ({
      'FIN-WAIT-1': enters(said, 'FIN-WAIT-1'),
      ...(said.has('seq') ? finSeq(said) : {}),
      'its program closes': said.now('call', said.host()).length > 0 || said.instant.length > 0,
    }),
  ),
  row(
    '(?:<host> has the FIN|the FIN that <kept> kept counts): from <peer> nothing more will come',
    '(?:<host>收到 FIN|<kept>留着的 FIN 现在生效)：<peer>不会再发数据',
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
  row('It acknowledges with ack=#ack; the FIN, too', '它回 ack=#ack，FIN 也占一个序号', (said) => ({
    'what it says': said.sent().some(({segment}) => segment.ack === said.number('ack')),
    'one more than the FIN': said
      .cameEver()
      .some(
        ({segment}) =>
          hasFlag(segment, 'FIN') && ((segment.seq + segLen(segment) - said.number('ack')) | 0) === 0,
      ),
  })),
  row(
    'Until its own program closes it is in CLOSE-WAIT',
    '自己的程序关闭之前，它停在 CLOSE-WAIT',
    (said) => ({'somebody is': said.now('state').some(({to}) => to === 'CLOSE-WAIT')}),
  ),
  row(
    '<host> closes its direction, too(?:: FIN, seq=#seq)?',
    '<host>也关闭自己的方向(?:：FIN，seq=#seq)?',
    (said) => ({
      'LAST-ACK': enters(said, 'LAST-ACK'),
      ...(said.has('seq') ? finSeq(said) : {}),
    }),
  ),
  row('The FIN of <host> is acknowledged: FIN-WAIT-2', '<host>的 FIN 得到确认：FIN-WAIT-2', (said) => ({
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
  })),
  row(
    '<host> gets a FIN before the ACK of its own: CLOSING',
    '<host>自己的 FIN 还没得到确认，对方的 FIN 先到了：CLOSING',
    (said) => ({
      CLOSING: enters(said, 'CLOSING'),
      'from FIN-WAIT-1': leaves(said, 'FIN-WAIT-1'),
    }),
  ),
  row('<host> has the FIN and acknowledges it', '<host>收到 FIN 并确认', (said) => ({
    'TIME-WAIT': enters(said, 'TIME-WAIT'),
    'the FIN comes': gets(said, /FIN/),
    'it answers': sends(said, /ACK/),
  })),
  row(
    'The FIN of <host> is acknowledged as well\\. Should its own last ACK be lost, the FIN of <peer> comes again',
    '<host>的 FIN 也得到了确认。万一它最后发的那个 ACK 丢了，<peer>的 FIN 还会再来',
    (said) => ({
      'from CLOSING': leaves(said, 'CLOSING'),
      'the FIN had come': said
        .cameEver(said.host())
        .some(
          ({segment, event}) =>
            hasFlag(segment, 'FIN') && said.trace.packet(event.packet).from === said.host('peer'),
        ),
    }),
  ),
  row('it stays in TIME-WAIT until @at', '它停在 TIME-WAIT，直到 @at', (said) => ({
    'TIME-WAIT': said.now('state').some(({to}) => to === 'TIME-WAIT'),
    'until when': said
      .now('state')
      .some(
        ({host, to}) => to === 'TIME-WAIT' && said.running(host).some(({dueUs}) => said.isTime('at', dueUs)),
      ),
  })),
  row('The ACK of the last FIN has come: <host> forgets', '最后一个 FIN 的确认到了，<host>删除', (said) => ({
    ...forgets(said),
    'from LAST-ACK': leaves(said, 'LAST-ACK'),
    'an ACK comes': gets(said, /ACK/),
  })),
  row('TIME-WAIT is over: <host> forgets', 'TIME-WAIT 结束，<host>删除', (said) => ({
    ...forgets(said),
    'from TIME-WAIT': leaves(said, 'TIME-WAIT'),
    'its timer runs out': said.fired(said.host()).some(({name}) => name === '2MSL'),
  })),
  row('No FIN came for so long that <host> stops waiting', 'FIN 迟迟不来，<host>不再等', (said) => ({
    ...forgets(said),
    'from FIN-WAIT-2': leaves(said, 'FIN-WAIT-2'),
  })),
  row(
    '<host> ought to be in TIME-WAIT now, but forgets',
    '<host>此时本该进入 TIME-WAIT，却立即删除',
    (said) => ({
      ...forgets(said),
      'both FINs have gone': hasFinBothWays(said),
      'no TIME-WAIT': said.now('state', said.host()).every(({to}) => to !== 'TIME-WAIT'),
    }),
  ),
  row(
    'The RST ends a handshake that was not finished: <host> is in LISTEN again',
    'RST 结束了这条半连接：<host>回到 LISTEN',
    (said) => ({
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      LISTEN: enters(said, 'LISTEN'),
      'RST comes': gets(said, /RST/),
      'its program hears nothing': said.now('signal', said.host()).length === 0,
    }),
  ),
  row(
    'A new SYN comes into a handshake that is not finished: <host> gives that up and is in LISTEN again',
    '半连接上来了新的 SYN：<host>放弃这条半连接，回到 LISTEN',
    (said) => ({
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      LISTEN: enters(said, 'LISTEN'),
      'a SYN comes': gets(said, /^SYN$/),
      'it answers nothing': said.sent(said.host()).length === 0,
    }),
  ),
  row(
    '<host> has waited for the ACK of its SYN long enough: it gives that handshake up, and is in LISTEN',
    '<host>的 SYN 迟迟得不到确认，等得够久了：它放弃这条半连接，回到 LISTEN',
    (said) => ({
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      LISTEN: enters(said, 'LISTEN'),
      'a timer runs out': said.fired(said.host()).length > 0,
      'nothing comes': said.came(said.host()).length === 0,
    }),
  ),
  row(
    'The SYN queue of <host> is full: the handshake that has waited longest makes room',
    '<host>的半连接队列满了：等得最久的半连接',
    (said) => ({
      'from SYN-RECEIVED': leaves(said, 'SYN-RECEIVED'),
      'a SYN comes': gets(said, /^SYN$/),
      'it is answered': sends(said, /^SYN,ACK$/),
      'another is half-open now': said.states(said.host()).includes('SYN-RECEIVED'),
    }),
  ),
  row('<host> gives up: it has waited', '<host>放弃：等应答已经等得够久', (said) => ({
    ...forgets(said),
    'a timer runs out': said.fired(said.host()).length > 0,
    'nothing comes': said.came(said.host()).length === 0,
  })),
  row(
    '(?:Its|The) program gets (?<error>E(?:CONN|TIMED|HOST|NET)[A-Z]+)',
    '程序(?:立即)?得到 (?<error>E(?:CONN|TIMED|HOST|NET)[A-Z]+)',
    errorOf,
  ),
  row('The SYN of <host> is answered by RST', '<host>的 SYN 换来的是 RST', (said) => ({
    ...forgets(said),
    'RST comes': gets(said, /RST/),
    'from SYN-SENT': leaves(said, 'SYN-SENT'),
  })),
  row(
    'The RST ends the connection: <host> leaves ~state and',
    'RST 中止了连接：<host>离开 ~state',
    (said) => ({
      ...forgets(said),
      'RST comes': gets(said, /RST/),
      'from which state': leaves(said, said.word('state')),
    }),
  ),
  row(
    'The program of <host> breaks the connection off(?<rst>: an RST tells)?',
    '<host>的程序中断连接(?<rst>：用 RST 告知)?',
    (said) => ({
      ...forgets(said),
      'RST leaves': said.has('rst') ? sends(said, /RST/) : undefined,
      'nothing comes': said.came(said.host()).length === 0,
    }),
  ),
  row(
    'The program of <host> closes before an answer to its SYN has come',
    'SYN 还没得到应答，<host>的程序就关闭了',
    (said) => ({
      ...forgets(said),
      'it leaves SYN-SENT, and nothing leaves on that connection': said
        .now('state', said.host())
        .some((state) => state.from === 'SYN-SENT' && said.sendsOn(state).length === 0),
    }),
  ),
  row(
    'No program on <host> listens on port #port: it answers with RST',
    '<host>上没有程序监听端口 #port，它回 RST',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'to which port': said.came(said.host()).some(({segment}) => segment.dstPort === said.number('port')),
      'who asks': gets(said, /SYN/),
    }),
  ),
  row(
    'The program of <host> calls (?<call>\\w+)\\(\\) and gets (?<error>E[A-Z]+)',
    '<host>的程序调用 (?<call>\\w+)\\(\\)，得到 (?<error>E[A-Z]+)',
    (said) => ({
      'it calls, and gets that': said
        .now('call', said.host())
        .some(({call, result}) => call === said.word('call') && result === said.word('error')),
    }),
  ),
  row('<host> has no such connection: its answer', '<host>没有这条连接，对', (said) => ({
    'RST leaves': sends(said, /RST/),
    'something comes': said.came(said.host()).length > 0,
  })),
  row(
    'The program of <host> is gone and will never read this',
    '<host>的程序已经不在，不会再读这些数据',
    (said) => ({
      'RST leaves': sends(said, /RST/),
    }),
  ),
  row(
    'The program of <host> closes with data that it has not read',
    '<host>的程序关闭时还有数据没读',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'no FIN': !sends(said, /FIN/),
    }),
  ),
  row(
    '<host> has sent nothing on this connection that [^:]* could acknowledge: it answers with RST',
    '确认的内容，<host>在这条连接上从没发过：它回 RST',
    (said) => ({
      'RST leaves': sends(said, /RST/),
      'never sent since it began': said
        .came(said.host())
        .every(({segment}) =>
          said
            .sentSinceItBegan(said.host(), segment)
            .every((own) => ((own.seq + segLen(own) - segment.ack) | 0) !== 0),
        ),
    }),
  ),
  row(
    '<host> does not believe [^:]* right away: it answers with an ACK',
    '<host>不轻信[^：]*：它回一个 ACK',
    (said) => ({
      'ACK leaves': sends(said, /^ACK$/),
      'something comes': said.came(said.host()).length > 0,
      'nothing changes': said.now('state', said.host()).length === 0,
    }),
  ),
  row('<peer> tells <host> by ICMP', '<peer>用 ICMP 告知 ?<host>', (said) => ({
    'ICMP comes': said.now('arrive', said.host()).some(({packet}) => {
      const {frame, from} = said.trace.packet(packet);
      const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
      return transport?.kind === 'icmp' && from === said.host('peer');
    }),
  })),
  row('<host> goes down', '<host>停机', (said) => ({
    down: said.now('call', said.host()).some(({call}) => call === 'crash'),
  })),
  row('<host> is back, and remembers', '<host>恢复运行', (said) => ({
    up: said.now('call', said.host()).some(({call}) => call === 'reboot'),
  })),
];
