// How a message of the account is judged: for each kind a function of its facts and of what the raw events show.
import type {Facts, Saying} from '../../../source/account/told/facts.ts';
import {Seen} from './seen.ts';

/** What is claimed, by a name for it; undefined where this message does not claim it. */
export type Claims = {readonly [about: string]: boolean | undefined};

/** The raw events around the event of a message, and the hosts that its facts name. */
export class About extends Seen {
  readonly #facts: {readonly [name: string]: unknown};

  constructor({trace, n}: Pick<Seen, 'trace' | 'n'>, facts: {readonly [name: string]: unknown}) {
    super(trace, n);
    this.#facts = facts;
  }

  /** Returns the host that a fact names; an empty text where there is no such fact. */
  host(name = 'host'): string {
    const host = this.#facts[name];
    return typeof host === 'string' ? host : '';
  }
}

export type ToldRow<Kind extends Saying> = (facts: Facts[Kind], said: About) => Claims;

export type ToldRows = {readonly [Kind in Saying]?: ToldRow<Kind>};
