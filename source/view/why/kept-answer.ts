// Answers *Why?* for what a program stores (a DNS cache entry, a cookie, a session of a web site): which event stored it, and how it is
// used now.
import {spokenData} from '../../account/dns-parts.ts';
import {entriesOf, entryAt, instantOf, ofKind, sameTimeAs, worldAt} from '../../account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../account/packet.ts';
import {crashBefore} from '../../account/told/power.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {isAtOrBelow, nameKey} from '../../wire/dns/name.ts';
import {RecordType, typeName} from '../../wire/dns/registry.ts';
import {sectionWords} from '../../words/catalogue/cache.ts';
import {verdictTexts} from '../../words/catalogue/cookies.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyCache, whyCookie} from '../../words/catalogue/why.ts';
import {formatTime} from '../../words/format.ts';
import {terminal} from '../../words/written.ts';
import {brief, jarScenes, sessionScenes} from '../http/cookies.ts';
import {lastSeen} from '../seen.ts';
import type {Subject} from '../subject.ts';
import type {View} from '../view.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';

type Of<Kind extends Subject['kind']> = Extract<Subject, {kind: Kind}>;

/** Returns the notes (on DNS cache, cookies, sessions …) that a host's programs have logged up to the last visible event, in order. */
const notesOf = (view: View, host: string): readonly EventOf<'note'>[] => {
  const seen = lastSeen(view);
  return [...entriesOf(view.input.trace, 'note')].filter((note) => note.host === host && note.n <= seen);
};

type Told = {readonly heading: string; readonly now: readonly string[]; readonly event: number | undefined};

const answered = (view: View, {heading, now, event}: Told): Why => {
  const why = event === undefined ? nothingToTell(view) : whyOf(view, event);
  return {...why, heading, paragraphs: [...now, ...why.paragraphs], myth: [], next: undefined};
};

const cacheNotes = (view: View, {host, name, type}: Of<'cache'>) =>
  notesOf(view, host).flatMap(({n, atUs, fromPacket, note}) =>
    note.kind === 'cache' && note.op !== 'flush' && nameKey(note.name) === name && note.type === type
      ? [{...note, n, atUs, fromPacket, host}]
      : [],
  );

type CacheNote = ReturnType<typeof cacheNotes>[number];

/** Returns a text on a DNS cache entry: its data, where it came from and how long it is valid. */
const storedText = ({language}: View, {records, negative, atUs, ttl, trust, fromPacket}: CacheNote): string =>
  whyCache.stored[language]({
    data: negative ?? records.map((record) => spokenData(record.data)).join(punctuation.listComma[language]),
    time: formatTime(atUs),
    ttl,
    packet: fromPacket,
    section: trust && sectionWords[trust][language],
  });

/** Returns the addresses that a host's DNS cache has stored so far for the name servers in an NS entry. */
const addressesOf = (view: View, host: string, {records}: CacheNote): readonly string[] => {
  const names = records.flatMap(({data}) => (data.kind === 'NS' ? [nameKey(data.name)] : []));
  return notesOf(view, host).flatMap(({note}) =>
    note.kind === 'cache' && note.op === 'store' && names.includes(nameKey(note.name))
      ? note.records.map(({data}) => spokenData(data))
      : [],
  );
};

/**
 * Returns the newest packet, after the entry was stored, with a DNS query to an address in a cache entry; for an NS entry, to one of the
 * zone's servers about a name in the zone. undefined if there is none.
 */
const queriedAt = (view: View, host: string, entry: CacheNote): number | undefined => {
  const {n, records, name, type} = entry;
  const isZone = type === RecordType.NS;
  const addresses = isZone
    ? addressesOf(view, host, entry)
    : records.map((record) => spokenData(record.data));
  const {trace} = view.input;
  for (let at = lastSeen(view); at > n; at -= 1) {
    const event = entryAt(trace, at);
    if (event.kind !== 'send' || event.host !== host || event.packet < 1) continue;
    const ip = ipPacketOf(packetOf(trace, event.packet));
    const isQuery = ip?.transport.kind === 'udp' && ip.transport.datagram.dstPort === dnsPort;
    if (!isQuery || !addresses.includes(ip.dst)) continue;
    const [question] = dnsMessagesOf(packetOf(trace, event.packet))[0]?.questions ?? [];
    if (!isZone || (question && isAtOrBelow(question.name, name))) return event.packet;
  }
  return undefined;
};

