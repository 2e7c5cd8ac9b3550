// Makes questions about a capture, which has packets and times, but no host states, no forks and no lesson.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {sameIn} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {QuestionKind} from './kinds.ts';
import type {Asked} from './variant.ts';

/** The kinds of questions that a capture's packets alone can answer. */
export const captureKinds: readonly QuestionKind[] = [
  ...(['next-ack', 'next-seq', 'fill-in-handshake', 'who-sends-next', 'order-packets'] as const),
  ...(['raw-number', 'layer-size', 'which-layer', 'frame-bytes', 'reply-addresses'] as const),
  ...(['ttl-left', 'dns-section', 'dns-flags', 'name-octets'] as const),
  ...(['which-status', 'body-ends', 'response-bytes', 'pipelined-order'] as const),
  ...(['redirect-method', 'redirect-url'] as const),
  ...(['record-type', 'eavesdropper-reads', 'clear-messages'] as const),
];

const nothing: Pick<Run, 'hosts' | 'links' | 'script' | 'faults'> = {
  hosts: [],
  links: [],
  script: [],
  faults: [],
};

export const asCaptured = (trace: Trace): Asked => {
  const {source: file, seed, run: name} = trace.header;
  const title = sameIn(file);
  const run: Run = {...nothing, name, profile: 'linux', seed, arp: false, until: 'quiet', limitUs: 0};
  const lesson: Lesson = {
    ...{format: 1, file, id: file, title, summary: title, track: 'whole-story', minutes: 0},
    ...{requires: [], rfc: [], runs: [run], beats: [], checks: [], whatIfs: []},
  };
  const asked: Asked = {
    variant: {lesson, run, seed, profile: run.profile, faults: []},
    trace,
    faults: [],
    track: [],
    fork: () => asked,
    beside: () => asked,
  };
  return asked;
};
