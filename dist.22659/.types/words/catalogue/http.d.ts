import { type Value } from './language.ts';
export declare const cookieVerbs: {
    stored: {
        en: string;
        zh: string;
    };
    refused: {
        en: string;
        zh: string;
    };
    sent: {
        en: string;
        zh: string;
    };
    withheld: {
        en: string;
        zh: string;
    };
    expired: {
        en: string;
        zh: string;
    };
    dropped: {
        en: string;
        zh: string;
    };
};
export declare const httpSentences: {
    request: {
        sent: {
            en: (p: {
                readonly line: Value;
                readonly nth: Value;
            }) => string;
            zh: (p: {
                readonly line: Value;
                readonly nth: Value;
            }) => string;
        };
        received: {
            en: (p: {
                readonly line: Value;
                readonly nth: Value;
            }) => string;
            zh: (p: {
                readonly line: Value;
                readonly nth: Value;
            }) => string;
        };
    };
    answers: {
        en: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
    };
    started: {
        en: (p: {
            readonly status: Value;
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly status: Value;
            readonly what: Value;
        }) => string;
    };
    finished: {
        en: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
    };
    incomplete: {
        en: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
            readonly status: Value;
            readonly bytes: Value;
        }) => string;
    };
    opened: {
        en: (p: {
            readonly origin: Value;
        }) => string;
        zh: (p: {
            readonly origin: Value;
        }) => string;
    };
    reused: {
        en: (p: {
            readonly origin: Value;
            readonly nth: Value;
        }) => string;
        zh: (p: {
            readonly origin: Value;
            readonly nth: Value;
        }) => string;
    };
    closing: {
        en: (p: {
            readonly nth: number;
        }) => string;
        zh: (p: {
            readonly nth: number;
        }) => string;
    };
    cookie: {
        en: (p: {
            readonly verb: Value;
            readonly pair: Value;
            readonly domain: Value;
            readonly path: Value;
        }) => string;
        zh: (p: {
            readonly verb: Value;
            readonly pair: Value;
            readonly domain: Value;
            readonly path: Value;
        }) => string;
    };
    because: {
        en: (p: {
            readonly what: Value;
            readonly reason: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
            readonly reason: Value;
        }) => string;
    };
    session: {
        created: {
            en: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
            zh: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
        };
        found: {
            en: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
            zh: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
        };
        unknown: {
            en: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
            zh: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
        };
        expired: {
            en: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
            zh: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
        };
        ended: {
            en: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
            zh: (p: {
                readonly id: Value;
                readonly live: Value;
            }) => string;
        };
    };
    cache: {
        hit: {
            en: (p: {
                readonly url: Value;
                readonly seconds: Value;
            }) => string;
            zh: (p: {
                readonly url: Value;
                readonly seconds: Value;
            }) => string;
        };
        stale: {
            en: (p: {
                readonly url: Value;
            }) => string;
            zh: (p: {
                readonly url: Value;
            }) => string;
        };
        stored: {
            en: (p: {
                readonly seconds: number;
                readonly url: Value;
            }) => string;
            zh: (p: {
                readonly seconds: number;
                readonly url: Value;
            }) => string;
        };
        revalidated: {
            en: (p: {
                readonly url: Value;
            }) => string;
            zh: (p: {
                readonly url: Value;
            }) => string;
        };
    };
    strict: {
        en: (p: {
            readonly host: Value;
            readonly days: Value;
        }) => string;
        zh: (p: {
            readonly host: Value;
            readonly days: Value;
        }) => string;
    };
    overTls: {
        en: (p: {
            readonly to: Value;
            readonly from: Value;
        }) => string;
        zh: (p: {
            readonly to: Value;
            readonly from: Value;
        }) => string;
    };
    attempt: {
        next: {
            en: (p: {
                readonly ip: Value;
                readonly other: Value;
            }) => string;
            zh: (p: {
                readonly ip: Value;
                readonly other: Value;
            }) => string;
        };
        won: {
            en: (p: {
                readonly ip: Value;
                readonly other: Value;
            }) => string;
            zh: (p: {
                readonly ip: Value;
                readonly other: Value;
            }) => string;
        };
    };
    redirect: {
        en: (p: {
            readonly status: Value;
            readonly method: Value;
            readonly to: Value;
        }) => string;
        zh: (p: {
            readonly status: Value;
            readonly method: Value;
            readonly to: Value;
        }) => string;
    };
    tooMany: {
        en: (p: {
            readonly status: Value;
            readonly to: Value;
        }) => string;
        zh: (p: {
            readonly status: Value;
            readonly to: Value;
        }) => string;
    };
    retry: {
        en: (p: {
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
        }) => string;
    };
    noRetry: {
        en: (p: {
            readonly what: Value;
        }) => string;
        zh: (p: {
            readonly what: Value;
        }) => string;
    };
};
