// Describes events in a few words: *Why?* names causes and effects so, and the player the event to which the reader steps.

import {fateIn, type WayEnd} from '../../account/fates.ts';
import {partsText} from '../../account/notation.ts';
import {packetOf} from '../../account/packet.ts';
import {sentParts} from '../../account/packet-parts.ts';
import {theHost} from '../../lesson/host-names.ts';
import {type Language, spaced, type Text, wordedWithNames} from '../../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {appEventText} from '../../words/app-text.ts';
import {whySceneWhySentences} from '../../words/catalogue/panels.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {timerActs} from '../../words/catalogue/timers.ts';
import {lostText} from '../../words/fates.ts';
import {formatSeen} from '../../words/format.ts';
import {eyeHands} from '../../words/hands.ts';
import {linkChangeText} from '../../words/link-change-text.ts';
import {signalText} from '../../words/signal-text.ts';
import {timerText} from '../../words/timer-text.ts';
import {tlsStepText} from '../../words/tls-text.ts';
import {stateLeftText} from '../state-left.ts';
import type {View} from '../view.ts';
import {isHere} from './captured-reason.ts';
import {isPower} from './path-reason.ts';

const join = (...words: string[]): string =>
  words
    .filter((word) => word !== '')
    .join(' ')
    .replace(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '');

export const packetText = (view: View, id: number): string => {
  const {trace} = view.input;
  if (id < 1 || id > trace.packetCount) return '';
  const {frame} = packetOf(trace, id);
  return frame ? partsText(sentParts(view.input.trace, {packet: id, frame}), eyeHands[view.language]) : '';
};

export const packetName = (id: number, language: Language): string =>
  whySceneWhySentences.event.packet[language]({packet: id});

/**
 * Tells whether an event is an ICMP error that its host only remembers: it is logged as a `drop`, but the host has read the error
 * (RFC 1122 §4.2.3.9).
 */
export const isNoted = (event: TraceEvent): event is EventOf<'drop'> =>
  event.kind === 'drop' && event.because === '1122:4.2.3.9/soft/keep';

/**
 * Returns the name of the host at which a packet arrives if that is a router or one of several receivers; undefined if it is the packet's
 * only destination.
 */
const takerOf = (trace: Trace, {packet, host}: WayEnd): Text | undefined =>
  packetOf(trace, packet).to === host ? undefined : theHost(trace, host);

const endText = (view: View, event: WayEnd): string => {
  const {language} = view;
  const packet = packetName(event.packet, language);
  const fate = fateIn(event);
  if (fate.what === 'lost' && !isNoted(event)) return join(packet, lostText(fate)[language]);
  if (event.untimed) return linkText(view, event);
  const time = formatSeen(event.atUs, fate.estimated);
  const {arrive, arrivePresumably} = whySceneWhySentences.event;
  const {trace} = view.input;
  const isPresumed = fate.how === 'presumed' && !isHere(trace, event);
  const host = takerOf(trace, event);
  return wordedWithNames(isPresumed ? arrivePresumably : arrive, {packet, time, host})[language];
};

/** Describes an event in a few words, with its time. */
export const eventText = (view: View, event: TraceEvent): string => {
  const {language} = view;
  const time = formatSeen(event.atUs, event.estimated ?? false);
  const host = view.called(event.host);
  switch (event.kind) {
    case 'send':
      // Only the time of the capture is known for a departure that nobody saw, so its time is left out.
      if (event.untimed) return linkText(view, event);
      return whySceneWhySentences.event.send[language]({
        packet: packetName(event.packet, language),
        view: packetText(view, event.packet) || undefined,
        time,
      });
    case 'arrive':
    case 'drop':
      return endText(view, event);
    case 'state':
      return join(host, stateLeftText(event, language), '→', event.to);
    case 'timer':
    case 'app-timer': {
      const op =
        event.op === 'arm' ? whyTexts.starts : event.op === 'fire' ? whyTexts.runsOut : whyTexts.stops;
      return wordedWithNames(timerActs, {
        ...{host: theHost(view.input.trace, event.host), timer: timerText(event)},
        ...{op, time},
      })[language];
    }
    case 'call': {
      const {action} = event;
      if (action.call === 'setLink') {
        const what = linkChangeText(action, language);
        return whySceneWhySentences.event.call[language]({what, time});
      }
      if (isPower(event))
        return spaced(whySceneWhySentences.event.power[language]({host, call: event.call, time}));
      return spaced(whySceneWhySentences.event.calling[language]({host, call: event.call, time}));
    }
    case 'signal':
      return spaced(
        whySceneWhySentences.event.gets[language]({host, what: signalText(event.signal, language)}),
      );
    case 'tls':
      return join(host, tlsStepText(event.what, language));
    case 'note':
    case 'answer':
      return join(host, appEventText(event, language) ?? event.kind);
    case 'deliver':
      return join(host, `${event.bytes} B`);
  }
};

/** Describes in a few words the event that is a cause or an effect of another; packets are named by what they carry, without times. */
export const linkText = (view: View, event: TraceEvent): string => {
  const {language} = view;
  if (event.kind !== 'send' && event.kind !== 'arrive') return eventText(view, event);
  const packet = packetName(event.packet, language);
  if (event.kind === 'arrive') {
    const arriving = wordedWithNames(whyTexts.arriving, {host: takerOf(view.input.trace, event)});
    return join(packet, arriving[language]);
  }
  return whySceneWhySentences.link.itself[language]({
    ...{packet, view: packetText(view, event.packet) || undefined},
  });
};
