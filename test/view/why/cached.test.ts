// *Why?* of an entry of a cache: what it says, from where it came, and what it was used for. Oracle: the zones of the lesson and its packets.
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {formatTime} from '../../../source/words/format.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';

type Entry = Extract<Subject, {kind: 'cache'}>;

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const run = (name: string): Trace =>
  traceOf(allRuns().find((each) => each.name === name) ?? expect.fail('no such run'));

const trace = run('dns-iterative what-if 7');

const toldOf = (of: Trace, {host, name, type}: Omit<Entry, 'kind'>, language: Language = 'en') => {
  const opened = open({trace: of, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'cache', host, name, type}).paragraphs;
};

const known = (host: string, name: string, language?: Language) =>
  toldOf(trace, {host, name, type: 1}, language);

test('glue says its address, its packet and its section, and what it was used for', () => {
  const asked = 6;
  const address = ipPacketOf(packetOf(trace, asked))?.dst;
  expect(known('local', 'dns.abc.com.').slice(0, 2)).toEqual([
    `It knows ${address}. That came with packet 5 (glue) at 85 ms, good for 172800 s.`,
    `No later question has been answered from the cache, but the entry shows whom to ask: packet ${asked} was the last to go there.`,
  ]);
  expect(known('local', 'dns.abc.com.', 'zh').slice(0, 2)).toEqual([
    `它知道的是 ${address}，由第 5 个分组（粘合记录）带来，85 ms 进入缓存，有效 172800 秒。`,
    `此后还没有用它从缓存回答过查询，但用它找到了要问的服务器：最近一次发往那里的是第 ${asked} 个分组。`,
  ]);
});

test('the answer itself is asked of nobody', () => {
  const [data, use] = known('local', 'y.abc.com.');
  expect(data).toMatch(/^It knows \d+\.\d+\.\d+\.\d+\. That came with packet \d+ \(ANSWER\) at /);
  expect(use).not.toContain('whom to ask');
});

// RFC 1034 §5.3.3: the servers of the nearest zone are asked; their names stand in its NS records, their addresses beside them.
test.each(['url-to-page what-if 2', 'dns-cache base', 'dns-iterative base'])(
  '%s: NS records name whom to ask',
  (name) => {
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
    expect(toldOf(own, entry)[1]).toContain(`whom to ask: packet ${asked?.packet} was the last to go there.`);
    expect(toldOf(own, entry, 'zh')[1]).toContain(`最近一次发往那里的是第 ${asked?.packet} 个分组`);
  },
);

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
    const told = (['en', 'zh'] as const).map((language) => {
      const playback = started({language, viewMs: viewMsOf(opened.pacing, missed.n)});
      const view = viewOf({...opened, playback, message: undefined});
      return whyAbout(view, {kind: 'cache', host, name, type}).paragraphs[0];
    });
    expect(told[0]).toContain(`it held for ${was.ttl} s from ${formatTime(was.atUs)} on`);
    expect(told[1]).toContain(`从 ${formatTime(was.atUs)} 起有效 ${was.ttl} 秒`);
  }
});

const viewAt = (of: Trace, n: number, language: Language) => {
  const opened = open({trace: of, rule: (id) => rules.get(id)});
  const playback = started({language, viewMs: viewMsOf(opened.pacing, n)});
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
  const [before, after] = [first, last].map(({n}) =>
    whyAbout(viewAt(own, n, 'en'), subject).paragraphs.join(' '),
  );
  const since = `in the jar since ${formatTime(first.atUs)}`;
  expect(before).toContain(`${since}.`);
  expect(after).toContain(`${since}, with this value since ${formatTime(last.atUs)}.`);
});

