// Ports and addresses that a host gives its programs.
import {hashOf} from './chance.ts';
import {changeHost, type Draft, hostOf} from './draft.ts';
import {addressOf, routeTo} from './topology.ts';

/** IANA's dynamic ports (RFC 6335 §6). */
const ephemeral = {first: 49152, count: 16384};

/** RFC 6056 §3.3.3's idea: a start that an outsider cannot guess, then one after the other. */
export const ephemeralPort = (draft: Draft, host: string): number => {
  const {portsUsed} = hostOf(draft, host);
  changeHost(draft, host, {portsUsed: portsUsed + 1});
  const start = hashOf(draft.plan.scenario.seed, 'ephemeral ports', host);
  return ephemeral.first + ((start + portsUsed) % ephemeral.count);
};

/** The address of the interface that leads to `remote`. */
export const sourceFor = (draft: Draft, host: string, remote: string): string =>
  routeTo(draft.plan.topology, host, remote)?.interface.ip ?? addressOf(draft.plan.topology, host);