/** Returns the DNS message in a packet if its question has the name and type of a cache entry; otherwise undefined. */
const messageAbout = (trace: Trace, {name, type}: Of<'cache'>, packet: number): DnsMessage | undefined => {
  const [message] = packet < 1 ? [] : dnsMessagesOf(packetOf(trace, packet));
  const [question] = message?.questions ?? [];
  return question && nameKey(question.name) === name && question.type === type ? message : undefined;
};

/**
 * Returns the send event of the last query that a host sent for the name and type of a missing DNS cache entry; undefined if there is none.
 * A server may be asked for less than the name looked up in the cache (RFC 9156 §2).
 */
const queryFor = (view: View, subject: Of<'cache'>): EventOf<'send'> | undefined => {
  const {trace} = view.input;
  const seen = lastSeen(view);
  return [...entriesOf(trace, 'send')].findLast(
    ({n, host, packet}) =>
      host === subject.host && n <= seen && messageAbout(trace, subject, packet)?.flags.qr === false,
  );
};

/** Tells whether a DNS cache entry is stored at the time of event `n`; the arrival of a response is logged before its entry is stored. */
const isStoredWith = (trace: Trace, {host, name, type}: Of<'cache'>, n: number): boolean =>
  ofKind(sameTimeAs(trace, n), 'note').some(
    ({host: keeper, note}) =>
      keeper === host &&
      note.kind === 'cache' &&
      note.op === 'store' &&
      nameKey(note.name) === name &&
      note.type === type,
  );

/**
 * Tells whether the lookup that missed the DNS cache at event `since` is over: its answer was given to the program or sent to the client,
 * or the stub has received a response.
 */
const isOver = (view: View, subject: Of<'cache'>, since: number): boolean => {
  const {host, name, type} = subject;
  const {trace} = view.input;
  for (let n = since + 1; n <= lastSeen(view); n += 1) {
    const event = entryAt(trace, n);
    if (event.host !== host || isStoredWith(trace, subject, n)) continue;
    if (event.kind === 'answer' && event.action.call === 'resolve' && event.action.type === type)
      if (`${nameKey(event.action.name)}.`.replace(/\.\.$/, '.') === name) return true;
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    const message = messageAbout(trace, subject, event.packet);
    if (!message?.flags.qr) continue;
    const keeper = worldAt(trace, n)?.hosts[host];
    // A response does not end a resolver's lookup if it is a referral, nor any lookup if it is truncated, because another query follows
    // (RFC 1034 §5.3.3, RFC 1035 §4.2.1).
    if (event.kind === 'send' || (!message.flags.tc && keeper && dnsRoleOn(keeper) === 'stub')) return true;
  }
  return false;
};

/**
 * Tells whether a response to the question has arrived since; a truncated one does not count, because another query follows
 * (RFC 1035 §4.2.1).
 */
const hasResponse = (view: View, subject: Of<'cache'>, since: number): boolean => {
  const {trace} = view.input;
  const seen = lastSeen(view);
  return [...entriesOf(trace, 'arrive')].some(({n, host, packet}) => {
    if (n <= since || n > seen || host !== subject.host) return false;
    const flags = messageAbout(trace, subject, packet)?.flags;
    return flags?.qr === true && !flags.tc && !isStoredWith(trace, subject, n);
  });
};

const awaitedAnswer = (view: View, subject: Of<'cache'>, heading: string): Why => {
  const query = queryFor(view, subject);
  if (query === undefined) return answered(view, {heading, now: [], event: undefined});
  const {n, packet, atUs} = query;
  const over = hasResponse(view, subject, n);
  const now = [whyCache.asked[view.language]({packet, time: formatTime(atUs), over})];
  return answered(view, {heading, now, event: n});
};

type Gone = {readonly how: string; readonly since: string; readonly ttl: number};

const notKept: Gone = {how: 'nothing', since: '', ttl: 0};

/** Returns when and how a host last lost its cache before event `n`: it was emptied, or the host went down; event 0 if neither happened. */
const emptiedBefore = (
  view: View,
  host: string,
  n: number,
): Pick<TraceEvent, 'n' | 'atUs'> & Pick<Gone, 'how'> => {
  const never = {n: 0, atUs: 0};
  const flush =
    notesOf(view, host).findLast(
      (each) => each.n < n && each.note.kind === 'cache' && each.note.op === 'flush',
    ) ?? never;
  const crash = crashBefore(view.input.trace, {n, host}) ?? never;
  return flush.n > crash.n ? {...flush, how: 'flush'} : {...crash, how: 'crash'};
};

