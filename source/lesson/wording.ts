// What the prose of a beat leans on beside the numbers in its braces, by the words that it uses: words/*/lexicon.yaml.
import {lexicon} from '../words/catalogue/lexicon.ts';
import type {Facet, Template} from './lesson.ts';
import type {ConnectionProperty} from './tcp/properties.ts';
import {published} from './text.ts';

type Written = (typeof published)[number];

const facets: readonly Facet[] = [
  ...([
    'mishaps',
    'comparison',
    'opening',
    'counts',
    'future',
    'arrival',
    'pace',
    'clock',
    'positions',
  ] as const),
  ...(['cwnd', 'timeOut', 'roundTrip', 'window', 'mss'] as const),
];

/** Values of a connection that a facet is about. */
export const valuesOf: {readonly [facet in Facet]?: readonly ConnectionProperty[]} = {
  cwnd: ['cwnd', 'ssthresh', 'flightSize'],
  timeOut: ['rto'],
  roundTrip: ['srtt', 'rttvar'],
  window: ['snd.wnd', 'rcv.wnd'],
  mss: ['mss'],
};

export const patternOf = (name: keyof typeof lexicon, language: Written): RegExp =>
  new RegExp(lexicon[name][language], 'giu');

/** The languages of `published` that its author wrote it in. */
export const writtenIn = ({fallback = []}: Template): readonly Written[] =>
  published.filter((language) => !fallback.includes(language));

/** A number stands for what is filled in. */
export const proseOf = (text: Template, language: Written): string =>
  text[language].map((part) => (typeof part === 'string' ? part : 'N')).join('');

/** In no language that can be weighed: such a text leans on everything. */
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
