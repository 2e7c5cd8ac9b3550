// What a host calls the applications that it runs.

/** A server over TLS, by its port: beside it another may serve. */
export type HttpsName = `https:${number}`;
export type AppName = 'dns' | 'http' | HttpsName;

/** An application, or its state, that speaks HTTP, with or without TLS. */
export const isHttp = <A extends {readonly app: AppName}>(
  each: A,
): each is Extract<A, {readonly app: 'http' | HttpsName}> =>
  each.app === 'http' || each.app.startsWith('https:');
