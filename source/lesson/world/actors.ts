// Reads the actors on the path: firewalls and address translators.
import * as z from 'zod/mini';
import type {FirewallPattern, FirewallRule} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {worldActorsSentences} from '../../words/catalogue/lesson.ts';
import {problemWith} from '../problem.ts';
import type {Path} from '../problems.ts';
import {microseconds} from '../quantity.ts';
import {duration, expects, host, name, port} from '../scalars.ts';

import {type Construct, construct, type Piece, type Place} from '../vocabulary.ts';

const pattern = {
  proto: z.optional(z.enum(['tcp', 'udp', 'icmp'])),
  port: z.optional(port),
  from: z.optional(host),
  to: z.optional(host),
  spoofed: z.optional(z.literal(true, expects('true'))),
};

const rule = z.strictObject({
  pass: z.optional(z.strictObject(pattern)),
  drop: z.optional(z.strictObject(pattern)),
  reject: z.optional(
    z.strictObject({
      ...pattern,
      icmp: z.optional(z.enum(['port', 'host', 'admin-prohibited'])),
      tcp: z.optional(z.literal('reset', expects('reset'))),
    }),
  ),
});

type RuleFile = z.infer<typeof rule>;
type PatternFile = NonNullable<RuleFile['drop']>;

const verdicts = ['pass', 'drop', 'reject'] as const;

const patternOf = (data: PatternFile, path: Path, {names, problems}: Place): FirewallPattern => {
  const {proto, port, from, to, spoofed} = data;
  if (from !== undefined) problems.host([...path, 'from'], from, names.hosts);
  if (to !== undefined) problems.host([...path, 'to'], to, names.hosts);
  return given({proto, port, from, to, spoofed});
};

/** Reads the ICMP message that a firewall sends back. The default is “port unreachable”, as with iptables. */
const rejection = (
  {icmp, tcp}: NonNullable<RuleFile['reject']>,
  path: Path,
  {problems}: Place,
): FirewallRule['verdict'] => {
  if (icmp !== undefined && tcp !== undefined) {
    problems.add(path, worldActorsSentences.rejection);
  }
  return tcp ?? icmp ?? 'port';
};

const readRule = (data: RuleFile, path: Path, place: Place): readonly FirewallRule[] => {
  const found = verdicts.filter((verdict) => data[verdict]);
  const [word] = found;
  if (word === undefined || found.length > 1) {
    place.problems.add(path, problemWith(worldActorsSentences.readRule, {verdicts}));
    return [];
  }
  const inner = [...path, word];
  const {reject} = data;
  const verdict =
    word === 'reject' && reject ? rejection(reject, inner, place) : word === 'pass' ? word : 'drop';
  return [{verdict, at: patternOf(data[word] ?? {}, inner, place)}];
};

const knowsHost = (key: string, given: string, {path, names, problems}: Place): boolean =>
  problems.host([...path, key], given, names.hosts);

export const firewall: Construct<Piece> = construct(
  {firewall: host, rules: z.array(rule)},
  ({firewall: at, rules}, place) => {
    const read = rules.flatMap((each, index) => readRule(each, [...place.path, 'rules', index], place));
    return knowsHost('firewall', at, place)
      ? {actors: [{kind: 'firewall', host: at, rules: read}]}
      : undefined;
  },
);

export const nat: Construct<Piece> = construct(
  {nat: host, idle: duration, outside: z.optional(name)},
  ({nat: at, idle, outside}, place) => {
    const {path, names, problems} = place;
    const own = (names.links ?? []).filter(({between}) => between.includes(at)).map((each) => each.name);
    if (!knowsHost('nat', at, place)) return undefined;
    if (
      outside !== undefined &&
      !problems.knows([...path, 'outside'], worldActorsSentences.nat, outside, own)
    )
      return undefined;
    return {actors: [{kind: 'nat', host: at, idleUs: microseconds(idle), ...given({outside})}]};
  },
);
