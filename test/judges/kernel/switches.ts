// Our end's settings for a job, and which of the switches its machine obeys.
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {seq} from '../../../source/wire/seq.ts';
import {ourIp, port, type Switch, type Switches} from './job.ts';

const base: TcpSettings = profiles.linux;

export const settingsFor = (switches: Switches): TcpSettings => ({
  ...base,
  sackPermitted: switches.sack,
  windowScale: switches.windowScale ? base.windowScale : 'off',
  // A window that only a scale can say.
  ...(switches.windowScale ? {rcvBufferBytes: 262_144} : {}),
  timestamps: switches.timestamps,
});

const optionOf = {sack: 'sackPermitted', timestamps: 'timestamps', windowScale: 'windowScale'} as const;

/** Options in the SYN that these settings make. */
const offered = (switches: Switches): readonly string[] => {
  const end = {ip: ourIp, port};
  const call = {call: 'OPEN', mode: 'active', local: end, remote: end, read: 'auto'} as const;
  const env = {nowUs: 0, settings: settingsFor(switches), isn: () => seq(0)};
  const {effects} = tcpStep(emptyTcp, {kind: 'call', call}, env);
  return effects.flatMap((effect) =>
    effect.kind === 'send' ? effect.segment.options.map(({kind}) => kind) : [],
  );
};

/** Does our SYN carry the option where it is switched on? */
export const isKnown = (name: Switch): boolean =>
  offered({sack: true, timestamps: true, windowScale: true}).includes(optionOf[name]);
