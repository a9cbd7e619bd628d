import { programmersText } from "./odoo-exception"
import { cleaner, forProgrammers, REDACTED, tidied, type Cleaner, type Json } from "./redact"

/** How much of an answer is kept. */
const MAX_REPLY = 2_000

/** How deep an answer is looked into. What lies deeper is an attack on somebody's stack. */
const MAX_DEPTH = 12

/** What Odoo tells of an exception to programmers alone: tracebacks, the arguments of calls, who was signed in. */
const FOR_PROGRAMMERS = ["debug", "traceback", "arguments", "context"]

/** Members that are called so hold what opens doors; compared without case, dashes and underscores. */
const SECRET_NAME = /passw|passphrase|pwd|token|secret|apikey|accesskey|privatekey|sessionid|authori[sz]ation|cookie|credential|signature/

const isSecretName = (name: string) => SECRET_NAME.test(name.toLowerCase().replace(/[_\s-]/g, ""))

/** What of an exception's message, as Odoo writes one, can be kept that is not made for people; undefined for anything else. */
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

/** What a page is called and what its headings say, a line each. The rest is the form of a page, or a traceback. */
export function pageText(html: string): string {
  const parts = [...html.matchAll(/<(title|h[1-6])\b[^<>]{0,4096}>([^]{0,1000}?)<\/\1\s*>/gi)].map(([, , text]) => withoutTags(text ?? ""))
  return [...new Set(parts.filter((part) => part !== ""))].join("\n")
}

/** Whether a text is a page of HTML. */
export const isPage = (text: string) => /^\s*(<!doctype html|<html|<head|<body|<\?xml)/i.test(text)

function parse(body: string): { json: unknown } | null {
  try {
    return { json: JSON.parse(body) as unknown }
  } catch {
    return null
  }
}

/**
 * What is kept of Odoo's answer to an attempt, for the person who looks into a failure: at most 2,000 characters, without
 * tracebacks, secrets, addresses of people and what quotes rows of the database. Of a page of HTML, its title and
 * headings.
 * @param body the whole answer as text
 * @param secrets our own, which an answer might repeat
 * @returns null where nothing was answered
 */
export function keptReply(body: string, secrets: readonly string[]): string | null {
  const clean = cleaner(secrets)
  const parsed = parse(body)
  const text = parsed === null ? clean(textOf(body)) : JSON.stringify(cleanJson(parsed.json, clean))
  const kept = tidied(text, MAX_REPLY)
  return kept === "" ? null : kept
}

function textOf(body: string): string {
  return isPage(body) ? pageText(body) || "a page of HTML without a title" : body.slice(0, MAX_REPLY * MAX_DEPTH)
}
