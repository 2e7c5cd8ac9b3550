// Chooses what the text of an instant is: narration, a question, the reply to an answer, or the ending.

import {citation} from '../../account/citation.ts';
import {entryAt} from '../../account/entries.ts';
import {mythAndFact} from '../../lesson/belief.ts';
import type {Text} from '../../lesson/text.ts';
import {withAnswers} from '../../quiz/reply.ts';
import {eventNoteWords} from '../../words/catalogue/panels.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {secondTry} from '../../words/catalogue/second-try.ts';
import {terminal} from '../../words/written.ts';
import {type Note, noteOf} from '../note.ts';
import type {PlaybackContext} from '../time/playback-state.ts';
import {explainedAt, isQuestion, type Narration, narrationAt, type Question} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {eventText} from '../why/event-text.ts';
import {linkOf} from './beyond.ts';

/** A choice of a question or of a run's ending; `sign` is what stands before it, the key that takes it. */
export type StoryChoice = {readonly id: string; readonly sign: string; readonly text: string};

/** A choice as an audience sees it after the answer: whether it was right or given, and the myth and fact behind a wrong one. */
export type ChoiceShown = StoryChoice & {
  readonly is: 'right' | 'given' | 'other';
  readonly myth: string | undefined;
  readonly fact: string | undefined;
};

export type Story =
  | {
      readonly kind: 'narration';
      readonly text: string;
      readonly note: string | undefined;
      /** A misconception that the narration corrects: the myth, then the fact; undefined if it corrects none. */
      readonly myth: readonly [string, string] | undefined;
      /** A text on the other lesson to which the narration links; undefined if it links to none. */
      readonly link: string | undefined;
      /** A message about what the reader has done, shown in place of the narration's note; undefined if there is none. */
      readonly message: Note | undefined;
    }
  | {
      readonly kind: 'question';
      readonly ask: string;
      /** The choices of the question that can still be made, without the one that was wrong at the first try. */
      readonly choices: readonly StoryChoice[];
      /** The reply to a wrong first try: that it was wrong, and the myth and fact behind it; undefined before the first try. */
      readonly again: string | undefined;
      readonly hint: string | undefined;
    }
  | {
      readonly kind: 'ending';
      readonly heading: string;
      readonly choices: readonly StoryChoice[];
      /** The id of the marked what-if of the ending, which `enter` opens. */
      readonly marked: string;
      /** A text that the lesson's check, a test of its questions, can be taken now, with its key; undefined if there is none. */
      readonly check: string | undefined;
    }
  | {
      readonly kind: 'reply';
      readonly given: StoryChoice | undefined;
      readonly right: StoryChoice;
      /** All choices of the question, if an audience watches, which has to see the wrong ones explained as well; otherwise empty. */
      readonly all: readonly ChoiceShown[];
      /** The paragraphs of a reply: what a wrong answer means, then the explanation of the right one. */
      readonly paragraphs: readonly string[];
      /** The question as it was when it was answered; the reply takes at least as many rows, so that the ladder keeps its place. */
      readonly asked: AskedStory;
    };

type AskedStory = Extract<Story, {kind: 'question'}>;

/** Returns a lesson's text with its line breaks, but without control characters, which must never reach the terminal. */
const clean = (text: string): string => text.split('\n').map(terminal.text).join('\n').trim();

const digits = '12345';

/**
 * Returns the choices of a question. In a presentation they have digits, because a presentation clicker sends letters for other purposes.
 */
const choicesOf = ({input, language}: View, {choices}: Question): readonly StoryChoice[] =>
  choices.map(({id, text}, index) => ({
    id,
    sign: (input.playback.alone ? digits[index] : undefined) ?? id,
    text: clean(text[language]),
  }));

const againText = (
  view: View,
  {choices, index}: Question,
  shown: readonly StoryChoice[],
): string | undefined => {
  const {input, language} = view;
  const first = input.playback.firstTries[index];
  const taken = choices.find(({id}) => id === first?.choice);
  if (taken === undefined) return undefined;
  const known = taken.misconception === undefined ? undefined : input.misconception(taken.misconception);
  const notThat = secondTry.notThat[language]({
    given: shown.find(({id}) => id === taken.id)?.sign ?? taken.id,
    several: false,
    points: false,
  });
  if (taken.why) return `${notThat}${punctuation.space[language]}${clean(taken.why[language])}`;
  // The myth and the fact stand on lines of their own, so that nobody reads the myth as a part of the verdict.
  return [notThat, ...(known ? mythAndFact(known, language).map(clean) : [])].join('\n');
};

/** Returns all choices of an answered question, with the myth and fact behind each wrong one. */
const allShown = (
  {input, language}: View,
  {choices}: Question,
  shown: readonly StoryChoice[],
  given: StoryChoice | undefined,
): readonly ChoiceShown[] =>
  shown.map((choice, index) => {
    const {correct = false, misconception} = choices[index] ?? {};
    const belief = correct || misconception === undefined ? undefined : input.misconception(misconception);
    const [myth, fact] = belief === undefined ? [] : mythAndFact(belief, language).map(clean);
    return {...choice, is: correct ? 'right' : choice.id === given?.id ? 'given' : 'other', myth, fact};
  });

