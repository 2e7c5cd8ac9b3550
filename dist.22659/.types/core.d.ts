import type { LessonError } from './lesson/lesson-error.ts';
import type { Language } from './lesson/text.ts';
import { type FaultTextError } from './sim/fault-text.ts';
import type { CryptoPort } from './stack/tls/crypto-port.ts';
import type { Line } from './view/span.ts';
import { type CaptureError } from './wire/pcap/record.ts';
import { type Result } from './wire/result.ts';
export type { LessonError } from './lesson/lesson-error.ts';
export type { FaultTextError } from './sim/fault-text.ts';
export type { CryptoPort } from './stack/tls/crypto-port.ts';
export type { Line, Role, Span } from './view/span.ts';
export { dissect } from './wire/dissect.ts';
export type { Frame } from './wire/frame.ts';
export { decodeFrame, encodeFrame } from './wire/frame.ts';
export type { Dissection, Field, Layer } from './wire/layer.ts';
export type { CaptureError } from './wire/pcap/record.ts';
export type { OutgoingRecord } from './wire/pcap/writer.ts';
export { encodePcap } from './wire/pcap/writer.ts';
export type { Result } from './wire/result.ts';
export type { Rope } from './wire/rope.ts';
export { ropeFromBytes, ropeToBytes } from './wire/rope.ts';
export type { Seq } from './wire/seq.ts';
export { seq } from './wire/seq.ts';
export type { WireError } from './wire/wire-error.ts';
/** A lesson that has been read: its runs can be simulated. */
export type Lesson = {
    readonly id: string;
    readonly title: {
        readonly en: string;
        readonly zh: string;
    };
    /** Names for `simulate`, the first is the one that plays; those of the what-ifs come last. */
    readonly runs: readonly string[];
};
/** What happened between hosts. The functions below say what is in it. */
export type Trace = {
    /** The lesson's id, or the capture's name. */
    readonly source: string;
    readonly hosts: readonly {
        readonly name: string;
        readonly ip: readonly string[];
    }[];
    readonly events: number;
    readonly packets: number;
    /** From the beginning to the last event, in microseconds. */
    readonly durationUs: number;
    /** `quiet`: nothing is left to happen; `until`, `limit`: as the lesson wishes; `budget`: too many events; `eof`: a capture's end. */
    readonly endReason: 'quiet' | 'until' | 'limit' | 'budget' | 'eof';
};
/** A line of `show --json`: its first has `type` `trace`, its last `end`, those between `event`. Times are microseconds. */
export type TraceLine = {
    readonly [key: string]: unknown;
};
/** What a lesson file holds besides texts and questions: topology, apps, actors, script, seed, profile, until, limit, runs. */
export type Causes = {
    readonly script: readonly object[];
    readonly [key: string]: unknown;
};
export type LessonFiles = {
    /** The name under which errors are reported; with `.yaml` it has to be the lesson's id. @default 'lesson' */
    readonly file?: string;
    /** Texts of zone files (RFC 1035 §5), by name. */
    readonly zones?: ReadonlyMap<string, string>;
    /** Texts of PEM files, by name. */
    readonly certificates?: ReadonlyMap<string, string>;
};
/**
 * A lesson's text (YAML, docs/lessons.md), or causes alone as data in the same words. Each error has its place; of data that is the
 * place in `JSON.stringify(causes, undefined, 2)`.
 */
export declare const readLesson: (source: string | Causes, { file, ...beside }?: LessonFiles) => Result<Lesson, readonly LessonError[]>;
export type SimulateOptions = {
    /** @default the lesson's first */
    readonly run?: string;
    /** 0 … 4294967295. @default the run's own, under which it keeps the numbers that the lesson pins */
    readonly seed?: number;
    readonly profile?: 'linux' | 'rfc' | 'freebsd';
    /** Beside the run's own, in the notation of `--fault`: `drop@packet=2`. */
    readonly faults?: readonly string[];
    /** The run stops there. @default 100000 */
    readonly mostEvents?: number;
    /** What TLS computes with; `packet-tutor/node-crypto` has Node's. */
    readonly crypto?: CryptoPort;
};
export type SimulateError = {
    readonly code: 'run';
    readonly run: string;
    readonly known: readonly string[];
} | {
    readonly code: 'fault';
    readonly fault: string;
    readonly error: FaultTextError;
}
/** The run has TLS, and `crypto` is missing. */
 | {
    readonly code: 'crypto';
    readonly run: string;
};
/** The same lesson and options give the same trace, byte by byte, on every machine. */
export declare const simulate: (lesson: Lesson, options?: SimulateOptions) => Result<Trace, SimulateError>;
/** The lines of `show --json`, made as they are asked for; without what a lesson says, so events count 1, 2, …. */
export declare const linesOf: (trace: Trace) => IterableIterator<TraceLine>;
/** SHA-256 over what the machines did, or over a capture's frames: `sha256:` and 64 hexadecimal digits. */
export declare const digestOf: (trace: Trace) => string;
export type Packet = {
    readonly from: string;
    readonly to: string;
    /** When it left; of a capture when it passed there. From the beginning of the trace, in microseconds. */
    readonly atUs: number;
    /** As it left its host, or as it was captured. */
    readonly bytes: Uint8Array;
    /** On the wire, in bytes: more than `bytes` holds where a capture was cut short. */
    readonly originalLength: number;
    /** As in capture files: 1 is Ethernet. */
    readonly linkType: number;
};
/** @param number 1 … `trace.packets` @returns undefined: there is none of that number */
export declare const packetOf: (trace: Trace, number: number) => Packet | undefined;
export type SceneOptions = {
    /** In microseconds from the beginning. @default the end */
    readonly atUs?: number;
    /** Cells. @default 80 × 24 */
    readonly columns?: number;
    readonly rows?: number;
    readonly language?: Language;
    /** No other signs than ASCII's. */
    readonly ascii?: boolean;
};
/** One instant as the player shows it: exactly `rows` lines of styled text, none wider than `columns`. */
export declare const sceneOf: (trace: Trace, options?: SceneOptions) => readonly Line[];
/** A capture that has been read, whole or as far as it goes. */
export type Capture = {
    readonly trace: Trace;
    /** What ended the reading before the end of the file. */
    readonly problem?: CaptureError;
};
export type CaptureOptions = {
    /** What the trace is called. @default 'capture' */
    readonly name?: string;
    /** Secrets of TLS (RFC 9850), beside those that a pcapng holds; they need `crypto`. */
    readonly keyLog?: string;
    readonly crypto?: CryptoPort;
};
/** The bytes of a pcap or pcapng file, not compressed; at most a million frames are taken. They must not change afterwards. */
export declare const readCapture: (file: Uint8Array, options?: CaptureOptions) => Result<Capture, CaptureError>;
/** Connections, DNS, HTTP and TLS: the object that `inspect --json` prints. */
export declare const inspectionOf: (capture: Capture) => {
    readonly [member: string]: unknown;
};
export type ReportOptions = {
    readonly language?: Language;
    /** Cells; longer sentences go on in the next line. @default 100 */
    readonly columns?: number;
    readonly ascii?: boolean;
};
/** What is in it in sentences, what is odd first: the lines that `inspect` prints. */
export declare const reportOf: (capture: Capture, { language, columns, ascii }?: ReportOptions) => readonly string[];
