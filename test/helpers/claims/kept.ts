// What is said of a timer that was already due when it was set, judged by raw events.
import {type Row, row} from './said.ts';
import {thingEn, thingZh} from './thing.ts';
import {setAnew} from './timer-set.ts';

export const keptRows: readonly Row[] = [
  row(
    `<host>’s timer, set at @anew, is due already, as @wait have passed without an ACK: it sends ${thingEn} again`,
    `<host>的定时器在 @anew 设定时已经到期（等确认已等了 @wait），重发 ?${thingZh}`,
    (said) => ({
      'its retransmission timer runs out': said.fired(said.host()).some(({name}) => name === 'RTO'),
      'when it was set': setAnew(said, 'RTO'),
      'it could not have run out sooner': said.fired(said.host()).some(({ranUs}) => ranUs <= 1),
    }),
  ),
];
