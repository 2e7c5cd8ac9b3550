// What is said of packets that the path held up, judged by raw events.
import {row, type Said} from './said.ts';
import {type Of, segmentOf} from './seen.ts';
import {isThing, packetKinds} from './thing.ts';

/** Those that come now, and that the path was to delay. */
export const heldUp = (said: Said): readonly Of<'arrive'>[] =>
  said
    .now('arrive')
    .filter(({packet}) =>
      said
        .ever('send')
        .some(
          (send) => send.packet === packet && send.faults.some((fault) => /^(?:delay|reorder)=/.test(fault)),
        ),
    );

export const lateRows = [
  row(
    `(?:The (?<flags>${packetKinds})|The ACK with ack=#ack|The probe with seq=#seq2|Packet #packet|The (?<dns>question|response))(?:, #bytes bytes? from seq=#seq,)? comes late: it left @ago ago, and the path held it up`,
    `(?:(?<flags>${packetKinds})|ack=#ack 的 ACK|seq=#seq2 的探测|第 #packet 个分组(?:（seq=#seq 起的 #bytes 字节）)?|(?<dns>查询|响应)) ?迟到了：它 @ago 前就已发出，被路径耽搁到现在`,
    (said) => {
      const late = heldUp(said);
      return {
        'it comes now': late.some(({packet}) => isThing(said, segmentOf(said.trace, packet), packet)),
        'when it left': late.some(({packet}) =>
          said.isTime('ago', said.atUs - said.trace.packet(packet).sentUs),
        ),
      };
    },
  ),
  row(
    '(?:(?<one>One)|#count) that left after it ha(?:s|ve) come before it',
    '比它晚发的有 #count 个先到',
    (said) => ({
      'so many': said.now('arrive').some(({packet, host}) => {
        const came = said.ever('arrive', host).filter((each) => each.packet > packet && each.n < said.n);
        const overtakers = new Set(
          came
            .map((each) => each.packet)
            .filter((each) => said.trace.packet(each).from === said.trace.packet(packet).from),
        );
        return overtakers.size === (said.has('one') ? 1 : said.number('count'));
      }),
    }),
  ),
];
