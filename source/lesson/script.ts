// Reads the causes of a lesson file for the simulator: when, by which host, how often. The protocols read what the causes do.

import type {Action} from '../sim/action.ts';
import {given} from '../sim/given.ts';
import type {Cause, CauseTime} from '../sim/scenario.ts';
import {scriptSentences} from '../words/catalogue/lesson.ts';
import {checkKeys} from './construct-keys.ts';
import {propertyWords} from './host-property.ts';
import {problem, problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import {microseconds} from './quantity.ts';
import {type CauseFile, timingKeys} from './schema-script.ts';
import {picked} from './selector-parser.ts';
import type {Text} from './text.ts';

import type {Construct, Names, Place, Taker} from './vocabulary.ts';

export const connectionNames = (
  scripts: readonly (readonly CauseFile[] | undefined)[],
): readonly string[] => [
  ...new Set(scripts.flatMap((script) => (script ?? []).flatMap((cause) => cause.as ?? []))),
];

export const readScript = (
  script: readonly CauseFile[],
  path: Path,
  names: Names,
  problems: Problems,
): readonly Cause[] =>
  script.flatMap((data, index) => readCause(data, {path: [...path, index], names, problems}) ?? []);

const readCause = (data: CauseFile, place: Place): Cause | undefined => {
  const {path, names, problems} = place;
  const {calls} = names.vocabulary;
  const before = problems.found.length;
  const construct = calls[data.call];
  if (construct)
    checkKeys(
      data,
      {
        word: data.call,
        shown: `call: ${data.call}`,
        place: scriptSentences.cause,
        common: timingKeys,
        construct,
      },
      place,
    );
  checkNames(data, place);
  const when = timeOf(data, place);
  // A call of the network has a host only if it is a replay with a target (`to`).
  if (construct?.hostless && data.host !== undefined && data['to'] === undefined)
    problems.add([...path, 'host'], problemWith(scriptSentences.noHost, {call: data.call}), {onKey: true});
  const host = data.host ?? data.on?.host ?? (construct?.hostless ? names.hosts[0] : undefined);
  if (host === undefined) problems.add(path, scriptSentences.missingHost);
  if (host !== undefined && construct?.taker) checkTaker(data, host, construct.taker, place);
  const action = construct && actionOf(data, construct, place);
  if (problems.found.length > before || !when || host === undefined || !action) return undefined;
  const {repeat} = data;
  const again = repeat && {times: repeat.times, everyUs: microseconds(repeat.every)};
  return {when, host, action, ...given({repeat: again})};
};

const checkTaker = (data: CauseFile, host: string, taker: Taker, place: Place): void => {
  const {path, names, problems} = place;
  if (names.apps?.some((each) => each.host === host && taker.takes(each.spec, data))) return;
  const {besides} = taker;
  const other = besides && names.apps?.some((each) => each.host === host && each.spec.app === besides.app);
  if (besides && !other) return;
  // If the lesson's `apps` cannot be read, the host may have the application that the call needs, so it is not reported.
  const written = taker.written(data);
  const known = names.hosts.includes(host) && !problems.found.some((each) => each.path.includes('apps'));
  if (!known) return;
  if (besides) {
    problems.add([...path, 'call'], besides.problem(host));
    return;
  }
  problems.add([...path, 'call'], problemWith(scriptSentences.checkTaker, {host, call: data.call, written}));
};

const actionOf = (data: CauseFile, construct: Construct<Action>, place: Place): Action | undefined =>
  construct.compile(picked(data, Object.keys(construct.shape)), place);

const checkNames = (data: CauseFile, {path, names, problems}: Place): void => {
  if (data.host !== undefined) problems.host([...path, 'host'], data.host, names.hosts);
  if (data.on) problems.host([...path, 'on', 'host'], data.on.host, names.hosts);
  if (data.on?.of !== undefined)
    problems.knows([...path, 'on', 'of'], scriptSentences.checkNames.itself, data.on.of, names.connections);
  if (data.as !== undefined && propertyWords.includes(data.as)) {
    problems.add([...path, 'as'], problemWith(scriptSentences.checkNames, {as: data.as}));
  }
};

const timeOf = (data: CauseFile, place: Place): CauseTime | undefined => {
  const {at, on, after} = data;
  const wrong = (message: Text): undefined => {
    place.problems.add(place.path, problem(message, scriptSentences.timeOf.wrong.remedy));
    return undefined;
  };
  if (at !== undefined && on) return wrong(scriptSentences.timeOf.aCauseHas);
  if (at !== undefined) {
    return after === undefined
      ? {kind: 'at', atUs: microseconds(at)}
      : wrong(scriptSentences.timeOf.afterGoesWith);
  }
  if (!on) return wrong(scriptSentences.timeOf.thisCauseHas);
  const event = place.names.vocabulary.triggers.find((trigger) => trigger === on.event);
  if (!event) return undefined;
  if (on.status !== undefined && event !== 'status') {
    place.problems.add([...place.path, 'on', 'status'], problemWith(scriptSentences.statusOf, {event}), {
      onKey: true,
    });
    return undefined;
  }
  return {
    kind: 'on',
    host: on.host,
    event,
    ...given({of: on.of, bytes: on.bytes, status: on.status}),
    afterUs: microseconds(after ?? '0ms'),
  };
};
