// A finding: one thing that a capture shows, with what it costs, whom an engineer would ask, and the packets that show it.
import type {FactsOf} from './facts.ts';
import {type FindingId, findingTable, type Level} from './ids.ts';

/** Whom an engineer would go and ask. */
export type Where =
  | 'client-program'
  | 'server-program'
  | 'client'
  | 'server'
  | 'path'
  | 'name-server'
  | 'capture'
  | 'unknown';

/**
 * `proved`: the bytes allow nothing else. `deduced`: the usual cause, its rivals are refuted. `one-of`: a rival is open.
 */
export type Certainty = 'proved' | 'deduced' | 'one-of';

/** `conversation`: as the list of conversations names it, such as u2. */
export type About =
  | {readonly connection: number}
  | {readonly conversation: string}
  | {readonly name: string}
  | {readonly hosts: readonly string[]}
  | {readonly capture: true};

/** Returns a text that is the same for all findings about the same thing. */
export const keyOf = (about: About): string => JSON.stringify(about);

/** Another cause of the same; `by`: the packets that refute it, none where their absence does. */
export type Rival = {readonly id: FindingId; readonly open: boolean; readonly by: readonly number[]};

/** At most so many packets show it. */
const mostFrames = 8;

type OfOne<Id extends FindingId> = {
  readonly id: Id;
  readonly level: Level;
  readonly certainty: Certainty;
  readonly about: About;
  readonly where: Where;
  /** What it cost, in microseconds; undefined: that cannot be measured. */
  readonly costUs: number | undefined;
  /** The packets that show it, in order. */
  readonly frames: readonly number[];
  /** What its sentence tells. */
  readonly facts: FactsOf<Id>;
  readonly rivals: readonly Rival[];
  /** Connections of which it says more exactly what a broader finding would say of each. */
  readonly covers: readonly number[];
};

/** Of one of several ids: whichever it is. */
export type Finding<Id extends FindingId = FindingId> = {[Each in Id]: OfOne<Each>}[Id];

type Given<Id extends FindingId> = Pick<OfOne<Id>, 'about' | 'facts'> &
  Partial<Omit<OfOne<Id>, 'id' | 'about' | 'facts'>>;

/** Returns the finding with what the table has for its id where nothing else is said. */
export const finding = <Id extends FindingId>(id: Id, given: Given<Id>): OfOne<Id> => {
  const {level = findingTable[id].level, certainty = 'deduced', where = 'unknown', costUs} = given;
  const {about, facts, frames = [], rivals = [], covers = []} = given;
  const shown = [...new Set(frames)].toSorted((a, b) => a - b).slice(0, mostFrames);
  return {id, level, certainty, about, where, costUs, frames: shown, facts, rivals, covers};
};

/** Returns the number of the connection that it is about; undefined: it is about something else. */
export const connectionOf = ({about}: Pick<Finding, 'about'>): number | undefined =>
  'connection' in about ? about.connection : undefined;

/** A note is only worth knowing. */
export const isWrong = ({level}: Pick<Finding, 'level'>): boolean => level !== 'note';
