// The words that protocols add to the language of lessons. A protocol is a value of this shape, and the schema, the compiler and the lists
// of allowed words are made from all of them. What words mean in a finished run is in meanings.ts.

import * as z from 'zod/mini';
import type {Action} from '../sim/action.ts';
import type {AppSpec} from '../sim/apps.ts';
import type {Cause, HostSpec, PathActor, Scenario, TriggerName} from '../sim/scenario.ts';
import type {TcpSettings} from '../stack/tcp/settings.ts';
import type {Beside} from './beside.ts';
import type {Problem} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {Conditions, Match, Selector} from './selector.ts';

/** The names that a lesson's text may use. */
export type Names = {
  readonly hosts: readonly string[];
  /** The script's names for its connections (`as`). */
  readonly connections: readonly string[];
  /** The lesson's names for packets; absent if no packet has one. */
  readonly packets?: ReadonlyMap<string, Selector>;
  /** The links by name; absent if links cannot be named. */
  readonly links?: readonly {readonly name: string; readonly between: readonly [string, string]}[];
  /** The applications of hosts; absent if there are none. */
  readonly apps?: readonly RunningApp[];
  /** The files that accompany the lesson; absent if there are none. */
  readonly beside?: Beside;
  readonly vocabulary: Vocabulary;
};

export type RunningApp = NonNullable<Scenario['apps']>[number];

export type Shape = {readonly [key: string]: z.ZodMiniType};

/** The path of a piece of a lesson file, the names that it may use, and the list to which its problems are added. */
export type Place = {readonly path: Path; readonly names: Names; readonly problems: Problems};

/**
 * The keys that accompany a word of the lesson language, and the function that reads them; it returns undefined if a problem has been
 * reported.
 */
export type Construct<Out> = {
  readonly shape: Shape;
  compile(data: {readonly [key: string]: unknown}, place: Place): Out | undefined;
  /** True for a call of the script that no host makes, because the network does it. */
  readonly hostless?: true;
  /** The application that a host has to run for this call. */
  readonly taker?: Taker;
};

type Keys = {readonly [key: string]: unknown};

/**
 * An application that takes a call of the script. `written` shows how a lesson writes the application. Both functions get the other keys
 * of the call.
 */
export type Taker = {
  written(data: Keys): string;
  takes(app: AppSpec, data: Keys): boolean;
  /** Present if a host without such an application gets one; `problem` is reported for a host that runs the application in another role. */
  readonly besides?: {readonly app: AppSpec['app']; problem(host: string): Problem};
};

export const construct = <S extends z.core.$ZodShape, Out>(
  shape: S & Shape,
  compile: (data: z.infer<z.ZodMiniObject<S, z.core.$strict>>, place: Place) => Out | undefined,
): Construct<Out> => {
  const schema = z.strictObject<S>(shape);
  return {
    shape,
    compile: (data, place) => {
      const parsed = schema.safeParse(data);
      return parsed.success ? compile(parsed.data, place) : undefined;
    },
  };
};

export const hostless = <Out>(made: Construct<Out>): Construct<Out> => ({...made, hostless: true});

export const takenBy = <Out>(taker: Taker, made: Construct<Out>): Construct<Out> => ({...made, taker});

/** The causes, actors and applications that one application or actor of a lesson adds to a run. */
export type Piece = {
  readonly script?: readonly Cause[];
  readonly actors?: readonly PathActor[];
  readonly apps?: readonly RunningApp[];
};

/** A run in the making, whose causes and applications have been read from the lesson file. */
export type Begun = {
  readonly hosts: readonly HostSpec[];
  readonly script: readonly Cause[];
  readonly apps: readonly RunningApp[];
  /** The files that accompany the lesson; absent if there are none. */
  readonly beside?: Beside;
};

export type Protocol = {
  readonly name: string;
  /** The calls that a protocol adds to the lesson language, with their keys: `call: connect`. */
  readonly calls: {readonly [call: string]: Construct<Action>};
  /** The triggers that a protocol adds to the lesson language: `on: {event: eof}`. */
  readonly triggers: readonly TriggerName[];
  /** The results of calls, at once or later, for which a lesson may wait: `{call: connect, returns: ECONNREFUSED}`. */
  readonly results: readonly string[];
  /**
   * The applications that a protocol adds to the lesson language, with the keys of the inner mapping and the function for a host: `apps:
   * [{host: server, echo: {…}}]`.
   */
  readonly apps: {readonly [app: string]: Construct<(host: string) => Piece>};
  /**
   * The actors that a protocol adds to the lesson language, with all their keys, including the word itself: `actors: [{nat: r1, idle:
   * 300s}]`.
   */
  readonly actors: {readonly [actor: string]: Construct<Piece>};
  /** The kinds of events that selectors of a lesson can name, with all their keys: `{enters: CLOSED, host: client}`. */
  readonly heads: {readonly [head: string]: Construct<Match>};
  /** Further conditions that selectors of a lesson can set for packets: `{sends: client, flags: [SYN]}`. */
  readonly conditions: Construct<Conditions>;
  /** TCP settings that no real machine has, which a lesson sets by name: `notTcp: {…}`. */
  readonly overrides: {readonly [override: string]: Partial<TcpSettings>};
  /** Returns the applications of a run with those that a lesson need not write. @default as they are */
  readonly completes?: (begun: Begun) => readonly RunningApp[];
};

export type Vocabulary = Omit<Protocol, 'name' | 'conditions' | 'completes'> & {
  readonly completes: (begun: Begun) => readonly RunningApp[];
  readonly conditions: readonly Construct<Conditions>[];
};

const merged = <T>(tables: readonly {readonly [word: string]: T}[]): {readonly [word: string]: T} =>
  Object.assign({}, ...tables);

export const vocabularyOf = (protocols: readonly Protocol[]): Vocabulary => ({
  calls: merged(protocols.map((each) => each.calls)),
  triggers: [...new Set(protocols.flatMap((each) => each.triggers))],
  results: [...new Set(protocols.flatMap((each) => each.results))],
  apps: merged(protocols.map((each) => each.apps)),
  actors: merged(protocols.map((each) => each.actors)),
  heads: merged(protocols.map((each) => each.heads)),
  conditions: protocols.map((each) => each.conditions),
  overrides: merged(protocols.map((each) => each.overrides)),
  completes: (begun) =>
    protocols.reduce((apps, {completes}) => completes?.({...begun, apps}) ?? apps, begun.apps),
});
