"use strict";

exports.id = 180;

exports.ids = [ 180 ];

exports.modules = {
 4995: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Ay: () => pRetry
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
 },
 7934: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   BuJ: () => getDotPath,
   FsL: () => pipe,
   Ikc: () => object,
   KCZ: () => union,
   KIO: () => picklist,
   L5J: () => unknown,
   NpB: () => fallback,
   PXX: () => toLowerCase,
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
  function toLowerCase() {
   return {
    kind: "transformation",
    type: "to_lower_case",
    reference: toLowerCase,
    async: false,
    "~run"(dataset) {
     dataset.value = dataset.value.toLowerCase();
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
 }
};
