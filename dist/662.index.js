"use strict";

exports.id = 662;

exports.ids = [ 662 ];

exports.modules = {
 7288: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Gm: () => recordToPublish,
   TE: () => lookUp,
   aW: () => connectorMissing,
   bf: () => ownerOf,
   l8: () => refuseOtherDomain,
   o$: () => endInTimeout
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _services_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1634);
  async function lookUp(domain, settings, services) {
   const connector = await currentConnector(domain, settings, services);
   domain.see(connector);
   return connector;
  }
  async function currentConnector({connector: known, name: name}, settings, services) {
   const {ssoConnectors: ssoConnectors} = (0, _services_js__WEBPACK_IMPORTED_MODULE_1__.C)(services);
   const id = known?.id ?? settings.connectorId;
   if (id === void 0) return name === void 0 ? void 0 : ssoConnectors.find(name);
   const connector = await ssoConnectors.get(id);
   refuseOtherDomain(connector, name);
   return connector;
  }
  function refuseOtherDomain({id: id, emailDomain: emailDomain}, name) {
   if (name === void 0 || emailDomain === name) return;
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Connector ${id} belongs to ${ownerOf(emailDomain)}, but email-domain is ${name}.`, {
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
   if (domain.record === void 0) throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Cloudflare shows no verification code for connector ${connector.id}.`, {
    hint: "Pass the code as verification-code, or look at the connector in the dashboard."
   });
   return domain.record;
  }
  function connectorMissing({name: name}) {
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`This account has no SSO connector for ${name ?? "this domain"}.`, {
    hint: 'Run mode create first, for example "mode: create, wait-for-dns, enable". If you expected a connector, check account-id.'
   });
  }
  function endInTimeout(domain, error, {wait: wait}, {log: log}) {
   domain.timedOut = true;
   if (wait.onTimeout === "fail") throw error;
   log.warning((0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.S6)(error).join(" "));
  }
 },
 8662: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   waitForDns: () => waitForDns
  });
  var _dns_wait_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1264);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2690);
  var _text_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5320);
  var _mode_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7288);
  const waitForDns = async (domain, settings, services) => {
   const {log: log, clock: clock, dns: dns} = services;
   const record = await (0, _mode_js__WEBPACK_IMPORTED_MODULE_3__.Gm)(domain, settings, services);
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
   report.visible ? sayVisible(report, (0, _text_duration_js__WEBPACK_IMPORTED_MODULE_2__.vk)(startedAtMs, clock.now()), settings, services) : looksOnce ? log.info(`The record is not visible: ${(0, 
   _dns_wait_wording_js__WEBPACK_IMPORTED_MODULE_0__.bg)(report).why}.`) : (0, _mode_js__WEBPACK_IMPORTED_MODULE_3__.o$)(domain, timedOut(report, settings), settings, services);
  };
  function isVerified(connector) {
   return connector?.enabled === true || connector?.verificationStatus === "verified";
  }
  function sayVisible(report, when, {dns: dns}, {log: log}) {
   report.authoritative || dns.authoritativeServers === "off" || log.warning("Too few authoritative servers answered: only the caches of the resolvers show the record.");
   log.info(`The record is visible ${when}: ${(0, _dns_wait_wording_js__WEBPACK_IMPORTED_MODULE_0__.m8)(report.servers)}.`);
  }
  function timedOut(report, {wait: {timeoutMs: timeoutMs}}) {
   const {why: why, remedy: remedy} = (0, _dns_wait_wording_js__WEBPACK_IMPORTED_MODULE_0__.bg)(report);
   if (report.reason === "not-in-time") {
    const seen = `The TXT record of ${report.name} cannot become visible within the timeout of ${(0, 
    _text_duration_js__WEBPACK_IMPORTED_MODULE_2__.a3)(timeoutMs)}`;
    return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__.MU(`${seen}: ${why}.`, {
     hint: remedy
    });
   }
   const waitedMs = Date.parse(report.ended_at) - Date.parse(report.started_at);
   const when = timeoutMs === 0 ? "" : ` ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_2__.vk)(0, waitedMs)}`;
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__.MU(`The TXT record of ${report.name} is not visible${when}: ${why}.`, {
    hint: `${remedy} Then run the same step again: it continues where this run stopped.`
   });
  }
 }
};
