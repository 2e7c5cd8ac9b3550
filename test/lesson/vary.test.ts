// A run of a lesson with other settings: what comes of each kind of place, and what is refused.
import {describe, expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {compiledLesson} from '../../source/io/lessons.ts';
import type {Lesson, Run} from '../../source/lesson/lesson.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {varied} from '../../source/lesson/vary.ts';
import {parseSetting} from '../../source/sim/setting.ts';
import {fromBase64url, toBase64url} from '../../source/wire/base64url.ts';
import {decodeUtf8} from '../../source/wire/utf8.ts';
import {toldProblem} from './told-problem.ts';

const lessonOf = (id: string): Lesson => {
  const lesson = compiledLesson(id);
  if (!lesson) throw new Error(id);
  return lesson;
};

const attempt = (id: string, name: string | undefined, texts: readonly string[]) => {
  const lesson = lessonOf(id);
  const set = texts.flatMap((text) => parseSetting(text) ?? []);
  expect(set).toHaveLength(texts.length);
  return varied(lesson, name ?? lesson.runs[0]?.name ?? '', {set});
};

const made = (id: string, texts: readonly string[], name?: string): Run => {
  const run = attempt(id, name, texts);
  if (!run.ok) throw new Error(run.error.map(({message}) => message.en).join());
  return run.value;
};

const refused = (id: string, text: string): string => {
  const run = attempt(id, undefined, [text]);
  return run.ok ? '' : run.error.map(({message, remedy}) => `${message.en} ${remedy.en}`).join(' ');
};

describe('what is set', () => {
  test('of links and hosts', () => {
    const set = [
      'path.delay=80ms',
      'path.mtu=1400',
      'client.iss=5',
      'server.profile=freebsd',
      'client.tcp.sack=false',
    ];
    const {hosts, links} = made('handshake', set);
    expect(links[0]).toMatchObject({delayUs: 80_000, mtu: 1400});
    expect(hosts[0]).toMatchObject({iss: 5, tcp: {sackPermitted: false}});
    expect(hosts[1]).toMatchObject({profile: 'freebsd'});
  });

  test('of a host of another system, whose SYN,ACK is that of this system', () => {
    const packetsOf = (run: Run) => {
      const trace = simulate(scenarioOf(run), {source: 'handshake', run: run.name});
      return [1, 2].map((packet) => toBase64url(trace.packet(packet).bytes));
    };
    const [own, other] = [made('handshake', []), made('handshake', ['server.profile=freebsd'])].map(
      packetsOf,
    );
    expect(other?.[0]).toBe(own?.[0]);
    expect(other?.[1]).not.toBe(own?.[1]);
  });

  test('with a space before the unit, and with a bare 0 for a time', () => {
    const {links} = made('handshake', ['path.delay=80 ms']);
    expect(links[0]).toMatchObject({delayUs: 80_000});
    expect(made('handshake', ['path.delay=0']).links[0]).toMatchObject({delayUs: 0});
  });

  test('not as a time without a unit, which is told from other refusals', () => {
    const run = attempt('handshake', undefined, ['path.delay=80']);
    expect(run.ok ? {} : toldProblem(run.error[0])).toMatchObject({says: 'vary.unitless'});
  });

  test('of a program', () => {
    const {apps = []} = made('dns-cache', ['m.dns.timeout=2s', 'm.dns.servers=192.0.2.1,192.0.2.2']);
    const stub = apps.find(({host}) => host === 'm');
    expect(JSON.stringify(stub)).toContain('"timeoutUs":2000000');
    expect(JSON.stringify(stub)).toContain('192.0.2.2');
  });

  test('of the certificate that a server shows', () => {
    const chainOf = ({apps}: Run) => JSON.stringify(apps?.find(({host}) => host === 'server'));
    const [own, expired] = [made('https-tls13', []), made('https-tls13', ['server.tls.certificate=expired'])];
    expect(chainOf(expired)).not.toBe(chainOf(own));
    expect(made('https-tls13', ['server.tls.certificate=good']).apps).toEqual(own.apps);
  });

  test('of calls: when they are made, what they send, and that they are left out', () => {
    const calls = (run: Run, call: string) => run.script.filter(({action}) => action.call === call);
    expect(calls(made('teardown', ['server.close.at=7s']), 'close')[0]?.when).toEqual({
      kind: 'at',
      atUs: 7_000_000,
    });
    expect(calls(made('teardown', []), 'close')).toHaveLength(1);
    expect(calls(made('teardown', ['server.close.off=true']), 'close')).toHaveLength(0);
    const [send] = calls(made('first-packet', ['laptop.send.text=你好, x']), 'send');
    const octets = send?.action.call === 'send' ? (send.action.octets ?? '') : '';
    expect(decodeUtf8(fromBase64url(octets) ?? new Uint8Array())).toBe('你好, x');
    expect(calls(made('first-packet', ['laptop.send.bytes=3']), 'send')[0]?.action).toMatchObject({bytes: 3});
  });

  test('of a rule of a firewall, which is taken out', () => {
    const rulesIn = ({actors = []}: Run) =>
      actors.flatMap((actor) => (actor.kind === 'firewall' ? actor.rules : [])).length;
    expect(rulesIn(made('refused', ['server.firewall.1=off']))).toBe(rulesIn(made('refused', [])) - 1);
    expect(rulesIn(made('refused', ['server.firewall.1=on']))).toBe(rulesIn(made('refused', [])));
  });

  test('the last setting of a place counts, and the first call may be numbered', () => {
    expect(made('handshake', ['path.delay=80ms', 'path.delay=10ms']).links[0]?.delayUs).toBe(10_000);
    expect(made('teardown', ['server.close.1.at=7s'])).toMatchObject({
      script: made('teardown', ['server.close.at=7s']).script,
    });
  });

  test('of a what-if, above what that sets itself', () => {
    const lesson = lessonOf('handshake');
    for (const {run} of lesson.whatIfs)
      expect(made('handshake', ['path.delay=80ms'], run.name)).toMatchObject({
        ...{name: run.name, faults: run.faults, title: run.title},
        links: [{delayUs: 80_000}],
      });
  });
});

describe('what is refused', () => {
  test.each([
    ['path.mtu=67', ['path.mtu', '67', '68', '65535']],
    ['path.delay=601s', ['0s', '10m']],
    ['path.loss=101%', ['0%', '100%']],
    ['server.tcp.synCookies=never', ['off', 'onOverflow', 'always']],
    ['pth.delay=1s', ['path.delay']],
    ['server.tcp.backlgo=1', ['server.tcp.backlog']],
    ['nobody.at.home=1', ['client', 'server', 'path']],
  ])('%s', (text, words) => {
    const told = refused('handshake', text);
    for (const word of words) expect(told).toContain(word);
  });

  test('what no key forbids, but the compiler of lessons does', () => {
    expect(refused('https-tls13', 'server.tls.certificate=stolen')).toContain('stolen');
    expect(refused('handshake', 'client.connect.to=nowhere:80')).toContain('nowhere');
  });

  test('a run that no lesson file describes', () => {
    const {ground: _, ...lesson} = lessonOf('handshake');
    expect(varied(lesson, 'base', {set: [{place: 'path.delay', value: '1s'}]}).ok).toBe(false);
  });
});
