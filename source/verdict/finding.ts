// A finding: one thing that a capture shows, with its cost, the party that an engineer would ask about it, and the packets that show it.
import type {FactsOf} from './facts.ts';
import {type FindingId, findingTable, type Level} from './ids.ts';

/** The party that an engineer would ask. */
export type Where =
  | 'client-program'
  | 'server-program'
  | 'client'
  | 'server'
  | 'path'
  | 'name-server'
  | 'capture'
  | 'unknown';

/** `proved`: the bytes allow nothing else. `deduced`: it is the usual cause, and its rivals are refuted. `one-of`: a rival is possible. */
export type Certainty = 'proved' | 'deduced' | 'one-of';

/** The subject of a finding; `conversation` is a name in the list of conversations, such as u2. */
export type About =
  | {readonly connection: number}
  | {readonly conversation: string}
  | {readonly name: string}
  | {readonly hosts: readonly string[]}
  | {readonly capture: true};

/** Returns a text that is the same for all findings about the same thing. */
export const keyOf = (about: About): string => JSON.stringify(about);

/** Another possible cause. `by` are the packets that refute it; empty if their absence does. */
export type Rival = {readonly id: FindingId; readonly open: boolean; readonly by: readonly number[]};

/** The most packets that are named to show a finding. */
const mostFrames = 8;

type OfOne<Id extends FindingId> = {
  readonly id: Id;
  readonly level: Level;
  readonly certainty: Certainty;
  readonly about: About;
  readonly where: Where;
  /** The cost in microseconds; undefined if it cannot be measured. */
  readonly costUs: number | undefined;
  /** The packets that show the finding, in order. */
  readonly frames: readonly number[];
  /** The facts in the finding's sentence. */
  readonly facts: FactsOf<Id>;
  readonly rivals: readonly Rival[];
  /** The connections for which the finding replaces a broader one. */
  readonly covers: readonly number[];
};

/** A finding with one of several IDs. */
export type Finding<Id extends FindingId = FindingId> = {[Each in Id]: OfOne<Each>}[Id];

type Given<Id extends FindingId> = Pick<OfOne<Id>, 'about' | 'facts'> &
  Partial<Omit<OfOne<Id>, 'id' | 'about' | 'facts'>>;

/** Returns the finding, with the table's values for its ID if nothing else is given. */
export const finding = <Id extends FindingId>(id: Id, given: Given<Id>): OfOne<Id> => {
  const {level = findingTable[id].level, certainty = 'deduced', where = 'unknown', costUs} = given;
  const {about, facts, frames = [], rivals = [], covers = []} = given;
  const shown = [...new Set(frames)].toSorted((a, b) => a - b).slice(0, mostFrames);
  return {id, level, certainty, about, where, costUs, frames: shown, facts, rivals, covers};
};

/** Returns the number of the connection that the finding is about; undefined if it is about something else. */
export const connectionOf = ({about}: Pick<Finding, 'about'>): number | undefined =>
  'connection' in about ? about.connection : undefined;

/** Tells whether a finding is more than a note, which is only worth knowing. */
export const isWrong = ({level}: Pick<Finding, 'level'>): boolean => level !== 'note';
