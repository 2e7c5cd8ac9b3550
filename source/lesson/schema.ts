// The shape of a lesson file, format 1: keys and kinds of values. What they mean together is checked by the compiler.
// The messages given here are keys of `phrases` in schema-problems.ts.
import * as z from 'zod/mini';
import {triggerNames} from '../sim/scenario.ts';
import type {TimerName} from '../stack/tcp/effect.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {TcpFlag, type TcpFlagName} from '../wire/tcp.ts';
import {tracks} from './lesson.ts';

/** The words of a union type, all of them: one that is missing, or too many, does not compile. */
const words = <W extends string>(all: {readonly [word in W]: true}): readonly W[] =>
  Object.keys(all).filter((word): word is W => Object.hasOwn(all, word));

const profileNames = words<ProfileName>({linux: true, rfc: true, freebsd: true});
const tcpStates = words<TcpState>({
  CLOSED: true,
  LISTEN: true,
  'SYN-SENT': true,
  'SYN-RECEIVED': true,
  ESTABLISHED: true,
  'FIN-WAIT-1': true,
  'FIN-WAIT-2': true,
  'CLOSE-WAIT': true,
  CLOSING: true,
  'LAST-ACK': true,
  'TIME-WAIT': true,
});
const isFlag = (name: string): name is TcpFlagName => Object.hasOwn(TcpFlag, name);
const timerNames = words<TimerName>({
  persist: true,
  RTO: true,
  'delayed-ACK': true,
  '2MSL': true,
  connect: true,
  'keep-alive': true,
  user: true,
  'FIN-WAIT-2': true,
});

const shaped = (pattern: RegExp, phrase: string) =>
  z.string({error: phrase}).check(z.regex(pattern, {error: phrase}));
const whole = (least: number, most: number, phrase: string) =>
  z.int({error: phrase}).check(z.gte(least, {error: phrase}), z.lte(most, {error: phrase}));

const string = z.string({error: 'string'}).check(z.minLength(1, {error: 'string'}));
const name = shaped(/^[a-z][a-z0-9_]*$/, 'name');
const identifier = shaped(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'identifier');
const text = z.strictObject({en: string, zh: string});
const duration = shaped(/^\d{1,9}(\.\d{1,6})?(us|ms|s|m|h)$/, 'duration');
const durationOrOff = shaped(/^(off|\d{1,9}(\.\d{1,6})?(us|ms|s|m|h))$/, 'duration or off');
const size = z.union([shaped(/^\d{1,9}(B|kB|KiB|MB|MiB)$/, 'size'), whole(0, 0x7fff_ffff, 'size')], {
  error: 'size',
});
const port = whole(1, 65_535, 'port');
const seqNumber = whole(0, 0xffff_ffff, 'sequence number');
const count = whole(0, 1_000_000_000, 'count');
const positive = whole(1, 1_000_000_000, 'positive');
const boolean = z.boolean({error: 'boolean'});
const expression = z.union([string, z.number()], {error: 'expression'});
const rfc = shaped(/^\d{3,5}( (§[A-Z0-9]+(\.\d+)*(–\d+)?|(Fig\.|figure) \d+))?$/, 'rfc');
const host = shaped(/^[a-z][a-z0-9_]*$/, 'host');
const flags = z.array(z.enum(Object.keys(TcpFlag).filter(isFlag)));

const tcp = z.strictObject({
  mss: z.optional(whole(1, 65_495, 'mss')),
  rcvBuffer: z.optional(size),
  windowScale: z.optional(z.union([whole(0, 14, 'window scale'), z.literal('off')], {error: 'window scale'})),
  sack: z.optional(boolean),
  delayedAck: z.optional(durationOrOff),
  initialRto: z.optional(duration),
  minRto: z.optional(duration),
  maxRto: z.optional(duration),
  rtoAfterSynTimeout: z.optional(durationOrOff),
  synRetries: z.optional(count),
  synLinearTimeouts: z.optional(count),
  synAckRetries: z.optional(count),
  dataRetries: z.optional(count),
  timeWait: z.optional(duration),
  finTimeout: z.optional(durationOrOff),
});

