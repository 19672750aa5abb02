import { randomUUID, webcrypto } from 'node:crypto';
import { type CryptoKey, errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';

export interface Session {
  readonly id: string;
  readonly userId: string;
  /** What the application keeps about it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Epoch time [ms]. */
  readonly createdAtMs: number;
}

export interface SessionOptions {
  /** Key of the signatures: at least 32 bytes, as RFC 7518 demands for HS256. */
  readonly secret: Uint8Array;
  /** How many sessions may be open; beyond it the one unused for longest ends. */
  readonly max: number;
  /** A session ends after this long without a touch [ms]. */
  readonly idleMs: number;
  /** A session ends at this age whatever happens [ms, full seconds]. */
  readonly maxAgeMs: number;
  /** Epoch clock [ms]. Default `Date.now`. */
  readonly now?: () => number;
  /** Default a random UUID. */
  readonly newId?: () => string;
}

/** A token that opens nothing: `invalid` (forged, damaged or too old) or `ended` (idle, revoked or pushed out). */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: 'invalid' | 'ended';

  constructor(code: SessionError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const issuer = 'example-services';

/** Open sessions, held in memory and named by signed tokens (JWT, HS256). */
export class SessionStore {
  readonly #key: CryptoKey;
  readonly #maxAgeMs: number;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #sessions: LRUCache<string, Session>;

  private constructor(key: CryptoKey, options: SessionOptions) {
    this.#key = key;
    this.#maxAgeMs = options.maxAgeMs;
    this.#now = options.now ?? Date.now;
    this.#newId = options.newId ?? randomUUID;
    this.#sessions = new LRUCache({
      max: options.max,
      ttl: options.idleMs,
      ttlResolution: 0,
      perf: { now: this.#now },
    });
  }

  /** Makes an empty store. The key is imported here, once, and not for every token. */
  static async open(options: SessionOptions): Promise<SessionStore> {
    if (options.secret.byteLength < 32) throw new RangeError('The secret needs at least 32 bytes.');
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await webcrypto.subtle.importKey('raw', options.secret, algorithm, false, ['sign', 'verify']);
    return new SessionStore(key, options);
  }

  /** How many sessions are kept, idle ones that were not swept included. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Opens a session and signs the token that names it. */
  async create(userId: string, data: Session['data'] = {}): Promise<{ token: string; session: Session }> {
    const now = this.#now();
    const session: Session = { id: this.#newId(), userId, data, createdAtMs: now };
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setSubject(userId)
      .setJti(session.id)
      .setIssuedAt(new Date(now))
      .setExpirationTime(new Date(now + this.#maxAgeMs))
      .sign(this.#key);
    this.#sessions.set(session.id, session);
    return { token, session };
  }

  /** The session that a token names. @throws {SessionError} */
  async verify(token: string): Promise<Session> {
    return this.#find(await this.#idOf(token), false);
  }

  /** Like `verify`, and the idle time starts anew. @throws {SessionError} */
  async touch(token: string): Promise<Session> {
    return this.#find(await this.#idOf(token), true);
  }

  /** Ends a session before its time. Whether it was open. */
  revoke(id: string): boolean {
    return this.#sessions.delete(id);
  }

  /** Forgets the sessions that ended by being idle. How many there were. Cost: O(sessions). */
  sweep(): number {
    const before = this.#sessions.size;
    this.#sessions.purgeStale();
    return before - this.#sessions.size;
  }

  #find(id: string, touch: boolean): Session {
    const session = this.#sessions.get(id, { updateAgeOnGet: touch });
    if (session === undefined) throw new SessionError('ended', 'The session has ended. Sign in again.');
    return session;
  }

  async #idOf(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        issuer,
        requiredClaims: ['sub', 'jti', 'exp'],
        currentDate: new Date(this.#now()),
      });
      return payload.jti as string;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new SessionError('invalid', `The token is not valid: ${error.message}.`, { cause: error });
    }
  }
}
