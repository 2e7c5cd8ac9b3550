// The type of a finding: one thing that a capture shows, with its cost, the party to ask about it, and the packets that prove it.
import type {FactsOf} from './facts.ts';
import {type FindingId, findingTable, type Level} from './ids.ts';

/** The party that an engineer would ask about the finding. */
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
 * How certain a finding is. `proved`: the packets allow nothing else. `deduced`: it is the usual cause, and other causes are refuted.
 * `one-of`: another cause is possible.
 */
export type Certainty = 'proved' | 'deduced' | 'one-of';

/** The subject of a finding. `conversation` is a name in the list of conversations, such as u2. */
export type About =
  | {readonly connection: number}
  | {readonly conversation: string}
  | {readonly name: string}
  | {readonly hosts: readonly string[]}
  | {readonly capture: true};

/** Returns a text that is equal for findings about the same subject. */
export const keyOf = (about: About): string => {
  if ('connection' in about) return `connection ${about.connection}`;
  if ('conversation' in about) return `conversation ${about.conversation}`;
  return JSON.stringify(about);
};

/** Another cause that could explain a finding. `open`: it is possible. `by`: the packets that refute it; empty if missing packets do. */
export type Rival = {readonly id: FindingId; readonly open: boolean; readonly by: readonly number[]};

/** The most packets that are named to show a finding. */
const mostFrames = 8;

type OfOne<Id extends FindingId> = {
  readonly id: Id;
  readonly level: Level;
  readonly certainty: Certainty;
  readonly about: About;
  readonly where: Where;
  /** The time that the problem cost, in µs; undefined if it cannot be measured. */
  readonly costUs: number | undefined;
  /** The numbers of the packets that show the finding, in ascending order. */
  readonly frames: readonly number[];
  /** The last of all the packets that show the finding, of which `frames` has only the first ones; 0 if there are none. */
  readonly lastFrame: number;
  /** The facts in the finding's sentence. */
  readonly facts: FactsOf<Id>;
  readonly rivals: readonly Rival[];
  /** The addresses and ports of both ends if nothing but a guess tells which one is the client. */
  readonly guessed?: {readonly client: string; readonly server: string};
  /** The connections for which the finding replaces a broader one. */
  readonly covers: readonly number[];
};

/** A finding of one of the given IDs, by default of any. */
export type Finding<Id extends FindingId = FindingId> = {[Each in Id]: OfOne<Each>}[Id];

type Given<Id extends FindingId> = Pick<OfOne<Id>, 'about' | 'facts'> &
  Partial<Omit<OfOne<Id>, 'id' | 'about' | 'facts' | 'guessed' | 'lastFrame'>>;

const isId = (id: string): id is FindingId => id in findingTable;

/** Returns the rivals of a proved finding: those that it names, and those that the very packets that show it exclude. */
const excludedBy = (id: FindingId, rivals: readonly Rival[], frames: readonly number[]): readonly Rival[] => {
  const others = (findingTable[id].excludes ?? [])
    .filter(isId)
    .filter((each) => !rivals.some((rival) => rival.id === each));
  return [...rivals, ...others.map((each) => ({id: each, open: false, by: frames}))];
};

/** Tells whether each rival is excluded by packets, without which nothing is proved. */
const isProved = (rivals: readonly Rival[]): boolean =>
  rivals.length > 0 && rivals.every(({open, by}) => !open && by.length > 0);

/** Makes a finding with this ID. Level, certainty and party have defaults, the level from the table of findings. */
export const finding = <Id extends FindingId>(id: Id, given: Given<Id>): OfOne<Id> => {
  const {level = findingTable[id].level, certainty = 'deduced', where = 'unknown', costUs} = given;
  const {about, facts, frames = [], rivals = [], covers = []} = given;
  const all = [...new Set(frames)].toSorted((a, b) => a - b);
  const shown = all.slice(0, mostFrames);
  const told = {
    id,
    level,
    about,
    where,
    costUs,
    frames: shown,
    lastFrame: all.at(-1) ?? 0,
    facts,
    covers,
  } as const;
  if (certainty !== 'proved' || level === 'note') return {...told, certainty, rivals};
  const excluded = excludedBy(id, rivals, shown);
  return {...told, certainty: isProved(excluded) ? 'proved' : 'deduced', rivals: excluded};
};

/** Returns the number of the connection that the finding is about; undefined if it is about something else. */
export const connectionOf = ({about}: Pick<Finding, 'about'>): number | undefined =>
  'connection' in about ? about.connection : undefined;

/** Tells whether a finding reports a problem (fault or slow), and not only a note. */
export const isWrong = ({level}: Pick<Finding, 'level'>): boolean => level !== 'note';
