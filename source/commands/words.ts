// `words`: lists all words that the author of a lesson may use, with a line on each.
import type {Command} from '../app/command.ts';
import {printJson, printText} from '../app/print.ts';
import {lessonData} from '../io/lessons.ts';
import {hostProperties} from '../lesson/host-property.ts';
import {packetFields} from '../lesson/packet-field.ts';
import {panelNames} from '../lesson/panel-names.ts';
import {propertyUnits} from '../lesson/property-units.ts';
import {vocabulary} from '../lesson/protocols.ts';
import {selectorWords} from '../lesson/schema-script.ts';
import {settingDefault} from '../lesson/tcp/setting-defaults.ts';
import {tcpSettingsSchema} from '../lesson/tcp/settings.ts';
import type {Language} from '../lesson/text.ts';
import {sameIn, type Text, textOf} from '../lesson/text.ts';
import {profiles} from '../stack/tcp/profiles.ts';
import {
  authorDefaults,
  authorKinds,
  authorUnits,
  authorWords,
  wordsErrors,
} from '../words/catalogue/author-words.ts';
import {panelWords} from '../words/catalogue/panel-words.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {fieldText} from '../words/field-texts.ts';
import {problemOf} from '../words/problem.ts';
import {padEnd, textWidth} from '../words/width.ts';

type Word = {
  readonly word: string;
  readonly text: Text;
  readonly unit?: keyof typeof authorUnits;
  /** The default values of a lesson's setting, by profile (`linux`, `rfc`, …). */
  readonly defaults?: Readonly<Record<string, string>>;
};
type Kind = keyof typeof authorKinds;

const explained = (names: readonly string[], texts: {readonly [word: string]: Text}): readonly Word[] =>
  names.map((word) => ({word, text: textOf(texts, word) ?? sameIn('')}));

const listed: {readonly [kind in Kind]: () => readonly Word[]} = {
  fields: () =>
    packetFields.map((word) => ({
      word,
      text: fieldText(word)?.text ?? textOf(authorWords.fields, word) ?? sameIn(''),
    })),
  properties: () =>
    explained(hostProperties, authorWords.properties).map((each, index) => {
      const property = hostProperties[index];
      return property === undefined ? each : {...each, unit: propertyUnits[property]};
    }),
  calls: () => explained(Object.keys(vocabulary.calls), authorWords.calls),
  events: () => explained(vocabulary.triggers, authorWords.events),
  selectors: () => explained(selectorWords(vocabulary), authorWords.selectors),
  settings: () =>
    explained(Object.keys(tcpSettingsSchema.shape), authorWords.settings).map((each) => ({
      ...each,
      ...settingDefault(each.word, profiles),
    })),
  panels: () => explained(panelNames, panelWords),
  misconceptions: () => lessonData().misconceptions.map(({id, belief}) => ({word: id, text: belief})),
  cards: () => lessonData().cards.map(({id, title}) => ({word: id, text: title})),
  terms: () => lessonData().glossary.map(({id, text}) => ({word: id, text})),
  rules: () => lessonData().rules.map(({id, step}) => ({word: id, text: step})),
};

/** Returns the unit and the default of a lesson's setting, such as ` [a time; default linux 200ms, rfc 1s]`; empty if it has no unit. */
const behind = ({unit, defaults = {}}: Word, language: Language): string => {
  if (unit === undefined) return '';
  const [first, ...others] = Object.values(defaults);
  const own =
    first === undefined
      ? []
      : others.every((each) => each === first)
        ? [authorDefaults.same[language]({value: first})]
        : [authorDefaults.each[language]({values: Object.entries(defaults).map((pair) => pair.join(' '))})];
  return ` [${[authorUnits[unit][language], ...own].join(punctuation.semicolon[language])}]`;
};

const isKind = (name: string): name is Kind => Object.hasOwn(listed, name);
const kinds = Object.keys(listed).filter(isKind);

export const words: Command = {
  options: [],
  run: async ({positionals: [given]}, {language, json}) => {
    if (given !== undefined && !isKind(given))
      return {...problemOf(wordsErrors.noKind, {given, list: kinds}), exit: 2};
    const chosen = given === undefined ? kinds : [given];
    if (json) {
      printJson(
        chosen.flatMap((kind) =>
          listed[kind]().map(({text: {en, zh}, ...rest}) => ({kind, ...rest, text: {en, zh}})),
        ),
        1,
      );
      return 0;
    }
    const sections = chosen.map((kind) => {
      const all = listed[kind]();
      const width = Math.max(...all.map(({word}) => textWidth(word)));
      const lines = all.map(
        (each) => `  ${padEnd(each.word, width)}  ${each.text[language]}${behind(each, language)}`,
      );
      return [`${kind}: ${authorKinds[kind][language]}`, ...lines].join('\n');
    });
    await printText(sections.join('\n\n').split('\n'));
    return 0;
  },
};