const hostSpec = z.strictObject({
  ip: z.optional(z.union([string, z.record(z.string(), string)], {error: 'ip'})),
  iss: z.optional(seqNumber),
  router: z.optional(boolean),
  tcp: z.optional(tcp),
});

const link = z.strictObject({
  name: z.optional(name),
  between: z.optional(z.tuple([host, host], {error: 'between'})),
  delay: z.optional(duration),
  rate: z.optional(shaped(/^\d{1,9}(bit|kbit|Mbit|Gbit)$/, 'rate')),
  queue: z.optional(size),
  loss: z.optional(shaped(/^\d{1,3}(\.\d{1,6})?%$/, 'percent')),
  mtu: z.optional(whole(68, 65_535, 'mtu')),
});

export const topologySchema = z.strictObject({
  hosts: z.optional(z.record(z.string(), hostSpec)),
  links: z.optional(z.array(link)),
  arp: z.optional(boolean),
});

const trigger = z.strictObject({
  host,
  event: z.enum(triggerNames),
  of: z.optional(name),
  bytes: z.optional(positive),
});

const calls = [
  'listen',
  'connect',
  'send',
  'receive',
  'shutdown',
  'close',
  'abort',
  'status',
  'crash',
  'reboot',
] as const;

/** Which keys go with which call is the compiler's business (script.ts). */
const causeSchema = z.strictObject({
  at: z.optional(duration),
  on: z.optional(trigger),
  after: z.optional(duration),
  host: z.optional(host),
  call: z.enum(calls),
  of: z.optional(name),
  port: z.optional(port),
  to: z.optional(shaped(/^[a-z][a-z0-9_]*:\d{1,5}$/, 'to')),
  from: z.optional(port),
  as: z.optional(name),
  iss: z.optional(seqNumber),
  data: z.optional(positive),
  bytes: z.optional(positive),
  read: z.optional(z.enum(['auto', 'manual'])),
  repeat: z.optional(z.strictObject({times: positive, every: duration})),
});

/** `any` as a host means that it does not matter which. */
const packetSelector = {
  flags: z.optional(flags),
  carries: z.optional(z.enum(['data', 'none'])),
  length: z.optional(count),
  retransmission: z.optional(boolean),
};

type SelectorData = {
  sends?: string | undefined;
  arrives?: string | undefined;
  drops?: string | undefined;
  enters?: TcpState | undefined;
  timer?: TimerName | undefined;
  delivers?: string | undefined;
  call?: (typeof calls)[number] | undefined;
  at?: string | undefined;
  end?: true | undefined;
  host?: string | undefined;
  flags?: TcpFlagName[] | undefined;
  carries?: 'data' | 'none' | undefined;
  length?: number | undefined;
  retransmission?: boolean | undefined;
  op?: 'arm' | 'fire' | 'cancel' | undefined;
  returns?: string | undefined;
  nth?: number | undefined;
  after?: SelectorData | undefined;
};

/** One of sends, arrives, drops, enters, timer, delivers, call, at, end, and what goes with it. */
export const selectorSchema: z.ZodMiniType<SelectorData> = z.strictObject({
  sends: z.optional(host),
  arrives: z.optional(host),
  drops: z.optional(host),
  enters: z.optional(z.enum(tcpStates)),
  timer: z.optional(z.enum(timerNames)),
  delivers: z.optional(host),
  call: z.optional(z.enum(calls)),
  at: z.optional(duration),
  end: z.optional(z.literal(true, {error: 'true'})),
  host: z.optional(host),
  ...packetSelector,
  op: z.optional(z.enum(['arm', 'fire', 'cancel'])),
  returns: z.optional(
    z.enum([
      'ok',
      'connected',
      'accepted',
      'eof',
      'closed',
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'EPIPE',
      'ENOTCONN',
    ]),
  ),
  nth: z.optional(positive),
  after: z.optional(z.lazy(() => selectorSchema)),
});

