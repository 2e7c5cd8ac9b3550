// Collects the data of the exported page: the steps of a run with their sentences, and the octets and fields of each packet, in both
// languages.

import {subjectOf} from '../../account/causes.ts';
import {citation} from '../../account/citation.ts';
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Rule} from '../../lesson/rule.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {fieldHelp} from '../../view/bytes/field-help.ts';
import {type InspectorRow, mainLayer, rowTree} from '../../view/bytes/inspector-rows.ts';
import {rowName, rowValue} from '../../view/bytes/inspector-value.ts';
import {packetView} from '../../view/bytes/inspector-view.ts';
import {unicodeGlyphs} from '../../view/glyphs.ts';
import {labelOf, labelText} from '../../view/ladder/label.ts';
import {windowsTold} from '../../view/ladder/window-told.ts';
import {at, momentOf, type Pacing} from '../../view/time/pace.ts';
import {readingMs} from '../../view/time/playback-settings.ts';
import {capturedReason} from '../../view/why/captured-reason.ts';
import {casedRule} from '../../view/why/case-text.ts';
import {otherReason} from '../../view/why/scene-why.ts';
import {hexOf} from '../../wire/octets.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {pageWords} from '../../words/catalogue/page.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import type {PageWord} from '../../words/page.ts';
import {momentLines} from '../spoken/moments.ts';

/** The index of a text in `texts`, which holds a pair, or one text if it is the same in both languages. */
type TextAt = number;

export type PageStep = {
  /** The number of the last event of the run that has happened at this step of the exported page. */
  readonly event: number;
  readonly viewMs: number;
  readonly clock: string;
  readonly said: TextAt;
  /** The number of the newest packet that has been sent; 0 before the first one. */
  readonly packet: number;
  /** The narration that is shown at this step; absent before the first narration. */
  readonly told?: TextAt;
  /** The time in ms for which playback pauses so that the reader can read a narration that begins at this step. */
  readonly holdMs?: number;
  readonly why?: {readonly text: TextAt; readonly clause?: TextAt};
};

/** A row in the list of a packet's fields. `depth` is 0 for a layer, and higher for a field or a part of a field. */
export type PageRow = readonly [
  depth: number,
  name: TextAt,
  value: TextAt,
  start: number,
  end: number,
  help: TextAt,
];

export type PagePacket = {
  readonly id: number;
  readonly title: TextAt;
  readonly hex: string;
  readonly rows: readonly PageRow[];
  /** The index in `rows` of the layer that is unfolded at first. */
  readonly main: number;
};

export type PageData = {
  readonly format: 1;
  readonly texts: readonly (string | readonly [en: string, zh: string])[];
  readonly words: {readonly [word in PageWord]: TextAt};
  readonly steps: readonly PageStep[];
  readonly packets: readonly PagePacket[];
};

export type PageInput = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  readonly rule: (id: string) => Rule | undefined;
  readonly relative: boolean;
};

/** Stores every text once and returns its index, because help texts and names recur with each packet. */
class Texts {
  readonly all: (string | readonly [string, string])[] = [];
  readonly #known = new Map<string, TextAt>();

  add({en, zh}: Text): TextAt {
    const pair: readonly [string, string] = [en, zh];
    const key = pair.join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.all.length);
    this.all.push(pair[0] === pair[1] ? pair[0] : pair);
    return this.all.length - 1;
  }

  both(tell: (language: Language) => string): TextAt {
    return this.add(inEvery(tell));
  }
}

/** The number of columns for help texts; it is larger than any, because the page wraps lines itself. */
const columns = 10_000;

const titleOf = ({trace, relative, beats}: PageInput, id: number, language: Language): string => {
  const packet = packetOf(trace, id);
  const words = labelText(
    labelOf(trace, packet, {relative, questions: [], windows: windowsTold(beats, trace), language}),
  );
  return `${id}  ${hostName(trace, packet.from)[language]} → ${hostName(trace, packet.to)[language]}  ${words}`;
};