const questionStory = (view: View, context: PlaybackContext): Story | undefined => {
  const {gate, answers, firstTries} = view.input.playback;
  const beat = gate && context.beats.find(({index}) => index === gate.beat);
  if (!gate || !beat || !isQuestion(beat)) return undefined;
  const say = (text: Text): string => clean(text[view.language]);
  const choices = choicesOf(view, beat);
  const asked: AskedStory = {
    kind: 'question',
    ask: say(beat.ask),
    choices: choices.filter(({id}) => id !== firstTries[beat.index]?.choice),
    again: againText(view, beat, choices),
    hint: gate.hint && beat.hint ? say(beat.hint) : undefined,
  };
  if (!gate.replied) return asked;
  const answer = answers[gate.beat];
  const right = choices.find((_, index) => beat.choices[index]?.correct) ?? {id: '', sign: '', text: ''};
  const given = choices.find(({id}) => answer !== 'skipped' && id === answer?.choice);
  const chosen = beat.choices.find(({id}) => id === given?.id);
  const misconception =
    chosen?.misconception && !chosen.correct ? view.input.misconception(chosen.misconception) : undefined;
  const paragraphs: string[] = [];
  if (chosen?.why && !chosen.correct) paragraphs.push(say(chosen.why));
  else if (misconception)
    paragraphs.push(withAnswers(say(misconception.answerMeans), given?.text ?? '', right.text));
  if (beat.explain) paragraphs.push(say(beat.explain));
  else if (misconception) paragraphs.push(say(misconception.correct));
  if (beat.kind === 'concept' && beat.rfc !== undefined) paragraphs.push(terminal.text(citation(beat.rfc)));
  const all = view.input.playback.alone ? allShown(view, beat, choices, given) : [];
  return {kind: 'reply', given, right, all, paragraphs, asked};
};

const mythOf = ({input, language}: View, {myth}: Narration): readonly [string, string] | undefined => {
  const found = myth === undefined ? undefined : input.misconception(myth);
  if (!found) return undefined;
  const [believed, fact] = mythAndFact(found, language);
  return [clean(believed), clean(fact)];
};

/** Returns the text of a narration; if that is empty because a card says everything, the card's title. */
const toldText = ({input, language}: View, {say, card}: Narration): string =>
  clean(say[language]) ||
  clean((card === undefined ? undefined : input.reference?.card(card))?.title[language] ?? '');

const linkText = ({input, language}: View, beat: Narration | undefined): string | undefined => {
  const link = beat?.link === undefined ? undefined : linkOf(input, beat);
  return link && clean(playerTexts.goesOnIn[language]({id: link.id, title: link.title[language]}));
};

const endingStory = ({input, language}: View): Story | undefined => {
  const {ending} = input.playback;
  return (
    ending && {
      kind: 'ending',
      heading: playerTexts.whatIf[language],
      choices: input.whatIfs.map((title, index) => {
        const id = String(index + 1);
        return {id, sign: id, text: clean(title[language])};
      }),
      marked: String(ending.marked + 1),
      check: input.check === undefined ? undefined : clean(playerTexts.check[language]),
    }
  );
};

/** Returns a note on the event that the reader has reached by stepping through events; undefined otherwise. */
const eventNote = (view: View): string | undefined => {
  const {trace, playback} = view.input;
  const {event} = playback;
  if (event === undefined) return undefined;
  const what = eventText(view, entryAt(trace, event));
  return eventNoteWords[view.language]({event, count: trace.length, what});
};

export const messageOf = ({input: {message}, language}: View): Note | undefined => {
  const note = message && noteOf(message, language);
  return note && {...note, text: clean(note.text)};
};

/**
 * Returns the explanation of an answered question as a narration. It stays until the next narration, because the earlier one no longer fits
 * what the ladder shows.
 */
const explanationStory = (view: View, text: string): Story => ({
  kind: 'narration',
  text,
  note: eventNote(view),
  myth: undefined,
  link: undefined,
  message: messageOf(view),
});

export const storyOf = (view: View, context: PlaybackContext): Story => {
  const asked = questionStory(view, context) ?? endingStory(view);
  if (asked) return asked;
  const explained = explainedAt(context, view.input.playback)?.explain;
  if (explained) return explanationStory(view, clean(explained[view.language]));
  const {beat} = narrationAt(context, view.input.playback.viewMs);
  const note = eventNote(view) ?? (beat?.note && clean(beat.note[view.language]));
  return {
    kind: 'narration',
    text: beat ? toldText(view, beat) : '',
    note,
    myth: beat && mythOf(view, beat),
    link: linkText(view, beat),
    message: messageOf(view),
  };
};
