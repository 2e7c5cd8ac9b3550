// `explain`: prints the player's explanation (*Why?*) for a packet of a capture, or the verdict on a connection or another conversation
// with its evidence, as text or as JSON.

import {packetOf} from '../account/packet.ts';
import {byId} from '../app/by-id.ts';
import type {Arguments, Command, Context, Failure, OptionSpec, Outcome} from '../app/command.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {openCaptureFrom} from '../app/open-capture.ts';
import {captureOptions, optionalNumber, readBudgetOf} from '../app/options.ts';
import {printJson, printText, printWarning} from '../app/print.ts';
import {evidenceIn, noSuchConnection, readWhole} from '../app/read-inspected.ts';
import {lessonData} from '../io/lessons.ts';
import {conversationsIn} from '../verdict/conversations.ts';
import type {Evidence} from '../verdict/evidence.ts';
import {type About, keyOf} from '../verdict/finding.ts';
import {outcomeOf, type Outcome as Turned} from '../verdict/outcome.ts';
import {conversationOutcome} from '../verdict/outcome-of-conversations.ts';
import {findingsIn, verdictsOn} from '../verdict/verdicts.ts';
import {explainLines} from '../view/findings/explained.ts';
import {findingJson, verdictJson} from '../view/findings/sentence.ts';
import {endsText} from '../view/inspect/told-lines.ts';
import {plainInput} from '../view/plain-input.ts';
import {viewOf as viewMsAt} from '../view/time/pace.ts';
import {viewOf} from '../view/view.ts';
import {reasonIn, whyAbout} from '../view/why/answer.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {explainSentences} from '../words/catalogue/cli.ts';
import {badConversation, explainNeedsOne, noConversation, noPacket} from '../words/catalogue/reading.ts';
import {problemOf} from '../words/problem.ts';

const options: readonly OptionSpec[] = [
  ...captureOptions.filter(({name}) => name !== 'simulated' && name !== 'connection'),
  {name: 'connection', kind: 'value', describe: explainSentences.connection.describe},
  {name: 'packet', kind: 'value', describe: explainSentences.packet.describe},
];

/** A conversation that is explained: its title, how it turned out, and the subjects of the findings on it. */
type Subject = {
  readonly title: string;
  readonly outcome: Turned;
  readonly isConnection: boolean;
  readonly about: readonly About[];
};

/** The largest packet number that `explain` accepts; no capture has so many packets. */
const mostPackets = 1_000_000_000;

const packetReason = async (args: Arguments, packet: number, {language}: Context) => {
  const budget = readBudgetOf(args);
  if (!budget.ok) return budget;
  const keylog = args.value('keylog');
  const opened = await openCaptureFrom(args.positionals[0] ?? '', {keylog, ...budget.value});
  if (!opened.ok) return opened;
  const {trace, warning, source} = opened.value;
  if (warning) printWarning(warning.problem, warning.place, language);
  if (packet > trace.packetCount) {
    const failure: Failure = {...problemOf(noPacket, {given: packet, count: trace.packetCount}), exit: 2};
    return {ok: false, error: failure} as const;
  }
  const {sendEvent} = packetOf(trace, packet);
  const look = {beats: [], title: undefined, source, language, rule: byId(lessonData().rules)};
  const input = plainInput(trace, {...look, place: (paced) => viewMsAt(paced, sendEvent)});
  return ok(reasonIn(whyAbout(viewOf(input), {kind: 'packet', packet})));
};

const explainPacket = async (args: Arguments, packet: number, context: Context): Promise<Outcome> => {
  const reason = await packetReason(args, packet, context);
  if (!reason.ok) return reason.error;
  if (context.json) {
    printJson({packet, ...reason.value});
    return exitAfterReading();
  }
  const {heading, plain, derivation, formulas, heldBack, clause} = reason.value;
  const more = derivation.filter((each) => !plain.includes(each));
  const parts = [[heading], plain, more, ...formulas, heldBack, clause === undefined ? [] : [clause]];
  const lines = parts
    .filter((each) => each.length > 0)
    .flatMap((each, nth) => (nth === 0 ? each : ['', ...each]));
  await printText(lines);
  return exitAfterReading();
};

/** The numbers of TCP connections, and the ids of other conversations: a letter that says what it is, and a number. */
const conversationId = /^(?:[1-9]\d{0,6}|[uitan][1-9]\d{0,6})$/;

/** Returns the conversation of this id, and its title; a failure if the capture does not have it. */
const conversationOf = (id: string, evidence: Evidence, ascii: boolean): Result<Subject, Failure> => {
  const {inspector} = evidence;
  const number = Number(id);
  if (number > 0) {
    const connection = inspector.connections[number - 1];
    if (!connection) return err(noSuchConnection(number, inspector));
    const title = `#${id} ${endsText(connection, ascii)}`;
    const outcome = outcomeOf(evidence, connection);
    return ok({title, outcome, isConnection: true, about: [{connection: number}]});
  }
  const conversations = conversationsIn(evidence);
  let last: string | undefined;
  for (let index = 0; index < conversations.length; index++) {
    const told = conversations.entry(index);
    if (told?.id.charAt(0) === id.charAt(0)) last = told.id;
    if (told?.id !== id) continue;
    const title = `${id} ${told.protocol.toUpperCase()} ${told.ends.join(ascii ? ' - ' : ' – ')}`;
    return ok({title, outcome: conversationOutcome(evidence, told), isConnection: false, about: told.about});
  }
  const first = `${id.charAt(0)}1`;
  return err({
    ...problemOf(noConversation, {given: id, known: last !== undefined, first, last: last ?? ''}),
    exit: 2,
  });
};

const explainConversation = async (args: Arguments, id: string, context: Context): Promise<Outcome> => {
  const read = await readWhole(args, context);
  if (!read.ok) return read.error;
  const evidence = evidenceIn(read.value);
  const subject = conversationOf(id, evidence, context.ascii);
  if (!subject.ok) return subject.error;
  const {about, outcome, isConnection} = subject.value;
  const keys = new Set(about.map(keyOf));
  const all = findingsIn(evidence).filter((each) => keys.has(keyOf(each.about)));
  const verdict = verdictsOn(all)(about);
  if (context.json) {
    const findings = all.map((each) => findingJson(each, evidence, context.language));
    const named = isConnection ? {connection: Number(id)} : {conversation: id};
    printJson({...named, verdict: verdictJson(verdict, evidence), outcome, findings});
  } else await printText(explainLines({...subject.value, verdict, findings: all, evidence}, context));
  return exitAfterReading();
};

export const explain: Command = {
  options,
  run: async (args, context) => {
    const packet: Result<number | undefined, Failure> = optionalNumber(args, 'packet', 1, mostPackets);
    if (!packet.ok) return packet.error;
    const id = args.value('connection');
    if (id !== undefined && !conversationId.test(id))
      return {...problemOf(badConversation, {given: id}), exit: 2};
    if (id !== undefined && packet.value === undefined) return explainConversation(args, id, context);
    if (id !== undefined || packet.value === undefined) return {...problemOf(explainNeedsOne, {}), exit: 2};
    return explainPacket(args, packet.value, context);
  },
};
