// What is told of zones that are edited and of what caches keep of names, judged by raw events (DNS).
import {spokenData, spokenName} from '../../../source/account/dns-parts.ts';
import {charactersOf, type Foreign} from '../../../source/account/foreign.ts';
import type {Facts} from '../../../source/account/told/facts.ts';
import type {RecordData} from '../../../source/account/told/program-facts.ts';
import type {DnsRecord} from '../../../source/wire/dns/message.ts';
import {sameName} from '../../../source/wire/dns/name.ts';
import {isData, isNamed, notThere} from './told-names.ts';
import {noteNow} from './told-pages.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Question = {readonly name: Foreign; readonly type: number};

const isRecord = (facts: Question & {data: RecordData; ttl: number}, record: DnsRecord): Claims => ({
  name: isNamed(facts.name, record.name),
  type: facts.type === record.type,
  data: isData(facts.data, record),
  TTL: facts.ttl === record.ttl,
});

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

export const cachesTold = {editsZone, fromCache, cacheExpired, cacheFlushed} satisfies ToldRows;
