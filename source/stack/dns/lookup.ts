// The answer of an authoritative server for a name and a type: RFC 1034 §4.3.2, with wildcards as clarified by RFC 4592 §3.3.
import type {DnsRecord, RData} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, labelsOf, nameKey, nameOf} from '../../wire/dns/name.ts';
import {Rcode, RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {followsAliases} from './rrset.ts';
import type {AuthorityRuleId} from './rules.ts';
import {type RRset, setOf, soaOf, type Zone, type ZoneNode} from './zone.ts';

/**
 * The result of looking up a name in zones; `authoritative` is the AA bit, which concerns the first name of the answer (RFC 1035 §4.1.1).
 */
export type Found = {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly because: AuthorityRuleId;
};

type Wanted = {readonly name: DnsName; readonly type: number};

/**
 * The largest number of names that an authoritative server looks up along a chain of CNAMEs; one that leads back is not followed
 * (RFC 1034 §3.6.2).
 */
const aliasesMost = 16;

const recordsOf = (name: DnsName, {type, ttl, data}: RRset): readonly DnsRecord[] =>
  data.map((each) => ({name, type, class: RecordClass.IN, ttl, data: each}));

/** Step 2 of an authoritative server's algorithm: returns the zone that is the nearest ancestor of the name; undefined if there is none. */
const nearestZone = (zones: readonly Zone[], name: DnsName): Zone | undefined =>
  zones
    .filter(({origin}) => isAtOrBelow(name, origin))
    .toSorted((a, b) => labelsOf(b.origin).length - labelsOf(a.origin).length)[0];

/**
 * The result of looking for a name in a zone: its node, a zone cut above it, or neither; `encloser` is the longest ancestor that exists
 * (RFC 4592 §3.3.1).
 */
type Match =
  | {readonly kind: 'node'; readonly node: ZoneNode}
  | {readonly kind: 'cut'; readonly cut: ZoneNode; readonly servers: RRset}
  | {readonly kind: 'none'; readonly encloser: DnsName};

/**
 * Step 3 of an authoritative server's algorithm: goes down from the zone's apex, label by label, to the name, to a zone cut (b) or to where
 * nothing matches (c).
 */
const matchDown = ({origin, nodes}: Zone, name: DnsName): Match => {
  const labels = labelsOf(name);
  const below = labels.length - labelsOf(origin).length;
  let node = nodes.get(nameKey(origin));
  if (node === undefined) throw new Error(`zone ${origin} without apex`);
  for (let start = below - 1; start >= 0; start--) {
    const next = nodes.get(nameKey(nameOf(labels.slice(start))));
    if (next === undefined) return {kind: 'none', encloser: node.name};
    node = next;
    const servers = setOf(node, RecordType.NS);
    if (servers) return {kind: 'cut', cut: node, servers};
  }
  return {kind: 'node', node};
};

/**
 * Step 3c of an authoritative server's algorithm: returns the wildcard from which records are synthesized, the child `*` of the closest
 * encloser (RFC 4592 §3.3.1).
 */
const wildcardOf = ({nodes}: Zone, encloser: DnsName): ZoneNode | undefined =>
  nodes.get(nameKey(nameOf(['*', ...labelsOf(encloser)])));

const nothing = {rcode: Rcode.NOERROR, answers: [], authorities: [], additionals: []};

/** Step 3b of an authoritative server's algorithm: returns a referral to the servers of the zone below the cut. */
const referral = (cut: ZoneNode, servers: RRset): Found => ({
  ...nothing,
  authoritative: false,
  authorities: recordsOf(cut.name, servers),
  because: '1034:4.3.2/delegation',
});

/** Returns a negative answer; its SOA record says how long it may be cached (RFC 2308 §3). */
const negative = (zone: Zone, rcode: number, because: AuthorityRuleId): Found => {
  const {ttl, data} = soaOf(zone);
  const soa = {type: RecordType.SOA, ttl: Math.min(ttl, data.minimum), data: [data]};
  return {...nothing, rcode, authoritative: true, authorities: recordsOf(zone.origin, soa), because};
};

/**
 * Step 3a of an authoritative server's algorithm: returns the records of the type, or the CNAME, at the name's own node or at that of a
 * wildcard.
 */
const atNode = (zone: Zone, node: ZoneNode, {name, type}: Wanted, because: AuthorityRuleId): Found => {
  const alias = setOf(node, RecordType.CNAME);
  const set = type === RecordType.ANY ? node.sets[0] : (setOf(node, type) ?? alias);
  if (set === undefined) {
    const empty = node.sets.length === 0;
    return negative(zone, Rcode.NOERROR, empty ? '4592:2.2.2/empty-non-terminal' : '2308:3/negative/nodata');
  }
  const why = type === RecordType.ANY ? '8482:4.1/any' : because;
  const matched = set === alias && followsAliases(type);
  return {
    ...nothing,
    authoritative: true,
    answers: recordsOf(name, set),
    because: matched && why === '1034:4.3.2/answer' ? '1034:4.3.2/cname' : why,
  };
};

const inZone = (zone: Zone, wanted: Wanted): Found => {
  const match = matchDown(zone, wanted.name);
  if (match.kind === 'cut') return referral(match.cut, match.servers);
  if (match.kind === 'node') return atNode(zone, match.node, wanted, '1034:4.3.2/answer');
  const source = wildcardOf(zone, match.encloser);
  return source
    ? atNode(zone, source, wanted, '4592:3.3.1/wildcard')
    : negative(zone, Rcode.NXDOMAIN, '2308:3/negative/nxdomain');
};

/**
 * Returns the name at which the lookup continues if the last record of the answer is a CNAME and CNAMEs were not asked for; otherwise
 * undefined.
 */
export const aliasTarget = (
  {answers}: Pick<Found, 'answers'>,
  {type}: Pick<Wanted, 'type'>,
): DnsName | undefined => {
  const data = answers.at(-1)?.data;
  return data?.kind === 'CNAME' && followsAliases(type) ? data.name : undefined;
};

/** Returns an answer with the records of a CNAME's target after the CNAME, and the target's rcode and referral (RFC 6604 §3). */
const joined = (first: Found, next: Found): Found => ({
  ...next,
  authoritative: first.authoritative,
  answers: [...first.answers, ...next.answers],
  because: next.because === '1034:4.3.2/answer' ? first.because : next.because,
});

/**
 * Returns the result of steps 2 and 3, repeated for each alias as far as the server's zones reach; undefined if the name is in none of
 * them.
 */
const withoutAdditionals = (zones: readonly Zone[], wanted: Wanted): Found | undefined => {
  let found: Found | undefined;
  let name: DnsName | undefined = wanted.name;
  const followed = new Set<string>();
  while (name !== undefined && !followed.has(nameKey(name)) && followed.size < aliasesMost) {
    followed.add(nameKey(name));
    const zone = nearestZone(zones, name);
    if (zone === undefined) break;
    const next: Found = inZone(zone, {...wanted, name});
    found = found ? joined(found, next) : next;
    name = next.answers.length > 0 ? aliasTarget(next, wanted) : undefined;
  }
  return found;
};

/**
 * Returns the host that the data of an NS, MX or SRV record name, whose addresses the client will need next (RFC 1035 §3.3.9, §3.3.11;
 * RFC 2782); undefined for other data.
 */
export const targetOf = (data: RData): DnsName | undefined => {
  if (data.kind === 'NS') return data.name;
  if (data.kind === 'MX') return data.exchange;
  return data.kind === 'SRV' ? data.target : undefined;
};

/** Returns the A and AAAA records that a zone has for a name, authoritative or glue. */
const addressesOf = (zone: Zone | undefined, name: DnsName): readonly DnsRecord[] =>
  [RecordType.A, RecordType.AAAA].flatMap((type) => {
    const set = setOf(zone?.nodes.get(nameKey(name)), type);
    return set ? recordsOf(name, set) : [];
  });

const keyOf = ({name, type}: DnsRecord): string => `${type} ${nameKey(name)}`;

/**
 * Step 6 of an authoritative server's algorithm: returns the addresses of the hosts that the answer and authority sections name; for a
 * referral, the zone's own glue comes first.
 */
const additionalsOf = (zones: readonly Zone[], found: Found): readonly DnsRecord[] => {
  const present = new Set(found.answers.map(keyOf));
  const additionals: DnsRecord[] = [];
  const cut = found.authorities.find(({type}) => type === RecordType.NS)?.name;
  const parent = cut === undefined ? undefined : nearestZone(zones, cut);
  for (const {data} of [...found.answers, ...found.authorities]) {
    const target = targetOf(data);
    if (target === undefined) continue;
    const own = addressesOf(parent, target);
    const held = own.length > 0 ? own : addressesOf(nearestZone(zones, target), target);
    const fresh = held.filter((each) => !present.has(keyOf(each)));
    for (const each of fresh) present.add(keyOf(each));
    additionals.push(...fresh);
  }
  return additionals;
};

/** Returns an authoritative server's answer to a question; undefined if the name is in none of its zones. */
export const lookUp = (zones: readonly Zone[], wanted: Wanted): Found | undefined => {
  const found = withoutAdditionals(zones, wanted);
  return found && {...found, additionals: additionalsOf(zones, found)};
};