/** Returns why an earlier DNS cache entry was gone when a lookup missed it, such as that it expired or the cache was flushed. */
const goneEntry = (view: View, notes: readonly CacheNote[], missed: CacheNote): Gone => {
  const earlier = notes.filter(({n}) => n < missed.n);
  const stored = earlier.findLast(({op}) => op === 'store');
  if (stored === undefined) return notKept;
  const {ttl, n, atUs} = stored;
  const since = formatTime(atUs);
  if (earlier.some((each) => each.op === 'expire' && each.n > n))
    return {how: ttl === 0 ? 'once' : 'expired', since, ttl};
  const emptied = emptiedBefore(view, missed.host, missed.n);
  return emptied.n > n && atUs + ttl * 1_000_000 > missed.atUs
    ? {how: emptied.how, since: formatTime(emptied.atUs), ttl}
    : notKept;
};

/**
 * Returns the packet that contained the missing record at the instant of the cache miss, but which the host did not believe, because it had
 * not asked that server for it (RFC 5452 §6); undefined if there is none.
 */
const disbelieved = (view: View, {host, name, type}: Of<'cache'>, missed: CacheNote): number | undefined =>
  notesOf(view, host).find(
    ({atUs, note}) =>
      atUs === missed.atUs &&
      note.kind === 'scrubbed' &&
      note.records.some((record) => nameKey(record.name) === name && record.type === type),
  )?.fromPacket;

export const cacheAnswer = (view: View, subject: Of<'cache'>): Why => {
  const {language} = view;
  const about = {host: theHost(view.input.trace, subject.host), name: terminal.text(subject.name)};
  if (subject.type === undefined) {
    const hosts = notesOf(view, subject.host).findLast(
      ({note}) => note.kind === 'hosts' && nameKey(note.name) === subject.name,
    );
    const now = [whyCache.inHostsFile[language]];
    return answered(view, {heading: whyCache.hostsFile[language](about), now, event: hosts?.n});
  }
  const notes = cacheNotes(view, subject);
  const stored = notes.findLast(({op}) => op === 'store');
  const missed = notes.findLast(({op}) => op === 'miss');
  const kind = {...about, type: typeName(subject.type)};
  const waiting = whyCache.waiting[language](kind);
  if (stored === undefined && missed === undefined) return awaitedAnswer(view, subject, waiting);
  if (stored === undefined || (missed !== undefined && missed.n > stored.n)) {
    const keeper = worldAt(view.input.trace, lastSeen(view))?.hosts[subject.host];
    const stub = keeper !== undefined && dnsRoleOn(keeper) === 'stub';
    const over = missed !== undefined && isOver(view, subject, missed.n);
    const before = missed && view.hidden.length === 0 ? goneEntry(view, notes, missed) : notKept;
    const told = missed && disbelieved(view, subject, missed);
    const now = missed
      ? [whyCache.missed[language]({time: formatTime(missed.atUs), stub, over, told, ...before})]
      : [];
    return answered(view, {heading: waiting, now, event: missed?.n});
  }
  const {n} = stored;
  // The entry for a name that does not exist applies to all types (RFC 2308 §5).
  const type = stored.negative === 'NXDOMAIN' ? undefined : kind.type;
  const times = notes.filter((each) => each.op === 'hit' && each.n > n).length;
  // The texts on a cache entry contain numbers, so they are left out while a question is open.
  const isAsked = view.hidden.length > 0;
  const now = isAsked
    ? []
    : [
        storedText(view, stored),
        whyCache.used[language]({times, packet: queriedAt(view, subject.host, stored)}),
      ];
  return answered(view, {heading: whyCache.known[language]({...about, type}), now, event: n});
};

/**
 * Returns a text on since when a cookie has been in the jar, and since when it has its value. A cookie that is set again keeps its creation
 * time (RFC 6265 §5.3 step 11).
 */
const inJarText = (own: readonly EventOf<'note'>[], language: Language): string => {
  const changes = own.flatMap(({atUs, note}) =>
    note.kind === 'cookie' && ['stored', 'expired', 'dropped'].includes(note.op)
      ? [{atUs, stored: note.op === 'stored', value: 'value' in note ? note.value : undefined}]
      : [],
  );
  const kept = changes.slice(changes.findLastIndex(({stored}) => !stored) + 1);
  const now = kept.at(-1)?.value;
  const [set, valued] = [kept[0], kept[kept.findLastIndex(({value}) => value !== now) + 1]].map(
    (change) => change && formatTime(change.atUs),
  );
  return whyCookie.stored[language]({time: set ?? '', value: valued === set ? undefined : valued});
};

