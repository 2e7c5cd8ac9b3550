// Replay codes: `pt1-` and the base64url of everything that is needed to have the same run again.
import type {ProfileName} from '../stack/tcp/settings.ts';
import {fromBase64url, toBase64url} from '../wire/base64url.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {decodeUtf8, encodeUtf8} from '../wire/utf8.ts';
import {parseJson} from './canonical-json.ts';
import type {Fault} from './fault.ts';
import {faultsIn, formatFault} from './fault-text.ts';
import {machineVersion} from './identity.ts';
import {formatSetting, parseSetting, type Setting} from './setting.ts';

const prefix = 'pt1-';
/** The number of hexadecimal digits of the run's identity in a code, enough to notice another run. */
const identityDigits = 12;
const maxLength = 4096;

export type Replay = {
  readonly source: string;
  /** At least the first digits of the identity; another run of that name has others (`identity.ts`). */
  readonly identity: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly run: string;
  readonly faults: readonly Fault[];
  /** The settings that differ from the run of that name. @default none */
  readonly set?: readonly Setting[];
  /**
   * All changes as the moves of a challenge, because there are calls or segments of a host by hand among them, which only the lesson can read;
   * then `faults` is empty and `set` is absent. @default none
   */
  readonly moves?: readonly string[];
};

export const isReplayCode = (text: string): boolean => text.startsWith(prefix);

export const encodeReplay = ({
  source,
  identity,
  seed,
  profile,
  run,
  faults,
  set = [],
  moves = [],
}: Replay): string => {
  const digits = identity.slice(0, identityDigits);
  const changes = [...faults.map(formatFault), ...set.map(formatSetting), ...moves];
  const parts = [machineVersion, source, digits, seed, profile, run, changes];
  return prefix + toBase64url(encodeUtf8(JSON.stringify(parts)));
};

const isProfile = (value: unknown): value is ProfileName =>
  value === 'linux' || value === 'rfc' || value === 'freebsd';
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Tells whether the text is a move that is neither a fault nor a setting. */
export const isOnlyMove = (text: string): boolean => /^(?:answer|call)=/.test(text);

/** Reads faults and settings, which stand in one list; undefined if one of them is neither. */
const parseChanges = (texts: readonly string[]): Pick<Replay, 'faults' | 'set' | 'moves'> | undefined => {
  if (texts.some(isOnlyMove)) return {faults: [], moves: texts};
  const set = texts.flatMap((text) => parseSetting(text) ?? []);
  const faults = faultsIn(texts.filter((text) => !parseSetting(text)));
  if (faults.length + set.length < texts.length) return undefined;
  return set.length > 0 ? {faults, set} : {faults};
};

/** An error of decoding. `machine` is the version of the machine that made the code, 1 for all codes that do not name one. */
export type ReplayError =
  | {readonly code: 'unreadable'}
  | {readonly code: 'machine'; readonly machine: number};

const unreadable = err({code: 'unreadable'} as const);

const replayOf = (parts: readonly unknown[]): Result<Replay, ReplayError> => {
  const [source, identity, seed, profile, run, texts] = parts;
  if (typeof source !== 'string' || typeof identity !== 'string' || typeof run !== 'string')
    return unreadable;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) return unreadable;
  const changes = isTexts(texts) ? parseChanges(texts) : undefined;
  return isProfile(profile) && changes ? ok({source, identity, seed, profile, run, ...changes}) : unreadable;
};

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** Decodes any text as a replay or an error. The rest of a code by another version of the machine is not examined. */
export const decodeReplay = (code: string): Result<Replay, ReplayError> => {
  if (!isReplayCode(code) || code.length > maxLength) return unreadable;
  const bytes = fromBase64url(code.slice(prefix.length));
  const parts = bytes ? parseJson(decodeUtf8(bytes)) : undefined;
  if (!Array.isArray(parts)) return unreadable;
  const [version, ...rest]: unknown[] = parts;
  if (isVersion(version) && version !== machineVersion) return err({code: 'machine', machine: version});
  if (version === machineVersion && rest.length === 6) return replayOf(rest);
  return parts.length === 6 && replayOf(parts).ok ? err({code: 'machine', machine: 1}) : unreadable;
};
