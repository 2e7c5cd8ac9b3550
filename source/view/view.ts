// A view of the run at one instant, from which the parts of the screen and every panel are computed.

import {entryAt, worldAt} from '../account/entries.ts';
import {seenThrough} from '../account/eyes.ts';
import {isDnsAlone} from '../account/packet.ts';
import {hostName, type Speech} from '../lesson/host-names.ts';
import {everShown, type ShownPart} from '../lesson/shown.ts';
import {forkTexts} from '../words/catalogue/forks.ts';
import {watermark} from '../words/catalogue/not-tcp.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {watcherText} from './eyes-words.ts';
import {hostsOf, type SceneHosts} from './ladder/scene-hosts.ts';
import type {SceneInput} from './scene-input.ts';
import type {Role} from './span.ts';
import type {Subject} from './subject.ts';
import {at, momentAt, momentOf, usAt} from './time/pace.ts';
import {beatMs, hiddenAt, narrationAt, type Question} from './time/waypoints.ts';

export type View = Speech & {
  readonly input: SceneInput;
  /** The number of the moment that the screen shows; `cursor` is the number of the last visible event, `nowUs` the simulated time in µs. */
  readonly moment: number;
  readonly cursor: number;
  readonly nowUs: number;
  /** True if packets in flight move on the ladder, as with full motion; false if they are only drawn as in flight or arrived. */
  readonly comets: boolean;
  /** The open predictions, whose answers no panel may show now. */
  readonly hidden: readonly Question[];
  readonly hosts: SceneHosts;
};

/**
 * Returns the time in µs for the clock while a question is open: that of the instant asked about, though the ladder shows the time before
 * it. undefined without an open question, or if the time would be its answer.
 */
const askedUs = ({pacing, playback: {gate}, beats}: SceneInput): number | undefined => {
  const asked = beats.find(({index}) => index === gate?.beat);
  if (asked === undefined || asked.kind === 'narration') return undefined;
  const moment = momentOf(pacing, asked.event);
  const atUs = at(pacing.atUs, moment);
  return !gate?.replied && asked.hides?.timed ? at(pacing.atUs, Math.max(0, moment - 1)) : atUs;
};

const secondMs = 1000;

/**
 * Returns the simulated time in µs for a reader who wants no or reduced motion: it jumps from moment to moment, and with reduced motion
 * also by whole seconds of waiting.
 */
const stillUs = ({pacing, playback: {viewMs, motion}}: SceneInput, moment: number): number => {
  const fromMs = at(pacing.viewMs, moment);
  const seconds = motion === 'reduced' ? Math.floor((viewMs - fromMs) / secondMs) : 0;
  return usAt(pacing, fromMs + seconds * secondMs);
};

export const viewOf = (given: SceneInput): View => {
  const {pacing, playback, beats} = given;
  const moment = momentAt(pacing, playback.viewMs);
  const cursor = at(pacing.event, moment);
  const trace = seenThrough(given.trace, playback.eyes, cursor);
  const input = {...given, trace};
  const comets = playback.motion === 'full';
  return {
    input,
    language: playback.language,
    moment,
    cursor,
    nowUs: askedUs(input) ?? (comets ? usAt(pacing, playback.viewMs) : stillUs(input, moment)),
    comets,
    hidden: hiddenAt({pacing, beats}, playback),
    hosts: hostsOf(trace, playback.language),
    called: (host) => hostName(trace, host)[playback.language],
  };
};

/** Tells whether the ladder has three hosts or more, which are drawn differently from two. */
export const isMany = ({hosts}: Pick<View, 'hosts'>): boolean => hosts.length > 2;

/** Returns the colour role in which a host is drawn; a host without a lifeline on the ladder has that of ordinary text. */
export const roleOf = ({hosts}: Pick<View, 'hosts'>, host: string): Role =>
  hosts.find(({id}) => id === host)?.role ?? 'text';

/**
 * Returns the warnings in the screen's first row: the run is not real TCP, the reader altered a packet, or one observer's view is chosen;
 * undefined if there are none.
 */
export const watermarkOf = (view: View): string | undefined => {
  const {input, language} = view;
  const {eyes} = input.playback;
  const marks = [input.trace.header.notTcp && watermark, input.yours && forkTexts.yours];
  const texts = [
    ...marks.flatMap((mark) => (mark ? [mark[language]] : [])),
    ...(eyes === 'ends' ? [] : [watcherText(eyes, view)]),
  ];
  return texts.length === 0 ? undefined : texts.join(punctuation.listComma[language]);
};

