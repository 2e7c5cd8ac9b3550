// Our end's settings for a job.
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import type {Switches} from './job.ts';

const base: TcpSettings = profiles.linux;

export const settingsFor = (switches: Switches): TcpSettings => ({
  ...base,
  sackPermitted: switches.sack,
  windowScale: switches.windowScale ? base.windowScale : 'off',
  // A window that only a scale can say.
  ...(switches.windowScale ? {rcvBufferBytes: 262_144} : {}),
  timestamps: switches.timestamps,
});
