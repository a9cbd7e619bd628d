// The rooms of src/ and who may know whom. CONTRIBUTING.md has the picture.

const DOORS = "^src/(api|subscribers|jobs|scripts|admin)/"

/** What a room may import of src/, besides itself. */
const only = (room, ...known) => ({
  name: `${room}-knows-${known.length === 0 ? "nothing-else" : known.join("-")}`,
  comment: `src/${room} may import ${known.length === 0 ? "nothing else of src/" : `of src/ no more than ${known.join(", ")}`}.`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(${[room, ...known].join("|")})/` },
})

module.exports = {
  forbidden: [
    { name: "no-circle", comment: "No file may import itself by way of others.", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-circle-of-folders",
      comment: "No folder may import itself by way of others: there is a room missing below them.",
      severity: "error",
      scope: "folder",
      from: { path: "^src/(?!modules)" },
      to: { circular: true },
    },
    {
      name: "doors",
      comment: "Nothing imports the doors, nor does one door import another.",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: DOORS, pathNot: "^src/$1/" },
    },
    only("wire"),
    // could be a package of its own
    only("odoo-client", "wire"),
    only("utils", "wire"),
    only("database", "wire"),
    only("modules", "database", "wire", "utils"),
    only("read-model", "database", "modules", "wire", "utils"),
    only("core-writes", "database", "modules", "wire", "utils"),
    {
      name: "module-by-repositories",
      comment: "Statements on the plugin's own tables are used through the repositories of the module.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/modules/" },
      to: { path: "^src/modules/odoo/sql/" },
    },
    {
      name: "module-by-types-and-helpers",
      comment: "The SQL on Medusa's tables knows of the module its types alone, and neither the service nor a statement.",
      severity: "error",
      from: { path: "^src/(read-model|core-writes)/" },
      to: { path: "^src/modules/", pathNot: "^src/modules/odoo/(types|boot-checks)[.]ts$" },
    },
    only("queries", "read-model", "database", "modules", "wire", "utils"),
    only("locks", "database", "wire", "utils"),
    only("records", "locks", "queries", "read-model", "database", "modules", "wire", "utils"),
    only("links", "records", "read-model", "modules", "wire", "utils"),
    // knows record types and targets by their interfaces alone
    only("outbox", "links", "records", "modules", "wire", "utils"),
    // the direct connection: how Odoo is reached, what it needs there, and how it is doing
    only("connection", "odoo-client", "queries", "read-model", "database", "modules", "wire", "utils"),
    only("targets", "connection", "odoo-client", "outbox", "queries", "read-model", "database", "modules", "wire", "utils"),
    only("openapi", "wire"),
    {
      name: "no-kind-by-name",
      comment: "The outbox knows no record type and no target by name.",
      severity: "error",
      from: { path: "^src/(outbox|modules|links|wire)/" },
      to: { path: "^src/(records|targets)/(?!index|known-kind|registry|record-type)[^/]+/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/__tests__/" },
  },
}
