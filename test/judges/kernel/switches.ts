// Our end's settings for a job: a switch counts as soon as the settings know it.
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import type {Switch, Switches} from './job.ts';

const base: TcpSettings = profiles.linux;

const settingOf: {readonly [name in Switch]: string} = {
  sack: 'sackPermitted',
  timestamps: 'timestamps',
  windowScale: 'windowScale',
};

/** Can our end offer this at all yet? */
export const isKnown = (name: Switch): boolean => settingOf[name] in base;

export const settingsFor = (switches: Switches): TcpSettings => ({
  ...base,
  sackPermitted: switches.sack,
  windowScale: switches.windowScale ? base.windowScale : 'off',
  // A window that only a scale can say.
  ...(switches.windowScale ? {rcvBufferBytes: 262_144} : {}),
  ...(isKnown('timestamps') ? {timestamps: switches.timestamps} : {}),
});
