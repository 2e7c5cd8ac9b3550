// Runs with strangers and a path that acts: as each host saw them, scripts that the same stack passes.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {toPacketdrill} from '../../../source/drills/packetdrill/export.ts';
import {loadLesson} from '../../../source/lesson/load.ts';
import {profiles, settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {traceOf} from '../../helpers/all-runs.ts';
import {asksOthers, some} from '../../helpers/seeds.ts';
import {traceOf as lessonTraceOf, load, runOf} from '../../lesson/fragments.ts';
import {verdict} from './bench.ts';

const skeleton = (id: string) => {
  const text = readFileSync(new URL(`../../fixtures/skeletons/${id}.yaml`, import.meta.url), 'utf8');
  const lesson = loadLesson(text, `${id}.yaml`);
  if (!lesson.ok) throw new Error(`${id}: ${lesson.error[0]?.message.en}`);
  return lesson.value;
};

const cases = ['refused', 'syn-flood', 'half-open', 'time-wait'].flatMap((id) => {
  const lesson = skeleton(id);
  const runs = [...lesson.runs, ...lesson.whatIfs.map(({run}) => run)];
  return runs.flatMap((run) => run.hosts.map(({name, tcp}) => ({id, run, lesson, name, tcp})));
});

/** That of hundreds of connections takes as long as all the others. */
const told = asksOthers() ? cases : cases.filter(({run}) => run.name !== 'many');

test.each(
  some(told, 20).map((each) => [`${each.id} ${each.run.name} as ${each.name} saw it`, each] as const),
)('%s', (_label, {lesson, run, name, tcp}) => {
  const trace = traceOf({lesson, run});
  const settings = settingsFor(run.profile, tcp);
  const script = toPacketdrill(trace, {host: name, settings, base: profiles[run.profile]});
  if (!script.ok) return;
  expect(verdict(script.value), script.value).toBe('pass');
});

test.each([
  ['port', 'port_unreachable'],
  ['host', 'host_unreachable'],
  ['admin-prohibited', 'packet_filtered'],
])('ICMP %s is told as %s', (icmp, name) => {
  const lesson = load({
    runs: `actors: [{firewall: server, rules: [{reject: {port: 80, icmp: ${icmp}}}]}]\nuntil: 1h\n`,
  });
  const {profile, hosts} = runOf(lesson);
  const settings = settingsFor(profile, hosts[0]?.tcp ?? {});
  const script = toPacketdrill(lessonTraceOf(lesson), {host: 'client', settings, base: profiles[profile]});
  if (!script.ok) expect.fail(script.error.message.en);
  expect(script.value).toContain(`+0.100000 < icmp unreachable ${name} [0:0(0)]\n`);
  expect(verdict(script.value), script.value).toBe('pass');
});

test('another host that calls from the same port is another connection', () => {
  const lesson = load({
    topology: `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    other: {ip: 203.0.113.10, iss: 2000}
    r1: {router: true, ip: {near: 192.0.2.1, third: 203.0.113.1, far: 198.51.100.1}}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, r1], delay: 25ms}
    - {name: third, between: [other, r1], delay: 25ms}
    - {name: far, between: [r1, server], delay: 25ms}
`,
    script: `script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000}
  - {at: 500ms, host: other, call: connect, to: 'server:80', from: 40000}
`,
  });
  const {profile} = runOf(lesson);
  const settings = settingsFor(profile, {});
  const script = toPacketdrill(lessonTraceOf(lesson), {host: 'server', settings, base: profiles[profile]});
  if (!script.ok) expect.fail(script.error.message.en);
  expect(script.value.match(/ accept\(/g)).toHaveLength(1);
  expect(script.value.match(/ < S /g)).toHaveLength(1);
  expect(verdict(script.value), script.value).toBe('pass');
});
