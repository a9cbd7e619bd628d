import type { Destination, RecordKind } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"

type Asking = Pick<Destination, "id" | "events">

const createdOf = (kind: RecordKind) => `${kind}.created`

/** The names of the events `<kind>.created` that none of these destinations asks for. */
function unaskedOf(destinations: readonly Asking[], kinds: readonly RecordKind[]): string[] {
  const asked = new Set(destinations.flatMap(({ events }) => events))
  return kinds.map(createdOf).filter((name) => !asked.has(name))
}

/** The destination of that id, which asks for all events of the backlog. */
function named<D extends Asking>(destinations: readonly D[], kinds: readonly RecordKind[], id: string): D {
  const destination = destinations.find((one) => one.id === id)
  if (destination === undefined) {
    throw new WireError("NOT_FOUND", `There is no destination ${id}. There is ${destinations.map((one) => one.id).join(", ")}.`)
  }
  const unasked = unaskedOf([destination], kinds)
  if (unasked.length > 0) {
    throw new WireError(
      "CONFLICT",
      `${unasked.join(" and ")} would not be sent: the destination ${id} does not ask for it. Have it ask for that, or send the others alone (--only).`
    )
  }
  return destination
}

/** @throws WireError `CONFLICT` where several destinations ask for the same event of the backlog */
function requireOneEach(destinations: readonly Asking[], kinds: readonly RecordKind[]): void {
  for (const name of kinds.map(createdOf)) {
    const asking = destinations.filter(({ events }) => events.includes(name)).map(({ id }) => id)
    if (asking.length > 1) {
      throw new WireError(
        "CONFLICT",
        `Several destinations ask for ${name}: ${asking.join(", ")}. Say which one is told (--destination), so that nobody is told twice by accident.`
      )
    }
  }
}

/**
 * Finds the destination that is told of a backlog.
 * @param id the id of the destination that a person named; undefined where none was
 * @returns the named destination; undefined without a name, where for each kind one destination asks
 * @throws WireError `NOT_FOUND` for an unknown destination, and `CONFLICT` where nobody would be told, or several would and none is
 *   named
 */
export function destinationOfBacklog<D extends Asking>(
  destinations: readonly D[],
  kinds: readonly RecordKind[],
  id: string | undefined
): D | undefined {
  if (id !== undefined) {
    return named(destinations, kinds, id)
  }
  const unasked = unaskedOf(destinations, kinds)
  if (unasked.length > 0) {
    throw new WireError(
      "CONFLICT",
      `${unasked.join(" and ")} would not be sent: webhook.events and webhook.urls do not ask for it. Add it there, or send the others alone (--only).`
    )
  }
  requireOneEach(destinations, kinds)
  return undefined
}
