// What is said of the path, judged by raw events: what was lost, altered, doubled, thrown away.
import type {EventOf} from '../../../source/sim/trace.ts';
import {againRows} from './again.ts';
import {alteredRows} from './altered.ts';
import {isOfSent} from './arrived.ts';
import {heldUp, isToldApart, lateRows} from './late.ts';
import {goalOf, triesNext} from './next-address.ts';
import {diesAlone, leftAgain} from './once-more.ts';
import {portRows} from './ports.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf, repairTimers, segmentOf} from './seen.ts';
import {strictRows} from './strict.ts';
import {forgedEn, forgedZh, isThing, packetKinds} from './thing.ts';
import {timerEn, timerSet, timerZh} from './timer-set.ts';

const ways: readonly (readonly [RegExp, readonly string[]])[] = [
  [/lost on the way|途中丢/, ['fault', 'loss']],
  [/by the firewall|^防火墙/, ['firewall']],
  [/no host has|没有主机/, ['no such host']],
  [/host is down|主机已停机/, ['host down']],
  [/queue of the link|队列/, ['queue']],
  [/link’s check|链路校验/, ['link check']],
  [/source address|源地址/, ['firewall']],
  [/checksum is wrong|校验和/, ['checksum']],
];

const passedOn = (said: Said, {packet, host}: EventOf<'drop'>): boolean =>
  host === said.host('router') &&
  said.ever('send', said.host('keeper')).some((send) => send.packet === packet && send.hop > 0);

const lost = (said: Said): Facts => {
  const dead = said.deaths();
  const [, reasons = []] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
  const fits = dead.filter(
    ({packet}) =>
      isThing(said, segmentOf(said.trace, packet), packet) &&
      (!said.has('nth') || said.number('nth') === packet),
  );
  return {
    'something dies': dead.length > 0,
    'what dies': fits.length > 0,
    'which of several': said.has('ack') ? fits.some(({packet}) => isToldApart(said, packet)) : undefined,
    why: reasons.length === 0 ? undefined : fits.some(({reason}) => reasons.includes(reason)),
    'past the one, at the other': said.has('keeper') ? fits.some((each) => passedOn(said, each)) : undefined,
  };
};

const alone = (said: Said): Facts => {
  const {packet = 0} = said.deaths()[0] ?? heldUp(said)[0] ?? {};
  const segment = segmentOf(said.trace, packet);
  if (said.has('flags')) return {...lost(said)};
  if (!said.has('bytes')) return {...lost(said), packet: packet === said.number('packet')};
  return {
    packet: packet === said.number('packet'),
    bytes: segment?.payload.length === said.number('bytes'),
    seq: segment?.seq === said.number('seq'),
  };
};

const notYetAgain = (said: Said): Facts => ({
  ...timerSet(said),
  'it has not left again': diesAlone(said) ? leftAgain(said) === undefined : undefined,
});

