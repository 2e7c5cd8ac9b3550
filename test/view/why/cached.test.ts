// *Why?* of an entry of a cache: what it says, from where it came, and what it was used for. Oracle: the zones of the lesson and its packets.
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../../source/account/packet.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {formatTime} from '../../../source/words/format.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

type Entry = Extract<Subject, {kind: 'cache'}>;

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const run = (name: string): Trace =>
  traceOf(allRuns().find((each) => each.name === name) ?? expect.fail('no such run'));

const trace = run('dns-iterative what-if 7');

const toldOf = (of: Trace, {host, name, type}: Omit<Entry, 'kind'>) => {
  const opened = open({trace: of, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'cache', host, name, type}).paragraphs;
};

const known = (host: string, name: string) => toldOf(trace, {host, name, type: 1});

test('glue says its address, its packet and its section, and what it was used for', () => {
  const asked = 6;
  const address = ipPacketOf(packetOf(trace, asked))?.dst;
  const [stored, used] = known('local', 'dns.abc.com.');
  expect(stored).toSay({
    ...{says: 'why.whyCache.stored', data: address, time: '85 ms', ttl: 172_800, packet: 5},
    section: 'glue',
  });
  expect(used).toSay({says: 'why.whyCache.used', times: 0, packet: asked});
});

test('the answer itself is asked of nobody', () => {
  const [data, use] = known('local', 'y.abc.com.');
  expect(data).toSay({says: 'why.whyCache.stored', packet: 9, section: 'ANSWER'});
  expect(use).toSay({says: 'why.whyCache.used', packet: undefined});
});

// RFC 1034 §5.3.3: the servers of the nearest zone are asked; their names stand in its NS records, their addresses beside them.
test.each(['url-to-page what-if 2', 'dns-cache base', 'dns-iterative base'])('%s: NS records', (name) => {
  const own = run(name);
  const [first] = [...entriesOf(own, 'note')].flatMap(({n, host, note}) =>
    note.kind === 'cache' && note.op === 'store' && note.type === 2
      ? [{n, host, name: note.name, records: note.records}]
      : [],
  );
  if (!first) expect.fail('no NS records');
  const servers = first.records.flatMap(({data}) => (data.kind === 'NS' ? [data.name] : []));
  const addresses = [...entriesOf(own, 'note')].flatMap(({note}) =>
    note.kind === 'cache' && note.op === 'store' && servers.includes(note.name)
      ? note.records.flatMap(({data}) => (data.kind === 'A' || data.kind === 'AAAA' ? [data.address] : []))
      : [],
  );
  const asked = [...entriesOf(own, 'send')].findLast(
    ({n, host, packet}) =>
      n > first.n &&
      host === first.host &&
      addresses.includes(ipPacketOf(packetOf(own, packet))?.dst ?? '') &&
      dnsMessagesOf(packetOf(own, packet))[0]?.questions[0]?.name.endsWith(first.name),
  );
  const entry = {host: first.host, name: first.name, type: 2};
  const [question] = dnsMessagesOf(packetOf(own, asked?.packet ?? 0))[0]?.questions ?? [];
  expect(question?.name.endsWith(first.name)).toBe(true);
  expect(toldOf(own, entry)[1]).toSay({says: 'why.whyCache.used', packet: asked?.packet});
});

