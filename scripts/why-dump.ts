// What *Why?* says at every place of a run, in both languages, with what `show` prints of it: a line a subject. Whoever changes how
// reasons are found sees by it what is told otherwise afterwards.
import {instantOf} from '../source/account/entries.ts';
import type {BoundBeat} from '../source/lesson/bound-beat.ts';
import type {LessonData} from '../source/lesson/data.ts';
import {type Language, sameIn} from '../source/lesson/text.ts';
import type {Trace} from '../source/sim/trace.ts';
import {transcript} from '../source/tell/transcript/transcript.ts';
import {type InspectorRow, rowTree} from '../source/view/bytes/inspector-rows.ts';
import {shownPacket} from '../source/view/bytes/shown.ts';
import {placesOf} from '../source/view/endpoints/scene-endpoints.ts';
import {panels} from '../source/view/panels/registry.ts';
import type {SceneInput} from '../source/view/scene-input.ts';
import type {Subject} from '../source/view/subject.ts';
import {at} from '../source/view/time/pace.ts';
import {pacing} from '../source/view/time/pacing.ts';
import {startPlayback} from '../source/view/time/playback.ts';
import {isQuestion} from '../source/view/time/waypoints.ts';
import {newestPacket, type View, viewOf} from '../source/view/view.ts';
import {whyAbout} from '../source/view/why/answer.ts';
import type {Why} from '../source/view/why/scene-why.ts';
import {shell} from '../source/words/written.ts';

/** A longer run is asked at so many of its instants, and of so many of its packets, evenly spread. */
const mostInstants = 120;
const mostPackets = 80;
/** Rows of a panel that keeps things: cache, cookies, keys, certificates. */
const mostKept = 12;
const keeping: readonly string[] = ['cache', 'cookies', 'keys', 'certificates'];

const spread = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most
    ? list
    : Array.from({length: most}, (_, nth) => list[Math.floor((nth * list.length) / most)] as T);

const upTo = (count: number): readonly number[] => Array.from({length: count}, (_, nth) => nth + 1);

/** Returns the subjects that the rows of the panels cache, cookies, keys and certificates stand for. */
export const keptIn = (view: View): readonly Subject[] =>
  panels
    .filter(({name, isAvailable}) => keeping.includes(name) && isAvailable(view))
    .flatMap(({name, start, command, subject}) => {
      const first = subject?.(view, start);
      const found: Subject[] = first ? [first] : [];
      let own = start;
      for (let row = 0; row < mostKept; row++) {
        const moved = command(view, own, name === 'keys' ? 'up' : 'down');
        if (!moved || !('own' in moved)) break;
        own = moved.own;
        const here = subject?.(view, own);
        if (here) found.push(here);
      }
      return found;
    });

const fieldsIn = (packet: number, rows: readonly InspectorRow[]): readonly Subject[] =>
  rows.flatMap(({key, field, children}) => [
    ...(field ? [{kind: 'field', packet, field: field.name, row: key} as const] : []),
    ...fieldsIn(packet, children),
  ]);

const textOf = (why: Why): string => {
  const {heading, plain, paragraphs, formulas, details, rule, causedBy, myth, heldBack} = why;
  const lines = details.map((pieces) => pieces.map(({text}) => text).join(''));
  const {previous, next} = why;
  return JSON.stringify({
    ...{heading, plain, paragraphs, formulas, details: lines, rule, causedBy, myth, heldBack},
    ...{previous, next},
  });
};

export type Dumped = {
  readonly trace: Trace;
  readonly beats: readonly BoundBeat[];
  readonly data: Pick<LessonData, 'rules' | 'misconceptions'>;
};

type Told = Dumped & {readonly language: Language};

const inputOf = ({trace, beats, data}: Dumped): Omit<SceneInput, 'playback'> => ({
  ...{trace, beats, pacing: pacing(trace), source: 'run', title: undefined, runTitle: undefined},
  ...{whatIfs: [], message: undefined},
  rule: (id) => data.rules.find((each) => each.id === id),
  misconception: (id) => data.misconceptions.find((each) => each.id === id),
});

function* whysIn(told: Told): Generator<string, void> {
  const {trace, beats, language} = told;
  const input = inputOf(told);
  // The list has room for more moments than there are.
  const places = upTo(input.pacing.moments).map((nth) => at(input.pacing.viewMs, nth - 1));
  const answers = Object.fromEntries(
    beats.filter(isQuestion).map(({index, choices}) => [index, {choice: choices[0]?.id ?? 'a'}]),
  );
  const viewAt = (viewMs: number): View => {
    const begun = startPlayback({language, motion: 'none', speed: 1, stopAtBeats: true, playing: false});
    return viewOf({...input, playback: {...begun, viewMs, answers}});
  };
  const asked = function* (view: View, where: string, subjects: readonly Subject[]): Generator<string, void> {
    for (const subject of subjects)
      yield `${language} ${where} ${JSON.stringify(subject)} ${textOf(whyAbout(view, subject))}`;
  };
  for (const viewMs of spread(places, mostInstants)) {
    const view = viewAt(viewMs);
    const events = view.cursor > 0 ? instantOf(trace, view.cursor).map(({n}) => n) : [];
    yield* asked(view, `at ${view.cursor}`, [
      ...events.map((event) => ({kind: 'event', event}) as const),
      ...placesOf(view).map((place) => ({kind: 'variable', ...place}) as const),
    ]);
  }
  const end = viewAt(places.at(-1) ?? 0);
  for (const packet of spread(upTo(newestPacket(end) ?? 0), mostPackets))
    yield* asked(end, 'at the end', [
      {kind: 'packet', packet},
      {kind: 'records', packet},
      ...fieldsIn(packet, rowTree(shownPacket(end, packet))),
    ]);
  yield* asked(end, 'at the end', [
    ...keptIn(end),
    ...beats.filter(isQuestion).map(({index}) => ({kind: 'question', beat: index}) as const),
  ]);
}

const languages: readonly Language[] = ['en', 'zh'];

/** All lines of one run or capture. */
export function* dumpOf(dumped: Dumped): Generator<string, void> {
  for (const language of languages) {
    yield* whysIn({...dumped, language});
    const {trace, beats} = dumped;
    yield* transcript(
      {
        ...{trace, title: sameIn(''), runName: undefined, beats, card: () => undefined, others: []},
        ...{digest: undefined, playCommand: shell`play`},
      },
      {language, ascii: false},
    );
  }
}
