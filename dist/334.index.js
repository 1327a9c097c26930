"use strict";

exports.id = 334;

exports.ids = [ 334 ];

exports.modules = {
 334: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createTls: () => createTls,
   tlsOptions: () => tlsOptions
  });
  var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
  var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
  var _stream_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7625);
  function createTls(ca) {
   return (query, endpoint, limits) => (0, _stream_js__WEBPACK_IMPORTED_MODULE_2__.k)(query, limits, "secureConnect", () => (0, 
   node_tls__WEBPACK_IMPORTED_MODULE_1__.connect)({
    ...tlsOptions(endpoint, ca),
    host: endpoint.host,
    port: endpoint.port,
    ALPNProtocols: [ "dot" ]
   }));
  }
  function tlsOptions({host: host, serverName: serverName}, ca) {
   return {
    servername: serverName ?? ((0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0 ? host : ""),
    ...ca !== void 0 && {
     ca: ca
    }
   };
  }
 }
};
