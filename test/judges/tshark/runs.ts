// The runs that tshark is asked about: every lesson and what-if, and paths on which each of its marks has to appear.
import type {Fault} from '../../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import type {ProfileName, TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {pairScenario} from '../../helpers/scenarios.ts';
import {few} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

type Shape = {
  readonly profile: ProfileName;
  readonly bytes: number;
  readonly faults?: readonly Fault[];
  readonly loss?: number;
  readonly client?: Partial<TcpSettings>;
  readonly server?: Partial<TcpSettings>;
  /** Absent: the server reads by itself. */
  readonly reads?: {
    readonly bytes: number;
    readonly atUs: number;
    readonly times: number;
    readonly everyUs: number;
  };
};

const upload = ({
  profile,
  bytes,
  faults = [],
  loss = 0,
  client = {},
  server = {},
  reads,
}: Shape): Scenario => {
  const base = pairScenario([], {profile, faults});
  const reading: readonly Cause[] = reads
    ? [{when: at(reads.atUs), host: 'server', action: {call: 'receive', bytes: reads.bytes}, repeat: reads}]
    : [];
  return {
    ...base,
    hosts: base.hosts.map((host) => ({
      ...host,
      tcp: settingsFor(profile, host.name === 'server' ? server : client),
    })),
    links: base.links.map((link) => ({...link, loss})),
    script: [
      {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: reads ? 'manual' : 'auto'}},
      {
        when: at(0),
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, as: 'c', read: 'auto'},
      },
      {when: at(500_000), host: 'client', action: {call: 'send', bytes}},
      ...reading,
      {when: at(60_000_000), host: 'client', action: {call: 'shutdown'}},
      {when: at(61_000_000), host: 'server', action: {call: 'shutdown'}},
    ],
  };
};

const data = (first: number, last = first): Fault['at'] => ({from: 'client', data: true, nth: {first, last}});

const shapes: readonly (Omit<Shape, 'profile'> & {readonly name: string})[] = [
  {name: 'one loss', bytes: 20_000, faults: [{kind: 'drop', at: data(3)}]},
  {name: 'three losses', bytes: 40_000, faults: [3, 5, 9].map((n) => ({kind: 'drop', at: data(n)}))},
  {name: 'the last segment lost', bytes: 10_000, faults: [{kind: 'drop', at: data(7)}]},
  {name: 'everything lost twice', bytes: 3000, faults: [{kind: 'drop', at: data(1, 6)}]},
  {name: 'one overtaken', bytes: 20_000, faults: [{kind: 'reorder', places: 2, at: data(4)}]},
  {name: 'one very late', bytes: 20_000, faults: [{kind: 'delay', byUs: 30_000, at: data(4)}]},
  {name: 'data twice', bytes: 10_000, faults: [{kind: 'dup', afterUs: 1000, at: data(2, 4)}]},
  {
    name: 'ACKs lost',
    bytes: 10_000,
    faults: [{kind: 'drop', at: {from: 'server', nth: {first: 2, last: 8}}}],
  },
  {
    name: 'SYN and SYN,ACK lost',
    bytes: 100,
    faults: [{kind: 'drop', at: {flags: ['SYN'], nth: {first: 1, last: 3}}}],
  },
  {name: '5 % lost', bytes: 100_000, loss: 0.05},
  {name: 'idle with keep-alive', bytes: 100, client: {keepAlive: true, keepAliveIdleUs: 5_000_000}},
  {
    name: 'the window closes',
    bytes: 20_000,
    server: {rcvBufferBytes: 5000},
    reads: {bytes: 2500, atUs: 8_000_000, times: 12, everyUs: 1_000_000},
  },
];

export type JudgeRun = {readonly name: string; readonly trace: Trace};

export const judgeRuns = (): readonly JudgeRun[] => [
  ...few(allRuns(), 60).map((each) => ({name: each.name, trace: traceOf(each)})),
  ...shapes.flatMap(({name, ...shape}) =>
    (['linux', 'rfc'] as const).map((profile) => ({
      name: `${name}, ${profile}`,
      trace: run(upload({profile, ...shape})),
    })),
  ),
];
