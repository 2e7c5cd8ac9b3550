// The unit and the default of each key of a host's `tcp:` in a lesson file, for authors: `packet-tutor words`.
import {formatDuration} from '../../sim/fault-text.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {type TcpFile, tcpChanges} from './settings.ts';

export type SettingUnit = 'time' | 'size' | 'number' | 'switch' | 'choice' | 'group';

type Setting = {readonly unit: SettingUnit; readonly read: (settings: TcpSettings) => string};

const time = (read: (settings: TcpSettings) => number): Setting => ({
  unit: 'time',
  read: (settings) => formatDuration(read(settings)),
});
/** Makes a TCP setting that is a time; 0 µs is written as `off`. */
const timeOrOff = (read: (settings: TcpSettings) => number): Setting => ({
  unit: 'time',
  read: (settings) => (read(settings) === 0 ? 'off' : formatDuration(read(settings))),
});
const of = (unit: SettingUnit, read: (settings: TcpSettings) => string | number | boolean): Setting => ({
  unit,
  read: (settings) => String(read(settings)),
});

const initialWindows = {rfc6928: '10', rfc5681: 'rfc5681', 'ten-segments': '10'} as const;

const settings: {readonly [word in keyof Required<TcpFile>]: Setting} = {
  mss: of('size', ({mss}) => mss),
  rcvBuffer: of('size', ({rcvBufferBytes}) => rcvBufferBytes),
  sndBuffer: of('size', ({sndBufferBytes}) => sndBufferBytes),
  windowScale: of('number', ({windowScale}) => windowScale),
  sack: of('switch', ({sackPermitted}) => sackPermitted),
  tailLossProbe: of('switch', ({tailLossProbe}) => tailLossProbe),
  timestamps: of('switch', ({timestamps}) => timestamps),
  delayedAck: timeOrOff(({delayedAckUs}) => delayedAckUs),
  initialRto: time(({initialRtoUs}) => initialRtoUs),
  minRto: time(({minRtoUs}) => minRtoUs),
  maxRto: time(({maxRtoUs}) => maxRtoUs),
  rtoAfterSynTimeout: timeOrOff(({rtoAfterSynTimeoutUs}) => rtoAfterSynTimeoutUs),
  synRetries: of('number', ({synRetries}) => synRetries),
  synLinearTimeouts: of('number', ({synLinearTimeouts}) => synLinearTimeouts),
  synAckRetries: of('number', ({synAckRetries}) => synAckRetries),
  dataRetries: of('number', ({dataRetries}) => dataRetries),
  timeWait: time(({timeWaitUs}) => timeWaitUs),
  finTimeout: timeOrOff(({finTimeoutUs}) => finTimeoutUs),
  backlog: of('number', ({acceptQueue}) => acceptQueue),
  synCookies: of('choice', ({synCookies}) => synCookies),
  synCache: of('number', ({synCache}) => synCache),
  synOverflow: of('choice', ({synOverflow}) => synOverflow),
  acceptOverflow: of('choice', ({acceptOverflow}) => acceptOverflow),
  nagle: of('switch', ({noDelay}) => !noDelay),
  keepAlive: of('group', ({keepAlive}) => (keepAlive ? 'on' : 'off')),
  userTimeout: timeOrOff(({userTimeoutUs}) => userTimeoutUs),
  initialWindow: of('choice', ({initialWindow}) => initialWindows[initialWindow]),
  ecn: of('choice', ({ecn}) => ecn),
  offload: of('switch', ({offload}) => offload),
  cc: of('choice', ({congestion}) => congestion),
  acks: of('choice', ({acks}) => acks),
};

export type SettingDefault = {
  readonly unit: SettingUnit;
  /** The default values of a TCP setting as text, by the name of the profile. */
  readonly defaults: Readonly<Record<string, string>>;
};

const isSetting = (word: string): word is keyof typeof settings => Object.hasOwn(settings, word);

/**
 * Returns the unit and the defaults of a key of `tcp:`; undefined for an unknown key. `profiles` are the TCP settings before a lesson
 * changes them.
 */
export const settingDefault = (
  word: string,
  profiles: Readonly<Record<string, TcpSettings>>,
): SettingDefault | undefined => {
  if (!isSetting(word)) return undefined;
  const {unit, read} = settings[word];
  const defaults = Object.entries(profiles).map(([name, own]) => [name, read({...own, ...tcpChanges({})})]);
  return {unit, defaults: Object.fromEntries(defaults)};
};
