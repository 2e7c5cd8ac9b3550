// What is said of acknowledgements that wait, judged by raw events.
import {type Row, row, type Said} from './said.ts';

const says = (said: Said, ack: number): boolean =>
  said.sent(said.host()).some(({segment}) => segment.ack === ack);

/** How often it has told of a gap with the number that it told last. */
const sacksOfOne = (said: Said): number => {
  const told = said
    .sentEver(said.host())
    .filter(({segment}) => segment.options.some(({kind}) => kind === 'sack'));
  return told.filter(({segment}) => segment.ack === told.at(-1)?.segment.ack).length;
};

export const lateAckRows: readonly Row[] = [
  row(
    'or it leaves at once when (?:(?<any>a second segment has)|(?<more>more than one full segment has)|(?<second>a second full segment has)|two full segments of data have) come',
    '(?:(?<any>再来一个报文段)|(?<more>收到的超过一个满报文段)|(?<second>再来一个满报文段)|攒够两个满报文段的数据)则立即确认',
    (said) => ({
      'whose rule that is': said
        .now('arrive')
        .some(({host}) =>
          said
            .connections(host, 'after')
            .some(({pace}) =>
              pace ? said.has('more') : said.has('any') === (said.trace.header.profile === 'freebsd'),
            ),
        ),
      'how much waits':
        said.has('any') || said.has('more')
          ? undefined
          : said
              .now('arrive')
              .some(({host}) =>
                said
                  .connections(host, 'after')
                  .some(
                    ({rcv, lastAckSent, mss}) =>
                      said.has('second') === (((rcv.nxt - lastAckSent) | 0) === mss),
                  ),
              ),
    }),
  ),
  row('<host> delays its ACK, until @at at the latest', '<host>推迟确认，最迟到 @at', (said) => ({
    'until when': said
      .now('timer', said.host())
      .some(({name, op, dueUs}) => name === 'delayed-ACK' && op === 'arm' && said.isTime('at', dueUs)),
    'it says nothing': said.sent(said.host()).length === 0,
  })),
  row(
    '<host> has reported often enough what is missing: it gathers what comes behind that, and tells it in one ACK, at @at at',
    '<host>报告空缺的次数够多了：后面再来的先攒着，最迟到 @at，合成',
    (said) => ({
      'until when': said
        .now('timer', said.host())
        .some(({name, op, dueUs}) => name === 'delayed-ACK' && op === 'arm' && said.isTime('at', dueUs)),
      'three of them have left': sacksOfOne(said) >= 3,
      'it says nothing': said.sent(said.host()).length === 0,
    }),
  ),
  row(
    '<host> tells in one ACK what it has gathered(?:, ack=#ack)?',
    '<host>把空缺后面收到的合在一个 ACK 里报告(?:，ack=#ack)?',
    (said) => ({
      'its timer runs out': said.fired(said.host()).some(({name}) => name === 'delayed-ACK'),
      ack: said.has('ack') ? says(said, said.number('ack')) : undefined,
      'SACK leaves': said.sent().some(({segment}) => segment.options.some(({kind}) => kind === 'sack')),
    }),
  ),
  row(
    '<host> has sent no data that could carry its ACK: it sends the ACK by itself(?:, ack=#ack)?',
    '<host>一直没有数据可以捎带 ACK，于是单独发出(?:，ack=#ack)?',
    (said) => ({
      'its timer runs out': said.fired(said.host()).some(({name}) => name === 'delayed-ACK'),
      ack: said.has('ack') ? says(said, said.number('ack')) : undefined,
      'no data': said.sent(said.host()).every(({segment}) => segment.payload.length === 0),
      'it was no gap that it tells of': said
        .sent(said.host())
        .every(({segment: {ack, options}}) =>
          options.every(
            (option) => option.kind !== 'sack' || option.blocks.every(({right}) => ((right - ack) | 0) <= 0),
          ),
        ),
    }),
  ),
];
