// `explain`: prints the player's explanation (*Why?*) for a packet of a capture, or the verdict on a connection with its evidence, as text
// or as JSON.

import {packetOf} from '../account/packet.ts';
import {byId} from '../app/by-id.ts';
import type {Arguments, Command, Context, Failure, OptionSpec, Outcome} from '../app/command.ts';
import {exitAfterReading} from '../app/interrupt.ts';
import {openCaptureFrom} from '../app/open-capture.ts';
import {captureOptions, connectionOf, optionalNumber, readBudgetOf} from '../app/options.ts';
import {printJson, printText, printWarning} from '../app/print.ts';
import {evidenceIn, readInspected} from '../app/read-inspected.ts';
import {lessonData} from '../io/lessons.ts';
import {connectionOf as connectionIn} from '../verdict/finding.ts';
import {findingsIn, verdictsOn} from '../verdict/verdicts.ts';
import {explainLines} from '../view/findings/explained.ts';
import {findingJson, verdictJson} from '../view/findings/sentence.ts';
import {endsText} from '../view/inspect/told-lines.ts';
import {plainInput} from '../view/plain-input.ts';
import {viewOf as viewMsAt} from '../view/time/pace.ts';
import {viewOf} from '../view/view.ts';
import {reasonIn, whyAbout} from '../view/why/answer.ts';
import {ok, type Result} from '../wire/result.ts';
import {explainSentences} from '../words/catalogue/cli.ts';
import {explainNeedsOne, noPacket} from '../words/catalogue/reading.ts';
import {problemOf} from '../words/problem.ts';

const options: readonly OptionSpec[] = [
  ...captureOptions.filter(({name}) => name !== 'simulated'),
  {name: 'packet', kind: 'value', describe: explainSentences.packet.describe},
];

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

const explainConnection = async (args: Arguments, context: Context): Promise<Outcome> => {
  const read = await readInspected(args, context);
  if (!read.ok) return read.error;
  const {inspector, only = 0} = read.value;
  const connection = inspector.connections[only - 1];
  if (!connection) return 1;
  const all = findingsIn(evidenceIn(read.value)).filter((each) => connectionIn(each) === only);
  const verdict = verdictsOn(all)([{connection: only}]);
  if (context.json) {
    const findings = all.map((each) => findingJson(each, context.language));
    printJson({connection: only, verdict: verdictJson(verdict), findings});
  } else {
    const title = `#${only} ${endsText(connection, context.ascii)}`;
    await printText(explainLines({title, verdict, findings: all}, context));
  }
  return exitAfterReading();
};

export const explain: Command = {
  options,
  run: async (args, context) => {
    const packet: Result<number | undefined, Failure> = optionalNumber(args, 'packet', 1, mostPackets);
    if (!packet.ok) return packet.error;
    const connection = connectionOf(args);
    if (!connection.ok) return connection.error;
    if ((packet.value === undefined) === (connection.value === undefined))
      return {...problemOf(explainNeedsOne, {}), exit: 2};
    return packet.value === undefined
      ? explainConnection(args, context)
      : explainPacket(args, packet.value, context);
  },
};
