// What protocols add to the language. A protocol is a value of this shape; the schema, the compiler and the lists of allowed
// words are made from all of them. What it adds to a run that has happened is in meanings.ts.

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
  /** What the script calls its connections (`as`). */
  readonly connections: readonly string[];
  /** What it calls packets; absent: none has a name. */
  readonly packets?: ReadonlyMap<string, Selector>;
  /** Absent: none can be named. */
  readonly links?: readonly {readonly name: string; readonly between: readonly [string, string]}[];
  /** What runs on hosts; absent: nothing. */
  readonly apps?: readonly RunningApp[];
  /** Files that belong to the lesson; absent: there are none. */
  readonly beside?: Beside;
  readonly vocabulary: Vocabulary;
};

export type RunningApp = NonNullable<Scenario['apps']>[number];

export type Shape = {readonly [key: string]: z.ZodMiniType};

/** Where a piece of a lesson stands, and what it may name. */
export type Place = {readonly path: Path; readonly names: Names; readonly problems: Problems};

/** The keys that go with a word, and what they come to. Undefined: a problem has been reported. */
export type Construct<Out> = {
  readonly shape: Shape;
  compile(data: {readonly [key: string]: unknown}, place: Place): Out | undefined;
  /** Of calls: nobody makes it, it is the network's doing. */
  readonly hostless?: true;
  /** Of calls: the host has to run an application that takes it. */
  readonly taker?: Taker;
};

type Keys = {readonly [key: string]: unknown};

/** `written`: such an application as a lesson writes it. Both are given what stands beside the call. */
export type Taker = {
  written(data: Keys): string;
  takes(app: AppSpec, data: Keys): boolean;
  /** A host without such an application gets one; what is wrong with a host that runs it in another role. */
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

/** What an application or an actor adds to a run. */
export type Piece = {
  readonly script?: readonly Cause[];
  readonly actors?: readonly PathActor[];
  readonly apps?: readonly RunningApp[];
};

/** A run whose causes and applications have been read. */
export type Begun = {
  readonly hosts: readonly HostSpec[];
  readonly script: readonly Cause[];
  readonly apps: readonly RunningApp[];
  /** Files that belong to the lesson; absent: there are none. */
  readonly beside?: Beside;
};

export type Protocol = {
  readonly name: string;
  /** `call: connect`, with the keys that go with it. */
  readonly calls: {readonly [call: string]: Construct<Action>};
  /** `on: {event: eof}`. */
  readonly triggers: readonly TriggerName[];
  /** What calls come to, at once or later: `{call: connect, returns: ECONNREFUSED}`. */
  readonly results: readonly string[];
  /** `apps: [{host: server, echo: {…}}]`: the keys of the inner mapping, and what that is on a host. */
  readonly apps: {readonly [app: string]: Construct<(host: string) => Piece>};
  /** `actors: [{nat: r1, idle: 300s}]`: all keys, the word itself among them. */
  readonly actors: {readonly [actor: string]: Construct<Piece>};
  /** `{enters: CLOSED, host: client}`: a kind of event, with all keys that go with it. */
  readonly heads: {readonly [head: string]: Construct<Match>};
  /** `{sends: client, flags: [SYN]}`: what else a packet has to be. */
  readonly conditions: Construct<Conditions>;
  /** `notTcp: {…}`: settings that no real machine has. */
  readonly overrides: {readonly [override: string]: Partial<TcpSettings>};
  /** The applications of a run with those that nobody has to write. @default as they are */
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
