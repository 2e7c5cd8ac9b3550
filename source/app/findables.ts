// Gathers everything that the search can find: lessons, terms, beliefs, rules, cards, interview questions, and entries of the search's own
// data.
import {citation} from '../account/citation.ts';
import {interviewQuestions, lessonData, searchData} from '../io/lessons.ts';
import type {Card, Misconception} from '../lesson/data.ts';
import type {Place, SearchEntry, SearchPage} from '../lesson/search-page.ts';
import {allTerms, termNames} from '../lesson/term-names.ts';
import {madeOf, sameIn, type Text, worded} from '../lesson/text.ts';
import {type Ranking, rankingOf} from '../view/search/ranking.ts';
import type {Findable, FindableKind} from '../view/search/search-state.ts';
import {shelfName} from '../view/shelves.ts';
import {meaningOf} from '../view/story/glossary.ts';
import {languages} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {searchWords as say} from '../words/catalogue/search.ts';
import {lessonsKnown, packBeliefs} from './packs.ts';

const nothing = sameIn('');

type Given = Partial<Findable> & Pick<Findable, 'kind' | 'name'>;

const joined = (texts: readonly Text[], sign: Text): Text =>
  madeOf(texts, (language) => texts.map((text) => text[language]).join(sign[language]));

/** Returns a function that adds synonyms and the place to open to a thing that the search can find. */
const completing =
  ({places, synonyms}: SearchPage) =>
  (id: string, {words = [], ...given}: Given): Findable => ({
    id: `${given.kind}:${id}`,
    beside: nothing,
    told: [],
    opens: places[`${given.kind}:${id}`],
    ...given,
    words: [...words, ...(synonyms[`${given.kind}:${id}`] ?? [])],
  });

type Complete = ReturnType<typeof completing>;

const lessons = (complete: Complete): readonly Findable[] =>
  lessonsKnown().map(({id, title, summary, track, pack, rfc}) =>
    complete(id, {
      kind: 'lesson',
      name: title,
      beside: shelfName(pack === undefined ? {track} : {pack}),
      told: [summary],
      words: [id, ...rfc.map((each) => `RFC ${each}`)],
      opens: {lesson: id},
    }),
  );

const beliefs = (all: readonly Misconception[], complete: Complete): readonly Findable[] =>
  all.map(({id, name, belief, correct, rfc, lesson, counter}) =>
    complete(id, {
      kind: 'belief',
      name: worded(say.myth, {belief: name}),
      beside: sameIn(citation(rfc)),
      told: [worded(say.myth, {belief}), worded(say.fact, {correct})],
      words: languages.map((language) => name[language]),
      ...(counter === undefined ? {opens: {lesson}} : {counter: true}),
    }),
  );

const card = ({id, title, head, rows, lines}: Card, complete: Complete): Findable => {
  const row = (cells: readonly Text[]): Text => joined(cells, sameIn(' · '));
  return complete(id, {
    kind: 'card',
    name: title,
    told: [...(head.length > 0 ? [row(head)] : []), ...rows.map(row), ...lines],
  });
};

const kinds = new Map<string, FindableKind>(
  (['beat', 'whatif', 'setting', 'error', 'rfc', 'uncovered'] as const).map((kind) => [kind, kind]),
);

const entry = ({id, name, told, words = []}: SearchEntry, complete: Complete): readonly Findable[] => {
  const [prefix = '', ...rest] = id.split(':');
  const kind = kinds.get(prefix);
  const shown = name ?? told[0];
  if (kind === undefined || shown === undefined) return [];
  return [complete(rest.join(':'), {kind, name: shown, told: name ? told : told.slice(1), words})];
};

/** Returns the findables in which a subject that no lesson teaches gets the names and the place of the nearest ones that are taught. */
const withNearest = (found: readonly Findable[], entries: readonly SearchEntry[]): readonly Findable[] => {
  const known = new Map(found.map((each) => [each.id, each]));
  const nearest = new Map(entries.flatMap(({id, near}) => (near ? [[id, near]] : [])));
  return found.map((each) => {
    const near = nearest.get(each.id)?.flatMap((id) => known.get(id) ?? []);
    if (near === undefined) return each;
    const names = joined(
      near.map(({name}) => name),
      punctuation.listComma,
    );
    const opens: Place | undefined = near.flatMap((other) => other.opens ?? [])[0];
    return {
      ...each,
      told: [say.uncovered, ...each.told, worded(say.nearest, {names})],
      opens,
      near: near.map(({id}) => id),
    };
  });
};

const gathered = (): readonly Findable[] => {
  const data = lessonData();
  const page = searchData();
  const complete = completing(page);
  const titles = new Map(lessonsKnown().map(({id, title}) => [id, title]));
  const all = [
    ...lessons(complete),
    ...allTerms(data).map((term) =>
      complete(term.id, {
        kind: 'term',
        name: term.term,
        told: [meaningOf(term)],
        words: [term.id, ...termNames(term)],
      }),
    ),
    ...interviewQuestions().map(({id, ask, answer, next, words}) =>
      complete(id, {kind: 'interview', name: ask, told: [answer, ...next], words}),
    ),
    ...beliefs([...data.misconceptions, ...packBeliefs()], complete),
    ...data.cards.map((each) => card(each, complete)),
    ...data.rules.map(({id, rfc, step, text}) =>
      complete(id, {
        kind: 'rule',
        name: step,
        beside: sameIn(citation(rfc)),
        told: [text],
        words: [`RFC ${rfc}`],
      }),
    ),
    ...page.entries.flatMap((each) => entry(each, complete)),
  ].map((each) => ({
    ...each,
    beside: each.beside === nothing ? (titles.get(each.opens?.lesson ?? '') ?? nothing) : each.beside,
  }));
  return withNearest(all, page.entries);
};

let made: Ranking<Findable> | undefined;

/** Returns the search index of everything that can be found, made at the first call. Packs must have been read before. */
export const findables = (): Ranking<Findable> => {
  made ??= rankingOf(gathered());
  return made;
};
