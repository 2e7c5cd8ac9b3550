// Reads and writes the moves of a challenge, one a line: `drop@packet=3` as `--fault` takes it, `call=close@host=server,at=1s` for a call.
import type {Action} from '../sim/action.ts';
import {formatDuration, formatFault} from '../sim/fault-text.ts';
import {formatOwnSegment, parseOwnSegment} from '../sim/own-segment.ts';
import {formatSetting, parseSetting} from '../sim/setting.ts';
import {fromBase64url} from '../wire/base64url.ts';
import {typeName} from '../wire/dns/registry.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {decodeUtf8} from '../wire/utf8.ts';
import {ownSegmentSentences} from '../words/catalogue/by-hand.ts';
import {moveTextSentences} from '../words/catalogue/challenge-check.ts';
import {readFaults} from './fault-reader.ts';
import type {Run} from './lesson.ts';
import type {Move} from './move.ts';
import {type Problem, problemWith, unknownWord} from './problem.ts';
import {Problems} from './problems.ts';
import {vocabulary} from './protocols.ts';
import {schemaProblems} from './schema-problems.ts';
import {type CauseFile, causeSchemaOf} from './schema-script.ts';
import {readScript} from './script.ts';
import type {Names, Shape} from './vocabulary.ts';

/** Returns the names that moves in a run may use: those of its hosts, links and connections. */
export const namesOfRun = ({hosts, links, script, apps}: Run): Names => ({
  hosts: hosts.map(({name}) => name),
  links: links.map(({name, between}) => ({name, between})),
  connections: [
    ...new Set(script.flatMap(({action}) => ('as' in action && action.as !== undefined ? [action.as] : []))),
  ],
  ...(apps ? {apps} : {}),
  vocabulary,
});

/** Returns the text of a call's value in the notation of moves; undefined if the value cannot be written on one line. */
const writtenValue = (key: string, value: unknown): string | undefined => {
  if (key === 'octets' && typeof value === 'string')
    return decodeUtf8(fromBase64url(value) ?? new Uint8Array());
  if (key === 'type' && typeof value === 'number') return typeName(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (typeof value === 'object' && value !== null && 'host' in value && 'port' in value)
    return `${value.host}:${value.port}`;
  return undefined;
};

/** Returns the keys of a call in the notation of moves, such as `bytes=100`; undefined if one of them cannot be written on one line. */
const writtenKeys = (action: Action): readonly string[] | undefined => {
  const {call: _, ...keys} = action;
  const written = Object.entries(keys).map(([key, value]) => {
    // `bytes` is omitted beside a text, which has a length, and `read=auto` is omitted because it is the default.
    if ((key === 'bytes' && 'octets' in keys) || (key === 'read' && value === 'auto')) return '';
    const text = writtenValue(key, value);
    return text === undefined ? undefined : `${key === 'octets' ? 'text' : key}=${text}`;
  });
  const known = written.flatMap((each) => each ?? []);
  return known.length < written.length ? undefined : known.filter((each) => each !== '');
};

/** Returns a learner's move as a line of text; the inverse of `parseMove`. */
export const moveText = (move: Move): string => {
  if (move.kind === 'fault') return formatFault(move.fault);
  if (move.kind === 'set') return formatSetting(move.setting);
  if (move.kind === 'answer') return `answer=${formatOwnSegment(move.answer)}`;
  const {action, host, atUs, written} = move;
  const keys = [`host=${host}`, `at=${formatDuration(atUs)}`, ...(writtenKeys(action) ?? [])];
  return written ?? `call=${action.call}@${keys.join(',')}`;
};

/** Returns a text as the value that the call's key takes: a number or truth value if the key allows it, otherwise the text. */
const valueFor = (schema: Shape[string] | undefined, text: string): unknown => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  const truth = text === 'true' || text === 'false' ? text === 'true' : undefined;
  const plain = number ?? truth ?? text;
  return !schema || schema.safeParse(plain).success ? plain : text;
};

const calling = /^call=([A-Za-z]*)@(.*)$/s;

/** Returns the call in a line of text as a cause of a lesson file; undefined if the line is not `call=…@…`. */
const causeIn = (text: string): CauseFile | undefined => {
  const [, call, keys] = calling.exec(text) ?? [];
  if (call === undefined || keys === undefined) return undefined;
  // A comma separates two keys only if another key follows it; otherwise it belongs to the value.
  const pairs = keys.split(/,(?=[A-Za-z]+=)/).map((pair) => {
    const [key = ''] = pair.split('=', 1);
    return [key, valueFor(vocabulary.calls[call]?.shape[key], pair.slice(key.length + 1))] as const;
  });
  return {...Object.fromEntries(pairs), call};
};

const parseCall = (text: string, names: Names): Result<Move, Problem> => {
  const data = causeIn(text);
  if (data === undefined) return err(problemWith(moveTextSentences.call, {text}));
  const {calls} = names.vocabulary;
  const construct = calls[data.call];
  if (!construct) return err(unknownWord(moveTextSentences.callWord, data.call, Object.keys(calls)));
  const schema = causeSchemaOf(names.vocabulary);
  const shape = schema.safeParse(data);
  const [misshapen] = shape.success ? [] : schemaProblems(schema, data, shape.error.issues);
  if (misshapen) return err(misshapen);
  // A call on the network, such as `setLink`, needs no host.
  const isHostMissing = data.host === undefined && !construct.hostless;
  if (isHostMissing || data.at === undefined)
    return err(problemWith(moveTextSentences.needs, {text, key: isHostMissing ? 'host' : 'at'}));
  const problems = new Problems();
  const [cause] = readScript([data], [], names, problems);
  const [problem] = problems.found;
  if (problem) return err(problem);
  if (cause?.when.kind !== 'at') return err(problemWith(moveTextSentences.needs, {text, key: 'at'}));
  const {host, action, when} = cause;
  const move = {kind: 'call', atUs: when.atUs, host, action} as const;
  return ok(writtenKeys(action) ? move : {...move, written: text});
};

const parseFault = (text: string, {hosts, links = []}: Names): Result<Move, Problem> => {
  const problems = new Problems();
  const [fault] = readFaults([text], [], {hosts, links: links.map(({name}) => name)}, problems);
  const [problem = problemWith(moveTextSentences.unread, {text})] = problems.found;
  return fault ? ok({kind: 'fault', atUs: 0, fault}) : err(problem);
};

const parseAnswer = (text: string): Result<Move, Problem> => {
  const answer = parseOwnSegment(text.replace(/^answer=?/, ''));
  if (answer.ok) return ok({kind: 'answer', atUs: 0, answer: answer.value});
  return err(problemWith(ownSegmentSentences.unread, answer.error));
};

/** Parses a line of text as a learner's move in a run with these names of hosts, links and connections. */
export const parseMove = (text: string, names: Names): Result<Move, Problem> => {
  if (text.startsWith('call=') || text === 'call') return parseCall(text, names);
  if (text.startsWith('answer')) return parseAnswer(text);
  const setting = parseSetting(text);
  if (setting) return ok({kind: 'set', atUs: 0, setting});
  return text.includes('@') ? parseFault(text, names) : err(problemWith(moveTextSentences.unread, {text}));
};
