import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { RecordKind } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import { isWrittenByOdoo } from "../../wire/order-status-event"
import { takeOverNamedLinks } from "../../links/named-links"

const metadataIn = ({ body }: MedusaRequest): Record<string, unknown> => {
  const { metadata } = (body ?? {}) as { metadata?: unknown }
  return typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {}
}

/**
 * Takes over a link that a request to Medusa's own route writes into metadata, before the request is answered (contract 3), so that
 * the next request finds the link. After a failure, the event of the change or the sweep takes the link over.
 */
export function takeOverNamedLink(kind: RecordKind) {
  return (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): void => {
    const id = request.params.id ?? ""
    if (metadataIn(request)[`odoo_${kind}_id`] !== undefined) {
      const json = response.json.bind(response)
      response.json = (answer: unknown) => {
        void takeOverNamedLinks(request.scope, kind, [id])
          .catch((error: unknown) => {
            request.scope
              .resolve(ContainerRegistrationKeys.LOGGER)
              .warn(`odoo: the link that the metadata of ${kind} ${id} names was not taken over yet: ${describeError(error)}`)
          })
          .then(() => json(answer))
        return response
      }
    }
    next()
  }
}

/**
 * Removes Odoo's metadata keys from a request of a shopper. The metadata of a cart becomes that of its order: a shopper could link
 * the order, so that Odoo is not told of it, or mark it as paid or shipped. The request is not refused, because a storefront may
 * send back metadata that it has read.
 */
export function dropOdooMetadata(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  const metadata = metadataIn(request)
  for (const key of Object.keys(metadata).filter(isWrittenByOdoo)) {
    Reflect.deleteProperty(metadata, key)
  }
  next()
}
