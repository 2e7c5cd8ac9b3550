// Replay codes: `pt1-` and the base64url of what it takes to have the same run again (design.md, "sim").
import type {ProfileName} from '../stack/tcp/settings.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {decodeUtf8, encodeUtf8} from '../wire/utf8.ts';
import {fromBase64url, toBase64url} from './base64url.ts';
import type {Fault} from './fault.ts';
import {formatFault, parseFault} from './fault-text.ts';

const prefix = 'pt1-';
/** Hex digits of the source's digest that the code carries: enough to notice another version. */
const digestDigits = 12;
const maxLength = 4096;

export type Replay = {
  readonly source: string;
  /** The first digits of the source's digest. */
  readonly sourceDigest: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly run: string;
  readonly faults: readonly Fault[];
};

export const isReplayCode = (text: string): boolean => text.startsWith(prefix);

export const encodeReplay = ({source, sourceDigest, seed, profile, run, faults}: Replay): string => {
  const digest = sourceDigest.slice(0, digestDigits);
  return (
    prefix +
    toBase64url(encodeUtf8(JSON.stringify([source, digest, seed, profile, run, faults.map(formatFault)])))
  );
};

const isProfile = (value: unknown): value is ProfileName =>
  value === 'linux' || value === 'rfc' || value === 'freebsd';
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const parseFaults = (texts: readonly string[]): readonly Fault[] | undefined => {
  const parsed = texts.map(parseFault);
  const faults = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  return faults.length === texts.length ? faults : undefined;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Any text gives a replay or an error. */
export const decodeReplay = (code: string): Result<Replay, 'not a replay code'> => {
  const bad = err('not a replay code' as const);
  if (!isReplayCode(code) || code.length > maxLength) return bad;
  const bytes = fromBase64url(code.slice(prefix.length));
  const parts = bytes ? parseJson(decodeUtf8(bytes)) : undefined;
  if (!Array.isArray(parts) || parts.length !== 6) return bad;
  const [source, sourceDigest, seed, profile, run, texts]: unknown[] = parts;
  if (typeof source !== 'string' || typeof sourceDigest !== 'string' || typeof run !== 'string') return bad;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) return bad;
  const faults = isTexts(texts) ? parseFaults(texts) : undefined;
  return isProfile(profile) && faults ? ok({source, sourceDigest, seed, profile, run, faults}) : bad;
};