/** Tells whether the run has TCP states: a capture has no simulated ones, and a run with DNS alone does not need them. */
export const hasStates = ({input: {trace}}: View): boolean =>
  worldAt(trace, 0) !== undefined && !isDnsAlone(trace);

/**
 * Returns the number of the packet that the current narration is about; undefined if it is about none. Other packets may have been sent at
 * the same instant.
 */
export const toldPacket = ({input, moment}: View): number | undefined => {
  const {beat} = narrationAt(input, input.playback.viewMs);
  // A narration before the first event is about no packet.
  if (!beat || beat.event < 1 || momentOf(input.pacing, beat.event) !== moment) return undefined;
  const event = entryAt(input.trace, beat.event);
  // An ARP frame has no number and cannot be selected.
  return 'packet' in event && event.packet > 0 ? event.packet : undefined;
};

/** Returns the number of the newest packet that has been sent at this moment; undefined if none has. */
export const newestPacket = ({input: {pacing}, moment}: Pick<View, 'input' | 'moment'>): number | undefined =>
  at(pacing.sent, moment) || undefined;

/** Returns the number of the selected packet, or of the newest if none is selected; undefined if none has been sent. */
export const selectedPacket = (view: View): number | undefined => {
  const newest = newestPacket(view);
  return newest && Math.min(view.input.playback.selection.packet ?? newest, newest);
};

/** Returns the selected packet as what *Why?* explains, for panels whose cursor is always on a packet; undefined if none has been sent. */
export const packetSubject = (view: View): Subject | undefined => {
  const packet = selectedPacket(view);
  return packet === undefined ? undefined : {kind: 'packet', packet};
};

/**
 * Returns the selection to store when the reader chooses a packet: its number, or undefined for the newest packet, so that later packets
 * are then selected as they are sent.
 */
export const choiceOf = (view: View, packet: number): {readonly packet: number | undefined} => ({
  packet: packet >= (newestPacket(view) ?? 0) ? undefined : packet,
});

/**
 * Returns the number of the packet that a panel for one packet shows: the selected one, or else the one that the narration is about, or
 * else the newest; undefined if none has been sent.
 */
export const packetAtHand = (view: View): number | undefined =>
  view.input.playback.selection.packet === undefined
    ? (toldPacket(view) ?? selectedPacket(view))
    : selectedPacket(view);

/**
 * Returns the number of the packet after (1) or before (−1) the one that panels show; undefined if there is none among those that have been
 * sent.
 */
export const packetBeside = (view: View, by: 1 | -1): number | undefined => {
  const here = packetAtHand(view);
  const newest = newestPacket(view);
  if (here === undefined || newest === undefined) return undefined;
  const packet = here + by;
  return packet < 1 || packet > newest ? undefined : packet;
};

/** Returns the names of the header fields of a packet that must not be shown because open questions ask for them. */
export const hiddenFieldsOf = ({hidden}: View, packet: number): readonly string[] =>
  hidden.flatMap(({hides}) => (hides?.packet === packet ? hides.fields : []));

/** Tells whether the list `shown` contains the name of a value, alone or after a host as in `client.cwnd`. */
export const isNamed = (shown: readonly string[], name: string): boolean =>
  shown.some((each) => each === name || each.endsWith(`.${name}`));

/**
 * Returns the names of the values, parts and panels that the narrations up to the present place have shown; undefined if the lesson hides
 * none, or if the reader wants all. Going back hides them again.
 */
const metBy = ({input: {shows, beats, pacing, playback}}: View): readonly string[] | undefined => {
  if (shows === undefined || playback.allValues) return undefined;
  const told = beats.filter((beat) => beatMs(pacing, beat) <= playback.viewMs);
  return everShown({shows, beats: told});
};

/** Returns a function that tells whether the lesson's narrations have shown a value by now; it takes the value's name without a host. */
export const metIn = (view: View): ((name: string) => boolean) => {
  const met = metBy(view);
  return (name) => met === undefined || isNamed(met, name);
};

export const hasMet = (view: View, part: ShownPart | 'state' | 'list'): boolean => metIn(view)(part);

/** Tells whether a lesson's narration still to come will show a panel that none has shown yet. */
export const isYetToCome = (view: View, panel: string): boolean => {
  const {shows, beats} = view.input;
  return everShown({shows, beats})?.includes(panel) === true && !metIn(view)(panel);
};
