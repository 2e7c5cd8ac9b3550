// What hosts do in DNS, where a run has no TCP whose states could stand under their names (screens.md 5 (i)).
import type {Text} from '../../lesson/lesson.ts';
import {segmentOf} from '../../lesson/packet-facts.ts';
import {type DnsRole, dnsRoleOn} from '../../sim/dns-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import type {View} from '../view.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const roleTexts: {readonly [role in DnsRole]: Text} = {
  stub: text('stub', '存根'),
  resolver: text('resolver', '解析器'),
  root: text('root', '根'),
  tld: text('TLD', '顶级域'),
  authoritative: text('authoritative', '权威'),
};

const known = new WeakMap<Trace, boolean>();

/** DNS runs, and nobody speaks TCP: that its servers listen on TCP, too, is no news. */
export const isDnsAlone = (trace: Trace): boolean => {
  const before = known.get(trace);
  if (before !== undefined) return before;
  const hosts = Object.values(trace.stateAt(0)?.hosts ?? {});
  let alone = hosts.some((host) => dnsRoleOn(host) !== undefined);
  for (let id = 1; alone && id <= trace.packetCount; id++) alone = segmentOf(trace.packet(id)) === undefined;
  known.set(trace, alone);
  return alone;
};

/** Empty where the name says it: the host `root` is the root. */
export const roleText = ({input: {trace}, language}: View, id: string): string => {
  const host = trace.stateAt(0)?.hosts[id];
  const role = host && dnsRoleOn(host);
  return role === undefined || role === id ? '' : roleTexts[role][language];
};
