"""Uses a program that pushes products as Odoo does: with records that have the fields which the program reads."""
import json
import runpy
import sys
from types import SimpleNamespace


class Parameters:
    def get_param(self, name):
        return "https://odoo.example.com"


program = runpy.run_path(sys.argv[1])
sync = program["MedusaProductSync"]()
sync.env = {"ir.config_parameter": Parameters()}
products = json.loads(sys.argv[2], object_hook=lambda fields: SimpleNamespace(**fields))
print(json.dumps({
    "products": [sync.sync_product(product) for product in products],
    "inventory": sync.bulk_sync_inventory(products),
}))
