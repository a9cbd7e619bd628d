import { Module } from "@medusajs/framework/utils"

import "../../utils/core-hooks"
import optionsLoader from "./loaders/options"
import OdooModuleService from "./service"

/** The name under which the module's service stands in Medusa's container. */
export const ODOO_MODULE = "odoo"

export default Module(ODOO_MODULE, { service: OdooModuleService, loaders: [optionsLoader] })
