// Writes the sentences of findings about what slowed a transfer down.
import {worded} from '../../lesson/text.ts';
import type {CarryingId} from '../../verdict/ids.ts';
import {carryingTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import type {Writers} from './writers.ts';

export const carryingWriters: Writers<CarryingId> = {
  'receiver-window': ({facts: {by, to, waits, us, room, small, first, tripUs}}) => {
    const told = {by, to, waits, room, us: formatTime(us), tripUs: formatTime(tripUs)};
    return first > 0
      ? worded(say['receiver-window-grew'], {...told, first})
      : worded(say['receiver-window'], {...told, small});
  },
  'no-window-scaling': ({facts: {by, waits, us, room, tripUs, without}}) =>
    worded(say['no-window-scaling'], {
      ...{by, waits, room, without},
      ...{us: formatTime(us), tripUs: formatTime(tripUs)},
    }),
  'zero-window': ({facts: {by, to, times, us, open}}) =>
    worded(say['zero-window'], {by, to, times, us: formatTime(us), open}),
  'window-shrunk': ({facts}) => worded(say['window-shrunk'], facts),
  'congestion-window': ({facts: {by, us, tripUs, bytes}}) =>
    worded(say['congestion-window'], {by, bytes, us: formatTime(us), tripUs: formatTime(tripUs)}),
  'path-rate': ({facts: {by, leastUs, mostUs}}) =>
    worded(say['path-rate'], {by, leastUs: formatTime(leastUs), mostUs: formatTime(mostUs)}),
  outage: ({facts: {by, to, us, tries, open}}) =>
    worded(say.outage, {by, to, us: formatTime(us), tries, open}),
  'mss-over-window': ({facts: {by, to, waits, us, room, mss}}) =>
    worded(say['mss-over-window'], {by, to, waits, us: formatTime(us), room, mss}),
  'ack-inside-segment': ({facts}) => worded(say['ack-inside-segment'], facts),
  loss: ({facts: {by, count, us, open}}) => worded(say.loss, {by, count, us: formatTime(us), open}),
  reordering: ({facts}) => worded(say.reordering, facts),
  'needless-repeats': ({facts: {by, count, us, timed}}) =>
    worded(say['needless-repeats'], {by, count, us: formatTime(us), timed}),
  'late-acks': ({facts: {by, to, count, us}}) =>
    worded(say['late-acks'], {by, to, count, us: formatTime(us)}),
  'out-of-order': ({facts}) => worded(say['out-of-order'], facts),
  'copied-on-the-way': ({facts}) => worded(say['copied-on-the-way'], facts),
  'ecn-marked': ({facts}) => worded(say['ecn-marked'], facts),
  'sender-waits': ({facts: {by, count, us}}) => worded(say['sender-waits'], {by, count, us: formatTime(us)}),
  'answer-waits': ({facts: {by, count, us, tripUs, known}}) =>
    known
      ? worded(say['answer-waits'], {by, count, us: formatTime(us), tripUs: formatTime(tripUs)})
      : worded(say['answer-waits-guess'], {by, count, us: formatTime(us)}),
  'request-waits': ({facts: {by, us}}) => worded(say['request-waits'], {by, us: formatTime(us)}),
  'many-round-trips': ({facts: {count, us, tripUs}}) =>
    worded(say['many-round-trips'], {count, us: formatTime(us), tripUs: formatTime(tripUs)}),
  'nagle-delayed-ack': ({facts: {by, to, waits, us, tripUs}}) =>
    worded(say['nagle-delayed-ack'], {by, to, waits, us: formatTime(us), tripUs: formatTime(tripUs)}),
  'mtu-black-hole': ({facts}) => worded(say['mtu-black-hole'], facts),
  'mtu-lowered': ({facts}) => worded(say['mtu-lowered'], facts),
  'h2-stream-window': ({facts: {by, to, waits, us, stream}}) =>
    worded(say['h2-stream-window'], {by, to, waits, us: formatTime(us), stream: String(stream)}),
  'h2-connection-window': ({facts: {by, to, waits, us}}) =>
    worded(say['h2-connection-window'], {by, to, waits, us: formatTime(us)}),
  'h2-head-of-line': ({facts: {streams, us}}) =>
    worded(say['h2-head-of-line'], {streams, us: formatTime(us)}),
  'quic-loss': ({facts}) => worded(say['quic-loss'], facts),
  'expect-100': ({facts: {us}}) => worded(say['expect-100'], {us: formatTime(us)}),
};
