(() => {
 var __webpack_modules__ = {
  8924: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    IC: () => relativeName,
    Qy: () => selfAndAncestors,
    a5: () => isAtOrBelow
   });
   function isAtOrBelow(name, ancestor) {
    return name === ancestor || ancestor === "." || name.endsWith(`.${ancestor}`);
   }
   function selfAndAncestors(name) {
    const labels = name.split(".");
    return labels.map((_, depth) => labels.slice(depth).join("."));
   }
   function relativeName(name, zone) {
    if (name === zone) return "";
    return isAtOrBelow(name, zone) ? name.slice(0, zone === "." ? void 0 : -zone.length - 1) : void 0;
   }
  },
  1950: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    GD: () => describeNotChecked,
    hM: () => ALL_EMAIL_DOMAINS
   });
   const ALL_EMAIL_DOMAINS = "all email domains";
   function describeNotChecked({kind: kind, permission: permission}) {
    return permission === void 0 ? kind : `${kind} (needs the permission "${permission}")`;
   }
  },
  2690: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    AU: () => DnsError,
    Do: () => OutcomeUnknownError,
    GI: () => RequestError,
    Ko: () => StoppedError,
    MU: () => TimeoutError,
    S6: () => errorLines,
    Y4: () => isCertificateError,
    dz: () => InputError,
    ie: () => toActionError,
    lZ: () => ActionError
   });
   var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
   class ActionError extends Error {
    hint;
    command;
    constructor(message, {hint: hint, cause: cause, command: command} = {}) {
     super(message, cause === void 0 ? void 0 : {
      cause: cause
     });
     this.hint = hint;
     this.command = command;
     this.name = new.target.name;
    }
   }
   class InputError extends ActionError {}
   class DnsError extends ActionError {}
   class TimeoutError extends ActionError {}
   class StoppedError extends ActionError {}
   class RequestError extends ActionError {
    retryability;
    retryAfterMs;
    constructor(message, details) {
     super(message, details);
     this.retryability = details.retryability;
     this.retryAfterMs = details.retryAfterMs;
    }
   }
   class OutcomeUnknownError extends RequestError {
    constructor(refusal) {
     super(`${refusal.message} An earlier attempt got no answer and may have been carried out.`, {
      hint: refusal.hint,
      cause: refusal,
      retryability: "ambiguous",
      retryAfterMs: refusal.retryAfterMs
     });
    }
   }
   function isCertificateError(code) {
    return typeof code === "string" && (/CERT|SIGNED|ALTNAME|UNABLE_TO/.test(code) || code.startsWith("ERR_TLS_"));
   }
   function toActionError(thrown) {
    if (thrown instanceof ActionError) return thrown;
    if (thrown instanceof Error) return new ActionError(`${thrown.name}: ${thrown.message}`, {
     cause: thrown,
     hint: "This is a bug in the action. Please open an issue with the log of a re-run with debug logging."
    });
    const shown = Object(thrown) === thrown ? Object.prototype.toString.call(thrown) : (0, 
    node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(thrown);
    return new ActionError(`Something that is not an error was thrown: ${shown}`, {
     cause: thrown
    });
   }
   function errorLines(error) {
    return error.hint === void 0 ? [ error.message ] : [ error.message, error.hint ];
   }
  },
  961: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Dc: () => READ_LAG_MS,
    LC: () => readUntil,
    n5: () => withDoubt
   });
   var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2690);
   var _retries_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9576);
   const READ_LAG_MS = 15e3;
   const READ_AGAIN_MS = 1e3;
   async function withDoubt(attempt, services, isAboutChange = () => true) {
    let mayBeDone = false;
    try {
     return await (0, _retries_js__WEBPACK_IMPORTED_MODULE_1__.L)(async () => {
      try {
       return await attempt(mayBeDone);
      } catch (error) {
       mayBeDone ||= isAmbiguous(error) && isAboutChange(error);
       throw error;
      }
     }, services);
    } catch (error) {
     const isDoubtful = mayBeDone && error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI && !isAmbiguous(error);
     throw isDoubtful ? new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Do(error) : error;
    }
   }
   function isAmbiguous(error) {
    return error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI && error.retryability === "ambiguous";
   }
   async function readUntil(read, isExpected, untilMs, {clock: clock, signal: signal}) {
    for (;;) {
     const answer = await read();
     if (isExpected(answer) || clock.now() >= untilMs) return answer;
     await clock.sleep(READ_AGAIN_MS, signal);
    }
   }
  },
  9083: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    U: () => isLoopback,
    n: () => bareHost
   });
   function bareHost(hostname) {
    return hostname.replace(/^\[(.*)\]$/, "$1");
   }
   function isLoopback(hostname) {
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
   }
  },
  5268: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    D: () => NetworkError,
    d: () => isNetworkFault
   });
   var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2690);
   class NetworkError extends _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI {}
   const NETWORK_CODE = /^(?:E[A-Z0-9]+|EAI_[A-Z]+|HPE_[A-Z_]+|ERR_(?:SSL|OSSL|TLS|HTTP2|PROXY)_\w+|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED)|ERR_SOCKET_C[A-Z_]+|ABORT_ERR)$/;
   const CERTIFICATE_CODES = new Set([ "CRL_HAS_EXPIRED", "CRL_NOT_YET_VALID", "HOSTNAME_MISMATCH", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED" ]);
   const PROGRAMMING_ERRORS = [ TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError ];
   function isNetworkFault(error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
    if (PROGRAMMING_ERRORS.some(kind => error instanceof kind)) return false;
    return NETWORK_CODE.test(error.code) || (0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Y4)(error.code) || CERTIFICATE_CODES.has(error.code);
   }
  },
  3449: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    y: () => postOnce
   });
   var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(961);
   async function postOnce(change, services) {
    const look = async () => {
     const untilMs = services.clock.now() + _change_js__WEBPACK_IMPORTED_MODULE_0__.Dc;
     return change.look && (0, _change_js__WEBPACK_IMPORTED_MODULE_0__.LC)(change.look, found => found !== void 0, untilMs, services);
    };
    let refusal;
    const attempt = async mayBeMade => {
     const found = mayBeMade ? await look() : void 0;
     if (found !== void 0) return {
      made: found,
      isOurs: true
     };
     try {
      return {
       made: await change.send(),
       isOurs: true
      };
     } catch (error) {
      refusal = error;
      const existing = await (change.alreadyThere?.(error));
      if (existing === void 0) throw error;
      return {
       made: existing,
       isOurs: mayBeMade
      };
     }
    };
    return (0, _change_js__WEBPACK_IMPORTED_MODULE_0__.n5)(attempt, services, error => error === refusal);
   }
  },
  1729: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    i: () => proxyFor
   });
   var _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9783);
   var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2690);
   const VARIABLES = [ "https_proxy", "HTTPS_PROXY" ];
   function proxyFor(url) {
    const variable = VARIABLES.find(name => process.env[name]);
    if (variable === void 0 || url.protocol !== "https:" || (0, _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__.H)(url)) return;
    const proxy = parsed(url);
    if (proxy?.hostname && /^https?:$/.test(proxy.protocol)) return proxy;
    throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__.dz(`The variable ${variable} is not the URL of an HTTP proxy, so ${url.host} cannot be reached.`, {
     hint: `Write it with http:// or https:// in front, such as http://proxy.example:3128, and percent-encode special characters of a password. Or add ${url.hostname} to no_proxy.`
    });
   }
   function parsed(url) {
    try {
     return (0, _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__.s)(url);
    } catch {
     return;
    }
   }
  },
  9576: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    y: () => MAX_RETRY_AFTER_MS,
    L: () => withRetries
   });
   const objectToString = Object.prototype.toString;
   const isError = value => objectToString.call(value) === "[object Error]";
   const errorMessages = new Set([ "network error", "NetworkError when attempting to fetch resource.", "The Internet connection appears to be offline.", "Network request failed", "fetch failed", "terminated", " A network error occurred.", "Network connection lost" ]);
   function isNetworkError(error) {
    const isValid = error && isError(error) && error.name === "TypeError" && typeof error.message === "string";
    if (!isValid) return false;
    const {message: message, stack: stack} = error;
    if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
    if (message.startsWith("error sending request for url")) return true;
    if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
    return errorMessages.has(message);
   }
   function validateRetries(retries) {
    if (typeof retries === "number") {
     if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
     if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
     if (Number.isFinite(retries) && !Number.isInteger(retries)) throw new TypeError("Expected `retries` to be a non-negative integer or Infinity.");
    } else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
   }
   function validateNumberOption(name, value, {allowInfinity: allowInfinity = false} = {}) {
    if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
    if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
    if (value < 0) throw new TypeError(`Expected \`${name}\` to be \u2265 0.`);
   }
   function validateOption(name, value, type) {
    if (value === void 0 || value === null) return;
    if (typeof value !== type) throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
   }
   function validateSignal(value) {
    if (value === void 0 || value === null) return;
    if (typeof value.throwIfAborted !== "function" || typeof value.addEventListener !== "function" || typeof value.removeEventListener !== "function") throw new TypeError("Expected `signal` to be an AbortSignal.");
   }
   class AbortError extends Error {
    constructor(message) {
     super(typeof message === "string" ? message : void 0);
     this.name = "AbortError";
     if (message instanceof Error) {
      this.originalError = message;
      ({message: message} = message);
     } else {
      this.originalError = new Error(message);
      ({message: message} = this.originalError);
      Error.captureStackTrace?.(this.originalError, AbortError);
     }
     this.message = message;
    }
   }
   const maximumDelay = 2 ** 31 - 1;
   function calculateDelay(retriesConsumed, options) {
    if (options.minTimeout === 0) return 0;
    const attempt = retriesConsumed + 1;
    const random = options.randomize ? Math.random() + 1 : 1;
    const timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
    return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
   }
   function calculateRemainingTime(start, max) {
    return Number.isFinite(max) ? max - (performance.now() - start) : max;
   }
   async function delayForRetry(delay, options) {
    if (delay <= 0) return;
    await new Promise((resolve, reject) => {
     const onAbort = () => {
      clearTimeout(timeoutToken);
      reject(options.signal.reason);
     };
     const timeoutToken = setTimeout(() => {
      options.signal?.removeEventListener("abort", onAbort);
      resolve();
     }, delay);
     options.unref && timeoutToken.unref?.();
     options.signal?.addEventListener("abort", onAbort, {
      once: true
     });
    });
   }
   function stringifyThrownValue(value) {
    try {
     return String(value);
    } catch {
     return Object.prototype.toString.call(value);
    }
   }
   function unwrapAbortError(error) {
    let cause = error;
    while (cause instanceof AbortError && cause.originalError instanceof Error) cause = cause.originalError;
    return cause;
   }
   async function onAttemptFailure({error: error, attemptNumber: attemptNumber, retriesConsumed: retriesConsumed, startTime: startTime, options: options}) {
    const abortIfNeeded = () => {
     options.signal?.throwIfAborted();
    };
    const normalizedError = error instanceof Error ? error : new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);
    abortIfNeeded();
    if (normalizedError instanceof AbortError) throw unwrapAbortError(normalizedError);
    const retriesLeft = options.retries - retriesConsumed;
    const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);
    const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
    const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;
    const consumeRetryContext = Object.freeze({
     error: normalizedError,
     attemptNumber: attemptNumber,
     retriesLeft: retriesLeft,
     retriesConsumed: retriesConsumed,
     retryDelay: delayTime
    });
    const consumeRetry = await options.shouldConsumeRetry(consumeRetryContext) ?? true;
    abortIfNeeded();
    const effectiveDelay = consumeRetry ? delayTime : 0;
    const context = Object.freeze({
     error: normalizedError,
     attemptNumber: attemptNumber,
     retriesLeft: retriesLeft,
     retriesConsumed: retriesConsumed,
     retryDelay: effectiveDelay
    });
    await options.onFailedAttempt(context);
    abortIfNeeded();
    const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);
    if (!isRetriableError || remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
    const shouldRetry = await options.shouldRetry(context);
    abortIfNeeded();
    if (!shouldRetry) throw normalizedError;
    const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);
    if (remainingTimeAfterShouldRetry <= 0) throw normalizedError;
    if (!consumeRetry) return false;
    await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);
    return true;
   }
   async function pRetry(input, options = {}) {
    options = {
     ...options
    };
    options.retries ??= 10;
    validateRetries(options.retries);
    if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
    options.factor ??= 2;
    options.minTimeout ??= 1e3;
    options.maxTimeout ??= 1 / 0;
    options.maxRetryTime ??= 1 / 0;
    options.randomize ??= false;
    options.onFailedAttempt ??= () => {};
    options.shouldRetry ??= () => true;
    options.shouldConsumeRetry ??= () => true;
    validateOption("onFailedAttempt", options.onFailedAttempt, "function");
    validateOption("shouldRetry", options.shouldRetry, "function");
    validateOption("shouldConsumeRetry", options.shouldConsumeRetry, "function");
    validateOption("randomize", options.randomize, "boolean");
    validateOption("unref", options.unref, "boolean");
    validateSignal(options.signal);
    validateNumberOption("factor", options.factor);
    validateNumberOption("minTimeout", options.minTimeout);
    validateNumberOption("maxTimeout", options.maxTimeout, {
     allowInfinity: true
    });
    validateNumberOption("maxRetryTime", options.maxRetryTime, {
     allowInfinity: true
    });
    options.factor === 0 && (options.factor = 1);
    options.signal?.throwIfAborted();
    let attemptNumber = 0;
    let retriesConsumed = 0;
    const startTime = performance.now();
    while (retriesConsumed <= options.retries) {
     attemptNumber++;
     try {
      options.signal?.throwIfAborted();
      const result = await input(attemptNumber);
      options.signal?.throwIfAborted();
      return result;
     } catch (error) {
      await onAttemptFailure({
       error: error,
       attemptNumber: attemptNumber,
       retriesConsumed: retriesConsumed,
       startTime: startTime,
       options: options
      }) && retriesConsumed++;
     }
    }
    throw new Error("Retry attempts exhausted without throwing an error.");
   }
   var errors = __nccwpck_require__(2690);
   var duration = __nccwpck_require__(5320);
   const MAX_ATTEMPTS = 5;
   const FIRST_DELAY_MS = 500;
   const MAX_DELAY_MS = 16e3;
   const MAX_RETRY_AFTER_MS = 3e5;
   async function withRetries(attempt, {clock: clock, log: log, signal: signal, random: random = Math.random, maxAttempts: maxAttempts = MAX_ATTEMPTS}) {
    return pRetry(attempt, {
     retries: maxAttempts - 1,
     minTimeout: 0,
     signal: signal,
     shouldRetry: ({error: error}) => isTransient(error),
     async onFailedAttempt({error: error, attemptNumber: attemptNumber, retriesLeft: retriesLeft}) {
      if (retriesLeft === 0 || !isTransient(error)) return;
      const delayMs = error.retryAfterMs ?? backoffMs(attemptNumber, random);
      log.info(`${error.message} Trying again in ${(0, duration.a3)(delayMs)}.`);
      await clock.sleep(delayMs, signal);
     }
    });
   }
   function isTransient(error) {
    if (!(error instanceof errors.GI) || error.retryability === "permanent") return false;
    return (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
   }
   function backoffMs(attemptNumber, random) {
    return Math.min(FIRST_DELAY_MS * 2 ** (attemptNumber - 1), MAX_DELAY_MS) * (.5 + random() / 2);
   }
  },
  2988: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    m: () => parseRetryAfter
   });
   const MAX_PARSED_MS = 31536e6;
   function parseRetryAfter(value, nowMs) {
    if (value === void 0) return;
    if (/^\d+$/.test(value.trim())) return Math.min(Number(value) * 1e3, MAX_PARSED_MS);
    const dateMs = Date.parse(value);
    return Number.isNaN(dateMs) ? void 0 : Math.max(0, dateMs - nowMs);
   }
  },
  2059: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    N: () => HttpSession
   });
   var errors = __nccwpck_require__(2690);
   var secrets = __nccwpck_require__(3427);
   var untrusted = __nccwpck_require__(1824);
   var until_aborted = __nccwpck_require__(3426);
   var lib = __nccwpck_require__(2779);
   var host = __nccwpck_require__(9083);
   var tunnel = __nccwpck_require__(7191);
   const PROXY_SHARE = .5;
   class Connection {
    #client;
    #tunnels;
    constructor(userAgent, deadlineMs, proxy) {
     this.#tunnels = proxy && new tunnel.ag(proxy, deadlineMs * PROXY_SHARE);
     const socketTimeout = deadlineMs + 6e4;
     const options = {
      allowRedirects: false,
      allowRetries: false,
      keepAlive: true,
      socketTimeout: socketTimeout
     };
     this.#client = new lib.Qq(userAgent, [ requestHandler(this.#tunnels) ], options);
    }
    async request(...request) {
     return (await this.#client.request(...request)).message;
    }
    close() {
     this.#client.dispose();
     this.#tunnels?.destroy();
    }
   }
   function requestHandler(tunnels) {
    return {
     prepareRequest(options) {
      options.host = (0, host.n)(options.host ?? "");
      tunnels !== void 0 && (options.agent = tunnels);
     },
     canHandleAuthentication: () => false,
     handleAuthentication: () => Promise.reject(new RangeError("nobody asked for this authentication"))
    };
   }
   var network_error = __nccwpck_require__(5268);
   var proxy = __nccwpck_require__(1729);
   const DEFAULT_DEADLINE_MS = 3e4;
   const DEFAULT_MAX_BODY_BYTES = 5242880;
   const USER_AGENT = "cloudflare-dashboard-sso-connector-action";
   const NOT_FOUND = new Set([ "ENOTFOUND", "EAI_AGAIN" ]);
   const NOT_SENT = new Set([ ...NOT_FOUND, "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH" ]);
   class HttpSession {
    #options;
    #redact;
    #url;
    #proxy;
    #idle=[];
    constructor(options) {
     this.#url = new URL(options.apiUrl);
     this.#proxy = (0, proxy.i)(this.#url);
     this.#options = options;
     this.#redact = (0, secrets.$)([ options.apiToken ]);
    }
    async exchange(request, signal, what) {
     const {deadlineMs: deadlineMs = DEFAULT_DEADLINE_MS} = this.#options;
     const connection = this.#idle.pop() ?? new Connection(USER_AGENT, deadlineMs, this.#proxy);
     const deadline = AbortSignal.timeout(deadlineMs);
     try {
      const response = await (0, until_aborted.E)(this.#send(connection, request), AbortSignal.any([ signal, deadline ]));
      this.#idle.push(connection);
      return response;
     } catch (error) {
      connection.close();
      signal.throwIfAborted();
      const isLate = deadline.aborted && error === deadline.reason;
      const failure = isLate ? this.#noAnswerInTime(deadlineMs) : this.#failureOf(error);
      if (failure === void 0) throw this.#withoutToken(error);
      const {seen: seen, ...details} = failure;
      throw new network_error.D(inWords(what, seen, request), details);
     }
    }
    async #send(connection, {method: method, path: path, body: json}) {
     const {apiUrl: apiUrl, apiToken: apiToken, maxBodyBytes: maxBodyBytes = DEFAULT_MAX_BODY_BYTES} = this.#options;
     const headers = {
      authorization: `Bearer ${apiToken}`,
      accept: "application/json",
      ...json && {
       "content-type": "application/json"
      }
     };
     const data = json === void 0 ? null : JSON.stringify(json);
     const message = await connection.request(method, `${apiUrl}${path}`, data, headers);
     const body = await readBody(message, maxBodyBytes);
     if (body === void 0) throw new TooLargeError(maxBodyBytes);
     return {
      status: message.statusCode ?? 0,
      headers: redactedHeaders(message.headers, this.#redact),
      body: this.#redact(body)
     };
    }
    #noAnswerInTime(deadlineMs) {
     const seen = `${this.#place()} gave no complete answer within ${deadlineMs / 1e3} s`;
     return {
      seen: seen,
      retryability: "ambiguous",
      hint: this.#options.statusHint
     };
    }
    #failureOf(error) {
     if (error instanceof tunnel.T6) return this.#noTunnel(error);
     if (error instanceof TooLargeError) return {
      seen: error.message,
      retryability: "permanent",
      hint: TOO_LARGE_HINT
     };
     return (0, network_error.d)(error) ? this.#noAnswer(error) : void 0;
    }
    #noAnswer(cause) {
     const {code: code} = cause;
     const reason = (0, untrusted.g$)(this.#redact(cause.message || code), MAX_QUOTED);
     const seen = `${this.#place()} gave no complete answer: ${reason}`;
     if ((0, errors.Y4)(code)) return {
      seen: seen,
      retryability: "permanent",
      hint: certificateHint(this.#url.host, code),
      cause: cause
     };
     const retryability = NOT_SENT.has(code) ? "not-carried-out" : "ambiguous";
     return {
      seen: seen,
      retryability: retryability,
      hint: this.#hintFor(code),
      cause: cause
     };
    }
    #hintFor(code) {
     if (NOT_FOUND.has(code)) return `This runner could not look up ${this.#url.host}. Check the network and the DNS of the runner, and the name.`;
     const reach = `Check that this runner can reach ${this.#url.host}: network, firewall, https_proxy. `;
     return `${NOT_SENT.has(code) ? reach : ""}${this.#options.statusHint}`;
    }
    #noTunnel(cause) {
     const {status: status, message: seen} = cause;
     const isRefusal = status !== void 0 && status < 500;
     const retryability = isRefusal ? "permanent" : "not-carried-out";
     return {
      seen: seen,
      retryability: retryability,
      hint: proxyHint(this.#url, status),
      cause: cause
     };
    }
    #place() {
     return this.#proxy === void 0 ? this.#url.host : `${this.#url.host}, through the proxy ${this.#proxy.host},`;
    }
    #withoutToken(defect) {
     if (!(defect instanceof Error)) return typeof defect === "string" ? this.#redact(defect) : defect;
     const message = this.#redact(defect.message);
     if (message === defect.message) return defect;
     return Object.assign(new Error(message, {
      cause: defect
     }), {
      name: defect.name
     });
    }
    close() {
     for (const connection of this.#idle.splice(0)) connection.close();
    }
   }
   class TooLargeError extends Error {
    constructor(maxBytes) {
     super(`the answer is larger than ${maxBytes} bytes`);
    }
   }
   const MAX_QUOTED = 500;
   const TOO_LARGE_HINT = "This API sends no answer that large. Check the API URL, and whether a proxy answers instead of the API.";
   function certificateHint(host, code) {
    return code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID" ? `The certificate of ${host} is not valid today. Check the clock of this runner, and whether a proxy with an expired certificate is in between.` : `The certificate of ${host} is not trusted. If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its CA certificate.`;
   }
   function proxyHint({hostname: hostname}, status) {
    if (status === 407) return "The proxy wants a user name and a password, or does not accept these. Set https_proxy to http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.";
    return status === void 0 ? `Check https_proxy, and that this runner can reach the proxy. If it reaches ${hostname} without one, add ${hostname} to no_proxy.` : `Have the proxy allow connections to ${hostname}, or add ${hostname} to no_proxy if this runner reaches it without the proxy.`;
   }
   function inWords(what, seen, {method: method, path: path}) {
    const failed = what === void 0 ? "" : `Could not ${what}: `;
    return `${failed}${seen} (${method} ${path}).`;
   }
   async function readBody(message, maxBytes) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of message) {
     chunks.push(chunk);
     bytes += chunk.length;
     if (bytes > maxBytes) return;
    }
    return Buffer.concat(chunks).toString("utf8");
   }
   function redactedHeaders(headers, redact) {
    const redacted = Object.entries(headers).map(([name, value]) => [ name, Array.isArray(value) ? value.map(redact) : value && redact(value) ]);
    return Object.fromEntries(redacted);
   }
  },
  7191: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    T6: () => ProxyError,
    ag: () => TunnelAgent,
    X: () => openTunnel
   });
   const external_node_http_namespaceObject = require("node:http");
   var external_node_https_ = __nccwpck_require__(4708);
   var external_node_net_ = __nccwpck_require__(7030);
   var external_node_tls_ = __nccwpck_require__(1692);
   var untrusted = __nccwpck_require__(1824);
   var http_host = __nccwpck_require__(9083);
   class ProxyError extends Error {
    name="ProxyError";
    status;
    constructor(proxy, seen, status) {
     super(`the proxy ${proxy.host} ${seen}`);
     this.status = status;
    }
   }
   async function openTunnel(proxy, target, {timeoutMs: timeoutMs, signal: signal, isBackground: isBackground = false}) {
    const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
    const request = connectRequest(proxy, target);
    request.once("connect", ({statusCode: statusCode = 0}, socket, head) => {
     socket.unshift(head);
     if (statusCode >= 200 && statusCode < 300) return resolve(socket);
     socket.destroy();
     return reject(new ProxyError(proxy, `answered HTTP ${statusCode}`, statusCode));
    });
    request.on("error", error => {
     const seen = (0, untrusted.g$)(error.message || String(error), MAX_QUOTED);
     reject(error instanceof ProxyError ? error : new ProxyError(proxy, `could not be used: ${seen}`));
    });
    isBackground && request.once("socket", socket => socket.unref());
    const giveUp = seen => void request.destroy(new ProxyError(proxy, seen));
    const timer = setTimeout(giveUp, timeoutMs, `did not answer within ${timeoutMs / 1e3} s`);
    isBackground && timer.unref();
    const onAbort = () => giveUp("was no longer needed");
    signal?.addEventListener("abort", onAbort, {
     once: true
    });
    request.end();
    try {
     return await promise;
    } finally {
     clearTimeout(timer);
     signal?.removeEventListener("abort", onAbort);
    }
   }
   const MAX_QUOTED = 200;
   function connectRequest(proxy, target) {
    const isSecure = proxy.protocol === "https:";
    const host = (0, http_host.n)(proxy.hostname);
    const credentials = Buffer.from(`${proxy.username}:${proxy.password}`).toString("base64");
    const hasCredentials = proxy.username !== "" || proxy.password !== "";
    const options = {
     host: host,
     port: Number(proxy.port) || (isSecure ? 443 : 80),
     method: "CONNECT",
     path: target,
     agent: false,
     headers: {
      host: target,
      ...hasCredentials && {
       "proxy-authorization": `Basic ${credentials}`
      }
     }
    };
    return isSecure ? (0, external_node_https_.request)({
     ...options,
     servername: (0, external_node_net_.isIP)(host) ? "" : host
    }) : (0, external_node_http_namespaceObject.request)(options);
   }
   class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    #timeoutMs;
    #closed=new AbortController;
    constructor(proxy, timeoutMs) {
     super({
      keepAlive: true
     });
     this.#proxy = proxy;
     this.#timeoutMs = timeoutMs;
    }
    createConnection(...[options, callback]) {
     const host = options.host ?? "";
     const target = `${(0, external_node_net_.isIP)(host) === 6 ? `[${host}]` : host}:${options.port}`;
     const limits = {
      timeoutMs: this.#timeoutMs,
      signal: this.#closed.signal
     };
     openTunnel(this.#proxy, target, limits).then(socket => callback?.(null, (0, external_node_tls_.connect)({
      ...options,
      socket: socket
     })), error => callback?.(error, void 0));
     return;
    }
    destroy() {
     this.#closed.abort();
     super.destroy();
    }
   }
  },
  6154: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    PT: () => insertAt,
    ct: () => applyEdits,
    gf: () => lineStart,
    n_: () => lineBreakOf
   });
   function insertAt(offset, text) {
    return {
     start: offset,
     end: offset,
     text: text
    };
   }
   function applyEdits(original, edits) {
    return edits.toSorted((a, b) => b.start - a.start).reduce((result, {start: start, end: end, text: text}) => result.slice(0, start) + text + result.slice(end), original);
   }
   function lineBreakOf(text) {
    const first = text.indexOf("\n");
    return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
   }
   function lineStart(text, offset) {
    return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
   }
  },
  7467: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    l: () => UnreadableTextError
   });
   var _text_edits_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6154);
   class UnreadableTextError extends Error {
    line;
    column;
    hint;
    constructor(problem, {text: text, offset: offset}, hint) {
     super(problem);
     this.name = "UnreadableTextError";
     this.line = text.slice(0, offset).split("\n").length;
     this.column = [ ...text.slice((0, _text_edits_js__WEBPACK_IMPORTED_MODULE_0__.gf)(text, offset), offset) ].length + 1;
     this.hint = hint;
    }
   }
  },
  9533: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    h: () => mergeOwnFile
   });
   var _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6154);
   var _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7467);
   function mergeOwnFile(file, current, record) {
    const region = [ `${file.comment} begin ${record.emailDomain}`, ...file.render(record).trimEnd().split("\n"), `${file.comment} end ${record.emailDomain}` ];
    if (current === void 0 || current.trim() === "") {
     const header = file.header.map(line => `${file.comment} ${line}`);
     return [ ...header, "", ...region, "" ].join("\n");
    }
    const lines = current.split(/\r?\n/);
    if (lines[0] !== `${file.comment} ${file.header[0]}`) throw new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l("this action did not create this file", {
     text: current,
     offset: 0
    }, file.hint);
    const old = findRegions(current, file.comment).find(({domain: domain}) => domain === record.emailDomain);
    if (old === void 0) return withRegionAtEnd(current, region);
    if (lines.slice(old.begin, old.end + 1).join("\n") === region.join("\n")) return current;
    return lines.toSpliced(old.begin, old.end - old.begin + 1, ...region).join((0, _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__.n_)(current));
   }
   function withRegionAtEnd(current, region) {
    const newline = (0, _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__.n_)(current);
    const ended = current.endsWith("\n") ? current : current + newline;
    return `${ended}${newline}${region.join(newline)}${newline}`;
   }
   function findRegions(text, comment) {
    const regions = [];
    let open;
    for (const [index, line] of text.split(/\r?\n/).entries()) {
     const [sign, word, domain = "", ...rest] = line.split(" ");
     if (sign !== comment || rest.length > 0 || word !== "begin" && word !== "end") continue;
     const isExpected = word === "end" ? open?.domain === domain : open === void 0;
     if (!isExpected) throw oddMarker(text, line, index);
     if (open === void 0) {
      if (regions.some(region => region.domain === domain)) throw oddMarker(text, line, index);
      open = {
       domain: domain,
       begin: index
      };
     } else {
      regions.push({
       ...open,
       end: index
      });
      open = void 0;
     }
    }
    if (open !== void 0) throw oddMarker(text, `${comment} begin ${open.domain}`, open.begin);
    return regions;
   }
   function oddMarker(text, marker, lineIndex) {
    let offset = 0;
    for (let line = 0; line < lineIndex; line++) offset = text.indexOf("\n", offset) + 1;
    return new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l(`the line "${marker}" has no matching line or appears twice`, {
     text: text,
     offset: offset
    }, 'Put the "begin" and "end" lines back around the domain, or delete the file and let the action write it again.');
   }
  },
  8919: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    L: () => importBlock,
    v: () => terraform
   });
   const HCL_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t"
   };
   function hclString(text) {
    const escaped = text.replaceAll(/["\\\p{Cc}\u2028\u2029]/gu, character => HCL_ESCAPES[character] ?? unicodeEscape(character)).replaceAll(/[$%](?=\{)/g, introducer => introducer + introducer);
    return `"${escaped}"`;
   }
   function unicodeEscape(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
   }
   function hclIdentifier(domain) {
    const name = domain.replaceAll(".", "_");
    return /^\d/.test(name) ? `_${name}` : name;
   }
   var own_file = __nccwpck_require__(9533);
   const TERRAFORM_FILE = {
    comment: "#",
    header: [ 'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".', 'Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.', "Each import needs a resource: write one, or run terraform plan -generate-config-out=sso-connectors.tf" ],
    hint: "Set record-file to a new file that only the action writes, for example cloudflare-sso.tf.",
    render: recordBlocks
   };
   const terraform = {
    needsTxtValues: false,
    render: recordBlocks,
    merge: (current, record) => (0, own_file.h)(TERRAFORM_FILE, current, record)
   };
   function importBlock(accountId, connectorId, emailDomain) {
    return [ "import {", `  to = cloudflare_sso_connector.${hclIdentifier(emailDomain)}`, `  id = ${hclString(`${accountId}/${connectorId}`)}`, "}", "" ].join("\n");
   }
   function recordBlocks({emailDomain: emailDomain, verificationCode: verificationCode, accountId: accountId, connectorId: connectorId}) {
    const record = [ `resource "cloudflare_dns_record" "sso_${hclIdentifier(emailDomain)}" {`, `  zone_id = var.cloudflare_zone_ids[${hclString(emailDomain)}]`, `  name    = ${hclString(emailDomain)}`, '  type    = "TXT"', `  content = ${hclString(quotedText(verificationCode))}`, "  ttl     = 1", '  comment = "Cloudflare dashboard SSO"', "}", "" ].join("\n");
    if (accountId === void 0 || connectorId === void 0) return record;
    return `${record}\n${importBlock(accountId, connectorId, emailDomain)}`;
   }
   function quotedText(text) {
    return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
   }
  },
  4720: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Ew: () => canonicalName,
    Kw: () => parseTtl,
    Lx: () => quotedStrings,
    QT: () => bytesOfString,
    lX: () => nameBelow
   });
   const ESCAPE_OR_CHARACTER = /\\([01]\d\d|2[0-4]\d|25[0-5])|\\(.)|(.)/gsu;
   const MAX_STRING_BYTES = 255;
   const MAX_TTL_S = 4294967295;
   const UNIT_S = {
    w: 604800,
    d: 86400,
    h: 3600,
    m: 60,
    s: 1
   };
   function canonicalName(text) {
    const name = text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => {
     if (plain === ".") return ".";
     const character = code === void 0 ? escaped ?? plain ?? "" : String.fromCharCode(Number(code));
     return /[\w*/-]/.test(character) ? character : escapedByCode(character);
    });
    return name.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
   }
   function escapedByCode(text) {
    return [ ...Buffer.from(text) ].map(byte => `\\${String(byte).padStart(3, "0")}`).join("");
   }
   function nameBelow(name, origin) {
    if (name.endsWith(".") || origin === "") return name;
    if (name === "") return origin;
    return origin === "." ? `${name}.` : `${name}.${origin}`;
   }
   function bytesOfString(text) {
    return text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => code === void 0 ? Buffer.from(escaped ?? plain ?? "").toString("latin1") : String.fromCharCode(Number(code)));
   }
   function quotedStrings(text) {
    const bytes = [ ...Buffer.from(text) ];
    const count = Math.max(1, Math.ceil(bytes.length / MAX_STRING_BYTES));
    return Array.from({
     length: count
    }, (_, index) => {
     const string = bytes.slice(index * MAX_STRING_BYTES, (index + 1) * MAX_STRING_BYTES);
     return `"${string.map(escapedByte).join("")}"`;
    }).join(" ");
   }
   function escapedByte(byte) {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte < 32 || byte > 126 ? `\\${String(byte).padStart(3, "0")}` : character;
   }
   function parseTtl(text) {
    if (!/^(\d+|(\d+[wdhms])+)$/i.test(text)) return;
    const parts = text.matchAll(/(\d+)([wdhms]?)/gi);
    const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_S[unit?.toLowerCase() ?? ""] ?? 1), 0);
    return seconds <= MAX_TTL_S ? seconds : void 0;
   }
  },
  5320: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    E9: () => parseDuration,
    a3: () => formatDuration,
    fU: () => formatTime,
    vk: () => elapsed
   });
   var ms__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(744);
   var ms__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(ms__WEBPACK_IMPORTED_MODULE_0__);
   const MAX_TIMER_MS = 20736e5;
   function parseDuration(text) {
    if (/^0+$/.test(text)) return 0;
    if (!/^\d+(\.\d+)?\s*[a-z]+$/i.test(text)) return;
    const durationMs = ms__WEBPACK_IMPORTED_MODULE_0___default()(text);
    return durationMs !== void 0 && durationMs <= MAX_TIMER_MS ? Math.round(durationMs) : void 0;
   }
   function formatDuration(durationMs) {
    if (durationMs < 1e3) return `${Math.max(0, Math.round(durationMs))}ms`;
    const durations = new Intl.DurationFormat("en", {
     style: "narrow"
    });
    const totalSeconds = Math.round(durationMs / 1e3);
    const [days, hours] = [ Math.floor(totalSeconds / 86400), Math.floor(totalSeconds % 86400 / 3600) ];
    const [minutes, seconds] = [ Math.floor(totalSeconds % 3600 / 60), totalSeconds % 60 ];
    if (days > 0) return durations.format({
     days: days,
     hours: hours
    });
    if (hours > 0) return durations.format({
     hours: hours,
     minutes: minutes
    });
    return durations.format({
     minutes: minutes,
     seconds: seconds
    });
   }
   function formatTime(epochMs, nowMs) {
    const iso = new Date(epochMs).toISOString();
    const sameDay = iso.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
    return sameDay ? `${iso.slice(11, 16)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
   }
   function elapsed(startedAtMs, nowMs) {
    return `after ${formatDuration(nowMs - startedAtMs)}`;
   }
  },
  765: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    _: () => fitting
   });
   function fitting(items, sizeOf, max) {
    let size = 0;
    const end = items.findIndex(item => {
     size += sizeOf(item);
     return size > max;
    });
    return end < 0 ? items : items.slice(0, end);
   }
  },
  5484: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    b: () => naming
   });
   function naming(names, max) {
    const more = names.length > max ? ` and ${names.length - max} more` : "";
    return `${names.slice(0, max).join(", ")}${more}`;
   }
  },
  3427: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    $: () => redactor,
    v: () => MIN_SECRET_LENGTH
   });
   const MIN_SECRET_LENGTH = 16;
   function redactor(secrets) {
    const forms = secrets.filter(({length: length}) => length >= MIN_SECRET_LENGTH).flatMap(formsOf);
    if (forms.length === 0) return text => text;
    const longestFirst = [ ...new Set(forms) ].sort((one, other) => other.length - one.length);
    const pattern = new RegExp(longestFirst.map(form => form.replaceAll(/\W/g, "\\$&")).join("|"), "gi");
    return text => text.replaceAll(pattern, "***");
   }
   function formsOf(secret) {
    const encoded = encodeURIComponent(secret);
    const escaped = JSON.stringify(secret).slice(1, -1);
    const base64 = [ 0, 1, 2 ].map(offset => innerBase64(secret, offset));
    return [ secret, encoded, encodeURIComponent(encoded), new URLSearchParams({
     "": secret
    }).toString().slice(1), escaped, JSON.stringify(escaped).slice(1, -1), Buffer.from(secret).toString("hex"), ...base64, ...base64.map(text => text.replaceAll("+", "-").replaceAll("/", "_")) ];
   }
   function innerBase64(text, offset) {
    const bytes = Buffer.concat([ Buffer.alloc(offset), Buffer.from(text) ]);
    const [start, end] = [ Math.ceil(offset * 8 / 6), Math.floor(bytes.length * 8 / 6) ];
    return bytes.toString("base64").slice(start, end);
   }
  },
  1824: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Df: () => withoutCommands,
    g$: () => printable,
    qy: () => html,
    tg: () => withoutAddresses
   });
   const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{DI}\u2028\u2029]/gu;
   const SHORT_ESCAPES = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t"
   };
   const MAX_TEXT_LENGTH = 2e3;
   const MAX_LINE_LENGTH = 8e3;
   function printable(text, maxLength = MAX_TEXT_LENGTH) {
    const line = text.toWellFormed().replaceAll(UNPRINTABLE, character => {
     const short = SHORT_ESCAPES[character];
     return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
    });
    if (line.length <= maxLength) return line;
    return `${wholeCharacters(line.slice(0, maxLength))}\u2026 (${text.length} characters)`;
   }
   function withoutAddresses(text) {
    return text.replaceAll(/\S+/g, word => /.@./.test(word) ? "[address]" : word);
   }
   function withoutCommands(text) {
    return printable(text, MAX_LINE_LENGTH).replace(/^(\s*)::/, "$1\\::").replaceAll("##[", "##\\[");
   }
   const HTML_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;"
   };
   function html(text) {
    return printable(text, MAX_LINE_LENGTH).replaceAll(/[&<>"']/g, character => HTML_ENTITIES[character] ?? character).replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, character => `&#${character.charCodeAt(0)};`);
   }
   function wholeCharacters(text) {
    return text.isWellFormed() ? text : text.slice(0, -1);
   }
  },
  3426: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    E: () => untilAborted
   });
   function untilAborted(work, signal) {
    const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, {
     once: true
    });
    signal.aborted && onAbort();
    work.then(resolve, reject);
    return promise.finally(() => signal.removeEventListener("abort", onAbort));
   }
  },
  1630: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(klass) {
    switch (klass) {
    case 1:
     return "IN";

    case 2:
     return "CS";

    case 3:
     return "CH";

    case 4:
     return "HS";

    case 255:
     return "ANY";
    }
    return "UNKNOWN_" + klass;
   };
   exports.toClass = function(name) {
    switch (name.toUpperCase()) {
    case "IN":
     return 1;

    case "CS":
     return 2;

    case "CH":
     return 3;

    case "HS":
     return 4;

    case "ANY":
     return 255;
    }
    return 0;
   };
  },
  4894: (__unused_webpack_module, exports, __nccwpck_require__) => {
   "use strict";
   const Buffer = __nccwpck_require__(181).Buffer;
   const types = __nccwpck_require__(1891);
   const rcodes = __nccwpck_require__(2028);
   const opcodes = __nccwpck_require__(4693);
   const classes = __nccwpck_require__(1630);
   const optioncodes = __nccwpck_require__(2075);
   const ip = __nccwpck_require__(4550);
   const QUERY_FLAG = 0;
   const RESPONSE_FLAG = 32768;
   const FLUSH_MASK = 32768;
   const NOT_FLUSH_MASK = ~FLUSH_MASK;
   const QU_MASK = 32768;
   const NOT_QU_MASK = ~QU_MASK;
   const name = exports.name = {};
   name.encode = function(str, buf, offset, {mail: mail = false} = {}) {
    buf || (buf = Buffer.alloc(name.encodingLength(str)));
    offset || (offset = 0);
    const oldOffset = offset;
    const n = str.replace(/^\.|\.$/gm, "");
    if (n.length) {
     let list = [];
     if (mail) {
      let localPart = "";
      n.split(".").forEach(label => {
       label.endsWith("\\") ? localPart += (localPart.length ? "." : "") + label.slice(0, -1) : list.length === 0 && localPart.length ? list.push(localPart + "." + label) : list.push(label);
      });
     } else list = n.split(".");
     for (let i = 0; i < list.length; i++) {
      const len = buf.write(list[i], offset + 1);
      buf[offset] = len;
      offset += len + 1;
     }
    }
    buf[offset++] = 0;
    name.encode.bytes = offset - oldOffset;
    return buf;
   };
   name.encode.bytes = 0;
   name.decode = function(buf, offset, {mail: mail = false} = {}) {
    offset || (offset = 0);
    const list = [];
    let oldOffset = offset;
    let totalLength = 0;
    let consumedBytes = 0;
    let jumped = false;
    while (true) {
     if (offset >= buf.length) throw new Error("Cannot decode name (buffer overflow)");
     const len = buf[offset++];
     consumedBytes += jumped ? 0 : 1;
     if (len === 0) break;
     if ((len & 192) === 0) {
      if (offset + len > buf.length) throw new Error("Cannot decode name (buffer overflow)");
      totalLength += len + 1;
      if (totalLength > 254) throw new Error("Cannot decode name (name too long)");
      let label = buf.toString("utf-8", offset, offset + len);
      mail && (label = label.replace(/\./g, "\\."));
      list.push(label);
      offset += len;
      consumedBytes += jumped ? 0 : len;
     } else {
      if ((len & 192) !== 192) throw new Error("Cannot decode name (bad label)");
      {
       if (offset + 1 > buf.length) throw new Error("Cannot decode name (buffer overflow)");
       const jumpOffset = buf.readUInt16BE(offset - 1) - 49152;
       if (jumpOffset >= oldOffset) throw new Error("Cannot decode name (bad pointer)");
       offset = jumpOffset;
       oldOffset = jumpOffset;
       consumedBytes += jumped ? 0 : 1;
       jumped = true;
      }
     }
    }
    name.decode.bytes = consumedBytes;
    return list.length === 0 ? "." : list.join(".");
   };
   name.decode.bytes = 0;
   name.encodingLength = function(n) {
    if (n === "." || n === "..") return 1;
    return Buffer.byteLength(n.replace(/^\.|\.$/gm, "")) + 2;
   };
   const string = {};
   string.encode = function(s, buf, offset) {
    buf || (buf = Buffer.alloc(string.encodingLength(s)));
    offset || (offset = 0);
    const len = buf.write(s, offset + 1);
    buf[offset] = len;
    string.encode.bytes = len + 1;
    return buf;
   };
   string.encode.bytes = 0;
   string.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf[offset];
    const s = buf.toString("utf-8", offset + 1, offset + 1 + len);
    string.decode.bytes = len + 1;
    return s;
   };
   string.decode.bytes = 0;
   string.encodingLength = function(s) {
    return Buffer.byteLength(s) + 1;
   };
   const header = {};
   header.encode = function(h, buf, offset) {
    buf || (buf = header.encodingLength(h));
    offset || (offset = 0);
    const flags = (h.flags || 0) & 32767;
    const type = h.type === "response" ? RESPONSE_FLAG : QUERY_FLAG;
    buf.writeUInt16BE(h.id || 0, offset);
    buf.writeUInt16BE(flags | type, offset + 2);
    buf.writeUInt16BE(h.questions.length, offset + 4);
    buf.writeUInt16BE(h.answers.length, offset + 6);
    buf.writeUInt16BE(h.authorities.length, offset + 8);
    buf.writeUInt16BE(h.additionals.length, offset + 10);
    return buf;
   };
   header.encode.bytes = 12;
   header.decode = function(buf, offset) {
    offset || (offset = 0);
    if (buf.length < 12) throw new Error("Header must be 12 bytes");
    const flags = buf.readUInt16BE(offset + 2);
    return {
     id: buf.readUInt16BE(offset),
     type: flags & RESPONSE_FLAG ? "response" : "query",
     flags: flags & 32767,
     flag_qr: (flags >> 15 & 1) === 1,
     opcode: opcodes.toString(flags >> 11 & 15),
     flag_aa: (flags >> 10 & 1) === 1,
     flag_tc: (flags >> 9 & 1) === 1,
     flag_rd: (flags >> 8 & 1) === 1,
     flag_ra: (flags >> 7 & 1) === 1,
     flag_z: (flags >> 6 & 1) === 1,
     flag_ad: (flags >> 5 & 1) === 1,
     flag_cd: (flags >> 4 & 1) === 1,
     rcode: rcodes.toString(flags & 15),
     questions: new Array(buf.readUInt16BE(offset + 4)),
     answers: new Array(buf.readUInt16BE(offset + 6)),
     authorities: new Array(buf.readUInt16BE(offset + 8)),
     additionals: new Array(buf.readUInt16BE(offset + 10))
    };
   };
   header.decode.bytes = 12;
   header.encodingLength = function() {
    return 12;
   };
   const runknown = exports.unknown = {};
   runknown.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(runknown.encodingLength(data)));
    offset || (offset = 0);
    buf.writeUInt16BE(data.length, offset);
    data.copy(buf, offset + 2);
    runknown.encode.bytes = data.length + 2;
    return buf;
   };
   runknown.encode.bytes = 0;
   runknown.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const data = buf.slice(offset + 2, offset + 2 + len);
    runknown.decode.bytes = len + 2;
    return data;
   };
   runknown.decode.bytes = 0;
   runknown.encodingLength = function(data) {
    return data.length + 2;
   };
   const rns = exports.ns = {};
   rns.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rns.encodingLength(data)));
    offset || (offset = 0);
    name.encode(data, buf, offset + 2);
    buf.writeUInt16BE(name.encode.bytes, offset);
    rns.encode.bytes = name.encode.bytes + 2;
    return buf;
   };
   rns.encode.bytes = 0;
   rns.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const dd = name.decode(buf, offset + 2);
    rns.decode.bytes = len + 2;
    return dd;
   };
   rns.decode.bytes = 0;
   rns.encodingLength = function(data) {
    return name.encodingLength(data) + 2;
   };
   const rsoa = exports.soa = {};
   rsoa.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rsoa.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(data.mname, buf, offset);
    offset += name.encode.bytes;
    name.encode(data.rname, buf, offset, {
     mail: true
    });
    offset += name.encode.bytes;
    buf.writeUInt32BE(data.serial || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.refresh || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.retry || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.expire || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.minimum || 0, offset);
    offset += 4;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rsoa.encode.bytes = offset - oldOffset;
    return buf;
   };
   rsoa.encode.bytes = 0;
   rsoa.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.mname = name.decode(buf, offset);
    offset += name.decode.bytes;
    data.rname = name.decode(buf, offset, {
     mail: true
    });
    offset += name.decode.bytes;
    data.serial = buf.readUInt32BE(offset);
    offset += 4;
    data.refresh = buf.readUInt32BE(offset);
    offset += 4;
    data.retry = buf.readUInt32BE(offset);
    offset += 4;
    data.expire = buf.readUInt32BE(offset);
    offset += 4;
    data.minimum = buf.readUInt32BE(offset);
    offset += 4;
    rsoa.decode.bytes = offset - oldOffset;
    return data;
   };
   rsoa.decode.bytes = 0;
   rsoa.encodingLength = function(data) {
    return 22 + name.encodingLength(data.mname) + name.encodingLength(data.rname);
   };
   const rtxt = exports.txt = {};
   rtxt.encode = function(data, buf, offset) {
    Array.isArray(data) || (data = [ data ]);
    for (let i = 0; i < data.length; i++) {
     typeof data[i] === "string" && (data[i] = Buffer.from(data[i]));
     if (!Buffer.isBuffer(data[i])) throw new Error("Must be a Buffer");
    }
    buf || (buf = Buffer.alloc(rtxt.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    data.forEach(function(d) {
     buf[offset++] = d.length;
     d.copy(buf, offset, 0, d.length);
     offset += d.length;
    });
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rtxt.encode.bytes = offset - oldOffset;
    return buf;
   };
   rtxt.encode.bytes = 0;
   rtxt.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    let remaining = buf.readUInt16BE(offset);
    offset += 2;
    let data = [];
    while (remaining > 0) {
     const len = buf[offset++];
     --remaining;
     if (remaining < len) throw new Error("Buffer overflow");
     data.push(buf.slice(offset, offset + len));
     offset += len;
     remaining -= len;
    }
    rtxt.decode.bytes = offset - oldOffset;
    return data;
   };
   rtxt.decode.bytes = 0;
   rtxt.encodingLength = function(data) {
    Array.isArray(data) || (data = [ data ]);
    let length = 2;
    data.forEach(function(buf) {
     length += typeof buf === "string" ? Buffer.byteLength(buf) + 1 : buf.length + 1;
    });
    return length;
   };
   const rnull = exports["null"] = {};
   rnull.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rnull.encodingLength(data)));
    offset || (offset = 0);
    typeof data === "string" && (data = Buffer.from(data));
    data || (data = Buffer.alloc(0));
    const oldOffset = offset;
    offset += 2;
    const len = data.length;
    data.copy(buf, offset, 0, len);
    offset += len;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rnull.encode.bytes = offset - oldOffset;
    return buf;
   };
   rnull.encode.bytes = 0;
   rnull.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const len = buf.readUInt16BE(offset);
    offset += 2;
    const data = buf.slice(offset, offset + len);
    offset += len;
    rnull.decode.bytes = offset - oldOffset;
    return data;
   };
   rnull.decode.bytes = 0;
   rnull.encodingLength = function(data) {
    if (!data) return 2;
    return (Buffer.isBuffer(data) ? data.length : Buffer.byteLength(data)) + 2;
   };
   const rhinfo = exports.hinfo = {};
   rhinfo.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rhinfo.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    string.encode(data.cpu, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.os, buf, offset);
    offset += string.encode.bytes;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rhinfo.encode.bytes = offset - oldOffset;
    return buf;
   };
   rhinfo.encode.bytes = 0;
   rhinfo.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.cpu = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.os = string.decode(buf, offset);
    offset += string.decode.bytes;
    rhinfo.decode.bytes = offset - oldOffset;
    return data;
   };
   rhinfo.decode.bytes = 0;
   rhinfo.encodingLength = function(data) {
    return string.encodingLength(data.cpu) + string.encodingLength(data.os) + 2;
   };
   const rptr = exports.ptr = {};
   const rcname = exports.cname = rptr;
   const rdname = exports.dname = rptr;
   rptr.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rptr.encodingLength(data)));
    offset || (offset = 0);
    name.encode(data, buf, offset + 2);
    buf.writeUInt16BE(name.encode.bytes, offset);
    rptr.encode.bytes = name.encode.bytes + 2;
    return buf;
   };
   rptr.encode.bytes = 0;
   rptr.decode = function(buf, offset) {
    offset || (offset = 0);
    const data = name.decode(buf, offset + 2);
    rptr.decode.bytes = name.decode.bytes + 2;
    return data;
   };
   rptr.decode.bytes = 0;
   rptr.encodingLength = function(data) {
    return name.encodingLength(data) + 2;
   };
   const rsrv = exports.srv = {};
   rsrv.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rsrv.encodingLength(data)));
    offset || (offset = 0);
    buf.writeUInt16BE(data.priority || 0, offset + 2);
    buf.writeUInt16BE(data.weight || 0, offset + 4);
    buf.writeUInt16BE(data.port || 0, offset + 6);
    name.encode(data.target, buf, offset + 8);
    const len = name.encode.bytes + 6;
    buf.writeUInt16BE(len, offset);
    rsrv.encode.bytes = len + 2;
    return buf;
   };
   rsrv.encode.bytes = 0;
   rsrv.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const data = {};
    data.priority = buf.readUInt16BE(offset + 2);
    data.weight = buf.readUInt16BE(offset + 4);
    data.port = buf.readUInt16BE(offset + 6);
    data.target = name.decode(buf, offset + 8);
    rsrv.decode.bytes = len + 2;
    return data;
   };
   rsrv.decode.bytes = 0;
   rsrv.encodingLength = function(data) {
    return 8 + name.encodingLength(data.target);
   };
   const rcaa = exports.caa = {};
   rcaa.ISSUER_CRITICAL = 128;
   rcaa.encode = function(data, buf, offset) {
    const len = rcaa.encodingLength(data);
    buf || (buf = Buffer.alloc(rcaa.encodingLength(data)));
    offset || (offset = 0);
    data.issuerCritical && (data.flags = rcaa.ISSUER_CRITICAL);
    buf.writeUInt16BE(len - 2, offset);
    offset += 2;
    buf.writeUInt8(data.flags || 0, offset);
    offset += 1;
    string.encode(data.tag, buf, offset);
    offset += string.encode.bytes;
    buf.write(data.value, offset);
    offset += Buffer.byteLength(data.value);
    rcaa.encode.bytes = len;
    return buf;
   };
   rcaa.encode.bytes = 0;
   rcaa.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    offset += 2;
    const oldOffset = offset;
    const data = {};
    data.flags = buf.readUInt8(offset);
    offset += 1;
    data.tag = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.value = buf.toString("utf-8", offset, oldOffset + len);
    data.issuerCritical = !!(data.flags & rcaa.ISSUER_CRITICAL);
    rcaa.decode.bytes = len + 2;
    return data;
   };
   rcaa.decode.bytes = 0;
   rcaa.encodingLength = function(data) {
    return string.encodingLength(data.tag) + string.encodingLength(data.value) + 2;
   };
   const rmx = exports.mx = {};
   rmx.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rmx.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf.writeUInt16BE(data.preference || 0, offset);
    offset += 2;
    name.encode(data.exchange, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rmx.encode.bytes = offset - oldOffset;
    return buf;
   };
   rmx.encode.bytes = 0;
   rmx.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.preference = buf.readUInt16BE(offset);
    offset += 2;
    data.exchange = name.decode(buf, offset);
    offset += name.decode.bytes;
    rmx.decode.bytes = offset - oldOffset;
    return data;
   };
   rmx.encodingLength = function(data) {
    return 4 + name.encodingLength(data.exchange);
   };
   const ra = exports.a = {};
   ra.encode = function(host, buf, offset) {
    buf || (buf = Buffer.alloc(ra.encodingLength(host)));
    offset || (offset = 0);
    buf.writeUInt16BE(4, offset);
    offset += 2;
    ip.v4.encode(host, buf, offset);
    ra.encode.bytes = 6;
    return buf;
   };
   ra.encode.bytes = 0;
   ra.decode = function(buf, offset) {
    offset || (offset = 0);
    offset += 2;
    const host = ip.v4.decode(buf, offset);
    ra.decode.bytes = 6;
    return host;
   };
   ra.decode.bytes = 0;
   ra.encodingLength = function() {
    return 6;
   };
   const raaaa = exports.aaaa = {};
   raaaa.encode = function(host, buf, offset) {
    buf || (buf = Buffer.alloc(raaaa.encodingLength(host)));
    offset || (offset = 0);
    buf.writeUInt16BE(16, offset);
    offset += 2;
    ip.v6.encode(host, buf, offset);
    raaaa.encode.bytes = 18;
    return buf;
   };
   raaaa.encode.bytes = 0;
   raaaa.decode = function(buf, offset) {
    offset || (offset = 0);
    offset += 2;
    const host = ip.v6.decode(buf, offset);
    raaaa.decode.bytes = 18;
    return host;
   };
   raaaa.decode.bytes = 0;
   raaaa.encodingLength = function() {
    return 18;
   };
   const roption = exports.option = {};
   roption.encode = function(option, buf, offset) {
    buf || (buf = Buffer.alloc(roption.encodingLength(option)));
    offset || (offset = 0);
    const oldOffset = offset;
    const code = optioncodes.toCode(option.code);
    buf.writeUInt16BE(code, offset);
    offset += 2;
    if (option.data) {
     buf.writeUInt16BE(option.data.length, offset);
     offset += 2;
     option.data.copy(buf, offset);
     offset += option.data.length;
    } else switch (code) {
    case 8:
     const spl = option.sourcePrefixLength || 0;
     const fam = option.family || ip.familyOf(option.ip);
     const ipBuf = ip.encode(option.ip, Buffer.alloc);
     const ipLen = Math.ceil(spl / 8);
     buf.writeUInt16BE(ipLen + 4, offset);
     offset += 2;
     buf.writeUInt16BE(fam, offset);
     offset += 2;
     buf.writeUInt8(spl, offset++);
     buf.writeUInt8(option.scopePrefixLength || 0, offset++);
     ipBuf.copy(buf, offset, 0, ipLen);
     offset += ipLen;
     break;

    case 11:
     if (option.timeout) {
      buf.writeUInt16BE(2, offset);
      offset += 2;
      buf.writeUInt16BE(option.timeout, offset);
      offset += 2;
     } else {
      buf.writeUInt16BE(0, offset);
      offset += 2;
     }
     break;

    case 12:
     const len = option.length || 0;
     buf.writeUInt16BE(len, offset);
     offset += 2;
     buf.fill(0, offset, offset + len);
     offset += len;
     break;

    case 14:
     const tagsLen = option.tags.length * 2;
     buf.writeUInt16BE(tagsLen, offset);
     offset += 2;
     for (const tag of option.tags) {
      buf.writeUInt16BE(tag, offset);
      offset += 2;
     }
     break;

    default:
     throw new Error(`Unknown roption code: ${option.code}`);
    }
    roption.encode.bytes = offset - oldOffset;
    return buf;
   };
   roption.encode.bytes = 0;
   roption.decode = function(buf, offset) {
    offset || (offset = 0);
    const option = {};
    option.code = buf.readUInt16BE(offset);
    option.type = optioncodes.toString(option.code);
    offset += 2;
    const len = buf.readUInt16BE(offset);
    offset += 2;
    option.data = buf.slice(offset, offset + len);
    switch (option.code) {
    case 8:
     option.family = buf.readUInt16BE(offset);
     offset += 2;
     option.sourcePrefixLength = buf.readUInt8(offset++);
     option.scopePrefixLength = buf.readUInt8(offset++);
     const padded = Buffer.alloc(option.family === 1 ? 4 : 16);
     buf.copy(padded, 0, offset, offset + len - 4);
     option.ip = ip.decode(padded);
     break;

    case 11:
     if (len > 0) {
      option.timeout = buf.readUInt16BE(offset);
      offset += 2;
     }
     break;

    case 14:
     option.tags = [];
     for (let i = 0; i < len; i += 2) {
      option.tags.push(buf.readUInt16BE(offset));
      offset += 2;
     }
    }
    roption.decode.bytes = len + 4;
    return option;
   };
   roption.decode.bytes = 0;
   roption.encodingLength = function(option) {
    if (option.data) return option.data.length + 4;
    const code = optioncodes.toCode(option.code);
    switch (code) {
    case 8:
     const spl = option.sourcePrefixLength || 0;
     return Math.ceil(spl / 8) + 8;

    case 11:
     return typeof option.timeout === "number" ? 6 : 4;

    case 12:
     return option.length + 4;

    case 14:
     return 4 + option.tags.length * 2;
    }
    throw new Error(`Unknown roption code: ${option.code}`);
   };
   const ropt = exports.opt = {};
   ropt.encode = function(options, buf, offset) {
    buf || (buf = Buffer.alloc(ropt.encodingLength(options)));
    offset || (offset = 0);
    const oldOffset = offset;
    const rdlen = encodingLengthList(options, roption);
    buf.writeUInt16BE(rdlen, offset);
    offset = encodeList(options, roption, buf, offset + 2);
    ropt.encode.bytes = offset - oldOffset;
    return buf;
   };
   ropt.encode.bytes = 0;
   ropt.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const options = [];
    let rdlen = buf.readUInt16BE(offset);
    offset += 2;
    let o = 0;
    while (rdlen > 0) {
     options[o++] = roption.decode(buf, offset);
     offset += roption.decode.bytes;
     rdlen -= roption.decode.bytes;
    }
    ropt.decode.bytes = offset - oldOffset;
    return options;
   };
   ropt.decode.bytes = 0;
   ropt.encodingLength = function(options) {
    return 2 + encodingLengthList(options || [], roption);
   };
   const rdnskey = exports.dnskey = {};
   rdnskey.PROTOCOL_DNSSEC = 3;
   rdnskey.ZONE_KEY = 128;
   rdnskey.SECURE_ENTRYPOINT = 32768;
   rdnskey.encode = function(key, buf, offset) {
    buf || (buf = Buffer.alloc(rdnskey.encodingLength(key)));
    offset || (offset = 0);
    const oldOffset = offset;
    const keydata = key.key;
    if (!Buffer.isBuffer(keydata)) throw new Error("Key must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(key.flags, offset);
    offset += 2;
    buf.writeUInt8(rdnskey.PROTOCOL_DNSSEC, offset);
    offset += 1;
    buf.writeUInt8(key.algorithm, offset);
    offset += 1;
    keydata.copy(buf, offset, 0, keydata.length);
    offset += keydata.length;
    rdnskey.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rdnskey.encode.bytes - 2, oldOffset);
    return buf;
   };
   rdnskey.encode.bytes = 0;
   rdnskey.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var key = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    key.flags = buf.readUInt16BE(offset);
    offset += 2;
    if (buf.readUInt8(offset) !== rdnskey.PROTOCOL_DNSSEC) throw new Error("Protocol must be 3");
    offset += 1;
    key.algorithm = buf.readUInt8(offset);
    offset += 1;
    key.key = buf.slice(offset, oldOffset + length + 2);
    offset += key.key.length;
    rdnskey.decode.bytes = offset - oldOffset;
    return key;
   };
   rdnskey.decode.bytes = 0;
   rdnskey.encodingLength = function(key) {
    return 6 + Buffer.byteLength(key.key);
   };
   const rrrsig = exports.rrsig = {};
   rrrsig.encode = function(sig, buf, offset) {
    buf || (buf = Buffer.alloc(rrrsig.encodingLength(sig)));
    offset || (offset = 0);
    const oldOffset = offset;
    const signature = sig.signature;
    if (!Buffer.isBuffer(signature)) throw new Error("Signature must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(types.toType(sig.typeCovered), offset);
    offset += 2;
    buf.writeUInt8(sig.algorithm, offset);
    offset += 1;
    buf.writeUInt8(sig.labels, offset);
    offset += 1;
    buf.writeUInt32BE(sig.originalTTL, offset);
    offset += 4;
    buf.writeUInt32BE(sig.expiration, offset);
    offset += 4;
    buf.writeUInt32BE(sig.inception, offset);
    offset += 4;
    buf.writeUInt16BE(sig.keyTag, offset);
    offset += 2;
    name.encode(sig.signersName, buf, offset);
    offset += name.encode.bytes;
    signature.copy(buf, offset, 0, signature.length);
    offset += signature.length;
    rrrsig.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rrrsig.encode.bytes - 2, oldOffset);
    return buf;
   };
   rrrsig.encode.bytes = 0;
   rrrsig.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var sig = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    sig.typeCovered = types.toString(buf.readUInt16BE(offset));
    offset += 2;
    sig.algorithm = buf.readUInt8(offset);
    offset += 1;
    sig.labels = buf.readUInt8(offset);
    offset += 1;
    sig.originalTTL = buf.readUInt32BE(offset);
    offset += 4;
    sig.expiration = buf.readUInt32BE(offset);
    offset += 4;
    sig.inception = buf.readUInt32BE(offset);
    offset += 4;
    sig.keyTag = buf.readUInt16BE(offset);
    offset += 2;
    sig.signersName = name.decode(buf, offset);
    offset += name.decode.bytes;
    sig.signature = buf.slice(offset, oldOffset + length + 2);
    offset += sig.signature.length;
    rrrsig.decode.bytes = offset - oldOffset;
    return sig;
   };
   rrrsig.decode.bytes = 0;
   rrrsig.encodingLength = function(sig) {
    return 20 + name.encodingLength(sig.signersName) + Buffer.byteLength(sig.signature);
   };
   const rrp = exports.rp = {};
   rrp.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rrp.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(data.mbox || ".", buf, offset, {
     mail: true
    });
    offset += name.encode.bytes;
    name.encode(data.txt || ".", buf, offset);
    offset += name.encode.bytes;
    rrp.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rrp.encode.bytes - 2, oldOffset);
    return buf;
   };
   rrp.encode.bytes = 0;
   rrp.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.mbox = name.decode(buf, offset, {
     mail: true
    }) || ".";
    offset += name.decode.bytes;
    data.txt = name.decode(buf, offset) || ".";
    offset += name.decode.bytes;
    rrp.decode.bytes = offset - oldOffset;
    return data;
   };
   rrp.decode.bytes = 0;
   rrp.encodingLength = function(data) {
    return 2 + name.encodingLength(data.mbox || ".") + name.encodingLength(data.txt || ".");
   };
   const typebitmap = {};
   typebitmap.encode = function(typelist, buf, offset) {
    buf || (buf = Buffer.alloc(typebitmap.encodingLength(typelist)));
    offset || (offset = 0);
    const oldOffset = offset;
    var typesByWindow = [];
    for (var i = 0; i < typelist.length; i++) {
     var typeid = types.toType(typelist[i]);
     typesByWindow[typeid >> 8] === void 0 && (typesByWindow[typeid >> 8] = []);
     typesByWindow[typeid >> 8][typeid >> 3 & 31] |= 1 << 7 - (typeid & 7);
    }
    for (i = 0; i < typesByWindow.length; i++) if (typesByWindow[i] !== void 0) {
     var windowBuf = Buffer.from(typesByWindow[i]);
     buf.writeUInt8(i, offset);
     offset += 1;
     buf.writeUInt8(windowBuf.length, offset);
     offset += 1;
     windowBuf.copy(buf, offset);
     offset += windowBuf.length;
    }
    typebitmap.encode.bytes = offset - oldOffset;
    return buf;
   };
   typebitmap.encode.bytes = 0;
   typebitmap.decode = function(buf, offset, length) {
    offset || (offset = 0);
    const oldOffset = offset;
    var typelist = [];
    while (offset - oldOffset < length) {
     var window = buf.readUInt8(offset);
     offset += 1;
     var windowLength = buf.readUInt8(offset);
     offset += 1;
     for (var i = 0; i < windowLength; i++) {
      var b = buf.readUInt8(offset + i);
      for (var j = 0; j < 8; j++) if (b & 1 << 7 - j) {
       var typeid = types.toString(window << 8 | i << 3 | j);
       typelist.push(typeid);
      }
     }
     offset += windowLength;
    }
    typebitmap.decode.bytes = offset - oldOffset;
    return typelist;
   };
   typebitmap.decode.bytes = 0;
   typebitmap.encodingLength = function(typelist) {
    var extents = [];
    for (var i = 0; i < typelist.length; i++) {
     var typeid = types.toType(typelist[i]);
     extents[typeid >> 8] = Math.max(extents[typeid >> 8] || 0, typeid & 255);
    }
    var len = 0;
    for (i = 0; i < extents.length; i++) extents[i] !== void 0 && (len += 2 + Math.ceil((extents[i] + 1) / 8));
    return len;
   };
   const rnsec = exports.nsec = {};
   rnsec.encode = function(record, buf, offset) {
    buf || (buf = Buffer.alloc(rnsec.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(record.nextDomain, buf, offset);
    offset += name.encode.bytes;
    typebitmap.encode(record.rrtypes, buf, offset);
    offset += typebitmap.encode.bytes;
    rnsec.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnsec.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnsec.encode.bytes = 0;
   rnsec.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var record = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    record.nextDomain = name.decode(buf, offset);
    offset += name.decode.bytes;
    record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset));
    offset += typebitmap.decode.bytes;
    rnsec.decode.bytes = offset - oldOffset;
    return record;
   };
   rnsec.decode.bytes = 0;
   rnsec.encodingLength = function(record) {
    return 2 + name.encodingLength(record.nextDomain) + typebitmap.encodingLength(record.rrtypes);
   };
   const rnsec3 = exports.nsec3 = {};
   rnsec3.encode = function(record, buf, offset) {
    buf || (buf = Buffer.alloc(rnsec3.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    const salt = record.salt;
    if (!Buffer.isBuffer(salt)) throw new Error("salt must be a Buffer");
    const nextDomain = record.nextDomain;
    if (!Buffer.isBuffer(nextDomain)) throw new Error("nextDomain must be a Buffer");
    offset += 2;
    buf.writeUInt8(record.algorithm, offset);
    offset += 1;
    buf.writeUInt8(record.flags, offset);
    offset += 1;
    buf.writeUInt16BE(record.iterations, offset);
    offset += 2;
    buf.writeUInt8(salt.length, offset);
    offset += 1;
    salt.copy(buf, offset, 0, salt.length);
    offset += salt.length;
    buf.writeUInt8(nextDomain.length, offset);
    offset += 1;
    nextDomain.copy(buf, offset, 0, nextDomain.length);
    offset += nextDomain.length;
    typebitmap.encode(record.rrtypes, buf, offset);
    offset += typebitmap.encode.bytes;
    rnsec3.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnsec3.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnsec3.encode.bytes = 0;
   rnsec3.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var record = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    record.algorithm = buf.readUInt8(offset);
    offset += 1;
    record.flags = buf.readUInt8(offset);
    offset += 1;
    record.iterations = buf.readUInt16BE(offset);
    offset += 2;
    const saltLength = buf.readUInt8(offset);
    offset += 1;
    record.salt = buf.slice(offset, offset + saltLength);
    offset += saltLength;
    const hashLength = buf.readUInt8(offset);
    offset += 1;
    record.nextDomain = buf.slice(offset, offset + hashLength);
    offset += hashLength;
    record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset));
    offset += typebitmap.decode.bytes;
    rnsec3.decode.bytes = offset - oldOffset;
    return record;
   };
   rnsec3.decode.bytes = 0;
   rnsec3.encodingLength = function(record) {
    return 8 + record.salt.length + record.nextDomain.length + typebitmap.encodingLength(record.rrtypes);
   };
   const rds = exports.ds = {};
   rds.encode = function(digest, buf, offset) {
    buf || (buf = Buffer.alloc(rds.encodingLength(digest)));
    offset || (offset = 0);
    const oldOffset = offset;
    const digestdata = digest.digest;
    if (!Buffer.isBuffer(digestdata)) throw new Error("Digest must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(digest.keyTag, offset);
    offset += 2;
    buf.writeUInt8(digest.algorithm, offset);
    offset += 1;
    buf.writeUInt8(digest.digestType, offset);
    offset += 1;
    digestdata.copy(buf, offset, 0, digestdata.length);
    offset += digestdata.length;
    rds.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rds.encode.bytes - 2, oldOffset);
    return buf;
   };
   rds.encode.bytes = 0;
   rds.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var digest = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    digest.keyTag = buf.readUInt16BE(offset);
    offset += 2;
    digest.algorithm = buf.readUInt8(offset);
    offset += 1;
    digest.digestType = buf.readUInt8(offset);
    offset += 1;
    digest.digest = buf.slice(offset, oldOffset + length + 2);
    offset += digest.digest.length;
    rds.decode.bytes = offset - oldOffset;
    return digest;
   };
   rds.decode.bytes = 0;
   rds.encodingLength = function(digest) {
    return 6 + Buffer.byteLength(digest.digest);
   };
   const rsshfp = exports.sshfp = {};
   rsshfp.getFingerprintLengthForHashType = function getFingerprintLengthForHashType(hashType) {
    switch (hashType) {
    case 1:
     return 20;

    case 2:
     return 32;
    }
   };
   rsshfp.encode = function encode(record, buf, offset) {
    buf || (buf = Buffer.alloc(rsshfp.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf[offset] = record.algorithm;
    offset += 1;
    buf[offset] = record.hash;
    offset += 1;
    const fingerprintBuf = Buffer.from(record.fingerprint.toUpperCase(), "hex");
    if (fingerprintBuf.length !== rsshfp.getFingerprintLengthForHashType(record.hash)) throw new Error("Invalid fingerprint length");
    fingerprintBuf.copy(buf, offset);
    offset += fingerprintBuf.byteLength;
    rsshfp.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rsshfp.encode.bytes - 2, oldOffset);
    return buf;
   };
   rsshfp.encode.bytes = 0;
   rsshfp.decode = function decode(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const record = {};
    offset += 2;
    record.algorithm = buf[offset];
    offset += 1;
    record.hash = buf[offset];
    offset += 1;
    const fingerprintLength = rsshfp.getFingerprintLengthForHashType(record.hash);
    record.fingerprint = buf.slice(offset, offset + fingerprintLength).toString("hex").toUpperCase();
    offset += fingerprintLength;
    rsshfp.decode.bytes = offset - oldOffset;
    return record;
   };
   rsshfp.decode.bytes = 0;
   rsshfp.encodingLength = function(record) {
    return 4 + Buffer.from(record.fingerprint, "hex").byteLength;
   };
   const rnaptr = exports.naptr = {};
   rnaptr.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rnaptr.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf.writeUInt16BE(data.order || 0, offset);
    offset += 2;
    buf.writeUInt16BE(data.preference || 0, offset);
    offset += 2;
    string.encode(data.flags, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.services, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.regexp, buf, offset);
    offset += string.encode.bytes;
    name.encode(data.replacement, buf, offset);
    offset += name.encode.bytes;
    rnaptr.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnaptr.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnaptr.encode.bytes = 0;
   rnaptr.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.order = buf.readUInt16BE(offset);
    offset += 2;
    data.preference = buf.readUInt16BE(offset);
    offset += 2;
    data.flags = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.services = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.regexp = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.replacement = name.decode(buf, offset);
    offset += name.decode.bytes;
    rnaptr.decode.bytes = offset - oldOffset;
    return data;
   };
   rnaptr.decode.bytes = 0;
   rnaptr.encodingLength = function(data) {
    return string.encodingLength(data.flags) + string.encodingLength(data.services) + string.encodingLength(data.regexp) + name.encodingLength(data.replacement) + 6;
   };
   const rtlsa = exports.tlsa = {};
   rtlsa.encode = function(cert, buf, offset) {
    buf || (buf = Buffer.alloc(rtlsa.encodingLength(cert)));
    offset || (offset = 0);
    const oldOffset = offset;
    const certdata = cert.certificate;
    if (!Buffer.isBuffer(certdata)) throw new Error("Certificate must be a Buffer");
    offset += 2;
    buf.writeUInt8(cert.usage, offset);
    offset += 1;
    buf.writeUInt8(cert.selector, offset);
    offset += 1;
    buf.writeUInt8(cert.matchingType, offset);
    offset += 1;
    certdata.copy(buf, offset, 0, certdata.length);
    offset += certdata.length;
    rtlsa.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rtlsa.encode.bytes - 2, oldOffset);
    return buf;
   };
   rtlsa.encode.bytes = 0;
   rtlsa.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const cert = {};
    const length = buf.readUInt16BE(offset);
    offset += 2;
    cert.usage = buf.readUInt8(offset);
    offset += 1;
    cert.selector = buf.readUInt8(offset);
    offset += 1;
    cert.matchingType = buf.readUInt8(offset);
    offset += 1;
    cert.certificate = buf.slice(offset, oldOffset + length + 2);
    offset += cert.certificate.length;
    rtlsa.decode.bytes = offset - oldOffset;
    return cert;
   };
   rtlsa.decode.bytes = 0;
   rtlsa.encodingLength = function(cert) {
    return 5 + Buffer.byteLength(cert.certificate);
   };
   const renc = exports.record = function(type) {
    switch (type.toUpperCase()) {
    case "A":
     return ra;

    case "PTR":
     return rptr;

    case "CNAME":
     return rcname;

    case "DNAME":
     return rdname;

    case "TXT":
     return rtxt;

    case "NULL":
     return rnull;

    case "AAAA":
     return raaaa;

    case "SRV":
     return rsrv;

    case "HINFO":
     return rhinfo;

    case "CAA":
     return rcaa;

    case "NS":
     return rns;

    case "SOA":
     return rsoa;

    case "MX":
     return rmx;

    case "OPT":
     return ropt;

    case "DNSKEY":
     return rdnskey;

    case "RRSIG":
     return rrrsig;

    case "RP":
     return rrp;

    case "NSEC":
     return rnsec;

    case "NSEC3":
     return rnsec3;

    case "SSHFP":
     return rsshfp;

    case "DS":
     return rds;

    case "NAPTR":
     return rnaptr;

    case "TLSA":
     return rtlsa;
    }
    return runknown;
   };
   const answer = exports.answer = {};
   answer.encode = function(a, buf, offset) {
    buf || (buf = Buffer.alloc(answer.encodingLength(a)));
    offset || (offset = 0);
    const oldOffset = offset;
    name.encode(a.name, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(types.toType(a.type), offset);
    if (a.type.toUpperCase() === "OPT") {
     if (a.name !== ".") throw new Error("OPT name must be root.");
     buf.writeUInt16BE(a.udpPayloadSize || 4096, offset + 2);
     buf.writeUInt8(a.extendedRcode || 0, offset + 4);
     buf.writeUInt8(a.ednsVersion || 0, offset + 5);
     buf.writeUInt16BE(a.flags || 0, offset + 6);
     offset += 8;
     ropt.encode(a.options || [], buf, offset);
     offset += ropt.encode.bytes;
    } else {
     let klass = classes.toClass(a.class === void 0 ? "IN" : a.class);
     a.flush && (klass |= FLUSH_MASK);
     buf.writeUInt16BE(klass, offset + 2);
     buf.writeUInt32BE(a.ttl || 0, offset + 4);
     offset += 8;
     const enc = renc(a.type);
     enc.encode(a.data, buf, offset);
     offset += enc.encode.bytes;
    }
    answer.encode.bytes = offset - oldOffset;
    return buf;
   };
   answer.encode.bytes = 0;
   answer.decode = function(buf, offset) {
    offset || (offset = 0);
    const a = {};
    const oldOffset = offset;
    a.name = name.decode(buf, offset);
    offset += name.decode.bytes;
    a.type = types.toString(buf.readUInt16BE(offset));
    if (a.type === "OPT") {
     a.udpPayloadSize = buf.readUInt16BE(offset + 2);
     a.extendedRcode = buf.readUInt8(offset + 4);
     a.ednsVersion = buf.readUInt8(offset + 5);
     a.flags = buf.readUInt16BE(offset + 6);
     a.flag_do = (a.flags >> 15 & 1) === 1;
     a.options = ropt.decode(buf, offset + 8);
     offset += 8 + ropt.decode.bytes;
    } else {
     const klass = buf.readUInt16BE(offset + 2);
     a.ttl = buf.readUInt32BE(offset + 4);
     a.class = classes.toString(klass & NOT_FLUSH_MASK);
     a.flush = !!(klass & FLUSH_MASK);
     const enc = renc(a.type);
     a.data = enc.decode(buf, offset + 8);
     offset += 8 + enc.decode.bytes;
    }
    answer.decode.bytes = offset - oldOffset;
    return a;
   };
   answer.decode.bytes = 0;
   answer.encodingLength = function(a) {
    const data = a.data !== null && a.data !== void 0 ? a.data : a.options;
    return name.encodingLength(a.name) + 8 + renc(a.type).encodingLength(data);
   };
   const question = exports.question = {};
   question.encode = function(q, buf, offset) {
    buf || (buf = Buffer.alloc(question.encodingLength(q)));
    offset || (offset = 0);
    const oldOffset = offset;
    name.encode(q.name, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(types.toType(q.type), offset);
    offset += 2;
    buf.writeUInt16BE(classes.toClass(q.class === void 0 ? "IN" : q.class), offset);
    offset += 2;
    question.encode.bytes = offset - oldOffset;
    return q;
   };
   question.encode.bytes = 0;
   question.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const q = {};
    q.name = name.decode(buf, offset);
    offset += name.decode.bytes;
    q.type = types.toString(buf.readUInt16BE(offset));
    offset += 2;
    q.class = classes.toString(buf.readUInt16BE(offset));
    offset += 2;
    const qu = !!(q.class & QU_MASK);
    qu && (q.class &= NOT_QU_MASK);
    question.decode.bytes = offset - oldOffset;
    return q;
   };
   question.decode.bytes = 0;
   question.encodingLength = function(q) {
    return name.encodingLength(q.name) + 4;
   };
   exports.AUTHORITATIVE_ANSWER = 1024;
   exports.TRUNCATED_RESPONSE = 512;
   exports.RECURSION_DESIRED = 256;
   exports.RECURSION_AVAILABLE = 128;
   exports.AUTHENTIC_DATA = 32;
   exports.CHECKING_DISABLED = 16;
   exports.DNSSEC_OK = 32768;
   exports.encode = function(result, buf, offset) {
    const allocing = !buf;
    allocing && (buf = Buffer.alloc(exports.encodingLength(result)));
    offset || (offset = 0);
    const oldOffset = offset;
    result.questions || (result.questions = []);
    result.answers || (result.answers = []);
    result.authorities || (result.authorities = []);
    result.additionals || (result.additionals = []);
    header.encode(result, buf, offset);
    offset += header.encode.bytes;
    offset = encodeList(result.questions, question, buf, offset);
    offset = encodeList(result.answers, answer, buf, offset);
    offset = encodeList(result.authorities, answer, buf, offset);
    offset = encodeList(result.additionals, answer, buf, offset);
    exports.encode.bytes = offset - oldOffset;
    if (allocing && exports.encode.bytes !== buf.length) return buf.slice(0, exports.encode.bytes);
    return buf;
   };
   exports.encode.bytes = 0;
   exports.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const result = header.decode(buf, offset);
    offset += header.decode.bytes;
    offset = decodeList(result.questions, question, buf, offset);
    offset = decodeList(result.answers, answer, buf, offset);
    offset = decodeList(result.authorities, answer, buf, offset);
    offset = decodeList(result.additionals, answer, buf, offset);
    exports.decode.bytes = offset - oldOffset;
    return result;
   };
   exports.decode.bytes = 0;
   exports.encodingLength = function(result) {
    return header.encodingLength(result) + encodingLengthList(result.questions || [], question) + encodingLengthList(result.answers || [], answer) + encodingLengthList(result.authorities || [], answer) + encodingLengthList(result.additionals || [], answer);
   };
   exports.streamEncode = function(result) {
    const buf = exports.encode(result);
    const sbuf = Buffer.alloc(2);
    sbuf.writeUInt16BE(buf.byteLength);
    const combine = Buffer.concat([ sbuf, buf ]);
    exports.streamEncode.bytes = combine.byteLength;
    return combine;
   };
   exports.streamEncode.bytes = 0;
   exports.streamDecode = function(sbuf) {
    const len = sbuf.readUInt16BE(0);
    if (sbuf.byteLength < len + 2) return null;
    const result = exports.decode(sbuf.slice(2));
    exports.streamDecode.bytes = exports.decode.bytes;
    return result;
   };
   exports.streamDecode.bytes = 0;
   function encodingLengthList(list, enc) {
    let len = 0;
    for (let i = 0; i < list.length; i++) len += enc.encodingLength(list[i]);
    return len;
   }
   function encodeList(list, enc, buf, offset) {
    for (let i = 0; i < list.length; i++) {
     enc.encode(list[i], buf, offset);
     offset += enc.encode.bytes;
    }
    return offset;
   }
   function decodeList(list, enc, buf, offset) {
    for (let i = 0; i < list.length; i++) {
     list[i] = enc.decode(buf, offset);
     offset += enc.decode.bytes;
    }
    return offset;
   }
  },
  4693: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(opcode) {
    switch (opcode) {
    case 0:
     return "QUERY";

    case 1:
     return "IQUERY";

    case 2:
     return "STATUS";

    case 3:
     return "OPCODE_3";

    case 4:
     return "NOTIFY";

    case 5:
     return "UPDATE";

    case 6:
     return "OPCODE_6";

    case 7:
     return "OPCODE_7";

    case 8:
     return "OPCODE_8";

    case 9:
     return "OPCODE_9";

    case 10:
     return "OPCODE_10";

    case 11:
     return "OPCODE_11";

    case 12:
     return "OPCODE_12";

    case 13:
     return "OPCODE_13";

    case 14:
     return "OPCODE_14";

    case 15:
     return "OPCODE_15";
    }
    return "OPCODE_" + opcode;
   };
   exports.toOpcode = function(code) {
    switch (code.toUpperCase()) {
    case "QUERY":
     return 0;

    case "IQUERY":
     return 1;

    case "STATUS":
     return 2;

    case "OPCODE_3":
     return 3;

    case "NOTIFY":
     return 4;

    case "UPDATE":
     return 5;

    case "OPCODE_6":
     return 6;

    case "OPCODE_7":
     return 7;

    case "OPCODE_8":
     return 8;

    case "OPCODE_9":
     return 9;

    case "OPCODE_10":
     return 10;

    case "OPCODE_11":
     return 11;

    case "OPCODE_12":
     return 12;

    case "OPCODE_13":
     return 13;

    case "OPCODE_14":
     return 14;

    case "OPCODE_15":
     return 15;
    }
    return 0;
   };
  },
  2075: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(type) {
    switch (type) {
    case 1:
     return "LLQ";

    case 2:
     return "UL";

    case 3:
     return "NSID";

    case 5:
     return "DAU";

    case 6:
     return "DHU";

    case 7:
     return "N3U";

    case 8:
     return "CLIENT_SUBNET";

    case 9:
     return "EXPIRE";

    case 10:
     return "COOKIE";

    case 11:
     return "TCP_KEEPALIVE";

    case 12:
     return "PADDING";

    case 13:
     return "CHAIN";

    case 14:
     return "KEY_TAG";

    case 26946:
     return "DEVICEID";
    }
    if (type < 0) return null;
    return `OPTION_${type}`;
   };
   exports.toCode = function(name) {
    if (typeof name === "number") return name;
    if (!name) return -1;
    switch (name.toUpperCase()) {
    case "OPTION_0":
     return 0;

    case "LLQ":
     return 1;

    case "UL":
     return 2;

    case "NSID":
     return 3;

    case "OPTION_4":
     return 4;

    case "DAU":
     return 5;

    case "DHU":
     return 6;

    case "N3U":
     return 7;

    case "CLIENT_SUBNET":
     return 8;

    case "EXPIRE":
     return 9;

    case "COOKIE":
     return 10;

    case "TCP_KEEPALIVE":
     return 11;

    case "PADDING":
     return 12;

    case "CHAIN":
     return 13;

    case "KEY_TAG":
     return 14;

    case "DEVICEID":
     return 26946;

    case "OPTION_65535":
     return 65535;
    }
    const m = name.match(/_(\d+)$/);
    if (m) return parseInt(m[1], 10);
    return -1;
   };
  },
  2028: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(rcode) {
    switch (rcode) {
    case 0:
     return "NOERROR";

    case 1:
     return "FORMERR";

    case 2:
     return "SERVFAIL";

    case 3:
     return "NXDOMAIN";

    case 4:
     return "NOTIMP";

    case 5:
     return "REFUSED";

    case 6:
     return "YXDOMAIN";

    case 7:
     return "YXRRSET";

    case 8:
     return "NXRRSET";

    case 9:
     return "NOTAUTH";

    case 10:
     return "NOTZONE";

    case 11:
     return "RCODE_11";

    case 12:
     return "RCODE_12";

    case 13:
     return "RCODE_13";

    case 14:
     return "RCODE_14";

    case 15:
     return "RCODE_15";
    }
    return "RCODE_" + rcode;
   };
   exports.toRcode = function(code) {
    switch (code.toUpperCase()) {
    case "NOERROR":
     return 0;

    case "FORMERR":
     return 1;

    case "SERVFAIL":
     return 2;

    case "NXDOMAIN":
     return 3;

    case "NOTIMP":
     return 4;

    case "REFUSED":
     return 5;

    case "YXDOMAIN":
     return 6;

    case "YXRRSET":
     return 7;

    case "NXRRSET":
     return 8;

    case "NOTAUTH":
     return 9;

    case "NOTZONE":
     return 10;

    case "RCODE_11":
     return 11;

    case "RCODE_12":
     return 12;

    case "RCODE_13":
     return 13;

    case "RCODE_14":
     return 14;

    case "RCODE_15":
     return 15;
    }
    return 0;
   };
  },
  1891: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(type) {
    switch (type) {
    case 1:
     return "A";

    case 10:
     return "NULL";

    case 28:
     return "AAAA";

    case 18:
     return "AFSDB";

    case 42:
     return "APL";

    case 257:
     return "CAA";

    case 60:
     return "CDNSKEY";

    case 59:
     return "CDS";

    case 37:
     return "CERT";

    case 5:
     return "CNAME";

    case 49:
     return "DHCID";

    case 32769:
     return "DLV";

    case 39:
     return "DNAME";

    case 48:
     return "DNSKEY";

    case 43:
     return "DS";

    case 55:
     return "HIP";

    case 13:
     return "HINFO";

    case 45:
     return "IPSECKEY";

    case 25:
     return "KEY";

    case 36:
     return "KX";

    case 29:
     return "LOC";

    case 15:
     return "MX";

    case 35:
     return "NAPTR";

    case 2:
     return "NS";

    case 47:
     return "NSEC";

    case 50:
     return "NSEC3";

    case 51:
     return "NSEC3PARAM";

    case 12:
     return "PTR";

    case 46:
     return "RRSIG";

    case 17:
     return "RP";

    case 24:
     return "SIG";

    case 6:
     return "SOA";

    case 99:
     return "SPF";

    case 33:
     return "SRV";

    case 44:
     return "SSHFP";

    case 32768:
     return "TA";

    case 249:
     return "TKEY";

    case 52:
     return "TLSA";

    case 250:
     return "TSIG";

    case 16:
     return "TXT";

    case 252:
     return "AXFR";

    case 251:
     return "IXFR";

    case 41:
     return "OPT";

    case 255:
     return "ANY";
    }
    return "UNKNOWN_" + type;
   };
   exports.toType = function(name) {
    switch (name.toUpperCase()) {
    case "A":
     return 1;

    case "NULL":
     return 10;

    case "AAAA":
     return 28;

    case "AFSDB":
     return 18;

    case "APL":
     return 42;

    case "CAA":
     return 257;

    case "CDNSKEY":
     return 60;

    case "CDS":
     return 59;

    case "CERT":
     return 37;

    case "CNAME":
     return 5;

    case "DHCID":
     return 49;

    case "DLV":
     return 32769;

    case "DNAME":
     return 39;

    case "DNSKEY":
     return 48;

    case "DS":
     return 43;

    case "HIP":
     return 55;

    case "HINFO":
     return 13;

    case "IPSECKEY":
     return 45;

    case "KEY":
     return 25;

    case "KX":
     return 36;

    case "LOC":
     return 29;

    case "MX":
     return 15;

    case "NAPTR":
     return 35;

    case "NS":
     return 2;

    case "NSEC":
     return 47;

    case "NSEC3":
     return 50;

    case "NSEC3PARAM":
     return 51;

    case "PTR":
     return 12;

    case "RRSIG":
     return 46;

    case "RP":
     return 17;

    case "SIG":
     return 24;

    case "SOA":
     return 6;

    case "SPF":
     return 99;

    case "SRV":
     return 33;

    case "SSHFP":
     return 44;

    case "TA":
     return 32768;

    case "TKEY":
     return 249;

    case "TLSA":
     return 52;

    case "TSIG":
     return 250;

    case "TXT":
     return 16;

    case "AXFR":
     return 252;

    case "IXFR":
     return 251;

    case "OPT":
     return 41;

    case "ANY":
     return 255;

    case "*":
     return 255;
    }
    if (name.toUpperCase().startsWith("UNKNOWN_")) return parseInt(name.slice(8));
    return 0;
   };
  },
  744: module => {
   var s = 1e3;
   var m = s * 60;
   var h = m * 60;
   var d = h * 24;
   var w = d * 7;
   var y = d * 365.25;
   module.exports = function(val, options) {
    options = options || {};
    var type = typeof val;
    if (type === "string" && val.length > 0) return parse(val);
    if (type === "number" && isFinite(val)) return options.long ? fmtLong(val) : fmtShort(val);
    throw new Error("val is not a non-empty string or a valid number. val=" + JSON.stringify(val));
   };
   function parse(str) {
    str = String(str);
    if (str.length > 100) return;
    var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(str);
    if (!match) return;
    var n = parseFloat(match[1]);
    var type = (match[2] || "ms").toLowerCase();
    switch (type) {
    case "years":
    case "year":
    case "yrs":
    case "yr":
    case "y":
     return n * y;

    case "weeks":
    case "week":
    case "w":
     return n * w;

    case "days":
    case "day":
    case "d":
     return n * d;

    case "hours":
    case "hour":
    case "hrs":
    case "hr":
    case "h":
     return n * h;

    case "minutes":
    case "minute":
    case "mins":
    case "min":
    case "m":
     return n * m;

    case "seconds":
    case "second":
    case "secs":
    case "sec":
    case "s":
     return n * s;

    case "milliseconds":
    case "millisecond":
    case "msecs":
    case "msec":
    case "ms":
     return n;

    default:
     return;
    }
   }
   function fmtShort(ms) {
    var msAbs = Math.abs(ms);
    if (msAbs >= d) return Math.round(ms / d) + "d";
    if (msAbs >= h) return Math.round(ms / h) + "h";
    if (msAbs >= m) return Math.round(ms / m) + "m";
    if (msAbs >= s) return Math.round(ms / s) + "s";
    return ms + "ms";
   }
   function fmtLong(ms) {
    var msAbs = Math.abs(ms);
    if (msAbs >= d) return plural(ms, msAbs, d, "day");
    if (msAbs >= h) return plural(ms, msAbs, h, "hour");
    if (msAbs >= m) return plural(ms, msAbs, m, "minute");
    if (msAbs >= s) return plural(ms, msAbs, s, "second");
    return ms + " ms";
   }
   function plural(ms, msAbs, n, name) {
    var isPlural = msAbs >= n * 1.5;
    return Math.round(ms / n) + " " + name + (isPlural ? "s" : "");
   }
  },
  770: (module, __unused_webpack_exports, __nccwpck_require__) => {
   module.exports = __nccwpck_require__(218);
  },
  218: (__unused_webpack_module, exports, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__(9278);
   var tls = __nccwpck_require__(4756);
   var http = __nccwpck_require__(8611);
   var https = __nccwpck_require__(5692);
   var events = __nccwpck_require__(4434);
   __nccwpck_require__(2613);
   var util = __nccwpck_require__(9023);
   exports.httpOverHttp = httpOverHttp;
   exports.httpsOverHttp = httpsOverHttp;
   exports.httpOverHttps = httpOverHttps;
   exports.httpsOverHttps = httpsOverHttps;
   function httpOverHttp(options) {
    var agent = new TunnelingAgent(options);
    agent.request = http.request;
    return agent;
   }
   function httpsOverHttp(options) {
    var agent = new TunnelingAgent(options);
    agent.request = http.request;
    agent.createSocket = createSecureSocket;
    agent.defaultPort = 443;
    return agent;
   }
   function httpOverHttps(options) {
    var agent = new TunnelingAgent(options);
    agent.request = https.request;
    return agent;
   }
   function httpsOverHttps(options) {
    var agent = new TunnelingAgent(options);
    agent.request = https.request;
    agent.createSocket = createSecureSocket;
    agent.defaultPort = 443;
    return agent;
   }
   function TunnelingAgent(options) {
    var self = this;
    self.options = options || {};
    self.proxyOptions = self.options.proxy || {};
    self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
    self.requests = [];
    self.sockets = [];
    self.on("free", function onFree(socket, host, port, localAddress) {
     var options = toOptions(host, port, localAddress);
     for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
       self.requests.splice(i, 1);
       pending.request.onSocket(socket);
       return;
      }
     }
     socket.destroy();
     self.removeSocket(socket);
    });
   }
   util.inherits(TunnelingAgent, events.EventEmitter);
   TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
    var self = this;
    var options = mergeOptions({
     request: req
    }, self.options, toOptions(host, port, localAddress));
    if (self.sockets.length >= this.maxSockets) {
     self.requests.push(options);
     return;
    }
    self.createSocket(options, function(socket) {
     socket.on("free", onFree);
     socket.on("close", onCloseOrRemove);
     socket.on("agentRemove", onCloseOrRemove);
     req.onSocket(socket);
     function onFree() {
      self.emit("free", socket, options);
     }
     function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener("free", onFree);
      socket.removeListener("close", onCloseOrRemove);
      socket.removeListener("agentRemove", onCloseOrRemove);
     }
    });
   };
   TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
    var self = this;
    var placeholder = {};
    self.sockets.push(placeholder);
    var connectOptions = mergeOptions({}, self.proxyOptions, {
     method: "CONNECT",
     path: options.host + ":" + options.port,
     agent: false,
     headers: {
      host: options.host + ":" + options.port
     }
    });
    options.localAddress && (connectOptions.localAddress = options.localAddress);
    if (connectOptions.proxyAuth) {
     connectOptions.headers = connectOptions.headers || {};
     connectOptions.headers["Proxy-Authorization"] = "Basic " + new Buffer(connectOptions.proxyAuth).toString("base64");
    }
    debug("making CONNECT request");
    var connectReq = self.request(connectOptions);
    connectReq.useChunkedEncodingByDefault = false;
    connectReq.once("response", onResponse);
    connectReq.once("upgrade", onUpgrade);
    connectReq.once("connect", onConnect);
    connectReq.once("error", onError);
    connectReq.end();
    function onResponse(res) {
     res.upgrade = true;
    }
    function onUpgrade(res, socket, head) {
     process.nextTick(function() {
      onConnect(res, socket, head);
     });
    }
    function onConnect(res, socket, head) {
     connectReq.removeAllListeners();
     socket.removeAllListeners();
     if (res.statusCode !== 200) {
      debug("tunneling socket could not be established, statusCode=%d", res.statusCode);
      socket.destroy();
      var error = new Error("tunneling socket could not be established, statusCode=" + res.statusCode);
      error.code = "ECONNRESET";
      options.request.emit("error", error);
      self.removeSocket(placeholder);
      return;
     }
     if (head.length > 0) {
      debug("got illegal response body from proxy");
      socket.destroy();
      error = new Error("got illegal response body from proxy");
      error.code = "ECONNRESET";
      options.request.emit("error", error);
      self.removeSocket(placeholder);
      return;
     }
     debug("tunneling connection has established");
     self.sockets[self.sockets.indexOf(placeholder)] = socket;
     return cb(socket);
    }
    function onError(cause) {
     connectReq.removeAllListeners();
     debug("tunneling socket could not be established, cause=%s\n", cause.message, cause.stack);
     var error = new Error("tunneling socket could not be established, cause=" + cause.message);
     error.code = "ECONNRESET";
     options.request.emit("error", error);
     self.removeSocket(placeholder);
    }
   };
   TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
    var pos = this.sockets.indexOf(socket);
    if (pos === -1) return;
    this.sockets.splice(pos, 1);
    var pending = this.requests.shift();
    pending && this.createSocket(pending, function(socket) {
     pending.request.onSocket(socket);
    });
   };
   function createSecureSocket(options, cb) {
    var self = this;
    TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
     var hostHeader = options.request.getHeader("host");
     var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, "") : options.host
     });
     var secureSocket = tls.connect(0, tlsOptions);
     self.sockets[self.sockets.indexOf(socket)] = secureSocket;
     cb(secureSocket);
    });
   }
   function toOptions(host, port, localAddress) {
    if (typeof host === "string") return {
     host: host,
     port: port,
     localAddress: localAddress
    };
    return host;
   }
   function mergeOptions(target) {
    for (var i = 1, len = arguments.length; i < len; ++i) {
     var overrides = arguments[i];
     if (typeof overrides === "object") {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
       var k = keys[j];
       overrides[k] !== void 0 && (target[k] = overrides[k]);
      }
     }
    }
    return target;
   }
   var debug;
   debug = process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG) ? function() {
    var args = Array.prototype.slice.call(arguments);
    typeof args[0] === "string" ? args[0] = "TUNNEL: " + args[0] : args.unshift("TUNNEL:");
    console.error.apply(console, args);
   } : function() {};
  },
  2613: module => {
   "use strict";
   module.exports = require("assert");
  },
  181: module => {
   "use strict";
   module.exports = require("buffer");
  },
  4434: module => {
   "use strict";
   module.exports = require("events");
  },
  9896: module => {
   "use strict";
   module.exports = require("fs");
  },
  8611: module => {
   "use strict";
   module.exports = require("http");
  },
  5692: module => {
   "use strict";
   module.exports = require("https");
  },
  9278: module => {
   "use strict";
   module.exports = require("net");
  },
  2467: module => {
   "use strict";
   module.exports = require("node:http2");
  },
  4708: module => {
   "use strict";
   module.exports = require("node:https");
  },
  7030: module => {
   "use strict";
   module.exports = require("node:net");
  },
  6760: module => {
   "use strict";
   module.exports = require("node:path");
  },
  1692: module => {
   "use strict";
   module.exports = require("node:tls");
  },
  3136: module => {
   "use strict";
   module.exports = require("node:url");
  },
  7975: module => {
   "use strict";
   module.exports = require("node:util");
  },
  857: module => {
   "use strict";
   module.exports = require("os");
  },
  932: module => {
   "use strict";
   module.exports = require("process");
  },
  4756: module => {
   "use strict";
   module.exports = require("tls");
  },
  9023: module => {
   "use strict";
   module.exports = require("util");
  },
  4550: module => {
   var ipCodec = function(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", {
     value: true
    });
    exports.decode = decode;
    exports.encode = encode;
    exports.familyOf = familyOf;
    exports.name = void 0;
    exports.sizeOf = sizeOf;
    exports.v6 = exports.v4 = void 0;
    const v4Regex = /^(\d{1,3}\.){3,3}\d{1,3}$/;
    const v4Size = 4;
    const v6Regex = /^(::)?(((\d{1,3}\.){3}(\d{1,3}){1})?([0-9a-f]){0,4}:{0,2}){1,8}(::)?$/i;
    const v6Size = 16;
    const v4 = {
     name: "v4",
     size: v4Size,
     isFormat: ip => v4Regex.test(ip),
     encode(ip, buff, offset) {
      offset = ~~offset;
      buff = buff || new Uint8Array(offset + v4Size);
      const max = ip.length;
      let n = 0;
      for (let i = 0; i < max; ) {
       const c = ip.charCodeAt(i++);
       if (c === 46) {
        buff[offset++] = n;
        n = 0;
       } else n = n * 10 + (c - 48);
      }
      buff[offset] = n;
      return buff;
     },
     decode(buff, offset) {
      offset = ~~offset;
      return `${buff[offset++]}.${buff[offset++]}.${buff[offset++]}.${buff[offset]}`;
     }
    };
    exports.v4 = v4;
    const v6 = {
     name: "v6",
     size: v6Size,
     isFormat: ip => ip.length > 0 && v6Regex.test(ip),
     encode(ip, buff, offset) {
      offset = ~~offset;
      let end = offset + v6Size;
      let fill = -1;
      let hexN = 0;
      let decN = 0;
      let prevColon = true;
      let useDec = false;
      buff = buff || new Uint8Array(offset + v6Size);
      for (let i = 0; i < ip.length; i++) {
       let c = ip.charCodeAt(i);
       if (c === 58) {
        if (prevColon) if (fill !== -1) {
         offset < end && (buff[offset] = 0);
         offset < end - 1 && (buff[offset + 1] = 0);
         offset += 2;
        } else offset < end && (fill = offset); else {
         if (useDec === true) {
          offset < end && (buff[offset] = decN);
          offset++;
         } else {
          offset < end && (buff[offset] = hexN >> 8);
          offset < end - 1 && (buff[offset + 1] = hexN & 255);
          offset += 2;
         }
         hexN = 0;
         decN = 0;
        }
        prevColon = true;
        useDec = false;
       } else if (c === 46) {
        offset < end && (buff[offset] = decN);
        offset++;
        decN = 0;
        hexN = 0;
        prevColon = false;
        useDec = true;
       } else {
        prevColon = false;
        if (c >= 97) c -= 87; else if (c >= 65) c -= 55; else {
         c -= 48;
         decN = decN * 10 + c;
        }
        hexN = (hexN << 4) + c;
       }
      }
      if (prevColon === false) if (useDec === true) {
       offset < end && (buff[offset] = decN);
       offset++;
      } else {
       offset < end && (buff[offset] = hexN >> 8);
       offset < end - 1 && (buff[offset + 1] = hexN & 255);
       offset += 2;
      } else if (fill === 0) {
       offset < end && (buff[offset] = 0);
       offset < end - 1 && (buff[offset + 1] = 0);
       offset += 2;
      } else if (fill !== -1) {
       offset += 2;
       for (let i = Math.min(offset - 1, end - 1); i >= fill + 2; i--) buff[i] = buff[i - 2];
       buff[fill] = 0;
       buff[fill + 1] = 0;
       fill = offset;
      }
      if (fill !== offset && fill !== -1) {
       offset > end - 2 && (offset = end - 2);
       while (end > fill) buff[--end] = offset < end && offset > fill ? buff[--offset] : 0;
      } else while (offset < end) buff[offset++] = 0;
      return buff;
     },
     decode(buff, offset) {
      offset = ~~offset;
      let result = "";
      for (let i = 0; i < v6Size; i += 2) {
       i !== 0 && (result += ":");
       result += (buff[offset + i] << 8 | buff[offset + i + 1]).toString(16);
      }
      return result.replace(/(^|:)0(:0)*:0(:|$)/, "$1::$3").replace(/:{3,4}/, "::");
     }
    };
    exports.v6 = v6;
    const name = "ip";
    exports.name = name;
    function sizeOf(ip) {
     if (v4.isFormat(ip)) return v4.size;
     if (v6.isFormat(ip)) return v6.size;
     throw Error(`Invalid ip address: ${ip}`);
    }
    function familyOf(string) {
     return sizeOf(string) === v4.size ? 1 : 2;
    }
    function encode(ip, buff, offset) {
     offset = ~~offset;
     const size = sizeOf(ip);
     typeof buff === "function" && (buff = buff(offset + size));
     if (size === v4.size) return v4.encode(ip, buff, offset);
     return v6.encode(ip, buff, offset);
    }
    function decode(buff, offset, length) {
     offset = ~~offset;
     length = length || buff.length - offset;
     if (length === v4.size) return v4.decode(buff, offset, length);
     if (length === v6.size) return v6.decode(buff, offset, length);
     throw Error(`Invalid buffer size needs to be ${v4.size} for v4 or ${v6.size} for v6.`);
    }
    return "default" in exports ? exports.default : exports;
   }({});
   typeof define === "function" && define.amd ? define([], function() {
    return ipCodec;
   }) : module.exports = ipCodec;
  },
  2779: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   var https__WEBPACK_IMPORTED_MODULE_1___namespace_cache;
   var http__WEBPACK_IMPORTED_MODULE_0___namespace_cache;
   __nccwpck_require__.d(__webpack_exports__, {
    Qq: () => HttpClient
   });
   var http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8611);
   var https__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5692);
   var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9783);
   var tunnel__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(770);
   var undici__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7278);
   var __awaiter = function(thisArg, _arguments, P, generator) {
    function adopt(value) {
     return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
     });
    }
    return new (P || (P = Promise))(function(resolve, reject) {
     function fulfilled(value) {
      try {
       step(generator.next(value));
      } catch (e) {
       reject(e);
      }
     }
     function rejected(value) {
      try {
       step(generator["throw"](value));
      } catch (e) {
       reject(e);
      }
     }
     function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
     }
     step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
   };
   var HttpCodes;
   (function(HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
   })(HttpCodes || (HttpCodes = {}));
   var Headers;
   (function(Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
   })(Headers || (Headers = {}));
   var MediaTypes;
   (function(MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
   })(MediaTypes || (MediaTypes = {}));
   const HttpRedirectCodes = [ HttpCodes.MovedPermanently, HttpCodes.ResourceMoved, HttpCodes.SeeOther, HttpCodes.TemporaryRedirect, HttpCodes.PermanentRedirect ];
   const HttpResponseRetryCodes = [ HttpCodes.BadGateway, HttpCodes.ServiceUnavailable, HttpCodes.GatewayTimeout ];
   const RetryableHttpVerbs = [ "OPTIONS", "GET", "DELETE", "HEAD" ];
   const ExponentialBackoffCeiling = 10;
   const ExponentialBackoffTimeSlice = 5;
   class HttpClientError extends Error {
    constructor(message, statusCode) {
     super(message);
     this.name = "HttpClientError";
     this.statusCode = statusCode;
     Object.setPrototypeOf(this, HttpClientError.prototype);
    }
   }
   class HttpClientResponse {
    constructor(message) {
     this.message = message;
    }
    readBody() {
     return __awaiter(this, void 0, void 0, function*() {
      return new Promise(resolve => __awaiter(this, void 0, void 0, function*() {
       let output = Buffer.alloc(0);
       this.message.on("data", chunk => {
        output = Buffer.concat([ output, chunk ]);
       });
       this.message.on("end", () => {
        resolve(output.toString());
       });
      }));
     });
    }
    readBodyBuffer() {
     return __awaiter(this, void 0, void 0, function*() {
      return new Promise(resolve => __awaiter(this, void 0, void 0, function*() {
       const chunks = [];
       this.message.on("data", chunk => {
        chunks.push(chunk);
       });
       this.message.on("end", () => {
        resolve(Buffer.concat(chunks));
       });
      }));
     });
    }
   }
   class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
     this._ignoreSslError = false;
     this._allowRedirects = true;
     this._allowRedirectDowngrade = false;
     this._maxRedirects = 50;
     this._allowRetries = false;
     this._maxRetries = 1;
     this._keepAlive = false;
     this._disposed = false;
     this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
     this.handlers = handlers || [];
     this.requestOptions = requestOptions;
     if (requestOptions) {
      requestOptions.ignoreSslError != null && (this._ignoreSslError = requestOptions.ignoreSslError);
      this._socketTimeout = requestOptions.socketTimeout;
      requestOptions.allowRedirects != null && (this._allowRedirects = requestOptions.allowRedirects);
      requestOptions.allowRedirectDowngrade != null && (this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade);
      requestOptions.maxRedirects != null && (this._maxRedirects = Math.max(requestOptions.maxRedirects, 0));
      requestOptions.keepAlive != null && (this._keepAlive = requestOptions.keepAlive);
      requestOptions.allowRetries != null && (this._allowRetries = requestOptions.allowRetries);
      requestOptions.maxRetries != null && (this._maxRetries = requestOptions.maxRetries);
     }
    }
    options(requestUrl, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
     });
    }
    get(requestUrl, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("GET", requestUrl, null, additionalHeaders || {});
     });
    }
    del(requestUrl, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("DELETE", requestUrl, null, additionalHeaders || {});
     });
    }
    post(requestUrl, data, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("POST", requestUrl, data, additionalHeaders || {});
     });
    }
    patch(requestUrl, data, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("PATCH", requestUrl, data, additionalHeaders || {});
     });
    }
    put(requestUrl, data, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("PUT", requestUrl, data, additionalHeaders || {});
     });
    }
    head(requestUrl, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request("HEAD", requestUrl, null, additionalHeaders || {});
     });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
     return __awaiter(this, void 0, void 0, function*() {
      return this.request(verb, requestUrl, stream, additionalHeaders);
     });
    }
    getJson(requestUrl_1) {
     return __awaiter(this, arguments, void 0, function*(requestUrl, additionalHeaders = {}) {
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      const res = yield this.get(requestUrl, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
     });
    }
    postJson(requestUrl_1, obj_1) {
     return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.post(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
     });
    }
    putJson(requestUrl_1, obj_1) {
     return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.put(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
     });
    }
    patchJson(requestUrl_1, obj_1) {
     return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.patch(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
     });
    }
    request(verb, requestUrl, data, headers) {
     return __awaiter(this, void 0, void 0, function*() {
      if (this._disposed) throw new Error("Client has already been disposed.");
      const parsedUrl = new URL(requestUrl);
      let info = this._prepareRequest(verb, parsedUrl, headers);
      const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
      let numTries = 0;
      let response;
      do {
       response = yield this.requestRaw(info, data);
       if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
        let authenticationHandler;
        for (const handler of this.handlers) if (handler.canHandleAuthentication(response)) {
         authenticationHandler = handler;
         break;
        }
        return authenticationHandler ? authenticationHandler.handleAuthentication(this, info, data) : response;
       }
       let redirectsRemaining = this._maxRedirects;
       while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
        const redirectUrl = response.message.headers["location"];
        if (!redirectUrl) break;
        const parsedRedirectUrl = new URL(redirectUrl);
        if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
        yield response.readBody();
        if (parsedRedirectUrl.hostname !== parsedUrl.hostname) for (const header in headers) header.toLowerCase() === "authorization" && delete headers[header];
        info = this._prepareRequest(verb, parsedRedirectUrl, headers);
        response = yield this.requestRaw(info, data);
        redirectsRemaining--;
       }
       if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) return response;
       numTries += 1;
       if (numTries < maxTries) {
        yield response.readBody();
        yield this._performExponentialBackoff(numTries);
       }
      } while (numTries < maxTries);
      return response;
     });
    }
    dispose() {
     this._agent && this._agent.destroy();
     this._disposed = true;
    }
    requestRaw(info, data) {
     return __awaiter(this, void 0, void 0, function*() {
      return new Promise((resolve, reject) => {
       function callbackForResult(err, res) {
        err ? reject(err) : res ? resolve(res) : reject(new Error("Unknown error"));
       }
       this.requestRawWithCallback(info, data, callbackForResult);
      });
     });
    }
    requestRawWithCallback(info, data, onResult) {
     if (typeof data === "string") {
      info.options.headers || (info.options.headers = {});
      info.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
     }
     let callbackCalled = false;
     function handleResult(err, res) {
      if (!callbackCalled) {
       callbackCalled = true;
       onResult(err, res);
      }
     }
     const req = info.httpModule.request(info.options, msg => {
      const res = new HttpClientResponse(msg);
      handleResult(void 0, res);
     });
     let socket;
     req.on("socket", sock => {
      socket = sock;
     });
     req.setTimeout(this._socketTimeout || 18e4, () => {
      socket && socket.end();
      handleResult(new Error(`Request timeout: ${info.options.path}`));
     });
     req.on("error", function(err) {
      handleResult(err);
     });
     data && typeof data === "string" && req.write(data, "utf8");
     if (data && typeof data !== "string") {
      data.on("close", function() {
       req.end();
      });
      data.pipe(req);
     } else req.end();
    }
    getAgent(serverUrl) {
     const parsedUrl = new URL(serverUrl);
     return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
     const parsedUrl = new URL(serverUrl);
     const proxyUrl = _proxy_js__WEBPACK_IMPORTED_MODULE_2__.s(parsedUrl);
     const useProxy = proxyUrl && proxyUrl.hostname;
     if (!useProxy) return;
     return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
     const info = {};
     info.parsedUrl = requestUrl;
     const usingSsl = info.parsedUrl.protocol === "https:";
     info.httpModule = usingSsl ? https__WEBPACK_IMPORTED_MODULE_1___namespace_cache || (https__WEBPACK_IMPORTED_MODULE_1___namespace_cache = __nccwpck_require__.t(https__WEBPACK_IMPORTED_MODULE_1__, 2)) : http__WEBPACK_IMPORTED_MODULE_0___namespace_cache || (http__WEBPACK_IMPORTED_MODULE_0___namespace_cache = __nccwpck_require__.t(http__WEBPACK_IMPORTED_MODULE_0__, 2));
     const defaultPort = usingSsl ? 443 : 80;
     info.options = {};
     info.options.host = info.parsedUrl.hostname;
     info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort;
     info.options.path = (info.parsedUrl.pathname || "") + (info.parsedUrl.search || "");
     info.options.method = method;
     info.options.headers = this._mergeHeaders(headers);
     this.userAgent != null && (info.options.headers["user-agent"] = this.userAgent);
     info.options.agent = this._getAgent(info.parsedUrl);
     if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options);
     return info;
    }
    _mergeHeaders(headers) {
     if (this.requestOptions && this.requestOptions.headers) return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
     return lowercaseKeys(headers || {});
    }
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
     let clientHeader;
     if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
      headerValue && (clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue);
     }
     const additionalValue = additionalHeaders[header];
     if (additionalValue !== void 0) return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
     if (clientHeader !== void 0) return clientHeader;
     return _default;
    }
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
     let clientHeader;
     if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
      headerValue && (clientHeader = typeof headerValue === "number" ? String(headerValue) : Array.isArray(headerValue) ? headerValue.join(", ") : headerValue);
     }
     const additionalValue = additionalHeaders[Headers.ContentType];
     if (additionalValue !== void 0) return typeof additionalValue === "number" ? String(additionalValue) : Array.isArray(additionalValue) ? additionalValue.join(", ") : additionalValue;
     if (clientHeader !== void 0) return clientHeader;
     return _default;
    }
    _getAgent(parsedUrl) {
     let agent;
     const proxyUrl = _proxy_js__WEBPACK_IMPORTED_MODULE_2__.s(parsedUrl);
     const useProxy = proxyUrl && proxyUrl.hostname;
     this._keepAlive && useProxy && (agent = this._proxyAgent);
     useProxy || (agent = this._agent);
     if (agent) return agent;
     const usingSsl = parsedUrl.protocol === "https:";
     let maxSockets = 100;
     this.requestOptions && (maxSockets = this.requestOptions.maxSockets || http__WEBPACK_IMPORTED_MODULE_0__.globalAgent.maxSockets);
     if (proxyUrl && proxyUrl.hostname) {
      const agentOptions = {
       maxSockets: maxSockets,
       keepAlive: this._keepAlive,
       proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
        proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
       }), {
        host: proxyUrl.hostname,
        port: proxyUrl.port
       })
      };
      let tunnelAgent;
      const overHttps = proxyUrl.protocol === "https:";
      tunnelAgent = usingSsl ? overHttps ? tunnel__WEBPACK_IMPORTED_MODULE_3__.httpsOverHttps : tunnel__WEBPACK_IMPORTED_MODULE_3__.httpsOverHttp : overHttps ? tunnel__WEBPACK_IMPORTED_MODULE_3__.httpOverHttps : tunnel__WEBPACK_IMPORTED_MODULE_3__.httpOverHttp;
      agent = tunnelAgent(agentOptions);
      this._proxyAgent = agent;
     }
     if (!agent) {
      const options = {
       keepAlive: this._keepAlive,
       maxSockets: maxSockets
      };
      agent = usingSsl ? new https__WEBPACK_IMPORTED_MODULE_1__.Agent(options) : new http__WEBPACK_IMPORTED_MODULE_0__.Agent(options);
      this._agent = agent;
     }
     usingSsl && this._ignoreSslError && (agent.options = Object.assign(agent.options || {}, {
      rejectUnauthorized: false
     }));
     return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
     let proxyAgent;
     this._keepAlive && (proxyAgent = this._proxyAgentDispatcher);
     if (proxyAgent) return proxyAgent;
     const usingSsl = parsedUrl.protocol === "https:";
     proxyAgent = new undici__WEBPACK_IMPORTED_MODULE_4__.k(Object.assign({
      uri: proxyUrl.href,
      pipelining: this._keepAlive ? 1 : 0
     }, (proxyUrl.username || proxyUrl.password) && {
      token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}`
     }));
     this._proxyAgentDispatcher = proxyAgent;
     usingSsl && this._ignoreSslError && (proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
      rejectUnauthorized: false
     }));
     return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
     const baseUserAgent = userAgent || "actions/http-client";
     const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
     if (orchId) {
      const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
      return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
     }
     return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
     return __awaiter(this, void 0, void 0, function*() {
      retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
      const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
      return new Promise(resolve => setTimeout(() => resolve(), ms));
     });
    }
    _processResponse(res, options) {
     return __awaiter(this, void 0, void 0, function*() {
      return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function*() {
       const statusCode = res.message.statusCode || 0;
       const response = {
        statusCode: statusCode,
        result: null,
        headers: {}
       };
       statusCode === HttpCodes.NotFound && resolve(response);
       function dateTimeDeserializer(key, value) {
        if (typeof value === "string") {
         const a = new Date(value);
         if (!isNaN(a.valueOf())) return a;
        }
        return value;
       }
       let obj;
       let contents;
       try {
        contents = yield res.readBody();
        if (contents && contents.length > 0) {
         obj = options && options.deserializeDates ? JSON.parse(contents, dateTimeDeserializer) : JSON.parse(contents);
         response.result = obj;
        }
        response.headers = res.message.headers;
       } catch (err) {}
       if (statusCode > 299) {
        let msg;
        msg = obj && obj.message ? obj.message : contents && contents.length > 0 ? contents : `Failed request: (${statusCode})`;
        const err = new HttpClientError(msg, statusCode);
        err.result = response.result;
        reject(err);
       } else resolve(response);
      }));
     });
    }
   }
   const lowercaseKeys = obj => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], 
   c), {});
  },
  9783: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    H: () => checkBypass,
    s: () => getProxyUrl
   });
   function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === "https:";
    if (checkBypass(reqUrl)) return;
    const proxyVar = (() => usingSsl ? process.env["https_proxy"] || process.env["HTTPS_PROXY"] : process.env["http_proxy"] || process.env["HTTP_PROXY"])();
    if (!proxyVar) return;
    try {
     return new DecodedURL(proxyVar);
    } catch (_a) {
     if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://")) return new DecodedURL(`http://${proxyVar}`);
    }
   }
   function checkBypass(reqUrl) {
    if (!reqUrl.hostname) return false;
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) return true;
    const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
    if (!noProxy) return false;
    let reqPort;
    reqUrl.port ? reqPort = Number(reqUrl.port) : reqUrl.protocol === "http:" ? reqPort = 80 : reqUrl.protocol === "https:" && (reqPort = 443);
    const upperReqHosts = [ reqUrl.hostname.toUpperCase() ];
    typeof reqPort === "number" && upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    for (const upperNoProxyItem of noProxy.split(",").map(x => x.trim().toUpperCase()).filter(x => x)) if (upperNoProxyItem === "*" || upperReqHosts.some(x => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) return true;
    return false;
   }
   function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
   }
   class DecodedURL extends URL {
    constructor(url, base) {
     super(url, base);
     this._decodedUsername = decodeURIComponent(super.username);
     this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
     return this._decodedUsername;
    }
    get password() {
     return this._decodedPassword;
    }
   }
  },
  7934: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    BuJ: () => getDotPath,
    FsL: () => pipe,
    Ikc: () => object,
    KCZ: () => union,
    KIO: () => picklist,
    L5J: () => unknown,
    NpB: () => fallback,
    YOg: () => array,
    YjP: () => string,
    aig: () => number,
    cl6: () => nullish,
    euz: () => literal,
    g1P: () => record,
    is: () => is,
    lqM: () => optional,
    mee: () => nullable,
    ndf: () => integer,
    pdi: () => transform,
    xLC: () => safeParse,
    yGV: () => regex,
    zMY: () => boolean
   });
   let store$4;
   const DEFAULT_CONFIG = {
    lang: void 0,
    message: void 0,
    abortEarly: void 0,
    abortPipeEarly: void 0
   };
   function getGlobalConfig(config$1) {
    if (!config$1 && !store$4) return DEFAULT_CONFIG;
    return {
     lang: config$1?.lang ?? store$4?.lang,
     message: config$1?.message,
     abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
     abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
    };
   }
   let store$3;
   function getGlobalMessage(lang) {
    return store$3?.get(lang);
   }
   let store$2;
   function getSchemaMessage(lang) {
    return store$2?.get(lang);
   }
   let store$1;
   function getSpecificMessage(reference, lang) {
    return store$1?.get(reference)?.get(lang);
   }
   function _stringify(input) {
    const type = typeof input;
    if (type === "string") return `"${input}"`;
    if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
    if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
    return type;
   }
   function _addIssue(context, label, dataset, config$1, other) {
    const input = other && "input" in other ? other.input : dataset.value;
    const expected = other?.expected ?? context.expects ?? null;
    const received = other?.received ?? _stringify(input);
    const issue = {
     kind: context.kind,
     type: context.type,
     input: input,
     expected: expected,
     received: received,
     message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
     requirement: context.requirement,
     path: other?.path,
     issues: other?.issues,
     lang: config$1.lang,
     abortEarly: config$1.abortEarly,
     abortPipeEarly: config$1.abortPipeEarly
    };
    const isSchema = context.kind === "schema";
    const message$1 = other?.message ?? context.message ?? getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? getSchemaMessage(issue.lang) : null) ?? config$1.message ?? getGlobalMessage(issue.lang);
    message$1 !== void 0 && (issue.message = typeof message$1 === "function" ? message$1(issue) : message$1);
    isSchema && (dataset.typed = false);
    dataset.issues ? dataset.issues.push(issue) : dataset.issues = [ issue ];
   }
   function _isSameValueZero(value1, value2) {
    return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
   }
   function _isValidObjectKey(object$1, key) {
    return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
   }
   function _joinExpects(values$1, separator) {
    const list = [ ...new Set(values$1) ];
    if (list.length > 1) return `(${list.join(` ${separator} `)})`;
    return list[0] ?? "never";
   }
   function _standardSchema(schema) {
    schema["~standard"] = {
     version: 1,
     vendor: "valibot",
     validate: value$1 => schema["~run"]({
      value: value$1
     }, getGlobalConfig())
    };
    return schema;
   }
   function getDotPath(issue) {
    if (issue.path) {
     let key = "";
     for (const item of issue.path) {
      if (typeof item.key !== "string" && typeof item.key !== "number") return null;
      key += key ? `.${item.key}` : item.key;
     }
     return key;
    }
    return null;
   }
   Error;
   function integer(message$1) {
    return {
     kind: "validation",
     type: "integer",
     reference: integer,
     async: false,
     expects: null,
     requirement: Number.isInteger,
     message: message$1,
     "~run"(dataset, config$1) {
      dataset.typed && !this.requirement(dataset.value) && _addIssue(this, "integer", dataset, config$1);
      return dataset;
     }
    };
   }
   function regex(requirement, message$1) {
    return {
     kind: "validation",
     type: "regex",
     reference: regex,
     async: false,
     expects: `${requirement}`,
     requirement: requirement,
     message: message$1,
     "~run"(dataset, config$1) {
      dataset.typed && !this.requirement.test(dataset.value) && _addIssue(this, "format", dataset, config$1);
      return dataset;
     }
    };
   }
   function transform(operation) {
    return {
     kind: "transformation",
     type: "transform",
     reference: transform,
     async: false,
     operation: operation,
     "~run"(dataset) {
      dataset.value = this.operation(dataset.value);
      return dataset;
     }
    };
   }
   const ABORT_EARLY_CONFIG = {
    abortEarly: true
   };
   function getFallback(schema, dataset, config$1) {
    return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
   }
   function fallback(schema, fallback$1) {
    return _standardSchema({
     ...schema,
     fallback: fallback$1,
     "~run"(dataset, config$1) {
      const outputDataset = schema["~run"](dataset, config$1);
      return outputDataset.issues ? {
       typed: true,
       value: getFallback(this, outputDataset, config$1)
      } : outputDataset;
     }
    });
   }
   function getDefault(schema, dataset, config$1) {
    return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
   }
   function is(schema, input) {
    return !schema["~run"]({
     value: input
    }, ABORT_EARLY_CONFIG).issues;
   }
   function array(item, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "array",
     reference: array,
     expects: "Array",
     async: false,
     item: item,
     message: message$1,
     "~run"(dataset, config$1) {
      const input = dataset.value;
      if (Array.isArray(input)) {
       dataset.typed = true;
       dataset.value = [];
       for (let key = 0; key < input.length; key++) {
        const value$1 = input[key];
        const itemDataset = this.item["~run"]({
         value: value$1
        }, config$1);
        if (itemDataset.issues) {
         const pathItem = {
          type: "array",
          origin: "value",
          input: input,
          key: key,
          value: value$1
         };
         for (const issue of itemDataset.issues) {
          issue.path ? issue.path.unshift(pathItem) : issue.path = [ pathItem ];
          dataset.issues?.push(issue);
         }
         dataset.issues || (dataset.issues = itemDataset.issues);
         if (config$1.abortEarly) {
          dataset.typed = false;
          break;
         }
        }
        itemDataset.typed || (dataset.typed = false);
        dataset.value.push(itemDataset.value);
       }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function boolean(message$1) {
    return _standardSchema({
     kind: "schema",
     type: "boolean",
     reference: boolean,
     expects: "boolean",
     async: false,
     message: message$1,
     "~run"(dataset, config$1) {
      typeof dataset.value === "boolean" ? dataset.typed = true : _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function literal(literal_, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "literal",
     reference: literal,
     expects: _stringify(literal_),
     async: false,
     literal: literal_,
     message: message$1,
     "~run"(dataset, config$1) {
      _isSameValueZero(dataset.value, this.literal) ? dataset.typed = true : _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function nullable(wrapped, default_) {
    return _standardSchema({
     kind: "schema",
     type: "nullable",
     reference: nullable,
     expects: `(${wrapped.expects} | null)`,
     async: false,
     wrapped: wrapped,
     default: default_,
     "~run"(dataset, config$1) {
      if (dataset.value === null) {
       this.default !== void 0 && (dataset.value = getDefault(this, dataset, config$1));
       if (dataset.value === null) {
        dataset.typed = true;
        return dataset;
       }
      }
      return this.wrapped["~run"](dataset, config$1);
     }
    });
   }
   function nullish(wrapped, default_) {
    return _standardSchema({
     kind: "schema",
     type: "nullish",
     reference: nullish,
     expects: `(${wrapped.expects} | null | undefined)`,
     async: false,
     wrapped: wrapped,
     default: default_,
     "~run"(dataset, config$1) {
      if (dataset.value === null || dataset.value === void 0) {
       this.default !== void 0 && (dataset.value = getDefault(this, dataset, config$1));
       if (dataset.value === null || dataset.value === void 0) {
        dataset.typed = true;
        return dataset;
       }
      }
      return this.wrapped["~run"](dataset, config$1);
     }
    });
   }
   function number(message$1) {
    return _standardSchema({
     kind: "schema",
     type: "number",
     reference: number,
     expects: "number",
     async: false,
     message: message$1,
     "~run"(dataset, config$1) {
      typeof dataset.value !== "number" || isNaN(dataset.value) ? _addIssue(this, "type", dataset, config$1) : dataset.typed = true;
      return dataset;
     }
    });
   }
   function object(entries$1, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "object",
     reference: object,
     expects: "Object",
     async: false,
     entries: entries$1,
     message: message$1,
     "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
       dataset.typed = true;
       dataset.value = {};
       for (const key in this.entries) {
        const valueSchema = this.entries[key];
        if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
         const value$1 = key in input ? input[key] : getDefault(valueSchema);
         const valueDataset = valueSchema["~run"]({
          value: value$1
         }, config$1);
         if (valueDataset.issues) {
          const pathItem = {
           type: "object",
           origin: "value",
           input: input,
           key: key,
           value: value$1
          };
          for (const issue of valueDataset.issues) {
           issue.path ? issue.path.unshift(pathItem) : issue.path = [ pathItem ];
           dataset.issues?.push(issue);
          }
          dataset.issues || (dataset.issues = valueDataset.issues);
          if (config$1.abortEarly) {
           dataset.typed = false;
           break;
          }
         }
         valueDataset.typed || (dataset.typed = false);
         dataset.value[key] = valueDataset.value;
        } else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema); else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
         _addIssue(this, "key", dataset, config$1, {
          input: void 0,
          expected: `"${key}"`,
          path: [ {
           type: "object",
           origin: "key",
           input: input,
           key: key,
           value: input[key]
          } ]
         });
         if (config$1.abortEarly) break;
        }
       }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function optional(wrapped, default_) {
    return _standardSchema({
     kind: "schema",
     type: "optional",
     reference: optional,
     expects: `(${wrapped.expects} | undefined)`,
     async: false,
     wrapped: wrapped,
     default: default_,
     "~run"(dataset, config$1) {
      if (dataset.value === void 0) {
       this.default !== void 0 && (dataset.value = getDefault(this, dataset, config$1));
       if (dataset.value === void 0) {
        dataset.typed = true;
        return dataset;
       }
      }
      return this.wrapped["~run"](dataset, config$1);
     }
    });
   }
   function picklist(options, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "picklist",
     reference: picklist,
     expects: _joinExpects(options.map(_stringify), "|"),
     async: false,
     options: options,
     message: message$1,
     "~run"(dataset, config$1) {
      this.options.includes(dataset.value) ? dataset.typed = true : _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function record(key, value$1, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "record",
     reference: record,
     expects: "Object",
     async: false,
     key: key,
     value: value$1,
     message: message$1,
     "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
       dataset.typed = true;
       dataset.value = {};
       for (const entryKey in input) if (_isValidObjectKey(input, entryKey)) {
        const entryValue = input[entryKey];
        const keyDataset = this.key["~run"]({
         value: entryKey
        }, config$1);
        if (keyDataset.issues) {
         const pathItem = {
          type: "object",
          origin: "key",
          input: input,
          key: entryKey,
          value: entryValue
         };
         for (const issue of keyDataset.issues) {
          issue.path = [ pathItem ];
          dataset.issues?.push(issue);
         }
         dataset.issues || (dataset.issues = keyDataset.issues);
         if (config$1.abortEarly) {
          dataset.typed = false;
          break;
         }
        }
        const valueDataset = this.value["~run"]({
         value: entryValue
        }, config$1);
        if (valueDataset.issues) {
         const pathItem = {
          type: "object",
          origin: "value",
          input: input,
          key: entryKey,
          value: entryValue
         };
         for (const issue of valueDataset.issues) {
          issue.path ? issue.path.unshift(pathItem) : issue.path = [ pathItem ];
          dataset.issues?.push(issue);
         }
         dataset.issues || (dataset.issues = valueDataset.issues);
         if (config$1.abortEarly) {
          dataset.typed = false;
          break;
         }
        }
        keyDataset.typed && valueDataset.typed || (dataset.typed = false);
        keyDataset.typed && (dataset.value[keyDataset.value] = valueDataset.value);
       }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function string(message$1) {
    return _standardSchema({
     kind: "schema",
     type: "string",
     reference: string,
     expects: "string",
     async: false,
     message: message$1,
     "~run"(dataset, config$1) {
      typeof dataset.value === "string" ? dataset.typed = true : _addIssue(this, "type", dataset, config$1);
      return dataset;
     }
    });
   }
   function _subIssues(datasets) {
    let issues;
    if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue); else issues = dataset.issues;
    return issues;
   }
   function union(options, message$1) {
    return _standardSchema({
     kind: "schema",
     type: "union",
     reference: union,
     expects: _joinExpects(options.map(option => option.expects), "|"),
     async: false,
     options: options,
     message: message$1,
     "~run"(dataset, config$1) {
      let validDataset;
      let typedDatasets;
      let untypedDatasets;
      for (const schema of this.options) {
       const optionDataset = schema["~run"]({
        value: dataset.value
       }, config$1);
       if (optionDataset.typed) {
        if (!optionDataset.issues) {
         validDataset = optionDataset;
         break;
        }
        typedDatasets ? typedDatasets.push(optionDataset) : typedDatasets = [ optionDataset ];
       } else untypedDatasets ? untypedDatasets.push(optionDataset) : untypedDatasets = [ optionDataset ];
      }
      if (validDataset) return validDataset;
      if (typedDatasets) {
       if (typedDatasets.length === 1) return typedDatasets[0];
       _addIssue(this, "type", dataset, config$1, {
        issues: _subIssues(typedDatasets)
       });
       dataset.typed = true;
      } else {
       if (untypedDatasets?.length === 1) return untypedDatasets[0];
       _addIssue(this, "type", dataset, config$1, {
        issues: _subIssues(untypedDatasets)
       });
      }
      return dataset;
     }
    });
   }
   function unknown() {
    return _standardSchema({
     kind: "schema",
     type: "unknown",
     reference: unknown,
     expects: "unknown",
     async: false,
     "~run"(dataset) {
      dataset.typed = true;
      return dataset;
     }
    });
   }
   function pipe(...pipe$1) {
    return _standardSchema({
     ...pipe$1[0],
     pipe: pipe$1,
     "~run"(dataset, config$1) {
      for (const item of pipe$1) if (item.kind !== "metadata") {
       if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
        dataset.typed = false;
        break;
       }
       dataset.issues && (config$1.abortEarly || config$1.abortPipeEarly) || (dataset = item["~run"](dataset, config$1));
      }
      return dataset;
     }
    });
   }
   function safeParse(schema, input, config$1) {
    const dataset = schema["~run"]({
     value: input
    }, getGlobalConfig(config$1));
    return {
     typed: dataset.typed,
     success: !dataset.issues,
     output: dataset.value,
     issues: dataset.issues
    };
   }
  },
  7278: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    h: () => fetch,
    k: () => ProxyAgent
   });
   class ProxyAgent {}
   function fetch() {
    throw new Error("this build has no undici: give the client a fetch of its own");
   }
  }
 };
 var __webpack_module_cache__ = {};
 function __nccwpck_require__(moduleId) {
  var cachedModule = __webpack_module_cache__[moduleId];
  if (cachedModule !== void 0) return cachedModule.exports;
  var module = __webpack_module_cache__[moduleId] = {
   exports: {}
  };
  var threw = true;
  try {
   __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
   threw = false;
  } finally {
   threw && delete __webpack_module_cache__[moduleId];
  }
  return module.exports;
 }
 __nccwpck_require__.m = __webpack_modules__;
 typeof __nccwpck_require__ !== "undefined" && (__nccwpck_require__.ab = __dirname + "/");
 (() => {
  __nccwpck_require__.n = module => {
   var getter = module && module.__esModule ? () => module["default"] : () => module;
   __nccwpck_require__.d(getter, {
    a: getter
   });
   return getter;
  };
 })();
 (() => {
  var getProto = Object.getPrototypeOf ? obj => Object.getPrototypeOf(obj) : obj => obj.__proto__;
  var leafPrototypes;
  __nccwpck_require__.t = function(value, mode) {
   mode & 1 && (value = this(value));
   if (mode & 8) return value;
   if (typeof value === "object" && value) {
    if (mode & 4 && value.__esModule) return value;
    if (mode & 16 && typeof value.then === "function") return value;
   }
   var ns = Object.create(null);
   __nccwpck_require__.r(ns);
   var def = {};
   leafPrototypes = leafPrototypes || [ null, getProto({}), getProto([]), getProto(getProto) ];
   for (var current = mode & 2 && value; typeof current == "object" && !~leafPrototypes.indexOf(current); current = getProto(current)) Object.getOwnPropertyNames(current).forEach(key => def[key] = () => value[key]);
   def["default"] = () => value;
   __nccwpck_require__.d(ns, def);
   return ns;
  };
 })();
 (() => {
  __nccwpck_require__.d = (exports, definition) => {
   for (var key in definition) __nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key) && Object.defineProperty(exports, key, {
    enumerable: true,
    get: definition[key]
   });
  };
 })();
 (() => {
  __nccwpck_require__.f = {};
  __nccwpck_require__.e = chunkId => Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
   __nccwpck_require__.f[key](chunkId, promises);
   return promises;
  }, []));
 })();
 (() => {
  __nccwpck_require__.u = chunkId => chunkId + ".index.js";
 })();
 (() => {
  __nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
 })();
 (() => {
  __nccwpck_require__.r = exports => {
   typeof Symbol !== "undefined" && Symbol.toStringTag && Object.defineProperty(exports, Symbol.toStringTag, {
    value: "Module"
   });
   Object.defineProperty(exports, "__esModule", {
    value: true
   });
  };
 })();
 (() => {
  var installedChunks = {
   792: 1
  };
  var installChunk = chunk => {
   var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
   for (var moduleId in moreModules) __nccwpck_require__.o(moreModules, moduleId) && (__nccwpck_require__.m[moduleId] = moreModules[moduleId]);
   runtime && runtime(__nccwpck_require__);
   for (var i = 0; i < chunkIds.length; i++) installedChunks[chunkIds[i]] = 1;
  };
  __nccwpck_require__.f.require = (chunkId, promises) => {
   installedChunks[chunkId] || installChunk(require("./" + __nccwpck_require__.u(chunkId)));
  };
 })();
 var __webpack_exports__ = {};
 (() => {
  "use strict";
  var external_os_ = __nccwpck_require__(857);
  function utils_toCommandValue(input) {
   if (input === null || input === void 0) return "";
   if (typeof input === "string" || input instanceof String) return input;
   return JSON.stringify(input);
  }
  function toCommandProperties(annotationProperties) {
   if (!Object.keys(annotationProperties).length) return {};
   return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
   };
  }
  function command_issueCommand(command, properties, message) {
   const cmd = new Command(command, properties, message);
   process.stdout.write(cmd.toString() + external_os_.EOL);
  }
  function command_issue(name, message = "") {
   command_issueCommand(name, {}, message);
  }
  const CMD_STRING = "::";
  class Command {
   constructor(command, properties, message) {
    command || (command = "missing.command");
    this.command = command;
    this.properties = properties;
    this.message = message;
   }
   toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
     cmdStr += " ";
     let first = true;
     for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
      const val = this.properties[key];
      if (val) {
       first ? first = false : cmdStr += ",";
       cmdStr += `${key}=${escapeProperty(val)}`;
      }
     }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
   }
  }
  function escapeData(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  }
  function escapeProperty(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
  }
  const external_crypto_namespaceObject = require("crypto");
  var external_fs_ = __nccwpck_require__(9896);
  function file_command_issueFileCommand(command, message) {
   const filePath = process.env[`GITHUB_${command}`];
   if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
   if (!external_fs_.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
   external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
    encoding: "utf8"
   });
  }
  function file_command_prepareKeyValueMessage(key, value) {
   const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
   const convertedValue = utils_toCommandValue(value);
   if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
   if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
   return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
  }
  require("path");
  var summary_awaiter = function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  const {access: access, appendFile: appendFile, writeFile: writeFile} = external_fs_.promises;
  const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
  class Summary {
   constructor() {
    this._buffer = "";
   }
   filePath() {
    return summary_awaiter(this, void 0, void 0, function*() {
     if (this._filePath) return this._filePath;
     const pathFromEnv = process.env[SUMMARY_ENV_VAR];
     if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
     try {
      yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
     } catch (_a) {
      throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
     }
     this._filePath = pathFromEnv;
     return this._filePath;
    });
   }
   wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) return `<${tag}${htmlAttrs}>`;
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
   }
   write(options) {
    return summary_awaiter(this, void 0, void 0, function*() {
     const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
     const filePath = yield this.filePath();
     const writeFunc = overwrite ? writeFile : appendFile;
     yield writeFunc(filePath, this._buffer, {
      encoding: "utf8"
     });
     return this.emptyBuffer();
    });
   }
   clear() {
    return summary_awaiter(this, void 0, void 0, function*() {
     return this.emptyBuffer().write({
      overwrite: true
     });
    });
   }
   stringify() {
    return this._buffer;
   }
   isEmptyBuffer() {
    return this._buffer.length === 0;
   }
   emptyBuffer() {
    this._buffer = "";
    return this;
   }
   addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
   }
   addEOL() {
    return this.addRaw(external_os_.EOL);
   }
   addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && {
     lang: lang
    });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
   }
   addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map(item => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
   }
   addTable(rows) {
    const tableBody = rows.map(row => {
     const cells = row.map(cell => {
      if (typeof cell === "string") return this.wrap("td", cell);
      const {header: header, data: data, colspan: colspan, rowspan: rowspan} = cell;
      const tag = header ? "th" : "td";
      const attrs = Object.assign(Object.assign({}, colspan && {
       colspan: colspan
      }), rowspan && {
       rowspan: rowspan
      });
      return this.wrap(tag, data, attrs);
     }).join("");
     return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
   }
   addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
   }
   addImage(src, alt, options) {
    const {width: width, height: height} = options || {};
    const attrs = Object.assign(Object.assign({}, width && {
     width: width
    }), height && {
     height: height
    });
    const element = this.wrap("img", null, Object.assign({
     src: src,
     alt: alt
    }, attrs));
    return this.addRaw(element).addEOL();
   }
   addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = [ "h1", "h2", "h3", "h4", "h5", "h6" ].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
   }
   addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
   }
   addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
   }
   addQuote(text, cite) {
    const attrs = Object.assign({}, cite && {
     cite: cite
    });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
   }
   addLink(text, href) {
    const element = this.wrap("a", text, {
     href: href
    });
    return this.addRaw(element).addEOL();
   }
  }
  const _summary = new Summary;
  const summary = _summary;
  external_os_.platform();
  external_os_.arch();
  var ExitCode;
  (function(ExitCode) {
   ExitCode[ExitCode["Success"] = 0] = "Success";
   ExitCode[ExitCode["Failure"] = 1] = "Failure";
  })(ExitCode || (ExitCode = {}));
  function core_setSecret(secret) {
   command_issueCommand("add-mask", {}, secret);
  }
  function getInput(name, options) {
   const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
   if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
   if (options && options.trimWhitespace === false) return val;
   return val.trim();
  }
  function setOutput(name, value) {
   const filePath = process.env["GITHUB_OUTPUT"] || "";
   if (filePath) return file_command_issueFileCommand("OUTPUT", file_command_prepareKeyValueMessage(name, value));
   process.stdout.write(external_os_.EOL);
   command_issueCommand("set-output", {
    name: name
   }, utils_toCommandValue(value));
  }
  function setFailed(message) {
   process.exitCode = ExitCode.Failure;
   core_error(message);
  }
  function core_debug(message) {
   command_issueCommand("debug", {}, message);
  }
  function core_error(message, properties = {}) {
   command_issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function warning(message, properties = {}) {
   command_issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function notice(message, properties = {}) {
   command_issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function info(message) {
   process.stdout.write(message + external_os_.EOL);
  }
  function startGroup(name) {
   command_issue("group", name);
  }
  function endGroup() {
   command_issue("endgroup");
  }
  const NEEDED_MAJOR = 24;
  const RUNNER_VERSION = "2.327.1";
  function hasSupportedNode(version = process.versions.node) {
   if (Number(version.split(".")[0]) >= NEEDED_MAJOR) return true;
   setFailed(`This action needs Node.js ${NEEDED_MAJOR} and was started with Node.js ${version}. Use runner ${RUNNER_VERSION} or newer.`);
   return false;
  }
  var domain_errors = __nccwpck_require__(2690);
  const GUARD_IDS = [ "zero-trust-organization", "identity-provider", "sign-in-seen", "token", "way-back-in", "unreachable-members", "sso-app" ];
  const VERDICTS = [ "passed", "unknown", "warned", "refused" ];
  const PREFLIGHT_POLICIES = [ "true", "strict", "false" ];
  function obstacles({guards: guards}, policy) {
   if (policy === "false") return [];
   return guards.filter(({verdict: verdict}) => policy === "strict" ? verdict !== "passed" : verdict === "refused");
  }
  function worst(judgements) {
   const all = new Set(judgements.map(({verdict: verdict}) => verdict));
   return VERDICTS.findLast(verdict => all.has(verdict)) ?? "passed";
  }
  var host = __nccwpck_require__(9083);
  var secrets = __nccwpck_require__(3427);
  function readAll(readers) {
   const errors = new Map;
   const entries = Object.entries(readers).map(([name, reader]) => {
    try {
     return [ name, reader() ];
    } catch (thrown) {
     for (const error of inputErrorsOf(thrown)) errors.set(error.message, error);
     return [ name, void 0 ];
    }
   });
   const [first, ...others] = errors.values();
   if (others.length > 0) throw new AggregateError(errors.values(), `${errors.size} inputs are wrong.`);
   if (first !== void 0) throw first;
   return Object.fromEntries(entries);
  }
  function inputErrorsOf(thrown) {
   const errors = thrown instanceof AggregateError ? thrown.errors : [ thrown ];
   return errors.map(error => {
    if (error instanceof domain_errors.dz) return error;
    throw thrown;
   });
  }
  var duration = __nccwpck_require__(5320);
  var untrusted = __nccwpck_require__(1824);
  const INPUT_DEFAULTS = {
   mode: void 0,
   "account-id": void 0,
   "api-token": void 0,
   "email-domain": void 0,
   "connector-id": void 0,
   "verification-code": void 0,
   "begin-verification": "true",
   "use-fedramp-language": void 0,
   resolvers: "cloudflare, google, quad9, opendns",
   quorum: "majority",
   "authoritative-servers": "auto",
   timeout: "30m",
   "poll-interval": "15s",
   "on-timeout": "fail",
   "record-format": void 0,
   "record-file": void 0,
   preflight: "true",
   "confirm-within": void 0,
   "expect-enabled": "true",
   "fail-on-drift": "true",
   "drift-issue": "false",
   "github-token": void 0,
   "dry-run": "false",
   "api-url": "https://api.cloudflare.com/client/v4"
  };
  const INPUT_NAMES = Object.keys(INPUT_DEFAULTS);
  const ENVIRONMENT = {
   "account-id": "CLOUDFLARE_ACCOUNT_ID",
   "api-token": "CLOUDFLARE_API_TOKEN",
   "connector-id": "CLOUDFLARE_SSO_CONNECTOR_ID"
  };
  function read(name) {
   const variable = ENVIRONMENT[name];
   const given = getInput(name) || variable && process.env[variable]?.trim();
   return given || INPUT_DEFAULTS[name];
  }
  function isInherited(name) {
   const variable = ENVIRONMENT[name];
   return getInput(name) === "" && variable !== void 0 && (process.env[variable]?.trim() ?? "") !== "";
  }
  function readList(name) {
   const items = (read(name) ?? "").split(/[,\n]/).map(item => item.trim());
   return items.filter(item => item !== "");
  }
  function problem(name, given, what, hint) {
   const shown = given.replaceAll(/\S+/g, withoutUserInfo);
   return new domain_errors.dz(`Input ${name}: "${(0, untrusted.g$)(shown, 100)}" ${what}.`, {
    hint: hint
   });
  }
  function withoutUserInfo(word) {
   const [scheme, at] = [ word.indexOf("://"), word.lastIndexOf("@") ];
   return scheme >= 0 && at > scheme ? `${word.slice(0, scheme)}://***${word.slice(at)}` : word;
  }
  function readDuration(name) {
   const text = read(name) ?? "";
   const durationMs = (0, duration.E9)(text);
   if (durationMs !== void 0) return durationMs;
   const meant = /^\d+$/.test(text) ? ` Did you mean ${text}m or ${text}s?` : "";
   throw problem(name, text, "is not a duration", `Use a number with a unit, such as 90s, 15m or 2h, at most 24d.${meant}`);
  }
  function readBoolean(name) {
   const text = read(name);
   return text === void 0 ? void 0 : readOneOf(name, [ "true", "false" ]) === "true";
  }
  function readOneOf(name, choices) {
   const text = read(name) ?? "";
   const choice = choices.find(candidate => candidate === text.toLowerCase());
   if (choice !== void 0) return choice;
   const last = choices.at(-1) ?? "";
   throw problem(name, text, "is not valid", `Use ${choices.slice(0, -1).join(", ")} or ${last}.`);
  }
  const SECRET_INPUTS = [ "api-token", "github-token" ];
  function readSecrets() {
   return [ ...new Set(SECRET_INPUTS.flatMap(givenForms)) ];
  }
  function givenForms(name) {
   const token = read(name) ?? "";
   const lines = token.split(/[\r\n]+/).map(line => line.trim());
   const bare = lines.map(line => line.replace(/^bearer\s+/i, "").replace(/^(["'])(.*)\1$/, "$2"));
   return [ ...lines, ...bare ].filter(text => text !== "");
  }
  function maskSecrets() {
   for (const secret of readSecrets()) core_setSecret(secret);
  }
  function refuseMisplacedSecrets() {
   for (const secret of SECRET_INPUTS) {
    const forms = givenForms(secret).filter(({length: length}) => length >= secrets.v);
    const place = INPUT_NAMES.find(name => name !== secret && forms.some(form => read(name)?.includes(form)));
    if (place === void 0) continue;
    throw new domain_errors.dz(`Input ${place} contains the value of ${secret}.`, {
     hint: "One of the two is wrong. Put a token into its own input only: no other input is kept secret."
    });
   }
  }
  function readApiToken() {
   const token = read("api-token");
   if (token === void 0) return;
   const hint = "Store only the API token in the secret: one line, without quotes and without the word Bearer.";
   if (/[\r\n]/.test(token)) throw new domain_errors.dz("Input api-token contains a line break.", {
    hint: hint
   });
   if (!/^[\x21-\x7e]+$/.test(token)) throw new domain_errors.dz("Input api-token contains a space or another character that no API token has.", {
    hint: hint
   });
   return token;
  }
  function needOfApi(modes, verificationCode, emailDomains) {
   if (!modes.every(mode => mode === "wait-for-dns")) return "work";
   if (verificationCode === void 0) return "code";
   return emailDomains.length === 1 ? "none" : "work";
  }
  function readAccount(needOf) {
   const {accountId: accountId, apiToken: apiToken} = readAll({
    accountId: () => readAccountId() ?? missingAccountId(needOf()),
    apiToken: () => readApiToken() ?? missingApiToken(needOf())
   });
   return accountId !== void 0 && apiToken !== void 0 ? {
    accountId: accountId,
    apiToken: apiToken
   } : void 0;
  }
  function readAccountId() {
   const accountId = read("account-id");
   if (accountId === void 0 || /^[0-9a-f]{32}$/i.test(accountId)) return accountId?.toLowerCase();
   throw new domain_errors.dz(`Input account-id has ${accountId.length} characters and is not an account ID: 32 hexadecimal digits.`, {
    hint: ACCOUNT_ID_HINT
   });
  }
  function missingAccountId(need) {
   if (need === "none" || need === "code" && read("api-token") === void 0) return;
   throw new domain_errors.dz("Input account-id is missing.", {
    hint: ACCOUNT_ID_HINT
   });
  }
  function missingApiToken(need) {
   if (need === "none") return;
   if (need === "code") throw new domain_errors.dz("Inputs verification-code and api-token are both missing: there is no record to wait for.", {
    hint: 'Set verification-code to the output of create (declare it under the outputs of its job) together with email-domain. Or set api-token to a token with the permission "SSO Connector: Read".'
   });
   throw new domain_errors.dz("Input api-token is missing.", {
    hint: 'If it comes from a secret, the secret is empty here: check its name, and that the job names the environment that holds it. A new API token needs "SSO Connector: Read", to change anything also "SSO Connector: Edit", and for preflight and enable also "Access: Organizations, Identity Providers, and Groups: Read"; the table in the README has the rest.'
   });
  }
  const ACCOUNT_ID_HINT = "You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>. Set it as account-id or CLOUDFLARE_ACCOUNT_ID.";
  function readApiUrl() {
   const text = read("api-url") ?? "";
   const url = URL.parse(text);
   const hint = `Leave out api-url to use ${INPUT_DEFAULTS["api-url"]}.`;
   if (url === null) throw problem("api-url", text, "is not a URL", hint);
   if (url.username !== "" || url.password !== "" || /[?#]/.test(url.href)) throw new domain_errors.dz("Input api-url contains a user name, a password, a query or a fragment.", {
    hint: hint
   });
   if (url.protocol !== "https:" && !(url.protocol === "http:" && (0, host.U)(url.hostname))) throw problem("api-url", text, "would send the API token unencrypted", `Use https, or http on a loopback address. ${hint}`);
   return url.href.replace(/(?<!\/)\/+$/, "");
  }
  var external_node_net_ = __nccwpck_require__(7030);
  function ipFamily(text) {
   if ((0, external_node_net_.isIPv4)(text)) return 4;
   return text.includes(":") && (0, external_node_net_.isIPv6)(text) ? 6 : 0;
  }
  const CLOUDFLARE_IPV4 = [ "1.1.1.1", "1.0.0.1" ];
  const KNOWN_RESOLVERS = new Map([ [ "cloudflare", {
   addresses: CLOUDFLARE_IPV4,
   httpsName: "cloudflare-dns.com",
   tlsName: "one.one.one.one"
  } ], [ "google", {
   addresses: [ "8.8.8.8", "8.8.4.4" ],
   httpsName: "dns.google",
   tlsName: "dns.google"
  } ], [ "quad9", {
   addresses: [ "9.9.9.9", "149.112.112.112" ],
   httpsName: "dns.quad9.net",
   tlsName: "dns.quad9.net"
  } ], [ "opendns", {
   addresses: [ "208.67.222.222", "208.67.220.220" ],
   httpsName: "doh.umbrella.com",
   tlsName: "dns.opendns.com"
  } ] ]);
  const CLOUDFLARE = new external_node_net_.BlockList;
  for (const host of CLOUDFLARE_IPV4) CLOUDFLARE.addAddress(host);
  for (const host of [ "2606:4700:4700::1111", "2606:4700:4700::1001" ]) CLOUDFLARE.addAddress(host, "ipv6");
  const DNS_PORT = 53;
  const DEFAULT_PORTS = {
   udp: DNS_PORT,
   tcp: DNS_PORT,
   tls: 853,
   https: 443
  };
  const DEFAULT_HTTPS_PATH = "/dns-query";
  function parseResolver(text) {
   const known = KNOWN_RESOLVERS.get(text.toLowerCase());
   if (known !== void 0) return knownResolver(text.toLowerCase(), known);
   const url = /^(udp|tcp|tls|https):\/\/(.+)$/i.exec(text);
   if (url === null) {
    const address = parseSocketAddress(text, DNS_PORT);
    return address && {
     label: formatSocketAddress(address),
     transport: "auto",
     addresses: [ address ],
     required: isCloudflare(address)
    };
   }
   const scheme = url[1]?.toLowerCase();
   return scheme === "tls" || scheme === "https" ? encryptedResolver(scheme, text) : plainResolver(scheme, url[2] ?? "");
  }
  function knownResolver(label, {addresses: addresses, httpsName: httpsName}) {
   return {
    label: label,
    transport: "auto",
    addresses: addresses.map(host => ({
     host: host,
     port: DNS_PORT
    })),
    https: addresses.map(host => ({
     host: host,
     port: 443,
     serverName: httpsName,
     path: DEFAULT_HTTPS_PATH
    })),
    required: label === "cloudflare"
   };
  }
  function plainResolver(transport, text) {
   const address = parseSocketAddress(text, DNS_PORT);
   if (address === void 0) return;
   const label = `${transport}://${formatSocketAddress(address)}`;
   return {
    label: label,
    transport: transport,
    addresses: [ address ],
    required: isCloudflare(address)
   };
  }
  function encryptedResolver(transport, text) {
   const url = URL.parse(text.replace(/^tls:/i, "https:"));
   if (url === null || url.hostname === "" || url.username !== "" || url.password !== "" || url.hash !== "") return;
   if (transport === "tls" && (url.pathname !== "/" || url.search !== "")) return;
   const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
   const givenPort = url.port === "" && /:0*443\/?$/.test(text) ? "443" : url.port;
   const port = givenPort === "" ? DEFAULT_PORTS[transport] : Number(givenPort);
   if (port === 0) return;
   const resource = url.pathname === "/" ? DEFAULT_HTTPS_PATH : url.pathname;
   const path = transport === "https" ? {
    path: `${resource}${url.search}`
   } : {};
   const known = [ ...KNOWN_RESOLVERS.values() ].find(({httpsName: httpsName, tlsName: tlsName}) => host === httpsName || host === tlsName);
   const addresses = known ? known.addresses.map(address => ({
    host: address,
    port: port,
    serverName: host,
    ...path
   })) : [ {
    host: host,
    port: port,
    ...path
   } ];
   const shownPort = port === DEFAULT_PORTS[transport] ? "" : `:${port}`;
   const label = `${transport}://${url.hostname}${shownPort}${transport === "https" && resource !== DEFAULT_HTTPS_PATH ? resource : ""}`;
   return {
    label: label,
    transport: transport,
    addresses: addresses,
    required: addresses.some(isCloudflare)
   };
  }
  function isCloudflare({host: host}) {
   const family = ipFamily(host);
   return family !== 0 && CLOUDFLARE.check(host, family === 6 ? "ipv6" : "ipv4");
  }
  function parseSocketAddress(text, defaultPort) {
   if (ipFamily(text) !== 0) return {
    host: text,
    port: defaultPort
   };
   const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
   const host = parts?.[1] ?? parts?.[2];
   if (host === void 0 || ipFamily(host) !== (parts?.[1] === void 0 ? 4 : 6)) return;
   const port = parts?.[3] === void 0 ? defaultPort : Number(parts[3]);
   return port >= 1 && port <= 65535 ? {
    host: host,
    port: port
   } : void 0;
  }
  function formatSocketAddress({host: host, port: port}) {
   if (port === DNS_PORT) return host;
   return ipFamily(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
  }
  function resolverServer({label: label, transport: transport, addresses: addresses, https: https}) {
   return {
    label: label,
    role: "resolver",
    transport: transport,
    addresses: addresses,
    ...https !== void 0 && {
     https: https
    }
   };
  }
  function authoritativeServer(address, nameServer) {
   const shown = formatSocketAddress(address);
   const label = nameServer === void 0 ? shown : `${nameServer} (${shown})`;
   return {
    label: label,
    role: "authoritative",
    transport: "auto",
    addresses: [ address ]
   };
  }
  function readDnsSettings() {
   return readAll({
    resolvers: readResolvers,
    quorum: () => readQuorum(readResolvers().length),
    authoritativeServers: readAuthoritativeServers
   });
  }
  function readResolvers() {
   const hint = "Use names (cloudflare, google, quad9, opendns), IP addresses with an optional port, or udp://, tcp://, tls:// and https:// URLs.";
   const resolvers = new Map;
   for (const text of readList("resolvers")) {
    const resolver = parseResolver(text);
    if (resolver === void 0) throw problem("resolvers", text, "is not a resolver", hint);
    resolvers.set(resolver.label, resolver);
   }
   if (resolvers.size === 0) throw new domain_errors.dz("Input resolvers names no resolver.", {
    hint: hint
   });
   return [ ...resolvers.values() ];
  }
  function readQuorum(resolverCount) {
   const text = read("quorum") ?? "";
   if (text === "majority") return Math.floor(resolverCount / 2) + 1;
   if (text === "all") return resolverCount;
   const count = /^\d+$/.test(text) ? Number(text) : 0;
   if (count >= 1 && count <= resolverCount) return count;
   const what = count > resolverCount ? `is more than the ${resolverCount} resolvers there are` : "is not a quorum";
   throw problem("quorum", text, what, `Use majority, all, or a number from 1 to ${resolverCount}.`);
  }
  function readAuthoritativeServers() {
   const texts = readList("authoritative-servers");
   const [first] = texts;
   if (texts.length === 1 && (first === "auto" || first === "off")) return first;
   return texts.map(text => {
    const address = parseSocketAddress(text, 53);
    if (address !== void 0) return address;
    throw problem("authoritative-servers", text, "is not the address of a server", "Use auto, off, or IP addresses with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.");
   });
  }
  var external_node_url_ = __nccwpck_require__(3136);
  const MAX_LABEL_OCTETS = 63;
  const MAX_NAME_OCTETS = 253;
  function parseEmailDomain(text) {
   const host = text.replace(/^@/, "").replace(/\.$/, "");
   if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host) || host.includes("/")) return refuse("is a URL, not a domain", domainInUrl(host));
   if (host.includes("@")) return refuse("is an email address, not a domain", host.slice(host.lastIndexOf("@") + 1));
   if (ipFamily(host.replace(/^\[(.*)\]$/, "$1")) !== 0) return refuse("is an IP address, not a domain");
   if (/[\s%?#:\\]/.test(host)) return refuse("contains characters that no domain has");
   return checkedAscii((0, external_node_url_.domainToASCII)(host));
  }
  function checkedAscii(domain) {
   if (domain === "") return refuse("is not a valid domain name");
   if (ipFamily(domain) !== 0) return refuse("is an IP address, not a domain");
   const labels = domain.split(".");
   if (labels.length < 2) return refuse("has a single label; a domain has at least two, such as example.com");
   if (domain.length > MAX_NAME_OCTETS) return refuse(`is ${domain.length} bytes long; a domain name has at most ${MAX_NAME_OCTETS}`);
   const tooLong = labels.find(label => label.length > MAX_LABEL_OCTETS);
   if (tooLong !== void 0) return refuse(`has a label of ${tooLong.length} bytes; a label has at most ${MAX_LABEL_OCTETS}`);
   if (!labels.every(label => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))) return refuse("is not a valid domain name: labels are letters, digits and inner hyphens");
   return {
    ok: true,
    domain: domain
   };
  }
  function domainInUrl(text) {
   const url = URL.parse(text.includes("://") ? text : `https://${text}`);
   return url?.hostname.replace(/^www\./, "");
  }
  function refuse(problem, candidate) {
   const suggestion = candidate === void 0 ? void 0 : parseEmailDomain(candidate);
   return suggestion?.ok ? {
    ok: false,
    problem: problem,
    suggestion: suggestion.domain
   } : {
    ok: false,
    problem: problem
   };
  }
  function readEmailDomains() {
   const domains = readList("email-domain").map(text => {
    const parsed = parseEmailDomain(text);
    if (parsed.ok) return parsed.domain;
    const meant = parsed.suggestion === void 0 ? "" : ` Did you mean ${parsed.suggestion}?`;
    throw problem("email-domain", text, parsed.problem, `Use a domain such as example.com.${meant}`);
   });
   return [ ...new Set(domains) ];
  }
  function readSubjects() {
   const domains = readEmailDomains();
   if (domains.length > 0 || readConnectorId() !== void 0) return domains;
   throw new domain_errors.dz("Input email-domain is missing.", {
    hint: "Set it to the domain behind the @ of your users, for example example.com, or set connector-id."
   });
  }
  function isConnectorIdIgnored() {
   return isInherited("connector-id") && readList("email-domain").length > 0;
  }
  function readConnectorId() {
   const id = isConnectorIdIgnored() ? void 0 : read("connector-id");
   if (id === void 0) return;
   if (!/^[\w-]{1,64}$/.test(id)) throw problem("connector-id", id, "is not a connector ID", "Use the output connector-id of create, usually 32 hexadecimal digits.");
   onlyWithOneDomain("connector-id");
   return id;
  }
  function readVerificationCode() {
   const code = read("verification-code");
   if (code === void 0) return;
   const isBare = /^[0-9a-f]{16,}$/i.test(code);
   if (isBare || !/^[\x21\x23-\x7e]{1,255}$/.test(code)) throw problem("verification-code", code, isBare ? "is missing its `cloudflare_dashboard_sso=` prefix" : "is not a verification code", "Use the output verification-code of create, whole and without quotes: cloudflare_dashboard_sso= and what follows.");
   onlyWithOneDomain("verification-code");
   return code;
  }
  function onlyWithOneDomain(name) {
   const emailDomains = readEmailDomains();
   if (emailDomains.length <= 1) return;
   throw new domain_errors.dz(`Input ${name} is set together with ${emailDomains.length} email domains.`, {
    hint: `${name} belongs to one email domain: set only one in email-domain, or leave out ${name}.`
   });
  }
  const MODE_NAMES = [ "preflight", "create", "publish-dns", "wait-for-dns", "enable", "check", "disable", "delete" ];
  function readModes() {
   const known = MODE_NAMES.join(", ");
   const hint = `The modes are ${known}. Separate several with commas; they run in the order given.`;
   const names = readList("mode");
   if (names.length === 0) throw new domain_errors.dz("Input mode is missing.", {
    hint: hint
   });
   const modes = names.map((name, index) => {
    const mode = MODE_NAMES.find(candidate => candidate === name);
    if (mode === void 0) throw problem("mode", name, "is not a mode", hint);
    if (names.indexOf(name) !== index) throw problem("mode", name, "is named twice", "Name each mode once.");
    return mode;
   });
   for (const order of ORDERS) {
    const right = order.filter(mode => modes.includes(mode));
    if (modes.filter(mode => order.includes(mode)).join() === right.join()) continue;
    throw problem("mode", names.join(", "), "is not a valid order", `Each mode needs the result of the one before it. Use "${right.join(", ")}".`);
   }
   if (modes.includes("enable") && (modes.includes("disable") || modes.includes("delete"))) throw problem("mode", names.join(", "), "enables and takes back in one step", "Use one step to enable, and another to disable or delete.");
   return modes;
  }
  const ORDERS = [ [ "preflight", "create", "publish-dns", "wait-for-dns", "enable" ], [ "disable", "delete" ] ];
  const RECORD_FORMAT_NAMES = [ "bind", "octodns", "dnscontrol", "terraform", "tfvars", "json" ];
  function withNewText(today, text) {
   return [ ...today.filter(one => one !== text), text ];
  }
  function readRecordSettings() {
   const file = read("record-file");
   if (read("record-format") === void 0) {
    if (file === void 0) return;
    throw new domain_errors.dz("Input record-file is set without record-format.", {
     hint: `Set record-format to the kind of file: ${RECORD_FORMAT_NAMES.join(", ")}.`
    });
   }
   const format = readOneOf("record-format", RECORD_FORMAT_NAMES);
   if (!readModes().includes("create")) throw new domain_errors.dz("Input record-format is set, but no mode writes the record.", {
    hint: "Add create to mode: it writes the record, even if the connector already exists."
   });
   if (format === "tfvars" && readAuthoritativeServers() === "off") throw new domain_errors.dz("Input record-format: tfvars needs the authoritative servers, but authoritative-servers is off.", {
    hint: "Leave out authoritative-servers, or set it to their addresses: a cache may hold an old list of TXT values."
   });
   return {
    format: format,
    file: file
   };
  }
  const MIN_POLL_INTERVAL_MS = 1e3;
  function readSettings() {
   maskSecrets();
   refuseMisplacedSecrets();
   return readAll({
    modes: readModes,
    account: () => readAccount(() => needOfApi(readModes(), readVerificationCode(), readEmailDomains())),
    emailDomains: readSubjects,
    connectorId: readConnectorId,
    verificationCode: readVerificationCode,
    beginVerification: () => readBoolean("begin-verification") ?? true,
    useFedrampLanguage: () => readBoolean("use-fedramp-language"),
    dns: readDnsSettings,
    wait: readWaitSettings,
    preflight: () => readOneOf("preflight", PREFLIGHT_POLICIES),
    confirmWithinMs: readConfirmWithin,
    record: readRecordSettings,
    check: readCheckSettings,
    dryRun: () => readBoolean("dry-run") ?? false,
    apiUrl: readApiUrl,
    notices: readNotices,
    workspace: () => process.env["GITHUB_WORKSPACE"] || process.cwd()
   });
  }
  function readNotices() {
   if (!isConnectorIdIgnored()) return [];
   return [ "CLOUDFLARE_SSO_CONNECTOR_ID is ignored, because email-domain names the connector. To use an ID together with email-domain, set the input connector-id." ];
  }
  function readWaitSettings() {
   return readAll({
    timeoutMs: () => readDuration("timeout"),
    pollIntervalMs: readPollInterval,
    onTimeout: () => readOneOf("on-timeout", [ "fail", "continue" ])
   });
  }
  function readCheckSettings() {
   return readAll({
    expectEnabled: () => readBoolean("expect-enabled") ?? true,
    failOnDrift: () => readBoolean("fail-on-drift") ?? true,
    issue: readIssueSettings
   });
  }
  function readIssueSettings() {
   if (readBoolean("drift-issue") !== true) return;
   const githubToken = read("github-token");
   if (githubToken !== void 0) return {
    githubToken: githubToken
   };
   throw new domain_errors.dz("Input drift-issue is true, but github-token is empty.", {
    hint: 'Leave out github-token to use the token of the workflow, and give the job the permission "issues: write".'
   });
  }
  const MIN_CONFIRM_WITHIN_MS = 1e3;
  function readConfirmWithin() {
   const given = read("confirm-within");
   if (given === void 0) return;
   const durationMs = readDuration("confirm-within");
   if (durationMs >= MIN_CONFIRM_WITHIN_MS) return durationMs;
   throw problem("confirm-within", given, "is too short", "Use a time in which somebody can sign in, such as 15m.");
  }
  function readPollInterval() {
   const intervalMs = readDuration("poll-interval");
   if (intervalMs >= MIN_POLL_INTERVAL_MS) return intervalMs;
   throw problem("poll-interval", read("poll-interval") ?? "", "is too short", "Use 1s or more.");
  }
  const STATES = [ "absent", "awaiting-dns", "verifying", "verified", "enabled" ];
  function leastAdvanced(states) {
   return states.includes(void 0) ? void 0 : STATES.find(state => states.includes(state));
  }
  var terraform = __nccwpck_require__(8919);
  var fitting = __nccwpck_require__(765);
  var naming = __nccwpck_require__(5484);
  function outputsOf(domain) {
   const {connector: connector, record: record, sight: sight, dns: dns, drift: drift} = domain;
   const seen = sight.kind === "seen" ? sight.connector : void 0;
   return {
    "connector-id": connector?.id,
    "email-domain": domain.name,
    "verification-code": domain.verificationCode,
    "verification-status": seen?.verificationStatus,
    enabled: seen?.enabled,
    created: domain.created,
    changed: domain.changed,
    state: domain.state,
    "record-name": record?.emailDomain,
    "record-type": record && "TXT",
    "record-value": record?.verificationCode,
    record: domain.renderedRecord,
    "txt-values": record?.txtValues,
    "dns-visible": dns?.visible,
    "dns-report": dns,
    "timed-out": domain.timedOut,
    "preflight-report": domain.preflight,
    confirmed: domain.confirmed,
    drift: drift && drift.length > 0,
    "drift-report": drift && driftReportOf(domain),
    "terraform-import": importOf(domain),
    "sso-app-id": domain.ssoApp?.id
   };
  }
  function importOf({connector: connector, accountId: accountId, name: name}) {
   const emailDomain = connector?.emailDomain || name;
   if (connector === void 0 || accountId === void 0 || emailDomain === void 0) return;
   return (0, terraform.L)(accountId, connector.id, emailDomain);
  }
  function toOutputs({domains: domains, drift: drift, changed: changed}) {
   const all = domains.map(({domain: domain}) => outputsOf(domain));
   const [first] = all;
   const ofAll = {
    state: leastAdvanced(all.map(({state: state}) => state)),
    changed: changed,
    "timed-out": all.some(one => one["timed-out"]),
    drift: drift?.drift,
    "drift-report": drift && shortened(drift)
   };
   const outputs = first !== void 0 && all.length === 1 ? {
    ...first,
    ...ofAll
   } : ofAll;
   const known = Object.entries({
    ...outputs,
    connectors: connectorsOf(all)
   }).filter(([, value]) => value !== void 0);
   return Object.fromEntries(known.map(([name, value]) => [ name, typeof value === "string" ? value : JSON.stringify(value) ]));
  }
  const MAX_CHARACTERS = 25e4;
  const DISPENSABLE = [ [], [ "dns-report", "preflight-report", "txt-values", "record", "terraform-import", "drift-report" ], [ "record-name", "record-type", "record-value", "sso-app-id", "verification-status", "created", "timed-out" ], [ "changed" ] ];
  function connectorsOf(all) {
   let text = "";
   const leftOut = new Set;
   for (const more of DISPENSABLE) {
    for (const name of more) leftOut.add(name);
    const kept = all.map(one => Object.fromEntries(Object.entries(one).filter(([name]) => !leftOut.has(name))));
    text = JSON.stringify(kept.map(snakeCaseKeys));
    if (text.length <= MAX_CHARACTERS) break;
   }
   return text;
  }
  function shortened(report) {
   const {differences: differences} = report;
   const kept = (0, fitting._)(differences, one => JSON.stringify(one).length, MAX_CHARACTERS / 2);
   if (kept === differences) return report;
   return {
    ...report,
    differences: kept,
    omitted: differences.length - kept.length
   };
  }
  function driftReportOf({drift: drift = [], notChecked: notChecked, name: name, accountId: accountId}) {
   const checked = name === void 0 ? [] : [ name ];
   return {
    drift: drift.length > 0,
    account_id: accountId ?? "",
    checked: checked,
    failed: [],
    differences: drift,
    not_checked: notChecked
   };
  }
  function snakeCaseKeys(one) {
   return Object.fromEntries(Object.entries(one).map(([key, value]) => [ key.replaceAll("-", "_"), value ]));
  }
  function writeOutputs(result) {
   try {
    for (const [name, value] of Object.entries(toOutputs(result))) setOutput(name, value);
    return [];
   } catch (thrown) {
    return [ {
     emailDomain: void 0,
     error: unwritten(result, thrown)
    } ];
   }
  }
  const MAX_NAMED = 10;
  function unwritten({domains: domains}, thrown) {
   const done = (0, naming.b)(domains.map(({domain: domain}) => endOf(domain)), MAX_NAMED);
   const reason = (0, untrusted.g$)((0, domain_errors.ie)(thrown).message).replaceAll(/^Error: |\.$/g, "");
   return new domain_errors.lZ(`The work has ended, but the step outputs could not be written (${reason}). How it ended: ${done}.`, {
    hint: "Later steps see no outputs of this one. Check the disk of the runner and the file that GITHUB_OUTPUT names, then run the step again: every mode is safe to repeat.",
    cause: thrown
   });
  }
  function endOf({name: name, state: state, connector: connector, changed: changed}) {
   const connectorId = connector === void 0 ? "" : `, connector-id ${connector.id}`;
   return `${name ?? "the connector"} (state ${state ?? "unknown"}${connectorId}, changed ${changed ?? "unknown"})`;
  }
  const failures_MAX_NAMED = 5;
  function toldOnce(failures) {
   const told = new Map;
   for (const {emailDomain: emailDomain, error: error} of failures) {
    const key = `${error.message}\n${error.hint ?? ""}`;
    const same = told.get(key) ?? {
     error: error,
     emailDomains: []
    };
    emailDomain !== void 0 && same.emailDomains.push(emailDomain);
    told.set(key, same);
   }
   return [ ...told.values() ].map(({error: error, emailDomains: emailDomains}) => ({
    subject: emailDomains.length === 0 ? void 0 : (0, naming.b)(emailDomains, failures_MAX_NAMED),
    error: error
   }));
  }
  const MAX_CAUSES = 8;
  function debugLines(error, depth = 0) {
   if (!(error instanceof Error) || depth > MAX_CAUSES) return [];
   const own = (error.stack ?? `${error.name}: ${error.message}`).split("\n");
   return error.cause === void 0 ? own : [ ...own, "caused by", ...debugLines(error.cause, depth + 1) ];
  }
  const MAX_ANNOTATIONS = 10;
  const TITLE = "Cloudflare dashboard SSO";
  function createRunnerLog(redact = text => text) {
   const harmless = text => (0, untrusted.Df)(redact(text));
   const told = new Set;
   return {
    info: line => info(harmless(line)),
    detail: line => info(harmless(line)),
    debug: line => core_debug(harmless(line)),
    notice: (line, subject) => notice(harmless(line), {
     title: harmless(titleFor(subject))
    }),
    warning: (line, subject) => warning(harmless(line), {
     title: harmless(titleFor(subject))
    }),
    errors(failures) {
     const fits = failures.length <= MAX_ANNOTATIONS;
     const annotated = fits ? failures : failures.slice(0, MAX_ANNOTATIONS - 1);
     for (const failure of annotated) annotate(failure, harmless);
     if (fits) return;
     const others = failures.slice(annotated.length);
     for (const {subject: subject, error: error} of others) this.info(`${subject ?? TITLE}: ${(0, 
     domain_errors.S6)(error).join(" ")}`);
     core_error(`${others.length} more failed; the log and the job summary name each.`, {
      title: TITLE
     });
    },
    ofAccount(level, line) {
     if (told.has(line)) return;
     told.add(line);
     this[level](line);
    },
    async group(title, work) {
     startGroup(harmless(title));
     try {
      return await work();
     } finally {
      endGroup();
     }
    },
    labelled(label) {
     return labelledLog(this, label);
    }
   };
  }
  function annotate({subject: subject, error: error}, harmless) {
   core_error((0, domain_errors.S6)(error).map(harmless).join("\n"), {
    title: harmless(titleFor(subject))
   });
  }
  function titleFor(subject) {
   return subject === void 0 ? TITLE : `${TITLE}: ${subject}`;
  }
  function labelledLog(log, label) {
   const lead = line => `[${label}] ${line}`;
   return {
    info: line => log.info(lead(line)),
    detail: line => log.debug(lead(line)),
    debug: line => log.debug(lead(line)),
    notice: (line, subject = label) => log.notice(lead(line), subject),
    warning: (line, subject = label) => log.warning(lead(line), subject),
    errors: failures => log.errors(failures.map(one => ({
     ...one,
     subject: one.subject ?? label
    }))),
    ofAccount: (level, line) => log.ofAccount(level, line),
    group: (_title, work) => work(),
    labelled: inner => labelledLog(log, `${label} ${inner}`)
   };
  }
  const RESUME_HINT = "Run the same step again: every mode continues where this run stopped.";
  const STOP_SIGNALS = [ "SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP" ];
  const LINGER_MS = 500;
  function startStep() {
   const log = createRunnerLog((0, secrets.$)(readSecrets()));
   const stop = new AbortController;
   const onSignal = name => stop.abort(new domain_errors.Ko(`Stopped by ${name}.`, {
    hint: RESUME_HINT
   }));
   for (const name of STOP_SIGNALS) process.on(name, onSignal);
   process.stdout.on("error", () => {});
   const commands = [];
   const fail = failures => {
    if (failures.length === 0) return;
    process.exitCode = 1;
    const told = toldOnce(failures);
    for (const {error: error} of told) for (const line of debugLines(error)) log.debug(line);
    log.errors(told);
    for (const {error: error} of told) error.command !== void 0 && commands.push(error.command);
   };
   const failWith = thrown => {
    const several = thrown instanceof AggregateError && thrown.errors.every(one => one instanceof domain_errors.lZ);
    const errors = several ? thrown.errors : [ thrown ];
    fail(errors.map(error => ({
     emailDomain: void 0,
     error: (0, domain_errors.ie)(error)
    })));
   };
   const warn = thrown => {
    for (const line of debugLines(thrown)) log.debug(line);
    log.warning((0, domain_errors.S6)((0, domain_errors.ie)(thrown)).join(" "));
   };
   const crashes = new Set;
   const onCrash = thrown => {
    const {message: message} = (0, domain_errors.ie)(thrown);
    if (crashes.has(message)) return;
    crashes.add(message);
    failWith(thrown);
    stop.abort(new domain_errors.Ko("Stopped by an unexpected error.", {
     hint: RESUME_HINT
    }));
   };
   process.on("uncaughtException", onCrash).on("unhandledRejection", onCrash);
   const end = () => {
    for (const command of commands) log.info(command);
    setTimeout(() => process.exit(), LINGER_MS).unref();
   };
   return {
    log: log,
    signal: stop.signal,
    fail: fail,
    failWith: failWith,
    warn: warn,
    end: end
   };
  }
  const STATE_WORDS = {
   absent: "without a connector",
   "awaiting-dns": "awaiting DNS",
   verifying: "verifying",
   verified: "verified",
   enabled: "enabled"
  };
  function tally(results) {
   const words = results.map(({domain: {state: state}, failure: failure}) => {
    if (failure !== void 0) return "failed";
    return state === void 0 ? "in an unknown state" : STATE_WORDS[state];
   });
   const mostAdvancedFirst = STATES.map(state => STATE_WORDS[state]).toReversed();
   const counts = [ "failed", ...mostAdvancedFirst, "in an unknown state" ].flatMap(word => {
    const count = words.filter(one => one === word).length;
    return count === 0 ? [] : [ `${count} ${word}` ];
   });
   return `${counted(results.length)}: ${counts.join(", ")}`;
  }
  function counted(emailDomains) {
   return `${emailDomains} email domain${emailDomains === 1 ? "" : "s"}`;
  }
  const MAX_SERVERS = 24;
  const MAX_NAME_CHARACTERS = 60;
  const MIN_NAMED_SHARE = .1;
  const MAX_TICKS = 10;
  const TICKS = [ [ "1second", 1e3 ], [ "5second", 5e3 ], [ "15second", 15e3 ], [ "1minute", 6e4 ], [ "5minute", 3e5 ], [ "15minute", 9e5 ], [ "1hour", 36e5 ], [ "6hour", 216e5 ] ];
  function renderChart(dns) {
   const [startMs, endMs] = [ Date.parse(dns.started_at), Date.parse(dns.ended_at) ];
   const [tick = "1day"] = TICKS.find(([, durationMs]) => (endMs - startMs) / durationMs <= MAX_TICKS) ?? [];
   const rows = dns.servers.slice(0, MAX_SERVERS).flatMap(server => bars(server, startMs, endMs));
   return [ "```mermaid", '%%{init: {"gantt": {"leftPadding": 280, "displayMode": "compact"}}}%%', "gantt", "dateFormat x", "axisFormat %H:%M:%S", `tickInterval ${tick}`, ...rows, "```" ].join("\n");
  }
  function bars({server: server, role: role, seen_at: seen_at, record: record}, startMs, endMs) {
   const seenMs = seen_at === void 0 ? endMs : Math.max(startMs, Date.parse(seen_at));
   const isKnownWithout = record === "absent" || role === "authoritative" && record === "present";
   const name = (seenMs - startMs) / (endMs - startMs) < MIN_NAMED_SHARE ? "-" : "without";
   const before = isKnownWithout && seenMs > startMs ? [ `${name} :done, ${startMs}, ${seenMs}` ] : [];
   const drawnEndMs = Math.max(endMs, seenMs) + Math.ceil((endMs - startMs) * MIN_NAMED_SHARE);
   const since = seen_at === void 0 ? [] : [ `has it :active, ${seenMs}, ${drawnEndMs}` ];
   const all = [ ...before, ...since ];
   return all.length === 0 ? [] : [ `section ${chartText(server)}`, ...all ];
  }
  function chartText(text) {
   return text.slice(0, MAX_NAME_CHARACTERS).replaceAll(/[^\w .()[\]/:?=&%,+@~-]/g, " ").replaceAll(/[:?=&%,+@~]/g, character => `#${character.charCodeAt(0)};`);
  }
  const MAX_CELL_CHARACTERS = 1e3;
  const REFERENCE = /[@#]|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i;
  function cell(text) {
   const words = (0, untrusted.g$)(text, MAX_CELL_CHARACTERS).split(/(\s+)/);
   return words.map(word => REFERENCE.test(word) ? referenceAsCode(word) : breakable(word)).join("");
  }
  const [OPENING, CLOSING] = [ new Set("\"'([{<\xab"), new Set("\"')]}>\xbb,.;:!?\u2026") ];
  function referenceAsCode(word) {
   let [start, end] = [ 0, word.length ];
   while (OPENING.has(word[start] ?? "")) start++;
   while (CLOSING.has(word[end - 1] ?? "")) end--;
   return `${(0, untrusted.qy)(word.slice(0, start))}<code>${breakable(word.slice(start, end))}</code>${(0, 
   untrusted.qy)(word.slice(end))}`;
  }
  function code(text) {
   return `<code>${breakable((0, untrusted.g$)(text, MAX_CELL_CHARACTERS))}</code>`;
  }
  const MAX_UNBROKEN_CHARACTERS = 40;
  function breakable(text) {
   const characters = [ ...text ];
   const pieces = Array.from({
    length: Math.ceil(characters.length / MAX_UNBROKEN_CHARACTERS)
   }, (_, index) => characters.slice(index * MAX_UNBROKEN_CHARACTERS, (index + 1) * MAX_UNBROKEN_CHARACTERS).join(""));
   return pieces.map(untrusted.qy).join("<wbr>");
  }
  function lines(parts) {
   return parts.filter(part => part !== "").join("<br>");
  }
  function small(markup) {
   return markup === "" ? "" : `<small>${markup}</small>`;
  }
  function markup_link(url, title) {
   return /^https?:\/\/[^\s"'<>]+$/.test(url) ? `<a href="${(0, untrusted.qy)(url)}">${title}</a>` : `${title}: ${code(url)}`;
  }
  function table(head, rows) {
   const heads = head.map(title => `<th align="left">${title}</th>`).join("");
   const body = rows.map(cells => `<tr>${cells.map(one => `<td>${one}</td>`).join("")}</tr>`);
   return [ `<table><tr>${heads}</tr>`, ...body, "</table>" ].join("\n");
  }
  function sizeOfRow(cells) {
   return cells.join().length;
  }
  function folded(title, ...parts) {
   return [ `<details><summary>${title}</summary>`, ...parts, "</details>" ].join("\n\n");
  }
  function copyable(text) {
   const inOneLine = text.split("\n").map(line => line.split("\t").map(untrusted.qy).join("&#9;"));
   return `<pre><code>${inOneLine.join("&#10;")}</code></pre>`;
  }
  var presentation_format = __nccwpck_require__(4720);
  const records_MAX_CHARACTERS = 1e5;
  function renderRecords(sorted, {modes: modes}) {
   if (modes.includes("disable") || modes.includes("delete")) return [];
   const awaiting = sorted.map(({domain: domain}) => domain).filter(({state: state}) => state === "awaiting-dns");
   const all = awaiting.flatMap(({record: record}) => record === void 0 ? [] : [ `${record.emailDomain}. IN TXT ${(0, 
   presentation_format.Lx)(record.verificationCode)}` ]);
   if (all.length === 0) return [];
   const records = (0, fitting._)(all, ({length: length}) => length, records_MAX_CHARACTERS / 2);
   const more = all.length - records.length;
   const rendered = awaiting.flatMap(({renderedRecord: renderedRecord}) => renderedRecord ?? []);
   const forTool = (0, fitting._)(rendered, ({length: length}) => length, records_MAX_CHARACTERS / 4);
   const title = all.length === 1 ? "TXT record to publish:" : `${all.length} TXT records to publish:`;
   return [ title, copyable(records.join("\n")), ...more > 0 ? [ `${more} more did not fit here. The output <code>connectors</code> has all of them.` ] : [], ...forTool.length > 0 ? [ folded("The same for your DNS tool", copyable(forTool.join("\n"))) ] : [] ];
  }
  const RECOGNISABLE_DIGITS = 4;
  function pointingBelow(text, domain) {
   const {record: record, state: state} = domain;
   if (record === void 0 || state !== "awaiting-dns") return records_shortened(text, domain);
   const [value, below] = [ `"${record.verificationCode}"`, "the TXT record below" ];
   return text.replaceAll(`${record.emailDomain} TXT ${value}`, below).replaceAll(value, below);
  }
  function records_shortened(text, {verificationCode: verificationCode}) {
   if (verificationCode === void 0) return text;
   const end = verificationCode.indexOf("=") + 1 + RECOGNISABLE_DIGITS;
   if (verificationCode.length <= end) return text;
   return text.replaceAll(verificationCode, () => `${verificationCode.slice(0, end)}\u2026`);
  }
  const MAX_EXPLAINED = 5;
  const WORTH_TELLING_MS = 5e3;
  function renderDns(sorted) {
   const telling = sorted.filter(({domain: {dns: dns}}) => dns !== void 0 && isTelling(dns));
   const isMany = sorted.length > MAX_EXPLAINED;
   const explained = isMany ? telling.filter(({failure: failure}) => failure !== void 0) : telling;
   const shown = explained.slice(0, MAX_EXPLAINED);
   return [ ...shown.map(result => renderReport(result).join("\n\n")), ...shown.length < telling.length ? [ "The output <code>connectors</code> has what each DNS server said." ] : [] ];
  }
  function isTelling(dns) {
   return !dns.visible || waitedMs(dns) >= WORTH_TELLING_MS;
  }
  function waitedMs({started_at: started_at, ended_at: ended_at}) {
   return Date.parse(ended_at) - Date.parse(started_at);
  }
  function renderReport(result) {
   const {dns: dns} = result.domain;
   if (dns === void 0) return [];
   const count = `${dns.servers.filter(({record: record}) => record === "present").length} of ${dns.servers.length}`;
   const title = `<b>${cell(dns.name)}</b>: ${count} DNS servers have the record`;
   const chart = serversDiffer(dns) ? [ renderChart(dns) ] : [];
   const tables = [ ...renderCauses(result, dns), renderServers(dns) ];
   const isDone = result.failure === void 0 && result.domain.state === "enabled";
   if (isDone || chart.length === 0) return [ folded(title, ...tables, ...chart) ];
   return [ `When the DNS servers of <b>${cell(dns.name)}</b> had the record:`, ...chart, folded(title, ...tables) ];
  }
  function serversDiffer(dns) {
   if (waitedMs(dns) < WORTH_TELLING_MS) return false;
   const known = dns.servers.filter(({record: record}) => record !== "unknown");
   const seenMs = known.map(({seen_at: seen_at}) => seen_at === void 0 ? Number.POSITIVE_INFINITY : Date.parse(seen_at));
   return Math.max(...seenMs) - Math.min(...seenMs) >= WORTH_TELLING_MS;
  }
  function renderServers(dns) {
   const isCached = dns.servers.some(server => cachedUntil(server, dns) !== "");
   const head = [ "Server", "Role", "TXT record", "Seen", ...isCached ? [ "Cached until" ] : [] ];
   const rows = dns.servers.map(server => [ code(server.server), server.role, cell(describeRecord(server)), seenAfter(server, dns), ...isCached ? [ cachedUntil(server, dns) ] : [] ]);
   return table(head, rows);
  }
  function describeRecord({record: record, txt: txt, problem: problem}) {
   if (record === "present") return "\u2705 present";
   if (record === "unknown") return `\u2754 ${problem ?? "unknown"}`;
   return txt.length === 0 ? "\u274c no TXT record" : `\u274c missing, ${txt.length} other TXT record${txt.length === 1 ? "" : "s"}`;
  }
  function seenAfter({seen_at: seen_at}, {started_at: started_at}) {
   return seen_at === void 0 ? "" : `after ${(0, duration.a3)(Date.parse(seen_at) - Date.parse(started_at))}`;
  }
  function cachedUntil({role: role, expires_at: expires_at}, {ended_at: ended_at}) {
   if (role !== "resolver" || expires_at === void 0) return "";
   return (0, duration.fU)(Date.parse(expires_at), Date.parse(ended_at));
  }
  function renderCauses({domain: domain, failure: failure}, dns) {
   const {diagnosis: diagnosis} = dns;
   const [first] = diagnosis;
   if (first === void 0) return [];
   const isInRow = failure === void 0 || failure.message.includes(first.evidence);
   if (diagnosis.length === 1 && isInRow) return [];
   const rows = diagnosis.map(finding => [ code(finding.cause), cell(records_shortened(finding.evidence, domain)), cell(records_shortened(remedyOf(finding, dns), domain)) ]);
   return [ table([ "Why it is not visible", "Seen", "What to do" ], rows) ];
  }
  function remedyOf({remedy: remedy, resolves_at: resolves_at}, {ended_at: ended_at}) {
   if (resolves_at === void 0) return remedy;
   return `${remedy} It resolves on its own at ${(0, duration.fU)(Date.parse(resolves_at), Date.parse(ended_at))}.`;
  }
  const STATE_ROWS = {
   absent: {
    icon: "\u26aa",
    nextStep: "Run mode create."
   },
   "awaiting-dns": {
    icon: "\ud83d\udfe1",
    nextStep: "Publish the TXT record below, then run wait-for-dns and enable."
   },
   verifying: {
    icon: "\ud83d\udfe1",
    nextStep: "Run mode enable. The record is visible; Cloudflare is verifying it."
   },
   verified: {
    icon: "\ud83d\udfe2",
    nextStep: "Run mode enable."
   },
   enabled: {
    icon: "\u2705",
    nextStep: "Nothing. Users of this domain sign in through the identity provider."
   }
  };
  function nextStepAfter({modes: modes, dryRun: dryRun}, state) {
   if (dryRun) return STATE_ROWS[state].nextStep;
   if (modes.includes("delete") && state === "absent") return "Nothing. If its TXT record is still there, you can remove it.";
   if (modes.includes("disable") && state !== "enabled") return "Users of this domain sign in without the identity provider. Repair what made you disable it before you run mode enable again.";
   if (modes.includes("publish-dns") && state === "awaiting-dns") return "Run wait-for-dns and enable.";
   return STATE_ROWS[state].nextStep;
  }
  function urgency({domain: domain, failure: failure}) {
   if (failure !== void 0) return 2;
   const isDeclared = domain.drift?.length === 0;
   return domain.state === "enabled" || isDeclared ? 0 : 1;
  }
  const MAX_OPEN_ROWS = 20;
  const MAX_ROWS_CHARACTERS = 1e5;
  const HEAD = [ "Email&nbsp;domain", "State", "Next step" ];
  function renderDomains(sorted, settings) {
   const isLong = sorted.length > MAX_OPEN_ROWS;
   const wanted = isLong ? sorted.filter(one => urgency(one) > 0) : sorted;
   const rows = wanted.map(one => renderRow(one, settings));
   const fit = (0, fitting._)(rows, sizeOfRow, MAX_ROWS_CHARACTERS);
   const failed = sorted.filter(({failure: failure}) => failure !== void 0).length;
   const shown = fit.slice(0, fit.length > MAX_OPEN_ROWS ? Math.min(failed, MAX_OPEN_ROWS) : MAX_OPEN_ROWS);
   const rest = fit.slice(shown.length);
   const hidden = rows.length - fit.length;
   const title = shown.length > 0 ? `${rest.length} more` : counted(rest.length);
   return [ ...shown.length > 0 ? [ table(HEAD, shown) ] : [], ...rest.length > 0 ? [ ...stepsByState(sorted, settings), folded(`${title} in detail`, table(HEAD, rest)) ] : [], ...hidden > 0 ? [ `${hidden} more did not fit here. The output <code>connectors</code> has all of them.` ] : [] ];
  }
  function stepsByState(sorted, settings) {
   const waiting = sorted.filter(one => urgency(one) === 1 && one.domain.drift === void 0).map(({domain: {state: state}}) => state);
   return [ ...new Set(waiting) ].flatMap(state => {
    if (state === void 0) return [];
    const count = waiting.filter(one => one === state).length;
    return [ `${STATE_ROWS[state].icon} <b>${count} ${STATE_WORDS[state]}</b>: ${cell(nextStepAfter(settings, state))}` ];
   });
  }
  function renderRow(result, settings) {
   const {domain: domain, failure: failure} = result;
   const name = domain.name === void 0 ? "" : `<b>${cell(domain.name)}</b>`;
   const hint = failure?.hint === void 0 ? "" : cell(pointingBelow(failure.hint, domain));
   const steps = failure === void 0 ? nextStep(result, settings) : [ cell(records_shortened(failure.message, domain)), hint ];
   return [ name, renderState(result), lines([ ...steps, small(connectorFacts(result)) ]) ];
  }
  function renderState({domain: {state: state}, failure: failure}) {
   const words = (state === void 0 ? "unknown" : STATE_WORDS[state]).replaceAll(" ", "&nbsp;");
   if (failure !== void 0) return lines([ "\u274c&nbsp;failed", state === void 0 ? "" : small(words) ]);
   return `${state === void 0 ? "\u26aa" : STATE_ROWS[state].icon}&nbsp;${words}`;
  }
  function nextStep({domain: domain}, settings) {
   const {drift: drift, dns: dns, state: state} = domain;
   if (drift !== void 0) return [ drift.length > 0 ? "See the drift above." : "Nothing. It is as declared." ];
   if (state === void 0) return [];
   const [finding] = dns?.diagnosis ?? [];
   if (dns === void 0 || finding === void 0 || state !== "awaiting-dns") return [ cell(nextStepAfter(settings, state)) ];
   return [ cell(pointingBelow(remedyOf(finding, dns), domain)), small(`${code(finding.cause)}: ${cell(records_shortened(finding.evidence, domain))}.`) ];
  }
  function connectorFacts({domain: {confirmed: confirmed, connector: connector, ssoApp: ssoApp}}) {
   const id = connector === void 0 ? [] : [ `Connector ${code(connector.id)}.` ];
   const app = ssoApp === void 0 ? [] : [ `Access application ${cell(ssoApp.name)} (${code(ssoApp.id)}).` ];
   const sign = confirmed ? [ "Confirmed by a sign-in." ] : [];
   return [ ...id, ...sign, ...app ].join(" ");
  }
  var domain_drift = __nccwpck_require__(1950);
  const drift_MAX_ROWS_CHARACTERS = 8e4;
  function renderDrift({drift: drift, differences: differences, checked: checked, failed: failed, not_checked: notChecked}, issueUrl) {
   const count = counted(checked.length);
   const unknown = failed.length === 0 ? "" : ` ${failed.length} could not be compared: ${cell(failed.join(", "))}.`;
   const open = notChecked.map(one => small(`Not checked: ${cell((0, domain_drift.GD)(one))}.`));
   const issue = issueUrl === void 0 ? "" : ` ${markup_link(issueUrl, "See the drift issue")}.`;
   if (!drift) return [ lines([ `${failed.length === 0 ? "\u2705" : "\u2754"} No drift in ${count}.${unknown}${issue}`, ...open ]) ];
   const all = differences.map(({email_domain: email_domain, kind: kind, expected: expected, actual: actual, remedy: remedy}) => [ `<b>${cell(email_domain)}</b>`, lines([ `<code>${kind}</code>`, small(`Declared: ${cell(expected)}.`), small(`Found: ${cell(actual)}.`) ]), cell(remedy) ]);
   const rows = (0, fitting._)(all, sizeOfRow, drift_MAX_ROWS_CHARACTERS);
   const more = differences.length - rows.length;
   return [ `\u26a0\ufe0f Drift: ${differences.length} difference${differences.length === 1 ? "" : "s"} from what is declared; ${count} checked.${unknown}${issue}`, table([ "Email&nbsp;domain", "Drift", "Next step" ], rows), ...open.length > 0 ? [ lines(open) ] : [], ...more > 0 ? [ `${more} more did not fit here. The output <code>drift-report</code> has all of them.` ] : [] ];
  }
  const preflight_MAX_ROWS_CHARACTERS = 6e4;
  const preflight_MAX_NAMED = 3;
  const ICONS = {
   passed: "\u2705",
   unknown: "\u2754",
   warned: "\u26a0\ufe0f",
   refused: "\u274c"
  };
  function renderPreflight(results) {
   const judged = results.flatMap(({domain: {preflight: preflight}}) => preflight ?? []);
   if (judged.length === 0) return [];
   const rows = new Map;
   for (const {email_domain: email_domain, guards: guards} of judged) for (const judgement of guards) {
    const {guard: guard, verdict: verdict, evidence: evidence} = judgement;
    const key = `${guard} ${verdict} ${evidence}`;
    const row = rows.get(key) ?? {
     ...judgement,
     emailDomains: []
    };
    row.emailDomains.push(email_domain);
    rows.set(key, row);
   }
   const all = [ ...rows.values() ];
   const render = row => preflight_renderRow(row, judged.length);
   const worst = (0, fitting._)(all.toSorted(worstFirst), row => sizeOfRow(render(row)), preflight_MAX_ROWS_CHARACTERS);
   const more = all.length - worst.length;
   return [ `<b>Preflight: can people sign in?</b> ${counts(all)}`, table([ "Guard", "What was seen", "Next step" ], worst.toSorted(byGuard).map(render)), ...more > 0 ? [ `${more} more did not fit here. The output <code>preflight-report</code> has them.` ] : [] ];
  }
  function worstFirst(one, other) {
   return VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict);
  }
  function byGuard(one, other) {
   return GUARD_IDS.indexOf(one.guard) - GUARD_IDS.indexOf(other.guard);
  }
  function preflight_renderRow({guard: guard, verdict: verdict, evidence: evidence, remedy: remedy = "", emailDomains: emailDomains}, judged) {
   const whom = judged === 1 || emailDomains.length === judged ? "" : (0, naming.b)(emailDomains, preflight_MAX_NAMED);
   return [ lines([ `${ICONS[verdict]}&nbsp;${code(guard)}`, small(verdict) ]), lines([ cell(evidence), small(cell(whom)) ]), cell(remedy) ];
  }
  function counts(rows) {
   return VERDICTS.flatMap(verdict => {
    const count = rows.filter(row => row.verdict === verdict).length;
    return count === 0 ? [] : [ `${ICONS[verdict]} ${count} ${verdict}` ];
   }).join(", ");
  }
  const summary_MAX_CHARACTERS = 34e4;
  function renderSummary({domains: domains, drift: drift, driftIssueUrl: driftIssueUrl}, settings) {
   const sorted = [ ...domains ].sort((one, other) => urgency(other) - urgency(one));
   const parts = [ "### Cloudflare dashboard SSO" + (settings.dryRun ? " (dry run: nothing was changed)" : ""), ...domains.length > 1 ? [ `<b>${tally(domains)}</b>` ] : [], ...drift === void 0 ? [] : renderDrift(drift, driftIssueUrl), ...renderDomains(sorted, settings), ...renderPreflight(sorted), ...renderRecords(sorted, settings) ];
   return `${[ ...parts, ...fittingAfter(parts, renderDns(sorted)) ].join("\n\n")}\n`;
  }
  function fittingAfter(before, parts) {
   const room = summary_MAX_CHARACTERS - before.join("\n\n").length;
   const shown = (0, fitting._)(parts, ({length: length}) => length, room);
   return shown.length < parts.length ? [ ...shown, "The rest did not fit here. The outputs have it." ] : shown;
  }
  async function writeSummary(result, settings) {
   if (!process.env["GITHUB_STEP_SUMMARY"]) return;
   try {
    await summary.addRaw(renderSummary(result, settings)).write();
   } catch (thrown) {
    const reason = (0, untrusted.g$)((0, domain_errors.ie)(thrown).message).replaceAll(/^Error: |\.$/g, "");
    throw new domain_errors.lZ(`The job summary could not be written (${reason}).`, {
     hint: "The log and the outputs of the step have what would be in it.",
     cause: thrown
    });
   }
  }
  var dist = __nccwpck_require__(7934);
  const MAX_AGE_MS = 6e4;
  class Recent {
   #read;
   #clock;
   #last;
   constructor(read, clock) {
    this.#read = read;
    this.#clock = clock;
   }
   forget() {
    this.#last = void 0;
   }
   get(notBeforeMs = this.#clock.now() - MAX_AGE_MS) {
    (this.#last === void 0 || this.#last.startedAtMs < notBeforeMs) && (this.#last = {
     startedAtMs: this.#clock.now(),
     value: this.#read()
    });
    return this.#last.value;
   }
  }
  const access_text = dist.cl6(dist.YjP());
  const wireProviderSchema = dist.Ikc({
   id: access_text,
   name: dist.YjP(),
   type: dist.YjP()
  });
  const rules = dist.cl6(dist.YOg(dist.g1P(dist.YjP(), dist.L5J())), []);
  const wirePolicySchema = dist.Ikc({
   decision: dist.YjP(),
   include: rules,
   exclude: rules,
   require: rules
  });
  const unknownShape = dist.FsL(dist.L5J(), dist.pdi(() => {}));
  const wireAppSchema = dist.Ikc({
   id: access_text,
   uid: access_text,
   name: access_text,
   type: access_text,
   allowed_idps: dist.cl6(dist.KCZ([ dist.YOg(dist.YjP()), unknownShape ]), []),
   policies: dist.NpB(dist.cl6(dist.YOg(wirePolicySchema)), void 0)
  });
  class Access {
   #client;
   #path;
   #identityProviders;
   #ssoApp;
   constructor(client, accountId, clock) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
    this.#identityProviders = new Recent(() => this.#listIdentityProviders(), clock);
    this.#ssoApp = new Recent(() => this.#findSsoApp(), clock);
   }
   identityProviders() {
    return this.#identityProviders.get();
   }
   ssoApp(notBeforeMs) {
    return this.#ssoApp.get(notBeforeMs);
   }
   async #listIdentityProviders() {
    const providers = await this.#client.list({
     what: "list the identity providers",
     request: {
      method: "GET",
      path: `${this.#path}/identity_providers`
     },
     result: dist.YOg(wireProviderSchema),
     permission: "Access: Organizations, Identity Providers, and Groups: Read"
    });
    return providers.map(({id: id, name: name, type: type}) => ({
     id: id ?? void 0,
     name: name,
     type: type
    }));
   }
   async #findSsoApp() {
    const apps = await this.#client.list({
     what: "list the Access applications",
     request: {
      method: "GET",
      path: `${this.#path}/apps`
     },
     result: dist.YOg(wireAppSchema),
     permission: "Access: Apps and Policies: Read"
    });
    const app = apps.find(({type: type}) => type === "dash_sso");
    if (app?.id == null) return;
    const {id: id, uid: uid, name: name, allowed_idps: allowedIdps, policies: policies} = app;
    return {
     id: id,
     uid: uid ?? id,
     name: (0, untrusted.tg)(name ?? "SSO App"),
     allowedIdps: allowedIdps,
     policies: policies?.map(policy => ({
      decision: policy.decision,
      include: policy.include ?? [],
      exclude: policy.exclude ?? [],
      require: policy.require ?? []
     }))
    };
   }
  }
  const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
  function domainOfAddress(address) {
   const at = address.lastIndexOf("@");
   const domain = address.slice(at + 1);
   return at >= 0 && DOMAIN.test(domain) ? (0, external_node_url_.domainToASCII)(domain) : "";
  }
  function isPlusAddress(address) {
   return address.slice(0, Math.max(0, address.lastIndexOf("@"))).includes("+");
  }
  const access_log_text = dist.cl6(dist.YjP());
  const wireSignInSchema = dist.Ikc({
   action: access_log_text,
   allowed: dist.cl6(dist.zMY()),
   app_uid: access_log_text,
   connection: access_log_text,
   created_at: access_log_text,
   user_email: access_log_text
  });
  const MAX_ENTRIES = 1e3;
  const MAX_PAST_ENTRIES = 100;
  const LOOK_BACK_DAYS = 30;
  const DAY_MS = 864e5;
  class AccessLog {
   #client;
   #path;
   #clock;
   #past=new Map;
   #everybody;
   constructor(client, accountId, clock) {
    this.#client = client;
    this.#clock = clock;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access/logs/access_requests`;
    this.#everybody = new Recent(() => this.#read(this.#startOfPast(), MAX_ENTRIES), clock);
   }
   async signIns({emailDomain: emailDomain, sinceMs: sinceMs}) {
    return signInsOf(await this.#read(sinceMs, MAX_ENTRIES), {
     emailDomain: emailDomain,
     sinceMs: sinceMs
    });
   }
   pastSignIns(emailDomain) {
    const known = this.#past.get(emailDomain);
    const past = known ?? new Recent(() => this.#readPast(emailDomain), this.#clock);
    this.#past.set(emailDomain, past);
    return past.get();
   }
   async #readPast(emailDomain) {
    const query = {
     emailDomain: emailDomain,
     sinceMs: this.#startOfPast()
    };
    const entries = await this.#read(query.sinceMs, MAX_PAST_ENTRIES, {
     email: `@${emailDomain}`
    });
    const filtered = signInsOf(entries, query);
    return filtered.length > 0 ? filtered : signInsOf(await this.#everybody.get(), query);
   }
   #startOfPast() {
    return this.#clock.now() - LOOK_BACK_DAYS * DAY_MS;
   }
   async #read(sinceMs, maxEntries, filter = {}) {
    const since = new Date(sinceMs).toISOString();
    const query = new URLSearchParams({
     since: since,
     direction: "desc",
     limit: String(maxEntries),
     ...filter
    });
    return this.#client.list({
     what: "read the sign-in log",
     request: {
      method: "GET",
      path: `${this.#path}?${query}`
     },
     result: dist.YOg(wireSignInSchema),
     permission: "Access: Audit Logs: Read"
    }, {
     maxResults: maxEntries
    });
   }
  }
  function signInsOf(entries, {emailDomain: emailDomain, sinceMs: sinceMs}) {
   return entries.filter(entry => (entry.action ?? "login") === "login").filter(({user_email: user_email}) => domainOfAddress(user_email ?? "") === emailDomain).flatMap(toSignIn).filter(({atMs: atMs}) => atMs >= sinceMs).toSorted((one, other) => other.atMs - one.atMs);
  }
  function toSignIn({allowed: allowed, created_at: created_at, connection: connection, app_uid: app_uid}) {
   const atMs = Date.parse(created_at ?? "");
   if (Number.isNaN(atMs)) return [];
   return [ {
    allowed: allowed === true,
    atMs: atMs,
    connection: connection ?? "",
    appUid: app_uid ?? void 0
   } ];
  }
  class CloudflareApiError extends domain_errors.GI {
   status;
   errors;
   permission;
   rayId;
   constructor(message, details) {
    super(message, details);
    this.status = details.status;
    this.errors = details.errors;
    this.permission = details.permission;
    this.rayId = details.rayId;
   }
  }
  const ACCOUNT_TOKEN_PREFIX = "cfat_";
  const time = dist.cl6(dist.FsL(dist.YjP(), dist.pdi(Date.parse), dist.aig()));
  const wireTokenSchema = dist.Ikc({
   status: dist.YjP(),
   expires_on: time,
   not_before: time
  });
  class ApiToken {
   #client;
   #accountPath;
   #isOfAccount;
   #facts;
   constructor(client, {accountId: accountId, apiToken: apiToken}, clock) {
    this.#client = client;
    this.#accountPath = `/accounts/${encodeURIComponent(accountId)}/tokens/verify`;
    this.#isOfAccount = apiToken.startsWith(ACCOUNT_TOKEN_PREFIX);
    this.#facts = new Recent(() => this.#read(), clock);
   }
   facts() {
    return this.#facts.get();
   }
   async #read() {
    if (this.#isOfAccount) return this.#verify(this.#accountPath, true);
    const [user, account] = await Promise.allSettled([ this.#verify("/user/tokens/verify", false), this.#verify(this.#accountPath, true) ]);
    if (user.status === "fulfilled") return user.value;
    if (account.status === "fulfilled") return account.value;
    throw isRefusal(user.reason) ? account.reason : user.reason;
   }
   async #verify(path, isOfAccount) {
    const {result: result} = await this.#client.call({
     what: "verify the API token",
     request: {
      method: "GET",
      path: path
     },
     result: wireTokenSchema,
     permission: void 0
    });
    const {status: status, expires_on: expires_on, not_before: not_before} = result;
    return {
     status: status,
     expiresAtMs: expires_on ?? void 0,
     notBeforeMs: not_before ?? void 0,
     isOfAccount: isOfAccount
    };
   }
  }
  function isRefusal(error) {
   return error instanceof CloudflareApiError && error.status === 401;
  }
  class Node {
   value;
   next;
   constructor(value) {
    this.value = value;
   }
  }
  class Queue {
   #head;
   #tail;
   #size;
   constructor() {
    this.clear();
   }
   enqueue(value) {
    const node = new Node(value);
    if (this.#head) {
     this.#tail.next = node;
     this.#tail = node;
    } else {
     this.#head = node;
     this.#tail = node;
    }
    this.#size++;
   }
   dequeue() {
    const current = this.#head;
    if (!current) return;
    this.#head = this.#head.next;
    this.#size--;
    this.#head || (this.#tail = void 0);
    return current.value;
   }
   peek() {
    if (!this.#head) return;
    return this.#head.value;
   }
   clear() {
    this.#head = void 0;
    this.#tail = void 0;
    this.#size = 0;
   }
   get size() {
    return this.#size;
   }
   * [Symbol.iterator]() {
    let current = this.#head;
    while (current) {
     yield current.value;
     current = current.next;
    }
   }
   * drain() {
    while (this.#head) yield this.dequeue();
   }
  }
  function pLimit(concurrency) {
   let rejectOnClear = false;
   typeof concurrency === "object" && ({concurrency: concurrency, rejectOnClear: rejectOnClear = false} = concurrency);
   validateConcurrency(concurrency);
   if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
   const queue = new Queue;
   let activeCount = 0;
   const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
     activeCount++;
     queue.dequeue().run();
    }
   };
   const next = () => {
    activeCount--;
    resumeNext();
   };
   const run = async (function_, resolve, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve(result);
    try {
     await result;
    } catch {}
    next();
   };
   const enqueue = (function_, resolve, reject, arguments_) => {
    const queueItem = {
     reject: reject
    };
    new Promise(internalResolve => {
     queueItem.run = internalResolve;
     queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve, arguments_));
    activeCount < concurrency && resumeNext();
   };
   const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
    enqueue(function_, resolve, reject, arguments_);
   });
   Object.defineProperties(generator, {
    activeCount: {
     get: () => activeCount
    },
    pendingCount: {
     get: () => queue.size
    },
    clearQueue: {
     value() {
      if (!rejectOnClear) {
       queue.clear();
       return;
      }
      const abortError = AbortSignal.abort().reason;
      while (queue.size > 0) queue.dequeue().reject(abortError);
     }
    },
    concurrency: {
     get: () => concurrency,
     set(newConcurrency) {
      validateConcurrency(newConcurrency);
      concurrency = newConcurrency;
      queueMicrotask(() => {
       while (activeCount < concurrency && queue.size > 0) resumeNext();
      });
     }
    },
    map: {
     async value(iterable, function_) {
      const promises = [];
      try {
       Array.from(iterable, (value, index) => {
        const promise = generator(function_, value, index);
        promises.push(promise);
        return promise;
       });
      } catch (error) {
       for (const promise of promises) promise.catch(() => {});
       throw error;
      }
      return Promise.all(promises);
     }
    }
   });
   return generator;
  }
  function validateConcurrency(concurrency) {
   if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
  var change = __nccwpck_require__(961);
  var post_once = __nccwpck_require__(3449);
  var retries = __nccwpck_require__(9576);
  var retry_after = __nccwpck_require__(2988);
  const INVALID_HEADERS = 6003;
  const NO_ZERO_TRUST = 9999;
  const WRONG_LOCATION = {
   code: 9109,
   message: /from location/i
  };
  const STATUS_HINT = "Check https://www.cloudflarestatus.com for incidents, then run the job again: every mode is safe to repeat.";
  const REDIRECT_HINT = "Redirects are not followed, because the token would be sent along. If you set api-url, change it to the address of the redirect. Otherwise a proxy is answering instead of Cloudflare.";
  const NOT_JSON_HINT = "Something else answered instead of Cloudflare, such as a proxy with a sign-in page. Check api-url, https_proxy and no_proxy, then run the job again.";
  const SHAPE_HINT = "Run the job again. If the error stays, Cloudflare's API has changed: look for a newer version of this action.";
  const SSO_CONNECTOR = {
   read: "SSO Connector: Read",
   edit: "SSO Connector: Edit"
  };
  function hintFor(refused) {
   const {status: status, errors: errors, permission: permission, path: path, retryAfterMs: retryAfterMs, nowMs: nowMs} = refused;
   if (errors.some(({code: code}) => code === INVALID_HEADERS)) return "The API token is malformed. Store it again: only the token, without quotes and without the word Bearer.";
   if (errors.some(({code: code}) => code === NO_ZERO_TRUST)) return "Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.";
   if (status === 403 && errors.some(isWrongLocation)) return "The API token has an IP filter that does not allow this runner. Remove the filter from the token, use a runner with an allowed address, or use another token.";
   switch (status) {
   case 401:
    return 'The API token is wrong, expired or restricted to other IP addresses. Check it under "API Tokens" in the dashboard. If you cannot sign in there, use another token, or ask a member of the account outside the email domain.';

   case 403:
    return permission === void 0 ? 'The API token may not include this account. Check it under "API Tokens" in the dashboard, and check account-id.' : `The API token may lack ${permissions(permission)}, or may not include this account. Check both under "API Tokens" in the dashboard, and check account-id.`;

   case 404:
    if (path.includes("/access/")) return "Check that the account has a Zero Trust organization, and check account-id.";
    return path.endsWith("/sso_connectors") ? "Check account-id. You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>." : path.includes("/sso_connectors/") ? "It may have been deleted. Check connector-id and account-id, or leave connector-id out to find the connector by email domain." : "Check account-id and api-url.";

   case 407:
    return "A proxy answered instead of Cloudflare, and wants a user name and a password. Check https_proxy and no_proxy.";

   case 429:
    return retryAfterMs === void 0 ? "Cloudflare allows 1,200 requests in five minutes for a user, over all tokens. Run the job again in five minutes." : `Cloudflare's rate limit is used up until ${(0, 
    duration.fU)(nowMs + retryAfterMs, nowMs)}. Run the job again after that.`;

   default:
    return status >= 500 ? STATUS_HINT : void 0;
   }
  }
  function isPermissionMissing(status, errors) {
   const means = code => errors.some(error => error.code === code);
   return status === 403 && !means(NO_ZERO_TRUST) && !means(INVALID_HEADERS) && !errors.some(isWrongLocation);
  }
  function isWrongLocation({code: code, message: message}) {
   return code === WRONG_LOCATION.code && WRONG_LOCATION.message.test(message);
  }
  function permissions(needed) {
   return needed === SSO_CONNECTOR.edit ? `the permissions "${SSO_CONNECTOR.edit}" and "${SSO_CONNECTOR.read}"` : `the permission "${needed}"`;
  }
  const failureSchema = dist.Ikc({
   success: dist.euz(false),
   errors: dist.YOg(dist.Ikc({
    code: dist.aig(),
    message: dist.YjP()
   }))
  });
  const count = dist.lqM(dist.FsL(dist.aig(), dist.ndf()));
  const resultInfoSchema = dist.NpB(dist.cl6(dist.Ikc({
   page: count,
   per_page: count,
   count: count,
   total_count: count
  })), void 0);
  function openEnvelope(call, response, nowMs) {
   const refuse = (seen, details = {}) => refusal(call, response, seen, {
    nowMs: nowMs,
    ...details
   });
   const unusable = (seen, details = {}) => refuse(`Could not ${call.what}: ${seen}`, details);
   if (response.status >= 300 && response.status < 400) throw unusable(`the request was redirected to ${redirectTarget(response)}`, {
    retryability: "permanent",
    hint: REDIRECT_HINT
   });
   const json = parseJson(response.body);
   const failure = dist.xLC(failureSchema, json);
   if (failure.success) {
    const {errors: errors} = failure.output;
    const verb = response.status >= 500 ? "failed" : "refused";
    throw refuse(`Cloudflare ${verb} to ${call.what}${reasonsOf(errors)}`, {
     errors: errors,
     detail: codesOf(errors)
    });
   }
   if (response.status !== 200) throw unusable("the answer gives no reason");
   if (json === void 0) throw unusable("the answer is not JSON", {
    detail: describeBody(response),
    hint: NOT_JSON_HINT
   });
   const schema = dist.Ikc({
    success: dist.euz(true),
    result: call.result,
    result_info: resultInfoSchema
   });
   const envelope = dist.xLC(schema, json);
   if (!envelope.success) {
    const detail = describeIssue(envelope.issues[0]);
    throw unusable("the answer has an unexpected shape", {
     detail: detail,
     hint: SHAPE_HINT
    });
   }
   return {
    result: envelope.output.result,
    resultInfo: envelope.output.result_info ?? void 0
   };
  }
  function refusal({request: request, permission: permission}, response, seen, {nowMs: nowMs, errors: errors = [], retryability: retryability, hint: hint, detail: detail}) {
   const {status: status} = response;
   const rayId = headerOf(response, "cf-ray");
   const retryAfterMs = (0, retry_after.m)(headerOf(response, "retry-after"), nowMs);
   const ray = rayId === void 0 ? "" : `, ray ID ${(0, untrusted.g$)(rayId, MAX_QUOTED)}`;
   const about = `${request.method} ${request.path}, HTTP ${status}${ray}`;
   return new CloudflareApiError(`${seen} (${detail === void 0 ? "" : `${detail}; `}${about}).`, {
    status: status,
    errors: errors,
    permission: isPermissionMissing(status, errors) ? permission : void 0,
    rayId: rayId,
    retryAfterMs: retryAfterMs,
    retryability: retryability ?? retryabilityOf(status, errors),
    hint: hint ?? hintFor({
     status: status,
     errors: errors,
     permission: permission,
     path: request.path,
     retryAfterMs: retryAfterMs,
     nowMs: nowMs
    })
   });
  }
  function retryabilityOf(status, errors) {
   if (status === 429) return "not-carried-out";
   if (status >= 500 || status === 408) return "ambiguous";
   return status < 300 && errors.length === 0 ? "ambiguous" : "permanent";
  }
  function reasonsOf(errors) {
   const reasons = errors.map(({message: message}) => (0, untrusted.tg)((0, untrusted.g$)(message, MAX_MESSAGE_LENGTH)).replace(/\.$/, ""));
   return reasons.length === 0 ? " and gave no reason" : `: ${reasons.join("; ")}`;
  }
  function codesOf(errors) {
   const codes = errors.map(({code: code}) => code).join(", ");
   return codes === "" ? void 0 : `code${errors.length === 1 ? "" : "s"} ${codes}`;
  }
  function describeIssue(issue) {
   return `${dist.BuJ(issue) ?? "the whole answer"}: expected ${issue.expected ?? "something else"}, got ${(0, 
   untrusted.tg)((0, untrusted.g$)(issue.received, MAX_QUOTED))}`;
  }
  function describeBody(response) {
   const type = (0, untrusted.g$)(headerOf(response, "content-type") ?? "no content type", MAX_QUOTED);
   return `${type}, ${Buffer.byteLength(response.body)} bytes`;
  }
  function parseJson(text) {
   try {
    return JSON.parse(text);
   } catch {
    return;
   }
  }
  function redirectTarget(response) {
   const location = headerOf(response, "location");
   return location && URL.parse(location)?.origin || "another address";
  }
  function headerOf({headers: headers}, name) {
   const value = headers[name];
   return Array.isArray(value) ? value[0] : value;
  }
  const MAX_QUOTED = 80;
  const MAX_MESSAGE_LENGTH = 500;
  const MAX_REQUESTS = 1100;
  const WINDOW_MS = 3e5;
  const QUIET_MS = 6e4;
  class RateLimit {
   #services;
   #sentAtMs=[];
   #heldUntilMs=0;
   #quietUntilMs=0;
   constructor(services) {
    this.#services = services;
   }
   async turn() {
    const {clock: clock, signal: signal} = this.#services;
    for (;;) {
     const now = clock.now();
     while ((this.#sentAtMs[0] ?? now) <= now - WINDOW_MS) this.#sentAtMs.shift();
     const [oldest = now] = this.#sentAtMs;
     const isFull = this.#sentAtMs.length >= MAX_REQUESTS;
     isFull && this.holdUntil(oldest + WINDOW_MS);
     if (now >= this.#heldUntilMs) {
      this.#sentAtMs.push(now);
      return;
     }
     await clock.sleep(this.#heldUntilMs - now, signal);
    }
   }
   holdUntil(untilMs) {
    if (untilMs <= this.#heldUntilMs) return;
    this.#heldUntilMs = untilMs;
    const {clock: clock, log: log} = this.#services;
    const now = clock.now();
    if (now < this.#quietUntilMs) return;
    this.#quietUntilMs = untilMs + QUIET_MS;
    log.info(`Waiting for Cloudflare's rate limit (1,200 requests in five minutes). The next request is sent at ${(0, 
    duration.fU)(untilMs, now)}.`);
   }
  }
  const MAX_CONCURRENT = 8;
  const MAX_PAGES = 500;
  class CloudflareClient {
   #session;
   #services;
   #concurrency=pLimit(MAX_CONCURRENT);
   #rate;
   constructor(session, services) {
    this.#session = session;
    this.#services = services;
    this.#rate = new RateLimit(services);
   }
   async send(call) {
    const {clock: clock, signal: signal} = this.#services;
    const response = await this.#concurrency(async () => {
     await this.#rate.turn();
     return this.#session.exchange(call.request, signal, call.what);
    });
    try {
     return openEnvelope(call, response, clock.now());
    } catch (error) {
     if (error instanceof CloudflareApiError && error.status === 429) {
      const {retryAfterMs: retryAfterMs = 0} = error;
      retryAfterMs <= retries.y && this.#rate.holdUntil(clock.now() + retryAfterMs);
     }
     throw error;
    }
   }
   call(call) {
    return (0, retries.L)(() => this.send(call), this.#services);
   }
   change(call) {
    return (0, change.n5)(() => this.send(call), this.#services);
   }
   once(change) {
    return (0, post_once.y)(change, this.#services);
   }
   async list(call, {request: request = page => this.call(page), maxResults: maxResults = Number.POSITIVE_INFINITY} = {}) {
    const results = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
     const {result: result, resultInfo: resultInfo} = await request(page === 1 ? call : atPage(call, page));
     const isThisPage = (resultInfo?.page ?? page) === page;
     isThisPage && results.push(...result);
     if (!isThisPage || result.length === 0 || results.length >= Math.min(resultInfo?.total_count ?? 0, maxResults)) break;
    }
    return results;
   }
  }
  function atPage(call, page) {
   const separator = call.request.path.includes("?") ? "&" : "?";
   return {
    ...call,
    request: {
     ...call.request,
     path: `${call.request.path}${separator}page=${page}`
    }
   };
  }
  const IDENTICAL_RECORD = 81058;
  const AUTOMATIC_TTL = 1;
  const COMMENT = "Cloudflare dashboard SSO, made by a GitHub Action";
  class DnsRecords {
   #client;
   constructor(client) {
    this.#client = client;
   }
   txtAt(zoneId, name) {
    return this.#client.list(txtRecords(zoneId, name)).then(textsAt(name));
   }
   async addTxt(zoneId, name, text) {
    const body = {
     type: "TXT",
     name: name,
     content: quoted(text),
     ttl: AUTOMATIC_TTL,
     comment: COMMENT
    };
    const path = `/zones/${encodeURIComponent(zoneId)}/dns_records`;
    const request = {
     method: "POST",
     path: path,
     body: body
    };
    const {isOurs: isOurs} = await this.#client.once({
     send: async () => {
      await this.#client.send({
       what: "add the TXT record",
       request: request,
       result: dist.lqM(dist.L5J()),
       permission: "DNS: Edit"
      });
      return "there";
     },
     look: async () => (await this.#txtOnce(zoneId, name)).includes(text) ? "there" : void 0,
     alreadyThere: async refusal => isIdentical(refusal) ? "there" : void 0
    });
    return isOurs;
   }
   #txtOnce(zoneId, name) {
    return this.#client.list(txtRecords(zoneId, name), {
     request: page => this.#client.send(page)
    }).then(textsAt(name));
   }
  }
  const recordSchema = dist.Ikc({
   type: dist.cl6(dist.YjP()),
   name: dist.cl6(dist.YjP()),
   content: dist.cl6(dist.YjP())
  });
  function txtRecords(zoneId, name) {
   const query = new URLSearchParams({
    type: "TXT",
    "name.exact": name
   });
   return {
    what: "list the TXT records",
    request: {
     method: "GET",
     path: `/zones/${encodeURIComponent(zoneId)}/dns_records?${query}`
    },
    result: dist.YOg(recordSchema),
    permission: "DNS: Read"
   };
  }
  function textsAt(name) {
   return records => records.flatMap(record => record.type === "TXT" && record.name?.toLowerCase() === name ? [ textOfContent(record.content ?? "") ] : []);
  }
  function textOfContent(content) {
   const trimmed = content.trim();
   if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed)) return trimmed;
   const strings = trimmed.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? [];
   return strings.map(string => string.trimStart().slice(1, -1).replaceAll(/\\(\d{3}|.)/gs, unescaped)).join("");
  }
  function unescaped(_, escaped) {
   return escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped;
  }
  function quoted(text) {
   return `"${text.replaceAll(/[\\"]/g, "\\$&")}"`;
  }
  function isIdentical(error) {
   return error instanceof CloudflareApiError && error.errors.some(({code: code}) => code === IDENTICAL_RECORD);
  }
  const SUPER_ADMINISTRATOR = "Super Administrator - All Privileges";
  const named = dist.Ikc({
   name: dist.cl6(dist.YjP())
  });
  const wireMemberSchema = dist.Ikc({
   email: dist.cl6(dist.YjP()),
   user: dist.cl6(dist.Ikc({
    email: dist.cl6(dist.YjP())
   })),
   roles: dist.cl6(dist.YOg(named)),
   policies: dist.cl6(dist.YOg(dist.Ikc({
    access: dist.cl6(dist.YjP()),
    permission_groups: dist.cl6(dist.YOg(named))
   })))
  });
  const PAGE_SIZE = 50;
  class Members {
   #accepted;
   constructor(client, accountId, clock) {
    const path = `/accounts/${encodeURIComponent(accountId)}/members?status=accepted&per_page=${PAGE_SIZE}`;
    this.#accepted = new Recent(async () => {
     const all = await client.list({
      what: "list the members of the account",
      request: {
       method: "GET",
       path: path
      },
      result: dist.YOg(wireMemberSchema),
      permission: "Account Settings: Read"
     });
     return all.map(toMember);
    }, clock);
   }
   accepted() {
    return this.#accepted.get();
   }
  }
  function toMember({email: email, user: user, roles: roles, policies: policies}) {
   const address = user?.email ?? email ?? "";
   const groups = (policies ?? []).filter(({access: access}) => access !== "deny").flatMap(({permission_groups: permission_groups}) => permission_groups ?? []);
   return {
    emailDomain: domainOfAddress(address),
    isPlusAddress: isPlusAddress(address),
    isSuperAdministrator: [ ...roles ?? [], ...groups ].some(({name: name}) => name === SUPER_ADMINISTRATOR)
   };
  }
  const VERIFICATION_STATUSES = [ "awaiting", "pending", "failed", "verified" ];
  const connector_schema_DOMAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,252}$/u;
  const wireConnectorSchema = dist.Ikc({
   id: dist.FsL(dist.YjP(), dist.yGV(/^[\w-]{1,64}$/)),
   email_domain: dist.NpB(dist.cl6(dist.FsL(dist.YjP(), dist.yGV(connector_schema_DOMAIN))), void 0),
   enabled: dist.NpB(dist.cl6(dist.zMY()), void 0),
   use_fedramp_language: dist.NpB(dist.cl6(dist.zMY()), void 0),
   verification: dist.NpB(dist.cl6(dist.Ikc({
    code: dist.NpB(dist.cl6(dist.FsL(dist.YjP(), dist.yGV(/^[\x21\x23-\x7e]{1,255}$/))), void 0),
    status: dist.NpB(dist.cl6(dist.KIO(VERIFICATION_STATUSES)), void 0)
   })), void 0)
  });
  const connectorSchema = dist.FsL(wireConnectorSchema, dist.pdi(wire => ({
   id: wire.id,
   emailDomain: normalised(wire.email_domain ?? ""),
   enabled: wire.enabled ?? void 0,
   useFedrampLanguage: wire.use_fedramp_language ?? false,
   verificationCode: wire.verification?.code ?? void 0,
   verificationStatus: wire.verification?.status ?? void 0
  })));
  const connectorsSchema = dist.YOg(dist.NpB(dist.mee(connectorSchema), null));
  const changedConnectorsSchema = dist.KCZ([ connectorsSchema, dist.FsL(connectorSchema, dist.pdi(one => [ one ])) ]);
  function normalised(emailDomain) {
   const name = emailDomain.replace(/\.$/, "");
   return (0, external_node_url_.domainToASCII)(name) || name.toLowerCase();
  }
  const NOT_OF_RESOURCE = new Set([ 6003, 6111, 7e3, 7001, 7003, 9103, 9106, 9109, 9999, 1e4, 10001 ]);
  function isNotFound(error) {
   if (!(error instanceof CloudflareApiError) || error.status !== 404) return false;
   return error.errors.length > 0 && !error.errors.some(({code: code}) => NOT_OF_RESOURCE.has(code));
  }
  class OwnWrites {
   #services;
   #written=new Map;
   constructor(services) {
    this.#services = services;
   }
   expect(connectorId, isShownBy) {
    this.#written.set(connectorId, {
     untilMs: this.#caughtUpMs(),
     isShownBy: isShownBy
    });
   }
   async sending(connectorId, send, isShownBy) {
    try {
     const answer = await send();
     this.expect(connectorId, isShownBy);
     return answer;
    } catch (error) {
     const isWithoutEffect = error instanceof domain_errors.GI && error.retryability !== "ambiguous";
     isWithoutEffect || this.expect(connectorId, isShownBy);
     throw error;
    }
   }
   read(connectorId, look) {
    const written = this.#written.get(connectorId);
    const isExpected = ({seen: seen}) => written?.isShownBy(seen) ?? true;
    return (0, change.LC)(look, isExpected, written?.untilMs ?? 0, this.#services);
   }
   readList(list, emailDomain) {
    const untilMs = Math.max(0, ...this.#written.values().map(one => one.untilMs));
    const isExpected = all => this.#written.entries().every(([connectorId, {isShownBy: isShownBy}]) => {
     const seen = all.find(item => item?.id === connectorId) ?? void 0;
     return seen !== void 0 && seen.emailDomain !== emailDomain || isShownBy(seen);
    });
    return (0, change.LC)(list, isExpected, untilMs, this.#services);
   }
   readNew(look) {
    return (0, change.LC)(look, seen => seen !== void 0, this.#caughtUpMs(), this.#services);
   }
   #caughtUpMs() {
    const {clock: clock, readLagMs: readLagMs = change.Dc} = this.#services;
    return clock.now() + readLagMs;
   }
  }
  const {read: READ, edit: WRITE} = SSO_CONNECTOR;
  class SsoConnectors {
   #client;
   #path;
   #writes;
   #list;
   constructor(client, accountId, services) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
    this.#writes = new OwnWrites(services);
    this.#list = new Recent(() => client.list(this.#listCall()), services.clock);
   }
   list() {
    return this.#list.get();
   }
   async find(emailDomain) {
    return ofDomain(await this.list(), emailDomain)[0];
   }
   async allOf(emailDomain) {
    const call = {
     ...this.#listing,
     result: connectorsSchema
    };
    const all = await this.#writes.readList(() => this.#client.list(call), emailDomain);
    const found = ofDomain(all.filter(one => one !== null), emailDomain);
    const isUnclear = all.some(one => one === null || one.emailDomain === "");
    if (found.length === 0 && isUnclear) throw unclearList(call, emailDomain);
    return found;
   }
   findNew(emailDomain) {
    return this.#writes.readNew(async () => (await this.allOf(emailDomain))[0]);
   }
   async get(connectorId) {
    const look = await this.#look(connectorId);
    if (look.seen === void 0) throw look.error;
    return look.seen;
   }
   async getIfThere(connectorId) {
    return (await this.#look(connectorId)).seen;
   }
   #look(connectorId) {
    return this.#writes.read(connectorId, async () => {
     try {
      return {
       seen: await this.#read(connectorId)
      };
     } catch (error) {
      if (isNotFound(error)) return {
       seen: void 0,
       error: error
      };
      throw error;
     }
    });
   }
   async #read(connectorId) {
    const request = {
     method: "GET",
     path: this.#pathOf(connectorId)
    };
    const call = {
     what: "read the SSO connector",
     request: request,
     result: connectorSchema,
     permission: READ
    };
    const {result: result} = await this.#client.call(call);
    if (result.id !== connectorId) throw aboutAnother(call, connectorId, [ result ]);
    return result;
   }
   async create(connector) {
    const request = {
     method: "POST",
     path: this.#path,
     body: connector
    };
    const what = `create the SSO connector for ${connector.email_domain}`;
    const call = {
     what: what,
     request: request,
     result: connectorSchema,
     permission: WRITE
    };
    const look = async () => ofDomain(await this.#listOnce(), connector.email_domain)[0];
    const {made: made, isOurs: isOurs} = await this.#client.once({
     send: async () => (await this.#client.send(call)).result,
     look: look,
     alreadyThere: async refusal => isConflict(refusal) ? this.findNew(connector.email_domain) : void 0
    });
    this.#writes.expect(made.id, seen => seen !== void 0);
    return {
     connector: made,
     created: isOurs
    };
   }
   async change(connectorId, change) {
    const request = {
     method: "PATCH",
     path: this.#pathOf(connectorId),
     body: change
    };
    const {enabled: enabled} = change;
    return this.#writes.sending(connectorId, async () => {
     const what = (enabled === void 0 ? "change" : enabled ? "enable" : "disable") + " the SSO connector";
     const call = {
      what: what,
      request: request,
      result: changedConnectorsSchema,
      permission: WRITE
     };
     const {result: result} = await this.#client.change(call);
     const changed = result.find(one => one?.id === connectorId);
     if (changed == null) throw aboutAnother(call, connectorId, result);
     return changed;
    }, isMadeBy(change));
   }
   async beginVerification(connectorId) {
    const request = {
     method: "POST",
     path: `${this.#pathOf(connectorId)}/begin_verification`
    };
    const call = {
     what: "begin the verification of the SSO connector",
     request: request,
     result: dist.lqM(dist.L5J()),
     permission: WRITE
    };
    await this.#writes.sending(connectorId, () => this.#client.change(call), isBegun);
   }
   async delete(connectorId) {
    const request = {
     method: "DELETE",
     path: this.#pathOf(connectorId)
    };
    const call = {
     what: "delete the SSO connector",
     request: request,
     result: dist.lqM(dist.L5J()),
     permission: WRITE
    };
    const change = {
     send: async () => {
      await this.#client.send(call);
      return "gone";
     },
     alreadyThere: async refusal => isNotFound(refusal) ? "gone" : void 0
    };
    const {isOurs: isOurs} = await this.#writes.sending(connectorId, () => this.#client.once(change), seen => seen === void 0);
    this.#list.forget();
    return isOurs;
   }
   #listOnce() {
    return this.#client.list(this.#listCall(), {
     request: page => this.#client.send(page)
    });
   }
   #listCall() {
    return {
     ...this.#listing,
     result: dist.YOg(connectorSchema)
    };
   }
   get #listing() {
    const request = {
     method: "GET",
     path: this.#path
    };
    return {
     what: "list the SSO connectors",
     request: request,
     permission: READ
    };
   }
   #pathOf(connectorId) {
    return `${this.#path}/${encodeURIComponent(connectorId)}`;
   }
  }
  function isMadeBy({enabled: enabled, use_fedramp_language: useFedrampLanguage}) {
   return seen => seen !== void 0 && (enabled === void 0 || seen.enabled === enabled) && (useFedrampLanguage === void 0 || seen.useFedrampLanguage === useFedrampLanguage);
  }
  function isBegun(seen) {
   return seen?.verificationStatus === "pending" || seen?.verificationStatus === "verified";
  }
  function ofDomain(connectors, emailDomain) {
   const rank = ({enabled: enabled, verificationStatus: verificationStatus}) => enabled !== false ? 2 : Number(verificationStatus === "verified");
   return connectors.filter(connector => connector.emailDomain === emailDomain).toSorted((one, other) => rank(other) - rank(one));
  }
  function unclearList(call, emailDomain) {
   return oddAnswer(call, `none is for ${emailDomain}, but not every entry can be read`, {
    hint: "Look at the connectors in the dashboard, and name the one that you mean by its connector-id.",
    retryability: "permanent"
   });
  }
  function aboutAnother(call, connectorId, all) {
   const ids = all.flatMap(one => one?.id ?? []).join(", ");
   const seen = `the answer is about ${ids === "" ? "no connector" : `connector ${ids}`}, not ${connectorId}`;
   return oddAnswer(call, seen, {
    hint: SHAPE_HINT,
    retryability: "ambiguous"
   });
  }
  function oddAnswer({what: what, request: {method: method, path: path}}, seen, details) {
   const message = `Could not ${what}: ${seen} (${method} ${path}, HTTP 200).`;
   return new CloudflareApiError(message, {
    ...details,
    status: 200,
    errors: []
   });
  }
  function isConflict(error) {
   return error instanceof CloudflareApiError && error.status === 409;
  }
  var dns_name = __nccwpck_require__(8924);
  const zoneSchema = dist.FsL(dist.Ikc({
   id: dist.FsL(dist.YjP(), dist.yGV(/^[\w-]{1,64}$/)),
   name: dist.FsL(dist.YjP(), dist.pdi(external_node_url_.domainToASCII)),
   status: dist.cl6(dist.YjP())
  }), dist.pdi(({id: id, name: name, status: status}) => ({
   id: id,
   name: name,
   status: status ?? "unknown"
  })));
  class Zones {
   #client;
   #byName=new Map;
   constructor(client) {
    this.#client = client;
   }
   async holding(name) {
    const candidates = (0, dns_name.Qy)(name).filter(candidate => candidate.includes("."));
    const found = await Promise.all(candidates.map(candidate => this.#named(candidate)));
    return found.flat();
   }
   #named(name) {
    const known = this.#byName.get(name);
    if (known !== void 0) return known;
    const zones = this.#listed(name);
    this.#byName.set(name, zones);
    return zones;
   }
   async #listed(name) {
    const spellings = [ ...new Set([ name, (0, external_node_url_.domainToUnicode)(name) ]) ];
    const lists = await Promise.all(spellings.map(spelling => this.#client.list({
     what: "look for the zone",
     request: {
      method: "GET",
      path: `/zones?name=${encodeURIComponent(spelling)}`
     },
     result: dist.YOg(zoneSchema),
     permission: "Zone: Read"
    })));
    const zones = lists.flat().filter(zone => zone.name === name);
    return [ ...new Map(zones.map(zone => [ zone.id, zone ])).values() ];
   }
  }
  const systemClock = {
   now: () => performance.timeOrigin + performance.now(),
   sleep(durationMs, signal) {
    const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
    const timer = setTimeout(settle, durationMs);
    function settle() {
     clearTimeout(timer);
     signal?.removeEventListener("abort", settle);
     signal?.aborted ? reject(signal.reason) : resolve();
    }
    signal?.addEventListener("abort", settle, {
     once: true
    });
    signal?.aborted && settle();
    return promise;
   }
  };
  const external_node_crypto_namespaceObject = require("node:crypto");
  var dns_packet = __nccwpck_require__(4894);
  const EDNS_UDP_PAYLOAD_BYTES = 1232;
  const EDE_OPTION = 15;
  const HEADER_BYTES = 12;
  const RCODES = {
   0: "NOERROR",
   1: "FORMERR",
   2: "SERVFAIL",
   3: "NXDOMAIN",
   4: "NOTIMP",
   5: "REFUSED",
   9: "NOTAUTH",
   16: "BADVERS"
  };
  function encodeQuery(question, options) {
   if (!isAskable(question.name)) throw new RangeError("a domain name has at most 253 bytes, in labels of 1 to 63");
   const id = (0, external_node_crypto_namespaceObject.randomInt)(65536);
   const wire = dns_packet.encode({
    type: "query",
    id: id,
    flags: (options.recursionDesired ? dns_packet.RECURSION_DESIRED : 0) | (options.checkingDisabled ? dns_packet.CHECKING_DISABLED : 0),
    questions: [ {
     name: question.name,
     type: question.type,
     class: "IN"
    } ],
    additionals: options.edns ? [ OPT_RECORD ] : []
   });
   return {
    id: id,
    question: question,
    wire: wire
   };
  }
  function isAskable(name) {
   const sizes = name.split(".").map(label => Buffer.byteLength(label));
   return Buffer.byteLength(name) <= 253 && sizes.every(bytes => bytes >= 1 && bytes <= 63);
  }
  const OPT_RECORD = {
   type: "OPT",
   name: ".",
   udpPayloadSize: EDNS_UDP_PAYLOAD_BYTES,
   extendedRcode: 0,
   ednsVersion: 0,
   flags: 0,
   flag_do: false,
   options: []
  };
  function decodeResponse(wire, query) {
   if (wire.length < HEADER_BYTES || wire.readUInt16BE(0) !== query.id) return;
   const flags = wire.readUInt16BE(2);
   const [isResponse, opcode, truncated] = [ (flags & 32768) !== 0, flags >> 11 & 15, (flags & 512) !== 0 ];
   if (!isResponse || opcode !== 0 || wire.readUInt16BE(4) !== 1) return;
   const decoded = decodePacket(truncated ? withoutRecords(wire) : wire);
   if (decoded === void 0 || !isSameQuestion(decoded.questions?.[0], query.question)) return;
   const opt = decoded.additionals?.find(record => record.type === "OPT");
   return {
    rcode: rcodeName(flags & 15 | (opt?.extendedRcode ?? 0) << 4),
    authoritative: (flags & 1024) !== 0,
    truncated: truncated,
    recursionAvailable: (flags & 128) !== 0,
    answers: records(decoded.answers),
    authorities: records(decoded.authorities),
    additionals: records(decoded.additionals),
    extendedErrors: (opt?.options ?? []).flatMap(extendedError)
   };
  }
  function withoutRecords(wire) {
   const copy = Buffer.from(wire);
   copy.fill(0, 6, HEADER_BYTES);
   return copy;
  }
  function decodePacket(wire) {
   try {
    const end = endOfRecords(wire);
    if (end > wire.length) return;
    const decoded = dns_packet.decode(wire);
    const {bytes: bytes} = dns_packet.decode;
    return bytes === end ? decoded : void 0;
   } catch {
    return;
   }
  }
  function endOfRecords(wire) {
   let at = endOfName(wire, HEADER_BYTES) + 4;
   const count = wire.readUInt16BE(6) + wire.readUInt16BE(8) + wire.readUInt16BE(10);
   for (let record = 0; record < count; record++) {
    const afterName = endOfName(wire, at);
    at = afterName + 10 + wire.readUInt16BE(afterName + 8);
   }
   return at;
  }
  function endOfName(wire, from) {
   let at = from;
   for (;;) {
    const length = wire.readUInt8(at);
    if (length === 0) return at + 1;
    if (length >= 192) return at + 2;
    at += 1 + length;
   }
  }
  function isSameQuestion(asked, question) {
   return asked?.name.toLowerCase() === question.name && asked.type === question.type && asked.class === "IN";
  }
  function rcodeName(rcode) {
   return RCODES[rcode] ?? `RCODE${rcode}`;
  }
  function records(answers) {
   return (answers ?? []).flatMap(answer => {
    if (answer.type === "OPT" || !("class" in answer) || answer.class !== "IN" || answer.flush) return [];
    const owner = {
     name: answer.name.toLowerCase(),
     ttlS: usableTtl(answer.ttl)
    };
    switch (answer.type) {
    case "TXT":
     return [ {
      ...owner,
      type: "TXT",
      strings: [ answer.data ].flat().map(String)
     } ];

    case "A":
    case "AAAA":
    case "CNAME":
    case "NS":
     return [ {
      ...owner,
      type: answer.type,
      target: answer.data.toLowerCase()
     } ];

    case "SOA":
     return [ {
      ...owner,
      type: "SOA",
      serial: answer.data.serial ?? 0,
      minimumS: usableTtl(answer.data.minimum)
     } ];

    default:
     return [];
    }
   });
  }
  function usableTtl(ttl) {
   return ttl === void 0 || ttl > 2147483647 ? 0 : ttl;
  }
  function extendedError(option) {
   if (option.code !== EDE_OPTION || option.data === void 0 || option.data.length < 2) return [];
   return [ {
    code: option.data.readUInt16BE(0),
    text: option.data.toString("utf8", 2)
   } ];
  }
  var external_node_https_ = __nccwpck_require__(4708);
  var external_node_tls_ = __nccwpck_require__(1692);
  var http_proxy = __nccwpck_require__(1729);
  var http_tunnel = __nccwpck_require__(7191);
  function createFrameReader(onFrame) {
   let [first, rest, bufferedBytes] = [ Buffer.alloc(0), [], 0 ];
   const join = () => {
    if (rest.length === 0) return;
    first = Buffer.concat([ first, ...rest ]);
    rest = [];
   };
   return chunk => {
    rest.push(chunk);
    bufferedBytes += chunk.length;
    while (bufferedBytes >= 2) {
     first.length < 2 && join();
     const frameBytes = 2 + first.readUInt16BE(0);
     if (bufferedBytes < frameBytes) return;
     join();
     onFrame(first.subarray(2, frameBytes));
     first = first.subarray(frameBytes);
     bufferedBytes -= frameBytes;
    }
   };
  }
  var network_error = __nccwpck_require__(5268);
  class SilenceError extends Error {
   silence;
   constructor(message, silence) {
    super(message);
    this.silence = silence;
   }
  }
  async function withinLimits({timeoutMs: timeoutMs, signal: signal}, start) {
   signal.throwIfAborted();
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   const release = start({
    settle: resolve,
    fail(error) {
     const silence = silenceOf(error);
     silence === void 0 ? reject(error) : resolve({
      ok: false,
      silence: silence
     });
    }
   });
   const onAbort = () => reject(signal.reason);
   const timer = setTimeout(() => resolve({
    ok: false,
    silence: "timeout"
   }), timeoutMs);
   signal.addEventListener("abort", onAbort, {
    once: true
   });
   try {
    return await promise;
   } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    release();
   }
  }
  const UNREACHABLE = new Set([ "ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT" ]);
  function silenceOf(error) {
   if (error instanceof SilenceError) return error.silence;
   if (error instanceof http_tunnel.T6) return "proxy";
   if (!(0, network_error.d)(error)) return;
   const {code: code} = error;
   if (code === "ECONNREFUSED") return "refused";
   if (code === "ETIMEDOUT") return "timeout";
   if (UNREACHABLE.has(code)) return "unreachable";
   return (0, domain_errors.Y4)(code) ? "certificate" : "closed";
  }
  function askOverStream(query, limits, readyEvent, open) {
   return withinLimits(limits, ({settle: settle, fail: fail}) => {
    const socket = open();
    const onFrame = frame => {
     const message = decodeResponse(frame, query);
     message !== void 0 && settle({
      ok: true,
      message: message
     });
    };
    socket.on("error", fail);
    socket.on("close", () => settle({
     ok: false,
     silence: "closed"
    }));
    socket.on("data", createFrameReader(onFrame));
    socket.on(readyEvent, () => {
     const length = Buffer.alloc(2);
     length.writeUInt16BE(query.wire.length);
     socket.write(Buffer.concat([ length, query.wire ]));
    });
    return () => socket.destroy();
   });
  }
  function createTls(ca) {
   return (query, endpoint, limits) => askOverStream(query, limits, "secureConnect", () => (0, 
   external_node_tls_.connect)({
    ...tlsOptions(endpoint, ca),
    host: endpoint.host,
    port: endpoint.port,
    ALPNProtocols: [ "dot" ]
   }));
  }
  function tlsOptions({host: host, serverName: serverName}, ca) {
   return {
    servername: serverName ?? ((0, external_node_net_.isIP)(host) === 0 ? host : ""),
    ...ca !== void 0 && {
     ca: ca
    }
   };
  }
  const MEDIA_TYPE = "application/dns-message";
  const MAX_MESSAGE_BYTES = 65535;
  const CONNECT_TIMEOUT_MS = 5e3;
  const HEADERS = {
   "content-type": MEDIA_TYPE,
   accept: MEDIA_TYPE
  };
  function createHttps(ca) {
   const sessions = new Map;
   async function connectionTo(endpoint) {
    const key = `${endpoint.host} ${endpoint.port} ${endpoint.serverName ?? ""}`;
    const known = sessions.get(key);
    const shared = known === void 0 ? void 0 : await known;
    if (shared?.protocol === "h2" && !shared.session.closed && !shared.session.destroyed) return shared;
    const opening = openConnection(endpoint, ca);
    sessions.set(key, opening);
    opening.catch(() => sessions.get(key) === opening && sessions.delete(key));
    return opening;
   }
   return async (query, endpoint, limits) => {
    let used;
    const outcome = await withinLimits(limits, ({settle: settle, fail: fail}) => {
     const cancel = new AbortController;
     connectionTo(endpoint).then(connection => {
      used = connection;
      return post(connection, query, endpoint, cancel.signal);
     }).then(settle, fail);
     return () => cancel.abort();
    });
    outcome.ok || outcome.silence !== "timeout" || used?.protocol !== "h2" || used.session.close();
    return outcome;
   };
  }
  async function openConnection(endpoint, ca) {
   const {host: host, port: port} = endpoint;
   const proxy = (0, http_proxy.i)(new URL(originOf(endpoint)));
   const options = {
    timeoutMs: CONNECT_TIMEOUT_MS,
    isBackground: true
   };
   const tunnel = proxy && {
    socket: await (0, http_tunnel.X)(proxy, nameAndPort(endpoint), options)
   };
   const socket = (0, external_node_tls_.connect)({
    ...tlsOptions(endpoint, ca),
    host: host,
    port: port,
    ...tunnel,
    ALPNProtocols: [ "h2", "http/1.1" ]
   });
   socket.unref();
   socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(tookTooLong()));
   await ready(socket, "secureConnect");
   socket.setTimeout(0);
   if (socket.alpnProtocol !== "h2") return {
    protocol: "http/1.1",
    socket: socket
   };
   const http2 = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 2467, 23));
   const session = http2.connect(originOf(endpoint), {
    createConnection: () => socket
   });
   session.on("error", () => session.destroy());
   return {
    protocol: "h2",
    session: session
   };
  }
  function nameAndPort({host: host, port: port, serverName: serverName}) {
   return `${serverName ?? ((0, external_node_net_.isIPv6)(host) ? `[${host}]` : host)}:${port}`;
  }
  function originOf(endpoint) {
   return `https://${nameAndPort(endpoint)}`;
  }
  function authorityOf(endpoint) {
   return new URL(originOf(endpoint)).host;
  }
  function tookTooLong() {
   return new SilenceError("the connection took too long", "timeout");
  }
  function https_closed(message) {
   return new SilenceError(message, "closed");
  }
  function ready(socket, event) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   socket.once(event, resolve).on("error", reject);
   socket.once("close", () => reject(https_closed("the connection was closed")));
   return promise;
  }
  async function post(connection, query, endpoint, signal) {
   const {status: status, body: body} = connection.protocol === "h2" ? await postOverHttp2(connection.session, query, endpoint, signal) : await postOverHttp1(connection.socket, query, endpoint, signal);
   if (status !== 200) return {
    ok: false,
    silence: "http-status"
   };
   const message = decodeResponse(body, query);
   return message === void 0 ? {
    ok: false,
    silence: "closed"
   } : {
    ok: true,
    message: message
   };
  }
  async function postOverHttp2(session, query, endpoint, signal) {
   const {path: path = "/dns-query"} = endpoint;
   const target = {
    ":method": "POST",
    ":authority": authorityOf(endpoint),
    ":path": path
   };
   const stream = session.request({
    ...target,
    ...HEADERS
   }, {
    signal: signal
   });
   stream.end(query.wire);
   const status = await responseStatus(stream);
   return {
    status: status,
    body: await readMessage(stream, status)
   };
  }
  function responseStatus(stream) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   stream.once("response", ({":status": status}) => resolve(status)).once("error", reject);
   stream.once("close", () => reject(https_closed("the stream was closed")));
   return promise;
  }
  async function postOverHttp1(socket, query, endpoint, signal) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   const {path: path = "/dns-query"} = endpoint;
   const headers = {
    ...HEADERS,
    host: authorityOf(endpoint),
    "content-length": query.wire.length
   };
   const request = (0, external_node_https_.request)({
    createConnection: () => socket,
    method: "POST",
    path: path,
    headers: headers,
    signal: signal
   });
   request.once("response", response => {
    const {statusCode: status} = response;
    readMessage(response, status).then(body => resolve({
     status: status,
     body: body
    }), reject);
   });
   request.once("error", reject);
   request.end(query.wire);
   return promise.finally(() => socket.destroy());
  }
  async function readMessage(stream, status) {
   if (status !== 200) {
    stream.destroy();
    return Buffer.alloc(0);
   }
   const chunks = [];
   let bytes = 0;
   for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_MESSAGE_BYTES) throw https_closed("the answer is larger than a DNS message can be");
   }
   return Buffer.concat(chunks);
  }
  const tcp = (query, {host: host, port: port}, limits) => askOverStream(query, limits, "connect", () => (0, 
  external_node_net_.connect)({
   host: host,
   port: port
  }));
  const external_node_dgram_namespaceObject = require("node:dgram");
  const udp = (query, {host: host, port: port}, limits) => withinLimits(limits, ({settle: settle, fail: fail}) => {
   const socket = (0, external_node_dgram_namespaceObject.createSocket)(ipFamily(host) === 6 ? "udp6" : "udp4");
   let isOpen = true;
   socket.on("error", fail);
   socket.on("message", wire => {
    const message = decodeResponse(wire, query);
    message !== void 0 && settle({
     ok: true,
     message: message
    });
   });
   socket.on("connect", () => {
    isOpen && socket.send(query.wire);
   });
   socket.connect(port, host);
   return () => {
    isOpen = false;
    socket.close();
   };
  });
  const UDP_TIMEOUTS_MS = [ 1500, 3e3 ];
  const STREAM_TIMEOUT_MS = 5e3;
  const EDNS_REFUSALS = new Set([ "FORMERR", "BADVERS", "NOTIMP" ]);
  function createDnsClient({transports: transports = {
   udp: udp,
   tcp: tcp,
   tls: createTls(),
   https: createHttps()
  }, clock: clock = systemClock, maxConcurrent: maxConcurrent = 200, maxQuestionsPerSecond: maxQuestionsPerSecond = 1e3} = {}) {
   const limit = pLimit(maxConcurrent);
   const pace = createPace(clock, maxQuestionsPerSecond);
   const turns = new WeakMap;
   const lastWorking = new WeakMap;
   return {
    ask: (server, question, signal, options) => limit(askInTurn, server, {
     question: question,
     signal: signal,
     ...options
    })
   };
   async function askInTurn(server, ask) {
    const turn = turns.get(server) ?? 0;
    turns.set(server, turn + 1);
    const unreachable = new Set;
    let reply;
    let tooLarge;
    for (const attempt of attemptsAt(server, turn, lastWorking.get(server))) {
     if (unreachable.has(attempt.endpoint) || tooLarge && attempt.transport !== "https") continue;
     reply = await askOnce(attempt, server, ask);
     if (reply.ok && reply.message.truncated && attempt.transport === "udp") {
      const overTcp = await askOnce(streamAttempt("tcp", attempt.endpoint), server, ask);
      if (overTcp.ok) return overTcp;
      tooLarge = {
       ...overTcp,
       truncatedOverUdp: true
      };
      continue;
     }
     if (reply.ok) {
      lastWorking.set(server, attempt.transport);
      return reply;
     }
     reply.silence === "unreachable" && unreachable.add(attempt.endpoint);
    }
    const last = tooLarge ?? reply;
    if (last === void 0) throw new RangeError(`the server ${server.label} has no address`);
    return last;
   }
   async function askOnce(attempt, server, ask) {
    const {transport: transport, endpoint: endpoint, timeoutMs: timeoutMs} = attempt;
    const flags = {
     recursionDesired: server.role === "resolver",
     checkingDisabled: ask.checkingDisabled ?? false
    };
    const send = async edns => {
     await pace(ask.signal);
     const query = encodeQuery(ask.question, {
      ...flags,
      edns: edns
     });
     return transports[transport](query, endpoint, {
      timeoutMs: timeoutMs,
      signal: ask.signal
     });
    };
    let outcome = await send(true);
    outcome.ok && EDNS_REFUSALS.has(outcome.message.rcode) && (outcome = await send(false));
    const route = {
     address: endpoint,
     transport: transport
    };
    return outcome.ok ? {
     ...outcome,
     ...route
    } : {
     ...outcome,
     ...route,
     truncatedOverUdp: false
    };
   }
  }
  function attemptsAt(server, turn, lastWorking) {
   const endpointsOf = transport => (transport === "https" ? server.https : void 0) ?? server.addresses;
   const nth = (transport, index) => {
    const endpoints = endpointsOf(transport);
    return endpoints.slice((turn + index) % endpoints.length).slice(0, 1);
   };
   const overUdp = UDP_TIMEOUTS_MS.flatMap((timeoutMs, index) => nth("udp", index).map(endpoint => ({
    transport: "udp",
    endpoint: endpoint,
    timeoutMs: timeoutMs
   })));
   const overStream = (transport, count) => Array.from({
    length: count
   }, (_, index) => nth(transport, index)).flat().map(one => streamAttempt(transport, one));
   switch (server.transport) {
   case "udp":
    return overUdp;

   case "tcp":
    return overStream("tcp", 1);

   case "tls":
   case "https":
    return overStream(server.transport, server.addresses.length);

   case "auto":
    {
     const all = [ ...overUdp, ...overStream("tcp", 1), ...overStream("https", server.https?.length ?? 0) ];
     const first = all.filter(({transport: transport}) => transport === lastWorking);
     return lastWorking === "https" || lastWorking === "tcp" ? [ ...first, ...all.filter(one => !first.includes(one)) ] : all;
    }
   }
  }
  function streamAttempt(transport, endpoint) {
   return {
    transport: transport,
    endpoint: endpoint,
    timeoutMs: STREAM_TIMEOUT_MS
   };
  }
  function createPace(clock, perSecond) {
   let nextMs = 0;
   return async signal => {
    const nowMs = clock.now();
    nextMs = Math.max(nextMs, nowMs) + 1e3 / perSecond;
    const pauseMs = Math.floor(nextMs - 1e3 / perSecond - nowMs);
    pauseMs > 0 && await clock.sleep(pauseMs, signal);
   };
  }
  const promises_namespaceObject = require("node:dns/promises");
  const TIMEOUT_MS = 2e3;
  async function systemNameServers(zone) {
   const resolver = new promises_namespaceObject.Resolver({
    timeout: TIMEOUT_MS,
    tries: 1
   });
   try {
    const names = await resolver.resolveNs(zone);
    return names.map(name => name.toLowerCase());
   } catch (error) {
    if (!(0, network_error.d)(error)) throw error;
    return;
   }
  }
  const MAX_CNAMES = 8;
  function observe(reply, expected, role) {
   if (!reply.ok) return silent(reply);
   const {message: message} = reply;
   if (message.rcode === "REFUSED" || message.rcode === "NOTAUTH") return unusable("lame", message.rcode);
   if (message.rcode !== "NOERROR" && message.rcode !== "NXDOMAIN") return unusable("failed", [ message.rcode, ...message.extendedErrors.map(describeExtendedError) ].join(", "));
   if (role === "authoritative" && !message.authoritative) return unusable("not-authoritative", "the answer is not authoritative (AA=0)");
   if (message.truncated) return unusable("failed", "the answer is truncated (TC=1)");
   return readAnswer(message, expected);
  }
  const SILENCES = {
   timeout: "no answer",
   refused: "connection refused",
   unreachable: "no route",
   closed: "connection closed",
   certificate: "certificate not trusted",
   "http-status": "HTTP error status",
   proxy: "no way through the proxy in https_proxy,"
  };
  function silent(reply) {
   if (reply.truncatedOverUdp) return unusable(reply.silence, "the answer is too large for UDP, and there was no answer over TCP");
   return unusable(reply.silence, `${SILENCES[reply.silence]} over ${reply.transport.toUpperCase()}`);
  }
  function unusable(why, detail) {
   return {
    kind: "unusable",
    why: why,
    detail: detail
   };
  }
  function describeExtendedError({code: code, text: text}) {
   return text === "" ? `EDE ${code}` : `EDE ${code} (${text})`;
  }
  function readAnswer(message, expected) {
   const owner = endOfCnameChain(message.answers, expected.name);
   const rrset = message.answers.filter(record => record.type === "TXT" && record.name === owner);
   const values = rrset.map(joinedText);
   const soa = message.authorities.find(record => record.type === "SOA");
   const negativeTtlS = soa?.type === "SOA" ? Math.min(soa.ttlS, soa.minimumS) : void 0;
   const ttlS = rrset.length > 0 ? Math.min(...rrset.map(record => record.ttlS)) : negativeTtlS;
   if (message.rcode === "NOERROR" && values.includes(expected.value)) return {
    kind: "present",
    values: values,
    ttlS: ttlS ?? 0
   };
   return {
    kind: "absent",
    values: values,
    ttlS: ttlS,
    serial: soa?.type === "SOA" ? soa.serial : void 0
   };
  }
  function endOfCnameChain(answers, name) {
   let owner = name;
   for (let followed = 0; followed <= MAX_CNAMES; followed++) {
    const cname = answers.find(record => record.type === "CNAME" && record.name === owner);
    if (cname?.type !== "CNAME") return owner;
    owner = cname.target;
   }
   return;
  }
  function joinedText(record) {
   return record.type === "TXT" ? record.strings.join("") : "";
  }
  function isDeeper(referral, zone) {
   if (referral === void 0 || zone === void 0) return referral !== void 0;
   return referral.zone !== zone && (0, dns_name.a5)(referral.zone, zone);
  }
  function referralOf(reply, name) {
   if (!reply?.ok || reply.message.authoritative || reply.message.recursionAvailable) return;
   const {answers: answers, authorities: authorities, rcode: rcode} = reply.message;
   if (rcode !== "NOERROR" || answers.length > 0) return;
   const ns = authorities.flatMap(one => one.type === "NS" ? [ one ] : []);
   const zone = ns.find(one => one.name !== "." && (0, dns_name.a5)(name, one.name))?.name;
   if (zone === void 0) return;
   return {
    zone: zone,
    nameServers: ns.filter(one => one.name === zone).map(({target: target}) => target)
   };
  }
  const PRIVATE_SUBNETS = [ [ "10.0.0.0", 8, "ipv4" ], [ "172.16.0.0", 12, "ipv4" ], [ "192.168.0.0", 16, "ipv4" ], [ "100.64.0.0", 10, "ipv4" ], [ "169.254.0.0", 16, "ipv4" ], [ "127.0.0.0", 8, "ipv4" ], [ "fc00::", 7, "ipv6" ], [ "fe80::", 10, "ipv6" ] ];
  const privateAddresses = new external_node_net_.BlockList;
  for (const [network, prefix, family] of PRIVATE_SUBNETS) privateAddresses.addSubnet(network, prefix, family);
  privateAddresses.addAddress("::1", "ipv6");
  function isPrivateAddress(address) {
   return privateAddresses.check(address, (0, external_node_net_.isIPv6)(address) ? "ipv6" : "ipv4");
  }
  function messageOf({reply: reply}) {
   return reply?.ok ? reply.message : void 0;
  }
  function lacking(servers) {
   return servers.filter(({state: state}) => state.observation?.kind === "absent");
  }
  function witnesses({authoritative: authoritative, resolvers: resolvers}) {
   const isUsable = ({state: {observation: observation}}) => observation !== void 0 && observation.kind !== "unusable";
   const answering = authoritative.filter(isUsable);
   return answering.length > 0 ? answering : resolvers.filter(isUsable);
  }
  function isPublished(evidence) {
   return witnesses(evidence).some(({state: state}) => state.observation?.kind === "present");
  }
  function txtValues(evidence) {
   const known = witnesses(evidence).flatMap(({state: {observation: observation}}) => observation === void 0 || observation.kind === "unusable" ? [] : observation.values);
   return [ ...new Set(known) ];
  }
  function quote(text) {
   return `"${(0, untrusted.g$)(text, 200)}"`;
  }
  function listLabels(servers) {
   const labels = servers.map(({server: server}) => server.label);
   if (labels.length > 3) return `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
   return labels.length < 2 ? labels.join("") : `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
  }
  function verb(servers, singular, plural) {
   return servers.length === 1 ? singular : plural;
  }
  function labelsOf(servers) {
   return servers.map(({server: server}) => server.label);
  }
  function evidence_cachedUntil(expiresAtMs, nowMs) {
   const until = `until ${(0, duration.fU)(expiresAtMs, nowMs)}`;
   const leftMs = expiresAtMs - nowMs;
   return leftMs > 0 ? `cached for ${(0, duration.a3)(leftMs)}, ${until}` : `cached ${until}`;
  }
  const port53Intercepted = {
   id: "port-53-intercepted",
   explain(evidence) {
    const servers = interceptedServers(evidence);
    if (servers.length === 0) return;
    return {
     evidence: `queries to ${listLabels(servers)} are answered by a resolver (RA=1, AA=0): something on the network intercepts port 53`,
     remedy: "Run the job on a network where port 53 is open, or set resolvers to https:// URLs and authoritative-servers to off.",
     servers: labelsOf(servers)
    };
   }
  };
  function interceptedServers({authoritative: authoritative}) {
   if (authoritative.some(server => messageOf(server)?.authoritative)) return [];
   return authoritative.filter(server => messageOf(server)?.recursionAvailable);
  }
  const port53Blocked = {
   id: "port-53-blocked",
   explain({authoritative: authoritative, resolvers: resolvers}) {
    const overPlain = [ ...authoritative, ...resolvers ].filter(({reply: reply}) => reply?.ok && (reply.transport === "udp" || reply.transport === "tcp"));
    const overHttps = resolvers.filter(({reply: reply}) => reply?.ok && reply.transport === "https");
    const silent = [ ...authoritative, ...resolvers ].filter(isSilent);
    const onlyHttps = resolvers.every(({server: server}) => server.transport === "https");
    if (overPlain.length > 0 || overHttps.length === 0 || silent.length === 0 && onlyHttps) return;
    return {
     evidence: `port 53 is blocked on this network: ${listLabels(overHttps)} answered over HTTPS, but no server answered over UDP or TCP`,
     remedy: "Allow outbound UDP and TCP to port 53, so that the authoritative servers can be asked. Until then, only the resolvers count.",
     servers: labelsOf(silent)
    };
   }
  };
  function isSilent({reply: reply}) {
   return reply?.ok === false && !reply.truncatedOverUdp;
  }
  const tcpBlocked = {
   id: "tcp-blocked",
   explain({authoritative: authoritative, resolvers: resolvers}) {
    const servers = [ ...authoritative, ...resolvers ].filter(({reply: reply}) => reply?.ok === false && reply.truncatedOverUdp);
    if (servers.length === 0) return;
    return {
     evidence: `the TXT records do not fit into a UDP answer, and ${listLabels(servers)} ${verb(servers, "does", "do")} not answer over TCP`,
     remedy: "Open TCP port 53 on the servers and on the network path to them: DNS needs both UDP and TCP.",
     servers: labelsOf(servers)
    };
   }
  };
  const notRegistered = {
   id: "not-registered",
   explain({isRegistered: isRegistered, expected: expected, zone: zone}) {
    if (isRegistered) return;
    const parent = zone === void 0 || zone === "." ? "the root zone" : `its parent zone ${zone}`;
    return {
     evidence: `${expected.name} is not registered: ${parent} has no such domain`,
     remedy: "Check the spelling of email-domain, and whether the registration has expired."
    };
   }
  };
  const secondaryLags = {
   id: "secondary-lags",
   explain({authoritative: authoritative, probes: probes}) {
    const behind = lacking(authoritative);
    const ahead = authoritative.filter(({state: state}) => state.observation?.kind === "present");
    const serialOf = ({server: server}) => probes.serials.get(server.label);
    const serialsOf = servers => [ ...new Set(servers.map(serialOf).filter(serial => serial !== void 0)) ];
    const newest = Math.max(...serialsOf(ahead.length > 0 ? ahead : behind));
    const slow = ahead.length > 0 ? behind : behind.filter(server => (serialOf(server) ?? newest) < newest);
    if (slow.length === 0) return;
    const older = serialsOf(slow).filter(serial => serial < newest);
    const shown = older.length === 0 ? "" : ` (SOA serial ${older.join(", ")}, elsewhere ${newest})`;
    return {
     evidence: `${listLabels(slow)} ${verb(slow, "does", "do")} not have the latest version of the zone yet${shown}`,
     remedy: "The zone transfer should follow within the SOA refresh time. If it does not, check that the SOA serial was raised and that NOTIFY arrives, and read the log of the secondary server.",
     servers: labelsOf(slow)
    };
   }
  };
  const delegationMismatch = {
   id: "delegation-mismatch",
   explain({probes: {delegation: delegation}, zone: zone}) {
    if (delegation === void 0 || delegation.parent.length === 0 || delegation.child.length === 0) return;
    const onlyParent = delegation.parent.filter(name => !delegation.child.includes(name));
    const onlyChild = delegation.child.filter(name => !delegation.parent.includes(name));
    if (onlyParent.length + onlyChild.length === 0) return;
    const sides = [ onlyParent.length > 0 && `only the parent zone lists ${onlyParent.join(", ")}`, onlyChild.length > 0 && `only the zone itself lists ${onlyChild.join(", ")}` ].filter(side => side !== false);
    return {
     evidence: `the delegation of ${zone ?? "the zone"} is inconsistent: ${sides.join(", and ")}`,
     remedy: "Make the NS records at the registrar match those in the zone, and publish the record on all of these servers."
    };
   }
  };
  const lameServer = {
   id: "lame-server",
   explain(evidence) {
    const lame = lameServers(evidence);
    if (lame.length === 0) return;
    const hows = new Set(lame.map(server => messageOf(server)?.rcode));
    const how = [ ...hows ].map(rcode => rcode !== void 0 && LAME_RCODES.has(rcode) ? rcode : "without AA").join(", ");
    return {
     evidence: `${listLabels(lame)} ${verb(lame, "does", "do")} not serve the zone (answered ${how})`,
     remedy: `Remove ${verb(lame, "it", "them")} from the NS records of the zone, or configure the zone on ${verb(lame, "it", "them")}.`,
     servers: labelsOf(lame)
    };
   }
  };
  function lameServers(evidence) {
   const intercepted = interceptedServers(evidence);
   return evidence.authoritative.filter(server => {
    const message = messageOf(server);
    if (message === void 0 || intercepted.includes(server)) return false;
    const isForeign = ANSWERS.has(message.rcode) && !message.authoritative;
    return LAME_RCODES.has(message.rcode) || isForeign && !isReferring(server, evidence);
   });
  }
  const ANSWERS = new Set([ "NOERROR", "NXDOMAIN" ]);
  const LAME_RCODES = new Set([ "REFUSED", "NOTAUTH", "SERVFAIL" ]);
  const subDelegation = {
   id: "sub-delegation",
   explain(evidence) {
    const referring = evidence.authoritative.filter(server => isReferring(server, evidence));
    const [first] = referring;
    const referral = referralOf(first?.reply, evidence.expected.name);
    if (referral === void 0) return;
    const {zone: zone, nameServers: nameServers} = referral;
    return {
     evidence: `${listLabels(referring)} ${verb(referring, "refers", "refer")} to other servers for ${zone}: ${nameServers.join(", ")}`,
     remedy: `Publish the record in the zone ${zone}, on the servers it is delegated to.`,
     servers: labelsOf(referring)
    };
   }
  };
  function isReferring({reply: reply}, {expected: expected, zone: zone}) {
   return isDeeper(referralOf(reply, expected.name), zone);
  }
  const splitHorizon = {
   id: "split-horizon",
   explain({authoritative: authoritative, isDiscovered: isDiscovered, probes: {systemNameServers: systemNameServers, delegation: delegation}, zone: zone}) {
    if (!isDiscovered) return;
    const inside = authoritative.filter(({server: server}) => server.addresses.every(({host: host}) => isPrivateAddress(host)));
    const outside = delegation?.child ?? [];
    const differs = systemNameServers !== void 0 && systemNameServers.length > 0 && outside.length > 0 && !systemNameServers.some(name => outside.includes(name));
    if (inside.length === 0 && !differs) return;
    return {
     evidence: differs ? `this machine's own resolver lists other name servers for ${zone ?? "the zone"} (${systemNameServers.join(", ")}) than public DNS` : `${listLabels(inside)} ${verb(inside, "has a private address", "have private addresses")}: this may be an internal view of the zone`,
     remedy: "Publish the record in the public view of the zone: Cloudflare looks for it on the public internet.",
     servers: labelsOf(inside)
    };
   }
  };
  const STALE = new Set([ 3, 19 ]);
  function holding(evidence, isOld) {
   if (!isPublished(evidence)) return [];
   return lacking(evidence.resolvers).filter(({state: {observation: observation, expiresAtMs: expiresAtMs}}) => observation?.kind === "absent" && expiresAtMs !== void 0 && isOld(observation.values));
  }
  function explainCache(servers, what, nowMs) {
   if (servers.length === 0) return;
   const untilMs = Math.max(...servers.map(({state: state}) => state.expiresAtMs ?? nowMs));
   return {
    evidence: `the record is published, but ${listLabels(servers)} still ${verb(servers, "has", "have")} ${what} ${evidence_cachedUntil(untilMs, nowMs)}`,
    remedy: "Just wait: the cache entry expires on its own.",
    servers: labelsOf(servers),
    resolves_at: new Date(untilMs).toISOString()
   };
  }
  const absenceCached = {
   id: "absence-cached",
   explain: evidence => explainCache(holding(evidence, values => values.length === 0), "the absence of any TXT record", evidence.nowMs)
  };
  const oldRrsetCached = {
   id: "old-rrset-cached",
   explain: evidence => explainCache(holding(evidence, values => values.length > 0), "the old TXT records", evidence.nowMs)
  };
  const anycastSplit = {
   id: "anycast-split",
   explain({resolvers: resolvers, probes: probes}) {
    const split = lacking(resolvers).filter(({server: server}) => probes.undecided.includes(server.label));
    if (split.length === 0) return;
    return {
     evidence: `${listLabels(split)} ${verb(split, "answers", "answer")} sometimes with the record and sometimes without it: several servers with separate caches share one address`,
     remedy: "Just wait: each of these servers sees the record once its own cache entry expires.",
     servers: labelsOf(split)
    };
   }
  };
  const staleAnswer = {
   id: "stale-answer",
   explain({resolvers: resolvers}) {
    const stale = lacking(resolvers).filter(server => messageOf(server)?.extendedErrors.some(({code: code}) => STALE.has(code)));
    if (stale.length === 0) return;
    return {
     evidence: `${listLabels(stale)} ${verb(stale, "serves", "serve")} an expired answer because ${verb(stale, "it", "they")} could not reach the authoritative servers`,
     remedy: "Check that the authoritative servers can be reached from everywhere and do not rate-limit this resolver.",
     servers: labelsOf(stale)
    };
   }
  };
  const CODE_PREFIX = "cloudflare_dashboard_sso=";
  function masterFileLine({expected: expected}) {
   return `${expected.name} TXT "${expected.value}"`;
  }
  const notPublished = {
   id: "not-published",
   explain(evidence) {
    const {authoritative: authoritative, probes: probes} = evidence;
    const without = lacking(authoritative);
    const serials = new Set(without.map(({server: server}) => probes.serials.get(server.label)).filter(one => one !== void 0));
    const answering = authoritative.filter(({state: state}) => state.observation?.kind !== "unusable");
    if (without.length === 0 || without.length < answering.length || serials.size > 1) return;
    const [serial] = serials;
    const version = serial === void 0 ? "" : ` (SOA serial ${serial})`;
    return {
     evidence: `the record is not published: ${listLabels(without)} ${verb(without, "does", "do")} not have it${version}`,
     remedy: `Publish ${masterFileLine(evidence)} exactly as shown, and check that the zone change has been deployed.`,
     servers: labelsOf(without)
    };
   }
  };
  const anotherCode = {
   id: "another-code",
   explain(evidence) {
    const {expected: expected} = evidence;
    if (isPublished(evidence)) return;
    const values = txtValues(evidence);
    const part = firstPart(values, expected.value);
    const other = values.find(value => value.startsWith(CODE_PREFIX) && value !== part && !isMangled(value, expected.value));
    if (other === void 0) return;
    return {
     evidence: `another verification code is published: ${quote(other)}`,
     remedy: `Publish "${expected.value}" as an additional TXT record; a name can have several. Remove the other code only if you know that its connector no longer exists, in this or another account.`
    };
   }
  };
  const quotingOrSplitting = {
   id: "quoting-or-splitting",
   explain(evidence) {
    const {expected: expected} = evidence;
    if (isPublished(evidence)) return;
    const values = txtValues(evidence);
    const mangled = values.find(value => isMangled(value, expected.value));
    const part = firstPart(values, expected.value);
    const seen = part ?? mangled;
    if (seen === void 0) return;
    const what = part !== void 0 ? `the code is split across two TXT records: ${quote(seen)} and the rest` : `the TXT record has the code in a different form: ${quote(seen)}`;
    return {
     evidence: what,
     remedy: `Publish one TXT record with the text ${expected.value}, including the prefix, without quotes or spaces inside it.`
    };
   }
  };
  function firstPart(values, expected) {
   return values.find(first => values.some(second => first !== "" && second !== "" && first + second === expected));
  }
  function isMangled(value, expected) {
   if (value === expected) return false;
   const plain = text => text.replaceAll(/["'\\\s;]/g, "").toLowerCase();
   return plain(value) === plain(expected) || `${CODE_PREFIX}${plain(value)}` === plain(expected);
  }
  const wrongName = {
   id: "wrong-name",
   explain(evidence) {
    const {probes: probes, expected: expected, zone: zone} = evidence;
    const [name] = probes.elsewhere;
    if (name === void 0 || isPublished(evidence)) return;
    const doubled = name.startsWith(`${expected.name}.`);
    const relative = zone !== void 0 && (0, dns_name.IC)(expected.name, zone) || "@";
    return {
     evidence: `the record is published at ${name} instead of ${expected.name}`,
     remedy: doubled ? `The DNS tool appends the zone to the name: enter ${relative} as the name, or ${expected.name}. with the trailing dot.` : `Move the record to ${expected.name}; in most DNS tools, enter the name as ${relative}.`
    };
   }
  };
  const wrongType = {
   id: "wrong-type",
   explain(evidence) {
    const {expected: expected} = evidence;
    if (isPublished(evidence)) return;
    const cnames = witnesses(evidence).flatMap(server => (messageOf(server)?.answers ?? []).flatMap(one => one.type === "CNAME" && one.name === expected.name ? [ one.target ] : []));
    const [target] = cnames;
    if (target === void 0) return;
    const holdsCode = target.replace(/\.$/, "").includes(expected.value.toLowerCase());
    return {
     evidence: `${expected.name} is a CNAME to ${target}${holdsCode ? ", which is the code itself" : ""}`,
     remedy: holdsCode ? "Publish the code as a TXT record instead." : "A name with a CNAME cannot have TXT records: publish the record at the target of the CNAME, or replace the CNAME with address records."
    };
   }
  };
  function telling({resolvers: resolvers}, isOneOf) {
   return resolvers.filter(server => server.state.observation?.kind !== "present" && messageOf(server)?.extendedErrors.some(({code: code}) => isOneOf(code)));
  }
  function isOfDnssec(code) {
   return code >= 6 && code <= 12;
  }
  function isReason(code) {
   return code !== 0 && code !== 5;
  }
  const dnssecBogus = {
   id: "dnssec-bogus",
   explain(evidence) {
    const failing = evidence.resolvers.filter(server => messageOf(server)?.rcode === "SERVFAIL");
    const openWithoutValidation = failing.filter(({server: server}) => {
     const reply = evidence.probes.withoutValidation.get(server.label);
     return reply?.ok && (reply.message.rcode === "NOERROR" || reply.message.rcode === "NXDOMAIN");
    });
    const told = telling(evidence, isOfDnssec).filter(one => failing.includes(one));
    const untold = openWithoutValidation.filter(one => telling({
     resolvers: [ one ]
    }, isReason).length === 0);
    const bogus = [ ...new Set([ ...told, ...untold ]) ];
    if (bogus.length === 0) return;
    const words = bogus.flatMap(server => messageOf(server)?.extendedErrors ?? []);
    const said = words.find(({code: code, text: text}) => isOfDnssec(code) && text !== "");
    return {
     evidence: `DNSSEC validation of the zone fails at ${listLabels(bogus)}${said === void 0 ? "" : `: ${quote(said.text)}`}`,
     remedy: "Sign the zone again, or correct the DS record at the registrar. Until then, validating resolvers give no answer.",
     servers: labelsOf(bogus)
    };
   }
  };
  const zoneUnreachable = {
   id: "resolver-cannot-reach-zone",
   explain(evidence) {
    const told = telling(evidence, code => code === 22 || code === 23);
    const untold = evidence.resolvers.filter(server => failsAnyway(server, evidence));
    const servers = [ ...new Set([ ...told, ...untold ]) ];
    const {authoritative: authoritative} = evidence;
    const allLame = authoritative.length > 0 && lameServers(evidence).length === authoritative.length;
    if (servers.length === 0 || allLame) return;
    return {
     evidence: `${listLabels(servers)} ${verb(servers, "gets", "get")} no usable answer from the authoritative servers`,
     remedy: "Check that the domain exists and is delegated, and that its authoritative servers answer the whole internet over UDP and TCP, without rate limits or blocked countries.",
     servers: labelsOf(servers)
    };
   }
  };
  const filtered = {
   id: "filtered",
   explain(evidence) {
    const told = telling(evidence, code => code >= 15 && code <= 17);
    const untold = isPublished(evidence) ? evidence.resolvers.filter(isByPolicy) : [];
    const servers = [ ...new Set([ ...told, ...untold ]) ];
    if (servers.length === 0) return;
    return {
     evidence: `${listLabels(servers)} ${verb(servers, "blocks", "block")} or ${verb(servers, "filters", "filter")} the domain`,
     remedy: "Use other resolvers, or ask the operator of the blocking resolver why the domain is on its list.",
     servers: labelsOf(servers)
    };
   }
  };
  function isByPolicy(server) {
   const message = messageOf(server);
   const hasSoa = message?.authorities.some(({type: type}) => type === "SOA");
   return message?.rcode === "REFUSED" || message?.rcode === "NXDOMAIN" && !hasSoa;
  }
  function failsAnyway(server, {probes: probes}) {
   const message = messageOf(server);
   const again = probes.withoutValidation.get(server.server.label);
   const isUntold = message?.extendedErrors.every(({code: code}) => !isReason(code)) ?? false;
   return isUntold && message?.rcode === "SERVFAIL" && again?.ok === true && again.message.rcode === "SERVFAIL";
  }
  const CAUSES = [ notRegistered, port53Intercepted, wrongType, quotingOrSplitting, wrongName, anotherCode, subDelegation, tcpBlocked, port53Blocked, secondaryLags, dnssecBogus, filtered, zoneUnreachable, staleAnswer, anycastSplit, oldRrsetCached, absenceCached, notPublished, lameServer, delegationMismatch, splitHorizon ];
  function diagnose(evidence) {
   return CAUSES.flatMap(cause => {
    const found = cause.explain(evidence);
    if (found === void 0) return [];
    const [evidenceLine, remedy] = [ (0, untrusted.g$)(found.evidence), (0, untrusted.g$)(found.remedy) ];
    return [ {
     cause: cause.id,
     ...found,
     evidence: evidenceLine,
     remedy: remedy
    } ];
   });
  }
  const ENDED = new Error("the work has ended");
  function linkedAbort(parent) {
   const controller = new AbortController;
   const onAbort = () => controller.abort(parent.reason);
   parent.aborted ? onAbort() : parent.addEventListener("abort", onAbort, {
    once: true
   });
   return {
    signal: controller.signal,
    [Symbol.dispose]() {
     parent.removeEventListener("abort", onAbort);
     controller.abort(ENDED);
    }
   };
  }
  var __addDisposableResource = function(env, value, async) {
   if (value !== null && value !== void 0) {
    if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
    var dispose, inner;
    if (async) {
     if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
     dispose = value[Symbol.asyncDispose];
    }
    if (dispose === void 0) {
     if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
     dispose = value[Symbol.dispose];
     async && (inner = dispose);
    }
    if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
    inner && (dispose = function() {
     try {
      inner.call(this);
     } catch (e) {
      return Promise.reject(e);
     }
    });
    env.stack.push({
     value: value,
     dispose: dispose,
     async: async
    });
   } else async && env.stack.push({
    async: true
   });
   return value;
  };
  var __disposeResources = function(SuppressedError) {
   return function(env) {
    function fail(e) {
     env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
     env.hasError = true;
    }
    var r, s = 0;
    function next() {
     while (r = env.stack.pop()) try {
      if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
      if (r.dispose) {
       var result = r.dispose.call(r.value);
       if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
        fail(e);
        return next();
       });
      } else s |= 1;
     } catch (e) {
      fail(e);
     }
     if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
     if (env.hasError) throw env.error;
    }
    return next();
   };
  }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
   var e = new Error(message);
   return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
  });
  const MORE_LOOKS = 3;
  const MAX_INVESTIGATION_MS = 1e4;
  function wrongNames({expected: {name: name}, zone: zone}) {
   const prefixed = [ "www", "_cloudflare", "_cloudflare_dashboard_sso", "cloudflare_dashboard_sso" ];
   const around = zone !== void 0 && zone !== name ? [ `${name}.${zone}`, zone ] : [];
   return [ `${name}.${name}`, ...prefixed.map(label => `${label}.${name}`), ...around ].filter(isAskable);
  }
  async function investigate(scene, services) {
   const env_1 = {
    stack: [],
    error: void 0,
    hasError: false
   };
   try {
    const limit = __addDisposableResource(env_1, linkedAbort(services.signal), false);
    const isOver = services.clock.sleep(MAX_INVESTIGATION_MS, limit.signal);
    const orNothing = (probe, nothing) => Promise.race([ probe, isOver.then(() => nothing) ]);
    const within = {
     ...services,
     signal: limit.signal
    };
    const ask = scene.isDiscovered && scene.zone !== void 0 ? services.systemNameServers(scene.zone) : void 0;
    const [serials, elsewhere, delegation, withoutValidation, undecided, systemNameServers] = await Promise.all([ orNothing(readSerials(scene, within), new Map), orNothing(lookElsewhere(scene, within), []), orNothing(compareDelegation(scene, within), void 0), orNothing(askWithoutValidation(scene, within), new Map), orNothing(askOtherBackends(scene, within), []), orNothing(Promise.resolve(ask), void 0) ]);
    return {
     serials: serials,
     elsewhere: elsewhere,
     delegation: delegation,
     withoutValidation: withoutValidation,
     undecided: undecided,
     systemNameServers: systemNameServers
    };
   } catch (e_1) {
    env_1.error = e_1;
    env_1.hasError = true;
   } finally {
    __disposeResources(env_1);
   }
  }
  function hasAnswered({reply: reply}) {
   return reply?.ok === true;
  }
  async function readSerials(scene, {client: client, signal: signal}) {
   const question = {
    name: scene.zone ?? scene.expected.name,
    type: "SOA"
   };
   const serials = scene.authoritative.filter(hasAnswered).map(async ({server: server}) => {
    const reply = await client.ask(server, question, signal);
    const soa = reply.ok ? [ ...reply.message.answers, ...reply.message.authorities ].find(({type: type}) => type === "SOA") : void 0;
    return soa?.type === "SOA" ? [ [ server.label, soa.serial ] ] : [];
   });
   return new Map((await Promise.all(serials)).flat());
  }
  async function lookElsewhere(scene, {client: client, signal: signal}) {
   const server = scene.authoritative.find(hasAnswered)?.server;
   if (server === void 0) return [];
   const looks = wrongNames(scene).map(async name => {
    const reply = await client.ask(server, {
     name: name,
     type: "TXT"
    }, signal);
    const texts = reply.ok ? reply.message.answers.flatMap(one => one.type === "TXT" && one.name === name ? [ one.strings.join("") ] : []) : [];
    return texts.includes(scene.expected.value) ? [ name ] : [];
   });
   return (await Promise.all(looks)).flat();
  }
  async function compareDelegation(scene, services) {
   const {zone: zone, isDiscovered: isDiscovered} = scene;
   const server = scene.authoritative.find(hasAnswered)?.server;
   if (!isDiscovered || zone === void 0 || server === void 0) return;
   const [parent, reply] = await Promise.all([ services.parentNameServers(zone), services.client.ask(server, {
    name: zone,
    type: "NS"
   }, services.signal) ]);
   const child = reply.ok ? reply.message.answers.flatMap(one => one.type === "NS" && one.name === zone ? [ one.target ] : []) : [];
   return {
    parent: parent,
    child: child
   };
  }
  async function askWithoutValidation({resolvers: resolvers, expected: expected, resolversMayKnow: resolversMayKnow}, {client: client, signal: signal}) {
   const question = {
    name: expected.name,
    type: resolversMayKnow ? "TXT" : "SOA"
   };
   const failing = resolvers.filter(({reply: reply}) => reply?.ok === true && reply.message.rcode === "SERVFAIL");
   const replies = failing.map(async ({server: server}) => [ server.label, await client.ask(server, question, signal, {
    checkingDisabled: true
   }) ]);
   return new Map(await Promise.all(replies));
  }
  async function askOtherBackends({authoritative: authoritative, resolvers: resolvers, expected: expected}, {client: client, signal: signal}) {
   if (!isPublished({
    authoritative: authoritative,
    resolvers: resolvers
   })) return [];
   const question = {
    name: expected.name,
    type: "TXT"
   };
   const looks = lacking(resolvers).map(async ({server: server}) => {
    const again = Array.from({
     length: MORE_LOOKS
    }, () => client.ask(server, question, signal));
    const replies = await Promise.all(again);
    const isThere = replies.some(reply => observe(reply, expected, "resolver").kind === "present");
    return isThere ? [ server.label ] : [];
   });
   return (await Promise.all(looks)).flat();
  }
  var authority_addDisposableResource = function(env, value, async) {
   if (value !== null && value !== void 0) {
    if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
    var dispose, inner;
    if (async) {
     if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
     dispose = value[Symbol.asyncDispose];
    }
    if (dispose === void 0) {
     if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
     dispose = value[Symbol.dispose];
     async && (inner = dispose);
    }
    if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
    inner && (dispose = function() {
     try {
      inner.call(this);
     } catch (e) {
      return Promise.reject(e);
     }
    });
    env.stack.push({
     value: value,
     dispose: dispose,
     async: async
    });
   } else async && env.stack.push({
    async: true
   });
   return value;
  };
  var authority_disposeResources = function(SuppressedError) {
   return function(env) {
    function fail(e) {
     env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
     env.hasError = true;
    }
    var r, s = 0;
    function next() {
     while (r = env.stack.pop()) try {
      if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
      if (r.dispose) {
       var result = r.dispose.call(r.value);
       if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
        fail(e);
        return next();
       });
      } else s |= 1;
     } catch (e) {
      fail(e);
     }
     if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
     if (env.hasError) throw env.error;
    }
    return next();
   };
  }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
   var e = new Error(message);
   return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
  });
  const HEDGE_MS = 1e3;
  const authority_MAX_SERVERS = 64;
  const PARENT_SERVERS = 2;
  async function discoverAuthority(name, services) {
   const apex = await findZoneApex(name, services);
   if (apex === void 0) return {
    kind: "unknown",
    reason: "no resolver could say which zone the domain is in"
   };
   if (apex === "." || !apex.includes(".")) return {
    kind: "not-registered",
    apex: apex
   };
   const nameServers = await recordTargets({
    name: apex,
    type: "NS"
   }, services);
   const servers = await serversNamed(nameServers, services);
   if (servers.length > 0) return {
    kind: "found",
    apex: apex,
    servers: servers
   };
   return {
    kind: "unknown",
    reason: `no address was found for any name server of ${apex}`
   };
  }
  async function serversNamed(nameServers, services) {
   const perServer = await Promise.all(nameServers.map(nameServer => addressesOf(nameServer, services)));
   return uniqueByAddress(perServer.flat()).slice(0, authority_MAX_SERVERS);
  }
  async function parentNameServers(zone, services) {
   const [, above] = (0, dns_name.Qy)(zone);
   const parent = above === void 0 ? void 0 : await findZoneApex(above, services);
   if (parent === void 0) return [];
   const nameServers = await recordTargets({
    name: parent,
    type: "NS"
   }, services);
   const servers = await serversNamed(nameServers.slice(0, PARENT_SERVERS), services);
   for (const server of servers.slice(0, PARENT_SERVERS)) {
    const reply = await services.client.ask(server, {
     name: zone,
     type: "NS"
    }, services.signal);
    const records = reply.ok ? [ ...reply.message.answers, ...reply.message.authorities ] : [];
    const delegation = records.flatMap(one => one.type === "NS" && one.name === zone ? [ one.target ] : []);
    if (delegation.length > 0) return delegation;
   }
   return [];
  }
  async function findZoneApex(name, services) {
   for (const candidate of (0, dns_name.Qy)(name)) {
    const message = await firstAnswer({
     name: candidate,
     type: "SOA"
    }, services);
    if (message === void 0) return;
    if (message.answers.some(record => record.type === "CNAME" && record.name === candidate)) continue;
    const soa = [ ...message.answers, ...message.authorities ].find(record => record.type === "SOA" && (0, 
    dns_name.a5)(candidate, record.name));
    if (soa !== void 0) return soa.name;
   }
   return;
  }
  async function addressesOf(nameServer, services) {
   const types = [ "A", "AAAA" ];
   const hosts = await Promise.all(types.map(type => recordTargets({
    name: nameServer,
    type: type
   }, services)));
   return hosts.flat().filter(host => (0, external_node_net_.isIP)(host) !== 0).map(host => authoritativeServer({
    host: host,
    port: services.authoritativePort
   }, nameServer));
  }
  async function recordTargets(question, services) {
   if (!isAskable(question.name)) return [];
   const message = await firstAnswer(question, services);
   return (message?.answers ?? []).flatMap(record => record.type === question.type && "target" in record ? [ record.target ] : []);
  }
  function uniqueByAddress(servers) {
   const key = ({addresses: addresses}) => addresses.map(({host: host}) => host).join();
   return [ ...new Map(servers.map(server => [ key(server), server ])).values() ];
  }
  class NoAnswer extends Error {}
  async function firstAnswer(question, services) {
   const env_1 = {
    stack: [],
    error: void 0,
    hasError: false
   };
   try {
    const answered = authority_addDisposableResource(env_1, linkedAbort(services.signal), false);
    const {signal: signal} = answered;
    try {
     return await Promise.any(services.resolvers.map(async (resolver, index) => {
      index > 0 && await services.clock.sleep(index * HEDGE_MS, signal);
      const reply = await services.client.ask(resolver, question, signal);
      if (reply.ok && (reply.message.rcode === "NOERROR" || reply.message.rcode === "NXDOMAIN")) return reply.message;
      throw new NoAnswer(`${resolver.label} gave no answer`);
     }));
    } catch (error) {
     services.signal.throwIfAborted();
     if (!(error instanceof AggregateError)) throw error;
     const defect = error.errors.find(one => !(one instanceof NoAnswer));
     if (defect !== void 0) throw defect;
     return;
    }
   } catch (e_1) {
    env_1.error = e_1;
    env_1.hasError = true;
   } finally {
    authority_disposeResources(env_1);
   }
  }
  const HINT = "The complete list of TXT values is needed, because a DNS tool that owns the RRset deletes every value that is not in the list. Run again, or set authoritative-servers to the servers of the zone.";
  async function currentTxt(name, given, services) {
   const servers = given ?? await discoverServers(name, services);
   const replies = await Promise.all(servers.map(server => services.client.ask(server, {
    name: name,
    type: "TXT"
   }, services.signal)));
   const messages = replies.flatMap(reply => reply.ok ? [ reply.message ] : []);
   const believed = messages.filter(({authoritative: authoritative, rcode: rcode, truncated: truncated}) => authoritative && !truncated && (rcode === "NOERROR" || rcode === "NXDOMAIN"));
   if (believed.length === 0) {
    const asked = servers.map(({label: label}) => label).join(", ");
    throw new domain_errors.AU(`Could not read the TXT records of ${name}: none of ${asked} gave an authoritative answer.`, {
     hint: HINT
    });
   }
   const records = believed.flatMap(({answers: answers}) => answers).filter(record => record.name === name);
   if (records.some(({type: type}) => type === "CNAME")) throw new domain_errors.AU(`${name} is a CNAME, so it cannot have TXT records.`, {
    hint: "Replace the CNAME with the records of its target first."
   });
   return [ ...new Set(records.flatMap(txtText)) ].sort();
  }
  async function discoverServers(name, services) {
   const discovery = await discoverAuthority(name, services);
   if (discovery.kind === "found") return discovery.servers;
   const why = discovery.kind === "unknown" ? discovery.reason : "the domain is not registered";
   throw new domain_errors.AU(`Could not read the TXT records of ${name}: ${why}.`, {
    hint: HINT
   });
  }
  function txtText(record) {
   if (record.type !== "TXT") return [];
   const text = record.strings.join("");
   if (!text.includes("\ufffd")) return [ text ];
   throw new domain_errors.AU(`A TXT record of ${record.name} is not valid UTF-8 and cannot be written as text.`, {
    hint: HINT
   });
  }
  function toDnsReport({expected: expected, verdict: verdict, zone: zone, startedAtMs: startedAtMs, endedAtMs: endedAtMs, servers: servers, diagnosis: diagnosis}) {
   const {reason: reason, authoritative: authoritative, expectedAtMs: expectedAtMs} = verdict;
   return {
    name: expected.name,
    type: "TXT",
    value: expected.value,
    visible: reason === "visible",
    authoritative: authoritative,
    reason: reason,
    ...zone !== void 0 && {
     zone: zone
    },
    started_at: iso(startedAtMs),
    ended_at: iso(endedAtMs),
    ...expectedAtMs !== void 0 && {
     expected_at: iso(expectedAtMs)
    },
    servers: servers.map(toServerReport),
    diagnosis: diagnosis
   };
  }
  function toServerReport({server: server, state: state, reply: reply}) {
   const {observation: observation, answeredAtMs: answeredAtMs, presentSinceMs: presentSinceMs, expiresAtMs: expiresAtMs} = state;
   return {
    server: state.label,
    role: server.role,
    ...describeObservation(observation),
    ...reply !== void 0 && {
     transport: reply.transport
    },
    ...answeredAtMs !== void 0 && {
     answered_at: iso(answeredAtMs)
    },
    ...presentSinceMs !== void 0 && {
     seen_at: iso(presentSinceMs)
    },
    ...expiresAtMs !== void 0 && {
     expires_at: iso(expiresAtMs)
    }
   };
  }
  function describeObservation(observation) {
   if (observation === void 0) return {
    record: "unknown",
    txt: [],
    problem: "not asked"
   };
   if (observation.kind === "unusable") return {
    record: "unknown",
    txt: [],
    problem: observation.detail
   };
   const {kind: kind, values: values, ttlS: ttlS} = observation;
   const serial = observation.kind === "absent" ? observation.serial : void 0;
   return {
    record: kind,
    txt: values,
    ...ttlS !== void 0 && {
     ttl: ttlS
    },
    ...serial !== void 0 && {
     serial: serial
    }
   };
  }
  function iso(epochMs) {
   return new Date(epochMs).toISOString();
  }
  const PROBE_PAUSES_MS = [ 5e3, 1e4, 2e4, 4e4, 6e4 ];
  const LAST_PROBE_PAUSE_MS = 6e4;
  const EXPIRY_SLACK_MS = 200;
  const MIN_RESOLVER_PAUSE_MS = 1e3;
  function newTrack(label, nextAskAtMs) {
   return {
    label: label,
    observation: void 0,
    answeredAtMs: void 0,
    presentSinceMs: void 0,
    confirmed: false,
    askedAtMs: 0,
    nextAskAtMs: nextAskAtMs,
    inFlight: false,
    misses: 0,
    failures: 0
   };
  }
  function newResolverTrack(label) {
   return {
    ...newTrack(label, Number.POSITIVE_INFINITY),
    expiresAtMs: void 0
   };
  }
  function isUntouched(track) {
   return track.observation === void 0 && !track.inFlight && track.nextAskAtMs === Number.POSITIVE_INFINITY;
  }
  function isUnreachable(track) {
   return track.observation?.kind === "unusable" && track.observation.why === "unreachable";
  }
  function cacheExpiry(observation, nowMs) {
   const ttlS = observation.kind === "absent" ? observation.ttlS : void 0;
   return ttlS === void 0 ? void 0 : nowMs + ttlS * 1e3;
  }
  function resolverAskAt(track, nowMs) {
   const probeMs = nowMs + (PROBE_PAUSES_MS[track.misses - 1] ?? LAST_PROBE_PAUSE_MS);
   const expiryMs = (track.expiresAtMs ?? Number.POSITIVE_INFINITY) + EXPIRY_SLACK_MS;
   return Math.max(nowMs + MIN_RESOLVER_PAUSE_MS, Math.min(probeMs, expiryMs));
  }
  const CONFIRMATION_GAP_MS = 1e3;
  const FIRST_PAUSE_MS = 1e3;
  const PAUSE_GROWTH = 1.5;
  const PAUSE_JITTER = .2;
  const FAILURES_OF_A_DEAD_SERVER = 2;
  class Propagation {
   #plan;
   #random;
   #deadlineMs;
   #oneLook;
   #authoritative;
   #resolvers;
   #tracks;
   #phase;
   #confirmedByAuthority=false;
   #pauseMs=FIRST_PAUSE_MS;
   #nextRoundAtMs;
   constructor(plan, random = Math.random) {
    this.#plan = plan;
    this.#random = random;
    this.#oneLook = plan.timeoutMs === 0;
    this.#deadlineMs = plan.startedAtMs + plan.timeoutMs;
    this.#nextRoundAtMs = plan.startedAtMs;
    this.#authoritative = plan.authoritative.map(label => newTrack(label, plan.startedAtMs));
    const isRequired = label => plan.required.includes(label) ? 1 : 0;
    this.#resolvers = plan.resolvers.toSorted((a, b) => isRequired(a) - isRequired(b)).map(label => newResolverTrack(label));
    this.#tracks = new Map([ ...this.#authoritative, ...this.#resolvers ].map(track => [ track.label, track ]));
    this.#phase = "authoritative";
   }
   get servers() {
    return [ ...this.#tracks.values() ];
   }
   state(label) {
    return {
     ...this.#track(label)
    };
   }
   get phase() {
    return this.#phase === "authoritative" ? "authoritative" : "resolvers";
   }
   next(nowMs) {
    this.#phase === "authoritative" && this.#leaveAuthoritative(nowMs);
    this.#phase === "canary" && this.#advanceCanary(nowMs);
    const verdict = this.#verdict(nowMs);
    if (verdict !== void 0) return {
     kind: "finish",
     verdict: verdict
    };
    const active = this.#active();
    const due = active.filter(track => !track.inFlight && track.nextAskAtMs <= nowMs);
    if (due.length > 0) return this.#ask(due, nowMs);
    const wakeUps = active.filter(track => !track.inFlight).map(track => track.nextAskAtMs);
    return {
     kind: "wait",
     untilMs: Math.min(...wakeUps)
    };
   }
   noteReply(label, observation, nowMs) {
    const track = this.#track(label);
    const resolver = this.#resolvers.find(one => one === track);
    track.inFlight = false;
    track.observation = observation;
    track.answeredAtMs = nowMs;
    track.failures = observation.kind === "unusable" ? track.failures + 1 : 0;
    track.misses = observation.kind === "present" ? 0 : track.misses + 1;
    resolver !== void 0 && (resolver.expiresAtMs = cacheExpiry(observation, nowMs));
    this.#noteSighting(track, nowMs);
    const nextMs = resolver === void 0 ? this.#nextRoundAtMs : resolverAskAt(resolver, nowMs);
    track.nextAskAtMs = this.#withinDeadline(nextMs, nowMs);
   }
   #track(label) {
    const track = this.#tracks.get(label);
    if (track === void 0) throw new RangeError(`no server of this wait is called ${label}`);
    return track;
   }
   #noteSighting(track, nowMs) {
    if (track.observation?.kind !== "present") {
     track.presentSinceMs = void 0;
     track.confirmed = false;
     return;
    }
    if (track.presentSinceMs === void 0) {
     track.presentSinceMs = nowMs;
     this.#lookAgainSoon(nowMs);
    } else track.askedAtMs >= track.presentSinceMs + CONFIRMATION_GAP_MS && (track.confirmed = true);
    this.#oneLook && (track.confirmed = true);
   }
   #lookAgainSoon(nowMs) {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#nextRoundAtMs = nowMs + CONFIRMATION_GAP_MS;
    for (const track of this.#authoritative) Number.isFinite(track.nextAskAtMs) && (track.nextAskAtMs = this.#withinDeadline(this.#nextRoundAtMs, nowMs));
   }
   #ask(due, nowMs) {
    for (const track of due) {
     track.inFlight = true;
     track.askedAtMs = nowMs;
    }
    if (this.#phase === "authoritative" && nowMs >= this.#nextRoundAtMs) {
     this.#nextRoundAtMs = nowMs + this.#pauseMs * (1 - PAUSE_JITTER * this.#random());
     this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, this.#plan.pollIntervalMs);
    }
    return {
     kind: "ask",
     labels: due.map(track => track.label)
    };
   }
   #active() {
    if (this.#phase === "authoritative") return this.#authoritative;
    return this.#resolvers.filter(track => track.observation?.kind !== "present");
   }
   #leaveAuthoritative(nowMs) {
    const servers = this.#authoritative.filter(track => !isUnreachable(track));
    const responsive = servers.filter(track => track.failures === 0 && track.observation !== void 0);
    const patience = this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER;
    const othersAreDead = servers.every(track => responsive.includes(track) || track.failures >= patience);
    const othersHaveFailed = servers.every(track => responsive.includes(track) || track.failures >= 1);
    if (!responsive.every(track => track.confirmed)) return;
    if (responsive.length > 0 && othersHaveFailed && responsive.length * 2 >= servers.length) {
     this.#confirmedByAuthority = true;
     this.#phase = "resolvers";
     for (const track of this.#resolvers) this.#askSoon(track, nowMs);
    } else othersAreDead && (this.#phase = "canary");
   }
   #advanceCanary(nowMs) {
    if (this.#resolvers.some(track => track.observation?.kind === "present")) {
     this.#phase = "resolvers";
     for (const track of this.#resolvers.filter(isUntouched)) this.#askSoon(track, nowMs);
     return;
    }
    const touched = this.#resolvers.filter(track => !isUntouched(track));
    if (touched.some(track => track.failures < (this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER))) return;
    const next = this.#resolvers.find(isUntouched);
    next !== void 0 && this.#askSoon(next, nowMs);
   }
   #verdict(nowMs) {
    const authoritative = this.#confirmedByAuthority;
    if (this.#phase !== "authoritative") {
     if (this.#hasQuorum(track => track.observation?.kind === "present")) return {
      reason: "visible",
      authoritative: authoritative
     };
     if (!this.#oneLook && !this.#hasQuorum(track => this.#canHaveItInTime(track))) return {
      reason: "not-in-time",
      authoritative: authoritative,
      expectedAtMs: this.#expectedAtMs(nowMs)
     };
    }
    const canGoOn = this.#active().some(track => track.inFlight || Number.isFinite(track.nextAskAtMs));
    return canGoOn ? void 0 : {
     reason: "timed-out",
     authoritative: authoritative
    };
   }
   #hasQuorum(holds) {
    const holding = this.#resolvers.filter(holds);
    const needed = Math.max(this.#plan.quorum, Math.min(2, this.#resolvers.length));
    const required = this.#plan.required.every(label => holding.some(track => track.label === label));
    return required && holding.length >= needed;
   }
   #canHaveItInTime(track) {
    return track.expiresAtMs === void 0 || track.expiresAtMs <= this.#deadlineMs;
   }
   #expectedAtMs(nowMs) {
    const expiries = this.#resolvers.map(track => track.expiresAtMs ?? nowMs).toSorted((a, b) => a - b);
    const isEnough = atMs => this.#hasQuorum(track => (track.expiresAtMs ?? nowMs) <= atMs);
    return expiries.find(isEnough) ?? nowMs;
   }
   #askSoon(track, nowMs) {
    track.nextAskAtMs = this.#oneLook || nowMs < this.#deadlineMs ? nowMs : Number.POSITIVE_INFINITY;
   }
   #withinDeadline(atMs, nowMs) {
    return nowMs >= this.#deadlineMs ? Number.POSITIVE_INFINITY : Math.min(atMs, this.#deadlineMs);
   }
  }
  const GATHER_MS = 1e3;
  const QUIET_PAUSES_MS = [ 6e4, 6e4, 6e4, 12e4 ];
  const LAST_QUIET_PAUSE_MS = 3e5;
  function waitForRecord(expected, servers, plan, listener, services) {
   return new RecordWait(expected, servers, plan, listener, services).run();
  }
  class RecordWait {
   #expected;
   #servers;
   #zone;
   #listener;
   #client;
   #clock;
   #propagation;
   #replies=new Map;
   #pending=new Set;
   #ended;
   #reported=new Map;
   #changedAtMs=Number.POSITIVE_INFINITY;
   #questionsUnderWay=0;
   #phase;
   #lastReportAtMs;
   #quietReports=0;
   #isExplaining=false;
   constructor(expected, servers, plan, listener, {client: client, clock: clock, signal: signal, random: random}) {
    this.#expected = expected;
    this.#servers = servers;
    this.#zone = plan.zone;
    this.#listener = listener;
    this.#client = client;
    this.#clock = clock;
    this.#propagation = new Propagation(plan, random);
    this.#ended = linkedAbort(signal);
    this.#phase = this.#propagation.phase;
    this.#lastReportAtMs = clock.now();
   }
   async run() {
    try {
     let verdict;
     while (verdict === void 0) verdict = await this.#advance();
     return {
      verdict: verdict,
      servers: this.#evidence()
     };
    } finally {
     this.#ended[Symbol.dispose]();
     await Promise.allSettled(this.#pending);
    }
   }
   async #advance() {
    const move = this.#propagation.next(this.#clock.now());
    const verdict = this.#verdictOf(move);
    verdict === void 0 && this.#questionsUnderWay !== 0 || this.#reportChanges();
    this.#reportPhase();
    if (verdict !== void 0 || move.kind === "finish") return verdict;
    if (move.kind === "ask") {
     for (const label of move.labels) this.#start(this.#ask(label));
     return;
    }
    const changesDueAtMs = this.#changedAtMs + GATHER_MS;
    await this.#untilReplyOr(Math.min(move.untilMs, changesDueAtMs, this.#nextReportAtMs()));
    this.#clock.now() >= changesDueAtMs && this.#reportChanges();
    this.#clock.now() >= this.#nextReportAtMs() && this.#reportQuiet();
    return;
   }
   #verdictOf(move) {
    if (move.kind === "finish") return move.verdict;
    const referral = this.#commonReferral();
    return referral === void 0 ? void 0 : {
     reason: "referred",
     referral: referral
    };
   }
   #commonReferral() {
    const authoritative = this.#propagation.servers.filter(({label: label}) => this.#servers.get(label)?.role === "authoritative");
    if (authoritative.some(({observation: observation}) => observation?.kind !== "unusable")) return;
    return authoritative.map(({label: label}) => referralOf(this.#replies.get(label), this.#expected.name)).find(referral => isDeeper(referral, this.#zone));
   }
   #start(work) {
    const pending = work.then(() => {
     this.#pending.delete(pending);
    });
    this.#pending.add(pending);
   }
   async #ask(label) {
    const server = this.#servers.get(label);
    if (server === void 0) throw new RangeError(`no server of this wait is called ${label}`);
    const question = {
     name: this.#expected.name,
     type: "TXT"
    };
    this.#questionsUnderWay += 1;
    const reply = await this.#client.ask(server, question, this.#ended.signal);
    this.#questionsUnderWay -= 1;
    const nowMs = this.#clock.now();
    const observation = observe(reply, this.#expected, server.role);
    this.#propagation.noteReply(label, observation, nowMs);
    this.#replies.set(label, reply);
    answerKey(observation) !== this.#reported.get(label) && (this.#changedAtMs = Math.min(this.#changedAtMs, nowMs));
   }
   #reportChanges() {
    if (this.#changedAtMs === Number.POSITIVE_INFINITY) return;
    this.#changedAtMs = Number.POSITIVE_INFINITY;
    const changed = this.#evidence().filter(({state: {label: label, observation: observation}}) => {
     const isNew = observation !== void 0 && answerKey(observation) !== this.#reported.get(label);
     isNew && this.#reported.set(label, answerKey(observation));
     return isNew;
    });
    if (changed.length === 0) return;
    this.#lastReportAtMs = this.#clock.now();
    this.#quietReports = 0;
    this.#listener.changed(changed);
   }
   #reportPhase() {
    if (this.#propagation.phase === this.#phase) return;
    this.#reportChanges();
    this.#phase = this.#propagation.phase;
    const resolvers = [ ...this.#servers.values() ].filter(({role: role}) => role === "resolver");
    this.#listener.askingResolvers(resolvers);
   }
   #nextReportAtMs() {
    return this.#lastReportAtMs + (QUIET_PAUSES_MS[this.#quietReports] ?? LAST_QUIET_PAUSE_MS);
   }
   #reportQuiet() {
    this.#lastReportAtMs = this.#clock.now();
    this.#quietReports += 1;
    if (this.#isExplaining) return;
    this.#isExplaining = true;
    const explained = this.#listener.stillWaiting(this.#evidence(), this.#ended.signal);
    this.#start(explained.then(() => {
     this.#isExplaining = false;
    }));
   }
   async #untilReplyOr(untilMs) {
    const wake = linkedAbort(this.#ended.signal);
    const sleep = this.#clock.sleep(Math.max(0, untilMs - this.#clock.now()), wake.signal);
    try {
     await Promise.race([ sleep, ...this.#pending ]);
    } finally {
     wake[Symbol.dispose]();
     await Promise.allSettled([ sleep ]);
    }
   }
   #evidence() {
    return this.#propagation.servers.flatMap(state => {
     const server = this.#servers.get(state.label);
     const reply = this.#replies.get(state.label);
     return server === void 0 ? [] : [ {
      server: server,
      state: {
       ...state
      },
      reply: reply
     } ];
    });
   }
  }
  function answerKey(observation) {
   if (observation.kind === "unusable") return `${observation.why} ${observation.detail}`;
   return JSON.stringify([ observation.kind, observation.values.toSorted() ]);
  }
  const wording_MAX_NAMED = 8;
  function describeServers(servers, nowMs) {
   const answers = Map.groupBy(servers, server => describeAnswer(server, true, nowMs));
   return [ ...answers ].flatMap(([singular, [first, ...others]]) => {
    if (first === void 0) return [];
    const labels = (0, naming.b)([ first, ...others ].map(({label: label}) => label), wording_MAX_NAMED);
    const answer = others.length === 0 ? singular : describeAnswer(first, false, nowMs);
    return [ `${labels} ${answer}.` ];
   });
  }
  function describeAnswer({observation: observation, expiresAtMs: expiresAtMs}, isOne, nowMs) {
   const has = isOne ? "has" : "have";
   if (observation === void 0) return `${has} not answered yet`;
   if (observation.kind === "unusable") return `failed: ${observation.detail}`;
   if (observation.kind === "present") return `${has} the record`;
   const others = observation.values.length;
   if (expiresAtMs !== void 0) {
    const what = others === 0 ? "the absence of the record" : "the old TXT records";
    return `still ${has} ${what} ${evidence_cachedUntil(expiresAtMs, nowMs)}`;
   }
   const found = others === 0 ? "nor any other TXT record" : `only ${others} other TXT record${others === 1 ? "" : "s"}`;
   return `${isOne ? "does" : "do"} not have the record yet, ${found}`;
  }
  function countServers(servers) {
   const parts = [ "authoritative", "resolver" ].flatMap(role => {
    const ofRole = servers.filter(server => server.role === role);
    const present = ofRole.filter(server => server.record === "present").length;
    const noun = role === "resolver" ? "resolvers" : "authoritative servers";
    return ofRole.length === 0 ? [] : [ `${present} of ${ofRole.length} ${noun}` ];
   });
   return parts.length === 0 ? "no server was asked" : `${parts.join(" and ")} have the record`;
  }
  function explainInvisible(report) {
   const [main] = report.diagnosis;
   const late = report.reason === "not-in-time" && report.expected_at !== void 0;
   const again = late ? ` Run again after ${report.expected_at}, or use a longer timeout.` : "";
   if (main !== void 0 && late && main.resolves_at !== void 0) return {
    why: main.evidence,
    remedy: again.trimStart()
   };
   if (main !== void 0) return {
    why: main.evidence,
    remedy: `${main.remedy}${again}`
   };
   const record = `${report.name} TXT "${report.value}"`;
   return {
    why: countServers(report.servers),
    remedy: `Check that ${record} is published, then run again.${again}`
   };
  }
  const MINUTE_MS = 6e4;
  class WaitLog {
   #services;
   #startedAtMs;
   #deadlineMs;
   #toldCause="";
   constructor(startedAtMs, timeoutMs, services) {
    this.#services = services;
    this.#startedAtMs = startedAtMs;
    this.#deadlineMs = startedAtMs + timeoutMs;
   }
   changed(servers) {
    const states = servers.map(({state: state}) => state);
    for (const line of describeServers(states, this.#services.clock.now())) this.#services.log.detail(line);
   }
   askingResolvers(resolvers) {
    this.#services.log.detail(`Asking the resolvers: ${resolvers.map(({label: label}) => label).join(", ")}.`);
   }
   async stillWaiting(servers, signal) {
    const [cause] = await this.#services.explain(servers, signal);
    const count = countServers(servers.filter(({reply: reply}) => reply !== void 0).map(toCounted));
    this.#services.log.detail(`Still waiting, ${this.#times()}: ${count}${this.#describeCause(cause)}`);
   }
   #times() {
    const nowMs = this.#services.clock.now();
    const elapsed = `${inMinutes(nowMs - this.#startedAtMs)} elapsed`;
    return nowMs < this.#deadlineMs ? `${elapsed}, ${inMinutes(this.#deadlineMs - nowMs)} left` : elapsed;
   }
   #describeCause(cause) {
    const known = this.#toldCause;
    this.#toldCause = cause === void 0 ? "" : causeKey(cause);
    if (cause === void 0) return ".";
    if (this.#toldCause === known) return ` (${cause.cause}).`;
    return `. Most likely cause: ${cause.evidence}. ${cause.remedy}`;
   }
  }
  function inMinutes(durationMs) {
   const unitMs = durationMs < MINUTE_MS ? 1e3 : MINUTE_MS;
   return (0, duration.a3)(Math.round(durationMs / unitMs) * unitMs);
  }
  function causeKey({cause: cause, evidence: evidence, servers: servers = [], resolves_at: resolves_at}) {
   return resolves_at === void 0 ? `${cause}: ${evidence}` : `${cause}: ${servers.join(", ")}`;
  }
  function toCounted({server: server, state: state}) {
   const isPresent = state.observation?.kind === "present";
   return {
    role: server.role,
    record: isPresent ? "present" : "unknown"
   };
  }
  const MAX_REFERRALS = 4;
  function createRecordWatch(settings, services) {
   const resolvers = settings.resolvers.map(resolverServer);
   const {authoritativeServers: given} = settings;
   const chosen = {
    resolvers: resolvers,
    given: typeof given === "string" ? given : givenServers(given, resolvers)
   };
   return {
    waitFor: (expected, limits, log) => new Watch(settings, chosen, services, expected, log).run(limits),
    currentTxt: name => currentTxt(name, typeof chosen.given === "string" ? void 0 : chosen.given, {
     authoritativePort: 53,
     ...services,
     resolvers: resolvers
    })
   };
  }
  class Watch {
   #settings;
   #services;
   #expected;
   #log;
   #resolvers;
   #given;
   #startedAtMs;
   #referrals=0;
   #referring=[];
   #discovery={
    kind: "unknown",
    reason: "not looked for yet"
   };
   constructor(settings, {resolvers: resolvers, given: given}, services, expected, log) {
    this.#settings = settings;
    this.#services = {
     authoritativePort: 53,
     ...services
    };
    this.#expected = expected;
    this.#log = log;
    this.#resolvers = resolvers;
    this.#given = given;
    this.#startedAtMs = services.clock.now();
   }
   async run(limits) {
    this.#discovery = await this.#discover();
    if (this.#discovery.kind === "not-registered") return this.#report({
     reason: "not-registered",
     authoritative: false
    }, []);
    const listener = this.#listener(limits);
    for (;;this.#referrals++) {
     this.#log.detail(this.#describeStart());
     const {verdict: verdict, servers: servers} = await this.#wait(limits, listener);
     if (verdict.reason !== "referred") return this.#report(verdict, servers);
     if (this.#referrals === MAX_REFERRALS) return this.#report({
      reason: "timed-out",
      authoritative: false
     }, servers);
     this.#discovery = await this.#follow(verdict.referral);
     const isLost = this.#discovery.kind !== "found";
     this.#referring = isLost ? servers.filter(({server: server}) => server.role === "authoritative") : [];
    }
   }
   async #discover() {
    if (this.#given === "off") return {
     kind: "unknown",
     reason: "authoritative-servers is off"
    };
    if (this.#given === "auto") return discoverAuthority(this.#expected.name, this.#discoveryServices());
    return {
     kind: "found",
     apex: this.#expected.name,
     servers: this.#given
    };
   }
   async #follow({zone: zone, nameServers: nameServers}) {
    const servers = await serversNamed(nameServers, this.#discoveryServices());
    return servers.length > 0 ? {
     kind: "found",
     apex: zone,
     servers: servers
    } : {
     kind: "unknown",
     reason: `no address was found for any name server of ${zone}`
    };
   }
   #wait(limits, listener) {
    const authoritative = this.#discovery.kind === "found" ? this.#discovery.servers : [];
    const servers = new Map([ ...authoritative, ...this.#resolvers ].map(server => [ server.label, server ]));
    const plan = {
     authoritative: authoritative.map(({label: label}) => label),
     resolvers: this.#resolvers.map(({label: label}) => label),
     required: this.#settings.resolvers.filter(({required: required}) => required).map(({label: label}) => label),
     quorum: this.#settings.quorum,
     startedAtMs: this.#startedAtMs,
     zone: this.#zone(),
     ...limits
    };
    return waitForRecord(this.#expected, servers, plan, listener, this.#services);
   }
   async #report(verdict, servers) {
    const endedAtMs = this.#services.clock.now();
    const diagnosis = verdict.reason === "visible" ? [] : await this.#explain(servers, this.#services.signal);
    const wait = {
     expected: this.#expected,
     startedAtMs: this.#startedAtMs,
     endedAtMs: endedAtMs
    };
    return toDnsReport({
     ...wait,
     verdict: verdict,
     zone: this.#zone(),
     servers: servers,
     diagnosis: diagnosis
    });
   }
   async #explain(servers, signal) {
    const ofRole = role => servers.filter(({server: server}) => server.role === role);
    const scene = {
     expected: this.#expected,
     zone: this.#zone(),
     isDiscovered: this.#settings.authoritativeServers === "auto",
     authoritative: [ ...this.#referring, ...ofRole("authoritative") ],
     resolvers: ofRole("resolver"),
     resolversMayKnow: ofRole("resolver").some(({reply: reply}) => reply !== void 0)
    };
    const {client: client, clock: clock, systemNameServers: systemNameServers} = this.#services;
    const probes = await investigate(scene, {
     client: client,
     clock: clock,
     signal: signal,
     systemNameServers: systemNameServers,
     parentNameServers: zone => parentNameServers(zone, {
      ...this.#discoveryServices(),
      signal: signal
     })
    });
    const evidence = {
     ...scene,
     probes: probes,
     isRegistered: this.#discovery.kind !== "not-registered",
     nowMs: this.#services.clock.now()
    };
    return diagnose(evidence);
   }
   #zone() {
    const isGiven = this.#settings.authoritativeServers !== "auto" && this.#referrals === 0;
    return this.#discovery.kind === "unknown" || isGiven ? void 0 : this.#discovery.apex;
   }
   #discoveryServices() {
    return {
     ...this.#services,
     resolvers: this.#resolvers
    };
   }
   #describeStart() {
    const discovery = this.#discovery;
    if (discovery.kind === "found") {
     const labels = discovery.servers.map(({label: label}) => label).join(", ");
     return `Asking the authoritative servers of ${discovery.apex}: ${labels}.`;
    }
    const reason = discovery.kind === "unknown" ? discovery.reason : "the domain is not registered";
    return `Asking only the resolvers, one of them first, because ${reason}.`;
   }
   #listener({timeoutMs: timeoutMs}) {
    return new WaitLog(this.#startedAtMs, timeoutMs, {
     log: this.#log,
     clock: this.#services.clock,
     explain: (servers, signal) => this.#explain(servers, signal)
    });
   }
  }
  function givenServers(addresses, resolvers) {
   const taken = new Set(resolvers.map(({label: label}) => label));
   const servers = addresses.map(address => {
    const server = authoritativeServer(address);
    return taken.has(server.label) ? {
     ...server,
     label: `${server.label} (authoritative)`
    } : server;
   });
   return [ ...new Map(servers.map(server => [ server.label, server ])).values() ];
  }
  var http_session = __nccwpck_require__(2059);
  const external_node_fs_namespaceObject = require("node:fs");
  const external_node_fs_promises_namespaceObject = require("node:fs/promises");
  var external_node_path_ = __nccwpck_require__(6760);
  var unreadable_text_error = __nccwpck_require__(7467);
  const PATH_HINT = "Set record-file to a file in the repository, relative to its root, for example dns/example.com.zone.";
  async function locate(root, path) {
   if (path.trim() === "" || path.includes("\0")) throw refused(path, "is not a file path");
   const realRoot = await (0, external_node_fs_promises_namespaceObject.realpath)(root);
   const isInside = [ root, realRoot ].some(folder => componentsBelow(folder, (0, external_node_path_.resolve)(root, path)) !== void 0);
   if (!isInside) throw refused(path, "is outside the workspace");
   const real = await realPathOf(path, (0, external_node_path_.resolve)(root, path));
   const components = componentsBelow(realRoot, real);
   if (components === void 0) throw refused(path, "leaves the workspace through a symlink");
   const code = codeFolder(components.map(plainName));
   if (code !== void 0) throw refused(path, `is inside ${code}`);
   return real;
  }
  async function staysAt(root, path, file) {
   if (await locate(root, path) !== file) throw refused(path, "leads somewhere else than a moment ago");
  }
  function componentsBelow(folder, path) {
   const fromFolder = (0, external_node_path_.relative)((0, external_node_path_.resolve)(folder), path);
   const components = fromFolder.split(external_node_path_.sep).filter(component => component !== "");
   return components[0] === ".." || (0, external_node_path_.isAbsolute)(fromFolder) ? void 0 : components;
  }
  async function realPathOf(path, absolute) {
   try {
    return await (0, external_node_fs_promises_namespaceObject.realpath)(absolute);
   } catch (error) {
    if (!isMissing(error)) throw error;
   }
   const stats = await (0, external_node_fs_promises_namespaceObject.lstat)(absolute).catch(() => {});
   if (stats?.isSymbolicLink()) throw refused(path, "goes through a symlink whose target does not exist");
   if (stats !== void 0) return realPathOf(path, absolute);
   return (0, external_node_path_.join)(await realPathOf(path, (0, external_node_path_.dirname)(absolute)), (0, 
   external_node_path_.basename)(absolute));
  }
  function codeFolder(names) {
   if (names.some(name => name === ".git" || name === "git~1")) return ".git";
   return [ "workflows", "actions" ].map(name => `.github/${name}`).find(folder => `/${names.join("/")}/`.includes(`/${folder}/`));
  }
  function plainName(component) {
   const [visible = ""] = component.replaceAll(/\p{DI}/gu, "").split(":", 1);
   return visible.replace(/(?<![. ])[. ]+$/, "").toLowerCase();
  }
  function isMissing(error) {
   return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
  function refused(path, problem) {
   return new domain_errors.lZ(`The path ${JSON.stringify((0, untrusted.g$)(path))} ${problem}.`, {
    hint: PATH_HINT
   });
  }
  const MAX_BYTES = 16777216;
  const BYTE_ORDER_MARK = "\ufeff";
  function openWorkspace(root) {
   const queues = new Map;
   return {
    async update(path, change, {dryRun: dryRun}) {
     try {
      const file = await locate(root, path);
      const queue = queues.get(file) ?? pLimit(1);
      queues.set(file, queue);
      return await queue(() => rewrite({
       root: root,
       path: path,
       file: file,
       change: change,
       dryRun: dryRun
      }));
     } catch (error) {
      throw explained(path, error);
     }
    }
   };
  }
  async function rewrite({root: root, path: path, file: file, change: change, dryRun: dryRun}) {
   const current = await readCurrent(path, file);
   const text = change(current?.text);
   if (text === current?.text) return false;
   if (dryRun) return true;
   const inPlace = () => staysAt(root, path, file);
   await replaceFile(file, `${current?.mark ?? ""}${text}`, current?.stats, inPlace);
   return true;
  }
  async function readCurrent(path, file) {
   const flags = external_node_fs_namespaceObject.constants.O_RDONLY | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0) | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
   let stats;
   try {
    stats = await (0, external_node_fs_promises_namespaceObject.stat)(file);
   } catch (error) {
    if (isMissing(error)) return;
    throw error;
   }
   checkKind(path, stats);
   const handle = await (0, external_node_fs_promises_namespaceObject.open)(file, flags);
   try {
    stats = await handle.stat();
    checkKind(path, stats);
    const text = decodeUtf8(path, await readWhole(path, handle));
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    return {
     mark: mark,
     text: text.slice(mark.length),
     stats: stats
    };
   } finally {
    await handle.close();
   }
  }
  function checkKind(path, stats) {
   if (!stats.isFile()) {
    const kind = stats.isDirectory() ? "a folder" : "not a regular file";
    throw new domain_errors.lZ(`${(0, untrusted.g$)(path)} is ${kind}.`, {
     hint: "Set record-file to the path of a file."
    });
   }
   if (stats.size > MAX_BYTES) throw tooLarge(path);
  }
  async function readWhole(path, handle) {
   const bytes = Buffer.alloc(MAX_BYTES + 1);
   let length = 0;
   for (;;) {
    const {bytesRead: bytesRead} = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
   }
   if (length > MAX_BYTES) throw tooLarge(path);
   return bytes.subarray(0, length);
  }
  function tooLarge(path) {
   return new domain_errors.lZ(`${(0, untrusted.g$)(path)} is larger than ${MAX_BYTES / 1024 / 1024} MiB.`, {
    hint: "Check that record-file is the file with the DNS records."
   });
  }
  function decodeUtf8(path, bytes) {
   try {
    return new TextDecoder("utf-8", {
     fatal: true,
     ignoreBOM: true
    }).decode(bytes);
   } catch (error) {
    throw new domain_errors.lZ(`${(0, untrusted.g$)(path)} is not UTF-8 text. Nothing was written.`, {
     hint: "Save the file as UTF-8.",
     cause: error
    });
   }
  }
  const NEW_FILE = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
  async function replaceFile(file, text, old, inPlace) {
   await inPlace();
   const folder = (0, external_node_path_.dirname)(file);
   await (0, external_node_fs_promises_namespaceObject.mkdir)(folder, {
    recursive: true
   });
   const temporary = (0, external_node_path_.join)(folder, `.cloudflare-sso-${(0, external_node_crypto_namespaceObject.randomUUID)()}.tmp`);
   try {
    const handle = await (0, external_node_fs_promises_namespaceObject.open)(temporary, NEW_FILE, 438);
    try {
     await handle.writeFile(text);
     old !== void 0 && await keepPermissions(handle, old);
     await handle.sync();
    } finally {
     await handle.close();
    }
    await inPlace();
    await (0, external_node_fs_promises_namespaceObject.rename)(temporary, file);
   } catch (error) {
    await (0, external_node_fs_promises_namespaceObject.rm)(temporary, {
     force: true
    });
    throw error;
   }
  }
  async function keepPermissions(handle, old) {
   const {uid: uid, gid: gid} = await handle.stat();
   uid === old.uid && gid === old.gid || await handle.chown(old.uid, old.gid).catch(() => {});
   await handle.chmod(old.mode & 4095);
  }
  function explained(path, error) {
   if (error instanceof unreadable_text_error.l) {
    const place = `${(0, untrusted.g$)(path)}:${error.line}:${error.column}`;
    const message = `${place}: ${(0, untrusted.g$)(error.message)}. Nothing was written.`;
    return new domain_errors.lZ(message, {
     hint: error.hint,
     cause: error
    });
   }
   if (!(error instanceof Error && "code" in error && "syscall" in error)) return error;
   return new domain_errors.lZ(`${(0, untrusted.g$)(path)} could not be read or written: ${(0, 
   untrusted.g$)(error.message)}.`, {
    hint: "Check that the path is correct and that the job can write there.",
    cause: error
   });
  }
  const LAST_RESORT_DEADLINE_MS = 3e3;
  function createServices(settings, log, signal) {
   const clock = systemClock;
   const dns = createRecordWatch(settings.dns, {
    client: createDnsClient(),
    clock: clock,
    signal: signal,
    systemNameServers: systemNameServers
   });
   const {account: account, apiUrl: apiUrl} = settings;
   const services = {
    dns: dns,
    workspace: openWorkspace(settings.workspace),
    keepDriftIssue: async (report, options) => {
     const {keepDriftIssue: keepDriftIssue} = await __nccwpck_require__.e(305).then(__nccwpck_require__.bind(__nccwpck_require__, 7305));
     return keepDriftIssue(report, {
      ...options,
      clock: clock,
      log: log,
      signal: signal
     });
    },
    clock: clock,
    log: log,
    signal: signal
   };
   if (account === void 0) return {
    ...services,
    api: void 0,
    lastResort: void 0,
    [Symbol.dispose]: () => {}
   };
   const {accountId: accountId, apiToken: apiToken} = account;
   const where = {
    apiUrl: apiUrl,
    apiToken: apiToken,
    statusHint: STATUS_HINT
   };
   const session = new http_session.N(where);
   const client = new CloudflareClient(session, {
    clock: clock,
    log: log,
    signal: signal
   });
   const api = {
    ssoConnectors: new SsoConnectors(client, accountId, {
     clock: clock,
     signal: signal
    }),
    access: new Access(client, accountId, clock),
    accessLog: new AccessLog(client, accountId, clock),
    members: new Members(client, accountId, clock),
    token: new ApiToken(client, account, clock),
    zones: new Zones(client),
    dnsRecords: new DnsRecords(client)
   };
   const lastSession = new http_session.N({
    ...where,
    deadlineMs: LAST_RESORT_DEADLINE_MS
   });
   const unstoppable = {
    clock: clock,
    log: log,
    signal: (new AbortController).signal,
    maxAttempts: 1,
    readLagMs: 0
   };
   const lastClient = new CloudflareClient(lastSession, unstoppable);
   const lastResort = new SsoConnectors(lastClient, accountId, unstoppable);
   const close = () => {
    session.close();
    lastSession.close();
   };
   return {
    ...services,
    api: api,
    lastResort: lastResort,
    [Symbol.dispose]: close
   };
  }
  function requireApi({api: api}) {
   if (api !== void 0) return api;
   throw new domain_errors.dz("This mode needs the Cloudflare API, but there are no credentials.", {
    hint: "Set account-id and api-token."
   });
  }
  function txtInReport({servers: servers}) {
   const believed = servers.filter(({role: role, record: record}) => role === "authoritative" && record !== "unknown");
   return believed.length === 0 ? void 0 : [ ...new Set(believed.flatMap(({txt: txt}) => txt)) ].sort();
  }
  async function settle({send: send, look: look, onOutcome: onOutcome, onRefusal: onRefusal}, tell) {
   try {
    const outcome = await send();
    onOutcome(outcome);
    tell(outcome.isOurs ?? true);
    return outcome;
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    if (error.retryability !== "ambiguous") {
     onRefusal(error);
     tell(false);
     throw error;
    }
    const seen = look && await lookedAt(look);
    if (seen === void 0) throw error;
    onOutcome(seen);
    tell(seen.isDone);
    if (seen.isDone) return seen;
    throw error instanceof domain_errors.Do ? error.cause : error;
   }
  }
  async function lookedAt(look) {
   try {
    return await look();
   } catch (error) {
    if (error instanceof domain_errors.GI) return;
    throw error;
   }
  }
  class EmailDomain {
   #given;
   #name;
   #sight={
    kind: "unasked"
   };
   #isCreated=false;
   #changed=false;
   #dns;
   txtToday;
   renderRecord;
   ssoApp;
   preflight;
   confirmed;
   drift;
   notChecked=[];
   timedOut=false;
   constructor(given) {
    this.#given = given;
    this.#name = given.name;
   }
   get name() {
    return this.#name;
   }
   get accountId() {
    return this.#given.accountId;
   }
   get sight() {
    return this.#sight;
   }
   get connector() {
    return "connector" in this.#sight ? this.#sight.connector : void 0;
   }
   get verificationCode() {
    if (this.#sight.kind === "absent") return;
    return this.connector?.verificationCode ?? this.#given.verificationCode;
   }
   get created() {
    return this.#isCreated || this.#sight.kind === "in-doubt" && void 0;
   }
   get changed() {
    return this.#changed;
   }
   get state() {
    const {kind: kind} = this.#sight;
    if (kind === "in-doubt") return;
    if (kind === "absent") return "absent";
    if (this.connector?.enabled) return "enabled";
    if (this.connector !== void 0 && this.connector.enabled === void 0) return;
    if (this.connector?.verificationStatus === "verified") return "verified";
    if (this.dns?.visible) return "verifying";
    return kind === "seen" || this.verificationCode !== void 0 ? "awaiting-dns" : void 0;
   }
   get dns() {
    return this.#dns;
   }
   get record() {
    const {verificationCode: verificationCode, txtToday: txtToday} = this;
    if (this.#name === void 0 || verificationCode === void 0) return;
    return {
     emailDomain: this.#name,
     verificationCode: verificationCode,
     accountId: this.#given.accountId,
     connectorId: this.connector?.id,
     txtValues: txtToday && withNewText(txtToday, verificationCode)
    };
   }
   get renderedRecord() {
    return this.record && this.renderRecord?.(this.record);
   }
   see(connector) {
    this.#name ??= connector?.emailDomain || void 0;
    this.#sight = connector === void 0 ? {
     kind: "absent"
    } : {
     kind: "seen",
     connector: this.#withCode(connector)
    };
   }
   seeDns(report) {
    this.#dns = report;
    this.txtToday = txtInReport(report) ?? this.txtToday;
   }
   #withCode(connector) {
    const before = this.connector;
    if (connector.verificationCode !== void 0 || connector.id !== before?.id) return connector;
    return {
     ...connector,
     verificationCode: before.verificationCode
    };
   }
   async changeConnector({send: send, look: look, isDone: isDone, isGone: isGone = () => false, isCreation: isCreation = false}) {
    const before = this.#sight;
    this.#sight = {
     kind: "in-doubt",
     connector: this.connector
    };
    return this.#send({
     send: send,
     ...look !== void 0 && {
      look: async () => {
       const connector = await look();
       return {
        connector: connector,
        isDone: isDone(connector),
        isCreated: isCreation && isDone(connector)
       };
      }
     },
     onOutcome: ({connector: connector, isCreated: isCreated = false}) => {
      this.see(connector);
      this.#isCreated ||= isCreated;
     },
     onRefusal: refusal => {
      this.#sight = isGone(refusal) ? {
       kind: "absent"
      } : before;
     }
    });
   }
   async changeDns(send, look) {
    return this.#send({
     send: send,
     look: async () => ({
      isDone: await look()
     }),
     onOutcome: () => {},
     onRefusal: () => {}
    });
   }
   async #send(change) {
    const before = this.#changed;
    this.#changed = before || void 0;
    return settle(change, isMade => {
     this.#changed = isMade || before;
    });
   }
  }
  function passed(evidence, remedy) {
   return {
    verdict: "passed",
    evidence: evidence,
    ...remedy !== void 0 && {
     remedy: remedy
    }
   };
  }
  function warned(evidence, remedy) {
   return {
    verdict: "warned",
    evidence: evidence,
    remedy: remedy
   };
  }
  function guard_refused(evidence, remedy) {
   return {
    verdict: "refused",
    evidence: evidence,
    remedy: remedy
   };
  }
  function unknown(evidence, remedy) {
   return {
    verdict: "unknown",
    evidence: evidence,
    ...remedy !== void 0 && {
     remedy: remedy
    }
   };
  }
  function unreadable(what, error) {
   const permission = error instanceof CloudflareApiError ? error.permission : void 0;
   if (permission === void 0) return unknown(`The ${what} could not be read. ${withoutQuery(error.message)}`, error.hint);
   const seen = `The ${what} could not be read: the API token may lack the permission "${permission}".`;
   return {
    ...unknown(seen, `Add "${permission}" to the API token.`),
    permission: permission
   };
  }
  function withoutQuery(message) {
   return message.replace(/\b([A-Z]+ \/[^\s?]*)\?[^\s,;)]+/, "$1");
  }
  function isWithoutZeroTrust(error) {
   return error instanceof CloudflareApiError && error.errors.some(({code: code}) => code === NO_ZERO_TRUST);
  }
  async function answerOf(request) {
   try {
    return {
     answer: await request
    };
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    return {
     error: error
    };
   }
  }
  const BUILT_IN_PROVIDERS = new Set([ "cloudflare", "onetimepin" ]);
  const ADD_PROVIDER = "Add your own identity provider in the dashboard under Zero Trust > Integrations > Identity providers, and test it there.";
  function ownProviders(providers) {
   return providers.filter(({type: type}) => !BUILT_IN_PROVIDERS.has(type));
  }
  function describeProviders(providers) {
   const all = providers.map(({name: name, type: type}) => name === "" ? type : `${name} (${type})`).join(", ");
   return (0, untrusted.tg)(all);
  }
  const identityProvider = {
   id: "identity-provider",
   isOfAccount: true,
   async judge(evidence) {
    const result = await answerOf(evidence.identityProviders());
    if ("answer" in result) return judgeProviders(result.answer);
    if (isWithoutZeroTrust(result.error)) return guard_refused("Without a Zero Trust organization, the account has no identity provider.", ADD_PROVIDER);
    const finding = unreadable("identity providers of the account", result.error);
    const wayRound = finding.permission === void 0 ? {} : {
     remedy: `${finding.remedy} If you are sure that there is one, set preflight: false.`
    };
    return {
     ...finding,
     verdict: "refused",
     ...wayRound
    };
   }
  };
  function judgeProviders(providers) {
   const own = ownProviders(providers);
   if (own.length > 0) return passed(`The account has an identity provider of its own: ${describeProviders(own)}.`);
   if (providers.length === 0) return guard_refused("The account has no identity provider: nobody could sign in once the connector is enabled.", ADD_PROVIDER);
   if (!providers.some(({type: type}) => type === "onetimepin")) return guard_refused("The only identity provider of the account is Cloudflare itself (type cloudflare): people would have to sign in to Cloudflare in order to sign in to Cloudflare.", ADD_PROVIDER);
   return warned("The account has no identity provider of its own: people can sign in by one-time PIN only.", ADD_PROVIDER);
  }
  const SIGN_IN_FIRST = "Have somebody of the email domain sign in to any Access application through your identity provider first, then run again.";
  const signInSeen = {
   id: "sign-in-seen",
   isOfAccount: false,
   async judge(evidence) {
    const requests = [ answerOf(evidence.signIns()), answerOf(evidence.identityProviders()) ];
    const [signIns, providers] = await Promise.all(requests);
    const error = "error" in signIns ? signIns.error : "error" in providers ? providers.error : void 0;
    if (isWithoutZeroTrust(error)) return warned("Without a Zero Trust organization, nobody has signed in through Access.", SIGN_IN_FIRST);
    if ("error" in signIns) return unreadable("sign-ins in the Access authentication log", signIns.error);
    if ("error" in providers) return unreadable("identity providers that people sign in through", providers.error);
    return judgeSignIns(signIns.answer, ownProviders(providers.answer), evidence.nowMs);
   }
  };
  function judgeSignIns(signIns, own, nowMs) {
   const counting = signIns.find(({allowed: allowed, connection: connection}) => allowed && own.some(isCalled(connection)));
   if (counting !== void 0) {
    const {atMs: atMs, connection: connection} = counting;
    return passed(`Somebody of the email domain signed in through ${shown(connection)} ${when(atMs)}.`);
   }
   const since = new Date(nowMs - LOOK_BACK_DAYS * 24 * 60 * 60 * 1e3).toISOString().slice(0, 10);
   return warned(`Nobody of the email domain has signed in through an identity provider of yours since ${since}, ${LOOK_BACK_DAYS} days back, or since the log begins: by plan it keeps between 24 hours and 6 months.${others(signIns)}`, SIGN_IN_FIRST);
  }
  function isCalled(connection) {
   const called = connection.toLowerCase();
   return ({id: id, name: name, type: type}) => called !== "" && [ id, name, type ].some(one => one?.toLowerCase() === called);
  }
  function others(signIns) {
   const denied = signIns.filter(({allowed: allowed}) => !allowed);
   const allowed = signIns.filter(one => one.allowed);
   const parts = [ ...denied.length > 0 ? [ `${denied.length} denied (${connections(denied)})` ] : [], ...allowed.length > 0 ? [ `${allowed.length} through other providers (${connections(allowed)})` ] : [] ];
   return parts.length === 0 ? "" : ` Seen instead: ${parts.join(", ")}.`;
  }
  function connections(signIns) {
   return [ ...new Set(signIns.map(({connection: connection}) => shown(connection))) ].join(", ");
  }
  function shown(connection) {
   return connection === "" ? "an unnamed provider" : (0, untrusted.tg)((0, untrusted.g$)(connection, 100));
  }
  function when(atMs) {
   return `on ${new Date(atMs).toISOString().slice(0, 16).replace("T", " at ")} UTC`;
  }
  const WHERE = "the application of type dash_sso in the dashboard under Zero Trust > Access controls > Applications";
  const ssoApp = {
   id: "sso-app",
   isOfAccount: false,
   async judge(evidence) {
    const requests = [ answerOf(evidence.ssoApp()), answerOf(evidence.identityProviders()), answerOf(evidence.enabledDomains()) ];
    const [app, providers, enabled] = await Promise.all(requests);
    if ("error" in app) return isWithoutZeroTrust(app.error) ? noneYet() : unreadable("Access applications", app.error);
    if (app.answer === void 0) {
     if ("error" in enabled) return unreadable("SSO connectors of the account", enabled.error);
     return enabled.answer.length > 0 ? isGone() : noneYet();
    }
    const bad = sso_app_judgeProviders(app.answer, "answer" in providers ? providers.answer : void 0);
    if (bad !== void 0) return bad;
    if ("error" in enabled) return unreadable("SSO connectors of the account", enabled.error);
    return judgePolicies(app.answer, evidence.emailDomain, enabled.answer);
   }
  };
  function noneYet() {
   return passed("There is no Access application of type dash_sso yet: Cloudflare makes it with the first enable.");
  }
  function isGone() {
   return warned("The account uses SSO, but the Access application of type dash_sso is gone: nobody can sign in through SSO.", "Disable the connector, so that people can sign in without SSO. Cloudflare makes the application when a connector is enabled.");
  }
  function sso_app_judgeProviders({allowedIdps: allowedIdps}, providers) {
   if (allowedIdps === void 0) return unknown("Cloudflare does not show which identity providers the Access application allows.", `Look at ${WHERE}.`);
   if (allowedIdps.length === 0) return;
   if (providers === void 0) return unknown("The Access application allows some identity providers only, and whether they exist could not be read.", "See the guard identity-provider.");
   const existing = allowedIdps.filter(id => providers.some(provider => provider.id === id));
   const missing = allowedIdps.length - existing.length;
   if (missing === 0) return;
   return warned(`The Access application allows ${allowedIdps.length} identity provider${allowedIdps.length === 1 ? "" : "s"} (allowed_idps), of which ${missing} do${missing === 1 ? "es" : ""} not exist.`, `Correct the identity providers of ${WHERE}.`);
  }
  function judgePolicies({policies: policies}, emailDomain, enabledDomains) {
   if (policies === void 0) return unknown("Cloudflare does not show the policies of the Access application.", `Look at ${WHERE}.`);
   switch (admission(policies, emailDomain)) {
   case "denied":
    return warned("A policy of the Access application denies the email domain.", `Remove it from ${WHERE}.`);

   case "yes":
    return passed("A policy of the Access application allows the email domain.");

   case "perhaps":
    return unknown("Whether the policies of the Access application allow the email domain depends on rules of other kinds, such as groups.", `Look at ${WHERE}: an allow policy must include everybody of the email domain.`);

   case "no":
    return isYetToCome(policies, enabledDomains) ? passed("No policy of the Access application allows the email domain yet: Cloudflare makes it with the enable.") : warned("No policy of the Access application allows the email domain.", `Add an allow policy that includes the email domain to ${WHERE}.`);
   }
  }
  function isYetToCome(policies, enabledDomains) {
   return enabledDomains.every(other => admission(policies, other) !== "no");
  }
  function admission(policies, emailDomain) {
   const names = sso_app_naming(emailDomain);
   const decided = decision => policies.filter(policy => policy.decision === decision).map(policy => coverage(policy, names));
   const [denying, allowing] = [ decided("deny"), decided("allow") ];
   if (denying.includes("yes")) return "denied";
   if (allowing.includes("yes") && !denying.includes("perhaps")) return "yes";
   return allowing.some(one => one !== "no") ? "perhaps" : "no";
  }
  function sso_app_naming(emailDomain) {
   return rule => {
    if ("everyone" in rule) return "yes";
    if ("email" in rule) return "no";
    if (!("email_domain" in rule)) return "perhaps";
    const {email_domain: value} = rule;
    const domain = typeof value === "object" && value !== null && "domain" in value ? value.domain : void 0;
    if (typeof domain !== "string") return "perhaps";
    return domainOfAddress(`@${domain}`) === emailDomain ? "yes" : "no";
   };
  }
  function coverage({include: include, exclude: exclude, require: require}, names) {
   const [included, excluded, required] = [ include.map(names), exclude.map(names), require.map(names) ];
   if (excluded.includes("yes") || required.includes("no") || included.every(one => one === "no")) return "no";
   const isCertain = included.includes("yes") && ![ ...excluded, ...required ].includes("perhaps");
   return isCertain ? "yes" : "perhaps";
  }
  const SOON_MS = 2592e6;
  const NEW_TOKEN = "Make a new API token without an expiry date under Manage Account > API Tokens, and store it where this workflow and your break-glass workflow read it.";
  const token = {
   id: "token",
   isOfAccount: true,
   async judge(evidence) {
    const result = await answerOf(evidence.token());
    if ("error" in result) return unreadable("facts about the API token", result.error);
    return judgeToken(result.answer, evidence.nowMs);
   }
  };
  function judgeToken({status: status, expiresAtMs: expiresAtMs, notBeforeMs: notBeforeMs, isOfAccount: isOfAccount}, nowMs) {
   if (expiresAtMs !== void 0 && expiresAtMs <= nowMs) return warned(`The API token expired on ${date(expiresAtMs)}.`, NEW_TOKEN);
   if (status !== "active") return warned(`The API token is not active, but "${(0, 
   untrusted.g$)(status, 40)}".`, NEW_TOKEN);
   if (notBeforeMs !== void 0 && notBeforeMs > nowMs) return warned(`The API token is not valid before ${date(notBeforeMs)}.`, NEW_TOKEN);
   if (expiresAtMs !== void 0 && expiresAtMs - nowMs < SOON_MS) return warned(`The API token expires on ${date(expiresAtMs)}.`, NEW_TOKEN);
   const until = expiresAtMs === void 0 ? "does not expire" : `expires on ${date(expiresAtMs)}`;
   if (isOfAccount) return passed(`The API token belongs to the account and ${until}.`);
   return passed(`The API token belongs to a user and ${until}.`, "An account API token is better: it outlives the user.");
  }
  function date(ms) {
   return new Date(ms).toISOString().slice(0, 10);
  }
  const unreachableMembers = {
   id: "unreachable-members",
   isOfAccount: false,
   async judge({members: members, emailDomain: emailDomain}) {
    const result = await answerOf(members());
    if ("error" in result) return unreadable("members of the account", result.error);
    const ofDomain = result.answer.filter(member => member.emailDomain === emailDomain);
    const unreachable = ofDomain.filter(({isPlusAddress: isPlusAddress}) => isPlusAddress).length;
    if (unreachable === 0) return passed("No member of the account has a plus address (a+b@) of the email domain.");
    return warned(`${unreachable} member${unreachable === 1 ? " has a plus address" : "s have plus addresses"} (a+b@) of the email domain and cannot sign in through SSO.`, "Invite these people with the address that your identity provider knows, then remove the plus addresses.");
   }
  };
  const wayBackIn = {
   id: "way-back-in",
   isOfAccount: true,
   async judge(evidence) {
    const requests = [ answerOf(evidence.members()), answerOf(evidence.enabledDomains()) ];
    const [members, enabled] = await Promise.all(requests);
    if ("error" in members) return unreadable("members of the account", members.error);
    if ("error" in enabled) return unreadable("SSO connectors of the account", enabled.error);
    const withSso = new Set([ ...evidence.emailDomains, ...enabled.answer ]);
    const administrators = members.answer.filter(({isSuperAdministrator: isSuperAdministrator}) => isSuperAdministrator);
    const outside = administrators.filter(({emailDomain: emailDomain}) => emailDomain !== "" && !withSso.has(emailDomain));
    const all = `${administrators.length} super administrator${administrators.length === 1 ? "" : "s"}`;
    if (outside.length > 0) return passed(`${outside.length} of ${all} can sign in without SSO: the address is outside the email domains.`);
    return warned(`None of ${all} can sign in without SSO: every address is inside an email domain that uses it.`, "Invite a super administrator with an address of another domain, and keep that password and second factor in a safe.");
   }
  };
  const zeroTrustOrganization = {
   id: "zero-trust-organization",
   isOfAccount: true,
   async judge(evidence) {
    const requests = [ answerOf(evidence.identityProviders()), answerOf(evidence.ssoApp()) ];
    const [providers, app] = await Promise.all(requests);
    if ([ providers, app ].some(one => "error" in one && isWithoutZeroTrust(one.error))) return guard_refused("The account has no Zero Trust organization: nobody could sign in once the connector is enabled.", "Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.");
    if ("answer" in providers || "answer" in app) return passed("The account has a Zero Trust organization.");
    return unreadable("settings of Cloudflare Access", providers.error);
   }
  };
  const GUARDS = [ zeroTrustOrganization, identityProvider, signInSeen, token, wayBackIn, unreachableMembers, ssoApp ];
  const GUARDS_OF_ACCOUNT = new Set(GUARDS.filter(({isOfAccount: isOfAccount}) => isOfAccount).map(({id: id}) => id));
  function judge(evidence, wanted) {
   const asked = GUARDS.filter(({id: id}) => wanted === void 0 || wanted.includes(id));
   return Promise.all(asked.map(async guard => ({
    guard: guard.id,
    ...await guard.judge(evidence)
   })));
  }
  async function preflightReport(evidence) {
   const guards = await judge(evidence);
   return {
    email_domain: evidence.emailDomain,
    verdict: worst(guards),
    judged_at: new Date(evidence.nowMs).toISOString(),
    guards: guards
   };
  }
  function evidenceOf(api, subject, nowMs) {
   return {
    ...subject,
    nowMs: nowMs,
    identityProviders: () => api.access.identityProviders(),
    ssoApp: () => api.access.ssoApp(),
    signIns: () => api.accessLog.pastSignIns(subject.emailDomain),
    members: () => api.members.accepted(),
    token: () => api.token.facts(),
    enabledDomains: async () => {
     const all = await api.ssoConnectors.list();
     return all.filter(({enabled: enabled}) => enabled !== false).map(({emailDomain: emailDomain}) => emailDomain);
    }
   };
  }
  async function lookUp(domain, settings, services) {
   const connector = await currentConnector(domain, settings, services);
   domain.see(connector);
   return connector;
  }
  async function currentConnector({connector: known, name: name}, settings, services) {
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   const id = known?.id ?? settings.connectorId;
   if (id === void 0) return name === void 0 ? void 0 : ssoConnectors.find(name);
   const connector = await ssoConnectors.get(id);
   refuseOtherDomain(connector, name);
   return connector;
  }
  function refuseOtherDomain({id: id, emailDomain: emailDomain}, name) {
   if (name === void 0 || emailDomain === name) return;
   throw new domain_errors.lZ(`Connector ${id} belongs to ${ownerOf(emailDomain)}, but email-domain is ${name}.`, {
    hint: "Leave out either connector-id or email-domain."
   });
  }
  function ownerOf(emailDomain) {
   return emailDomain === "" ? "an email domain that Cloudflare does not show" : emailDomain;
  }
  async function recordToPublish(domain, settings, services) {
   if (domain.record !== void 0) return domain.record;
   const connector = await lookUp(domain, settings, services);
   if (connector === void 0) {
    if (settings.dryRun && settings.modes.includes("create")) return;
    throw connectorMissing(domain);
   }
   if (domain.record === void 0) throw new domain_errors.lZ(`Cloudflare shows no verification code for connector ${connector.id}.`, {
    hint: "Pass the code as verification-code, or look at the connector in the dashboard."
   });
   return domain.record;
  }
  function connectorMissing({name: name}) {
   return new domain_errors.lZ(`This account has no SSO connector for ${name ?? "this domain"}.`, {
    hint: 'Run mode create first, for example "mode: create, wait-for-dns, enable". If you expected a connector, check account-id.'
   });
  }
  function endInTimeout(domain, error, {wait: wait}, {log: log}) {
   domain.timedOut = true;
   if (wait.onTimeout === "fail") throw error;
   log.warning((0, domain_errors.S6)(error).join(" "));
  }
  const preflight = async (domain, settings, services) => {
   const looking = lookUp(domain, settings, services);
   domain.name === void 0 && await looking;
   const ends = await Promise.allSettled([ looking, judgeAndTell(domain, settings, services) ]);
   for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  const preflightFirst = async (domain, settings, services) => {
   const connector = domain.name === void 0 || settings.connectorId !== void 0 ? await lookUp(domain, settings, services) : await requireApi(services).ssoConnectors.find(domain.name);
   if (connector?.enabled) return;
   if (connector === void 0 && !settings.modes.includes("create")) {
    domain.see(void 0);
    throw connectorMissing(domain);
   }
   try {
    await services.log.group("preflight", () => judgeAndTell(domain, settings, services));
   } catch (error) {
    domain.see(connector);
    throw error;
   }
  };
  async function judgeAndTell(domain, settings, services) {
   const emailDomain = domain.name ?? "";
   const before = domain.preflight;
   const report = await preflightReport(evidenceAbout(emailDomain, settings, services));
   domain.preflight = report;
   const found = obstacles(report, settings.preflight);
   tell(report, found, before, services);
   if (found.length > 0) throw preflight_refusal(found, settings);
   await requireConfirmable(emailDomain, settings, services);
  }
  function evidenceAbout(emailDomain, {emailDomains: emailDomains}, services) {
   const subject = {
    emailDomain: emailDomain,
    emailDomains: [ ...emailDomains, emailDomain ]
   };
   return evidenceOf(requireApi(services), subject, services.clock.now());
  }
  const MARKS = {
   passed: "\u2713",
   warned: "!",
   refused: "\u2717",
   unknown: "?"
  };
  function tell({guards: guards}, found, before, {log: log}) {
   for (const judgement of guards) {
    const {guard: guard, verdict: verdict, evidence: evidence, remedy: remedy = ""} = judgement;
    if (before?.guards.some(one => one.guard === guard && one.verdict === verdict)) continue;
    const line = `${MARKS[verdict]} ${guard} ${verdict}: ${evidence} ${remedy}`.trimEnd();
    const isWarning = [ "warned", "refused" ].includes(verdict) && !found.includes(judgement);
    GUARDS_OF_ACCOUNT.has(guard) ? log.ofAccount(isWarning ? "warning" : "info", line) : isWarning ? log.warning(line) : verdict === "passed" ? log.detail(line) : log.info(line);
   }
  }
  function preflight_refusal(found, {preflight: policy}) {
   const seen = found.map(({guard: guard, evidence: evidence}) => `${guard}: ${evidence}`).join(" ");
   const remedies = [ ...new Set(found.flatMap(({remedy: remedy}) => remedy ?? [])) ];
   const strict = policy === "strict" ? [ "preflight: strict refuses everything that is not proven." ] : [];
   return new domain_errors.lZ(`Preflight refuses to enable the connector. ${seen}`, {
    hint: [ ...remedies, ...strict ].join(" ")
   });
  }
  async function requireConfirmable(emailDomain, {confirmWithinMs: confirmWithinMs, modes: modes}, services) {
   if (confirmWithinMs === void 0 || !modes.includes("enable")) return;
   const {access: access, accessLog: accessLog} = requireApi(services);
   try {
    await Promise.all([ access.ssoApp(), accessLog.pastSignIns(emailDomain) ]);
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    throw new domain_errors.lZ(`confirm-within cannot see sign-ins, so nothing is enabled that could not be confirmed. ${error.message}`, {
     hint: error.hint,
     cause: error
    });
   }
  }
  const OF_ACCOUNT = {
   "identity-provider": {
    kind: "identity-provider-missing",
    expected: "an identity provider of your own"
   },
   token: {
    kind: "token-expires",
    expected: "an API token that is valid for 30 days or more"
   },
   "way-back-in": {
    kind: "nobody-outside",
    expected: "a super administrator outside the email domains"
   }
  };
  const OF_DOMAIN = {
   "sso-app": {
    kind: "sso-app-policy",
    expected: "an Access application that lets the email domain in"
   }
  };
  const NOTHING = {
   drift: [],
   notChecked: []
  };
  async function watchDomain(connector, settings, services) {
   if (!connector.enabled) return NOTHING;
   const {emailDomain: emailDomain} = connector;
   const watched = await watch(OF_DOMAIN, emailDomain, evidenceAbout(emailDomain, settings, services));
   const drift = watched.drift.map(one => ({
    ...one,
    connector_id: connector.id
   }));
   return {
    drift: drift,
    notChecked: watched.notChecked
   };
  }
  async function watchAccount(domains, settings, services) {
   const inUse = domains.filter(({domain: {connector: connector}}) => connector && isInUse(connector, settings));
   const [first] = inUse.flatMap(({domain: domain}) => domain.name ?? []);
   if (first === void 0) return NOTHING;
   const about = domains.length === 1 ? first : domain_drift.hM;
   return watch(OF_ACCOUNT, about, evidenceAbout(first, settings, services));
  }
  function isInUse({enabled: enabled}, {check: check}) {
   return enabled !== false || check.expectEnabled;
  }
  async function watch(guards, emailDomain, seen) {
   const judgements = await judge(seen, Object.keys(guards));
   const providers = await answerOf(seen.identityProviders());
   const isListUnknown = "error" in providers && !isWithoutZeroTrust(providers.error);
   const [drift, notChecked] = [ [], [] ];
   for (const judgement of judgements) {
    const guard = guards[judgement.guard];
    if (guard === void 0 || judgement.verdict === "passed") continue;
    const isUnknown = judgement.verdict === "unknown" || judgement.guard === "identity-provider" && isListUnknown;
    isUnknown ? notChecked.push(notCheckedFor(guard, judgement)) : drift.push(driftFor(guard, judgement, emailDomain));
   }
   return {
    drift: drift,
    notChecked: notChecked
   };
  }
  function notCheckedFor({kind: kind}, {permission: permission}) {
   return {
    kind: kind,
    ...permission !== void 0 && {
     permission: permission
    }
   };
  }
  function driftFor({kind: kind, expected: expected}, {evidence: seen, remedy: remedy = ""}, emailDomain) {
   return {
    kind: kind,
    email_domain: emailDomain,
    expected: expected,
    actual: seen.replace(/\.$/, ""),
    remedy: remedy
   };
  }
  const conclude_check_NOTHING = {
   drift: void 0,
   driftIssueUrl: void 0,
   changed: false,
   failures: []
  };
  async function concludeCheck(domains, settings, services) {
   const {account: account, check: check, dryRun: dryRun} = settings;
   if (!settings.modes.includes("check") || account === void 0) return conclude_check_NOTHING;
   try {
    const connectors = await requireApi(services).ssoConnectors.list();
    const watched = await watchAccount(domains, settings, services);
    const others = [ ...undeclared(connectors, domains, settings), ...watched.drift ];
    for (const {email_domain: email_domain, actual: actual, remedy: remedy} of others) services.log.info(`Drift: ${email_domain}: ${actual}. ${remedy}`);
    const notChecked = [ ...watched.notChecked, ...domains.flatMap(({domain: domain}) => domain.notChecked) ];
    const drift = toDriftReport(account.accountId, domains, others, notChecked);
    for (const one of drift.not_checked) services.log.info(`Not checked: ${(0, domain_drift.GD)(one)}.`);
    const failures = drift.drift && check.failOnDrift ? [ {
     emailDomain: void 0,
     error: driftError(drift)
    } ] : [];
    drift.drift && !check.failOnDrift && services.log.warning(describeDrift(drift));
    const concluded = {
     ...conclude_check_NOTHING,
     drift: drift,
     failures: failures
    };
    if (check.issue === void 0) return concluded;
    return await keepIssue(concluded, drift, check.issue.githubToken, dryRun, services);
   } catch (thrown) {
    return {
     ...conclude_check_NOTHING,
     failures: [ {
      emailDomain: void 0,
      error: (0, domain_errors.ie)(thrown)
     } ]
    };
   }
  }
  async function keepIssue(concluded, drift, token, dryRun, services) {
   try {
    const {action: action, url: url} = await services.keepDriftIssue(drift, {
     token: token,
     dryRun: dryRun
    });
    return {
     ...concluded,
     driftIssueUrl: url,
     changed: action !== "none" && !dryRun
    };
   } catch (thrown) {
    const failure = {
     emailDomain: void 0,
     error: (0, domain_errors.ie)(thrown)
    };
    return {
     ...concluded,
     changed: !dryRun && void 0,
     failures: [ ...concluded.failures, failure ]
    };
   }
  }
  function undeclared(connectors, domains, {connectorId: connectorId, emailDomains: emailDomains}) {
   const declared = new Set([ ...emailDomains, ...domains.map(({domain: domain}) => domain.name) ]);
   const compared = new Set([ connectorId, ...domains.map(({domain: domain}) => domain.connector?.id) ]);
   const unknown = new Set(domains.filter(({domain: domain}) => domain.drift === void 0 || domain.sight.kind === "absent").map(({domain: domain}) => domain.name));
   return connectors.filter(({id: id, emailDomain: emailDomain}) => !compared.has(id) && !unknown.has(emailDomain)).map(({id: id, emailDomain: emailDomain, enabled: enabled}) => {
    const [is, deletion] = enabled === false ? [ "disabled", "delete" ] : [ mayBe(enabled), "disable and delete" ];
    const isSecond = declared.has(emailDomain);
    return {
     kind: "undeclared-connector",
     email_domain: emailDomain,
     connector_id: id,
     expected: isSecond ? "a single SSO connector" : "no SSO connector",
     actual: `the account has another SSO connector (${is})${isSecond ? " for the email domain" : " that is not declared"}`,
     remedy: isSecond ? `Look at both, then ${deletion} the one that is not needed, by its connector ID.` : `Add the email domain to this check, or ${deletion} the connector.`
    };
   });
  }
  function mayBe(enabled) {
   return enabled === true ? "enabled" : "perhaps enabled";
  }
  function toDriftReport(accountId, domains, others, notChecked) {
   const nameOf = ({domain: domain}) => domain.name ?? "the connector";
   const compared = domains.filter(({domain: domain}) => domain.drift !== void 0);
   const failed = domains.filter(({domain: domain}) => domain.drift === void 0);
   const differences = [ ...compared.flatMap(({domain: domain}) => domain.drift ?? []), ...others ];
   return {
    drift: differences.length > 0,
    account_id: accountId,
    checked: compared.map(nameOf).sort(),
    failed: failed.map(nameOf).sort(),
    differences: differences.sort((one, other) => compare(one.email_domain, other.email_domain) || compare(one.kind, other.kind)),
    not_checked: [ ...new Map(notChecked.map(one => [ one.kind, one ])).values() ].sort((one, other) => compare(one.kind, other.kind))
   };
  }
  function compare(one, other) {
   return one < other ? -1 : Number(one > other);
  }
  const conclude_check_MAX_NAMED = 5;
  function describeDrift({differences: differences}) {
   const named = differences.slice(0, conclude_check_MAX_NAMED).map(one => `${one.email_domain}: ${one.actual}`);
   const more = differences.length > conclude_check_MAX_NAMED ? `; and ${differences.length - conclude_check_MAX_NAMED} more` : "";
   const count = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
   return `Drift, ${count} from what is declared: ${named.join("; ")}${more}.`;
  }
  function driftError(drift) {
   return new domain_errors.lZ(describeDrift(drift), {
    hint: "The job summary and the output drift-report say what to do about each. fail-on-drift: false reports drift without failing."
   });
  }
  const check = async (domain, settings, services) => {
   const {log: log} = services;
   const {name: name} = domain;
   const {connectorId: connectorId} = settings;
   const connector = await declaredConnector(domain, settings, services);
   if (connector === void 0) {
    const other = await otherConnector(domain, settings, services);
    domain.see(other);
    domain.drift = [ noConnector(name ?? connectorId ?? "", connectorId, other) ];
   } else if (name !== void 0 && connector.emailDomain !== name) domain.drift = [ ofOtherDomain(connector, name) ]; else {
    domain.see(connector);
    const dns = await lookAtRecord(connector, services);
    dns !== void 0 && domain.seeDns(dns);
    const watched = await watchDomain(connector, settings, services);
    domain.drift = [ ...differences(connector, dns, settings), ...watched.drift ];
    domain.notChecked = watched.notChecked;
   }
   domain.drift.length === 0 && log.info(`${domain.name ?? "The connector"} is as declared.`);
   for (const {actual: actual, expected: expected, remedy: remedy} of domain.drift) log.info(`Drift: ${actual}; expected: ${expected}. ${remedy}`);
  };
  async function declaredConnector({connector: connector, name: name}, {connectorId: connectorId}, services) {
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   if (connector !== void 0) return ssoConnectors.getIfThere(connector.id);
   if (connectorId === void 0) return name === void 0 ? void 0 : ssoConnectors.find(name);
   return (await ssoConnectors.list()).find(({id: id}) => id === connectorId);
  }
  async function otherConnector({name: name}, {connectorId: connectorId}, services) {
   if (connectorId === void 0 || name === void 0) return;
   return requireApi(services).ssoConnectors.find(name);
  }
  async function lookAtRecord({emailDomain: emailDomain, verificationCode: verificationCode}, {dns: dns, log: log}) {
   if (verificationCode === void 0) {
    log.warning(`Cloudflare shows no verification code for ${emailDomain}, so its TXT record is not checked.`);
    return;
   }
   const oneLook = {
    timeoutMs: 0,
    pollIntervalMs: 0
   };
   return dns.waitFor({
    name: emailDomain,
    value: verificationCode
   }, oneLook, log);
  }
  function noConnector(emailDomain, id, other) {
   const isThere = other === void 0 ? "" : `; the email domain has connector ${other.id}`;
   return {
    kind: "connector-missing",
    email_domain: emailDomain,
    expected: id === void 0 ? "an SSO connector" : `SSO connector ${id}`,
    actual: `this account has no SSO connector${id === void 0 ? "" : ` ${id}`}${isThere}`,
    remedy: other === void 0 ? "Run mode create, or remove the email domain from this check." : "Correct connector-id, or leave it out."
   };
  }
  function ofOtherDomain({id: id, emailDomain: emailDomain}, name) {
   return {
    kind: "connector-missing",
    email_domain: name,
    connector_id: id,
    expected: `SSO connector ${id} for ${name}`,
    actual: `connector ${id} belongs to ${ownerOf(emailDomain)}`,
    remedy: "Leave out either connector-id or email-domain."
   };
  }
  function differences(connector, dns, {check: {expectEnabled: expectEnabled}, useFedrampLanguage: useFedrampLanguage}) {
   const {enabled: enabled, verificationStatus: verificationStatus, emailDomain: emailDomain, id: id} = connector;
   const about = {
    email_domain: emailDomain,
    connector_id: id
   };
   const drift = [];
   verificationStatus !== "verified" && drift.push({
    ...about,
    kind: "not-verified",
    expected: "verified",
    actual: `the connector's verification status is ${verificationStatus ?? "unknown"}`,
    remedy: "Publish the TXT record, then run create, wait-for-dns and enable."
   });
   enabled === void 0 && drift.push({
    ...about,
    kind: "enabled-unknown",
    expected: expectEnabled ? "enabled" : "disabled",
    actual: "Cloudflare does not say whether the connector is enabled",
    remedy: "Look at the connector in the dashboard, then run check again."
   });
   expectEnabled && enabled === false && drift.push({
    ...about,
    kind: "not-enabled",
    expected: "enabled",
    actual: "the connector is disabled",
    remedy: verificationStatus === "verified" ? "Find out who disabled it and why before you run mode enable." : "Run mode enable once the TXT record is published."
   });
   !expectEnabled && enabled && drift.push({
    ...about,
    kind: "enabled",
    expected: "disabled",
    actual: "the connector is enabled",
    remedy: "Run mode disable, or declare it with expect-enabled: true."
   });
   useFedrampLanguage !== void 0 && useFedrampLanguage !== connector.useFedrampLanguage && drift.push({
    ...about,
    kind: "fedramp-language",
    expected: `use_fedramp_language ${useFedrampLanguage}`,
    actual: `use_fedramp_language is ${connector.useFedrampLanguage}`,
    remedy: "Run mode create with the same use-fedramp-language to change it."
   });
   return dns === void 0 || dns.visible ? drift : [ ...drift, recordDrift(dns, about) ];
  }
  function recordDrift(dns, about) {
   const authoritative = dns.servers.filter(({role: role, record: record}) => role === "authoritative" && record !== "unknown");
   const isGone = authoritative.length > 0 && authoritative.every(({record: record}) => record === "absent");
   const [main] = dns.diagnosis;
   const cause = main === void 0 ? "" : ` (most likely cause: ${main.cause})`;
   return {
    ...about,
    kind: isGone ? "record-missing" : "record-not-visible",
    expected: `the TXT record "${dns.value}"`,
    actual: `${isGone ? "the authoritative servers do not have the TXT record" : "the TXT record is not visible"}${cause}`,
    remedy: isGone ? "Publish the TXT record." : "Run mode wait-for-dns: it waits until the record is visible, or explains why it is not."
   };
  }
  function patch(ssoConnectors, connectorId, change) {
   return {
    send: async () => ({
     connector: await ssoConnectors.change(connectorId, change)
    }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: isMadeBy(change),
    isGone: isNotFound
   };
  }
  function begin(ssoConnectors, connector) {
   return {
    send: async () => {
     await ssoConnectors.beginVerification(connector.id);
     return {
      connector: {
       ...connector,
       verificationStatus: "pending"
      }
     };
    },
    look: () => ssoConnectors.getIfThere(connector.id),
    isDone: isBegun,
    isGone: isNotFound
   };
  }
  function remove(ssoConnectors, connectorId) {
   return {
    send: async () => ({
     connector: void 0,
     isOurs: await ssoConnectors.delete(connectorId)
    }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: seen => seen === void 0
   };
  }
  async function writeRecord(domain, {format: name, file: file}, settings, {dns: dns, workspace: workspace, clock: clock, log: log}) {
   const emailDomain = domain.record?.emailDomain;
   if (emailDomain === void 0) return;
   const {RECORD_FORMATS: RECORD_FORMATS} = await Promise.all([ __nccwpck_require__.e(815), __nccwpck_require__.e(222) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 2222));
   const format = RECORD_FORMATS[name];
   format.needsTxtValues && (domain.txtToday = await dns.currentTxt(emailDomain));
   domain.renderRecord = format.render;
   const {record: record} = domain;
   if (file === void 0 || record === void 0) return;
   const path = file.replaceAll("{email-domain}", emailDomain);
   const target = {
    path: path,
    nowMs: clock.now()
   };
   const {dryRun: dryRun} = settings;
   const hasChanged = await workspace.update(path, text => format.merge(text, record, target), {
    dryRun: dryRun
   });
   const shown = (0, untrusted.g$)(path, 200);
   hasChanged ? log.info(`${dryRun ? "Dry run: would write" : "Wrote"} the record of ${emailDomain} to ${shown}.`) : log.info(`${shown} already has the record of ${emailDomain}.`);
  }
  const create = async (domain, settings, services) => {
   const connector = await lookUp(domain, settings, services);
   connector !== void 0 ? await adopt(domain, connector, settings, services) : await make(domain, settings, services);
   settings.record !== void 0 && await writeRecord(domain, settings.record, settings, services);
  };
  async function make(domain, settings, services) {
   const {name: name} = domain;
   if (name === void 0) return;
   const {log: log} = services;
   if (settings.dryRun) {
    log.info(`Dry run: would create an SSO connector for ${name}.`);
    return;
   }
   const wanted = {
    email_domain: name,
    begin_verification: settings.beginVerification,
    ...settings.useFedrampLanguage !== void 0 && {
     use_fedramp_language: settings.useFedrampLanguage
    }
   };
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   const {isCreated: isCreated = false} = await domain.changeConnector({
    send: async () => {
     const {connector: connector, created: created} = await ssoConnectors.create(wanted);
     return {
      connector: connector,
      isOurs: created,
      isCreated: created
     };
    },
    look: () => ssoConnectors.findNew(name),
    isDone: seen => seen !== void 0,
    isCreation: true
   });
   log.info(`${isCreated ? "Created" : "Found"} SSO connector ${domain.connector?.id} for ${name}.`);
   sayWhatToPublish(domain, services);
  }
  async function adopt(domain, connector, settings, services) {
   services.log.info(`Found SSO connector ${connector.id} for ${connector.emailDomain} (${describeStatus(connector)}).`);
   await applyFedrampLanguage(domain, connector, settings, services);
   settings.beginVerification && connector.verificationStatus === "failed" && await restartVerification(domain, connector, settings, services);
   connector.enabled || connector.verificationStatus === "verified" || sayWhatToPublish(domain, services);
  }
  function describeStatus({enabled: enabled, verificationStatus: verificationStatus}) {
   if (enabled) return "enabled";
   return verificationStatus === "verified" ? "verified" : `verification ${verificationStatus ?? "unknown"}`;
  }
  async function applyFedrampLanguage(domain, {id: id, useFedrampLanguage: from}, {useFedrampLanguage: to, dryRun: dryRun}, services) {
   if (to === void 0 || to === from) return;
   const {log: log} = services;
   if (dryRun) {
    log.info(`Dry run: would change use_fedramp_language from ${from} to ${to}.`);
    return;
   }
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   await domain.changeConnector(patch(ssoConnectors, id, {
    use_fedramp_language: to
   }));
   log.info(`Changed use_fedramp_language from ${from} to ${to}.`);
  }
  async function restartVerification(domain, connector, {dryRun: dryRun}, services) {
   const {log: log} = services;
   if (dryRun) {
    log.info("Dry run: would restart the failed verification.");
    return;
   }
   await domain.changeConnector(begin(requireApi(services).ssoConnectors, domain.connector ?? connector));
   log.info("Its verification had failed; Cloudflare has started again.");
  }
  function sayWhatToPublish({record: record}, {log: log}) {
   if (record === void 0) return;
   log.info(`Publish this TXT record: ${record.emailDomain}.  IN  TXT  "${record.verificationCode}"`);
  }
  const deleteConnector = async (domain, settings, services) => {
   const {log: log} = services;
   const connectors = await delete_connectorsOf(domain, settings, services);
   domain.see(connectors[0]);
   if (connectors.length === 0) {
    log.info("There is no SSO connector, so there is nothing to delete.");
    return;
   }
   connectors.length > 1 && log.info(`${domain.name} has ${connectors.length} SSO connectors.`);
   const kept = connectors.filter(({enabled: enabled}) => enabled !== false && !wouldBeDisabled(settings));
   for (const connector of connectors) kept.includes(connector) || await removeOne(domain, connector, settings, services);
   const [first] = kept;
   if (first === void 0) return;
   domain.see(first);
   throw mayBeEnabled(kept);
  };
  async function delete_connectorsOf({connector: known, name: name}, {connectorId: connectorId}, services) {
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   const id = connectorId ?? (name === void 0 ? known?.id : void 0);
   if (id === void 0) return name === void 0 ? [] : ssoConnectors.allOf(name);
   const connector = await ssoConnectors.getIfThere(id);
   if (connector === void 0) return [];
   refuseOtherDomain(connector, name);
   return [ connector ];
  }
  async function removeOne(domain, connector, {dryRun: dryRun}, services) {
   const {id: id, emailDomain: emailDomain} = connector;
   const what = `SSO connector ${id} for ${emailDomain}`;
   if (dryRun) {
    services.log.info(`Dry run: would delete ${what}.`);
    return;
   }
   domain.see(connector);
   const {isOurs: isOurs = true} = await domain.changeConnector(remove(requireApi(services).ssoConnectors, id));
   services.log.info((isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`) + " You can now remove its TXT record.");
  }
  function mayBeEnabled(kept) {
   return new domain_errors.lZ(kept.map(describe).join(" "), {
    hint: 'To disable and delete on purpose, run "mode: disable, delete".'
   });
  }
  function describe({id: id, enabled: enabled, emailDomain: emailDomain}) {
   const seen = enabled === void 0 ? "may be enabled: Cloudflare does not say" : "is enabled: its users sign in through the identity provider";
   return `SSO connector ${id} for ${emailDomain} ${seen}.`;
  }
  function wouldBeDisabled({dryRun: dryRun, modes: modes}) {
   const [disabled, deleted] = [ modes.indexOf("disable"), modes.indexOf("delete") ];
   return dryRun && disabled >= 0 && disabled < deleted;
  }
  const disable = async (domain, settings, services) => {
   const {connectorId: connectorId, dryRun: dryRun} = settings;
   if (connectorId !== void 0 && !dryRun) return switchOff(domain, connectorId, void 0, services);
   const connectors = await disable_connectorsOf(domain, settings, services);
   domain.see(connectors[0]);
   if (connectors.length === 0) return sayNothingToDisable(domain, settings, services);
   if (dryRun) return sayWouldDisable(connectors, services);
   const failures = [];
   const seen = [];
   for (const connector of connectors.toReversed()) {
    await switchOff(domain, connector.id, connector, services).catch(thrown => {
     if (thrown instanceof domain_errors.Ko) throw thrown;
     failures.push((0, domain_errors.ie)(thrown));
    });
    domain.sight.kind === "in-doubt" && seen.push({
     ...connector,
     enabled: void 0
    });
    domain.sight.kind === "seen" && seen.push(domain.sight.connector);
   }
   connectors.length > 1 && domain.see(seen.findLast(({enabled: enabled}) => enabled !== false) ?? seen.at(-1));
   if (failures.length > 0) throw together(failures);
  };
  async function disable_connectorsOf(domain, settings, services) {
   const {connector: known, name: name} = domain;
   if (name === void 0 || settings.connectorId !== void 0) {
    const connector = await lookUp(domain, settings, services);
    return connector === void 0 ? [] : [ connector ];
   }
   const all = await requireApi(services).ssoConnectors.allOf(name);
   return known === void 0 || all.some(({id: id}) => id === known.id) ? all : [ ...all, known ];
  }
  function sayWouldDisable(connectors, {log: log}) {
   for (const {id: id, emailDomain: emailDomain, enabled: enabled} of connectors) {
    const what = `SSO connector ${id} for ${emailDomain}`;
    log.info(enabled === false ? `The ${what} is already disabled.` : `Dry run: would disable the ${what}.`);
   }
  }
  async function switchOff(domain, connectorId, before, services) {
   const asked = domain.name;
   before !== void 0 && domain.see(before);
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   const change = patch(ssoConnectors, connectorId, {
    enabled: false
   });
   const wasDisabled = before?.enabled === false;
   await domain.changeConnector({
    ...change,
    send: async () => ({
     ...await change.send(),
     isOurs: !wasDisabled
    })
   });
   domain.connector?.enabled !== false && domain.see(await ssoConnectors.getIfThere(connectorId));
   const now = domain.connector;
   if (now === void 0) {
    services.log.warning(`SSO connector ${connectorId} is gone: somebody has deleted it.`);
    return;
   }
   if (now.enabled !== false) throw new domain_errors.lZ(`Cloudflare accepted the request to disable connector ${connectorId}, but it is not disabled.`, {
    hint: "Run again at once. If it stays enabled, Cloudflare support can disable it."
   });
   const emailDomain = now.emailDomain || asked || ownerOf("");
   const done = wasDisabled ? `SSO connector ${connectorId} for ${emailDomain} is disabled, as it seemed to be before.` : `Disabled SSO connector ${connectorId} for ${emailDomain}.`;
   services.log.info(`${done} Its users sign in without the identity provider.`);
   if (asked !== void 0 && emailDomain !== asked) throw new domain_errors.lZ(`Connector ${connectorId} is disabled now, but it belongs to ${emailDomain}, not to ${asked}.`, {
    hint: "Leave out either connector-id or email-domain, then run again for the right one."
   });
  }
  function together(failures) {
   const [first] = failures;
   if (first !== void 0 && failures.length === 1) return first;
   return new domain_errors.lZ(failures.map(({message: message}) => message).join(" "), {
    hint: first?.hint,
    cause: first
   });
  }
  function sayNothingToDisable({name: name}, settings, {log: log}) {
   if (settings.modes.includes("delete")) {
    log.info("There is no SSO connector, so there is nothing to disable.");
    return;
   }
   const domain = name ?? "this domain";
   throw new domain_errors.lZ(`Account ${settings.account?.accountId ?? ""} has no SSO connector for ${domain}: nothing was disabled.`, {
    hint: `If users of ${domain} are locked out, the connector is in another account: run again with that account-id and an API token for it.`
   });
  }
  const growing_pauses_FIRST_PAUSE_MS = 2e3;
  const growing_pauses_PAUSE_GROWTH = 1.5;
  function* growingPauses(longestMs) {
   for (let pauseMs = growing_pauses_FIRST_PAUSE_MS; ;pauseMs *= growing_pauses_PAUSE_GROWTH) yield Math.min(pauseMs, longestMs);
  }
  var until_aborted = __nccwpck_require__(3426);
  async function switchOn(domain, {id: id, emailDomain: emailDomain}, services) {
   const {log: log} = services;
   const {ssoConnectors: ssoConnectors} = requireApi(services);
   log.info(`Enabling the connector: from now on every user of ${emailDomain}, in every Cloudflare account, must sign in through the identity provider.`);
   await domain.changeConnector(patch(ssoConnectors, id, {
    enabled: true
   })).catch(explainRefusal);
   domain.connector?.enabled || domain.see(await ssoConnectors.get(id));
   if (!domain.connector?.enabled) throw new domain_errors.lZ(`Cloudflare accepted the request to enable connector ${id}, but it is not enabled.`, {
    hint: "Run again. If it stays disabled, the domain may be enabled in another account; Cloudflare support can tell."
   });
   log.info(`SSO connector ${id} for ${emailDomain} is enabled. To get back in: disable connector ${id} with an API token that you can use without the dashboard.`);
  }
  const REFUSALS = new Set([ 400, 409, 422 ]);
  function explainRefusal(error) {
   if (!(error instanceof CloudflareApiError) || !REFUSALS.has(error.status)) throw error;
   throw new domain_errors.lZ(`Cloudflare refuses to enable the connector. ${error.message}`, {
    hint: "Only one account can have the domain enabled. If another account of yours does, disable it there first: run mode disable with its connector-id, account-id and API token. Otherwise see what Cloudflare says above.",
    cause: error
   });
  }
  async function ssoAppByNow(services) {
   const {access: access} = requireApi(services);
   return await access.ssoApp() ?? await access.ssoApp(services.clock.now());
  }
  async function nameSsoApp(domain, services) {
   const {log: log} = services;
   try {
    domain.ssoApp = await ssoAppByNow(services);
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    log.info(`The dashboard's Access application could not be looked up. ${error.message}`);
    return;
   }
   domain.ssoApp === void 0 ? log.info("The dashboard's Access application (type dash_sso) does not exist yet.") : log.ofAccount("info", `The policies of the Access application ${domain.ssoApp.name} (${domain.ssoApp.id}) decide who may sign in.`);
  }
  const FIRST_NEWS_MS = 6e4;
  const LAST_LOOK_MS = 1e4;
  async function untilSignedIn(domain, connector, {patchedAtMs: patchedAtMs, confirmWithinMs: confirmWithinMs}, settings, services) {
   const {clock: clock, log: log, signal: signal} = services;
   const {emailDomain: emailDomain} = connector;
   const deadlineMs = clock.now() + confirmWithinMs;
   askForSignIn(connector, confirmWithinMs, deadlineMs, services);
   const sinceMs = Math.floor(patchedAtMs / 1e3) * 1e3;
   const late = AbortSignal.timeout(confirmWithinMs + LAST_LOOK_MS);
   let denials = [];
   const pauses = growingPauses(settings.wait.pollIntervalMs);
   let newsMs = FIRST_NEWS_MS;
   for (;;) {
    const look = dashboardSignIns(domain, {
     emailDomain: emailDomain,
     sinceMs: sinceMs
    }, services);
    const signIns = await (0, until_aborted.E)(look, late).catch(error => {
     throw late.aborted ? unanswered(connector, confirmWithinMs) : error;
    });
    const allowed = signIns.filter(one => one.allowed);
    const first = allowed.findLast(one => !isBuiltIn(one)) ?? allowed.at(-1);
    if (first !== void 0) return first_sign_in_confirm(domain, connector, first, services);
    signIns.length > denials.length && log.warning(`${first_sign_in_counted(signIns)}.`);
    denials = signIns;
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) throw notConfirmed(domain, connector, signIns, confirmWithinMs);
    if (confirmWithinMs - leftMs >= newsMs) {
     log.info(`Still waiting for a sign-in, ${(0, duration.a3)(leftMs)} left.`);
     newsMs *= 2;
    }
    await clock.sleep(Math.min(pauses.next().value, leftMs), signal);
   }
  }
  function askForSignIn({emailDomain: emailDomain}, confirmWithinMs, deadlineMs, {clock: clock, log: log}) {
   log.notice(`Open https://dash.cloudflare.com in a private window and sign in as somebody of ${emailDomain} within ${(0, 
   duration.a3)(confirmWithinMs)}, before ${(0, duration.fU)(deadlineMs, clock.now())}. Without a sign-in by then, the connector is disabled again.`);
  }
  async function dashboardSignIns(domain, query, services) {
   domain.ssoApp ??= await ssoAppByNow(services);
   const app = domain.ssoApp;
   if (app === void 0) return [];
   const signIns = await requireApi(services).accessLog.signIns(query);
   return signIns.filter(({appUid: appUid}) => appUid === app.id || appUid === app.uid);
  }
  const ONLY_BUILT_IN = " That proves nothing about your own identity provider: sign in through it as well.";
  function isBuiltIn({connection: connection}) {
   return BUILT_IN_PROVIDERS.has(connection.toLowerCase());
  }
  async function first_sign_in_confirm(domain, {id: id, emailDomain: emailDomain}, signIn, services) {
   const {clock: clock, log: log} = services;
   const seen = `somebody of ${emailDomain} signed in to the dashboard through ${connections([ signIn ])} at ${(0, 
   duration.fU)(signIn.atMs, clock.now())}`;
   try {
    domain.see(await requireApi(services).ssoConnectors.get(id));
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    log.warning(`Connector ${id} could not be read again. ${error.message}`);
   }
   if (domain.connector?.enabled !== false) {
    const caveat = isBuiltIn(signIn) ? ONLY_BUILT_IN : "";
    log.notice(`Confirmed: ${seen}. Connector ${id} stays enabled.${caveat}`);
    return;
   }
   throw new domain_errors.lZ(`Connector ${id} was disabled during the wait, although ${seen}.`, {
    hint: "Find out who disabled it and why before you run mode enable again."
   });
  }
  function unanswered({emailDomain: emailDomain}, confirmWithinMs) {
   return new domain_errors.MU(`Whether somebody of ${emailDomain} signed in within ${(0, 
   duration.a3)(confirmWithinMs)} is not known: Cloudflare's log of sign-ins did not answer in time.`, {
    hint: "Check https://www.cloudflarestatus.com for incidents, then run again."
   });
  }
  function notConfirmed({ssoApp: ssoApp}, {emailDomain: emailDomain}, denied, confirmWithinMs) {
   const seen = ssoApp === void 0 ? "The Access application of type dash_sso has not appeared." : `${first_sign_in_counted(denied)}.`;
   const remedy = denied.length > 0 ? "Somebody tried and was denied: look at the policies of the Access application of type dash_sso, and at the log of your identity provider." : "If somebody did sign in, Cloudflare may show it later than that: set a longer confirm-within. Otherwise test your identity provider in the dashboard under Zero Trust > Integrations > Identity providers.";
   return new domain_errors.MU(`Nobody of ${emailDomain} signed in to the dashboard through SSO within ${(0, 
   duration.a3)(confirmWithinMs)}. ${seen}`, {
    hint: remedy
   });
  }
  function first_sign_in_counted(denied) {
   if (denied.length === 0) return "No denied sign-in was seen either";
   const count = denied.length === 1 ? "1 denied sign-in was" : `${denied.length} denied sign-ins were`;
   return `${count} seen, through ${connections(denied)}`;
  }
  const take_back_FIRST_PAUSE_MS = 500;
  const MAX_PAUSE_MS = 3e4;
  const MAX_REFUSALS = 8;
  const SETTLE_MS = 3e3;
  async function takeBack(domain, enabled, settings, services) {
   const isInDoubt = domain.sight.kind === "in-doubt";
   await untilOff(domain, enabled, settings, services);
   if (!isInDoubt) return;
   await services.clock.sleep(SETTLE_MS);
   await untilOff(domain, enabled, settings, services);
  }
  async function untilOff(domain, enabled, settings, services) {
   const {clock: clock, log: log} = services;
   const {connectorId: connectorId} = enabled;
   const command = disableCommand(connectorId, settings);
   let pauseMs = take_back_FIRST_PAUSE_MS;
   for (let refusals = 0; ;pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const problem = await take_back_switchOff(domain, enabled, services);
    if (problem === void 0) return;
    refusals = problem.isFinal ? refusals + 1 : 0;
    if (refusals >= MAX_REFUSALS) throw stillEnabled(domain, connectorId, problem.error, command);
    log.warning(`Connector ${connectorId} could not be disabled. ${problem.error.message} Trying again in ${(0, 
    duration.a3)(pauseMs)}. To do it by hand:`);
    log.info(command);
    await clock.sleep(pauseMs);
   }
  }
  async function take_back_switchOff(domain, {connectorId: connectorId, patchedByMs: patchedByMs}, {clock: clock, lastResort: lastResort}) {
   if (lastResort === void 0) throw new TypeError("a connector was enabled without credentials");
   const [sent] = await Promise.allSettled([ domain.changeConnector({
    send: async () => ({
     connector: await lastResort.change(connectorId, {
      enabled: false
     })
    }),
    isDone: seen => seen?.enabled === false
   }) ]);
   if (sent.status === "rejected" && mayPass(sent.reason)) return {
    error: (0, domain_errors.ie)(sent.reason),
    isFinal: false
   };
   const isProof = sent.status === "fulfilled" || clock.now() >= patchedByMs + change.Dc;
   const [seen] = await Promise.allSettled([ lastResort.get(connectorId) ]);
   if (seen.status === "fulfilled" && (isProof || seen.value.enabled !== false)) {
    domain.see(seen.value);
    if (seen.value.enabled === false) return;
   }
   if (take_back_isGone(sent) && take_back_isGone(seen)) {
    domain.see(void 0);
    return;
   }
   if (sent.status === "rejected") return {
    error: (0, domain_errors.ie)(sent.reason),
    isFinal: true
   };
   if (seen.status === "rejected") return {
    error: (0, domain_errors.ie)(seen.reason),
    isFinal: !mayPass(seen.reason)
   };
   const error = new domain_errors.lZ("Cloudflare accepted the request, but the connector is not disabled.");
   return {
    error: error,
    isFinal: false
   };
  }
  function take_back_isGone(request) {
   return request.status === "rejected" && isNotFound(request.reason);
  }
  function mayPass(error) {
   return error instanceof domain_errors.GI && error.retryability !== "permanent";
  }
  function stillEnabled({sight: sight}, connectorId, cause, command) {
   const state = sight.kind === "seen" && sight.connector.enabled === true ? "is still" : "may still be";
   return new domain_errors.lZ(`Connector ${connectorId} ${state} enabled and nobody has confirmed it: it could not be disabled. ${cause.message}`, {
    hint: `${cause.hint ?? ""} To disable it by hand: ${command}`.trimStart(),
    cause: cause,
    command: command
   });
  }
  function disableCommand(connectorId, {apiUrl: apiUrl, account: account}) {
   const url = `${apiUrl}/accounts/${account?.accountId ?? ""}/sso_connectors/${connectorId}`;
   return `curl --fail-with-body -X PATCH ${take_back_quoted(url)} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
  }
  function take_back_quoted(text) {
   return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  }
  async function enableUntilConfirmed(domain, connector, confirmWithinMs, settings, services) {
   const [patchedAtMs, before] = [ services.clock.now(), domain.sight ];
   services.log.info(`If this step is killed before somebody has signed in: ${disableCommand(connector.id, settings)}`);
   let onSinceMs;
   try {
    await switchOn(domain, connector, services);
    onSinceMs = services.clock.now();
    await untilSignedIn(domain, connector, {
     patchedAtMs: patchedAtMs,
     confirmWithinMs: confirmWithinMs
    }, settings, services);
    domain.confirmed = true;
   } catch (thrown) {
    const error = (0, domain_errors.ie)(thrown);
    if (domain.sight === before || onSinceMs === void 0 && domain.sight.kind === "absent") throw error;
    domain.confirmed = false;
    const isOffMeanwhile = onSinceMs !== void 0 && domain.sight.kind === "seen" && domain.sight.connector.enabled === false;
    services.log.info(`${error.message} Disabling the connector again.`);
    const enabled = {
     connectorId: connector.id,
     patchedByMs: onSinceMs ?? services.clock.now()
    };
    await takeBack(domain, enabled, settings, services).catch(failure => {
     throw withReason((0, domain_errors.ie)(failure), error);
    });
    const outcome = outcomeFor(domain, connector, isOffMeanwhile);
    services.log.info(outcome);
    throw withOutcome(error, outcome);
   }
  }
  function outcomeFor(domain, {id: id, emailDomain: emailDomain}, isOffMeanwhile) {
   const shown = `Connector ${id} for ${emailDomain}`;
   if (domain.connector === void 0) return `${shown} is gone: somebody deleted it.`;
   if (isOffMeanwhile) return `${shown} is disabled.`;
   return `${shown} is disabled again, because nobody had confirmed it.`;
  }
  function withReason(failure, reason) {
   const {command: command, hint: hint, message: message} = failure;
   return new domain_errors.lZ(`${message} Before that: ${reason.message}`, {
    hint: hint,
    cause: failure,
    command: command
   });
  }
  function withOutcome(error, outcome) {
   const details = {
    hint: `${outcome} ${error.hint ?? ""}`.trimEnd(),
    cause: error
   };
   return error instanceof domain_errors.Ko ? new domain_errors.Ko(error.message, {
    ...details,
    hint: outcome
   }) : new domain_errors.lZ(error.message, details);
  }
  async function untilVerified(domain, connector, settings, services) {
   const {clock: clock, signal: signal} = services;
   const {timeoutMs: timeoutMs, pollIntervalMs: pollIntervalMs} = settings.wait;
   const deadlineMs = clock.now() + timeoutMs;
   let seen = await begun(domain, connector, services);
   const pauses = growingPauses(pollIntervalMs);
   for (;;) {
    if (seen.verificationStatus === "verified") return seen;
    if (seen.verificationStatus === "failed") throw await verificationFailed(domain, seen, settings, services);
    if (clock.now() >= deadlineMs) {
     endInTimeout(domain, notVerified(seen, settings), settings, services);
     return;
    }
    await clock.sleep(Math.min(pauses.next().value, deadlineMs - clock.now()), signal);
    seen = await stillThere(domain, seen, services);
   }
  }
  async function begun(domain, connector, services) {
   const {log: log} = services;
   const {verificationStatus: verificationStatus} = connector;
   if (verificationStatus === "awaiting" || verificationStatus === "failed") {
    await domain.changeConnector(begin(requireApi(services).ssoConnectors, connector));
    log.info(`Verification was ${verificationStatus}; Cloudflare has started to look for the TXT record.`);
    return stillThere(domain, connector, services);
   }
   verificationStatus !== "verified" && log.info(`Cloudflare is verifying the TXT record (status ${statusOf(connector)}).`);
   return connector;
  }
  async function stillThere(domain, {id: id, emailDomain: emailDomain}, services) {
   const connector = await requireApi(services).ssoConnectors.getIfThere(id);
   domain.see(connector);
   if (connector !== void 0) return connector;
   throw new domain_errors.lZ(`SSO connector ${id} for ${emailDomain} is gone: somebody deleted it.`, {
    hint: "To enable the domain after all, run create again. The new connector has another verification code to publish."
   });
  }
  async function verificationFailed(domain, {emailDomain: emailDomain, verificationCode: verificationCode}, settings, {dns: dns, log: log}) {
   const message = `Cloudflare could not verify the TXT record of ${emailDomain} (status failed).`;
   if (verificationCode === void 0) return new domain_errors.lZ(message);
   const oneLook = {
    ...settings.wait,
    timeoutMs: 0
   };
   const record = {
    name: emailDomain,
    value: verificationCode
   };
   const report = domain.dns ?? await dns.waitFor(record, oneLook, log);
   if (report.visible) return new domain_errors.lZ(`${message} The record is visible from here.`, {
    hint: "Run again: enable restarts the verification."
   });
   const {why: why, remedy: remedy} = explainInvisible(report);
   return new domain_errors.lZ(`${message} Seen from here, ${why}.`, {
    hint: remedy
   });
  }
  function notVerified(connector, {wait: wait}) {
   const waited = wait.timeoutMs === 0 ? "" : ` after ${(0, duration.a3)(wait.timeoutMs)}`;
   return new domain_errors.MU(`Cloudflare has not verified the TXT record of ${connector.emailDomain}${waited} (status ${statusOf(connector)}).`, {
    hint: "Cloudflare polls for up to two days. Run the same step again later: it continues where this run stopped. Mode wait-for-dns shows whether the record is visible, and if not, why."
   });
  }
  function statusOf({verificationStatus: verificationStatus}) {
   return verificationStatus ?? "unknown";
  }
  const enable = async (domain, settings, services) => {
   const {log: log} = services;
   const connector = await lookUp(domain, settings, services);
   if (connector === void 0) {
    if (!settings.dryRun || !settings.modes.includes("create")) throw connectorMissing(domain);
    log.info("Dry run: would enable the connector once it exists and is verified.");
    return;
   }
   if (connector.enabled) return sayAlreadyEnabled(connector, settings, services);
   if (settings.dryRun) return sayWouldEnable(domain, connector, settings, services);
   const verified = await untilVerified(domain, connector, settings, services);
   if (verified === void 0) return;
   if (verified.enabled) return sayAlreadyEnabled(verified, settings, services);
   await judgeAndTell(domain, settings, services);
   if (settings.confirmWithinMs !== void 0) {
    if (!await isDisabledNow(domain, verified, settings, services)) return;
    await enableUntilConfirmed(domain, verified, settings.confirmWithinMs, settings, services);
    return;
   }
   await switchOn(domain, verified, services);
   await nameSsoApp(domain, services);
  };
  async function isDisabledNow(domain, {id: id}, settings, services) {
   const now = await requireApi(services).ssoConnectors.get(id);
   domain.see(now);
   now.enabled && sayAlreadyEnabled(now, settings, services);
   if (now.enabled !== void 0) return !now.enabled;
   throw new domain_errors.lZ(`Cloudflare does not say whether connector ${id} is enabled, so confirm-within would not know what to take back to.`, {
    hint: "Look at the connector in the dashboard, then run again."
   });
  }
  function sayAlreadyEnabled({id: id, emailDomain: emailDomain}, {confirmWithinMs: confirmWithinMs}, {log: log}) {
   log.info(`SSO connector ${id} for ${emailDomain} is already enabled.`);
   if (confirmWithinMs === void 0) return;
   log.warning(`confirm-within does not apply: connector ${id} was enabled before this run, which leaves it as it is. Whether anybody has signed in through it is not known. If an earlier run ended before somebody confirmed it, disable it, then enable it again.`);
  }
  function sayWouldEnable({dns: dns}, connector, {confirmWithinMs: confirmWithinMs}, {log: log}) {
   const {emailDomain: emailDomain, verificationStatus: verificationStatus = "unknown"} = connector;
   const isWaiting = verificationStatus !== "verified" && dns?.visible === false;
   const when = isWaiting ? "once the record is visible and verified" : `now ${verificationStatus}`;
   const confirmed = confirmWithinMs === void 0 ? "" : ` Would disable it again unless somebody signs in within ${(0, 
   duration.a3)(confirmWithinMs)}.`;
   log.info(`Dry run: would enable the connector for ${emailDomain}, ${when}.${confirmed}`);
  }
  const publishDns = async (domain, settings, services) => {
   const record = await recordToPublish(domain, settings, services);
   const {log: log} = services;
   if (record === void 0) {
    log.info("Dry run: there is no connector yet, so there is no record to publish.");
    return;
   }
   const {emailDomain: emailDomain, verificationCode: verificationCode} = record;
   const {dnsRecords: dnsRecords} = requireApi(services);
   const zone = await activeZone(emailDomain, services);
   const published = await dnsRecords.txtAt(zone.id, emailDomain);
   warnOfOlderCodes(record, published, services);
   if (published.includes(verificationCode)) {
    log.info(`Zone ${zone.name} already has the TXT record of ${emailDomain}.`);
    return;
   }
   if (settings.dryRun) {
    log.info(`Dry run: would add the TXT record of ${emailDomain} to zone ${zone.name}.`);
    return;
   }
   const isThere = async () => (await dnsRecords.txtAt(zone.id, emailDomain)).includes(verificationCode);
   const {isOurs: isOurs = true} = await domain.changeDns(async () => ({
    isOurs: await dnsRecords.addTxt(zone.id, emailDomain, verificationCode)
   }), () => (0, change.LC)(isThere, there => there, services.clock.now() + change.Dc, services));
   log.info(`${isOurs ? "Added" : "Found"} the TXT record of ${emailDomain} in zone ${zone.name}.`);
  };
  async function activeZone(emailDomain, services) {
   const zones = await requireApi(services).zones.holding(emailDomain);
   const active = zones.find(({status: status}) => status === "active");
   if (active !== void 0) return active;
   const [closest] = zones;
   if (closest === void 0) throw new domain_errors.lZ(`The API token sees no zone for ${emailDomain} at Cloudflare.`, {
    hint: 'If Cloudflare hosts the zone, give the token the permissions "Zone: Read", "DNS: Read" and "DNS: Edit" for it. If another provider hosts it, leave out publish-dns, publish the record there, and use wait-for-dns.'
   });
   throw new domain_errors.lZ(`Zone ${closest.name} at Cloudflare is ${(0, untrusted.g$)(closest.status, 40)}, not active: nobody sees its records.`, {
    hint: WHY_NOT_ACTIVE.get(closest.status) ?? "Look at the zone in the dashboard."
   });
  }
  const WHY_NOT_ACTIVE = new Map([ [ "pending", "At your registrar, set the name servers that the zone's overview in the dashboard shows. Or publish the record where the domain is hosted now." ], [ "initializing", "Finish its setup in the dashboard, then run again." ], [ "moved", "Its name servers were changed at the registrar. Publish the record there, or change the name servers back." ] ]);
  function warnOfOlderCodes({emailDomain: emailDomain, verificationCode: code}, published, {log: log}) {
   const prefix = code.slice(0, code.indexOf("=") + 1);
   const older = [ ...new Set(published) ].filter(text => text !== code && prefix && text.startsWith(prefix));
   if (older.length === 0) return;
   const list = older.map(text => (0, untrusted.g$)(text, 100)).join(", ");
   const noun = older.length === 1 ? "another verification code" : "other verification codes";
   log.warning(`${emailDomain} has ${noun}: ${list}. Left in place. Remove a code only if no connector in any account uses it.`);
  }
  const waitForDns = async (domain, settings, services) => {
   const {log: log, clock: clock, dns: dns} = services;
   const record = await recordToPublish(domain, settings, services);
   if (record === void 0) {
    log.info("Dry run: there is no connector yet, so there is no record to look for.");
    return;
   }
   const looksOnce = settings.dryRun || isVerified(domain.connector);
   isVerified(domain.connector) && log.info("Cloudflare has already verified this domain: looking only once.");
   const wait = looksOnce ? {
    ...settings.wait,
    timeoutMs: 0
   } : settings.wait;
   const startedAtMs = clock.now();
   const report = await dns.waitFor({
    name: record.emailDomain,
    value: record.verificationCode
   }, wait, log);
   domain.seeDns(report);
   report.visible ? sayVisible(report, (0, duration.vk)(startedAtMs, clock.now()), settings, services) : looksOnce ? log.info(`The record is not visible: ${explainInvisible(report).why}.`) : endInvisible(domain, report, settings, services);
  };
  function isVerified(connector) {
   return connector?.enabled === true || connector?.verificationStatus === "verified";
  }
  function sayVisible(report, when, {dns: dns}, {log: log}) {
   report.authoritative || dns.authoritativeServers === "off" || log.warning("Too few authoritative servers answered: only the caches of the resolvers show the record.");
   log.info(`The record is visible ${when}: ${countServers(report.servers)}.`);
  }
  function endInvisible(domain, report, settings, services) {
   if (report.reason === "not-registered") {
    const {why: why, remedy: hint} = explainInvisible(report);
    throw new domain_errors.AU(`The TXT record of ${report.name} can never become visible: ${why}.`, {
     hint: hint
    });
   }
   endInTimeout(domain, timedOut(report, settings), settings, services);
  }
  function timedOut(report, {wait: {timeoutMs: timeoutMs}}) {
   const {why: why, remedy: remedy} = explainInvisible(report);
   if (report.reason === "not-in-time") {
    const seen = `The TXT record of ${report.name} cannot become visible within the timeout of ${(0, 
    duration.a3)(timeoutMs)}`;
    return new domain_errors.MU(`${seen}: ${why}.`, {
     hint: remedy
    });
   }
   const waitedMs = Date.parse(report.ended_at) - Date.parse(report.started_at);
   const when = timeoutMs === 0 ? "" : ` ${(0, duration.vk)(0, waitedMs)}`;
   return new domain_errors.MU(`The TXT record of ${report.name} is not visible${when}: ${why}.`, {
    hint: `${remedy} Then run the same step again: it continues where this run stopped.`
   });
  }
  const MODES = {
   preflight: preflight,
   create: create,
   "publish-dns": publishDns,
   "wait-for-dns": waitForDns,
   enable: enable,
   check: check,
   disable: disable,
   delete: deleteConnector
  };
  async function workOnAll(settings, services) {
   const domains = await workOnDomains(settings, services);
   const concluded = await concludeCheck(domains, settings, services);
   const failed = domains.flatMap(({domain: domain, failure: failure}) => failure === void 0 ? [] : [ {
    emailDomain: domain.name,
    error: failure
   } ]);
   const changes = [ concluded.changed, ...domains.map(({domain: domain}) => domain.changed) ];
   const changed = changes.includes(true) || !!changes.includes(void 0) && void 0;
   const ending = concluded.drift === void 0 ? "mode check" : "the drift issue";
   const last = concluded.failures.map(one => ({
    ...one,
    error: stoppedIn(ending, one.error)
   }));
   return {
    ...concluded,
    domains: domains,
    changed: changed,
    failures: [ ...failed, ...last ]
   };
  }
  async function workOnDomains(settings, services) {
   const {verificationCode: verificationCode, account: account, emailDomains: emailDomains} = settings;
   const names = emailDomains.length > 0 ? emailDomains : [ void 0 ];
   const results = names.map(name => {
    const domain = new EmailDomain({
     name: name,
     verificationCode: verificationCode,
     accountId: account?.accountId
    });
    return {
     domain: domain,
     failure: void 0
    };
   });
   const isSeveral = results.length > 1;
   const ended = linkedAbort(services.signal);
   const progress = isSeveral ? tellProgress(results, {
    ...services,
    signal: ended.signal
   }) : void 0;
   await Promise.all(results.map(async ({domain: domain}, index) => {
    const log = isSeveral && domain.name !== void 0 ? services.log.labelled(domain.name) : services.log;
    results[index] = {
     domain: domain,
     failure: await workOn(domain, settings, {
      ...services,
      log: log
     })
    };
   }));
   ended[Symbol.dispose]();
   await progress;
   return results;
  }
  const PROGRESS_INTERVAL_MS = 6e4;
  async function tellProgress(results, {clock: clock, log: log, signal: signal}) {
   const startedAtMs = clock.now();
   for (;;) {
    await Promise.allSettled([ clock.sleep(PROGRESS_INTERVAL_MS, signal) ]);
    if (signal.aborted) return;
    log.info(`Still working ${(0, duration.vk)(startedAtMs, clock.now())}. ${tally(results)}.`);
   }
  }
  async function workOn(domain, settings, services) {
   if (isJudgedFirst(settings)) try {
    await preflightFirst(domain, settings, services);
   } catch (thrown) {
    return stoppedIn("preflight", (0, domain_errors.ie)(thrown));
   }
   for (const [index, mode] of settings.modes.entries()) {
    try {
     await services.log.group(mode, () => MODES[mode](domain, settings, services));
    } catch (thrown) {
     return stoppedIn(`mode ${mode}`, (0, domain_errors.ie)(thrown));
    }
    if (!domain.timedOut) continue;
    const skipped = settings.modes.slice(index + 1);
    skipped.length > 0 && services.log.info(`Skipped: ${skipped.join(", ")}. Run the same step again to continue.`);
    return;
   }
   return;
  }
  function isJudgedFirst({modes: modes}) {
   return modes.includes("enable") && !modes.includes("preflight");
  }
  function stoppedIn(work, error) {
   if (!(error instanceof domain_errors.Ko)) return error;
   return new domain_errors.Ko(`${error.message.slice(0, -1)} in ${work}.`, {
    hint: error.hint,
    cause: error
   });
  }
  var run_addDisposableResource = function(env, value, async) {
   if (value !== null && value !== void 0) {
    if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
    var dispose, inner;
    if (async) {
     if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
     dispose = value[Symbol.asyncDispose];
    }
    if (dispose === void 0) {
     if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
     dispose = value[Symbol.dispose];
     async && (inner = dispose);
    }
    if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
    inner && (dispose = function() {
     try {
      inner.call(this);
     } catch (e) {
      return Promise.reject(e);
     }
    });
    env.stack.push({
     value: value,
     dispose: dispose,
     async: async
    });
   } else async && env.stack.push({
    async: true
   });
   return value;
  };
  var run_disposeResources = function(SuppressedError) {
   return function(env) {
    function fail(e) {
     env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
     env.hasError = true;
    }
    var r, s = 0;
    function next() {
     while (r = env.stack.pop()) try {
      if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
      if (r.dispose) {
       var result = r.dispose.call(r.value);
       if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
        fail(e);
        return next();
       });
      } else s |= 1;
     } catch (e) {
      fail(e);
     }
     if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
     if (env.hasError) throw env.error;
    }
    return next();
   };
  }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
   var e = new Error(message);
   return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
  });
  async function run() {
   const step = startStep();
   try {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     const settings = readSettings();
     for (const notice of settings.notices) step.log.notice(notice);
     const services = run_addDisposableResource(env_1, createServices(settings, step.log, step.signal), false);
     const result = await workOnAll(settings, services);
     const unwritten = writeOutputs(result);
     result.domains.length > 1 && step.log.info(`${tally(result.domains)}.`);
     step.fail([ ...result.failures, ...unwritten ]);
     await writeSummary(result, settings).catch(step.warn);
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     run_disposeResources(env_1);
    }
   } catch (thrown) {
    step.failWith(thrown);
   }
   step.end();
  }
  hasSupportedNode() && run();
 })();
 module.exports = __webpack_exports__;
})();
