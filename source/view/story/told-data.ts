// The sentences of the account's voice about the flow of data.

import type {Facts} from '../../account/told/facts.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import {data, holds, windows} from '../../words/catalogue/told.ts';
import {formatTime} from '../../words/format.ts';
import {theHost, theHostFirst} from '../ladder/scene-hosts.ts';

type DataSaying =
  | 'sends'
  | 'outOfOrder'
  | 'finOutOfOrder'
  | 'gapFilled'
  | 'delivered'
  | 'allAcknowledged'
  | 'windowShut'
  | 'asksForWindow'
  | 'probes'
  | 'windowOpens'
  | 'holds'
  | 'delaysAck'
  | 'delayOver'
  | 'keepAlive';

const who = (host: string) => ({host: theHost(host), first: theHostFirst(host)});

export const dataTexts: {readonly [Kind in DataSaying]: (facts: Facts[Kind]) => Text} = {
  sends: ({host, seq, bytes, segments, end}) =>
    wordedWithNames(data.sends, {...who(host), seq, bytes, segments, end}),
  outOfOrder: ({host, missing, ack, again, sack}) =>
    wordedWithNames(data.outOfOrder, {
      ...who(host),
      missing: missing.bytes,
      seq: missing.seq,
      ack,
      again,
      sack,
    }),
  finOutOfOrder: ({host, peer, missing, ack, again}) =>
    wordedWithNames(data.finOutOfOrder, {
      ...{...who(host), peer: theHost(peer), missing: missing.bytes, seq: missing.seq},
      ...{ack, again},
    }),
  gapFilled: ({host, ack, bytes, open}) => wordedWithNames(data.gapFilled, {...who(host), ack, bytes, open}),
  delivered: ({host, bytes, ack}) => wordedWithNames(data.delivered, {...who(host), bytes, ack}),
  allAcknowledged: ({host, ack}) => wordedWithNames(data.allAcknowledged, {...who(host), ack}),
  windowShut: ({host, peer}) => wordedWithNames(windows.shut, {...who(host), peer: theHost(peer)}),
  asksForWindow: ({host, atUs}) => wordedWithNames(windows.persist, {...who(host), at: formatTime(atUs)}),
  probes: ({host, dueUs}) =>
    wordedWithNames(windows.probes, {...who(host), due: dueUs === undefined ? undefined : formatTime(dueUs)}),
  windowOpens: ({host, bytes}) => wordedWithNames(windows.opens, {...who(host), bytes}),
  holds: ({host, why, bytes}) => wordedWithNames(holds[why], {...who(host), bytes}),
  delaysAck: ({host, untilUs}) => wordedWithNames(holds.ack, {...who(host), until: formatTime(untilUs)}),
  delayOver: ({host, ack}) => wordedWithNames(holds.ackOver, {...who(host), ack}),
  keepAlive: ({host, peer}) => wordedWithNames(windows.keepAlive, {...who(host), peer: theHost(peer)}),
};
