// Recognises what the prose of a lesson speaks of, by the words of words/*/lexicon.yaml. Only `check` reads prose; the rest of the program
// goes by the field `speaks:`.
import {lexicon} from '../words/catalogue/lexicon.ts';
import {type Facet, facets} from './facets.ts';
import type {Template} from './lesson.ts';
import {published} from './text.ts';

export type Written = (typeof published)[number];

export const patternOf = (name: keyof typeof lexicon, language: Written): RegExp =>
  new RegExp(lexicon[name][language], 'giu');

/** Returns the published languages in which the author himself wrote the text. */
export const writtenIn = ({fallback = []}: Template): readonly Written[] =>
  published.filter((language) => !fallback.includes(language));

/** Returns the text in one language, with `N` in place of each expression. */
export const proseOf = (text: Template, language: Written): string =>
  text[language].map((part) => (typeof part === 'string' ? part : 'N')).join('');

/**
 * Returns the facets of which the texts speak, judged by their words. A text that is written in none of the published languages counts as
 * speaking of everything.
 */
export const wordingOf = (texts: readonly Template[]): readonly Facet[] => {
  if (texts.some((text) => writtenIn(text).length === 0)) return facets;
  const said = (facet: Facet): boolean =>
    texts.some((text) =>
      writtenIn(text).some((language) => {
        const prose = proseOf(text, language).replace(patternOf('named', language), '');
        return patternOf(facet, language).test(prose);
      }),
    );
  return facets.filter(said);
};

type Span = {readonly from: number; readonly to: number; readonly said: string};

export const found = (pattern: RegExp, prose: string): readonly Span[] =>
  [...prose.matchAll(pattern)].map(({index, 0: said}) => ({from: index, to: index + said.length, said}));

export const declared = (constants: readonly string[], prose: string): readonly Span[] =>
  constants.flatMap((constant) => {
    const literal = constant.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
    return found(new RegExp(literal, 'giu'), prose);
  });

export const lies = ({from, to}: Span, within: readonly Span[]): boolean =>
  within.some((each) => each.from <= from && to <= each.to);

/** Maps the number words of a language, such as “two”, to their values. */
const valuesIn = (language: Written): ReadonlyMap<string, number> =>
  new Map(
    lexicon.numbers[language].split(' ').map((each) => {
      const [word = '', value = ''] = each.split('=');
      return [word, Number(value)];
    }),
  );

/** Returns the value of a number word or of digits; NaN if the text is neither. */
export const numberSaid = (said: string, language: Written): number =>
  valuesIn(language).get(said.toLowerCase()) ?? Number(said.replaceAll(',', ''));
