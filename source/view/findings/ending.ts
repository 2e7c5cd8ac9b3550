// Writes the sentences of findings about how connections end.
import {worded} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {EndingId} from '../../verdict/ids.ts';
import {endingTexts as say} from '../../words/catalogue/findings.ts';
import {formatTime} from '../../words/format.ts';
import type {Writers} from './writers.ts';

export const endingWriters: Writers<EndingId> = {
  'reset-unread': ({facts}) => worded(say['reset-unread'], facts),
  'ack-probe': ({facts}) => worded(say['ack-probe'], facts),
  'request-refused': ({facts: {frame, status, octets}}) =>
    worded(say['request-refused'], {frame, status: String(status), octets}),
  'reset-abort': ({facts: {by, frame, us, data, sure, last}}) =>
    last
      ? worded(say['reset-abort-last'], {by, frame})
      : worded(say['reset-abort'], {by, frame, us: formatTime(us), data, sure}),
  'reset-half-open': ({facts: {by, frame, asked, known, older}}) =>
    worded(say['reset-half-open'], {by, frame, asked, known, older}),
  'reset-forged': ({facts}) => worded(say['reset-forged'], facts),
  'idle-forgotten': ({facts: {by, quietUs, tries, reset, left, usual}}) =>
    worded(say['idle-forgotten'], {by, quietUs: formatTime(quietUs), tries, reset, left, usual}),
  'idle-closed': ({facts: {by, frame, us, reset}}) =>
    worded(say['idle-closed'], {by, frame, us: formatTime(us), reset}),
  'keep-alive-race': ({facts: {frame, closed, request, quietUs}}) =>
    worded(say['keep-alive-race'], {frame, closed, request, quietUs: formatTime(quietUs)}),
  'peer-gone': ({facts: {by, tries, us, heard, reset}}) =>
    worded(say['peer-gone'], {by, tries, us: formatTime(us), heard, reset}),
  'keep-alive-gave-up': ({facts: {by, probes, us, frame}}) =>
    worded(say['keep-alive-gave-up'], {by, probes, us: formatTime(us), frame}),
  'half-closed': ({facts: {by, octets, us, left}}) =>
    worded(say['half-closed'], {by, octets, us: formatTime(us), left}),
  'nat-new-port': ({facts: {before, address, port, oldAddress, oldPort, quietUs, reset}}) =>
    worded(say['nat-new-port'], {
      ...{before, reset, quietUs: formatTime(quietUs)},
      to: endpointText({address, port}),
      from: endpointText({address: oldAddress, port: oldPort}),
    }),
  'simultaneous-close': () => say['simultaneous-close'],
  'time-wait-ended': () => say['time-wait-ended'],
  'keep-alives': ({facts}) => worded(say['keep-alives'], facts),
  'reset-stray': ({facts}) => worded(say['reset-stray'], facts),
};
