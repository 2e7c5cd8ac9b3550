// *Why?* of an entry of a cache: what it says, from where it came, and what it was used for. Oracle: the zones of the lesson and its packets.
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
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
    `No question has been answered by it since, but it shows whom to ask: packet ${asked} went there.`,
  ]);
  expect(known('local', 'dns.abc.com.', 'zh').slice(0, 2)).toEqual([
    `它知道的是 ${address}，由第 5 个分组（粘合记录）带来，85 ms 进入缓存，有效 172800 秒。`,
    `此后还没有用它回答过查询，但用它找到了要问的服务器：第 ${asked} 个分组就发往那里。`,
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
    const asked = [...entriesOf(own, 'send')].find(
      ({n, host, packet}) =>
        n > first.n &&
        host === first.host &&
        addresses.includes(ipPacketOf(packetOf(own, packet))?.dst ?? ''),
    );
    const entry = {host: first.host, name: first.name, type: 2};
    const [question] = dnsMessagesOf(packetOf(own, asked?.packet ?? 0))[0]?.questions ?? [];
    expect(question?.name.endsWith(first.name)).toBe(true);
    expect(toldOf(own, entry)[1]).toContain(`whom to ask: packet ${asked?.packet} went there.`);
    expect(toldOf(own, entry, 'zh')[1]).toContain(`第 ${asked?.packet} 个分组就发往那里`);
  },
);
