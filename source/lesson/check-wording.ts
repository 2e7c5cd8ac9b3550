// Recognises what the prose of a lesson speaks of, by the words of words/*/lexicon.yaml. Only `check` reads prose; the rest of the program
// goes by the field `speaks:`.
import {lexicon} from '../words/catalogue/lexicon.ts';
import {type Facet, facets} from './facets.ts';
import type {Template} from './lesson.ts';
import {published} from './text.ts';

type Written = (typeof published)[number];

export const patternOf = (name: keyof typeof lexicon, language: Written): RegExp =>
  new RegExp(lexicon[name][language], 'giu');

/** Returns the languages of `published` in which the author wrote the text. */
export const writtenIn = ({fallback = []}: Template): readonly Written[] =>
  published.filter((language) => !fallback.includes(language));

/** Returns the text in one language, with `N` in place of each expression. */
export const proseOf = (text: Template, language: Written): string =>
  text[language].map((part) => (typeof part === 'string' ? part : 'N')).join('');

/** Returns the facets of which the texts speak. A text that is written in none of our languages counts as speaking of everything. */
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
