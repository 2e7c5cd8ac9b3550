// Makes the search data beyond those that lessons share, at build time: beats and what-ifs with their texts, the tables of
// lessons/data/search.yaml, and for each entry the run and the instant at which it is seen.
import {entriesBetween, entryAt} from '../account/entries.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {searchWords} from '../words/catalogue/search.ts';
import {bindBeats, fillTemplate} from './bind.ts';
import type {BoundBeat} from './bound-beat.ts';
import type {Lesson, Run} from './lesson.ts';
import type {SearchData, Seen} from './load-search.ts';
import {matchingEvents} from './match.ts';
import type {Selector} from './selector.ts';
import {sameIn, type Text, worded} from './text.ts';

/** The place where a search result is seen: a run of a lesson (absent: its first) and an instant in it (absent: its start). */
export type Place = {
  readonly lesson: string;
  readonly run?: string;
  readonly event?: number;
  readonly atUs?: number;
};

/** Something that only the search finds, such as a beat or an error message. Its id has the form `KIND:ID`. */
export type SearchEntry = {
  readonly id: string;
  /** The name of the search result; absent: the first of its texts is used. */
  readonly name?: Text;
  readonly told: readonly Text[];
  readonly words?: readonly string[];
  /** The ids of what is nearest to a subject that no lesson teaches. */
  readonly near?: readonly string[];
};

export type SearchPage = {
  readonly entries: readonly SearchEntry[];
  /** The places where entries, rules, terms, beliefs, cards and interview questions are seen, by their ids. */
  readonly places: {readonly [id: string]: Place};
  readonly synonyms: {readonly [id: string]: readonly string[]};
};

/** Holds what one lesson adds to the search, and a function to find places in its runs. */
export type SearchPart = Pick<SearchPage, 'entries' | 'places'> & {
  readonly lesson: string;
  /**
   * Returns the place in a run of the lesson: the first event that the rule causes, or without a rule the run's start; undefined if there
   * is none.
   */
  placeOf(seen: Omit<Seen, 'lesson'>): Place | undefined;
};

const textsOf = (beat: BoundBeat): readonly Text[] => {
  const [first, second] =
    beat.kind === 'narration' ? [beat.say, beat.note] : [beat.ask, beat.explain ?? beat.hint];
  return [first, second].flatMap((text) => (text === undefined || text.en === '' ? [] : [text]));
};

/**
 * Returns what a lesson adds to the search: its beats in each run, its what-ifs (counted from 1), and where its runs show beliefs,
 * interview points and cards.
 */
export const searchPart = (lesson: Lesson, traceOf: (run: Run) => Trace): SearchPart => {
  const {id, runs, whatIfs, counters = [], proofs = []} = lesson;
  const all = [...runs, ...whatIfs.map(({run}) => run)];
  const runNamed = new Map([
    ...all.map((run) => [run.id, run] as const),
    ...all.map((run) => [run.name, run] as const),
  ]);
  const placeAt = (run: Run, event?: number): Place => ({
    lesson: id,
    ...(run === runs[0] ? {} : {run: run.id ?? run.name}),
    ...(event ? {event, atUs: entryAt(traceOf(run), event).atUs} : {}),
  });
  const places: Record<string, Place> = {};
  const entries: SearchEntry[] = [];
  for (const run of runs) {
    for (const beat of bindBeats(lesson, run.name, traceOf(run)).beats) {
      // The place of a prediction is the event before its own, which must not be seen before the answer.
      const event = beat.kind === 'prediction' ? Math.max(0, beat.event - 1) : beat.event;
      const place = placeAt(run, event);
      if (beat.kind === 'narration' && beat.card !== undefined) places[`card:${beat.card}`] ??= place;
      const told = textsOf(beat);
      const beatId = `beat:${id}/${beat.index}`;
      if (told.length === 0 || places[beatId] !== undefined) continue;
      entries.push({id: beatId, told});
      places[beatId] = place;
    }
  }
  for (const [index, {title, say, run}] of whatIfs.entries()) {
    const trace = traceOf(run);
    const told = say ? [fillTemplate(say, {trace, event: trace.length}).text] : [];
    const whatIfId = `whatif:${id}/${index + 1}`;
    entries.push({id: whatIfId, name: title, told});
    places[whatIfId] = placeAt(run);
  }
  const claim = (of: string, name: string, at: Selector): void => {
    const run = runNamed.get(name);
    const [event] = run ? matchingEvents(at, traceOf(run)) : [];
    if (run) places[of] ??= placeAt(run, event);
  };
  for (const {misconception, run, faults, at} of counters)
    if (faults.length === 0) claim(`belief:${misconception}`, run, at);
  for (const {question, run, at} of proofs) claim(`interview:${question}`, run, at);
  const placeOf: SearchPart['placeOf'] = ({run: name = runs[0]?.name ?? '', rule}) => {
    const run = runNamed.get(name);
    if (run === undefined || rule === undefined) return run && placeAt(run);
    const acts = [...entriesBetween(traceOf(run), 1)].find(({because}) => because === rule);
    return acts && placeAt(run, acts.n);
  };
  return {lesson: id, entries, places, placeOf};
};

