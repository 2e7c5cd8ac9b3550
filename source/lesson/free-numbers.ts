// A run with other initial sequence numbers than the lesson pins, for checks that must hold with any.
import type {Cause, HostSpec} from '../sim/scenario.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {hash32} from './hash.ts';
import type {Run} from './lesson.ts';

/** By how much this host's numbers move; 0 where nothing is pinned that a connection could be held against. */
const shiftOf = (run: Run, seed: number, {name, iss}: HostSpec): number =>
  iss === undefined ? 0 : hash32(`${run.name} ${seed} ${name}`);

const moved = (iss: Seq | undefined, by: number): {iss?: Seq} =>
  iss === undefined ? {} : {iss: seqAdd(iss, by)};

/** Numbers of the clock and the seed. Where a cause names one, all pinned ones move instead: their distances are the lesson's. */
export const withFreeNumbers = (run: Run, seed: number): Run => {
  const names = run.script.some(({action}) => action.call === 'connect' && action.iss !== undefined);
  if (!names) return {...run, seed, hosts: run.hosts.map(({iss: _, ...host}) => host)};
  const shifts = new Map(run.hosts.map((host) => [host.name, shiftOf(run, seed, host)]));
  const shift = (host: string): number => shifts.get(host) ?? 0;
  const hosts = run.hosts.map((host) => ({...host, ...moved(host.iss, shift(host.name))}));
  const script = run.script.map((cause): Cause => {
    const {host, action} = cause;
    return action.call === 'connect'
      ? {...cause, action: {...action, ...moved(action.iss, shift(host))}}
      : cause;
  });
  return {...run, seed, hosts, script};
};