// RFC 1035 §4.1.3: a record is good for its TTL. Oracle: the events of the run, in which the cache lets an entry go and misses it at once.
test('what a cache knew and has not any more is said to have run out', () => {
  const own = run('dns-cache base');
  const opened = open({trace: own, rule: (id) => rules.get(id)});
  const notes = [...entriesOf(own, 'note')];
  const gone = notes.flatMap(({n, host, note}) => {
    return note.kind === 'cache' && note.op === 'expire' ? [{n, host, name: note.name, type: note.type}] : [];
  });
  const asked = gone.flatMap((each) => {
    const isOf = ({host, note}: (typeof notes)[number]): boolean =>
      host === each.host &&
      note.kind === 'cache' &&
      note.op !== 'flush' &&
      note.name === each.name &&
      note.type === each.type;
    const next = notes.find((note) => note.n > each.n && isOf(note));
    const was = notes.findLast(
      (note) => note.n < each.n && isOf(note) && note.note.kind === 'cache' && note.note.op === 'store',
    );
    return next?.because === '1034:5.3.3/miss' && was?.note.kind === 'cache' && was.note.op !== 'flush'
      ? [{...each, missed: next, was: {atUs: was.atUs, ttl: was.note.ttl}}]
      : [];
  });
  expect(asked.length).toBeGreaterThan(0);
  for (const {host, name, type, missed, was} of asked) {
    const playback = started({viewMs: viewMsOf(opened.pacing, missed.n)});
    const view = viewOf({...opened, playback, message: undefined});
    const [told] = whyAbout(view, {kind: 'cache', host, name, type}).paragraphs;
    expect(told).toSay({
      ...{says: 'why.whyCache.missed', how: 'expired', ttl: was.ttl, since: formatTime(was.atUs)},
    });
  }
});

const viewAt = (of: Trace, n: number) => {
  const opened = open({trace: of, rule: (id) => rules.get(id)});
  const playback = started({viewMs: viewMsOf(opened.pacing, n)});
  return viewOf({...opened, playback, message: undefined});
};

// RFC 6265 §5.3 step 11. Raw events: it is stored at 0.2 s first, and with other values later.
test('a cookie that is set anew keeps its age', () => {
  const own = run('cookies-session what-if 4');
  const stored = [...entriesOf(own, 'note')].filter(
    ({note}) => note.kind === 'cookie' && note.op === 'stored' && note.name === 'JSESSIONID',
  );
  const [first, last] = [stored[0], stored.at(-1)];
  if (first?.note.kind !== 'cookie' || !last || last === first) expect.fail('set once');
  const {name, domain, path} = first.note;
  const subject = {kind: 'cookie', host: first.host, name, domain, path} as const;
  const [before, after] = [first, last].map(({n}) => whyAbout(viewAt(own, n), subject).paragraphs.join(' '));
  const since = formatTime(first.atUs);
  expect(before).toSay({says: 'why.whyCookie.stored', time: since, value: undefined});
  expect(after).toSay({says: 'why.whyCookie.stored', time: since, value: formatTime(last.atUs)});
});

// RFC 6265 §3: an id that names nothing counts as none. What had become of it the run itself says: the lesson lets an hour pass, crashes the shop, or makes an id up.
test.each([
  ['cookies-session base', 'expired'],
  ['cookies-session what-if 3', 'crash'],
  ['cookies-session what-if 1', 'never'],
] as const)('%s: a session is gone (%s)', (name, how) => {
  const own = run(name);
  const notes = [...entriesOf(own, 'note')];
  const unknown = notes.find(({note}) => note.kind === 'session' && note.op === 'unknown');
  const made = notes.find((each) => each.n > (unknown?.n ?? 0) && each.because === '6265:3/session/created');
  if (unknown?.note.kind !== 'session' || made?.note.kind !== 'session') expect.fail('no such session');
  const subject = {kind: 'session', host: made.host, id: made.note.id} as const;
  const told = whyAbout(viewAt(own, made.n), subject).paragraphs.join(' ');
  expect(told).toSay({says: 'why.whyCookie.instead', old: `${unknown.note.id.slice(0, 8)}…`, how});
  const [first] = notes.filter(({note}) => note.kind === 'session' && note.op === 'created');
  if (first?.note.kind !== 'session') expect.fail('no first session');
  const plain = whyAbout(viewAt(own, first.n), {...subject, id: first.note.id}).paragraphs.join(' ');
  expect(plain).not.toSay({says: 'why.whyCookie.instead'});
});

