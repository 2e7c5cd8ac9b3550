// What is said of bytes that came under another number than they left with, judged by raw events.
import {hasFlag} from '../../../source/wire/tcp.ts';
import {hasArrived} from './arrived.ts';
import {row, type Said} from './said.ts';
import {type Passing, segmentOf} from './seen.ts';
import {isThing, thingEn, thingZh} from './thing.ts';

export const isRenumbered = (said: Said, {segment, event}: Passing): boolean =>
  segmentOf(said.trace, event.packet)?.seq !== segment.seq;

const renumbered = (said: Said): readonly Passing[] =>
  said.came(said.host()).filter((come) => isRenumbered(said, come));

const says = (said: Said, name: string): boolean | undefined =>
  said.has(name) ? said.sent(said.host()).some(({segment}) => segment.ack === said.number(name)) : undefined;

const waiting = (said: Said, when: 'before' | 'after'): number =>
  said.connections(said.host(), when).reduce((sum, {receiveBuffer}) => sum + receiveBuffer.length, 0);

const newlyKept = (said: Said): number => waiting(said, 'after') - waiting(said, 'before');

const bytesEn = '#missing bytes?';
const gap = (said: Said) => ({
  'it came under another number': renumbered(said).length > 0,
  'that lies ahead': renumbered(said).some(({segment}) => ((segment.seq - said.number('seq')) | 0) > 0),
  // The first gap, or one behind what has come.
  'from where':
    said.number('seq') === said.number('ack') ||
    (((said.number('seq') - said.number('ack')) | 0) > 0 && hasArrived(said, said.number('seq') - 1)),
  'not more than up to it': renumbered(said).some(
    ({segment}) =>
      ((segment.seq + segment.payload.length - said.number('seq')) | 0) >= said.number('missing'),
  ),
  'what it says': says(said, 'ack'),
  'nothing goes to the program': said.handedOver(said.host()) === 0,
});

export const renumberedRows = [
  row(
    `By its altered number packet \\d+ seems to lie behind a gap, ${bytesEn} from seq=#seq\\. <host> keeps it and (?:answers|repeats) ack=#ack`,
    '按改过的序号看，第 \\d+ 个分组前面像是有空缺：缺 seq=#seq 起的 #missing 字节。<host>先缓存，(?:再回一次|回) ack=#ack',
    gap,
  ),
  row(
    `By its altered number the FIN of <peer> seems to stand behind ${bytesEn} that have not come, from seq=#seq\\. <host> (?:answers|repeats) ack=#ack`,
    '按改过的序号看，<peer>的 FIN 前面像是还缺 seq=#seq 起的 #missing 字节。<host>(?:再回一次|回) ack=#ack',
    (said) => ({
      ...gap(said),
      'it is a FIN': renumbered(said).some(({segment}) => hasFlag(segment, 'FIN')),
    }),
  ),
  row(
    'By the numbers (?:the gap is filled|the lowest gap is filled|part of the missing data has come), but some data came under an altered one: <host> answers ack=#ack(?: and hands #bytes bytes to its program)?',
    '按序号看，(?:缺的数据到了一部分|(?:最前面的)?空缺补齐了)，但有数据的序号被改过：<host>回 ack=#ack(?:，#bytes 字节交给程序)?',
    (said) => ({
      'what it says': says(said, 'ack'),
      'what it hands over': said.handedOver(said.host()) === (said.has('bytes') ? said.number('bytes') : 0),
      'some came so': said
        .cameEver(said.host())
        .some((come) => isRenumbered(said, come) && ((come.segment.seq - said.number('ack')) | 0) < 0),
    }),
  ),
  row(
    '<host> goes by the altered number: it (?:hands|(?<kept>keeps)) #bytes bytes? (?:to|for) its program in the place of others, which TCP cannot notice, as the checksum fits(?:; ack=#ack)?',
    '<host>只认改过的序号，把这 #bytes 字节当作别的数据(?:交给了程序|(?<kept>留给程序))，而校验和相符，TCP 察觉不到(?:；ack=#ack)?',
    (said) => ({
      'it came under another number': renumbered(said).length > 0,
      'so many': (said.has('kept') ? newlyKept(said) : said.handedOver(said.host())) === said.number('bytes'),
      'what it says': says(said, 'ack'),
    }),
  ),
  row(
    `By the altered number <host> believes that it already has ${thingEn}: it throws (?:them|it) away(?: and (?:answers|repeats) ack=#answer)?`,
    `按改过的序号看，<host>以为已经收到过 ?${thingZh}：丢弃(?:，(?:再回一次|并回) ack=#answer)?`,
    (said) => ({
      'what comes': renumbered(said).some(({segment, event}) => isThing(said, segment, event.packet)),
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'those numbers lie behind': renumbered(said).some(({segment}) =>
        said
          .connections(said.host(), 'before')
          .some(
            ({rcv, local, remote}) =>
              local.port === segment.dstPort &&
              remote.port === segment.srcPort &&
              ((segment.seq + segment.payload.length - rcv.nxt) | 0) <= 0,
          ),
      ),
      'what it says': says(said, 'answer'),
    }),
  ),
];
