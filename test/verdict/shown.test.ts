// The runs of lessons that findings lead to. Oracle: the lessons themselves, played.
import {expect, test} from 'vitest';
import {parsedPlace} from '../../source/app/place.ts';
import {allRuns} from '../../source/lesson/run-variant.ts';
import {type FindingId, findingTable} from '../../source/verdict/ids.ts';
import {shownOf} from '../../source/verdict/shown.ts';
import {shellFile} from '../../source/words/written.ts';
import {lessonNamed, traceOf} from '../helpers/all-runs.ts';

const isId = (id: string): id is FindingId => id in findingTable;
const ids = Object.keys(findingTable).filter(isId);

/** What happens there, as the transcripts of the lessons number packets. */
const seenAt = (id: FindingId): string | undefined => {
  const shown = shownOf(id);
  if (!shown) return undefined;
  const lesson = lessonNamed(shown.lesson);
  const run = allRuns(lesson).find(({name}) => shown.run === undefined || name === shown.run);
  if (!run) return 'no such run';
  if (shown.at === undefined) return shown.run && 'no instant';
  const trace = traceOf({lesson, run});
  const place = parsedPlace(shown.at, trace, shellFile(lesson.id));
  if (!place.ok || !('event' in place.value)) return 'no such instant';
  const event = trace.event(place.value.event);
  return `${event.kind} ${'packet' in event ? event.packet : event.host}`;
};

test('each finding with a run names one that there is, and an instant in it', () => {
  const seen = ids.flatMap((id) => {
    const what = seenAt(id);
    return what === undefined ? [] : [`${id}: ${what}`];
  });
  expect(seen).toMatchInlineSnapshot(`
    [
      "syn-unanswered: send 2",
      "syn-repeated: send 2",
      "syn-ack-lost: send 3",
      "accept-queue-full: drop 12",
      "refused: send 2",
      "refused-by-icmp: send 2",
      "syn-flood: drop 9",
      "port-reused: send 8",
      "never-opened: send 2",
      "simultaneous-open: state b",
      "fast-open: send 1",
      "challenge-ack: send 5",
      "zero-window: send 11",
      "window-shrunk: arrive 8",
      "congestion-window: send 13",
      "path-rate: drop 187",
      "outage: send 14",
      "loss: send 13",
      "reordering: send 46",
      "needless-repeats: drop 26",
      "out-of-order: send 7",
      "ecn-marked: send 117",
      "nagle-delayed-ack: arrive 10",
      "reset-unread: send 6",
      "ack-probe: send 5",
      "request-refused: send 6",
      "reset-abort: send 4",
      "reset-half-open: send 5",
      "idle-forgotten: send 5",
      "idle-closed: send 8",
      "keep-alive-race: send 17",
      "peer-gone: state client",
      "keep-alive-gave-up: send 13",
      "half-closed: state server",
      "simultaneous-close: send 9",
      "keep-alives: send 4",
      "reset-stray: drop 4",
      "dns-nxdomain: send 7",
      "dns-forged: drop 2",
      "dns-odd-reply: drop 2",
      "dns-truncated: send 4",
      "tls-untrusted: send 8",
      "http-status: send 25",
      "http-fault: send 6",
      "tls-no-forward-secrecy: send 5",
      "tls-retry: send 6",
      "tls-early-data: send 28",
      "http-client-error: send 17",
      "admin-prohibited: send 2",
      "host-unreachable: send 2",
      "offload: send 6",
    ]
  `);
});
