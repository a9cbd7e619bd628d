import { programmersText } from "./odoo-exception"
import { parsedJson } from "./parsed-json"
import { cleaner, forProgrammers, REDACTED, tidied, type Cleaner, type Json } from "./redact"

/** How many characters of an answer are stored. */
const MAX_REPLY = 2_000

/** How many levels of an answer are read. A deeper answer can only be meant to exhaust a stack. */
const MAX_DEPTH = 12

/** The members of an exception that are meant for programmers: tracebacks, arguments of calls, the user. */
const FOR_PROGRAMMERS = ["debug", "traceback", "arguments", "context"]

/** Names of members that hold secrets; compared in lower case, without dashes and underscores. */
const SECRET_NAME = /passw|passphrase|pwd|token|secret|apikey|accesskey|privatekey|sessionid|authori[sz]ation|cookie|credential|signature/

const isSecretName = (name: string) => SECRET_NAME.test(name.toLowerCase().replace(/[_\s-]/g, ""))

/** The part that may be stored of an exception that is meant for programmers; undefined for other objects. */
function programmersMessage({ name, message, debug, arguments: given }: Json, clean: Cleaner): string | undefined {
  const isOne = typeof name === "string" && (debug !== undefined || given !== undefined) && forProgrammers(name)
  return isOne ? (programmersText(name, { message }, clean) ?? REDACTED) : undefined
}

function cleanJson(value: unknown, clean: Cleaner, depth = 0): unknown {
  if (typeof value === "string") {
    return tidied(clean(value.slice(0, MAX_REPLY * MAX_DEPTH)), MAX_REPLY)
  }
  if (typeof value !== "object" || value === null) {
    return value
  }
  if (depth === MAX_DEPTH) {
    return "…"
  }
  if (Array.isArray(value)) {
    return value.slice(0, MAX_REPLY).map((entry: unknown) => cleanJson(entry, clean, depth + 1))
  }
  const ofProgrammers = programmersMessage(value as Json, clean)
  const entries = Object.entries(value)
    .filter(([name]) => !FOR_PROGRAMMERS.includes(name))
    .slice(0, MAX_REPLY)
    .map(([name, member]: [string, unknown]): [string, unknown] => [
      tidied(clean(name), MAX_REPLY),
      isSecretName(name) ? REDACTED : name === "message" && ofProgrammers !== undefined ? ofProgrammers : cleanJson(member, clean, depth + 1),
    ])
  return Object.fromEntries(entries)
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", amp: "&" }

const withoutTags = (html: string) =>
  html
    .replace(/<[^<>]{0,4096}>/g, " ")
    .replace(/&(lt|gt|quot|apos|nbsp|amp);/g, (_, name: string) => ENTITIES[name] ?? " ")
    .replace(/\s+/g, " ")
    .trim()

/** The title and the headings of an HTML page, one a line. The rest is layout, or a traceback. */
export function pageText(html: string): string {
  const parts = [...html.matchAll(/<(title|h[1-6])\b[^<>]{0,4096}>([^]{0,1000}?)<\/\1\s*>/gi)].map(([, , text]) => withoutTags(text ?? ""))
  return [...new Set(parts.filter((part) => part !== ""))].join("\n")
}

/** Whether a text is an HTML page. */
export const isPage = (text: string) => /^\s*(<!doctype html|<html|<head|<body|<\?xml)/i.test(text)

/**
 * The part of Odoo's answer to an attempt that is stored for a person who looks into a failure: at most 2,000 characters, without
 * tracebacks, secrets, e-mail addresses and quoted rows of the database. Of an HTML page, the title and the headings.
 * @param body the whole answer as text
 * @param secrets the plugin's secrets, which an answer might contain
 * @returns null for an empty answer
 */
export function keptReply(body: string, secrets: readonly string[]): string | null {
  const clean = cleaner(secrets)
  const parsed = parsedJson(body)
  const text = parsed === undefined ? clean(textOf(body)) : JSON.stringify(cleanJson(parsed.json, clean))
  const kept = tidied(text, MAX_REPLY)
  return kept === "" ? null : kept
}

function textOf(body: string): string {
  return isPage(body) ? pageText(body) || "a page of HTML without a title" : body.slice(0, MAX_REPLY * MAX_DEPTH)
}
