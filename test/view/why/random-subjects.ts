// Subjects of *Why?* at random places of lessons and captures: whatever a reader could stand on there.
import {keptIn} from '../../../scripts/why-dump.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {Rule} from '../../../source/lesson/rule.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {rowTree} from '../../../source/view/bytes/inspector-rows.ts';
import {shownPacket} from '../../../source/view/bytes/shown.ts';
import {placesOf} from '../../../source/view/endpoints/scene-endpoints.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {beatMs, isQuestion} from '../../../source/view/time/waypoints.ts';
import {newestPacket, type View, viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import type {Why} from '../../../source/view/why/scene-why.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {captureFiles} from '../../wire/captures.ts';
import {open, started} from '../player.ts';

export type Asked = {
  readonly name: string;
  readonly view: View;
  readonly subject: Subject;
  readonly why: Why;
};

export type Choose = <T>(list: readonly T[]) => T | undefined;

/** Mulberry32. */
const chooser = (seed: number): Choose => {
  let state = seed >>> 0;
  return (list) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return list[((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, list.length)];
  };
};

const fieldsOf = (view: View, packet: number): readonly Subject[] =>
  rowTree(shownPacket(view, packet)).flatMap(({children}) =>
    children.flatMap(({field}) => (field ? [{kind: 'field', packet, field: field.name} as const] : [])),
  );

/** The kinds of subject that are there, each as often as another. */
const subjectAt = (view: View, choose: Choose): Subject | undefined => {
  const newest = newestPacket(view);
  const packet = choose(Array.from({length: Math.min(60, newest ?? 0)}, (_, back) => (newest ?? 0) - back));
  const kinds: readonly (readonly Subject[])[] = [
    placesOf(view).map((place) => ({kind: 'variable', ...place})),
    packet === undefined ? [] : [{kind: 'packet', packet}],
    packet === undefined ? [] : fieldsOf(view, packet),
    keptIn(view),
    view.cursor > 0 ? [{kind: 'event', event: view.cursor}] : [],
  ];
  return choose(choose(kinds.filter(({length}) => length > 0)) ?? []);
};

type Source = {
  readonly name: string;
  readonly trace: () => Trace;
  readonly run?: ReturnType<typeof allRuns>[number];
};

const sources = (): readonly Source[] => [
  ...allRuns().map((run) => ({name: run.name, trace: () => traceOf(run), run})),
  ...captureFiles.flatMap((name) => [{name, trace: () => capturedTrace(name)}]),
];

export type About = {
  readonly rule: (id: string) => Rule | undefined;
  readonly language: Language;
};

/** One in four is the question just answered, another stands where a question waits for its answer, where the lesson asks any. */
export const askedAt = (seed: number, {rule, language}: About): Asked | undefined => {
  const choose = chooser(seed * 2654435761);
  const source = choose(sources());
  if (source === undefined) return undefined;
  const trace = source.trace();
  const beats = source.run ? bindBeats(source.run.lesson, source.run.run.name, trace).beats : [];
  const opened = open({trace, beats, rule});
  const questions = beats.filter(isQuestion);
  const question = seed % 4 < 2 ? choose(questions) : undefined;
  const isAnswered = seed % 4 === 0;
  const {pacing} = opened;
  const viewMs = question
    ? beatMs(pacing, question)
    : (pacing.viewMs.at(choose(Array.from({length: pacing.moments - 1}, (_, at) => at + 1)) ?? 0) ?? 0);
  const answers = Object.fromEntries(
    questions
      .filter((each) => (each === question ? isAnswered : beatMs(pacing, each) < viewMs))
      .map(({index, choices}) => [index, {choice: choices[0]?.id ?? 'a'}]),
  );
  const playback = started({language, viewMs, answers});
  const view = viewOf({...opened, playback, message: undefined});
  const subject = question ? ({kind: 'question', beat: question.index} as const) : subjectAt(view, choose);
  return subject && {name: source.name, view, subject, why: whyAbout(view, subject)};
};