export const pathRows = [
  ...portRows,
  row(
    `(?<what>The (?<flags>${packetKinds})|The ACK with ack=#ack|The probe with seq=#seq2|Packet #packet(?<icmp>, an ICMP message)?|The (?<dns>query|response)(?: (?:for|about) the ~type record)?)${forgedEn}(?: \\(packet #nth\\))?,? (?:has been altered on the way, and )?is (?:passed on by <keeper>; at <router> it is )?(?:lost|thrown away)`,
    `(?:防火墙丢弃了)?${forgedZh}(?:(?<flags>${packetKinds})|ack=#ack 的 ACK(?:（第 #nth 个分组）)?|seq=#seq2 的探测|第 #packet 个分组(?<icmp>（ICMP 报文）)?|(?:~type 记录的)?(?<dns>查询|响应))(?:在途中遭到改动，)?(?:<keeper>照样转发，到了<router>)?(?:在途中丢了|丢失|被丢弃(?!了))`,
    lost,
  ),
  row(
    `(?:The (?:${packetKinds})|Packet \\d+, \\d+ bytes? from seq=\\d+,|Packet \\d+(?:, an ICMP message,)?|The ACK with ack=\\d+(?: \\(packet \\d+\\))?) (?:has been altered on the way, and )?is (?:passed on by [^.;]+; at [^.;]+ it is )?(?<why>lost[^.]*|thrown away[^.]*)\\.`,
    `(?:防火墙丢弃了|在途中丢了|丢失：[^。]*|丢弃[^。]*)。`,
    (said) => {
      const [, reasons] = ways.find(([pattern]) => pattern.test(said.words)) ?? [];
      return {why: reasons && said.deaths().some(({reason}) => reasons.includes(reason))};
    },
  ),
  row(
    'no host has the address (?<address>[\\da-f.:]*[\\da-f])',
    '没有主机用 (?<address>[\\da-f.:]+) 这个地址',
    (said) => ({
      'it goes there': said.deaths().some(({packet}) => goalOf(said, packet) === said.word('address')),
      'none has it': said.trace.header.hosts.every(({ip}) => !ip.includes(said.word('address'))),
    }),
  ),
  row(
    ', and (?:packets? (?<named>[\\d, and]+\\d)|#count more) at the same time(?:, up to packet #last)?',
    '，同一时刻丢的还有(?:第 (?<named>[\\d 、和]+\\d) 个分组| #count 个，到第 #last 个分组为止)',
    (said) => ({
      'so many, up to there': said.deaths().some(({packet, reason}) => {
        const {from} = said.trace.packet(packet);
        const goal = reason === 'no such host' ? goalOf(said, packet) : undefined;
        const others = said.future.flatMap((each) =>
          each.kind === 'drop' &&
          each.atUs === said.atUs &&
          each.reason === reason &&
          each.packet > 0 &&
          said.trace.packet(each.packet).from === from &&
          (goal === undefined || goalOf(said, each.packet) === goal)
            ? [each.packet]
            : [],
        );
        if (said.has('named')) return said.word('named').match(/\d+/g)?.join() === others.join();
        return others.length === said.number('count') && others.at(-1) === said.number('last');
      }),
    }),
  ),
  row(
    'Packet #packet, #bytes bytes? from seq=#seq,',
    '第 #packet 个分组（seq=#seq 起的 #bytes 字节）',
    alone,
  ),
  row(
    `Nothing tells <host>; its ${timerEn} is due at @at(?<last>, and then it gives up)?(?:, but if it has no connection by @next it tries the next address as well)?`,
    `没有谁会通知<host>；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?(?:，但到 @next 若还没连上，就会同时试下一个地址)?`,
    (said) => ({...notYetAgain(said), ...triesNext(said)}),
  ),
  row(
    `<host> does not know that yet; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>还不知道；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    notYetAgain,
  ),
  row(
    `<host> has already sent that again, in packet #packet; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>已经在第 #packet 个分组里重发过；它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    (said) => ({...timerSet(said), 'in which packet': leftAgain(said) === said.number('packet')}),
  ),
  row(
    `<host> still waits for one; its ${timerEn} is due at @at(?<last>, and then it gives up)?`,
    `<host>还在等，它的${timerZh}设在 @at 超时(?<last>，到时它就放弃)?`,
    timerSet,
  ),
  row(
    '<host> still waits for room: if nothing comes by @at, it asks',
    '<host>还在等空间：到 @at 若没有消息，它就去问',
    (said) => ({
      ...timerSet(said),
      'a window is closed to it': said.running(said.host()).some(({name}) => name === 'persist'),
    }),
  ),
  row('<host> waits for an answer until @at', '<host>等应答，最多等到 @at', timerSet),
  row(
    'The next one, ack=#ack, has already left and covers what this one was to acknowledge, too',
    '下一个 ACK（ack=#ack）已经发出，这个 ACK 要确认的，它也一并确认',
    (said) => ({
      'it has left, and says no less': said.deaths().some(({packet}) => {
        const {from} = said.trace.packet(packet);
        const lost = segmentOf(said.trace, packet)?.ack ?? 0;
        return said
          .sentEver(from)
          .some(
            ({segment, event}) =>
              event.packet > packet &&
              event.atUs <= said.atUs &&
              segment.ack === said.number('ack') &&
              isOfSent(said, segment) &&
              ((segment.ack - lost) | 0) >= 0,
          );
      }),
    }),
  ),
  row('No timer retransmits an ACK', '没有定时器会重传 ACK', (said) => ({
    'it is an ACK': said.deaths().some(({packet}) => {
      const segment = segmentOf(said.trace, packet);
      return segment !== undefined && flagsOf(segment) === 'ACK' && segment.payload.length === 0;
    }),
  })),
  row('none waits for this one', '也没有定时器在等它', (said) => ({
    'none runs for it': said.deaths().some(({packet}) => {
      const {to} = said.trace.packet(packet);
      const ack = segmentOf(said.trace, packet)?.ack;
      const due = said
        .sentEver(to)
        .some(({segment}) => ack !== undefined && segment.seq + segment.payload.length === ack);
      return !due || said.running(to).every(({name}) => !repairTimers.has(name));
    }),
  })),
  row('UDP repeats nothing', 'UDP 不重传', (said) => ({
    'it is a datagram': said.deaths().some(({packet}) => segmentOf(said.trace, packet) === undefined),
  })),
  row(
    'The firewall sends a message about it to <host>(?:: ICMP type #type, code #code)?',
    '防火墙为此向<host>发出通知(?:：ICMP 类型 #type、代码 #code)?',
    (said) => {
      const sent = said.now('send').flatMap(({packet}) => (packet > 0 ? [said.trace.packet(packet)] : []));
      const errors = sent.flatMap(({frame}) =>
        frame?.payload.kind === 'ip' && frame.payload.packet.transport.kind === 'icmp'
          ? [frame.payload.packet.transport.message]
          : [],
      );
      return {
        'who is told': sent.some(({to}) => to === said.host()),
        'by what': said.has('type')
          ? errors.some(({type, code}) => type === said.number('type') && code === said.number('code'))
          : errors.length === 0,
      };
    },
  ),
  ...againRows,
  ...lateRows,
  ...alteredRows,
  ...strictRows,
];