test('of a request that has not left yet no event has decided what goes with it', () => {
  const own = run('cookies-session base');
  const sent = [...entriesOf(own, 'note')].filter(
    ({note}) => note.kind === 'cookie' && note.op === 'sent' && note.name === 'JSESSIONID',
  );
  // Each but the second opens a connection first.
  const [, before, after] = sent;
  if (before?.note.kind !== 'cookie' || !after) expect.fail('sent too seldom');
  const {name, domain, path} = before.note;
  const subject = {kind: 'cookie', host: before.host, name, domain, path} as const;
  const call = [...entriesOf(own, 'call')].find(({n, host}) => n > before.n && host === before.host);
  const [asked, left] = [call, after].map((event) => whyAbout(viewAt(own, event?.n ?? 0), subject));
  // The connection had to open first: what lets the request leave is the packet that ends its handshake.
  expect(left?.causedBy).toMatch(/^packet \d+ arrived/);
  expect(asked?.heading).toSay({
    ...{says: 'why.whyCookie.sent', host: 'browser', name: 'JSESSIONID', waits: true},
  });
  expect(left?.heading).toSay({says: 'why.whyCookie.sent', host: 'browser', name: 'JSESSIONID'});
  expect(asked?.rule).toBe(left?.rule);
  expect(asked?.causedBy).toBeUndefined();
  expect(asked?.previous).toBeUndefined();
  // The response brings it to which the first request led: that had none.
  const stored = [...entriesOf(own, 'note')].find(({note}) => note.kind === 'cookie' && note.op === 'stored');
  expect(whyAbout(viewAt(own, stored?.n ?? 0), subject).heading).toSay({
    ...{says: 'why.whyCookie.would', host: 'browser', name: 'JSESSIONID'},
  });
});

// RFC 1034 §5.3.3, step 1, is of a resolver that walks the tree; of a stub that may keep what it heard speaks RFC 1123 §6.1.3.1 (B).
test('the cache of a stub is that of a stub', () => {
  const runs = allRuns().filter(({name}) => /^(dns-cache|dns-recursion) /.test(name));
  const rulesOf = (role: string): ReadonlySet<string | undefined> =>
    new Set(
      runs.map(traceOf).flatMap((own) =>
        [...entriesOf(own, 'note')].flatMap(({n, host, note, because}) => {
          const dns = own.stateAt(n)?.hosts[host]?.apps.get('dns')?.state;
          const isUse = note.kind === 'cache' && (note.op === 'hit' || note.op === 'expire');
          return isUse && dns?.role === role && because ? [rules.get(because)?.rfc] : [];
        }),
      ),
    );
  expect(rulesOf('stub')).toEqual(new Set(['1123 §6.1.3.1']));
  expect(rulesOf('recursive')).toEqual(new Set(['1034 §5.3.3']));
});

// RFC 2181 §5.4.1 ranks by section and by who answers; a stub hears one resolver, and looks at no section. Oracle: the role in the run's own world.
test('what a stub stores has no rank', () => {
  const stored = ['layers base', 'url-to-page base', 'dns-cache base'].flatMap((name) => {
    const own = run(name);
    return [...entriesOf(own, 'note')].flatMap(({n, host, note, because}) => {
      if (note.kind !== 'cache' || note.op !== 'store' || note.negative) return [];
      return [{own, n, host, note, because, dns: own.stateAt(n)?.hosts[host]?.apps.get('dns')?.state}];
    });
  });
  const ofStubs = stored.filter(({dns}) => dns?.role === 'stub');
  expect(ofStubs.length).toBeGreaterThan(2);
  for (const {because, dns, note} of stored) {
    expect(rules.get(because ?? '')?.rfc).toBe(dns?.role === 'stub' ? '1123 §6.1.3.1' : '2181 §5.4.1');
    expect(note.trust === undefined).toBe(dns?.role === 'stub');
  }
  const [{own, host, note, n}] = ofStubs as [(typeof ofStubs)[number]];
  const told = whyAbout(viewAt(own, n), {kind: 'cache', host, name: note.name, type: note.type});
  expect(told.rule).toContain('RFC 1123 §6.1.3.1');
  expect(told.paragraphs.join(' ')).not.toMatch(/rank|AUTHORITY/);
});

