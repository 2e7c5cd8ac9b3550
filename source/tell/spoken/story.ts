// Arranges the story for a screen reader: narration, questions with their choices and hints, replies, explanations, and the lesson's
// ending.
import type {Language} from '../../lesson/text.ts';
import {textIn} from '../../view/drawn.ts';
import type {Scene} from '../../view/scene.ts';
import type {Story, StoryChoice} from '../../view/story/scene-story.ts';
import type {Why} from '../../view/why/scene-why.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {ended, formulaLines, headed, type SpokenHeading} from '../../words/spoken.ts';
import {sentence, spokenText} from '../../words/spoken-text.ts';
import {labelWords} from './moments.ts';

const told = (heading: SpokenHeading, text: string | undefined, language: Language): string[] =>
  text === undefined || text === ''
    ? []
    : [headed(heading, sentence(spokenText(text, language), language), language)];

const choiceWords = ({sign, text}: StoryChoice, language: Language): string =>
  `${sign}${punctuation.comma[language]}${spokenText(text, language)}`;

const choiceLines = (choices: readonly StoryChoice[], language: Language): string[] =>
  choices.map(({sign, text}) =>
    ended(`${sign}${punctuation.colon[language]}${spokenText(text, language)}`, language),
  );

const plain = (text: string, language: Language): string => ended(spokenText(text, language), language);

/**
 * Returns the label of the future packet that the open question asks about, with a blank for the answer; empty if it asks about no packet.
 */
const askedLines = ({ladder, language}: Scene): string[] => {
  const item = ladder.items.at(-1);
  return item?.kind === 'packet' && item.status === 'ahead'
    ? [headed('askedPacket', labelWords(item.label, language), language)]
    : [];
};

const replyLines = (
  {given, right, all, paragraphs}: Extract<Story, {kind: 'reply'}>,
  language: Language,
): string[] => {
  const rightWords = choiceWords(right, language);
  const verdict =
    given === undefined
      ? [headed('skipped', rightWords, language)]
      : given.id === right.id
        ? [headed('right', rightWords, language)]
        : [headed('wrong', choiceWords(given, language), language), headed('rightIs', rightWords, language)];
  const others = all.flatMap(({myth, fact, ...choice}) => [
    ...choiceLines(choice.is === 'other' ? [choice] : [], language),
    ...[myth, fact].flatMap((text) => (text === undefined ? [] : [plain(text, language)])),
  ]);
  return [...verdict, ...others, ...paragraphs.map((paragraph) => plain(paragraph, language))];
};

export const storyLines = (scene: Scene): readonly string[] => {
  const {story, language} = scene;
  switch (story.kind) {
    case 'narration':
      return [
        ...told('explanation', story.text, language),
        ...told('note', story.note, language),
        ...(story.myth === undefined ? [] : story.myth.map((text) => plain(text, language))),
        ...(story.link === undefined ? [] : [plain(story.link, language)]),
      ];
    case 'question':
      return [
        ...told('question', story.ask, language),
        ...askedLines(scene),
        ...choiceLines(story.choices, language),
        ...(story.again === undefined ? [] : [plain(story.again, language)]),
        ...told('hint', story.hint, language),
      ];
    case 'reply':
      return replyLines(story, language);
    case 'ending':
      return [
        ended(spokenTexts.whatIf[language], language),
        ...choiceLines(story.choices, language),
        ...(story.check === undefined ? [] : [plain(story.check, language)]),
        ...markedLines(story, language),
      ];
  }
};

export const hintLines = ({story, language}: Scene): readonly string[] =>
  story.kind === 'question' ? told('hint', story.hint, language) : [];

/** Returns what is spoken after a wrong first answer: the reply, the hint and the remaining choices; empty if there was none. */
export const againLines = (scene: Scene): readonly string[] =>
  scene.story.kind === 'question' && scene.story.again !== undefined
    ? [
        plain(scene.story.again, scene.language),
        ...hintLines(scene),
        ...choiceLines(scene.story.choices, scene.language),
      ]
    : [];

/** Returns the sentence on the marked choice of the lesson's ending, which `enter` opens; empty before the ending. */
export const markedLines = (story: Story, language: Language): readonly string[] => {
  if (story.kind !== 'ending') return [];
  const marked = story.choices.find(({id}) => id === story.marked);
  return marked === undefined ? [] : [headed('marked', choiceWords(marked, language), language)];
};

export const whyLines = (why: Why, language: Language): readonly string[] => [
  plain(why.heading, language),
  ...why.paragraphs.map((paragraph) => plain(paragraph, language)),
  ...why.details.map((line) => plain(textIn(line), language)),
  ...why.formulas.flatMap((lines) => formulaLines(lines, language)),
  ...told('causedBy', why.causedBy, language),
  ...told('rule', why.rule, language),
  ...why.myth.map((text) => plain(text, language)),
  ...why.heldBack.flatMap((text) => told('heldBack', text, language)),
  ...told('linkBefore', why.previous, language),
  ...told('linkAfter', why.next, language),
];
