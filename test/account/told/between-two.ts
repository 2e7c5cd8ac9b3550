// A connection of two hosts, 50 ms apart, and what there is to tell of it, as values. ISS are 1000 and 9000, the MSS is 1460, so
// what stands in the tests can be reckoned by hand.
import {tellable} from '../../../source/account/told/voice.ts';
import {type TcpFile, tcpChanges} from '../../../source/lesson/tcp/settings.ts';
import type {Action} from '../../../source/sim/action.ts';
import type {FaultKind} from '../../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';

export type Step = readonly [atMs: number, host: 'client' | 'server', action: Action];

type Made = {
  readonly client?: TcpFile;
  readonly server?: TcpFile;
  /** By the number of the packet. */
  readonly faults?: Readonly<Record<number, FaultKind>>;
} & Partial<Pick<Scenario, 'until' | 'limitUs' | 'profile' | 'links'>>;

const causeOf = ([atMs, host, action]: Step): Cause => ({
  when: {kind: 'at', atUs: atMs * 1000},
  host,
  action,
});

/** Behind a handshake that ends at 100 ms; packet 4 is the first of `steps`. */
export const between = (
  steps: readonly Step[],
  {client = {}, server = {}, faults = {}, ...change}: Made = {},
): Trace => {
  const {hosts, script, ...scenario} = handshakeScenario(change);
  const settings = {client, server};
  return run({
    ...scenario,
    hosts: hosts.map((host) => ({
      ...host,
      tcp: tcpChanges(host.name === 'client' ? settings.client : settings.server),
    })),
    script: [...script, ...steps.map(causeOf)],
    faults: Object.entries(faults).map(([packet, kind]) => ({...kind, at: {packet: Number(packet)}})),
  });
};

/** The server opens, too, from the port that the client asks for: SYNs cross (RFC 9293 Fig. 7). */
export const crossing: Step = [
  0,
  'server',
  {call: 'connect', to: {host: 'client', port: 40_000}, from: 80, as: 's', read: 'auto'},
];
export const send = (bytes: number): Action => ({call: 'send', bytes});
export const drop: FaultKind = {kind: 'drop'};
export const twice = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});
export const late = (byMs: number): FaultKind => ({kind: 'delay', byUs: byMs * 1000});
export const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});

/** All of that kind, when, and of what. */
export const toldOf = (trace: Trace, says: string): readonly Readonly<Record<string, unknown>>[] =>
  [...tellable(trace)]
    .filter((told) => told.says === says)
    .map(({n, facts}) => ({atMs: trace.event(n).atUs / 1000, ...facts}));
