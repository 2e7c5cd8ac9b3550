// What is told of names that programs ask for, of what is answered, and of what caches keep, judged by raw events (DNS).
import {spokenData, spokenName} from '../../../source/account/dns-parts.ts';
import {charactersOf, type Foreign} from '../../../source/account/foreign.ts';
import type {Facts} from '../../../source/account/told/facts.ts';
import type {RecordData} from '../../../source/account/told/program-facts.ts';
import {fullRcode} from '../../../source/wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../../../source/wire/dns/message.ts';
import {isAtOrBelow, nameOctets, sameName} from '../../../source/wire/dns/name.ts';
import {rcodeName, typeName} from '../../../source/wire/dns/registry.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import type {Of} from './seen.ts';
import {addressesOf, ipOf, isOfType} from './told-left.ts';
import {noteNow} from './told-pages.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

/** As people write it: without the root's dot. */
export const isNamed = (told: Foreign, name: string): boolean => charactersOf(told) === spokenName(name);

export const isData = (told: RecordData, {data}: DnsRecord): boolean => {
  if (typeof told !== 'object' || !('bytes' in told)) return charactersOf(told) === spokenData(data);
  if (data.kind !== 'TXT') return false;
  return data.strings.join('').length / 2 === told.bytes && data.strings.length === told.strings;
};

type Leaving = {readonly message: DnsMessage; readonly event: Of<'send'>};

/** The message that leaves by the event that is told of. */
const leavingNow = (said: About): Leaving | undefined => {
  const event = said.trace.event(said.n);
  const [message] = event.kind === 'send' && event.hop === 0 ? said.dns(event) : [];
  return message && event.kind === 'send' ? {message, event} : undefined;
};

const fromTo = ({trace}: About, {event}: Leaving, {host, peer}: {host: string; peer: string}): Claims => ({
  'who sends it': event.host === host && trace.packet(event.packet).from === host,
  'to whom': trace.packet(event.packet).to === peer,
});

export const notThere: Claims = {'it is there': false};

const asks = (facts: Facts['asks'], said: About): Claims => {
  const now = leavingNow(said);
  const [question] = now?.message.questions ?? [];
  if (!now || !question) return notThere;
  return {
    ...fromTo(said, now, facts),
    'it asks': !now.message.flags.qr,
    name: isNamed(facts.name, question.name),
    type: facts.type === question.type,
    RD: facts.recursive === now.message.flags.rd,
  };
};

const refers = (facts: Facts['refers'], said: About): Claims => {
  const now = leavingNow(said);
  if (!now) return notThere;
  const {answers, authorities, flags} = now.message;
  const servers = authorities.filter(({data}) => data.kind === 'NS');
  return {
    ...fromTo(said, now, facts),
    'no answer': flags.qr && answers.length === 0 && fullRcode(now.message) === 0,
    'not from its own zone': !flags.aa,
    'of which type': isOfType(said, now.event.packet, facts.type),
    zone: servers.every(({name}) => isNamed(facts.zone, name)),
    'how many servers': servers.length === facts.more + 1,
  };
};

/** Its source is not its sender's: whose it is. */
const isForged = (said: About, {packet, host}: Of<'send'>): boolean =>
  !addressesOf(said, host).includes(ipOf(said.trace.packet(packet).frame)?.src ?? '');

const originOf = (
  said: About,
  {message, event}: Leaving,
  {origin, alleged, times}: Facts['answers'],
): Claims => {
  const source = ipOf(said.trace.packet(event.packet).frame)?.src ?? '';
  const forged = said
    .now('send', event.host)
    .filter((each) => each.hop === 0 && isForged(said, each) && said.dns(each).length > 0);
  const isOwn = !isForged(said, event);
  return {
    'from whom it is': origin === (isOwn ? (message.flags.aa ? 'own' : 'others') : 'forged'),
    'in whose name':
      alleged === (isOwn ? undefined : said.trace.header.hosts.find(({ip}) => ip.includes(source))?.name),
    'so many leave': times === Math.max(1, forged.length),
  };
};

/** Of two: what an alias leads to, or the other one of a set. */
const isSecond = (
  {answers: [first, other, ...more]}: DnsMessage,
  {second, alike}: Facts['answers'],
): boolean => {
  const isTold =
    other !== undefined &&
    more.length === 0 &&
    (first?.data.kind === 'CNAME' || (alike && first?.ttl === other.ttl));
  if (!second || !isTold) return !second && !isTold;
  return (
    isNamed(second.name, other.name) &&
    second.type === other.type &&
    isData(second.data, other) &&
    second.ttl === other.ttl
  );
};

