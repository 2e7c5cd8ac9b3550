// Finds the words that a lesson uses in its opening and beats: ids of glossary terms, and proper names such as `ClientHello` or `RD`. The
// build stores them, so that the quiz knows what was taught without reading sentences.
import type {LessonData} from './data.ts';
import type {Beat, Lesson, Template} from './lesson.ts';
import {termFinder, termsIn} from './term-names.ts';
import type {Text} from './text.ts';

/** Matches a word with two or more capitals, such as `TIME-WAIT`, `ClientHello` or `SOA`. */
const properName = /(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*/g;

/** Returns the proper names in a text, such as `ClientHello`; a plural `s` after capitals is removed. */
export const properNamesIn = (text: string): readonly string[] =>
  [...text.matchAll(properName)].map(([word]) => word.replace(/(?<=[A-Z]{2})s$/, ''));

const said = (template: Template | undefined): string =>
  (template?.en ?? []).map((part) => (typeof part === 'string' ? part : ' ')).join('');

/** Returns the texts of a beat that teach something true: all of them except wrong choices. */
const saidBy = (beat: Beat): readonly string[] => {
  if (beat.kind === 'narration') return [said(beat.say), said(beat.note)];
  const right = beat.choices.flatMap(({text, correct}) => (correct ? [text] : []));
  return [beat.ask, beat.hint, beat.explain, ...right].map(said);
};

/** The labels in the glossary of the packet fields that each line of the ladder prints. */
const labels: {readonly [field: string]: string} = {
  'tcp.seq_raw': 'seq',
  'tcp.ack_raw': 'ack',
  'tcp.len': 'len',
  'tcp.window_size_value': 'win',
  'tcp.window_size': 'win',
};

/** Returns all names inside a selector, an expression or a list of them: fields, variables, states, flags. */
const namesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [labels[value] ?? value];
  return value instanceof Object ? Object.values(value).flatMap(namesIn) : [];
};

/**
 * Returns the names in the selector and in the expressions of a beat's texts. Those in its `holds` are left out, because learners do not
 * see it.
 */
const computedBy = (beat: Beat): readonly string[] => {
  const parts = (template: Template | undefined) =>
    (template?.en ?? []).filter((part) => typeof part !== 'string');
  if (beat.kind === 'narration') return namesIn([beat.when, parts(beat.say), parts(beat.note)]);
  const event = beat.kind === 'prediction' ? [beat.before, beat.asks] : [beat.when];
  return namesIn([event, parts(beat.ask), parts(beat.explain)]);
};

/**
 * Returns what the screen prints with a beat besides its own texts: its card, the belief that it corrects, and the names of the values that
 * it shows.
 */
const beside = (beat: Beat, {cards, misconceptions}: Omit<LessonData, 'rules'>): readonly string[] => {
  const shown = [...computedBy(beat), ...[...beat.show, ...(beat.shows ?? [])].flatMap(namesIn)];
  if (beat.kind !== 'narration') return shown;
  const card = cards.find(({id}) => id === beat.card);
  const belief = misconceptions.find(({id}) => id === beat.myth);
  const texts: readonly Text[] = [
    ...(card ? [card.title, ...card.head, ...card.rows.flat(), ...card.lines] : []),
    ...(belief ? [belief.belief, belief.correct] : []),
  ];
  return [...shown, ...texts.map(({en}) => en)];
};

type Naming = Pick<Lesson, 'title' | 'track' | 'opening' | 'beats' | 'counters'>;

/**
 * Returns the lesson with the terms and proper names that its opening and beats use (`taught`), and with the terms in its counter-examples.
 */
export const withWords = <T extends Naming>(
  lesson: T,
  data: Omit<LessonData, 'rules'>,
): T & Pick<Lesson, 'counters' | 'taught'> => {
  const {title, track, opening, beats, counters = []} = lesson;
  const found = termFinder(termsIn([...data.glossary, ...data.labels], track));
  const terms = (text: string): readonly string[] => found(text).map(({id}) => id);
  const opened: readonly Text[] = opening
    ? [opening.before, ...opening.hosts.map(({is}) => is), ...opening.goals.map(({text}) => text)]
    : [];
  const texts = [
    ...[title, ...opened].map(({en}) => en),
    ...beats.flatMap((beat) => [...saidBy(beat), ...beside(beat, data)]),
  ];
  const named = texts.flatMap((text) => [...terms(text), ...properNamesIn(text)]);
  return {
    ...lesson,
    counters: counters.map((each) => ({
      ...each,
      words: [...new Set([each.shown, each.believed].flatMap((template) => terms(said(template))))],
    })),
    taught: [...new Set(named)].toSorted(),
  };
};
