// Writes a run in the two forms that `show` and `export` share: the transcript, and JSON lines.

import {type Note, traceLines} from '../account/trace-json.ts';
import {lessonData} from '../io/lessons.ts';
import type {Language} from '../lesson/text.ts';
import {digestOf} from '../sim/digest.ts';
import {transcript} from '../tell/transcript/transcript.ts';
import {toldToAll, withCommentary} from '../view/story/commentary.ts';
import {json, shell, type Written} from '../words/written.ts';
import type {Context} from './command.ts';
import {beatsIn, type Opened, replayIn, titleOf} from './opened.ts';
import {openingOf} from './playable.ts';

/**
 * Returns the texts about a run in the order of its events: those of the lesson, and those of the account where no beat of the lesson
 * speaks.
 */
const notesOf = ({trace, beats, tells}: Opened, language: Language): readonly Note[] => {
  const own = new Set(beats.map(({index}) => index));
  return withCommentary(trace, beats, toldToAll(tells))
    .map((beat): Note & {readonly index: number} => ({
      index: beat.index,
      after: beat.kind === 'prediction' ? beat.event - 1 : beat.event,
      ...(own.has(beat.index) ? {beat: beat.index + 1, voice: 'lesson'} : {voice: 'account'}),
      form: beat.kind,
      text: beat.kind === 'narration' ? beat.say[language] : beat.ask[language],
    }))
    .sort((a, b) => a.after - b.after || a.index - b.index)
    .map(({index: _, ...note}) => note);
};

export function* jsonLines(opened: Opened, language: Language): Generator<Written<'json'>, void> {
  const notes = notesOf(opened, language);
  const replay = replayIn(opened);
  const coded = replay === undefined ? {} : {replay};
  for (const line of traceLines(opened.trace, {title: titleOf(opened)[language], notes, ...coded})) {
    yield json.value(line);
  }
}

export const textLines = (
  opened: Opened,
  {language, ascii}: Context,
): Generator<Written<'terminal'>, void> => {
  const {trace, runName, beside, replay, tells} = opened;
  return transcript(
    {
      trace,
      title: titleOf(opened),
      runName,
      ...openingOf(opened),
      beats: withCommentary(trace, beatsIn(opened), toldToAll(tells)),
      card: (id) => lessonData().cards.find((card) => card.id === id),
      others: beside?.others ?? [],
      digest: replay && digestOf(trace),
      playCommand: shell`packet-tutor play ${opened.argument}`,
    },
    {language, ascii},
  );
};