const answers = (facts: Facts['answers'], said: About): Claims => {
  const now = leavingNow(said);
  const [first, ...others] = now?.message.answers ?? [];
  if (!now || !first) return notThere;
  const isAlike = others.every(({name, type}) => type === first.type && sameName(name, first.name));
  return {
    ...fromTo(said, now, facts),
    ...originOf(said, now, facts),
    'it answers': now.message.flags.qr && fullRcode(now.message) === 0,
    name: isNamed(facts.name, first.name),
    type: facts.type === first.type,
    data: isData(facts.data, first),
    TTL: facts.ttl === first.ttl,
    more: facts.more === others.length,
    'of one name and type': facts.alike === isAlike,
    'the other one': isSecond(now.message, facts),
  };
};

/** Queries with the id of that response which have come by now. */
const queriesFor = (said: About, {message, event}: Leaving) =>
  said
    .ever('arrive', event.host)
    .flatMap((each) =>
      said
        .dns(each)
        .flatMap((query) =>
          !query.flags.qr && query.id === message.id ? [{query, packet: each.packet}] : [],
        ),
    );

/** What the OPT record says of UDP, in its class (RFC 6891 §6.1.2). */
const sizeIn = (message: DnsMessage): number | undefined =>
  message.additionals.find(({type}) => typeName(type) === 'OPT')?.class;

const isLimit = (
  said: About,
  now: Leaving,
  {octets, by}: NonNullable<Facts['answersNothing']['limit']>,
): boolean => {
  const sizes = queriesFor(said, now).map(({query}) => sizeIn(query));
  if (by === 'rule') return sizes.includes(undefined) && octets === 512;
  if (by === 'query') return sizes.some((size) => size !== undefined && Math.max(512, size) === octets);
  return sizeIn(now.message) === octets;
};

const whyNothing = (message: DnsMessage): string => {
  const rcode = fullRcode(message);
  if (rcode !== 0) return rcodeName(rcode);
  return message.flags.tc && message.answers.length === 0 ? 'truncated' : 'NODATA';
};

const answersNothing = (facts: Facts['answersNothing'], said: About): Claims => {
  const {why, question, alias, limit} = facts;
  const now = leavingNow(said);
  if (!now) return notThere;
  const [asked] = now.message.questions;
  return {
    ...fromTo(said, now, facts),
    'it answers': now.message.flags.qr,
    'with no data': why === whyNothing(now.message) && (why !== 'NODATA' || now.message.answers.length === 0),
    'what was asked':
      asked === undefined
        ? question === undefined
        : question !== undefined && isNamed(question.name, asked.name) && question.type === asked.type,
    // RFC 2308 §2.1: the name is an alias then, and it is what it leads to that is not.
    'an alias leads away, or none does': alias === now.message.answers.length > 0,
    'how long it may be': limit ? isLimit(said, now, limit) : undefined,
    'it was cut': limit ? now.message.flags.tc : undefined,
  };
};

const answersCopy = (facts: Facts['answersCopy'], said: About): Claims => {
  const now = leavingNow(said);
  if (!now) return notThere;
  const packets = queriesFor(said, now).map(({packet}) => packet);
  const isAnswer = (event: Of<'send'> | Of<'arrive'>): boolean =>
    said.dns(event).some(({flags, id}) => flags.qr && id === now.message.id);
  return {
    ...fromTo(said, now, facts),
    'one packet has come twice': new Set(packets).size < packets.length,
    'it has answered before': said.earlier('send', facts.host).some(isAnswer),
    'whether the answer has come': facts.settled === said.earlier('arrive', facts.peer).some(isAnswer),
  };
};

/** What comes with an RST nobody reads. */
const isReset = (said: About, event: Of<'send'> | Of<'arrive'>): boolean =>
  said.passing(event).some(({segment}) => hasFlag(segment, 'RST'));

/** Messages of DNS that this host has sent to that server, or got from there. */
const saidBetween = (
  said: About,
  host: string,
  [kind, end, server]: readonly ['send' | 'arrive', 'src' | 'dst', string],
) =>
  said
    .ever(kind, host)
    .flatMap((event) =>
      event.n < said.n &&
      event.packet > 0 &&
      !isReset(said, event) &&
      ipOf(said.trace.packet(event.packet).frame)?.[end] === server
        ? said.dns(event)
        : [],
    );

