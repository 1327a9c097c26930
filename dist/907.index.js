"use strict";

exports.id = 907;

exports.ids = [ 907 ];

exports.modules = {
 8907: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   doubtOfFormat: () => doubtOfFormat
  });
  const NAMES = {
   bind: /(?<!\.(?:ya?ml|json|tf|tofu|tfvars|[cm]?[jt]s))$/i,
   octodns: /\.(?:ya?ml(?:\.\w+)?|json|txt)$/i,
   dnscontrol: /(?<!\.(?:ya?ml|json|tf|tofu|zone|db))$/i,
   terraform: /\.(?:tf|tofu)(?:\.json)?$/i,
   tfvars: /\.json$/i,
   json: /\.json$/i
  };
  function doubtOfFormat(format, path) {
   return NAMES[format].test(path) ? void 0 : `Is record-format right? It is ${format}.`;
  }
 }
};
