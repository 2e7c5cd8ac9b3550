// Whether a run has no TCP to speak of.

import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {segmentOf} from '../packet.ts';

/** DNS runs, and nobody speaks TCP: that its servers listen on TCP, too, is no news. */
export const isDnsAlone = oncePer((trace: Trace): boolean => {
  const hosts = Object.values(trace.stateAt(0)?.hosts ?? {});
  let alone = hosts.some((host) => dnsRoleOn(host) !== undefined);
  for (let id = 1; alone && id <= trace.packetCount; id++) alone = segmentOf(trace.packet(id)) === undefined;
  return alone;
});