const pattern = {
  packet: z.optional(positive),
  from: z.optional(host),
  to: z.optional(host),
  link: z.optional(name),
  flags: z.optional(flags),
  data: z.optional(boolean),
  retransmission: z.optional(boolean),
  nth: z.optional(z.union([positive, shaped(/^[1-9]\d{0,8}(-([1-9]\d{0,8})?)?$/, 'nth')], {error: 'nth'})),
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

/** The notation of `--fault`, or the same as a mapping. */
const faultSchema = z.union([string, faultObject], {error: 'fault'});

const changes = {
  profile: z.optional(z.enum(profileNames)),
  seed: z.optional(seqNumber),
  faults: z.optional(z.array(faultSchema)),
  set: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], {error: 'setting'}))),
  script: z.optional(z.array(causeSchema)),
  add: z.optional(z.array(causeSchema)),
  until: z.optional(shaped(/^(quiet|\d{1,9}(\.\d{1,6})?(us|ms|s|m|h))$/, 'until')),
  limit: z.optional(duration),
};

const runSchema = z.strictObject({title: z.optional(text), ...changes});

const check = z.strictObject({that: string, because: string, run: z.optional(identifier)});

const beat = z.strictObject({
  run: z.optional(identifier),
  when: z.optional(selectorSchema),
  before: z.optional(selectorSchema),
  panels: z.optional(z.array(string)),
  show: z.optional(z.array(string)),
  say: z.optional(text),
  note: z.optional(text),
  myth: z.optional(identifier),
  card: z.optional(identifier),
  link: z.optional(identifier),
  ask: z.optional(text),
  hint: z.optional(text),
  answer: z.optional(expression),
  asks: z.optional(z.array(string)),
  distractors: z.optional(
    z
      .array(
        z.strictObject({
          value: z.optional(expression),
          text: z.optional(text),
          misconception: z.optional(identifier),
        }),
      )
      .check(z.minLength(1, {error: 'distractors'}), z.maxLength(4, {error: 'distractors'})),
  ),
  choices: z.optional(
    z
      .array(z.strictObject({text, correct: z.optional(boolean), misconception: z.optional(identifier)}))
      .check(z.minLength(2, {error: 'choices'}), z.maxLength(5, {error: 'choices'})),
  ),
  explain: z.optional(text),
  rfc: z.optional(rfc),
  holds: z.optional(string),
});

const whatIf = z.strictObject({
  title: text,
  say: z.optional(text),
  run: z.optional(identifier),
  faults: changes.faults,
  set: changes.set,
  script: changes.script,
  until: changes.until,
  expect: z.optional(z.array(selectorSchema)),
  checks: z.optional(z.array(z.strictObject({that: string, because: z.optional(string)}))),
});

export const lessonSchema = z.strictObject({
  format: z.literal(1, {error: 'format'}),
  id: identifier,
  title: text,
  summary: text,
  track: z.enum(tracks),
  minutes: whole(1, 60, 'minutes'),
  requires: z.optional(z.array(identifier)),
  rfc: z.array(rfc).check(z.minLength(1, {error: 'rfc list'})),
  seed: z.optional(seqNumber),
  profile: changes.profile,
  topology: z.optional(topologySchema),
  script: z.array(causeSchema).check(z.minLength(1, {error: 'script'})),
  until: changes.until,
  limit: changes.limit,
  runs: z.optional(z.record(z.string(), z.nullable(runSchema))),
  beats: z.array(beat).check(z.minLength(1, {error: 'beats'})),
  checks: z.optional(z.array(check)),
  whatIf: z.optional(z.array(whatIf)),
});

export type LessonFile = z.infer<typeof lessonSchema>;
export type TopologyFile = z.infer<typeof topologySchema>;
export type CauseFile = z.infer<typeof causeSchema>;
export type FaultFile = z.infer<typeof faultSchema>;
export type SelectorFile = SelectorData;
export type RunFile = z.infer<typeof runSchema>;
export type BeatFile = z.infer<typeof beat>;
export type TextFile = z.infer<typeof text>;
