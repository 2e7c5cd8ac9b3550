// Makes a DNS message fit its transport (RFC 1035 §4.2.1, RFC 2181 §9); sets of records are included as a whole or not at all.
import {grouped} from '../grouped.ts';
import {encodeDns} from './encode.ts';
import type {DnsMessage, DnsRecord} from './message.ts';
import {isAtOrBelow, nameKey, sameName} from './name.ts';
import {RecordType} from './registry.ts';

type Sections = Pick<DnsMessage, 'answers' | 'authorities' | 'additionals'>;

/** Groups DNS records into sets of one name, type and class (RFC 2181 §5), in the order in which the sets begin. */
const setsOf = (records: readonly DnsRecord[]): readonly (readonly DnsRecord[])[] =>
  grouped(records, (record) => `${record.type} ${record.class} ${nameKey(record.name)}`);

/**
 * Tells whether an address record is glue that a referral needs: that of a name server inside the delegated zone, without which the
 * referral leads nowhere (RFC 9471 §3.1).
 */
const isNeededGlue = ({name}: DnsRecord, {flags, answers, authorities}: DnsMessage): boolean =>
  !flags.aa &&
  answers.length === 0 &&
  authorities.some(
    ({name: zone, data}) => data.kind === 'NS' && sameName(data.name, name) && isAtOrBelow(name, zone),
  );

const isOpt = ({type}: DnsRecord): boolean => type === RecordType.OPT;

const sections = ['answers', 'authorities', 'additionals'] as const;

/** Returns a DNS message with only those of its records that are in `kept`. */
const withRecords = (message: DnsMessage, kept: ReadonlySet<DnsRecord>): DnsMessage & Sections => {
  const of = (records: readonly DnsRecord[]) => records.filter((record) => kept.has(record));
  const {answers, authorities, additionals} = message;
  return {...message, answers: of(answers), authorities: of(authorities), additionals: of(additionals)};
};

const truncated = (message: DnsMessage): DnsMessage => ({...message, flags: {...message.flags, tc: true}});

/**
 * Returns the truncated DNS message for the case that not even question and OPT record fit: the question alone if that fits, or else the
 * header.
 */
const bare = (message: DnsMessage, fits: (candidate: DnsMessage) => boolean): DnsMessage => {
  const question = truncated(withRecords(message, new Set()));
  return fits(question) ? question : {...question, questions: []};
};

/**
 * Encodes a DNS message in at most `maxOctets` (12 or more). If a set of records of the answer, the authority section or needed glue does
 * not fit, it and all after it are left out and TC is set; other additional records are left out if they do not fit.
 */
export const encodeDnsWithin = (message: DnsMessage, maxOctets: number): Uint8Array => {
  const whole = encodeDns(message);
  if (whole.length <= maxOctets) return whole;
  const fits = (candidate: DnsMessage): boolean => encodeDns(candidate).length <= maxOctets;
  const kept = new Set(message.additionals.filter(isOpt));
  if (!fits(withRecords(message, kept))) return encodeDns(bare(message, fits));
  for (const section of sections) {
    for (const set of setsOf(message[section].filter((record) => !kept.has(record)))) {
      for (const record of set) kept.add(record);
      if (fits(withRecords(message, kept))) continue;
      for (const record of set) kept.delete(record);
      const needed = section !== 'additionals' || set.some((record) => isNeededGlue(record, message));
      if (needed) return encodeDns(truncated(withRecords(message, kept)));
    }
  }
  return encodeDns(withRecords(message, kept));
};
