// Computes the content of the page at the beginning of a lesson, from the lesson and its first run.

import {hostName} from '../../lesson/host-names.ts';
import type {Lesson, Run} from '../../lesson/lesson.ts';
import type {Goal} from '../../lesson/opening.ts';
import type {Text} from '../../lesson/text.ts';
import type {Track} from '../../lesson/tracks.ts';
import {betweenUs, oneWayUs} from '../ladder/scene-hosts.ts';
import {type Shelf, type Shelved, shelves} from '../shelves.ts';
import {networkFrom, type Stop} from './network.ts';

/** Features of a real operating system's TCP that the hosts of a lesson leave out. */
export type Left = 'timestamps' | 'delayedAcks' | 'quickAcks' | 'timers' | 'buffers';

export type OpeningPage = {
  readonly id: string;
  readonly title: Text;
  readonly minutes: number;
  readonly profile: Run['profile'];
  /** True if the lesson's congestion windows follow RFC 5681 (Reno), so that they can be computed by hand. */
  readonly reno: boolean;
  /**
   * The round-trip time in µs over the whole network; if links branch, between the two hosts of the first connection; undefined if no path
   * connects them.
   */
  readonly roundTripUs?: number | undefined;
  readonly before: Text;
  readonly hosts: readonly {readonly called: Text; readonly is: Text}[];
  readonly goals: readonly Goal[];
  readonly needs: readonly {readonly id: string; readonly title: Text}[];
  readonly leftOut: readonly Left[];
  /** The network of the lesson, as a tree that begins at the learner's own host; undefined if the opening page does not draw it. */
  readonly network: Stop | undefined;
  /** The lessons of the same track, among which this one is; undefined if unknown. */
  readonly shelf: Shelf<KnownLesson> | undefined;
};

export type KnownLesson = Shelved & {readonly id: string; readonly title: Text};

/** Returns the two hosts of the run's first TCP connection, or if there is none, the learner's own host and the next one. */
const talking = (
  {script}: Run,
  [own, other]: readonly {readonly name: string}[],
): readonly (string | undefined)[] => {
  for (const {host, action} of script) if (action.call === 'connect') return [host, action.to.host];
  return [own?.name, other?.name];
};

/** The tracks whose lessons contain TCP. */
const overTcp: readonly Track[] = ['tcp-open', 'tcp-data', 'tcp-close', 'http', 'https', 'whole-story'];

/** Tells whether the lessons of a track compute the sizes of windows. */
const overWindows = (track: Track): boolean => track === 'tcp-data';

/** The tracks in whose lessons the learner reads times that are exact to the ms. */
const overTimers: readonly Track[] = ['tcp-open', 'tcp-data', 'tcp-close'];

/** Returns which features the hosts' TCP settings leave out (lesson/tcp/settings.ts), as far as a lesson of this track shows it. */
const leftOut = ({track}: Lesson, {profile, hosts}: Run): readonly Left[] => {
  if (profile !== 'linux' || !overTcp.includes(track)) return [];
  const nobody = (has: (tcp: Run['hosts'][number]['tcp']) => boolean): boolean =>
    !hosts.some(({tcp}) => has(tcp));
  return [
    ...(nobody(({timestamps}) => timestamps === true) ? (['timestamps'] as const) : []),
    ...(nobody(({acks}) => acks === 'paced')
      ? [nobody(({delayedAckUs = 0}) => delayedAckUs > 0) ? ('delayedAcks' as const) : ('quickAcks' as const)]
      : []),
    ...(overTimers.includes(track) ? (['timers'] as const) : []),
    ...(overWindows(track) && nobody(({rcvMemoryBytes}) => rcvMemoryBytes !== 'off')
      ? (['buffers'] as const)
      : []),
  ];
};

/** Returns the content of a lesson's opening page; undefined if the lesson begins without one. */
export const openingPage = (
  lesson: Lesson,
  run: Run,
  lessons: readonly KnownLesson[],
): OpeningPage | undefined => {
  const {id, title, minutes, opening, requires} = lesson;
  if (opening === undefined) return undefined;
  const [own] = opening.hosts;
  const [from, to] = talking(run, opening.hosts);
  const delayUs = oneWayUs(run) ?? (from && to ? betweenUs(run, from, to) : undefined);
  return {
    before: opening.before,
    goals: opening.goals,
    hosts: opening.hosts.map(({name, is}) => ({called: hostName({header: run}, name), is})),
    ...{id, title, minutes, profile: run.profile},
    reno: run.profile === 'rfc' && overWindows(lesson.track),
    roundTripUs: delayUs === undefined ? undefined : 2 * delayUs,
    needs: requires.flatMap((each) => {
      const known = lessons.find((lesson) => lesson.id === each);
      return known ? [{id: each, title: known.title}] : [];
    }),
    leftOut: leftOut(lesson, run),
    network:
      own &&
      networkFrom(
        run,
        own.name,
        opening.hosts.map(({name}) => name),
      ),
    shelf: shelves(lessons).find((shelf) => shelf.lessons.some((each) => each.id === id)),
  };
};
