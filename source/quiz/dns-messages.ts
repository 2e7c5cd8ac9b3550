// Questions about DNS messages (RFC 1035 §4): what a response says, in which section a record is, how long a name is, whether an answer
// fits UDP.
import {spokenName, spokenRecord} from '../account/dns-parts.ts';
import {entriesBetween, entryAt} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {ednsOf} from '../wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../wire/dns/message.ts';
import {RecordType, rcodeName, typeName} from '../wire/dns/registry.ts';
import {dnsFits, dnsSays, dnsSection, nameOctets} from '../words/catalogue/ask-dns.ts';
import {messages, responses, type Said} from './dns.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found, type Rejection, whatever} from './kind.ts';
import {byClause, listedKind, replying, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';

/** Returns the name and type of a DNS record as text, such as `www.example.com A`. */
export const nameWithType = ({name, type}: Pick<DnsRecord, 'name' | 'type'>): string =>
  `${spokenName(name)} ${typeName(type)}`;

export const askedFor = ({questions: [question]}: DnsMessage): string =>
  question ? nameWithType(question) : '?';

const withoutOpt = (records: readonly DnsRecord[]): readonly DnsRecord[] =>
  records.filter(({type}) => type !== RecordType.OPT);

/** Returns all events of the instant in which a DNS message arrives and its receiver acts on it. */
export const arrivalOf = (trace: Trace, packet: number): readonly TraceEvent[] => {
  const {endEvent} = packetOf(trace, packet);
  if (endEvent === undefined) return [];
  const {atUs, host, kind} = entryAt(trace, endEvent);
  if (kind !== 'arrive') return [];
  const events: TraceEvent[] = [];
  for (const event of entriesBetween(trace, endEvent)) {
    if (event.atUs > atUs) break;
    if (event.host === host) events.push(event);
  }
  return events;
};

type SaysGivens = {
  readonly asked: string;
  readonly rcode: number;
  readonly aa: boolean;
  /** The types of the records in the answer section of a DNS response. */
  readonly answers: readonly string[];
  /** The types of the records in the authority section of a DNS response. */
  readonly authority: readonly string[];
};

type Meaning = keyof typeof dnsSays.choices;

/** Returns the meaning of a DNS response without an answer (RFC 2308 §2, RFC 1034 §4.3.1); undefined if it has one. */
const meaningOf = ({rcode, answers, authority}: SaysGivens): Exclude<Meaning, 'answer'> | undefined => {
  if (rcode === 3) return 'noName';
  if (rcode !== 0) return 'failed';
  if (answers.length > 0) return undefined;
  return authority.includes('NS') && !authority.includes('SOA') ? 'referral' : 'noType';
};

const isNo = (meaning: Meaning | undefined): boolean => meaning === 'noName' || meaning === 'noType';

/** Returns the name of the fact that a name or type does not exist, so that one question does not tell what another asks. */
export const noAbout = (asked: string): string => `a “no” about ${asked.split(' ')[0]}`;

/** Returns how the packet's receiver understood the DNS response; undefined if its notes do not say. */
const takenAs = (trace: Trace, packet: number): Meaning | undefined => {
  for (const event of arrivalOf(trace, packet)) {
    if (event.kind !== 'note') continue;
    const {note} = event;
    if (note.kind === 'zone' && note.from === 'referral') return 'referral';
    if (note.kind === 'server') return 'failed';
    if (note.kind !== 'cache' || note.op !== 'store') continue;
    if (note.negative !== undefined) return note.negative === 'NXDOMAIN' ? 'noName' : 'noType';
    if (note.trust?.startsWith('answer')) return 'answer';
  }
  return undefined;
};

const failures: readonly string[] = ['', 'format', 'failure', '', 'support', 'refused'];

const failedText = ({rcode}: SaysGivens): Text =>
  worded(dnsSays.explain.failed, {rcode, name: rcodeName(rcode), why: failures[rcode] ?? ''});

export const dnsSaysKind = listedKind<SaysGivens>({
  kind: 'dns-says',
  form: 'choice',
  secrets: (givens) => (isNo(meaningOf(givens)) ? [noAbout(givens.asked)] : []),
  all: (trace) =>
    responses(trace).flatMap(({message, event}): readonly (Found<SaysGivens> | Rejection)[] => {
      const did = takenAs(trace, event.packet);
      if (did === undefined) return [];
      // If the response contains the record that was asked for, nobody needs to know DNS to see it.
      if (did === 'answer') return ['trivial'];
      // A referral that leads nowhere cannot be asked about: the question does not print which zone's servers were asked.
      if (did === 'failed' && message.rcode === 0) return ['hidden'];
      // The answer section has only records that do not answer the question; their types are printed but not their contents.
      if (did === 'noType' && message.answers.length > 0) return ['hidden'];
      return [
        {
          givens: {
            ...{asked: askedFor(message), rcode: message.rcode, aa: message.flags.aa},
            answers: message.answers.map(({type}) => typeName(type)),
            authority: message.authorities.map(({type}) => typeName(type)),
          },
          ...{did, n: event.n, evidence: byClause(event.packet, '2308 §2', did)},
        },
      ];
    }),
  ask: ({asked, rcode, aa, answers, authority}) => [
    wordedWithNames(dnsSays.given, {asked}),
    valuesLine(
      `AA=${aa ? 1 : 0}  RCODE=${rcode}  ANSWER: ${answers.join(' ') || '0'}  AUTHORITY: ${authority.join(' ') || '0'}`,
    ),
    dnsSays.asks,
  ],
  solve(givens) {
    const answer = meaningOf(givens);
    const hints = [dnsSays.hints.rcode, dnsSays.hints.sections] as const;
    const explain = answer === 'failed' ? failedText(givens) : answer && dnsSays.explain[answer];
    return answer && explain && {answer, explain, hints};
  },
  beliefs: [
    ...whatever(dnsSays.beliefs),
    replying(
      dnsSays.replies.failed,
      (givens: SaysGivens) => ({name: meaningOf(givens) === 'noName'}),
      () => 'failed',
    ),
  ],
  words: wordsOf(dnsSays.choices),
});

const sections = ['answer', 'authority', 'additional'] as const;

type Section = (typeof sections)[number];
type SectionGivens = {
  readonly asked: string;
  readonly record: string;
  /** True if the DNS response has an answer; present only if the record alone does not tell its section. */
  readonly hasAnswer?: boolean;
};

const typeIn = ({record}: SectionGivens): string | undefined => record.split(' ')[2];

const isAskedFor = ({asked, record}: SectionGivens): boolean => {
  const [owner, , own] = record.split(' ');
  return asked === `${owner} ${own}`;
};

/** Returns the section of a DNS response to which a record belongs by its name and type alone; undefined if these do not decide it. */
const ownSection = ({asked, record}: SectionGivens): Section | undefined => {
  const [name, type] = asked.split(' ');
  const [owner, , own] = record.split(' ');
  if (owner === name && (own === type || own === 'CNAME')) return 'answer';
  if (own === 'SOA') return 'authority';
  return own === 'NS' ? 'authority' : undefined;
};

/**
 * Returns the section of a DNS response to which a record belongs; undefined for an address record beside an answer, because it may
 * accompany an alias.
 */
const sectionOf = (givens: SectionGivens): Section | undefined =>
  ownSection(givens) ?? (givens.hasAnswer ? undefined : 'additional');

export const dnsSectionKind = listedKind<SectionGivens>({
  kind: 'dns-section',
  isRead: true,
  form: 'choice',
  // The secret has the form in which a question of the kind `dns-says` prints it.
  secrets: (givens) => (sectionOf(givens) === 'authority' ? [`AUTHORITY: ${typeIn(givens)}`] : []),
  all: (trace) =>
    responses(trace).flatMap(({message, event}) => {
      const all = {
        answer: message.answers,
        authority: message.authorities,
        additional: withoutOpt(message.additionals),
      };
      return sections.flatMap((did) =>
        all[did].map((record) => {
          const bare = {asked: askedFor(message), record: spokenRecord(record)};
          // The record is exactly what was asked for, so nobody needs to know DNS to see that it is the answer.
          if (isAskedFor(bare)) return 'trivial';
          const hasAnswer = message.answers.length > 0;
          return {
            givens: {...bare, ...(ownSection(bare) ? {} : {hasAnswer})},
            ...{did, n: event.n, evidence: byClause(event.packet, '1035 §4.1', did)},
          };
        }),
      );
    }),
  ask: ({asked, record, hasAnswer}) => [
    wordedWithNames(dnsSection.given, {asked, has: hasAnswer === undefined ? '' : hasAnswer ? 'yes' : 'no'}),
    valuesLine(record),
    dnsSection.asks,
  ],
  solve(givens) {
    const answer = sectionOf(givens);
    const {explain, hint} = dnsSection;
    const [, type] = givens.asked.split(' ');
    const own = typeIn(givens);
    const isAlias = answer === 'answer' && own !== type;
    return (
      answer && {
        answer,
        explain: isAlias ? explain.alias : own === 'SOA' ? explain.soa : explain[answer],
        hints: [hint],
      }
    );
  },
  beliefs: whatever(dnsSection.beliefs),
  words: wordsOf(dnsSection.choices),
});

type NameGivens = {readonly name: string};

const header = {udp: 8, dns: 12, question: 4, opt: 11} as const;

export const nameOctetsKind = listedKind<NameGivens>({
  kind: 'name-octets',
  isRead: true,
  form: 'numeral',
  all: (trace) =>
    messages(trace).flatMap(({message, event}) => {
      const [question, more] = message.questions;
      const [opt, other] = message.additionals;
      const length = fieldEvidence(trace, event.packet, 'udp.length');
      if (message.flags.qr || !question || more || other || !length) return [];
      const options = opt?.data.kind === 'OPT' ? opt.data.options.length : 0;
      if (options > 0 || question.name === '.') return [];
      const around = header.udp + header.dns + header.question + (opt ? header.opt : 0);
      const did = String(Number(length.value) - around);
      const field = `expression:packet(${event.packet}).udp.length - ${around}`;
      return [
        {
          givens: {name: spokenName(question.name)},
          ...{did, n: event.n, evidence: {packet: event.packet, field, value: did}},
        },
      ];
    }),
  ask: ({name}) => [nameOctets.given, valuesLine(name), nameOctets.asks],
  solve({name}) {
    const labels = name.split('.');
    const letters = name.length - labels.length + 1;
    return {
      answer: String(name.length + 2),
      explain: worded(nameOctets.explain, {letters, labels: labels.length, right: name.length + 2}),
      hints: [nameOctets.hints.labels, nameOctets.hints.root],
    };
  },
  beliefs: beliefsIn(nameOctets.beliefs, {
    text: ({name}) => name.length,
    noRoot: ({name}) => name.length + 1,
    letters: ({name}) => name.replaceAll('.', '').length,
  }),
});

type FitsGivens = {
  readonly asked: string;
  readonly octets: number;
  /** The UDP payload size in bytes that the query's EDNS option announces; undefined without EDNS. */
  readonly edns: number | undefined;
};

const plainLimit = 512;

const limitOf = ({edns = plainLimit}: FitsGivens): number => edns;

const fitsUdp = (givens: FitsGivens): boolean => givens.octets <= limitOf(givens);

/**
 * Returns the length in octets of the whole DNS response: this one, or the untruncated one that replaces it over TCP; undefined if neither
 * is in the run.
 */
const wholeOctets = (trace: Trace, reply: Said): number | undefined => {
  const whole = responses(trace).find(
    ({message, event: {n, host}, to}) =>
      n >= reply.event.n &&
      host === reply.event.host &&
      to === reply.to &&
      askedFor(message) === askedFor(reply.message) &&
      !message.flags.tc,
  );
  const udp = whole && fieldEvidence(trace, whole.event.packet, 'udp.length')?.value;
  if (udp !== undefined) return Number(udp) - header.udp;
  const tcp = whole && fieldEvidence(trace, whole.event.packet, 'dns.length')?.value;
  return tcp === undefined ? undefined : Number(tcp);
};

export const dnsFitsKind = listedKind<FitsGivens>({
  kind: 'answer-fits',
  form: 'choice',
  // Lessons ask for the truncation flag by this field name, so a question about it would give away the answer.
  secrets: () => ['dns.flags.truncated'],
  all: (trace) =>
    messages(trace).flatMap(({message, event, to}): readonly (Found<FitsGivens> | Rejection)[] => {
      const isUdp = fieldEvidence(trace, event.packet, 'udp.length') !== undefined;
      const reply = responses(trace).find(
        (each) => each.event.host === to && each.to === event.host && each.event.n > event.n,
      );
      const octets = reply && wholeOctets(trace, reply);
      if (message.flags.qr || !isUdp || octets === undefined || !reply) return [];
      const edns = ednsOf(message);
      // A response of less than 256 bytes obviously fits, which takes no thought.
      if (octets < plainLimit / 2) return ['trivial'];
      const did = reply.message.flags.tc ? 'tcp' : 'whole';
      return [
        {
          givens: {asked: askedFor(message), octets, edns: edns?.udpSize},
          ...{did, n: event.n, evidence: byClause(reply.event.packet, '6891 §6.2.3', did)},
        },
      ];
    }),
  ask: ({asked, octets, edns}) => [
    dnsFits.given,
    valuesLine(`${asked}${edns === undefined ? '' : `  EDNS ${edns}`}`),
    wordedWithNames(dnsFits.asks, {octets, edns: edns !== undefined}),
  ],
  solve(givens) {
    const answer = fitsUdp(givens) ? 'whole' : 'tcp';
    return {
      answer,
      explain: worded(dnsFits.explain[answer], {octets: givens.octets, limit: limitOf(givens)}),
      hints: [dnsFits.hint],
    };
  },
  beliefs: [
    {misconception: 'dns-only-udp', answers: (givens) => (fitsUdp(givens) ? undefined : 'cut')},
    ...whatever(dnsFits.beliefs),
  ],
  words: wordsOf(dnsFits.choices),
});
