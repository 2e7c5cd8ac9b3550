// Writes the sentences of findings about the capture itself, such as missing packets.
import {worded} from '../../lesson/text.ts';
import {brokenTcp} from '../../observe/unread-frames.ts';
import type {Finding} from '../../verdict/finding.ts';
import type {CaptureId} from '../../verdict/ids.ts';
import {captureTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import type {Writers} from './writers.ts';

/** Returns the name of a protocol that is not decoded: its port, with the service that usually has it, or what the frames carry. */
export const protocolOf = ({facts: {service, transport, port}}: Finding<'not-read'>): string => {
  if (transport === 'frame') return service ?? '';
  return service === undefined ? `${transport} ${port}` : `${service} (${transport} ${port})`;
};

const requestKinds = ['dns', 'http', 'pings', 'arp'] as const;

export const captureWriters: Partial<Writers<CaptureId>> = {
  'one-direction': ({facts}) => worded(say['one-direction'], facts),
  'capture-gap': ({facts}) => worded(say['capture-gap'], facts),
  'opened-before': () => worded(say['opened-before'], {}),
  snapped: ({facts}) => worded(say.snapped, facts),
  'clock-backwards': ({facts: {packets, mostUs}}) =>
    worded(say['clock-backwards'], {packets, most: formatTime(mostUs)}),
  'twice-captured': ({facts: {copies, packets, mostUs}}) =>
    worded(say['twice-captured'], {copies, packets, most: formatTime(mostUs)}),
  'captured-across': ({facts}) => worded(say['captured-across'], facts),
  edited: ({facts}) => worded(say.edited, facts),
  offload: ({facts}) => worded(say.offload, facts),
  'bad-checksum': ({facts}) => worded(say['bad-checksum'], facts),
  'not-read': ({facts}) =>
    facts.service === brokenTcp && facts.transport === 'frame'
      ? worded(say['not-read-header'], {packets: facts.packets})
      : facts.transport === 'frame'
        ? worded(say['not-read-frames'], {service: facts.service ?? '', packets: facts.packets})
        : worded(say['not-read'], {...facts, port: `${facts.port}`}),
  'no-answer-seen': ({facts}) =>
    worded(say['no-answer-seen'], {
      asked: requestKinds.flatMap((kind) =>
        facts[kind] > 0 ? [worded(say.asked[kind], {count: facts[kind]})] : [],
      ),
    }),
};
