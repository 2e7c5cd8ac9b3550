import * as z from 'zod/mini';
import type { SocketOptions } from '../../stack/tcp/effect.ts';
import type { TcpSettings } from '../../stack/tcp/settings.ts';
/** What a program may change for one connection: `call: setOption`. */
export declare const socketOptions: {
    nagle: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    keepAlive: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
        idle: z.ZodMiniOptional<z.ZodMiniString<string>>;
        interval: z.ZodMiniOptional<z.ZodMiniString<string>>;
        probes: z.ZodMiniOptional<z.ZodMiniInt>;
    }, z.core.$strict>, z.ZodMiniLiteral<"off">]>>;
    userTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
};
export declare const tcpSettingsSchema: z.ZodMiniObject<{
    nagle: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    keepAlive: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
        idle: z.ZodMiniOptional<z.ZodMiniString<string>>;
        interval: z.ZodMiniOptional<z.ZodMiniString<string>>;
        probes: z.ZodMiniOptional<z.ZodMiniInt>;
    }, z.core.$strict>, z.ZodMiniLiteral<"off">]>>;
    userTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
    mss: z.ZodMiniOptional<z.ZodMiniInt>;
    rcvBuffer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
    sndBuffer: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
    windowScale: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniLiteral<"off">]>>;
    sack: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    timestamps: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    delayedAck: z.ZodMiniOptional<z.ZodMiniString<string>>;
    initialRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
    minRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
    maxRto: z.ZodMiniOptional<z.ZodMiniString<string>>;
    rtoAfterSynTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
    synRetries: z.ZodMiniOptional<z.ZodMiniInt>;
    synLinearTimeouts: z.ZodMiniOptional<z.ZodMiniInt>;
    synAckRetries: z.ZodMiniOptional<z.ZodMiniInt>;
    dataRetries: z.ZodMiniOptional<z.ZodMiniInt>;
    timeWait: z.ZodMiniOptional<z.ZodMiniString<string>>;
    finTimeout: z.ZodMiniOptional<z.ZodMiniString<string>>;
    backlog: z.ZodMiniOptional<z.ZodMiniInt>;
    synCookies: z.ZodMiniOptional<z.ZodMiniEnum<{
        always: "always";
        off: "off";
        onOverflow: "onOverflow";
    }>>;
    synCache: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniInt, z.ZodMiniLiteral<"off">]>>;
    synOverflow: z.ZodMiniOptional<z.ZodMiniEnum<{
        drop: "drop";
        recycle: "recycle";
    }>>;
    initialWindow: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniLiteral<10>, z.ZodMiniLiteral<"rfc5681">, z.ZodMiniLiteral<"rfc6928">]>>;
    ecn: z.ZodMiniOptional<z.ZodMiniEnum<{
        accept: "accept";
        off: "off";
        request: "request";
    }>>;
    cc: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>;
export type TcpFile = z.infer<typeof tcpSettingsSchema>;
type SocketOptionsFile = Pick<TcpFile, 'nagle' | 'keepAlive' | 'userTimeout'>;
export declare const socketChanges: ({ nagle, keepAlive, userTimeout }: SocketOptionsFile) => SocketOptions;
/** The lesson's changes to the profile; what it does not name stays the profile's. */
export declare const tcpChanges: (data: TcpFile) => Partial<TcpSettings>;
export {};
