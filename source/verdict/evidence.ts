// What findings are made of: everything that was read in a capture, or in one of its conversations.
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import type {Shown} from '../observe/inspection-json.ts';
import type {CapturedQuic} from '../observe/quic-captured.ts';

export type Evidence = Omit<Shown, 'quic'> & {
  readonly inspector: CaptureInspector;
  readonly quic: readonly CapturedQuic[];
};
