// Parses a resolver replay script: returns its data, or the first place that cannot be read.

import {worded} from '../../lesson/text.ts';
import {rootName} from '../../wire/dns/name.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {rplParseSentences} from '../../words/catalogue/drills-rpl.ts';
import {endAt, type Line, Lines, ReplaySyntaxError, refuse, wholeNumber, wordAt} from './lines.ts';
import {parseAddress} from './parse-address.ts';
import {parseConfig} from './parse-config.ts';
import {type EntryContext, parseEntry, readDirective} from './parse-entry.ts';
import {parseStep} from './parse-step.ts';
import type {Entry, Replay, ReplayProblem, ReplayRange, ReplayStep} from './replay.ts';

/** Fails if a line of a replay script begins with a keyword that is not among those allowed at this place. */
const refuseKeyword = ({words: [{text: given, position}]}: Line, allowed: string): never =>
  refuse(
    position,
    worded(rplParseSentences.refuseKeyword.cannotStandHere, {given}),
    worded(rplParseSentences.refuseKeyword.allowedHere, {allowed}),
  );

const parseRange = (begin: Line, context: EntryContext): ReplayRange => {
  const what = rplParseSentences.parseRange.what;
  const first = wholeNumber(wordAt(begin, 1, what), what);
  const lastWord = wordAt(begin, 2, what);
  const last = wholeNumber(lastWord, what);
  if (last < first)
    refuse(
      lastWord.position,
      worded(rplParseSentences.parseRange.theRangeEnds, {first, last}),
      rplParseSentences.parseRange.writeTheLower,
    );
  endAt(begin, 3);
  const addresses: IpAddress[] = [];
  const entries: Entry[] = [];
  for (;;) {
    const line = context.lines.within(begin.words[0], 'RANGE_END');
    if (readDirective(line, context.defaults)) continue;
    const [{text: keyword}] = line.words;
    if (keyword === 'RANGE_END') return {first, last, addresses, entries};
    if (keyword === 'ADDRESS') {
      addresses.push(parseAddress(wordAt(line, 1, rplParseSentences.parseRange.anAddress)));
      endAt(line, 2);
    } else if (keyword === 'ENTRY_BEGIN') entries.push(parseEntry(line, context));
    else refuseKeyword(line, 'ADDRESS, ENTRY_BEGIN, RANGE_END');
  }
};

const scenarioBegin = (lines: Lines): Line => {
  const line = lines.next();
  if (line?.words[0].text === 'SCENARIO_BEGIN') return line;
  return refuse(
    line?.words[0].position ?? lines.end,
    rplParseSentences.scenarioBegin.thereIsNo,
    rplParseSentences.scenarioBegin.writeSCENARIOBEGINAnd,
  );
};

const parseScenario = (context: EntryContext): Pick<Replay, 'ranges' | 'steps'> => {
  const begin = scenarioBegin(context.lines);
  const ranges: ReplayRange[] = [];
  const steps: ReplayStep[] = [];
  for (;;) {
    const line = context.lines.within(begin.words[0], 'SCENARIO_END');
    if (readDirective(line, context.defaults)) continue;
    const [{text: keyword}] = line.words;
    if (keyword === 'SCENARIO_END') break;
    if (keyword === 'RANGE_BEGIN') ranges.push(parseRange(line, context));
    else if (keyword === 'STEP') steps.push(parseStep(line, steps.at(-1), context));
    else refuseKeyword(line, 'RANGE_BEGIN, STEP, SCENARIO_END');
  }
  if (!steps.some(({kind}) => kind === 'CHECK_ANSWER' || kind === 'CHECK_OUT_QUERY'))
    refuse(
      begin.words[0].position,
      rplParseSentences.parseScenario.noStepChecks,
      rplParseSentences.parseScenario.writeASTEPCHECKANSWER,
    );
  return {ranges, steps};
};

export const parseReplay = (source: string): Result<Replay, ReplayProblem> => {
  const lines = new Lines(source);
  try {
    const {dialect, config} = parseConfig(lines);
    const context = {lines, defaults: {origin: rootName, ttl: 3600}};
    return ok({dialect, config, ...parseScenario(context)});
  } catch (error) {
    if (!(error instanceof ReplaySyntaxError)) throw error;
    return err({...error.problem, position: error.position});
  }
};
