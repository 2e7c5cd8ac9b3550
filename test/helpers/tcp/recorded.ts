// The rules that act while recordings of the Linux kernel run: those of its settings act nowhere else.
import {runScript} from '../../../source/drills/packetdrill/run.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {emptyTcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {parsed} from '../../drills/packetdrill/bench.ts';
import {recordings} from '../kernel-recordings.ts';
import {fastOpening, strangerDials} from './fast-opening.ts';

export const recordedRules = (): ReadonlySet<string> => {
  const acted = new Set<string>();
  const step: typeof tcpStep = (tcp, event, env) => {
    const after = tcpStep(tcp, event, env);
    for (const {because} of after.effects) acted.add(because);
    return after;
  };
  for (const source of [...recordings.map((each) => each.source), fastOpening, strangerDials])
    runScript(parsed(source), {stack: {empty: emptyTcp, step}, profiles});
  return acted;
};
