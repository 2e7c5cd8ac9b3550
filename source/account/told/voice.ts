// The account's own voice: what there is to tell of a run beside its lesson's beats, one thing an instant, by rank, and nothing
// a third time.

import type {Trace} from '../../sim/trace.ts';
import {entryAt, instantsFrom} from '../entries.ts';
import {packetOf} from '../packet.ts';
import {beyondEndTold} from './beyond-end.ts';
import {dataTold} from './data.ts';
import type {Told} from './facts.ts';
import {pathTold} from './losses.ts';
import {Memory, type Moment} from './memory.ts';
import {earlierTold} from './other-bytes-told.ts';
import {programsTold} from './programs.ts';
import {runEnd} from './run-end.ts';
import {statesTold} from './states.ts';
import {urgentTold} from './urgent-told.ts';

/** A run of which there is more is told by its greater things alone. */
const most = 40;

/** Beside what the path did. */
const doneByHosts = (moment: Moment): readonly Told[] => [
  ...statesTold(moment),
  ...programsTold(moment),
  ...dataTold(moment),
  ...earlierTold(moment),
  ...urgentTold(moment),
  ...moment.events.flatMap((event) =>
    event.kind === 'send' ? (beyondEndTold(moment.trace, event) ?? []) : [],
  ),
];

/** All that there is to tell of a run, however much of it is told. */
export function* tellable(trace: Trace): Generator<Told, void> {
  const memory = new Memory();
  for (const events of instantsFrom(trace)) {
    const moment: Moment = {trace, events, memory};
    yield* pathTold(moment);
    yield* doneByHosts(moment);
    memory.learn(moment);
  }
}

export type Voice = {
  /** The first event from which on the account tells everything; before that, what the path did. */
  readonly from: number;
  /** Instants before that of which it tells everything, too. */
  readonly silenced?: ReadonlySet<number>;
  /** Instants of which somebody else speaks: there only what he cannot know is told, that a packet comes late. */
  readonly narrated: ReadonlySet<number>;
  /** Faults of which he speaks himself, in the text of their notation. */
  readonly planned?: ReadonlySet<string>;
  /** Was the same to be told of another run, from which the reader comes? */
  readonly isHeard?: (told: Told) => boolean;
};

/** What is new of an instant. That bytes leave and come is no news where they did so before the departure. */
const freshOf = (moment: Moment, {from, silenced, isHeard = () => false}: Voice): readonly Told[] => {
  const {events, memory} = moment;
  const last = events.at(-1);
  const isTold = last !== undefined && (from <= last.n || silenced?.has(last.instant) === true);
  const path = pathTold(moment);
  const others = from === Number.POSITIVE_INFINITY ? [] : doneByHosts(moment);
  const known = [...path, ...others].filter(isHeard);
  for (const told of others) if (told.rank === 3 && (!isTold || known.includes(told))) memory.hear(told);
  return [...path, ...(isTold ? others : [])].filter((told) => {
    const isKnown = memory.knows(told);
    if (isKnown) memory.passOver(told);
    return !isKnown && !known.includes(told);
  });
};

/** What befalls one segment again and again: it is told a few times. */
const recurring: ReadonlySet<Told['says']> = new Set(['lost', 'again', 'askedAgain']);

/** `passedOver`: by what it is about, what happened again behind so many things that were told. Where it was told last it is said that it goes on. */
const withRest = (told: readonly Told[], passedOver: ReadonlyMap<string, number>): readonly Told[] => {
  const last = new Map<string, number>();
  for (const [index, {says, about}] of told.entries())
    if (recurring.has(says)) for (const each of about) last.set(each, index);
  const ending = new Set(
    [...last].flatMap(([about, index]) => ((passedOver.get(about) ?? 0) > index ? [index] : [])),
  );
  return told.map((each, index) => (ending.has(index) ? {...each, goesOn: true} : each));
};

/** Of the least rank that has room, at least what is told for the first time. */
const bounded = (told: readonly Told[]): readonly Told[] => {
  const firsts = new Map<string, Told>();
  for (const each of told) if (!firsts.has(each.says)) firsts.set(each.says, each);
  const isFirst = (each: Told): boolean => firsts.get(each.says) === each;
  for (const least of [3, 2, 1, 0])
    for (const wanted of [(): boolean => true, isFirst]) {
      const kept = told.filter((each) => each.rank < least || (each.rank === least && wanted(each)));
      if (kept.length <= most) return kept;
    }
  return told.filter(isFirst);
};

/** What the path or somebody on it did, or whom an end does not believe: what comes of it is told, too. */
const deeds: ReadonlySet<Told['says']> = new Set(['altered', 'copied', 'heldUp', 'distrusts']);
const isDeed = ({says}: Told): boolean => deeds.has(says);

/** Who has something in the cache answers with it; what had waited for the last ACK leaves. */
const leads: ReadonlySet<Told['says']> = new Set(['fromCache', 'allAcknowledged']);

