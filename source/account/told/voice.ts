// Chooses what the account tells of a run in addition to its lesson's beats: usually one sentence for each instant, by rank, and none about
// the same for a third time.

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

/** The most sentences that the account tells of a run; if there are more, the less important ones are left out. */
const most = 40;

/** Returns the sentences on what hosts did in an instant; those on what the path did are apart. */
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

/** Yields every sentence that the account could tell of a run, before the most important ones are chosen. */
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
  /**
   * The number of the first event from which on the account tells everything; before that it tells only what the path did. Infinity if it
   * never tells more.
   */
  readonly from: number;
  /** Instants before `from` of which the account also tells everything. */
  readonly silenced?: ReadonlySet<number>;
  /**
   * The instants that the lesson itself narrates. Of these the account tells only what the lesson cannot know, such as that a packet comes
   * late.
   */
  readonly narrated: ReadonlySet<number>;
  /** The faults that the lesson itself explains, in the notation of `--fault`. */
  readonly planned?: ReadonlySet<string>;
  /** Tells whether this sentence also belongs to the other run, from which the reader came to this one, so that it is no news. */
  readonly isHeard?: (told: Told) => boolean;
};

/**
 * Returns the sentences of an instant that are news to the reader: those that the account has not told often enough, and that were not
 * already true in the run from which he came.
 */
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

/** The kinds of sentences on one segment or question that keep recurring, such as retransmissions; each is told a few times at most. */
const recurring: ReadonlySet<Told['says']> = new Set(['lost', 'again', 'askedAgain']);

/**
 * Marks the last sentence on each thing that kept happening afterwards (`goesOn`). `passedOver` has, for each such thing, how many
 * sentences had been told when it last happened untold.
 */
const withRest = (told: readonly Told[], passedOver: ReadonlyMap<string, number>): readonly Told[] => {
  const last = new Map<string, number>();
  for (const [index, {says, about}] of told.entries())
    if (recurring.has(says)) for (const each of about) last.set(each, index);
  const ending = new Set(
    [...last].flatMap(([about, index]) => ((passedOver.get(about) ?? 0) > index ? [index] : [])),
  );
  return told.map((each, index) => (ending.has(index) ? {...each, goesOn: true} : each));
};

/** Drops sentences of the lowest ranks until at most 40 are left, but keeps the first one of each kind as long as possible. */
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

/** The sentences on what the path or an attacker did, or that an end distrusts another; the sentence on the outcome is told with them. */
const deeds: ReadonlySet<Told['says']> = new Set(['altered', 'copied', 'heldUp', 'distrusts']);
const isDeed = ({says}: Told): boolean => deeds.has(says);

/**
 * The kinds of sentences with which the next one of the same instant is told, too: a host answers from its cache, or the ACK for everything
 * lets it send what had waited.
 */
const leads: ReadonlySet<Told['says']> = new Set(['fromCache', 'allAcknowledged']);

/**
 * The kinds of sentences that are always told in addition to an instant's main one, such as the result of a DNS query, a response, a retry,
 * or a wait for the window.
 */
const beside: ReadonlySet<Told['says']> = new Set([
  ...(['resolved', 'cookies', 'session', 'cacheExpired', 'cacheFlushed'] as const),
  ...(['responds', 'cannotRead', 'retries', 'strictKept', 'strictUsed', 'recovers', 'recoversNot'] as const),
  ...(['asksForWindow', 'ofEarlier', 'urgentApart', 'beyondEnd', 'takesSynAlone'] as const),
]);

/**
 * Returns the main sentence of an instant: the first that has a rank below 3 and is not always told anyway; if there is none, the first of
 * all.
 */
const mainOf = (fresh: readonly Told[]): Told | undefined =>
  fresh.find(({says, rank}) => rank < 3 && !beside.has(says)) ?? fresh[0];

/** Tells whether a sentence is about a connection end that becomes ESTABLISHED, after which data may be sent or delivered at once. */
const opens = ({says}: Told): boolean => says === 'opened' || says === 'accepts';

/**
 * Tells whether a sentence can be the outcome of another one in the same instant. The delivery of data counts only if its segment also
 * opened the connection; `takesSynAlone` never counts, because it is always told.
 */
const isOutcome = (of: Told, {rank, says}: Told): boolean =>
  (rank < 3 && says !== 'takesSynAlone') || (opens(of) && says === 'delivered');

const outcomeOf = (chosen: Told | undefined, fresh: readonly Told[]): Told | undefined =>
  chosen && (isDeed(chosen) || opens(chosen) || leads.has(chosen.says))
    ? fresh.find((each) => each !== chosen && each.n >= chosen.n && isOutcome(chosen, each) && !isDeed(each))
    : undefined;

/**
 * Returns the sentence that a connection opens, without its ACK, for when another sentence follows; undefined if an altered number makes
 * the ACK worth telling. All other sentences stay as they are.
 */
const inShort = (told: Told): Told | undefined => {
  if (told.says !== 'opened') return told;
  return told.facts.altered ? undefined : {...told, facts: {...told.facts, ack: undefined}};
};

/**
 * Returns the sentences of an instant: the main one, the outcome of an act or of an opening, and if an act opens a connection, also the
 * outcome of that.
 */
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

/**
 * Returns the sentences on what a lesson cannot know of an instant that it narrates: a packet comes late or is a copy, because of a fault
 * that the lesson did not plan.
 */
const untold = (trace: Trace, fresh: readonly Told[], {planned}: Voice): readonly Told[] =>
  fresh.filter(({says, facts}) => {
    if (says !== 'copied' && says !== 'heldUp') return false;
    const send = entryAt(trace, packetOf(trace, facts.packet).sendEvent);
    return send.kind === 'send' && !send.faults.some((fault) => planned?.has(fault));
  });

/**
 * Returns the sentence on the end of a run; empty if the connection is over, the lesson narrates the end, or the reader knows the sentence
 * from another run.
 */
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
  // If the lesson narrates an instant, sentences on packets that have not arrived when the run ends wait for the next instant.
  let waiting: readonly Told[] = [];
  for (const events of instantsFrom(trace)) {
    const [first] = events;
    if (!departed && (events.at(-1)?.n ?? 0) >= voice.from) {
      // The account of the path before the reader's change does not make the effects of a fault known, so those are told again.
      for (const each of told) memory.unhear(each);
      departed = true;
    }
    // Sentences that will not be told are made, too, because the memory learns from them what is closed and what was repeated.
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