const pagePacketOf = (input: PageInput, id: number, texts: Texts): PagePacket => {
  const {trace, relative} = input;
  const options = {cursor: trace.length, hides: []} as const;
  const en = packetView(trace, id, {...options, language: 'en'});
  const wording = (language: Language) => ({language, glyphs: unicodeGlyphs, relative, columns, roomy: true});
  const rows: PageRow[] = [];
  const tree = rowTree(en);
  const open = mainLayer(tree);
  let main = 0;
  const add = (row: InspectorRow): void => {
    if (row === open) main = rows.length;
    const name = texts.both(() => rowName(row, en, relative));
    const value = texts.both((language) => rowValue(row, en, wording(language)));
    const help = texts.both((language) =>
      fieldHelp(row, en, wording(language)).join(punctuation.space[language]),
    );
    rows.push([row.depth, name, value, row.start, row.end, help]);
    for (const child of row.children) add(child);
  };
  for (const row of tree) add(row);
  return {
    id,
    title: texts.both((language) => titleOf(input, id, language)),
    hex: hexOf(en.bytes),
    rows,
    main,
  };
};

/** Returns the answer to *Why?* for an event of a capture, with deductions marked, and the RFC section if one applies. */
const whyCaptured = (
  {trace, rule, texts}: PageInput & {readonly texts: Texts},
  event: TraceEvent,
  seen: number,
): Pick<PageStep, 'why'> => {
  const told = (language: Language) => capturedReason({trace, ruleOf: rule, seen}, event, language);
  const text = texts.both((language) => told(language).paragraphs.join(punctuation.space[language]));
  if (told('en').rule === undefined) return {why: {text}};
  return {why: {text, clause: texts.both((language) => told(language).rule ?? '')}};
};

const whyOf = (input: PageInput, last: number, texts: Texts): Pick<PageStep, 'why'> => {
  const {trace, rule: ruleOf} = input;
  const subject = last > 0 ? subjectOf(trace, last) : undefined;
  if (subject === undefined) return {};
  const event = entryAt(trace, subject);
  if (trace.header.profile === 'capture') return whyCaptured({...input, texts}, event, last);
  const rule = event.because === undefined ? undefined : casedRule(trace, event, ruleOf(event.because));
  const text = otherReason(trace, event) ?? rule?.text;
  if (!text) return {};
  if (!rule) return {why: {text: texts.add(text)}};
  const clause = texts.both(
    (language) => `${citation(rule.rfc)}${punctuation.comma[language]}${rule.step[language]}`,
  );
  return {why: {text: texts.add(text), clause}};
};

type Narration = {readonly moment: number; readonly say: Text};

const narrationsOf = ({beats, pacing}: PageInput): readonly Narration[] =>
  beats
    .flatMap((beat) =>
      beat.kind === 'narration' && beat.say.en !== ''
        ? [{moment: momentOf(pacing, beat.event), say: beat.say}]
        : [],
    )
    .toSorted((a, b) => a.moment - b.moment);

/** Returns the steps of a run, each a moment of the player. A moment without sentences or a new narration is not a step. */
const stepsOf = (input: PageInput, texts: Texts): readonly PageStep[] => {
  const {trace, pacing, relative, beats} = input;
  const narrations = narrationsOf(input);
  const said = (moment: number, language: Language): string =>
    momentLines({trace, pacing, language, relative, beats}, moment).join(punctuation.space[language]);
  const steps: PageStep[] = [];
  let read = 0;
  for (let moment = 0; moment < pacing.moments; moment++) {
    const now = inEvery((language) => said(moment, language));
    const begun = narrations.slice(read).filter((each) => each.moment <= moment);
    if (moment > 0 && now.en === '' && begun.length === 0) continue;
    read += begun.length;
    const told = narrations[read - 1]?.say;
    const [newest] = begun.slice(-1);
    const event = at(pacing.event, moment);
    steps.push({
      event,
      viewMs: Math.round(at(pacing.viewMs, moment)),
      clock: formatTime(at(pacing.atUs, moment)),
      said: texts.add(now.en === '' ? whyTexts.nothing : now),
      packet: at(pacing.sent, moment),
      ...(told ? {told: texts.add(told)} : {}),
      ...(newest ? {holdMs: readingMs(newest.say.en)} : {}),
      ...whyOf(input, event, texts),
    });
  }
  return steps;
};

export const pageData = (input: PageInput): PageData => {
  const texts = new Texts();
  const steps = stepsOf(input, texts);
  const packets = Array.from({length: input.trace.packetCount}, (_, index) =>
    pagePacketOf(input, index + 1, texts),
  );
  const word = (name: PageWord): TextAt => texts.add(pageWords[name]);
  return {
    format: 1,
    texts: texts.all,
    words: {
      play: word('play'),
      pause: word('pause'),
      step: word('step'),
      noPacket: word('noPacket'),
      noField: word('noField'),
    },
    steps,
    packets,
  };
};
