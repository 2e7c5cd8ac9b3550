// One look at the run: what the parts of a scene and every panel are computed from.

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
  /** Packets move; else they are only on their way or there. */
  readonly comets: boolean;
  /** Predictions whose answers must not be seen. */
  readonly hidden: readonly Question[];
  readonly hosts: SceneHosts;
};

/**
 * What is asked about belongs to an instant, though the picture stands a breath before it: the clock tells that instant, unless
 * it would tell the answer.
 */
const askedUs = ({pacing, playback: {gate}, beats}: SceneInput): number | undefined => {
  const asked = beats.find(({index}) => index === gate?.beat);
  if (asked === undefined || asked.kind === 'narration') return undefined;
  const moment = momentOf(pacing, asked.event);
  const atUs = at(pacing.atUs, moment);
  return !gate?.replied && asked.hides?.timed ? at(pacing.atUs, Math.max(0, moment - 1)) : atUs;
};

const secondMs = 1000;

/** Where nothing moves, time stands from moment to moment, and while it is waited for goes on second by second. */
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

/** Three hosts and more have another picture than two. */
export const isMany = ({hosts}: Pick<View, 'hosts'>): boolean => hosts.length > 2;

/** The colour of a host; of one that has no column of its own that of any text. */
export const roleOf = ({hosts}: Pick<View, 'hosts'>, host: string): Role =>
  hosts.find(({id}) => id === host)?.role ?? 'text';

/** That a counterfactual run is not TCP, that the reader altered a packet, that no end sees it so. */
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

/** Of TCP: a capture has none, and where only DNS is spoken nobody needs them. */
export const hasStates = ({input: {trace}}: View): boolean =>
  worldAt(trace, 0) !== undefined && !isDnsAlone(trace);

/** Where play stands at a narration: the packet that it is about. Others may have left at the same instant. */
export const toldPacket = ({input, moment}: View): number | undefined => {
  const {beat} = narrationAt(input, input.playback.viewMs);
  // What is told before anything happens is about no packet.
  if (!beat || beat.event < 1 || momentOf(input.pacing, beat.event) !== moment) return undefined;
  const event = entryAt(input.trace, beat.event);
  // An ARP frame has no number that could be chosen.
  return 'packet' in event && event.packet > 0 ? event.packet : undefined;
};

/** The last packet that has left, as all before it have; undefined: none has. */
export const newestPacket = ({input: {pacing}, moment}: Pick<View, 'input' | 'moment'>): number | undefined =>
  at(pacing.sent, moment) || undefined;

/** The packet that is selected or, without a choice, the newest; undefined: none was sent yet. */
export const selectedPacket = (view: View): number | undefined => {
  const newest = newestPacket(view);
  return newest && Math.min(view.input.playback.selection.packet ?? newest, newest);
};

/** For *Why?*, of panels that always have a packet under their cursor. */
export const packetSubject = (view: View): Subject | undefined => {
  const packet = selectedPacket(view);
  return packet === undefined ? undefined : {kind: 'packet', packet};
};

/** What choosing a packet selects: the newest is followed. */
export const choiceOf = (view: View, packet: number): {readonly packet: number | undefined} => ({
  packet: packet >= (newestPacket(view) ?? 0) ? undefined : packet,
});

/** For panels of one packet: without a choice the one that is told about comes before the newest; undefined: none was sent yet. */
export const packetAtHand = (view: View): number | undefined =>
  view.input.playback.selection.packet === undefined
    ? (toldPacket(view) ?? selectedPacket(view))
    : selectedPacket(view);

/** The next packet or the one before it, as far as they have been sent. */
export const packetBeside = (view: View, by: 1 | -1): number | undefined => {
  const here = packetAtHand(view);
  const newest = newestPacket(view);
  if (here === undefined || newest === undefined) return undefined;
  const packet = here + by;
  return packet < 1 || packet > newest ? undefined : packet;
};

/** Fields of a packet that open questions ask for. */
export const hiddenFieldsOf = ({hidden}: View, packet: number): readonly string[] =>
  hidden.flatMap(({hides}) => (hides?.packet === packet ? hides.fields : []));

/** Is a value among those that are shown, of both ends or of one? */
export const isNamed = (shown: readonly string[], name: string): boolean =>
  shown.some((each) => each === name || each.endsWith(`.${name}`));

/**
 * What a beginner has met: values, parts and panels that the lesson has come to. Place by place, so that going back hides them again.
 * undefined: nothing is hidden.
 */
const metBy = ({input: {shows, beats, pacing, playback}}: View): readonly string[] | undefined => {
  if (shows === undefined || playback.allValues) return undefined;
  const told = beats.filter((beat) => beatMs(pacing, beat) <= playback.viewMs);
  return everShown({shows, beats: told});
};

/** Whether a value is on the screen by now, by its name without a host. */
export const metIn = (view: View): ((name: string) => boolean) => {
  const met = metBy(view);
  return (name) => met === undefined || isNamed(met, name);
};

export const hasMet = (view: View, part: ShownPart | 'state' | 'list'): boolean => metIn(view)(part);

/** A panel that the lesson shows later, if it says so. */
export const isYetToCome = (view: View, panel: string): boolean => {
  const {shows, beats} = view.input;
  return everShown({shows, beats})?.includes(panel) === true && !metIn(view)(panel);
};
