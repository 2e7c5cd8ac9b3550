// The content of the page at the beginning of a lesson, computed from the lesson and its first run.

import {hostName} from '../../lesson/host-names.ts';
import type {Lesson, Run} from '../../lesson/lesson.ts';
import type {Goal} from '../../lesson/opening.ts';
import type {Text} from '../../lesson/text.ts';
import type {Track} from '../../lesson/tracks.ts';
import {betweenUs, oneWayUs} from '../ladder/scene-hosts.ts';
import {type Shelf, type Shelved, shelves} from '../shelves.ts';
import {networkFrom, type Stop} from './network.ts';

/** Features of the operating system that a lesson leaves out. */
export type Left = 'timestamps' | 'delayedAcks' | 'quickAcks' | 'timers' | 'buffers';

export type OpeningPage = {
  readonly id: string;
  readonly title: Text;
  readonly minutes: number;
  readonly profile: Run['profile'];
  /** The lesson computes its windows by hand, by RFC 5681. */
  readonly reno: boolean;
  /** The round-trip time from end to end; if links branch, between the first two hosts that talk; absent if no path connects them. */
  readonly roundTripUs?: number | undefined;
  readonly before: Text;
  readonly hosts: readonly {readonly called: Text; readonly is: Text}[];
  readonly goals: readonly Goal[];
  readonly needs: readonly {readonly id: string; readonly title: Text}[];
  readonly leftOut: readonly Left[];
  /** The network from the learner's own host on. */
  readonly network: Stop | undefined;
  /** The lesson among the others on its shelf. */
  readonly shelf: Shelf<KnownLesson> | undefined;
};

export type KnownLesson = Shelved & {readonly id: string; readonly title: Text};

/** Returns the hosts of the run's first connection, or else the learner's own host and the next one. */
const talking = (
  {script}: Run,
  [own, other]: readonly {readonly name: string}[],
): readonly (string | undefined)[] => {
  for (const {host, action} of script) if (action.call === 'connect') return [host, action.to.host];
  return [own?.name, other?.name];
};

/** The tracks in which TCP is part of the story. */
const overTcp: readonly Track[] = ['tcp-open', 'tcp-data', 'tcp-close', 'http', 'https', 'whole-story'];

/** Tells whether a track computes the sizes of windows. */
const overWindows = (track: Track): boolean => track === 'tcp-data';

/** The tracks in which times are read to the ms. */
const overTimers: readonly Track[] = ['tcp-open', 'tcp-data', 'tcp-close'];

/** Returns which features the hosts' `tcp:` leaves out (lesson/tcp/settings.ts), as far as that is visible in this track. */
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

/** Returns the content; undefined if the lesson begins immediately. */
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
