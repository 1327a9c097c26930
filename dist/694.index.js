"use strict";

exports.id = 694;

exports.ids = [ 694 ];

exports.modules = {
 7305: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   keepDriftIssue: () => keepDriftIssue
  });
  var errors = __webpack_require__(2690);
  var host = __webpack_require__(9083);
  var http_session = __webpack_require__(2059);
  var drift = __webpack_require__(1950);
  var fitting = __webpack_require__(765);
  var naming = __webpack_require__(5484);
  var untrusted = __webpack_require__(1824);
  const MAX_ROWS_LENGTH = 45e3;
  const MAX_FAILED_NAMED = 10;
  const MAX_CELL_LENGTH = 300;
  function driftMarker(accountId) {
   return `\x3c!-- cloudflare-dashboard-sso-connector:drift:${encodeURIComponent(accountId)} --\x3e`;
  }
  function driftIssueText(report) {
   const lines = [ driftMarker(report.account_id), "", "Cloudflare or DNS differs from what you declared. The workflow that found this keeps this text up to date and closes the issue when the drift is gone. Use comments: changes to this text are overwritten.", "", ...driftTable(report.differences), ...notCompared(report.failed), ...notChecked(report.not_checked), "" ];
   return {
    title: `Cloudflare dashboard SSO: drift in ${affected(report)}`,
    body: lines.join("\n")
   };
  }
  function changedComment(report, runUrl) {
   return `The drift has changed: it now affects ${affected(report)}. The text above is up to date.${foundBy(runUrl)}`;
  }
  function reopenedComment(report, runUrl) {
   return `There is drift again, in ${affected(report)}. See the text above.${foundBy(runUrl)}`;
  }
  function goneComment({not_checked: kinds}, runUrl) {
   const gone = kinds.length === 0 ? "The drift is gone: everything is as declared." : `The drift is gone: everything that was checked is as declared. Not checked: ${kindsNotChecked(kinds)}`;
   return `${gone}${foundBy(runUrl)}`;
  }
  function duplicateComment(keptNumber) {
   return `Two runs opened an issue at the same time. Only #${keptNumber} is kept up to date.`;
  }
  function affected({differences: differences}) {
   const names = new Set(differences.map(difference => difference.email_domain));
   const account = names.delete(drift.hM) ? [ "the account" ] : [];
   const domains = names.size === 1 ? "1 email domain" : `${names.size} email domains`;
   return [ ...names.size === 0 ? [] : [ domains ], ...account ].join(" and ");
  }
  function foundBy(runUrl) {
   return runUrl === void 0 ? "" : `\n\nFound by ${runUrl}`;
  }
  function driftTable(differences) {
   const head = [ "Email domain", "What", "Declared", "Actual", "What to do" ].map(title => `<th>${title}</th>`);
   const all = differences.map(({email_domain: email_domain, kind: kind, expected: expected, actual: actual, remedy: remedy}) => {
    const cells = [ email_domain, kind, expected, actual, remedy ].map(text => `<td>${asCode(text)}</td>`);
    return `<tr>${cells.join("")}</tr>`;
   });
   const rows = (0, fitting._)(all, row => row.length + 1, MAX_ROWS_LENGTH);
   const left = differences.length - rows.length;
   return [ "<table>", `<tr>${head.join("")}</tr>`, ...rows, "</table>", ...left === 0 ? [] : [ "", `and ${left} more: see the output <code>drift-report</code>` ] ];
  }
  function notCompared(failed) {
   if (failed.length === 0) return [];
   const named = (0, naming.b)(failed.map(asCode), MAX_FAILED_NAMED);
   return [ "", `<p>There may be more drift. Not compared: ${named}</p>` ];
  }
  function notChecked(kinds) {
   if (kinds.length === 0) return [];
   return [ "", `<p>Not checked: ${kindsNotChecked(kinds)}</p>` ];
  }
  function kindsNotChecked(kinds) {
   return kinds.map(drift.GD).map(asCode).join(", ");
  }
  function asCode(text) {
   if (text === "") return "";
   return `<code>${(0, untrusted.qy)((0, untrusted.g$)(text, MAX_CELL_LENGTH))}</code>`;
  }
  async function syncDriftIssue(report, issues, {dryRun: dryRun, runUrl: runUrl}) {
   const isDrift = report.differences.length > 0;
   if (!isDrift && report.failed.length > 0) return {
    action: "none",
    url: void 0,
    duplicates: []
   };
   const isOurs = recogniser(driftMarker(report.account_id));
   const {kept: kept, duplicates: duplicates} = await findIssues(issues, isOurs);
   const text = driftIssueText(report);
   const action = isDrift ? actionForDrift(text, kept) : kept?.state === "open" ? "closed" : "none";
   const result = {
    action: action,
    url: kept?.url,
    duplicates: duplicates.map(({number: number}) => number)
   };
   if (dryRun) return result;
   if (kept === void 0) {
    if (action === "none") return result;
    const made = await issues.create(text, issue => issue.state === "open" && isOurs(issue));
    return {
     ...result,
     url: made.url
    };
   }
   for (const {number: number} of duplicates) {
    await issues.comment(number, duplicateComment(kept.number));
    await issues.update(number, {
     state: "closed",
     state_reason: "not_planned"
    });
   }
   await carryOut(action, kept, issues, {
    report: report,
    text: text,
    runUrl: runUrl
   });
   return result;
  }
  const TRUSTED_ASSOCIATIONS = new Set([ "OWNER", "MEMBER", "COLLABORATOR" ]);
  function recogniser(marker) {
   return ({body: body, authorType: authorType, authorAssociation: authorAssociation}) => body.startsWith(marker) && (authorType === "Bot" || TRUSTED_ASSOCIATIONS.has(authorAssociation));
  }
  async function findIssues(issues, isOurs) {
   const ours = [];
   for await (const issue of issues.list()) isOurs(issue) && ours.push(issue);
   const [oldest, ...duplicates] = ours.filter(({state: state}) => state === "open").sort((one, other) => one.number - other.number);
   return {
    kept: oldest ?? closedLast(ours),
    duplicates: duplicates
   };
  }
  function closedLast(issues) {
   const newestFirst = (one, other) => one.closedAt === other.closedAt ? one.number - other.number : one.closedAt < other.closedAt ? 1 : -1;
   return issues.toSorted(newestFirst)[0];
  }
  function actionForDrift({body: body}, kept) {
   if (kept === void 0) return "opened";
   if (kept.state === "closed") return "reopened";
   return normalised(kept.body) === normalised(body) ? "none" : "updated";
  }
  function normalised(body) {
   return body.replaceAll("\r\n", "\n").trimEnd();
  }
  async function carryOut(action, {number: number}, issues, {report: report, text: text, runUrl: runUrl}) {
   switch (action) {
   case "updated":
    await issues.comment(number, changedComment(report, runUrl));
    await issues.update(number, text);
    break;

   case "reopened":
    await issues.comment(number, reopenedComment(report, runUrl));
    await issues.update(number, {
     ...text,
     state: "open",
     state_reason: "reopened"
    });
    break;

   case "closed":
    await issues.comment(number, goneComment(report, runUrl));
    await issues.update(number, {
     state: "closed",
     state_reason: "completed"
    });
    break;
   }
  }
  var dist = __webpack_require__(7934);
  var retry_after = __webpack_require__(2988);
  const WORDS = [ [ "GET", /\/comments$/, "list the comments of the issue" ], [ "POST", /\/comments$/, "add a comment to the issue" ], [ "GET", /\/issues$/, "list the issues" ], [ "POST", /\/issues$/, "create the issue" ], [ "PATCH", /\/issues\/\d+$/, "update the issue" ] ];
  function inWords(method, url) {
   const path = pathOf(url);
   const known = WORDS.find(([itsMethod, itsPath]) => itsMethod === method && itsPath.test(path));
   return known?.[2] ?? "carry out the request";
  }
  function pathOf(url) {
   return URL.parse(url)?.pathname ?? url.replace(/\?.*$/s, "");
  }
  class GitHubApiError extends errors.GI {
   httpStatus;
   constructor(message, details) {
    super(message, details);
    this.httpStatus = details.httpStatus;
   }
  }
  const OCTOKIT_ERROR = "HttpError";
  const refusalSchema = dist.Ikc({
   status: dist.aig(),
   request: dist.Ikc({
    method: dist.YjP(),
    url: dist.YjP()
   }),
   response: dist.Ikc({
    headers: dist.g1P(dist.YjP(), dist.lqM(dist.KCZ([ dist.YjP(), dist.aig() ]))),
    data: dist.L5J()
   })
  });
  const messageSchema = dist.Ikc({
   message: dist.YjP()
  });
  function fromOctokitError(thrown, nowMs) {
   if (!(thrown instanceof Error) || thrown.name !== OCTOKIT_ERROR) return thrown;
   if (thrown.cause !== void 0) return thrown.cause;
   const refusal = dist.xLC(refusalSchema, thrown);
   return refusal.success ? fromRefusal(refusal.output, nowMs) : thrown;
  }
  function unexpectedAnswer(method, url, httpStatus) {
   const seen = `Could not ${inWords(method, url)}: the answer has an unexpected shape`;
   const message = `${seen} (${method} ${pathOf(url)}, HTTP ${httpStatus}).`;
   return new GitHubApiError(message, {
    httpStatus: httpStatus,
    retryability: "ambiguous",
    hint: GITHUB_STATUS_HINT
   });
  }
  function fromRefusal({status: status, request: request, response: response}, nowMs) {
   const body = dist.xLC(messageSchema, response.data);
   const reason = body.success ? (0, untrusted.g$)(body.output.message, MAX_QUOTED).replace(/\.$/, "") : "GitHub gave no reason";
   const {method: method, url: url} = request;
   const refused = `GitHub ${status >= 500 ? "failed" : "refused"} to ${inWords(method, url)}: ${reason}`;
   const message = `${refused} (${method} ${pathOf(url)}, HTTP ${status}).`;
   const isLimited = isRateLimited(status, reason, response.headers);
   return new GitHubApiError(message, {
    httpStatus: status,
    retryability: isLimited ? "not-carried-out" : status >= 500 || status === 408 ? "ambiguous" : "permanent",
    retryAfterMs: isLimited ? limitedForMs(response.headers, nowMs) : retryAfterMs(response.headers, nowMs),
    hint: isLimited ? RATE_HINT : refusalHint(status)
   });
  }
  const MAX_QUOTED = 200;
  function isRateLimited(status, reason, headers) {
   if (status === 429) return true;
   if (status !== 403) return false;
   const isUsedUp = String(headers["x-ratelimit-remaining"]) === "0";
   return isUsedUp || headers["retry-after"] !== void 0 || /\brate limit\b/i.test(reason);
  }
  const DEFAULT_LIMIT_MS = 6e4;
  function limitedForMs(headers, nowMs) {
   const asked = retryAfterMs(headers, nowMs);
   if (asked !== void 0) return asked;
   const resetMs = Number(headers["x-ratelimit-reset"]) * 1e3;
   const isUsedUp = String(headers["x-ratelimit-remaining"]) === "0";
   return isUsedUp && resetMs > nowMs ? resetMs - nowMs : DEFAULT_LIMIT_MS;
  }
  function retryAfterMs(headers, nowMs) {
   const value = headers["retry-after"];
   return (0, retry_after.m)(value === void 0 ? void 0 : String(value), nowMs);
  }
  const RATE_HINT = "GitHub's rate limit for this token is used up. Run the job again later; there is nothing to undo.";
  const GITHUB_STATUS_HINT = "Check https://www.githubstatus.com for incidents, then run the job again.";
  const PERMISSION_HINT = 'Give the job the permission "issues: write" under "permissions:". That removes every permission that is not listed, so add "contents: read" if the job checks out the repository.';
  function refusalHint(status) {
   switch (status) {
   case 401:
    return "The GitHub token is wrong or expired. The token of the job, github.token, is sufficient.";

   case 403:
   case 404:
    return PERMISSION_HINT;

   case 410:
    return 'Issues are disabled in this repository. Enable them under "Features" in its settings, or set drift-issue to false.';

   default:
    return status >= 500 ? GITHUB_STATUS_HINT : void 0;
   }
  }
  var http_change = __webpack_require__(961);
  var post_once = __webpack_require__(3449);
  var retries = __webpack_require__(5891);
  const issueSchema = dist.Ikc({
   number: dist.FsL(dist.aig(), dist.ndf()),
   state: dist.KIO([ "open", "closed" ]),
   body: dist.cl6(dist.YjP(), ""),
   html_url: dist.YjP(),
   closed_at: dist.cl6(dist.YjP(), ""),
   user: dist.cl6(dist.Ikc({
    type: dist.YjP()
   })),
   author_association: dist.cl6(dist.YjP(), ""),
   pull_request: dist.lqM(dist.L5J())
  });
  const commentSchema = dist.Ikc({
   id: dist.aig(),
   body: dist.cl6(dist.YjP(), "")
  });
  const MAX_PAGES = 1e3;
  const PER_PAGE = 100;
  async function connectGitHubIssues(options) {
   const {apiUrl: apiUrl, token: token, fetch: fetch, services: services} = options;
   const github = await __webpack_require__.e(413).then(__webpack_require__.bind(__webpack_require__, 2413));
   const quiet = () => {};
   const log = {
    debug: quiet,
    info: quiet,
    warn: line => services.log.debug(line),
    error: quiet
   };
   const octokit = github.getOctokit(token, {
    baseUrl: apiUrl,
    request: {
     fetch: fetch,
     log: log
    },
    log: log
   });
   octokit.hook.wrap("request", async (send, request) => {
    const response = await Promise.resolve(send(request)).catch(error => {
     throw fromOctokitError(error, services.clock.now());
    });
    if (request.method === "GET" && !Array.isArray(response.data)) throw unexpectedAnswer(request.method, request.url, response.status);
    return response;
   });
   return new GitHubIssues(octokit, options);
  }
  class GitHubIssues {
   #octokit;
   #repository;
   #services;
   constructor(octokit, {repository: repository, services: services}) {
    this.#octokit = octokit;
    this.#repository = repository;
    this.#services = services;
   }
   list() {
    return this.#issues(turn => (0, retries.L)(turn, this.#services));
   }
   async create(text, isMade) {
    return this.#postOnce({
     look: async () => {
      for await (const issue of this.#issues(turn => turn())) if (isMade(issue)) return issue;
      return;
     },
     send: async () => {
      const {data: data, status: status} = await this.#octokit.rest.issues.create({
       ...this.#repository,
       ...text
      });
      const issue = issueOf(data, "POST", this.#path, status);
      if (isMade(issue)) return issue;
      throw new GitHubApiError(`The next run would not find the new issue ${issue.url} again.`, {
       httpStatus: status,
       retryability: "permanent",
       hint: "Only issues of apps, owners, members and collaborators of the repository are trusted. Close this issue, and use the token of the job, github.token."
      });
     }
    });
   }
   async update(number, change) {
    const parameters = {
     ...this.#repository,
     issue_number: number,
     ...change
    };
    await (0, http_change.n5)(async () => {
     const {data: data, status: status} = await this.#octokit.rest.issues.update(parameters);
     issueOf(data, "PATCH", `${this.#path}/${number}`, status);
    }, this.#services);
   }
   async comment(number, body) {
    const issue = {
     ...this.#repository,
     issue_number: number
    };
    const {issues: issues} = this.#octokit.rest;
    await this.#postOnce({
     look: async () => {
      const parameters = {
       ...issue,
       per_page: PER_PAGE
      };
      const pages = this.#octokit.paginate.iterator(issues.listComments, parameters);
      for await (const {data: data} of bounded(pages, turn => turn())) for (const comment of data) if (dist.is(commentSchema, comment) && comment.body === body) return "there";
      return;
     },
     send: async () => {
      const {data: data, status: status} = await issues.createComment({
       ...issue,
       body: body
      });
      if (dist.is(commentSchema, data)) return "there";
      throw unexpectedAnswer("POST", `${this.#path}/${number}/comments`, status);
     }
    });
   }
   async* #issues(send) {
    const {paginate: paginate, rest: rest} = this.#octokit;
    const parameters = {
     ...this.#repository,
     state: "all",
     sort: "created",
     direction: "asc",
     per_page: PER_PAGE
    };
    const pages = paginate.iterator(rest.issues.listForRepo, parameters);
    for await (const {data: data, status: status} of bounded(pages, send)) for (const wire of data) wire.pull_request === void 0 && (yield issueOf(wire, "GET", this.#path, status));
   }
   async #postOnce(change) {
    return (await (0, post_once.y)(change, this.#services)).made;
   }
   get #path() {
    return `/repos/${this.#repository.owner}/${this.#repository.repo}/issues`;
   }
  }
  async function* bounded(pages, send) {
   const iterator = pages[Symbol.asyncIterator]();
   for (let page = 1; page <= MAX_PAGES; page++) {
    const {done: done, value: value} = await send(() => iterator.next());
    if (done) return;
    yield value;
   }
   throw new GitHubApiError(`GitHub's list has more than ${MAX_PAGES} pages.`, {
    httpStatus: 200,
    retryability: "permanent"
   });
  }
  function issueOf(wire, method, path, httpStatus) {
   const parsed = dist.xLC(issueSchema, wire);
   if (!parsed.success) throw unexpectedAnswer(method, path, httpStatus);
   const {number: number, state: state, body: body, html_url: html_url, closed_at: closed_at, user: user, author_association: author_association} = parsed.output;
   return {
    number: number,
    state: state,
    body: body,
    url: html_url,
    closedAt: closed_at,
    authorType: user?.type ?? "",
    authorAssociation: author_association
   };
  }
  var network_error = __webpack_require__(5268);
  function createGitHubFetch(session, apiUrl, signal) {
   return async (url, {method: method, body: body}) => {
    const path = pathBelow(apiUrl, url);
    const request = {
     method: method,
     path: path,
     ...body !== void 0 && {
      body: JSON.parse(body)
     }
    };
    const answer = await session.exchange(request, signal, inWords(method, path));
    const {status: status} = answer;
    if (status >= 300 && status < 400) throw redirected(request, status);
    if (status < 200 || status > 599) throw unexpectedAnswer(method, url, status);
    return new Response(isBodiless(status) ? null : answer.body, {
     status: status,
     headers: headersOf(answer)
    });
   };
  }
  function pathBelow(apiUrl, url) {
   const target = URL.parse(url);
   if (target?.href.startsWith(`${apiUrl}/`)) return target.href.slice(apiUrl.length);
   const place = target === null ? "something that is not a URL" : target.origin;
   const message = `GitHub's answer points to ${place}, outside ${apiUrl}. The token is not sent there.`;
   throw new network_error.D(message, {
    retryability: "permanent"
   });
  }
  function redirected({method: method, path: path}, httpStatus) {
   const message = `Could not ${inWords(method, path)}: the request was redirected (${method} ${path}, HTTP ${httpStatus}). Redirects are not followed, because the token would be sent along.`;
   return new GitHubApiError(message, {
    httpStatus: httpStatus,
    retryability: "permanent",
    hint: "GitHub redirects when the repository was renamed or moved while the job waited. Run the workflow again."
   });
  }
  function isBodiless(status) {
   return status === 204 || status === 205;
  }
  function headersOf({headers: headers}) {
   const result = new Headers;
   for (const [name, value] of Object.entries(headers)) for (const line of [ value ?? [] ].flat()) result.append(name, line);
   return result;
  }
  async function keepDriftIssue(report, {token: token, dryRun: dryRun, env: env = process.env, ...services}) {
   checkToken(token);
   const repository = repositoryOf(env["GITHUB_REPOSITORY"]);
   const apiUrl = apiUrlOf(env["GITHUB_API_URL"]);
   const session = new http_session.N({
    apiUrl: apiUrl,
    apiToken: token,
    statusHint: GITHUB_STATUS_HINT
   });
   try {
    const fetch = createGitHubFetch(session, apiUrl, services.signal);
    const issues = await connectGitHubIssues({
     apiUrl: apiUrl,
     token: token,
     repository: repository,
     fetch: fetch,
     services: services
    });
    const result = await syncDriftIssue(report, issues, {
     dryRun: dryRun,
     runUrl: runUrlOf(env, repository)
    });
    for (const line of outcomeLines(result, dryRun)) services.log.info(line);
    return result;
   } finally {
    session.close();
   }
  }
  function checkToken(token) {
   if (/^[\x21-\x7e]+$/.test(token)) return;
   throw new errors.dz("Input github-token contains a space, a line break or another character that no token has.", {
    hint: "Leave github-token out to use the token of the job, or store the bare token in a secret."
   });
  }
  function repositoryOf(value) {
   const [, owner, repo] = /^([\w-]+)\/([\w.-]+)$/.exec(value ?? "") ?? [];
   if (owner === void 0 || repo === void 0 || repo === "." || repo === "..") throw new errors.dz("GITHUB_REPOSITORY is not set to owner/name, so there is no repository for the drift issue.", {
    hint: "GitHub runners set it. Elsewhere, set it to the repository for the issue."
   });
   return {
    owner: owner,
    repo: repo
   };
  }
  const DEFAULT_API_URL = "https://api.github.com";
  function apiUrlOf(value) {
   const url = URL.parse(value || DEFAULT_API_URL);
   if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") throw new errors.dz("GITHUB_API_URL is not a valid API URL.", {
    hint: `GitHub runners set it. Elsewhere, leave it unset to use ${DEFAULT_API_URL}.`
   });
   if (url.protocol === "http:" && !(0, host.U)(url.hostname)) throw new errors.dz(`GITHUB_API_URL would send the GitHub token unencrypted to ${url.host}.`, {
    hint: "Use https, or http on a loopback address."
   });
   return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`;
  }
  function runUrlOf(env, {owner: owner, repo: repo}) {
   const server = URL.parse(env?.["GITHUB_SERVER_URL"] ?? "")?.origin;
   const runId = env?.["GITHUB_RUN_ID"] ?? "";
   if (server === void 0 || !/^\d+$/.test(runId)) return;
   return `${server}/${owner}/${repo}/actions/runs/${runId}`;
  }
  const DONE = {
   opened: "opened",
   updated: "updated, because the drift has changed",
   closed: "closed, because the drift is gone",
   reopened: "reopened",
   none: "left unchanged"
  };
  function outcomeLines({action: action, url: url, duplicates: duplicates}, dryRun) {
   const tense = dryRun ? "would be" : "was";
   const where = url === void 0 ? "" : ` ${url}`;
   const lines = action === "none" && url === void 0 ? [ "There is no drift issue, and none is needed." ] : [ `The drift issue${where} ${tense} ${DONE[action]}.` ];
   if (duplicates.length === 0) return lines;
   return [ ...lines, `Duplicate issues ${tense === "was" ? "were" : tense} closed: ${duplicates.join(", ")}.` ];
  }
 },
 961: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Dc: () => READ_LAG_MS,
   LC: () => readUntil,
   n5: () => withDoubt
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _retries_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5891);
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
 3449: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   y: () => postOnce
  });
  var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(961);
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
 1729: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   i: () => proxyFor
  });
  var _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9783);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2690);
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
 5891: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   L: () => withRetries,
   y: () => MAX_RETRY_AFTER_MS
  });
  var p_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4995);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _text_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5320);
  const MAX_ATTEMPTS = 5;
  const FIRST_DELAY_MS = 500;
  const MAX_DELAY_MS = 16e3;
  const MAX_RETRY_AFTER_MS = 3e5;
  async function withRetries(attempt, {clock: clock, log: log, signal: signal, random: random = Math.random, maxAttempts: maxAttempts = MAX_ATTEMPTS}) {
   return (0, p_retry__WEBPACK_IMPORTED_MODULE_2__.Ay)(attempt, {
    retries: maxAttempts - 1,
    minTimeout: 0,
    signal: signal,
    shouldRetry: ({error: error}) => isTransient(error),
    async onFailedAttempt({error: error, attemptNumber: attemptNumber, retriesLeft: retriesLeft}) {
     if (retriesLeft === 0 || !isTransient(error)) return;
     const delayMs = error.retryAfterMs ?? backoffMs(attemptNumber, random);
     log.info(`${error.message} Trying again in ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_1__.a3)(delayMs)}.`);
     await clock.sleep(delayMs, signal);
    }
   });
  }
  function isTransient(error) {
   if (!(error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI) || error.retryability === "permanent") return false;
   return (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
  }
  function backoffMs(attemptNumber, random) {
   return Math.min(FIRST_DELAY_MS * 2 ** (attemptNumber - 1), MAX_DELAY_MS) * (.5 + random() / 2);
  }
 },
 2988: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
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
 2059: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   N: () => HttpSession
  });
  var errors = __webpack_require__(2690);
  var secrets = __webpack_require__(3427);
  var untrusted = __webpack_require__(1824);
  var until_aborted = __webpack_require__(3426);
  var lib = __webpack_require__(2779);
  var host = __webpack_require__(9083);
  var tunnel = __webpack_require__(2939);
  const PROXY_SHARE = .5;
  class Connection {
   #client;
   #tunnels;
   constructor(userAgent, deadlineMs, proxy) {
    this.#tunnels = proxy && new tunnel.a(proxy, deadlineMs * PROXY_SHARE);
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
  var network_error = __webpack_require__(5268);
  var proxy = __webpack_require__(1729);
  var proxy_error = __webpack_require__(3118);
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
    if (error instanceof proxy_error.T) return this.#noTunnel(error);
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
 2939: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   X: () => openTunnel,
   a: () => TunnelAgent
  });
  var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
  var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
  var node_net__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7030);
  var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
  var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1824);
  var _host_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9083);
  var _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3118);
  async function openTunnel(proxy, target, {timeoutMs: timeoutMs, signal: signal, isBackground: isBackground = false}) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   const request = connectRequest(proxy, target);
   request.once("connect", ({statusCode: statusCode = 0}, socket, head) => {
    socket.unshift(head);
    if (statusCode >= 200 && statusCode < 300) return resolve(socket);
    socket.destroy();
    return reject(new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, `answered HTTP ${statusCode}`, statusCode));
   });
   request.on("error", error => {
    const seen = (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_4__.g$)(error.message || String(error), MAX_QUOTED);
    reject(error instanceof _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T ? error : new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, `could not be used: ${seen}`));
   });
   isBackground && request.once("socket", socket => socket.unref());
   const giveUp = seen => void request.destroy(new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, seen));
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
   const host = (0, _host_js__WEBPACK_IMPORTED_MODULE_6__.n)(proxy.hostname);
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
   return isSecure ? (0, node_https__WEBPACK_IMPORTED_MODULE_1__.request)({
    ...options,
    servername: (0, node_net__WEBPACK_IMPORTED_MODULE_2__.isIP)(host) ? "" : host
   }) : (0, node_http__WEBPACK_IMPORTED_MODULE_0__.request)(options);
  }
  class TunnelAgent extends node_https__WEBPACK_IMPORTED_MODULE_1__.Agent {
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
    const target = `${(0, node_net__WEBPACK_IMPORTED_MODULE_2__.isIP)(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const limits = {
     timeoutMs: this.#timeoutMs,
     signal: this.#closed.signal
    };
    openTunnel(this.#proxy, target, limits).then(socket => callback?.(null, (0, node_tls__WEBPACK_IMPORTED_MODULE_3__.connect)({
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
 7278: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   h: () => fetch,
   k: () => ProxyAgent
  });
  class ProxyAgent {}
  function fetch() {
   throw new Error("this build has no undici: give the client a fetch of its own");
  }
 }
};
