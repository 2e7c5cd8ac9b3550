// Finds from when to when a finding lasts: the times of the packets that show it, and more of its conversation if it cost more time than
// lies between these.
import type {Evidence} from './evidence.ts';
import type {About, Finding} from './finding.ts';

/** A time span in whole µs since the first frame of the capture. */
export type Span = {readonly fromUs: number; readonly toUs: number};

/** Returns from when to when there are packets of the conversation that a finding is about; undefined if it is about something else. */
const boundsOf = ({inspector: {connections, udp, icmp}}: Evidence, about: About) => {
  if ('connection' in about) return connections[about.connection - 1];
  if (!('conversation' in about)) return undefined;
  const index = Number(about.conversation.slice(1)) - 1;
  if (about.conversation.startsWith('u')) return udp.all[index];
  return about.conversation.startsWith('i') ? icmp.echoes[index] : undefined;
};

/** Returns from when to when a finding lasts; undefined if it is about one instant and cost no time. */
export const spanOf = (evidence: Evidence, finding: Finding): Span | undefined => {
  const {about, frames, lastFrame, costUs = 0} = finding;
  const {times, latestUs} = evidence.inspector.file;
  const bounds = boundsOf(evidence, about) ?? {firstUs: 0, lastUs: latestUs};
  const shown = [...frames, ...(lastFrame > 0 ? [lastFrame] : [])].map((frame) => times.at(frame));
  let fromUs = Math.min(...shown);
  let toUs = Math.max(...shown);
  if (shown.length === 0 && finding.costUs === undefined) return undefined;
  const missingUs = shown.length === 0 ? Number.POSITIVE_INFINITY : costUs - (toUs - fromUs);
  // If the packets name only a small part of what took the time, it may have been anywhere in the conversation.
  if (missingUs > costUs / 2) {
    fromUs = Math.min(fromUs, bounds.firstUs);
    toUs = Math.max(toUs, bounds.lastUs);
  } else if (missingUs > 0) {
    fromUs = Math.min(fromUs, Math.max(bounds.firstUs, fromUs - missingUs));
    toUs = Math.max(toUs, Math.min(bounds.lastUs, toUs + missingUs));
  }
  const within = (us: number): number => Math.min(Math.max(0, Math.round(us)), Math.floor(latestUs));
  const span = {fromUs: within(fromUs), toUs: within(toUs)};
  return finding.costUs !== undefined || span.toUs > span.fromUs ? span : undefined;
};