// RFC 9156 §2: the name asked of a server is shorter than the one that the cache was looked into for. Oracle: the query itself.
test.each(['dns-iterative what-if 8'])('%s: a line that waits for part of a name', (name) => {
  const own = run(name);
  const queries = [...entriesOf(own, 'send')].flatMap(({n, host, packet, because}) => {
    const [question] = dnsMessagesOf(packetOf(own, packet))[0]?.questions ?? [];
    return because === '9156:2/minimise' && question ? [{n, host, packet, question}] : [];
  });
  expect(queries.length).toBeGreaterThan(1);
  for (const {n, host, packet, question} of queries) {
    const subject = {kind: 'cache', host, name: question.name, type: question.type} as const;
    const why = whyAbout(viewAt(own, n), subject);
    expect(why.paragraphs[0]).toSay({says: 'why.whyCache.asked', packet});
    expect(why.rule).toContain('RFC 9156 §2');
    expect(why.event).toBe(n);
  }
});

// RFC 1035 §3.2.1: a TTL of 0 is for the transaction at hand. Oracle: what the host itself has noted since it stored the records.
test.each([
  ['dns-cache what-if 1', 'once'],
  ['dns-cache what-if 2', 'flush'],
  ['url-to-page moved', 'flush'],
] as const)('%s: gone before its time', (name, how) => {
  const own = run(name);
  const notes = [...entriesOf(own, 'note')];
  const misses = notes.flatMap(({n, atUs, host, note}) => {
    if (note.kind !== 'cache' || note.op !== 'miss') return [];
    const before = notes.flatMap((each) => (each.n < n && each.host === host ? [each] : []));
    const stored = before.findLast(
      (each) =>
        each.note.kind === 'cache' &&
        each.note.op === 'store' &&
        each.note.name === note.name &&
        each.note.type === note.type,
    );
    if (stored?.note.kind !== 'cache' || stored.note.op === 'flush') return [];
    const emptied = before.some(
      (each) => each.n > stored.n && each.note.kind === 'cache' && each.note.op === 'flush',
    );
    const {ttl} = stored.note;
    return ttl === 0 || (emptied && stored.atUs + ttl * 1e6 > atUs)
      ? [{n, host, name: note.name, type: note.type}]
      : [];
  });
  expect(misses.length).toBeGreaterThan(0);
  for (const {n, host, name, type} of misses) {
    const [told] = whyAbout(viewAt(own, n), {kind: 'cache', host, name, type}).paragraphs;
    expect(told).toSay({says: 'why.whyCache.missed', how});
  }
});

// RFC 1034 §5.3.3. Raw events: a hit of the cache, or a response, in the instant in which the answer leaves.
test('an answer to a client comes from the cache or with a response, and a response ends a wait', () => {
  const own = run('dns-cache base');
  const [wait, first, second] = (['app-timer', 'send', 'send'] as const).map((kind, at) => {
    const [asked, after] = [...entriesOf(own, kind)].filter(({because}) => because === '1034:5.3.3/answer');
    const {n} = (at === 2 ? after : asked) ?? expect.fail('never answered');
    return whyAbout(viewAt(own, n), {kind: 'event', event: n}).paragraphs.join(' ');
  });
  expect(wait).toSay({says: 'rules.1034:5.3.3/answer', case: 'heard'});
  expect(first).toSay({says: 'rules.1034:5.3.3/answer', case: 'found'});
  expect(second).toSay({says: 'rules.1034:5.3.3/answer', case: 'cached'});
});
