// What is told of names that programs ask for, of what is answered, and of what caches keep, judged by raw events (DNS).
import {spokenData, spokenName} from '../../../source/account/dns-parts.ts';
import {charactersOf, type Foreign} from '../../../source/account/foreign.ts';
import type {Facts} from '../../../source/account/told/facts.ts';
import type {RecordData} from '../../../source/account/told/program-facts.ts';
import {fullRcode} from '../../../source/wire/dns/edns.ts';
import type {DnsMessage, DnsRecord} from '../../../source/wire/dns/message.ts';
import {isAtOrBelow, nameOctets, sameName} from '../../../source/wire/dns/name.ts';
import {rcodeName, typeName} from '../../../source/wire/dns/registry.ts';
import type {Of} from './seen.ts';
import {addressesOf, ipOf, isOfType} from './told-left.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Question = {readonly name: Foreign; readonly type: number};

/** As people write it: without the root's dot. */
const isNamed = (told: Foreign, name: string): boolean => charactersOf(told) === spokenName(name);

const isData = (told: RecordData, {data}: DnsRecord): boolean => {
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

const notThere: Claims = {'it is there': false};

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

const isRecord = (facts: Question & {data: RecordData; ttl: number}, record: DnsRecord): Claims => ({
  name: isNamed(facts.name, record.name),
  type: facts.type === record.type,
  data: isData(facts.data, record),
  TTL: facts.ttl === record.ttl,
});

const noteNow = (said: About): Of<'note'> | undefined => {
  const event = said.trace.event(said.n);
  return event.kind === 'note' ? event : undefined;
};

const editsZone = (facts: Facts['editsZone'], said: About): Claims => {
  const event = noteNow(said);
  const [record] = event?.note.kind === 'edit' ? event.note.records : [];
  if (!record) return notThere;
  return {
    ...isRecord(facts, record),
    'whose zone': event?.host === facts.host,
    'nobody is told': said.sent(facts.host).length === 0,
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

const cacheNow = (said: About, op: 'hit' | 'expire') => {
  const event = noteNow(said);
  return event?.note.kind === 'cache' && event.note.op === op ? {...event.note, host: event.host} : undefined;
};

/** Notes of its cache, of this instant. */
const hitsNow = (said: About, host: string) =>
  said.notes(host).flatMap((note) => (note.kind === 'cache' && note.op === 'hit' ? [note] : []));

const zonesNow = (said: About): readonly DnsRecord[] =>
  Object.values(said.trace.stateAt(said.n)?.hosts ?? {}).flatMap(({apps}) => {
    const state = apps.get('dns')?.state;
    return state?.role === 'authority' ? state.server.zones.flatMap(({records}) => records) : [];
  });

/** As it was asked for or answered in this instant, in whatever letters. */
const askedNow = (said: About, host: string): readonly string[] => [
  ...said
    .dnsSent(host)
    .flatMap(({flags, questions}) => (flags.qr ? questions.map(({name}) => spokenName(name)) : [])),
  ...said
    .now('answer', host)
    .flatMap(({action}) => (action.call === 'resolve' ? [action.name.replace(/\.$/, '')] : [])),
];

const fromCache = (facts: Facts['fromCache'], said: About): Claims => {
  const {host, asked, answered, stale, negative} = facts;
  const note = cacheNow(said, 'hit');
  if (!note) return notThere;
  const {name, records} = note;
  const others = askedNow(said, host).filter(
    (each) => each !== spokenName(name) && sameName(`${each}.`, name),
  );
  const edits = said
    .earlier('note')
    .filter(
      (event) => event.note.kind === 'edit' && event.note.records.some((each) => sameName(each.name, name)),
    );
  return {
    'who has it': note.host === host,
    name: isNamed(facts.name, name),
    type: facts.type === note.type,
    TTL: facts.ttl === note.ttl,
    'whether it is none': negative === note.negative,
    'nobody is asked': said.dnsSent(host).every(({flags}) => flags.qr),
    'an answer leaves that says what it is': answered
      ? said
          .dnsSent(host)
          .some(({flags, answers: [first]}) => flags.qr && first && sameName(first.name, name))
      : undefined,
    'in which letters it was asked for': asked ? others.includes(charactersOf(asked)) : others.length === 0,
    'a zone has that': stale
      ? zonesNow(said).some((record) => sameName(record.name, name) && isData(stale.data, record))
      : undefined,
    'and the cache has not': stale ? !records.some((record) => isData(stale.data, record)) : undefined,
    'since it was edited': stale ? edits.at(-1)?.atUs === stale.sinceUs : undefined,
    'it is what its zone says': stale ? undefined : edits.length === 0 || isStillSo(said, note),
  };
};

/** Of all that is there by that name and type nothing else is in the cache. */
const isStillSo = (
  said: About,
  {name, type, records, negative}: NonNullable<ReturnType<typeof cacheNow>>,
): boolean => {
  const there = zonesNow(said).filter((each) => sameName(each.name, name) && each.type === type);
  const texts = records.map(({data}) => spokenData(data));
  return negative ? there.length === 0 : there.every(({data}) => texts.includes(spokenData(data)));
};

const cacheExpired = (facts: Facts['cacheExpired'], said: About): Claims => {
  const {host, negative, alias, asks: asksAnew} = facts;
  const note = cacheNow(said, 'expire');
  if (!note) return notThere;
  const aliases = hitsNow(said, host).filter(({records}) =>
    records.some(({data}) => data.kind === 'CNAME' && sameName(data.name, note.name)),
  );
  return {
    'who had it': note.host === host,
    name: isNamed(facts.name, note.name),
    type: facts.type === note.type,
    'whether it was none': negative === note.negative,
    'it was kept before': said
      .earlier('note', host)
      .some(
        (event) =>
          event.note.kind === 'cache' &&
          event.note.op === 'store' &&
          sameName(event.note.name, note.name) &&
          event.note.negative === negative &&
          said.atUs - event.atUs >= 1_000_000 * event.note.ttl,
      ),
    'it asks': asksAnew
      ? said
          .dnsSent(host)
          .some(({flags, questions}) => !flags.qr && questions.some(({name}) => sameName(name, note.name)))
      : undefined,
    // RFC 1034 §3.6.2.
    'an alias leads there still, or none does': alias
      ? aliases.some(({name, ttl}) => isNamed(alias.name, name) && ttl === alias.ttl)
      : aliases.length === 0,
  };
};

const cacheFlushed = ({host, entries}: Facts['cacheFlushed'], said: About): Claims => {
  const event = noteNow(said);
  return {
    'it is emptied':
      event?.host === host &&
      event.note.kind === 'cache' &&
      event.note.op === 'flush' &&
      event.note.entries === entries,
  };
};

/** Messages of DNS that this host has sent to that server, or got from there. */
const saidBetween = (
  said: About,
  host: string,
  [kind, end, server]: readonly ['send' | 'arrive', 'src' | 'dst', string],
) =>
  said
    .ever(kind, host)
    .flatMap((event) =>
      event.n < said.n && event.packet > 0 && ipOf(said.trace.packet(event.packet).frame)?.[end] === server
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

export const namesTold: ToldRows = {
  ...{asks, refers, answers, editsZone, answersNothing, answersCopy},
  ...{fromCache, cacheExpired, cacheFlushed, serverFault, resolved},
};
