// *Why?* of an entry of a cache: what it says, from where it came, and what it was used for. Oracle: the zones of the lesson and its packets.
import {expect, test} from 'vitest';
import {ipPacketOf, packetOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {open, started} from '../player.ts';

const trace = traceOf(
  allRuns().find(({name}) => name === 'dns-iterative what-if 7') ?? expect.fail('no such run'),
);

const known = (host: string, name: string, language: Language = 'en') =>
  whyAbout(viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}), {
    kind: 'cache',
    host,
    name,
    type: 1,
  }).paragraphs;

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