// RFC 6265 §3: an id that names nothing counts as none. What had become of it the run itself says: the lesson lets an hour pass, crashes the shop, or makes an id up.
test.each([
  ['cookies-session base', 'expired', 'Nobody had used that for too long', '空闲太久'],
  ['cookies-session what-if 3', 'crash', 'went when the server went down', '服务器停机时就没了'],
  ['cookies-session what-if 1', 'never', 'has never given that id out', '从未发出过这个 id'],
] as const)('%s: a session in place of one that is gone says so (%s)', (name, _, en, zh) => {
  const own = run(name);
  const notes = [...entriesOf(own, 'note')];
  const unknown = notes.find(({note}) => note.kind === 'session' && note.op === 'unknown');
  const made = notes.find((each) => each.n > (unknown?.n ?? 0) && each.because === '6265:3/session/created');
  if (unknown?.note.kind !== 'session' || made?.note.kind !== 'session') expect.fail('no such session');
  const subject = {kind: 'session', host: made.host, id: made.note.id} as const;
  const [told, zhTold] = (['en', 'zh'] as const).map((language) =>
    whyAbout(viewAt(own, made.n, language), subject).paragraphs.join(' '),
  );
  expect(told).toContain(`The request named session ${unknown.note.id.slice(0, 8)}…. `);
  expect(told).toContain(en);
  expect(zhTold).toContain(zh);
  const [first] = notes.filter(({note}) => note.kind === 'session' && note.op === 'created');
  if (first?.note.kind !== 'session') expect.fail('no first session');
  const plain = whyAbout(viewAt(own, first.n, 'en'), {...subject, id: first.note.id}).paragraphs.join(' ');
  expect(plain).not.toContain('named session');
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
  const [asked, left] = [call, after].map((event) => whyAbout(viewAt(own, event?.n ?? 0, 'en'), subject));
  // The connection had to open first: what lets the request leave is the packet that ends its handshake.
  expect(left?.causedBy).toMatch(/^packet \d+ arriving/);
  expect(asked?.heading).toBe('Why does cookie JSESSIONID go with the next request of the browser?');
  expect(left?.heading).toBe('Why did cookie JSESSIONID go with the last request of the browser?');
  expect(asked?.rule).toBe(left?.rule);
  expect(asked?.causedBy).toBeUndefined();
  expect(asked?.previous).toBeUndefined();
  // The response brings it to which the first request led: that had none.
  const stored = [...entriesOf(own, 'note')].find(({note}) => note.kind === 'cookie' && note.op === 'stored');
  expect(whyAbout(viewAt(own, stored?.n ?? 0, 'en'), subject).heading).toBe(
    'Would cookie JSESSIONID go with another request of the browser to the same URL?',
  );
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
  const told = whyAbout(viewAt(own, n, 'en'), {kind: 'cache', host, name: note.name, type: note.type});
  expect(told.rule).toContain('RFC 1123 §6.1.3.1');
  expect(told.paragraphs.join(' ')).not.toMatch(/rank|AUTHORITY/);
});

// RFC 9156 §2: the name asked of a server is shorter than the one that the cache was looked into for. Oracle: the query itself.
test.each(['dns-iterative what-if 8'])(
  '%s: a line that waits for part of a name tells who asks for it',
  (name) => {
    const own = run(name);
    const queries = [...entriesOf(own, 'send')].flatMap(({n, host, packet, because}) => {
      const [question] = dnsMessagesOf(packetOf(own, packet))[0]?.questions ?? [];
      return because === '9156:2/minimise' && question ? [{n, host, packet, question}] : [];
    });
    expect(queries.length).toBeGreaterThan(1);
    for (const {n, host, packet, question} of queries) {
      const subject = {kind: 'cache', host, name: question.name, type: question.type} as const;
      const [en, zh] = (['en', 'zh'] as const).map((language) => whyAbout(viewAt(own, n, language), subject));
      expect(en?.paragraphs[0]).toContain(`Packet ${packet} has asked for it`);
      expect(zh?.paragraphs[0]).toContain(`第 ${packet} 个分组`);
      expect(en?.rule).toContain('RFC 9156 §2');
      expect(en?.event).toBe(n);
    }
  },
);

// RFC 1035 §3.2.1: a TTL of 0 is for the transaction at hand. Oracle: what the host itself has noted since it stored the records.
test.each([
  ['dns-cache what-if 1', 'TTL 0, for that one use', 'TTL 为 0，只供当次使用'],
  ['dns-cache what-if 2', 'it was emptied at', '被清空'],
  ['url-to-page moved', 'it was emptied at', '被清空'],
] as const)('%s: what went before its time, or had none, is not said to have run out', (name, en, zh) => {
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
    const [told, zhTold] = (['en', 'zh'] as const).map(
      (language) => whyAbout(viewAt(own, n, language), {kind: 'cache', host, name, type}).paragraphs[0],
    );
    expect(told).toContain(en);
    expect(zhTold).toContain(zh);
  }
});

// RFC 1034 §5.3.3. Raw events: a hit of the cache, or a response, in the instant in which the answer leaves.
test('an answer to a client comes from the cache or with a response, and a response ends a wait', () => {
  const own = run('dns-cache base');
  const [wait, first, second] = (['app-timer', 'send', 'send'] as const).map((kind, at) => {
    const [asked, after] = [...entriesOf(own, kind)].filter(({because}) => because === '1034:5.3.3/answer');
    const {n} = (at === 2 ? after : asked) ?? expect.fail('never answered');
    return whyAbout(viewAt(own, n, 'en'), {kind: 'event', event: n}).paragraphs.join(' ');
  });
  expect(wait).toContain('the asker waits for it no longer');
  expect(first).toContain('With what has just come the resolver has the answer');
  expect(second).toContain('The resolver has the answer in its cache');
});
