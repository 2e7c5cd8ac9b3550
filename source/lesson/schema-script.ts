// The schemas of causes, applications, actors, selectors and faults in lesson files. The protocols say which keys each word takes
// (vocabulary.ts).
import * as z from 'zod/mini';
import {
  boolean,
  duration,
  expects,
  flags,
  host,
  name,
  positive,
  seqNumber,
  shaped,
  statusCode,
  string,
  whole,
} from './scalars.ts';
import type {Construct, Shape, Vocabulary} from './vocabulary.ts';

/** Returns the keys of several constructs of the lesson language, all optional; a key that has different schemas may match any of them. */
const mergedShape = (constructs: readonly Construct<unknown>[]): Shape => {
  const found = new Map<string, Set<z.core.$ZodType>>();
  for (const {shape} of constructs) {
    for (const [key, schema] of Object.entries(shape)) {
      found.set(key, (found.get(key) ?? new Set()).add(inner(schema)));
    }
  }
  return Object.fromEntries(
    [...found].map(([key, schemas]) => {
      const [only, ...others] = schemas;
      return [key, z.optional(only && others.length === 0 ? only : z.union([...schemas]))];
    }),
  );
};

const inner = (schema: z.ZodMiniType): z.core.$ZodType =>
  schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;

const triggerOf = ({triggers}: Vocabulary) =>
  z.strictObject({
    host,
    event: z.enum([...triggers]),
    of: z.optional(name),
    bytes: z.optional(positive),
    status: z.optional(statusCode),
  });

export type CauseFile = {
  readonly [key: string]: unknown;
  readonly call: string;
  readonly host?: string | undefined;
  readonly at?: string | undefined;
  readonly on?:
    | {
        host: string;
        event: string;
        of?: string | undefined;
        bytes?: number | undefined;
        status?: number | undefined;
      }
    | undefined;
  readonly after?: string | undefined;
  readonly as?: string | undefined;
  readonly repeat?: {times: number; every: string} | undefined;
};

const timing = (vocabulary: Vocabulary) => ({
  at: z.optional(duration),
  on: z.optional(triggerOf(vocabulary)),
  after: z.optional(duration),
  host: z.optional(host),
  repeat: z.optional(z.strictObject({times: positive, every: duration})),
});

/** The keys that every cause in a lesson file may have. */
export const timingKeys: readonly string[] = ['at', 'on', 'after', 'host', 'call', 'repeat'];

export const causeSchemaOf = (vocabulary: Vocabulary): z.ZodMiniType<CauseFile> => {
  const {calls} = vocabulary;
  return z.strictObject({
    ...mergedShape(Object.values(calls)),
    ...timing(vocabulary),
    as: z.optional(name),
    call: z.enum(Object.keys(calls)),
  });
};

export type AppFile = {readonly [app: string]: unknown; readonly host: string};

/** The schema of one application of one host: `{host: server, http: {…}}`. */
export const appSchemaOf = ({apps}: Vocabulary): z.ZodMiniType<AppFile> =>
  z.strictObject({
    ...Object.fromEntries(
      Object.entries(apps).map(([app, {shape}]) => [app, z.optional(z.strictObject(shape))]),
    ),
    host,
  });

export type ActorFile = {readonly [key: string]: unknown};

/** The schema of an actor: `{nat: r1, idle: 300s}`. */
export const actorSchemaOf = ({actors}: Vocabulary): z.ZodMiniType<ActorFile> =>
  z.strictObject(mergedShape(Object.values(actors)));

export type SelectorFile = {
  readonly [key: string]: unknown;
  readonly sends?: string | undefined;
  readonly arrives?: string | undefined;
  readonly drops?: string | undefined;
  readonly forwards?: string | undefined;
  readonly call?: string | undefined;
  readonly returns?: string | undefined;
  readonly at?: string | undefined;
  readonly end?: true | undefined;
  readonly host?: string | undefined;
  readonly nth?: number | undefined;
  readonly after?: SelectorFile | undefined;
};

const selectorShapeOf = ({heads, conditions, calls, results}: Vocabulary) => ({
  sends: z.optional(host),
  arrives: z.optional(host),
  drops: z.optional(host),
  forwards: z.optional(host),
  ...mergedShape([...Object.values(heads), ...conditions]),
  call: z.optional(z.enum(Object.keys(calls))),
  returns: z.optional(z.enum([...results])),
  at: z.optional(duration),
  end: z.optional(z.literal(true, expects('true'))),
  host: z.optional(host),
  nth: z.optional(positive),
});

/** The schema of a selector: one kind of event with its conditions (selector-parser.ts). `any` as a host matches every host. */
export const selectorSchemaOf = (vocabulary: Vocabulary): z.ZodMiniType<SelectorFile> => {
  const schema: z.ZodMiniType<SelectorFile> = z.strictObject({
    ...selectorShapeOf(vocabulary),
    after: z.optional(z.lazy(() => schema)),
  });
  return schema;
};

export const selectorWords = (vocabulary: Vocabulary): readonly string[] => [
  ...Object.keys(selectorShapeOf(vocabulary)),
  'after',
];

const pattern = {
  packet: z.optional(positive),
  from: z.optional(host),
  to: z.optional(host),
  link: z.optional(name),
  flags: z.optional(flags),
  data: z.optional(boolean),
  retransmission: z.optional(boolean),
  nth: z.optional(z.union([positive, shaped(/^[1-9]\d{0,8}(-([1-9]\d{0,8})?)?$/, 'nth')], expects('nth'))),
};

const faultObject = z.strictObject({
  drop: z.optional(z.strictObject(pattern)),
  delay: z.optional(z.strictObject({...pattern, by: duration})),
  dup: z.optional(z.strictObject({...pattern, by: z.optional(duration)})),
  corrupt: z.optional(z.strictObject({...pattern, where: z.optional(z.enum(['link', 'memory']))})),
  reorder: z.optional(z.strictObject({...pattern, places: whole(1, 1000, 'positive')})),
  edit: z.optional(
    z.strictObject({
      ...pattern,
      field: string,
      value: seqNumber,
      checksum: z.optional(z.enum(['mended', 'broken'])),
    }),
  ),
});

/** The schema of a fault: a text in the notation of `--fault`, or the same as a mapping. */
export const faultSchema = z.union([string, faultObject], expects('fault'));

export type FaultFile = z.infer<typeof faultSchema>;
