// One look at the run, from which the parts of a scene and every panel are computed.

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
  /** The moment on the screen, the last visible event and the simulated time. */
  readonly moment: number;
  readonly cursor: number;
  readonly nowUs: number;
  /** Packets move; false if they are only shown as under way or arrived. */
  readonly comets: boolean;
  /** The open predictions whose answers must not be seen. */
  readonly hidden: readonly Question[];
  readonly hosts: SceneHosts;
};

/**
 * Returns the time that the clock shows while a question is open: that of the instant asked about, though the picture is shortly before it,
 * unless the time would be the answer.
 */
const askedUs = ({pacing, playback: {gate}, beats}: SceneInput): number | undefined => {
  const asked = beats.find(({index}) => index === gate?.beat);
  if (asked === undefined || asked.kind === 'narration') return undefined;
  const moment = momentOf(pacing, asked.event);
  const atUs = at(pacing.atUs, moment);
  return !gate?.replied && asked.hides?.timed ? at(pacing.atUs, Math.max(0, moment - 1)) : atUs;
};

const secondMs = 1000;

/** Returns the time if nothing moves: it advances by moments, and by whole seconds while a moment is awaited. */
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

/** Tells whether there are three hosts or more, which have another picture than two. */
export const isMany = ({hosts}: Pick<View, 'hosts'>): boolean => hosts.length > 2;

/** Returns the colour role of a host; a host without a column of its own has that of ordinary text. */
export const roleOf = ({hosts}: Pick<View, 'hosts'>, host: string): Role =>
  hosts.find(({id}) => id === host)?.role ?? 'text';

/** Returns warnings: a counterfactual run is not TCP, the reader altered a packet, or the run is seen through the eyes of one observer. */
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

/** Tells whether the run has TCP states: a capture has none, and a run with DNS alone does not need them. */
export const hasStates = ({input: {trace}}: View): boolean =>
  worldAt(trace, 0) !== undefined && !isDnsAlone(trace);

/** Returns the packet that the narration at the present place is about. Others may have left in the same instant. */
export const toldPacket = ({input, moment}: View): number | undefined => {
  const {beat} = narrationAt(input, input.playback.viewMs);
  // A narration before the first event is about no packet.
  if (!beat || beat.event < 1 || momentOf(input.pacing, beat.event) !== moment) return undefined;
  const event = entryAt(input.trace, beat.event);
  // An ARP frame has no number and cannot be selected.
  return 'packet' in event && event.packet > 0 ? event.packet : undefined;
};

/** Returns the last packet up to which all packets have left; undefined if none has. */
export const newestPacket = ({input: {pacing}, moment}: Pick<View, 'input' | 'moment'>): number | undefined =>
  at(pacing.sent, moment) || undefined;

/** Returns the selected packet, or the newest if none is selected; undefined if none has left. */
export const selectedPacket = (view: View): number | undefined => {
  const newest = newestPacket(view);
  return newest && Math.min(view.input.playback.selection.packet ?? newest, newest);
};

/** Returns the subject of *Why?* for panels that always have a packet under their cursor. */
export const packetSubject = (view: View): Subject | undefined => {
  const packet = selectedPacket(view);
  return packet === undefined ? undefined : {kind: 'packet', packet};
};

/** Returns the selection for a packet; undefined for the newest, which is followed. */
export const choiceOf = (view: View, packet: number): {readonly packet: number | undefined} => ({
  packet: packet >= (newestPacket(view) ?? 0) ? undefined : packet,
});

/**
 * Returns the packet for panels that show one packet: the selected one, else the one that the narration is about, else the newest;
 * undefined if none has left.
 */
export const packetAtHand = (view: View): number | undefined =>
  view.input.playback.selection.packet === undefined
    ? (toldPacket(view) ?? selectedPacket(view))
    : selectedPacket(view);

/** Returns the next or previous packet, as far as they have left. */
export const packetBeside = (view: View, by: 1 | -1): number | undefined => {
  const here = packetAtHand(view);
  const newest = newestPacket(view);
  if (here === undefined || newest === undefined) return undefined;
  const packet = here + by;
  return packet < 1 || packet > newest ? undefined : packet;
};

/** Returns the fields of a packet that open questions ask for. */
export const hiddenFieldsOf = ({hidden}: View, packet: number): readonly string[] =>
  hidden.flatMap(({hides}) => (hides?.packet === packet ? hides.fields : []));

/** Tells whether a value is among the shown ones, of both ends or of one. */
export const isNamed = (shown: readonly string[], name: string): boolean =>
  shown.some((each) => each === name || each.endsWith(`.${name}`));

/**
 * Returns what a beginner has met: the values, parts and panels of the narrations up to the present place, so that going back hides them
 * again. undefined if nothing is hidden.
 */
const metBy = ({input: {shows, beats, pacing, playback}}: View): readonly string[] | undefined => {
  if (shows === undefined || playback.allValues) return undefined;
  const told = beats.filter((beat) => beatMs(pacing, beat) <= playback.viewMs);
  return everShown({shows, beats: told});
};

/** Returns a test whether a value has been shown by now, by its name without a host. */
export const metIn = (view: View): ((name: string) => boolean) => {
  const met = metBy(view);
  return (name) => met === undefined || isNamed(met, name);
};

export const hasMet = (view: View, part: ShownPart | 'state' | 'list'): boolean => metIn(view)(part);

/** Tells whether the lesson shows a panel later, but not yet. */
export const isYetToCome = (view: View, panel: string): boolean => {
  const {shows, beats} = view.input;
  return everShown({shows, beats})?.includes(panel) === true && !metIn(view)(panel);
};
