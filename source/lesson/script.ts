// Causes of a lesson file → causes of the simulator: which keys go with which call, and who does it.
import type {Action, Cause, CauseTime} from '../sim/scenario.ts';
import {seq} from '../wire/seq.ts';
import {problem, text} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {microseconds} from './quantity.ts';
import type {CauseFile} from './schema.ts';

/** Everything that a cause may name. */
type ScriptNames = {readonly hosts: readonly string[]; readonly connections: readonly string[]};

type CallKeys = {readonly needs: readonly (keyof CauseFile)[]; readonly takes: readonly (keyof CauseFile)[]};

const callKeys: {readonly [call in CauseFile['call']]: CallKeys} = {
  listen: {needs: ['port'], takes: ['read']},
  connect: {needs: ['to'], takes: ['from', 'as', 'iss', 'data', 'read']},
  send: {needs: ['bytes'], takes: ['of']},
  receive: {needs: ['bytes'], takes: ['of']},
  shutdown: {needs: [], takes: ['of']},
  close: {needs: [], takes: ['of']},
  abort: {needs: [], takes: ['of']},
  status: {needs: [], takes: ['of']},
  crash: {needs: [], takes: []},
  reboot: {needs: [], takes: []},
};

const everywhere: readonly string[] = ['at', 'on', 'after', 'host', 'call', 'repeat'];

/** Words that would hide a value of the host: `client.state`. */
const valueWords = ['state', 'iss', 'irs', 'snd', 'rcv', 'rto', 'srtt', 'rttvar'];

export const connectionNames = (
  scripts: readonly (readonly CauseFile[] | undefined)[],
): readonly string[] => [
  ...new Set(scripts.flatMap((script) => (script ?? []).flatMap((cause) => cause.as ?? []))),
];

export const readScript = (
  script: readonly CauseFile[],
  path: Path,
  names: ScriptNames,
  problems: Problems,
): readonly Cause[] =>
  script.flatMap((data, index) => {
    const place = [...path, index];
    const before = problems.found.length;
    checkKeys(data, place, problems);
    checkNames(data, place, names, problems);
    const when = timeOf(data, place, problems);
    const host = data.host ?? data.on?.host;
    if (host === undefined) problems.add(place, missingHost);
    if (problems.found.length > before || !when || host === undefined) return [];
    const {repeat} = data;
    const again = repeat ? {repeat: {times: repeat.times, everyUs: microseconds(repeat.every)}} : {};
    return [{when, host, action: actionOf(data), ...again}];
  });

const missingHost = problem(
  text('no host is said to do this', '没有说明由哪台主机来做'),
  text('add host:, or on: {host: …}', '加上 host:，或 on: {host: …}'),
);

const checkKeys = (data: CauseFile, path: Path, problems: Problems): void => {
  const {needs, takes} = callKeys[data.call];
  for (const key of needs) {
    if (data[key] !== undefined) continue;
    problems.add(
      path,
      problem(
        text(`${data.call} needs ${key}:`, `${data.call} 需要 ${key}:`),
        text(`add ${key}: to this cause`, `给这个动因加上 ${key}:`),
      ),
    );
  }
  const allowed: readonly string[] = [...needs, ...takes];
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || everywhere.includes(key) || allowed.includes(key)) continue;
    const list = [...allowed, ...everywhere].join(', ');
    problems.add(
      [...path, key],
      problem(
        text(`${key}: does not go with call: ${data.call}`, `${key}: 不能和 call: ${data.call} 一起用`),
        text(`${data.call} takes: ${list}`, `${data.call} 可以带：${list}`),
      ),
      {onKey: true},
    );
  }
};

const checkNames = (data: CauseFile, path: Path, names: ScriptNames, problems: Problems): void => {
  if (data.host !== undefined) problems.host([...path, 'host'], data.host, names.hosts);
  if (data.on) problems.host([...path, 'on', 'host'], data.on.host, names.hosts);
  if (data.to !== undefined) problems.host([...path, 'to'], portal(data.to).host, names.hosts);
  const connection = text('connection', '连接');
  if (data.of !== undefined) problems.knows([...path, 'of'], connection, data.of, names.connections);
  if (data.on?.of !== undefined)
    problems.knows([...path, 'on', 'of'], connection, data.on.of, names.connections);
  if (data.as !== undefined && valueWords.includes(data.as)) {
    problems.add(
      [...path, 'as'],
      problem(
        text(`a connection cannot be called ${data.as}`, `连接不能叫 ${data.as}`),
        text(
          'expressions use that word for a value of the host; take another',
          '表达式用这个词表示主机的值；换一个',
        ),
      ),
    );
  }
};

const portal = (to: string): {readonly host: string; readonly port: number} => {
  const [host = '', port = ''] = to.split(':');
  return {host, port: Number(port)};
};

const timeOf = (data: CauseFile, path: Path, problems: Problems): CauseTime | undefined => {
  const {at, on, after} = data;
  const wrong = (message: ReturnType<typeof text>): undefined => {
    problems.add(
      path,
      problem(
        message,
        text(
          'give at: 10ms, or on: {host: …, event: …} with after:',
          '写 at: 10ms，或 on: {host: …, event: …}，可带 after:',
        ),
      ),
    );
    return undefined;
  };
  if (at !== undefined && on)
    return wrong(text('a cause has one time: at: or on:, not both', '动因的时间只写一个：at: 或 on:'));
  if (at !== undefined) {
    return after === undefined
      ? {kind: 'at', atUs: microseconds(at)}
      : wrong(text('after: goes with on:, not with at:', 'after: 要和 on: 一起用，不和 at: 一起用'));
  }
  if (!on) return wrong(text('this cause has no time', '这个动因没有时间'));
  return {
    kind: 'on',
    host: on.host,
    event: on.event,
    ...(on.of === undefined ? {} : {of: on.of}),
    ...(on.bytes === undefined ? {} : {bytes: on.bytes}),
    afterUs: microseconds(after ?? '0ms'),
  };
};

const actionOf = (data: CauseFile): Action => {
  const {call, bytes = 0, read = 'auto'} = data;
  const of = data.of === undefined ? {} : {of: data.of};
  switch (call) {
    case 'listen':
      return {call, port: data.port ?? 0, read};
    case 'connect':
      return {
        call,
        to: portal(data.to ?? ''),
        ...(data.from === undefined ? {} : {from: data.from}),
        ...(data.as === undefined ? {} : {as: data.as}),
        ...(data.iss === undefined ? {} : {iss: seq(data.iss)}),
        ...(data.data === undefined ? {} : {data: data.data}),
        read,
      };
    case 'send':
    case 'receive':
      return {call, ...of, bytes};
    case 'crash':
    case 'reboot':
      return {call};
    default:
      return {call, ...of};
  }
};
