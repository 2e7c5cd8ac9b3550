// Writes the sentences of findings about how connections open.
import {worded} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {OpeningId} from '../../verdict/ids.ts';
import {openingTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import {refusalWords} from '../../words/inspect.ts';
import type {Writers} from './writers.ts';

export const openingWriters: Writers<OpeningId> = {
  'syn-unanswered': ({facts: {sent, us}}) => worded(say['syn-unanswered'], {sent, us: formatTime(us)}),
  'syn-repeated': ({facts: {again, us, here}}) =>
    worded(say['syn-repeated'], {again, us: formatTime(us), here}),
  'syn-ack-lost': ({facts: {again, sent, us, opened}}) =>
    worded(say['syn-ack-lost'], {again, sent, us: formatTime(us), opened}),
  'accept-queue-full': ({facts: {how, again, us, served, third}}) =>
    worded(say['accept-queue-full'], {how, again, us: formatTime(us), served, third}),
  refused: () => say.refused,
  'refused-by-icmp': ({facts}) => {
    const {from, frame, byServer} = facts;
    return worded(say['refused-by-icmp'], {from, frame, byServer, refusal: refusalWords(facts)});
  },
  'ipv6-refused': ({facts: {first, second, us}}) =>
    worded(say['ipv6-refused'], {first, second, us: formatTime(us)}),
  'ipv6-silent': ({facts: {first, second, us}}) =>
    worded(say['ipv6-silent'], {first, second, us: formatTime(us)}),
  'syn-flood': ({facts: {server, port, count, silent, sources, us}}) =>
    worded(say['syn-flood'], {
      server: port > 0 ? endpointText({address: server, port}) : server,
      ...{count, silent, sources, us: formatTime(us), many: server === ''},
    }),
  'port-scan': ({facts}) => worded(say['port-scan'], facts),
  'port-reused': ({facts: {before, us, waiting}}) =>
    worded(say['port-reused'], {before, us: formatTime(us), waiting}),
  'never-opened': ({facts: {how, sent, us}}) => worded(say['never-opened'], {how, sent, us: formatTime(us)}),
  'simultaneous-open': () => say['simultaneous-open'],
  'options-declined': ({facts}) => worded(say['options-declined'], facts),
  'fast-open': ({facts}) => worded(say['fast-open'], facts),
  'challenge-ack': ({facts}) => worded(say['challenge-ack'], facts),
  'two-families': ({facts: {name, first, second, used, us, lateUs}}) =>
    worded(say['two-families'], {
      ...{name, first, second, used, us: formatTime(us)},
      late: lateUs > 0 ? formatTime(lateUs) : undefined,
    }),
};
