import * as z from 'zod/mini';
declare const hostSpec: z.ZodMiniObject<{
    ip: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>]>>;
    iss: z.ZodMiniOptional<z.ZodMiniInt>;
    router: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    unreachable: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    up: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    tcp: z.ZodMiniOptional<z.ZodMiniObject<{
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
    }, z.core.$strict>>;
}, z.core.$strict>;
/** What `setLink` can change too. */
export declare const linkSettings: {
    delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
    rate: z.ZodMiniOptional<z.ZodMiniString<string>>;
    queue: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
    loss: z.ZodMiniOptional<z.ZodMiniString<string>>;
    mtu: z.ZodMiniOptional<z.ZodMiniInt>;
};
declare const link: z.ZodMiniObject<{
    delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
    rate: z.ZodMiniOptional<z.ZodMiniString<string>>;
    queue: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
    loss: z.ZodMiniOptional<z.ZodMiniString<string>>;
    mtu: z.ZodMiniOptional<z.ZodMiniInt>;
    name: z.ZodMiniOptional<z.ZodMiniString<string>>;
    between: z.ZodMiniOptional<z.ZodMiniTuple<readonly [z.ZodMiniString<string>, z.ZodMiniString<string>], null>>;
}, z.core.$strict>;
export declare const topologySchema: z.ZodMiniObject<{
    hosts: z.ZodMiniOptional<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniObject<{
        ip: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniString<string>>]>>;
        iss: z.ZodMiniOptional<z.ZodMiniInt>;
        router: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        unreachable: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        up: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
        tcp: z.ZodMiniOptional<z.ZodMiniObject<{
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
        }, z.core.$strict>>;
    }, z.core.$strict>>>;
    links: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        delay: z.ZodMiniOptional<z.ZodMiniString<string>>;
        rate: z.ZodMiniOptional<z.ZodMiniString<string>>;
        queue: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniString<string>, z.ZodMiniInt]>>;
        loss: z.ZodMiniOptional<z.ZodMiniString<string>>;
        mtu: z.ZodMiniOptional<z.ZodMiniInt>;
        name: z.ZodMiniOptional<z.ZodMiniString<string>>;
        between: z.ZodMiniOptional<z.ZodMiniTuple<readonly [z.ZodMiniString<string>, z.ZodMiniString<string>], null>>;
    }, z.core.$strict>>>;
    arp: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
}, z.core.$strict>;
export type TopologyFile = z.infer<typeof topologySchema>;
export type HostFile = z.infer<typeof hostSpec>;
export type LinkFile = z.infer<typeof link>;
export {};
