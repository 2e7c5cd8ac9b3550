// The rules that act while recordings of the Linux kernel run: those of its settings act nowhere else.
import {runScript} from '../../../source/drills/packetdrill/run.ts';
import {parsed} from '../../drills/packetdrill/bench.ts';
import {recordings} from '../kernel-recordings.ts';
import {fastOpening, strangerDials} from './fast-opening.ts';

export const recordedRules = (): ReadonlySet<string> => {
  const acted = new Set<string>();
  for (const source of [...recordings.map((each) => each.source), fastOpening, strangerDials])
    for (const {because, case: own} of runScript(parsed(source)).trace.events()) {
      if (because) acted.add(because);
      if (own) acted.add(`${because} ${own}`);
    }
  return acted;
};
