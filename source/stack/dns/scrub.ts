// Selects the usable records of a response: those that answer the question and are in the zone of the server (RFC 2181 §5.4.1,
// RFC 5452 §6).
import type {DnsMessage, DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, nameKey, sameName} from '../../wire/dns/name.ts';
import {Rcode, RecordType} from '../../wire/dns/registry.ts';
import {targetOf} from './lookup.ts';
import {type Rrset, rrsetsOf} from './rrset.ts';

export type Scrubbed = {
  /** The RRsets of the question's name in ANSWER: the type asked for, or the CNAME, but nothing about the names to which a CNAME leads. */
  readonly answers: readonly Rrset[];
  /** The RRsets used of AUTHORITY: at most one NS set, and the SOA record of a negative answer. */
  readonly authorities: readonly Rrset[];
  /** The RRsets used of ADDITIONAL: A and AAAA records of the names in the answer and in the NS set. */
  readonly additionals: readonly Rrset[];
  readonly refused: readonly DnsRecord[];
  /** True if AUTHORITY of the response had an NS set, used or not. */
  readonly hadNs: boolean;
};

export type ScrubOptions = {
  readonly question: DnsQuestion;
  /** The zone for which the resolver asked the name server. */
  readonly zone: DnsName;
  /** Whether to drop the NS set that accompanies an answer, because nobody asked for it (Unbound's iter-scrub-promiscuous). */
  readonly promiscuous: boolean;
};

const {NS, SOA, CNAME, A, AAAA, ANY} = RecordType;

const answersOf = (sets: readonly Rrset[], {question, zone}: ScrubOptions): readonly Rrset[] => {
  const own = sets.filter(
    (set) => sameName(set.name, question.name) && isAtOrBelow(set.name, zone) && set.type !== RecordType.OPT,
  );
  if (question.type === ANY) return own;
  const first = own.find(({type}) => type === question.type || type === CNAME);
  if (first?.type !== CNAME) return first ? [first] : [];
  // A name has only one CNAME record (RFC 2181 §10.1), so that only the first in the response is used.
  return [{...first, records: first.records.slice(0, 1)}];
};

type Found = {
  readonly answers: readonly Rrset[];
  readonly authorities: readonly Rrset[];
  readonly noError: boolean;
};

const isPertinentNs = (set: Rrset, found: Found, {question, zone, promiscuous}: ScrubOptions): boolean => {
  if (set.type !== NS || !isAtOrBelow(question.name, set.name)) return false;
  const denies = found.authorities.some(({type}) => type === SOA);
  const empty = found.answers.length === 0;
  // An NS set in a negative or failed response is not used.
  if (!found.noError || (denies && empty)) return false;
  // An NS set of a zone above the one asked for only shows that the server is lame; it is of no use beside an answer.
  if (!isAtOrBelow(set.name, zone)) return empty;
  return !promiscuous || (empty && !sameName(set.name, zone));
};

const authoritiesOf = (found: Found, options: ScrubOptions): readonly Rrset[] => {
  const {question, zone} = options;
  const ns = found.authorities.find((set) => isPertinentNs(set, found, options));
  const soa = found.authorities.find(
    ({type, name}) => type === SOA && isAtOrBelow(name, zone) && isAtOrBelow(question.name, name),
  );
  return found.authorities.filter((set) => set === ns || set === soa);
};

export const scrub = (message: DnsMessage, options: ScrubOptions): Scrubbed => {
  const {question, zone} = options;
  const sets = (section: readonly DnsRecord[]): readonly Rrset[] =>
    rrsetsOf(section.filter((record) => record.class === question.class));
  const answers = answersOf(sets(message.answers), options);
  const offered = sets(message.authorities);
  const found = {answers, authorities: offered, noError: message.rcode === Rcode.NOERROR};
  const authorities = authoritiesOf(found, options);
  const named = new Set(
    [...answers, ...authorities.filter(({name}) => isAtOrBelow(name, zone))]
      .flatMap(({records}) => records.flatMap(({data}) => targetOf(data) ?? []))
      .map(nameKey),
  );
  const additionals = sets(message.additionals).filter(
    ({type, name}) => (type === A || type === AAAA) && named.has(nameKey(name)) && isAtOrBelow(name, zone),
  );
  const used = new Set([...answers, ...authorities, ...additionals].flatMap(({records}) => records));
  const all = [...message.answers, ...message.authorities, ...message.additionals];
  const refused = all.filter((record) => record.type !== RecordType.OPT && !used.has(record));
  return {answers, authorities, additionals, refused, hadNs: offered.some(({type}) => type === NS)};
};
