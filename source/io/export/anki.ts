// Writes questions as a text file that Anki imports (docs.ankiweb.net/importing/text-files.html), with a note for each question.
import type {Misconception} from '../../lesson/data.ts';
import type {Language, Text} from '../../lesson/text.ts';
import {type PromptLine, packetLineText} from '../../quiz/prompt.ts';
import type {Question} from '../../quiz/question.ts';
import {type KnownBeliefs, sharedReplies} from '../../quiz/reply.ts';
import {anki, ankiHead, type Written} from '../../words/written.ts';

type Field = Written<'anki'>;

const lineHtml = (line: PromptLine, language: Language): Field => {
  if (!('kind' in line)) return anki.text(line[language]);
  const shown = line.kind === 'values' ? line.text[language] : packetLineText(line, language);
  return anki`<code>${anki.text(shown)}</code>`;
};

const lines = (fields: readonly Field[]): Field => anki.join(fields, anki`<br>`);

const front = ({prompt, choices}: Question, language: Language): Field => {
  const asked = lines(prompt.map((line) => lineHtml(line, language)));
  const listed = choices.map(({text}) => anki`<li>${anki.text(text[language])}</li>`);
  return listed.length === 0 ? asked : anki`${asked}<ol type=a>${anki.join(listed)}</ol>`;
};

const rightIn = ({answer, choices}: Question, language: Language): Field => {
  if (typeof answer === 'number') return anki.text(String(answer));
  const ids = typeof answer === 'string' ? [answer] : answer;
  const named = (id: string): string =>
    `${id}. ${choices.find((choice) => choice.id === id)?.text[language] ?? ''}`;
  return lines(ids.map((id) => anki.text(named(id))));
};

/** Returns the back of an Anki note for a question: the right answer, its reason, and the reply to each wrong answer, each reply once. */
const back = (question: Question, known: KnownBeliefs, language: Language): Field => {
  const replies = sharedReplies(question, known).map(
    ({given, reply}) => anki`<i>${anki.text(`${given.join(', ')}. ${reply[language]}`)}</i>`,
  );
  return lines([
    anki`<b>${rightIn(question, language)}</b>`,
    anki.text(question.explain[language]),
    ...replies,
  ]);
};

/** Returns the Anki tags of a question, separated by spaces: lesson, kind and beliefs. Spaces within a tag become `_`. */
const tagsOf = ({lesson, kind, touches}: Question): Field => {
  const tags = [
    'packet-tutor',
    `lesson::${lesson}`,
    `kind::${kind}`,
    ...touches.map((id) => `belief::${id}`),
  ];
  return anki.text(tags.map((tag) => tag.replace(/\s+/g, '_')).join(' '));
};

/** A set of quiz questions that is exported to another program, in one language. */
export type Deck = {
  readonly language: Language;
  readonly title: Text;
  readonly questions: readonly Question[];
  readonly misconceptions: readonly Misconception[];
};

/**
 * Yields the lines of an Anki import file. A note's id is that of its question, so that a second import updates the note and does not
 * duplicate it.
 */
export function* ankiLines({
  language,
  title,
  questions,
  misconceptions,
}: Deck): Generator<Written<'anki' | 'ankiHead'>, void> {
  const beliefs = new Map(misconceptions.map((each) => [each.id, each]));
  const known: KnownBeliefs = (id) => beliefs.get(id);
  const name = ankiHead.text(title[language]);
  yield* [ankiHead`#separator:tab`, ankiHead`#html:true`, ankiHead`#notetype:Basic`];
  yield* [ankiHead`#deck:packet-tutor::${name}`, ankiHead`#guid column:1`, ankiHead`#tags column:4`];
  yield ankiHead`#columns:GUID\tFront\tBack\tTags`;
  for (const question of questions) {
    const sides = [front(question, language), back(question, known, language)];
    yield anki.join([anki.text(question.id), ...sides, tagsOf(question)], anki`\t`);
  }
}
