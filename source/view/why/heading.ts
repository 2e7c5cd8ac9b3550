// Writes the question that *Why?* answers about an event: who did what, and when.
import {entryAt} from '../../account/entries.ts';
import {copiesIn, fateIn, type WayEnd} from '../../account/fates.ts';
import {operandsOf} from '../../account/operands.ts';
import {connectionSign, packetOf, segmentOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import {Mark} from '../../observe/tcp-marks.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {flagNames} from '../../wire/tcp.ts';
import {answerParts, appEventText} from '../../words/app-text.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {whyHeadings} from '../../words/catalogue/panels.ts';
import {lostAsked} from '../../words/fates.ts';
import {formatMoment, formatSeen} from '../../words/format.ts';
import {linkChangeText} from '../../words/link-change-text.ts';
import {signalText} from '../../words/signal-text.ts';
import {timerText} from '../../words/timer-text.ts';
import {tlsStepText} from '../../words/tls-text.ts';
import {portsAmong} from '../endpoints/at-hand.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {View} from '../view.ts';
import {alertReason} from './alert-reason.ts';
import {saidIn} from './captured-carried.ts';
import {carriedMessage} from './carried-reasons.ts';
import {isNoted, packetName, packetText} from './event-text.ts';
import {isPower} from './path-reason.ts';
import {startsAgain} from './timer-start.ts';

const flagsOf = (view: View, id: number): string => {
  const segment = id > 0 ? segmentOf(packetOf(view.input.trace, id)) : undefined;
  return (segment && flagNames(segment).join(',')) || packetText(view, id) || packetName(id, view.language);
};

/** Returns the number of data bytes in a segment with no flags but ACK and PSH; 0 for any other packet. */
const plainBytes = (view: View, id: number): number => {
  const segment = id > 0 ? segmentOf(packetOf(view.input.trace, id)) : undefined;
  return segment && flagNames(segment).every((flag) => flag === 'ACK' || flag === 'PSH')
    ? segment.payload.length
    : 0;
};

/**
 * Returns the name of the TCP state that a host enters, for a question; in a capture with the sign for deduced states, and with the
 * connection's sign if there are several.
 */
const deducedState = ({input: {trace}}: View, event: EventOf<'state'>): string => {
  if (!event.deduced) return event.to;
  const sign = connectionSign(trace.header, event.connection);
  return `${sign === undefined ? '' : `${sign} `}${unicodeGlyphs.deduced}${event.to}`;
};

/** Returns the time of an event; undefined if it is the time at which the reader is. */
const pastOf = ({input: {trace}, cursor}: View, {atUs, estimated}: TraceEvent): string | undefined =>
  cursor < 1 || entryAt(trace, cursor).atUs === atUs ? undefined : formatSeen(atUs, estimated ?? false);

export const modifies = '3552:3.3.4/modifies';

const sentHeading = (view: View, event: EventOf<'send'>): Text => {
  const {packet} = event;
  if (event.because === modifies) return worded(whyHeadings.changed, {packet});
  if ((packetOf(view.input.trace, packet).marks ?? 0) & Mark.copy)
    return worded(whyHeadings.doubled, {packet});
  // When SYNs cross, the host sends its own SYN again in a SYN,ACK, which the heading does not call a retransmission.
  if (event.retransmission && event.because !== '9293:3.10.7.3/syn-sent/syn')
    return wordedWithNames(whyHeadings.again, {packet, host: theHost(view.input.trace, event.host)});
  const alert = alertReason(view.input.trace, packet)?.heading;
  if (alert) return alert;
  const past = pastOf(view, event);
  if (event.hop > 0) {
    const host = theHost(view.input.trace, event.host);
    const what = plainBytes(view, packet) > 0 ? packetName(packet, view.language) : flagsOf(view, packet);
    return wordedWithNames(whyHeadings.passedOn, {host, what, past});
  }
  const isCaptured = view.input.trace.header.profile === 'capture' && view.hidden.length === 0;
  const said = isCaptured ? saidIn(view.input.trace, packet) : carriedMessage(view, event);
  if (said) return wordedWithNames(whyHeadings.sent, {what: said, past});
  const bytes = plainBytes(view, packet);
  if (bytes > 0) return worded(whyHeadings.bytes, {bytes, packet, past});
  const isSummary =
    packetText(view, packet) !== '' && segmentOf(packetOf(view.input.trace, packet)) === undefined;
  const heading = isSummary ? whyHeadings.summary : whyHeadings.sent;
  return wordedWithNames(heading, {what: flagsOf(view, packet), past});
};

/** Tells whether an arrival is that of a copy that the network has made of a packet. */
const isCopy = (trace: Trace, {n, packet}: WayEnd): boolean =>
  copiesIn(trace).some(
    (copy) => copy.packet.id === packet && entryAt(trace, copy.event).instant === entryAt(trace, n).instant,
  );

const endHeading = (trace: Trace, event: WayEnd): Text => {
  const {packet} = event;
  if (isNoted(event)) {
    const opens = operandsOf(trace, event).before?.state.startsWith('SYN-') ?? false;
    return worded(whyHeadings.noted, {packet, opens});
  }
  const fate = fateIn(event);
  const copy = isCopy(trace, event);
  if (fate.what === 'lost') {
    // A capture logs the loss of a packet at its sender, because the place of the loss is unknown.
    const isPath = event.host === packetOf(trace, packet).from;
    const lost = lostAsked(fate, isPath ? undefined : theHost(trace, event.host));
    return worded(whyHeadings.lost, {packet, copy, lost});
  }
  return event.because === '3552:3.3.5/takes'
    ? worded(whyHeadings.ends, {packet})
    : worded(whyHeadings.arrives, {packet, copy});
};

/** Returns the question that *Why?* answers about an event, one sentence with a question mark. */
export const headingOf = (view: View, event: TraceEvent): Text => {
  const host = theHost(view.input.trace, event.host);
  const ports = portsAmong(view.input.trace, event);
  switch (event.kind) {
    case 'state':
      return wordedWithNames(whyHeadings.entered, {
        ...{host, what: deducedState(view, event), past: pastOf(view, event), ports},
      });
    case 'send':
      return sentHeading(view, event);
    case 'arrive':
    case 'drop':
      return endHeading(view.input.trace, event);
    case 'timer':
    case 'app-timer':
      return wordedWithNames(
        whyHeadings.timer[startsAgain(view.input.trace, event) ? 'armAgain' : event.op],
        {
          ...{timer: timerText(event), host, ports},
          time: formatMoment(event.atUs),
        },
      );
    case 'call': {
      const {action, call, result} = event;
      if (isPower(event)) return wordedWithNames(whyHeadings.power, {host, call});
      if (action.call === 'setLink')
        return wordedWithNames(whyHeadings.link, {
          what: inEvery((language) => linkChangeText(action, language)),
        });
      return result === 'ok'
        ? wordedWithNames(whyHeadings.calls, {host, call})
        : wordedWithNames(whyHeadings.returns, {host, call, result});
    }
    case 'signal':
      return wordedWithNames(whyHeadings.gets, {
        ...{host, past: pastOf(view, event), ports},
        what: inEvery((language) => signalText(event.signal, language)),
      });
    case 'answer':
      return wordedWithNames(whyHeadings.returns, {host, ...answerParts(event)});
    case 'note':
      return wordedWithNames(whyHeadings.happens, {
        host,
        what: inEvery((language) => appEventText(event, language) ?? event.kind),
      });
    case 'tls':
      return wordedWithNames(whyHeadings.happens, {
        host,
        what: inEvery((language) => tlsStepText(event.what, language)),
      });
    case 'deliver':
      return wordedWithNames(whyHeadings.gets, {
        ...{host, what: `${event.bytes} B`, past: pastOf(view, event), ports},
      });
  }
};
