// The words that a lesson names in its opening and its beats: the ids of glossary terms, and proper names such as `ClientHello` or `RD`.
// The build finds them, so that the quiz knows what was taught without reading a sentence.
import type {LessonData} from './data.ts';
import type {Beat, Lesson, Template} from './lesson.ts';
import {termFinder, termsIn} from './term-names.ts';
import type {Text} from './text.ts';

/** A word with two capitals or more, such as `TIME-WAIT`, `ClientHello` or `SOA`; plural endings do not count. */
const properName = /(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*/g;

/** Returns the proper names in a text or a value. */
export const properNamesIn = (text: string): readonly string[] =>
  [...text.matchAll(properName)].map(([word]) => word.replace(/(?<=[A-Z]{2})s$/, ''));

const said = (template: Template | undefined): string =>
  (template?.en ?? []).map((part) => (typeof part === 'string' ? part : ' ')).join('');

/** Returns what a beat says that is true: wrong choices teach nothing. */
const saidBy = (beat: Beat): readonly string[] => {
  if (beat.kind === 'narration') return [said(beat.say), said(beat.note)];
  const right = beat.choices.flatMap(({text, correct}) => (correct ? [text] : []));
  return [beat.ask, beat.hint, beat.explain, ...right].map(said);
};

/** The fields that each line of the ladder prints, by the label under which the glossary has them. */
const labels: {readonly [field: string]: string} = {
  'tcp.seq_raw': 'seq',
  'tcp.ack_raw': 'ack',
  'tcp.len': 'len',
  'tcp.window_size_value': 'win',
  'tcp.window_size': 'win',
};

/** Returns the names in selectors and expressions: fields, variables, states, flags. */
const namesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [labels[value] ?? value];
  return value instanceof Object ? Object.values(value).flatMap(namesIn) : [];
};

/** Returns the names by which the beat finds its event and computes its numbers; no learner sees its `holds`. */
const computedBy = (beat: Beat): readonly string[] => {
  const parts = (template: Template | undefined) =>
    (template?.en ?? []).filter((part) => typeof part !== 'string');
  if (beat.kind === 'narration') return namesIn([beat.when, parts(beat.say), parts(beat.note)]);
  const event = beat.kind === 'prediction' ? [beat.before, beat.asks] : [beat.when];
  return namesIn([event, parts(beat.ask), parts(beat.explain)]);
};

/** Returns what is printed besides a beat's own texts: the card that it opens, the belief that it corrects, the values that it shows. */
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

/** Returns the lesson with the words that its opening and beats name, and with the terms in the sentences about beliefs. */
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
