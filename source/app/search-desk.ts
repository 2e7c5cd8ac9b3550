// Finds what can be looked up, and the runs that show it: lessons, the glossary, beliefs, the reference tables, the rules with their RFCs.

import {citation} from '../account/citation.ts';
import {compiledLesson, lessonData, lessonSights, lessonSummaries} from '../io/lessons.ts';
import type {Card, LessonData, Misconception} from '../lesson/data.ts';
import type {Sight} from '../lesson/sights.ts';
import {allTerms, termNames} from '../lesson/term-names.ts';
import {madeOf, sameIn, type Text, worded} from '../lesson/text.ts';
import type {OpenResult} from '../ui/opened-run.ts';
import type {SearchDesk} from '../ui/search-desk.ts';
import type {Findable, Opens} from '../view/search/search-state.ts';
import {shelfName} from '../view/shelves.ts';
import {meaningOf} from '../view/story/glossary.ts';
import {searchWords as say} from '../words/catalogue/search.ts';
import {noLesson} from '../words/errors.ts';
import {glanceAt} from './glance.ts';
import {openLesson} from './open-lesson.ts';
import {lessonsKnown, packBeliefs} from './packs.ts';

const nothing = sameIn('');

const lessons = (): readonly Findable[] =>
  lessonsKnown().map(({id, title, summary, track, pack, rfc}) => ({
    kind: 'lesson',
    name: title,
    beside: shelfName(pack === undefined ? {track} : {pack}),
    told: [summary],
    also: [id, ...rfc.map((each) => `RFC ${each}`)],
    opens: {kind: 'lesson', lesson: id},
  }));

const sightOf = (of: 'rules' | 'terms', id: string): Opens | undefined => {
  const sight: Sight | undefined = lessonSights()[of][id];
  return sight && {kind: 'sight', lesson: sight.lesson, of, id};
};

const terms = (data: LessonData): readonly Findable[] =>
  allTerms(data).map((each) => ({
    kind: 'term',
    name: each.term,
    beside: nothing,
    told: [meaningOf(each)],
    also: [each.id, ...termNames(each)],
    opens: sightOf('terms', each.id),
  }));

const beliefs = (misconceptions: readonly Misconception[]): readonly Findable[] =>
  misconceptions.map(({id, name, belief, correct, rfc, lesson, counter}) => ({
    kind: 'belief',
    name,
    beside: sameIn(citation(rfc)),
    told: [worded(say.believed, {belief}), worded(say.isSo, {correct})],
    also: [],
    opens: counter ? {kind: 'belief', lesson: counter.lesson, id} : {kind: 'lesson', lesson},
  }));

const rowText = (cells: readonly Text[]): Text =>
  madeOf(cells, (language) => cells.map((cell) => cell[language]).join(' · '));

const cardFound = ({title, head, rows, lines}: Card): Findable => ({
  kind: 'card',
  name: title,
  beside: nothing,
  told: [...(head.length > 0 ? [rowText(head)] : []), ...rows.map(rowText), ...lines],
  also: [],
});

const rules = ({rules: all}: LessonData): readonly Findable[] =>
  all.map(({id, rfc, step, text}) => ({
    kind: 'rule',
    name: step,
    beside: sameIn(citation(rfc)),
    told: [text],
    also: [`RFC ${rfc}`],
    opens: sightOf('rules', id),
  }));

const openSight = async ({of, id}: Extract<Opens, {kind: 'sight'}>): Promise<OpenResult> => {
  const sight = lessonSights()[of][id];
  const lesson = sight && compiledLesson(sight.lesson);
  if (sight === undefined || lesson === undefined)
    return {
      message: noLesson(
        sight?.lesson ?? id,
        lessonSummaries().map((each) => each.id),
      ).what,
    };
  const {run, event} = sight;
  const opened = await openLesson(lesson, {run});
  if (!opened.ok) return {message: opened.error.what};
  const rule = of === 'rules' ? lessonData().rules.find((each) => each.id === id) : undefined;
  return {run: glanceAt(opened.value, {event, runTitle: say.seen, text: rule?.text})};
};

export const searchDesk: SearchDesk = {
  all: async () => {
    const data = lessonData();
    const known = beliefs([...data.misconceptions, ...packBeliefs()]);
    return [...lessons(), ...terms(data), ...known, ...data.cards.map(cardFound), ...rules(data)];
  },
  openSight,
};
