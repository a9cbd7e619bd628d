/** The known facts about a failure. */
export type Symptoms = {
  /** the HTTP status; undefined where there was no answer */
  status?: number
  /** the error code of a broken connection, such as `ECONNREFUSED` */
  code?: string
  /** the part of the answer that gives the reason; it may contain personal data and is only searched */
  said?: string
}

/** A known failure and its remedy. The texts are the plugin's own, so that they may be logged. */
type Remedy = { when: (symptoms: Symptoms) => boolean; remedy: string }

const says =
  (pattern: RegExp) =>
  ({ said = "" }: Symptoms) =>
    pattern.test(said)

const answers =
  (...statuses: number[]) =>
  ({ status }: Symptoms) =>
    status !== undefined && statuses.includes(status)

const breaksWith =
  (pattern: RegExp) =>
  ({ code = "" }: Symptoms) =>
    pattern.test(code)

/** The known failures. The first match is shown, so that matches of the answer come before those of its status. */
const REMEDIES: readonly Remedy[] = [
  {
    when: says(/Expected singleton: res\.users\(\)/),
    remedy: "A controller with auth='none' has no user in Odoo 19: use auth='public', and sudo() for the records.",
  },
  {
    when: says(/SessionExpired|Session Expired|\/web\/login|^Log ?in\b/i),
    remedy: "The controller wants somebody to be signed in, or checks a CSRF token: use auth='public' (with type='http' also csrf=False), and check the signature.",
  },
  { when: says(/csrf/i), remedy: "Set csrf=False on the controller's route: the shop has no CSRF token, and its requests are signed." },
  {
    when: says(/\bAccessDenied\b/),
    remedy: "The controller signs in as somebody whom Odoo does not know, or wants somebody to be signed in: use auth='public', and check the signature.",
  },
  {
    when: says(/\bAccessError\b/),
    remedy: "The controller's user lacks a right: use sudo() for the records, or give the user the group that Odoo names.",
  },
  {
    when: says(/SerializationFailure|could not serialize access|ConcurrencyError|DeadlockDetected|deadlock detected|LockNotAvailable/),
    remedy: "Two changes of one record met in Odoo, and the next attempt mostly succeeds. A controller that calls the shop about that record before it has answered meets itself each time.",
  },
  {
    when: says(/UndefinedColumn|UndefinedTable|(column|relation) \S+ does not exist/),
    remedy: "Odoo's database is older than the addon's code: upgrade the addon (odoo -u).",
  },
  { when: says(/UniqueViolation|duplicate key value/), remedy: "Odoo has that record already: let the controller look for it first, and keep each webhook-id." },
  {
    when: says(/has no attribute 'jsonrequest'/),
    remedy: "Odoo has no request.jsonrequest since 16: read the event with json.loads(request.httprequest.get_data()).",
  },
  {
    when: says(/KeyError: '(params|event|data|order|customer)'|missing 1 required positional argument/),
    remedy: "The event is the whole body and not under params: read it with json.loads(request.httprequest.get_data()).",
  },
  {
    when: says(/KeyError: '[a-z_]+(\.[a-z_]+)+'/),
    remedy: "Odoo has no such model: install the module that brings it (sale_management for sale.order, stock for stock.quant).",
  },
  {
    when: says(/Invalid field '[^']+'|has no attribute '/),
    remedy: "The addon was written for another version of Odoo, or a module that it needs is not installed.",
  },
  { when: says(/\bMissingError\b/), remedy: "A record that the controller wants was deleted in Odoo." },
  {
    when: says(/declared as capable of handling request of type|inferred type is compatible/i),
    remedy: "The controller takes another kind of request: set type='json' (jsonrpc in Odoo 19) on its route.",
  },
  {
    when: says(/\/web\/database\/(selector|manager)/),
    remedy: "No database is selected: set webhook.database.",
  },
  {
    when: says(/(under|mode|site|scheduled) maintenance|maintenance mode|be right back/i),
    remedy: "Odoo is being worked on. Events wait until it is back; pause delivery where that takes long.",
  },
  {
    when: (symptoms) => answers(404)(symptoms) || says(/\bexceptions\.NotFound\b/)(symptoms),
    remedy: "There is no such route, or no database is selected. Check webhook.url; where one Odoo serves several databases, set webhook.database.",
  },
  { when: answers(401, 403), remedy: "Odoo, or a proxy before it, lets nobody in who is not signed in: use auth='public' on the controller's route, and check the signature." },
  { when: answers(405), remedy: "The route does not take POST: set methods=['POST'] on it." },
  { when: answers(413), remedy: "A proxy before Odoo takes no body of that size: raise its limit (client_max_body_size of nginx)." },
  { when: answers(415), remedy: "The controller takes another kind of request: set type='json' (jsonrpc in Odoo 19) on its route." },
  { when: answers(500), remedy: "Odoo's log has the traceback." },
  { when: answers(502, 504), remedy: "Odoo does not run behind its proxy, or is being started or upgraded." },
  { when: breaksWith(/^(ENOTFOUND|EAI_AGAIN)$/), remedy: "No server has that name: check webhook.url, and the network's DNS." },
  {
    when: breaksWith(/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/),
    remedy: "The certificate of Odoo's server is not trusted: renew it, serve it with its chain, or name your authority in NODE_EXTRA_CA_CERTS.",
  },
  { when: breaksWith(/^(EPROTO|ERR_SSL_\w+)$/), remedy: "The server does not speak TLS there: check whether webhook.url begins with http or https, and its port." },
]

/** The remedy of a failure, in one or two sentences; undefined for an unknown failure. */
export const remedyFor = (symptoms: Symptoms) => REMEDIES.find(({ when }) => when(symptoms))?.remedy
