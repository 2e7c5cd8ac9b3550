// Opens a capture that can be played, told and exported. It is loaded only for captures, because it loads everything that reads them.
import {openCapture, type Wanted} from '../io/capture.ts';
import {keyLogBeside, standardInputName} from '../io/capture-files.ts';
import type {CaptureInspector} from '../observe/capture-inspector.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {shellFile} from '../words/written.ts';
import type {OpenedCapture} from './capture-desk.ts';
import type {Failure} from './command.ts';
import {captureFailure} from './lesson-failure.ts';
import {KeyRing, openSecrets} from './open-secrets.ts';
import type {Captured, Opened} from './opened.ts';

export const captureOpened = (
  {trace, warning}: Pick<Captured, 'trace'> & Pick<Opened, 'warning'>,
  inspector: CaptureInspector,
): OpenedCapture => ({
  argument: shellFile(trace.header.source === standardInputName ? '-' : trace.header.source),
  source: trace.header.source,
  title: undefined,
  runTitle: undefined,
  runName: undefined,
  trace,
  beats: [],
  captured: {trace, inspector},
  replay: undefined,
  warning,
});

/** Opens a capture file; `-` is standard input. `keylog` is the file of TLS secrets that the user named. */
export const openCaptureFrom = async (
  source: string,
  {keylog, ...wanted}: Wanted & {readonly keylog?: string | undefined},
): Promise<Result<OpenedCapture, Failure>> => {
  const capture = await openCapture(source, wanted);
  if (!capture.ok) return err(captureFailure(capture.error));
  const opened = await openSecrets(capture.value, new KeyRing(keylog));
  if (!opened.ok) return opened;
  const {trace, inspector} = capture.value;
  const withTrace = (warned: Parameters<typeof captureOpened>[0]): OpenedCapture => ({
    ...captureOpened(warned, inspector),
    simulate: async (packet, shown = trace) =>
      (await import('./open-simulated.ts')).openSimulatedAt(trace.header.source, shown, packet),
  });
  const file = keylog === undefined ? keyLogBeside(source) : undefined;
  if (file === undefined) return ok(withTrace(opened.value));
  const open = async (): Promise<Result<OpenedCapture, Failure>> => {
    const unlocked = await openSecrets(capture.value, new KeyRing(file));
    return unlocked.ok ? ok(withTrace(unlocked.value)) : unlocked;
  };
  return ok({...withTrace(opened.value), keysBeside: {file, open}});
};
