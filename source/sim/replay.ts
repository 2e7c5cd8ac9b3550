// Replay codes such as `pt1-…`, from which the same run can be made again: source, identity, seed, profile, run and changes in base64url.
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
  /**
   * The first digits, or all, of the run's identity (`identity.ts`). If the lesson's run has other digits now, the code is of another run.
   */
  readonly identity: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly run: string;
  readonly faults: readonly Fault[];
  /** The settings that the replay code changes in the lesson's run. @default none */
  readonly set?: readonly Setting[];
  /**
   * All changes of the run as the moves of a challenge, if they include calls or segments chosen by hand, which only the lesson can read;
   * `faults` is then empty and `set` absent. @default none
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

/** Tells whether a text is a move of a challenge that begins with `answer=` or `call=`, so that it is neither a fault nor a setting. */
export const isOnlyMove = (text: string): boolean => /^(?:answer|call)=/.test(text);

/** Reads the changes in a replay code, in which faults, settings and moves form one list; undefined if one of them cannot be read. */
const parseChanges = (texts: readonly string[]): Pick<Replay, 'faults' | 'set' | 'moves'> | undefined => {
  if (texts.some(isOnlyMove)) return {faults: [], moves: texts};
  const set = texts.flatMap((text) => parseSetting(text) ?? []);
  const faults = faultsIn(texts.filter((text) => !parseSetting(text)));
  if (faults.length + set.length < texts.length) return undefined;
  return set.length > 0 ? {faults, set} : {faults};
};

/** Why a replay code cannot be decoded. `machine` is the simulator version that made it, 1 for codes that do not name a version. */
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

/** Decodes a replay code. A code made by another version of the simulator is an error, and its contents are not examined. */
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