type Made = {
  readonly parts: readonly SearchPart[];
  readonly data: SearchData;
  readonly known: readonly string[];
  /** The lesson in which an interview question is preferably seen, by the question's id. */
  readonly homes: ReadonlyMap<string, string>;
};

/**
 * Returns the data of the search, or what its tables refer to that does not exist. `known` are the ids of everything in the shared data.
 */
export const searchPage = ({parts, data, known, homes}: Made): Result<SearchPage, readonly string[]> => {
  const faults: string[] = [];
  const places: Record<string, Place> = {};
  for (const [id, home] of homes) {
    const place = parts.find(({lesson}) => lesson === home)?.places[id];
    if (place) places[id] = place;
  }
  for (const part of parts) for (const [id, place] of Object.entries(part.places)) places[id] ??= place;
  const see = (id: string, seen: Seen): void => {
    const place = parts.find(({lesson}) => lesson === seen.lesson)?.placeOf(seen);
    if (place) places[id] = place;
    else faults.push(`${id}: no run shows ${Object.values(seen).join(' ')}`);
  };
  const entries = parts.flatMap((part) => part.entries);
  const shown = {setting: data.settings, error: data.errors};
  for (const [kind, rows] of Object.entries(shown)) {
    for (const {id: name, words, text, seen} of rows) {
      const id = `${kind}:${name}`;
      entries.push({id, name: sameIn(name), told: [text], words});
      see(id, seen);
    }
  }
  for (const {id: name, title, was, seen} of data.rfcs) {
    const id = `rfc:${name}`;
    entries.push({
      id,
      name: sameIn(`RFC ${name}`),
      told: [
        sameIn(title),
        ...(was.length > 0 ? [worded(searchWords.replaces, {list: was.join(', ')})] : []),
      ],
      words: was.map((old) => `RFC ${old}`),
    });
    see(id, seen);
  }
  for (const {id: name, words, text, near} of data.uncovered)
    entries.push({id: `uncovered:${name}`, name: sameIn(name), told: [text], words, near});
  const there = new Set([
    ...known,
    ...parts.map(({lesson}) => `lesson:${lesson}`),
    ...entries.map(({id}) => id),
  ]);
  for (const {of} of data.synonyms) if (!there.has(of)) faults.push(`synonyms: nothing is called ${of}`);
  for (const {id, near = []} of entries)
    for (const each of near) if (!there.has(each)) faults.push(`${id}: nothing is called ${each}`);
  const synonyms = Object.fromEntries(data.synonyms.map(({of, words}) => [of, words]));
  return faults.length > 0 ? err(faults) : ok({entries, places, synonyms});
};
