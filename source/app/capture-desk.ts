// Handles an opened capture for the app: lists its conversations, plays one of them, or exports one to a file.
import {lessonData} from '../io/lessons.ts';
import {fileName} from '../lesson/file-name.ts';
import {sameIn, type Text} from '../lesson/text.ts';
import type {Conversation} from '../observe/captured-place.ts';
import {capturedQuic} from '../observe/quic-captured.ts';
import {capturedTls} from '../observe/tls-captured.ts';
import type {Trace} from '../sim/trace.ts';
import type {CaptureDesk, CaptureResult} from '../ui/capture-state.ts';
import type {OpenedRun} from '../ui/opened-run.ts';
import {lacksKeys} from '../view/inspect/first-page.ts';
import {Conversations} from '../view/inspect/selection.ts';
import {inOneLine} from '../view/note.ts';
import {everything, type Overview, rowIn} from '../view/picker/overview.ts';
import {overviewOf} from '../view/picker/overview-of.ts';
import type {Speed} from '../view/time/playback-state.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Result} from '../wire/result.ts';
import {pickerWords} from '../words/catalogue/picker.ts';
import {terminal} from '../words/written.ts';
import {askable} from './askable.ts';
import type {Failure} from './command.ts';
import {exportForm, writeExport} from './export-desk.ts';
import {type Captured, conversationOf, type Opened} from './opened.ts';

/** An opened capture; while it is still being read, the part read so far. */
export type OpenedCapture = Opened & {
  readonly captured: Captured;
  /** A key log file beside the capture that the command did not name. It is read only when `open` is called; absent if there is none. */
  readonly keysBeside?: {readonly file: string; open(): Promise<Result<OpenedCapture, Failure>>};
};

/**
 * Tells whether a capture contains TLS or QUIC that no known key decrypts. It looks at one connection after the other and stops at the
 * first.
 */
const anyLacksKeys = (conversations: Conversations): boolean =>
  conversations.inspector.connections.some(({id}) => lacksKeys(conversations.encrypted(id))) ||
  lacksKeys({tls: [], quic: conversations.quic});

const overviewIn = oncePer(({source, captured: {trace, inspector}, keysBeside}: OpenedCapture): Overview => {
  const conversations = new Conversations(
    inspector,
    (each) => capturedTls([each], trace.tls)[0],
    () => (trace.quic ? capturedQuic(inspector, trace.quic) : []),
  );
  const overview = overviewOf(source, conversations);
  return keysBeside && anyLacksKeys(conversations)
    ? {...overview, keyLog: terminal.text(fileName(keysBeside.file))}
    : overview;
});

const titleOf = (label: string): Text => sameIn(`#${label}`);

/**
 * Returns what the app can do with a capture. `now` returns the part read so far, which is always all of it for a file; `speed` is that of
 * the player.
 */
export const captureDesk = (now: () => OpenedCapture, speed: Speed | undefined): CaptureDesk => {
  let known: {readonly trace: Trace; readonly overview: Overview} | undefined;
  const overview = (): Overview => {
    const opened = now();
    if (known?.trace !== opened.trace) known = {trace: opened.trace, overview: overviewIn(opened)};
    return known.overview;
  };
  const labelOf = (id: Conversation): string => (known && rowIn(known.overview, id)?.label) ?? 'all';
  const runOf = (id: Conversation): Opened => {
    const opened = now();
    return id === everything ? opened : conversationOf(opened, opened.captured, {id, label: labelOf(id)});
  };
  const played = (id: Conversation): OpenedRun => ({
    ...askable(runOf(id), lessonData()),
    ...(speed === undefined ? {} : {speed}),
    // Findings are shown in the player only if the capture's page has already computed them, because that would delay the player.
    ...(known && {shownBy: known.overview.telling.shownFor(known.overview, id)[0]}),
  });
  return {
    overview,
    async openKeys() {
      const opened = await now().keysBeside?.open();
      if (opened === undefined) return undefined;
      return opened.ok ? openedDesk(opened.value, speed) : {message: inOneLine(opened.error)};
    },
    open: (id) => ({run: played(id)}),
    form(id) {
      overview();
      const label = labelOf(id);
      return exportForm(now(), label, id === everything ? pickerWords.everything : titleOf(label));
    },
    write: (id, wish, preferences) => writeExport(runOf(id), wish, preferences),
  };
};

/** Returns what the app can do with a capture that was opened in it, and a warning if something is wrong with the capture. */
export const openedDesk = (opened: OpenedCapture, speed: Speed | undefined): CaptureResult => {
  const {warning} = opened;
  return {
    desk: captureDesk(() => opened, speed),
    ...(warning ? {notice: inOneLine(warning.problem)} : {}),
  };
};
