// What questions are about where that is no lesson: a capture, or a connection of it in the simulator; and that run in the player.
import {asCaptured, captureKinds} from '../lesson/quiz/captured.ts';
import type {QuestionKind} from '../lesson/quiz/kinds.ts';
import type {Question} from '../lesson/quiz/question.ts';
import {type Asked, happened} from '../lesson/quiz/variant.ts';
import {parseFault} from '../sim/fault-text.ts';
import type {Trace} from '../sim/trace.ts';
import type {OpenedRun, OpenResult} from '../ui/app-options.ts';
import type {Opened} from './open-lesson.ts';
import {openSimulatedWith} from './open-simulated.ts';

type AskedAbout = {
  readonly asked: Asked;
  /** Absent: whatever can be asked about runs. */
  readonly kinds?: readonly QuestionKind[];
};

/** `trace`: as far as it is known by now, or with other faults. Undefined: it is a lesson, or a script. */
export const askedAbout = (
  {simulated, replay, trace: own}: Opened,
  trace: Trace = own,
): AskedAbout | undefined => {
  if (trace.header.profile === 'capture') return {asked: asCaptured(trace), kinds: captureKinds};
  const {profile, seed} = trace.header;
  const [run] = simulated?.lesson.runs ?? [];
  if (!simulated || !run) return undefined;
  const variant = {lesson: simulated.lesson, run, seed, profile, faults: replay?.faults ?? []};
  return {asked: happened(variant, {}, trace)};
};

/** The run of such a question, in the player (`play`) at the question’s place. */
export const openAskedIn =
  (about: Opened, play: (opened: Opened) => OpenedRun) =>
  async ({place, evidence}: Question): Promise<OpenResult> => {
    const at = {event: Math.max(0, place.n - 1)};
    const {simulated, replay} = about;
    if (!simulated || evidence.faults.length === (replay?.faults.length ?? 0))
      return {run: {...play(about), at}};
    const faults = evidence.faults.flatMap((given) => {
      const fault = parseFault(given);
      return fault.ok ? [fault.value] : [];
    });
    const opened = await openSimulatedWith(simulated, {faults});
    return opened.ok ? {run: {...play(opened.value), at}} : {message: opened.error.what};
  };
