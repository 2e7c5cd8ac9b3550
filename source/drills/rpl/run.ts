// Runs a resolver replay script: first the queries that its ranges can answer are answered, then the next step is taken, in the order of
// Unbound's fake_event.
import {replyTo} from './adjust.ts';
import {differences, matches} from './compare.ts';
import {
  answerDiffers,
  leftPending,
  leftUnchecked,
  noAnswer,
  noOutQuery,
  nothingPending,
  type ReplayFailure,
  tooManyRounds,
} from './failure.ts';
import {type ClientAnswer, Network, type Pending, pendingText} from './network.ts';
import {questionText, rcodeText} from './record-text.ts';
import type {Entry, Replay, ReplayRange, ReplayStep} from './replay.ts';
import {makeResolver, type ResolverMaker} from './resolver.ts';

const roundsMost = 5_000;

class Runner {
  readonly #replay: Replay;
  readonly #network: Network;
  /** The ranges of the script in the order in which they are tried; the first that matches a query answers it. */
  readonly #ranges: readonly ReplayRange[];
  /** The index of the script's next step. */
  #next = 0;
  /** Queries that a CHECK_OUT_QUERY with `copy_id` has seen, with the entry that answers them if no range does. */
  readonly #offered = new Map<Pending, Entry>();

  constructor(replay: Replay, make: ResolverMaker) {
    this.#replay = replay;
    // Unbound takes the later in the script of two matching ranges, Deckard the earlier.
    this.#ranges = replay.dialect === 'unbound' ? replay.ranges.toReversed() : replay.ranges;
    this.#network = new Network(make(replay.config));
    this.#network.onQuery = (query) => this.#sent(query);
  }

  run(): ReplayFailure | undefined {
    for (let round = 0; this.#step !== undefined; round++) {
      if (round === roundsMost) return tooManyRounds(this.#step, roundsMost);
      const failure = this.#round(this.#step);
      if (failure !== undefined) return failure;
    }
    return this.#end();
  }

  get #step(): ReplayStep | undefined {
    return this.#replay.steps[this.#next];
  }

  #round(step: ReplayStep): ReplayFailure | undefined {
    if (step.kind === 'CHECK_OUT_QUERY') {
      const query = this.#network.pending.find((each) => this.#isWanted(each, step));
      if (query !== undefined) {
        this.#next += 1;
        if (step.entry.adjust.has('copy_id')) this.#reply(query, step.entry);
        return undefined;
      }
    }
    if (step.kind === 'CHECK_ANSWER' && this.#network.answers.length > 0) return this.#check(step);
    for (const query of this.#network.pending) {
      const entry = this.#entryFor(query, step);
      if (entry === undefined) continue;
      this.#reply(query, entry);
      return undefined;
    }
    return this.#perform(step);
  }

  /**
   * Notes a query that the resolver sends. If the next step is a CHECK_OUT_QUERY that waits for it, the step is done, and the query still
   * needs an answer.
   */
  #sent(query: Pending): void {
    const step = this.#step;
    if (step?.kind !== 'CHECK_OUT_QUERY' || !this.#isWanted(query, step)) return;
    this.#next += 1;
    if (step.entry.adjust.has('copy_id')) this.#offered.set(query, step.entry);
  }

  #isWanted(query: Pending, step: Extract<ReplayStep, {kind: 'CHECK_OUT_QUERY'}>): boolean {
    if (step.address !== undefined && step.address !== query.to.ip) return false;
    return matches(step.entry, query, this.#replay.dialect);
  }

  #entryFor(query: Pending, {number, kind}: ReplayStep): Entry | undefined {
    for (const {first, last, addresses, entries} of this.#ranges) {
      if (number < first || number > last) continue;
      if (addresses.length > 0 && !addresses.includes(query.to.ip)) continue;
      const entry = entries.find((each) => matches(each, query, this.#replay.dialect));
      if (entry !== undefined) return entry;
    }
    return kind === 'REPLY' ? undefined : this.#offered.get(query);
  }

  #reply(query: Pending, entry: Entry): void {
    this.#network.reply(query, replyTo(entry, query.message));
  }

  #check(step: Extract<ReplayStep, {kind: 'CHECK_ANSWER'}>): ReplayFailure | undefined {
    const {dialect} = this.#replay;
    const here = this.#network.answers.filter(
      ({address}) => step.address === undefined || step.address === address,
    );
    const answer = here.find((each) => matches(step.entry, each, dialect));
    const [first] = here;
    if (answer === undefined)
      return first === undefined
        ? noAnswer(step, this.#pendingTexts)
        : answerDiffers(step, differences(step.entry, first, dialect));
    this.#network.checked(answer);
    this.#next += 1;
    return undefined;
  }

  get #pendingTexts(): readonly string[] {
    return this.#network.pending.map(pendingText);
  }

  /**
   * Performs a step of the script; returns the failure if its expectation is not met. Ranges depend on the next step, so the index advances
   * before the step acts.
   */
  #perform(step: ReplayStep): ReplayFailure | undefined {
    this.#next += 1;
    switch (step.kind) {
      case 'QUERY':
        this.#network.query(step, step.address);
        return undefined;
      case 'CHECK_ANSWER':
        return noAnswer(step, this.#pendingTexts);
      case 'CHECK_OUT_QUERY': {
        const expected = step.entry.message.questions.map(questionText);
        return noOutQuery(step, expected, this.#pendingTexts);
      }
      case 'REPLY':
      case 'ERROR': {
        const [query] = this.#network.pending;
        if (query === undefined) return nothingPending(step);
        if (step.kind === 'REPLY') this.#reply(query, step.entry);
        else this.#network.refuse(query);
        return undefined;
      }
      case 'TIME_PASSES':
        this.#network.pass(step.us);
        return undefined;
      case 'INFRA_RTT':
        this.#network.measured(step.address, step.rttUs);
        return undefined;
      case 'TRAFFIC':
      case 'NOTHING':
        return undefined;
    }
  }

  #end(): ReplayFailure | undefined {
    const last = this.#replay.steps.at(-1);
    const [answer]: readonly ClientAnswer[] = this.#network.answers;
    if (last !== undefined && this.#network.pending.length > 0) return leftPending(last, this.#pendingTexts);
    return answer && leftUnchecked(answer.query, [rcodeText(answer.message)]);
  }
}

/** Runs a resolver replay script; returns the failure of the first expectation that is not met, or undefined if all are. */
export const runReplay = (replay: Replay, make: ResolverMaker = makeResolver): ReplayFailure | undefined =>
  new Runner(replay, make).run();