/** What is told of an instant whatever else is: what comes of all that was asked before and how it is answered, why somebody asks anew, and that it has to wait. */
const beside: ReadonlySet<Told['says']> = new Set([
  ...(['resolved', 'cookies', 'session', 'cacheExpired', 'cacheFlushed'] as const),
  ...(['responds', 'cannotRead', 'retries', 'strictKept', 'strictUsed', 'recovers', 'recoversNot'] as const),
  ...(['asksForWindow', 'ofEarlier', 'urgentApart', 'beyondEnd', 'takesSynAlone'] as const),
]);

/** What is told in any case hides nothing else of its instant, but that data leave or come. */
const mainOf = (fresh: readonly Told[]): Told | undefined =>
  fresh.find(({says, rank}) => rank < 3 && !beside.has(says)) ?? fresh[0];

/** Of an end that is open by now data may come or leave at once. */
const opens = ({says}: Told): boolean => says === 'opened' || says === 'accepts';

/**
 * Returns whether a sentence tells an outcome. The delivery of data counts least, unless its segment also opened a connection. A SYN of which only
 * the SYN was taken is always told.
 */
const isOutcome = (of: Told, {rank, says}: Told): boolean =>
  (rank < 3 && says !== 'takesSynAlone') || (opens(of) && says === 'delivered');

const outcomeOf = (chosen: Told | undefined, fresh: readonly Told[]): Told | undefined =>
  chosen && (isDeed(chosen) || opens(chosen) || leads.has(chosen.says))
    ? fresh.find((each) => each !== chosen && each.n >= chosen.n && isOutcome(chosen, each) && !isDeed(each))
    : undefined;

/** Without the ACK, where there is something else to tell behind it; the ACK of a number that somebody altered is news itself. */
const inShort = (told: Told): Told | undefined => {
  if (told.says !== 'opened') return told;
  return told.facts.altered ? undefined : {...told, facts: {...told.facts, ack: undefined}};
};

/** One thing, and what comes of a deed or of an opening; of a deed that opens a connection, what comes of that, too. */
const chosenOf = (fresh: readonly Told[]): readonly Told[] => {
  const chosen = mainOf(fresh);
  if (!chosen) return [];
  const next = outcomeOf(chosen, fresh);
  const last = next && isDeed(chosen) ? outcomeOf(next, fresh) : undefined;
  const short = last && next && inShort(next);
  if (last && short) return [chosen, short, last];
  return next ? [chosen, next] : [chosen];
};

const withOutcome = (fresh: readonly Told[]): readonly Told[] => {
  const chosen = chosenOf(fresh);
  const more = fresh.filter(
    (each) => beside.has(each.says) && !chosen.some(({n, says}) => n === each.n && says === each.says),
  );
  return more.length === 0 ? chosen : [...chosen, ...more].toSorted((a, b) => a.n - b.n);
};

/** What he who speaks of an instant cannot know of it: what comes, comes late, or is a copy. */
const untold = (trace: Trace, fresh: readonly Told[], {planned}: Voice): readonly Told[] =>
  fresh.filter(({says, facts}) => {
    if (says !== 'copied' && says !== 'heldUp') return false;
    const send = entryAt(trace, packetOf(trace, facts.packet).sendEvent);
    return send.kind === 'send' && !send.faults.some((fault) => planned?.has(fault));
  });

/** The last thing of a run that its reader does not know. */
const endTold = (trace: Trace, {from, narrated, isHeard = () => false}: Voice): readonly Told[] => {
  const end = from === Number.POSITIVE_INFINITY ? undefined : runEnd(trace);
  if (!end || trace.length === 0 || narrated.has(entryAt(trace, trace.length).instant)) return [];
  const told: Told = {...end, n: trace.length, rank: 1, most: 1, about: ['end']};
  return isHeard(told) ? [] : [told];
};

export const toldIn = (trace: Trace, voice: Voice): readonly Told[] => {
  const memory = new Memory();
  const told: Told[] = [];
  const passedOver = new Map<string, number>();
  let departed = false;
  // Of what the run is over before: where somebody else speaks, it waits for the next instant.
  let waiting: readonly Told[] = [];
  for (const events of instantsFrom(trace)) {
    const [first] = events;
    if (!departed && (events.at(-1)?.n ?? 0) >= voice.from) {
      // What the path did before tells nothing of what comes of a fault.
      for (const each of told) memory.unhear(each);
      departed = true;
    }
    // Silent candidates are made, too: the memory learns from them what is shut and what was repeated.
    const fresh = freshOf({trace, events, memory}, voice).toSorted((a, b) => a.rank - b.rank);
    const isNarrated = first !== undefined && voice.narrated.has(first.instant);
    const n = first?.n ?? 0;
    const own = departed ? untold(trace, fresh, voice) : [];
    const chosen = isNarrated ? own : [...waiting.map((each) => ({...each, n})), ...withOutcome(fresh)];
    const passed = memory.takePassedOver();
    if (departed && !isNarrated) for (const each of passed) passedOver.set(each, told.length);
    waiting = isNarrated ? [...waiting, ...fresh.filter(({says}) => says === 'beyondEnd')] : [];
    for (const each of chosen) {
      memory.hear(each);
      told.push(each);
    }
    memory.learn({trace, events});
  }
  return bounded([...withRest(told, passedOver), ...waiting, ...endTold(trace, voice)]);
};