const serverFault = (facts: Facts['serverFault'], said: About): Claims => {
  const {host, server, fault, code, zone, overTcp} = facts;
  const event = noteNow(said);
  if (event?.note.kind !== 'server') return notThere;
  const asked = saidBetween(said, host, ['send', 'dst', server]);
  const got = saidBetween(said, host, ['arrive', 'src', server]);
  const last = got.at(-1);
  const isError = event.note.fault === 'error';
  const rcode = isError && last ? fullRcode(last) : 0;
  const below = last?.authorities.find(({data}) => data.kind === 'NS');
  const isReferral =
    isError &&
    rcode === 0 &&
    below &&
    isAtOrBelow(below.name, event.note.zone) &&
    !sameName(below.name, event.note.zone);
  const [arrival] = said
    .ever('arrive', host)
    .filter(({n, packet}) => n < said.n && packet > 0)
    .slice(-1);
  const transport = arrival && ipOf(said.trace.packet(arrival.packet).frame)?.transport.kind;
  const isSilent = event.note.fault === 'silent';
  return {
    'who asked whom': event.host === host && event.note.server === server,
    'it has asked that server': asked.length > 0 || overTcp,
    'what is wrong': isSilent ? fault === 'silent' || fault === 'unreachable' : fault === event.note.fault,
    'no answer of it has come':
      fault === 'silent' && !overTcp
        ? asked.some(({id}) => got.every((answer) => answer.id !== id))
        : undefined,
    'only truncated ones have come': overTcp
      ? asked.some(({id}) => {
          const own = got.filter((answer) => answer.id === id);
          return own.length > 0 && own.every(({flags}) => flags.tc);
        })
      : undefined,
    'ICMP has said so': fault === 'unreachable' ? transport === 'icmp' : undefined,
    'its answer is that error': code === (rcode === 0 ? undefined : rcodeName(rcode)),
    'a referral without addresses': zone
      ? isReferral === true &&
        isNamed(zone, below.name) &&
        last?.additionals.every(({data}) => data.kind !== 'A' && data.kind !== 'AAAA')
      : !isReferral,
  };
};

/** Why a name cannot be asked for (RFC 1035 §2.3.4). */
const isFault = (name: string, fault: Facts['resolved']['fault']): boolean => {
  const labels = name.replace(/\.$/, '').split('.');
  const longest = Math.max(...labels.map(({length}) => length));
  if (fault === 'label') return longest > 63;
  if (fault === 'name') return longest <= 63 && nameOctets(`${labels.join('.')}.`) > 255;
  return fault !== 'empty' || labels.includes('');
};

const resolved = (facts: Facts['resolved'], said: About): Claims => {
  const {host, result, alias, fault, data} = facts;
  const event = said.trace.event(said.n);
  if (event.kind !== 'answer' || event.action.call !== 'resolve' || !('chain' in event.answer))
    return notThere;
  const {action, answer} = event;
  const [first] = answer.records;
  const replies = said.ever('arrive').flatMap((each) => said.dns(each).filter(({flags}) => flags.qr));
  return {
    'whose program it is': event.host === host,
    name: charactersOf(facts.name) === action.name.replace(/\.$/, ''),
    type: facts.type === action.type,
    'what it is told': result === answer.result,
    data: data && first ? isData(data, first) : !data && !first,
    'it has its answer, or not': (result === 'ok') === (data !== undefined),
    'an alias leads away, or none does': alias === answer.chain.length > 0,
    'a server has said so':
      result === 'NXDOMAIN'
        ? replies.some(({rcode}) => rcodeName(rcode) === 'NXDOMAIN')
        : result === 'NODATA'
          ? replies.some(({answers}) => answers.length === 0)
          : undefined,
    'why it cannot be asked for':
      (result === 'EINVAL') === (fault !== undefined) && (!fault || isFault(action.name, fault)),
    'nothing is sent': result === 'EINVAL' ? said.now('send', host).length === 0 : undefined,
  };
};

export const namesTold = {
  ...{asks, refers, answers, answersNothing, answersCopy},
  ...{serverFault, resolved},
} satisfies ToldRows;