export const cookieAnswer = (view: View, subject: Of<'cookie'>): Why => {
  const {language} = view;
  const {host, name, domain, path} = subject;
  const isIt = (each: {readonly name: string; readonly domain: string; readonly path: string}): boolean =>
    each.name === name && each.domain === domain && each.path === path;
  const own = notesOf(view, host).filter(({note}) => note.kind === 'cookie' && isIt(note));
  const stored = own.findLast(({note}) => note.kind === 'cookie' && note.op === 'stored');
  const withheld = own.findLast(({note}) => note.kind === 'cookie' && note.op === 'withheld');
  const sent = own.findLast(({note}) => note.kind === 'cookie' && note.op === 'sent');
  const jar = jarScenes(view).find(({lines}) =>
    lines.some((line) => line.subject.kind === 'cookie' && line.subject.host === host && isIt(line.subject)),
  );
  const line = jar?.lines.find(({subject: at}) => at.kind === 'cookie' && isIt(at));
  const {url, asked, waits = false} = jar ?? {};
  const about = {host: theHost(view.input.trace, host), name: terminal.text(name), waits};
  /**
   * Returns the answer to *Why?* by the rule of the last request that sent or withheld the cookie. If the next request would be another
   * one, that event is not the cause of the present state, so it is not named.
   */
  const judged = (kind: 'sent' | 'withheld', now: readonly string[]): Why => {
    const last = kind === 'sent' ? sent : withheld;
    const isOfIt = asked !== undefined && instantOf(view.input.trace, asked).some(({n}) => n === last?.n);
    const by = waits || isOfIt ? last : undefined;
    const heading = whyCookie[waits || isOfIt ? kind : 'would'][language](about);
    const why = answered(view, {heading, now, event: (by ?? stored)?.n});
    return by !== undefined && waits
      ? {...why, event: undefined, causedBy: undefined, previous: undefined}
      : why;
  };
  const since = stored ? [inJarText(own, language)] : [];
  if (line === undefined || url === undefined || line.verdict === 'unknown')
    return answered(view, {heading: whyCookie.kept[language](about), now: since, event: stored?.n});
  if (line.verdict === 'sent') return judged('sent', [whyCookie.fits[language]({url}), ...since]);
  return judged('withheld', [whyCookie.not[language]({url, reason: verdictTexts[line.verdict]}), ...since]);
};

/** Returns a key for why a session of a web server was unknown at event `n`, such as that it never existed or was lost in a crash. */
const goneBy = (view: View, host: string, {id, n}: {readonly id: string; readonly n: number}): string => {
  const ops = notesOf(view, host).flatMap((each) =>
    each.note.kind === 'session' && each.note.id === id && each.n < n ? [{op: each.note.op, n: each.n}] : [],
  );
  const last = ops.findLast(({op}) => op !== 'unknown');
  if (last === undefined) return 'never';
  const crash = crashBefore(view.input.trace, {n, host});
  return crash && crash.n > last.n ? 'crash' : last.op;
};

/**
 * Returns a sentence that the request for which a session was created had named another one, which no longer exists; empty if it had not.
 */
const insteadOf = (view: View, host: string, made: EventOf<'note'>): readonly string[] => {
  const named = ofKind(instantOf(view.input.trace, made.n), 'note').findLast(
    ({n, note}) => n < made.n && note.kind === 'session',
  );
  if (named?.note.kind !== 'session' || named.note.op !== 'unknown') return [];
  const {id} = named.note;
  return [whyCookie.instead[view.language]({old: brief(id), how: goneBy(view, host, {id, n: named.n})})];
};

export const sessionAnswer = (view: View, {host, id}: Of<'session'>): Why => {
  const {language} = view;
  const own = notesOf(view, host).filter(({note}) => note.kind === 'session' && note.id === id);
  const made = own.find(({note}) => note.kind === 'session' && note.op === 'created');
  const times = own.filter(({note}) => note.kind === 'session' && note.op === 'found').length;
  const lines = sessionScenes(view).flatMap((scene) => scene.lines);
  const line = lines.find(
    ({subject}) => subject.kind === 'session' && subject.host === host && subject.id === id,
  );
  const now = [
    ...(made ? [whyCookie.made[language]({time: formatTime(made.atUs)})] : []),
    ...(view.hidden.length > 0
      ? []
      : [...(made ? insteadOf(view, host, made) : []), whyCookie.found[language]({times})]),
    ...(line?.expired ? [whyCookie.expired[language]] : []),
  ];
  const heading = whyCookie.session[language]({host: theHost(view.input.trace, host), id: line?.id ?? ''});
  return answered(view, {heading, now, event: made?.n});
};
